//! Rule sets: dated parameters under a jurisdiction. Nothing compiled holds a threshold.

use crate::{Date, Location, Text};

/// When a lag behind the expected path turns a light yellow or red.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LightRule {
    /// Lag in percentage points of the path from which a target is slipping (inclusive).
    pub slipping_from_pp: f64,
    /// Lag in percentage points of the path above which a target is off track (exclusive).
    pub off_track_above_pp: f64,
}

/// One file of `rules/`.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleSet {
    /// File stem.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Whose rule it is.
    pub jurisdiction: Text,
    /// First day in force.
    pub in_force: Option<Date>,
    /// Where it is published.
    pub source: String,
    /// Address of the source.
    pub source_url: Option<String>,
    /// What a reader must know: what the source leaves open and what we chose.
    pub note: Text,
    /// The light rule.
    pub lights: LightRule,
    /// Place of the file.
    pub location: Location,
}
