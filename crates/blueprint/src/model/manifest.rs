//! The data manifest: what every file is, where it comes from and when the next one is due.

use crate::{Date, Location, Text};

/// What a data file is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataRole {
    /// Rows `indicator, area, period, value, …`: published observations.
    Observations,
    /// Any other table; its name in SQL is `table`.
    Table,
    /// GeoJSON outlines of areas, with a property that holds the area id.
    Outlines,
}

/// One `[[file]]` of `data/MANIFEST.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct DataFile {
    /// Path inside the blueprint, `data/…`.
    pub path: String,
    /// Name of the table in SQL: the `table` key, or the file stem.
    pub table: String,
    /// Worksheet of an XLSX file; `None` takes the first.
    pub sheet: Option<String>,
    /// Property of outlines that holds the area id (or code).
    pub area_property: Option<String>,
    /// Use.
    pub role: DataRole,
    /// Title.
    pub title: Text,
    /// Origin in words.
    pub source: String,
    /// Address of the origin.
    pub source_url: Option<String>,
    /// Licence, or the plain words "not stated".
    pub licence: String,
    /// Who answers for the file.
    pub owner: Option<String>,
    /// Day the content was taken from its origin.
    pub retrieved: Option<Date>,
    /// Period the content covers, in words (`1978–2026`).
    pub period: String,
    /// Day the next edition is expected.
    pub next_due: Option<Date>,
    /// Checksum that the file must have, lower-case hexadecimal.
    pub sha256: Option<String>,
    /// True when the content is invented (template, generated).
    pub invented: bool,
    /// Remarks for readers.
    pub note: Text,
    /// Place in the manifest.
    pub location: Location,
}
