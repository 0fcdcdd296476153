//! `.lantu/`: files that are written whole or not at all, and checked as a whole when they are read. Whatever is wrong
//! with one, the answer is that there is none.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

const MAGIC: &[u8; 8] = b"LANTU\0\0\x01";
const SUM: usize = 32;

/// Where a file of the store lies.
pub(crate) fn path(root: &Path, name: &str) -> PathBuf {
    root.join(".lantu").join(name)
}

/// What was stored, if all of it is there.
pub(crate) fn read(root: &Path, name: &str) -> Option<Vec<u8>> {
    let mut bytes = fs::read(path(root, name)).ok()?;
    let (sum, payload) = bytes.strip_prefix(MAGIC)?.split_at_checked(SUM)?;
    if blake3::hash(payload).as_bytes() != sum {
        return None;
    }
    bytes.drain(..MAGIC.len() + SUM);
    Some(bytes)
}

/// Stores a payload. A folder that cannot be written has no store: that is no problem.
pub(crate) fn write(root: &Path, name: &str, payload: &[u8]) {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let target = path(root, name);
    let Some(folder) = target.parent() else { return };
    if fs::create_dir_all(folder).is_err() {
        return;
    }
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        // Losing this file costs nothing either.
        let _ = fs::write(ignore, "*\n");
    }
    let draft = folder.join(format!("{name}.{}.{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed)));
    let bytes = [MAGIC.as_slice(), blake3::hash(payload).as_bytes(), payload].concat();
    let written = fs::write(&draft, bytes).and_then(|()| fs::rename(&draft, &target));
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
}
