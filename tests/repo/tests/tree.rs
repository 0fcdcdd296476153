//! The files of the repository as git knows them, new ones included, ignored ones not.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// A text file.
pub(crate) struct File {
    /// Path from the root of the repository, with `/`.
    pub(crate) path: String,
    /// Content.
    pub(crate) text: String,
}

impl File {
    /// True when the name ends like one of `endings`.
    pub(crate) fn is(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository")
}

/// The text of a file of the repository.
pub(crate) fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Models of other people, kept byte for byte with their licences: our rules are not theirs.
const FOREIGN: [&str; 3] = ["tests/models/sdxorg/", "tests/models/simlin/", "tests/models/sdeverywhere/"];

/// Every text file of ours, sorted by path.
pub(crate) fn files() -> &'static [File] {
    static FILES: OnceLock<Vec<File>> = OnceLock::new();
    FILES.get_or_init(|| {
        let root = root();
        let mut command = Command::new("git");
        // A clone that belongs to another user is a clone all the same.
        command.args(["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        let listed = command.current_dir(&root).output().expect("git");
        assert!(listed.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listed.stderr));
        let listed = String::from_utf8(listed.stdout).expect("paths in UTF-8");
        let mut paths: Vec<&str> = listed.split_terminator('\0').collect();
        paths.sort_unstable();
        paths.dedup();
        paths.retain(|path| !FOREIGN.iter().any(|folder| path.starts_with(folder)));
        // Not text, or deleted but not yet committed: nothing to read.
        let text = |path: &str| std::fs::read_to_string(root.join(path)).ok().filter(|text| !text.contains('\0'));
        paths.into_iter().filter_map(|path| Some(File { path: path.to_owned(), text: text(path)? })).collect()
    })
}

/// Every problem at once, or nothing.
pub(crate) fn none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}
