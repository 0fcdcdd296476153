//! `.lantu/check.bin`: what a check found, for as long as nothing it looked at has changed. What it looked at is for
//! the caller to say, with a key.

use std::path::{Path, PathBuf};

use lantu_blueprint::Diagnostic;

use crate::codec::{Reader, Writer};
use crate::store;

const NAME: &str = "check.bin";

/// Where the findings are kept.
pub fn kept_findings_path(root: &Path) -> PathBuf {
    store::path(root, NAME)
}

/// The findings kept under this very key.
pub fn kept_findings(root: &Path, key: &[u8; 32]) -> Option<Vec<Diagnostic>> {
    let payload = store::read(root, NAME)?;
    let mut reader = Reader::new(&payload)?;
    if reader.key()? != *key {
        return None;
    }
    reader.diagnostics()
}

/// Keeps findings; those of another key are forgotten.
pub fn keep_findings(root: &Path, key: &[u8; 32], findings: &[Diagnostic]) {
    let mut writer = Writer::default();
    writer.key(key);
    writer.diagnostics(findings);
    store::write(root, NAME, &writer.finish());
}
