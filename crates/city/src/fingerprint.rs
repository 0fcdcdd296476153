//! Whether a folder is as it was when it was last checked, found out without opening a file: names, sizes and times.
//!
//! A check of a folder that has not changed is then as cheap as listing it. As in Git's index, a file that was written
//! at about the same moment as the findings is not trusted: a second change within the clock's grain would not show.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lantu_blueprint::{Date, Diagnostic};
use lantu_engine::{keep_findings, kept_findings, kept_findings_path};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::folder::Listing;

/// The coarsest clock of a file system in use (FAT) counts in two seconds.
const GRAIN: Duration = Duration::from_secs(2);

/// What a folder, the day and this program look like from outside.
pub(crate) struct Fingerprint {
    root: PathBuf,
    key: [u8; 32],
    newest: SystemTime,
}

impl Fingerprint {
    /// `None` when a file has gone in the meantime.
    pub(crate) fn of(listing: &Listing, as_of: Date) -> Option<Fingerprint> {
        let root = &listing.root;
        let stamps: Option<Vec<Stamp>> =
            listing.paths.par_iter().map(|path| Stamp::of(&root.join(path).metadata().ok()?)).collect();
        let stamps = stamps?;
        // Another build may find other things.
        let program = Stamp::of(&std::env::current_exe().ok()?.metadata().ok()?)?;
        let mut hash = Sha256::new();
        program.add_to(&mut hash);
        hash.update(format!("{as_of} {:?}\0", listing.problems));
        for (path, stamp) in listing.paths.iter().zip(&stamps) {
            hash.update(path);
            hash.update([0]);
            stamp.add_to(&mut hash);
        }
        let newest = stamps.iter().map(|stamp| stamp.changed).max().unwrap_or(UNIX_EPOCH);
        Some(Fingerprint { root: root.clone(), key: hash.finalize().into(), newest })
    }

    /// The findings of the last check, when they are of this very folder.
    pub(crate) fn findings(&self) -> Option<Vec<Diagnostic>> {
        let kept = modified(&kept_findings_path(&self.root))?;
        if self.newest + GRAIN > kept {
            return None;
        }
        kept_findings(&self.root, &self.key)
    }

    /// Keeps findings for the next check.
    pub(crate) fn keep(&self, findings: &[Diagnostic]) {
        keep_findings(&self.root, &self.key, findings);
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}

/// What changes when a file does.
struct Stamp {
    size: u64,
    /// Last change of content, or of anything else about the file where the system says so: that time cannot be set.
    changed: SystemTime,
    modified: SystemTime,
    inode: u64,
}

impl Stamp {
    fn of(file: &Metadata) -> Option<Stamp> {
        let modified = file.modified().ok()?;
        let (inode, changed) = identity(file, modified);
        Some(Stamp { size: file.len(), changed, modified, inode })
    }

    fn add_to(&self, hash: &mut Sha256) {
        let nanos = |time: SystemTime| time.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        for number in [u128::from(self.size), u128::from(self.inode), nanos(self.changed), nanos(self.modified)] {
            hash.update(number.to_le_bytes());
        }
    }
}

#[cfg(unix)]
fn identity(file: &Metadata, modified: SystemTime) -> (u64, SystemTime) {
    use std::os::unix::fs::MetadataExt;
    let since = Duration::new(u64::try_from(file.ctime()).unwrap_or(0), u32::try_from(file.ctime_nsec()).unwrap_or(0));
    (file.ino(), modified.max(UNIX_EPOCH + since))
}

#[cfg(not(unix))]
fn identity(_: &Metadata, modified: SystemTime) -> (u64, SystemTime) {
    (0, modified)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::fs::{self, File};

    use lantu_blueprint::{Code, Location, Text};

    use super::*;

    fn of(root: &Path, as_of: &str) -> Fingerprint {
        Fingerprint::of(&Listing::of(root).unwrap(), as_of.parse().unwrap()).unwrap()
    }

    #[test]
    fn findings_hold_until_something_changes() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("plan")).unwrap();
        fs::write(root.join("plan/a.zh.md"), "# 1").unwrap();
        let found = [Diagnostic::new(Code::BadToml, Location::start("x"), Text::new("甲", "a"))];
        of(root, "2026-01-01").keep(&found);
        assert_eq!(of(root, "2026-01-01").findings(), None, "written in the same moment as the files");

        let kept = || File::options().write(true).open(kept_findings_path(root)).unwrap();
        let later = SystemTime::now() + Duration::from_secs(60);
        kept().set_modified(later).unwrap();
        assert_eq!(of(root, "2026-01-01").findings().as_deref(), Some(found.as_slice()));
        assert_eq!(of(root, "2026-01-02").findings(), None, "another day");

        // The same size, and the time put back: only the system's own stamp tells.
        let file = root.join("plan/a.zh.md");
        let before = fs::metadata(&file).unwrap().modified().unwrap();
        fs::write(&file, "# 2").unwrap();
        File::options().write(true).open(&file).unwrap().set_modified(before).unwrap();
        assert_eq!(of(root, "2026-01-01").findings(), None, "another content");

        of(root, "2026-01-01").keep(&found);
        kept().set_modified(later).unwrap();
        fs::write(root.join("areas.csv"), "id\n").unwrap();
        assert_eq!(of(root, "2026-01-01").findings(), None, "another file");
    }
}
