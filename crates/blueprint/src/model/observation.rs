//! Observations: intervals with a stage, a trust and a source row. An exact figure has `low == high`.

use std::sync::Arc;

use crate::{Date, Period};

/// How a figure was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualifier {
    /// As it stands.
    Exact,
    /// "More than v": `[v, ∞)`.
    AtLeast,
    /// "Less than v": `(-∞, v]`.
    AtMost,
    /// Rounded: half of the last digit that is not zero, on either side.
    About,
}

/// How final a figure is, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// 终值
    Final,
    /// 预计数：published before the period's own result.
    Forecast,
    /// 部分时段：covers a part of its period only.
    Partial,
}

impl Stage {
    /// Every stage with its word, best first.
    pub const ALL: [(Stage, &'static str); 3] =
        [(Stage::Final, "final"), (Stage::Forecast, "forecast"), (Stage::Partial, "partial")];

    /// The word used in files and on the wire.
    pub fn word(self) -> &'static str {
        Stage::ALL.iter().find(|(stage, _)| *stage == self).map_or("final", |(_, word)| word)
    }

    /// The stage of a word, if it is one.
    pub fn from_word(word: &str) -> Option<Stage> {
        Stage::ALL.iter().find(|(_, w)| *w == word).map(|(stage, _)| *stage)
    }
}

/// Who says so, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trust {
    /// Read in the publication of the body that makes the figure.
    Primary,
    /// Quoted by a third party.
    Secondary,
}

impl Trust {
    /// Every trust with its word, best first.
    pub const ALL: [(Trust, &'static str); 2] = [(Trust::Primary, "primary"), (Trust::Secondary, "secondary")];

    /// The word used in files and on the wire.
    pub fn word(self) -> &'static str {
        Trust::ALL.iter().find(|(trust, _)| *trust == self).map_or("primary", |(_, word)| word)
    }

    /// The trust of a word, if it is one.
    pub fn from_word(word: &str) -> Option<Trust> {
        Trust::ALL.iter().find(|(_, w)| *w == word).map(|(trust, _)| *trust)
    }
}

/// A row of a data file: the end of every chain of custody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowRef {
    /// Path inside the blueprint.
    pub file: Arc<str>,
    /// Line of a text file, row of a worksheet, feature of a GeoJSON; from 1.
    pub row: u32,
}

/// One published or computed value.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Indicator id.
    pub indicator: Arc<str>,
    /// Area id.
    pub area: Arc<str>,
    /// Period the value describes.
    pub period: Period,
    /// The figure as printed.
    pub value: f64,
    /// Smallest value it can stand for; may be `-inf`.
    pub low: f64,
    /// Largest value it can stand for; may be `inf`.
    pub high: f64,
    /// Final, forecast or partial.
    pub stage: Stage,
    /// Primary or secondary.
    pub trust: Trust,
    /// Day of publication; unknown means: not before the period ended.
    pub published: Option<Date>,
    /// True when the definition changes here: no growth across this period.
    pub breaks: bool,
    /// Publication, in words; for a computed value the indicator's formula file.
    pub source: Arc<str>,
    /// Address of the publication; empty when there is none.
    pub source_url: Arc<str>,
    /// Remark of whoever recorded it.
    pub note: Arc<str>,
    /// Source rows: one for a published figure, all that took part for a computed one.
    pub rows: Arc<[RowRef]>,
}

impl Observation {
    /// True when the figure was public on `as_of`.
    pub fn known_on(&self, as_of: Date) -> bool {
        self.published.unwrap_or(self.period.end()) <= as_of
    }
}
