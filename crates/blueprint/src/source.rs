//! What the door hands in: file contents and facts about data files. Reading them from disk is not done here.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::Diagnostic;

/// A place in a file of the blueprint. Lines and columns count from 1; columns count characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// Path inside the blueprint, with `/` on every system.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Location {
    /// A place in `file`.
    pub fn new(file: impl Into<Arc<str>>, line: u32, column: u32) -> Location {
        Location { file: file.into(), line, column }
    }

    /// The start of `file`.
    pub fn start(file: impl Into<Arc<str>>) -> Location {
        Location::new(file, 1, 1)
    }

    /// The place of byte `offset` in `text`, the content of `file`. Offsets inside a character or
    /// past the end are moved back to the nearest character start.
    pub fn at(file: &Arc<str>, text: &str, offset: usize) -> Location {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = text.get(..end).unwrap_or_default();
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Location::new(Arc::clone(file), clamp(line), clamp(column))
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// What is known of a data file without reading it as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFact {
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
}

/// A blueprint folder, already read.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Name of the folder; the id of the city.
    pub name: String,
    /// Content of every definition file: `blueprint.toml`, `plan/`, `indicators/`, `rules/`, `*.toml`, `areas.csv`.
    pub texts: BTreeMap<String, Vec<u8>>,
    /// Every file under `data/` and `layers/` (the manifest itself excepted), by path inside the blueprint.
    pub data: BTreeMap<String, DataFact>,
    /// Problems met while reading: a link that leaves the folder, a file that cannot be opened.
    pub problems: Vec<Diagnostic>,
}
