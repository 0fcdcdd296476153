//! Indicators: defined quantities, published as rows or computed by one SELECT.

use std::sync::Arc;

use super::{Stage, Trust};
use crate::{Frequency, Location, Period, Text};

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither: context figures.
    Neutral,
}

/// What kind of quantity it is. Only a stock can be "already reached" before its deadline by a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// State at the end of a period: population, length, count of firms.
    Stock,
    /// Sum over a period: output, jobs created.
    Flow,
    /// Ratio, share, growth, index or rank.
    Rate,
}

/// Where the values come from.
#[derive(Debug, Clone, PartialEq)]
pub enum IndicatorKind {
    /// Rows of an observation table.
    Published,
    /// One SELECT, in `indicators/<id>.sql`.
    Computed {
        /// The query, front matter removed (replaced by blank lines, so that line numbers stay true).
        sql: Arc<str>,
        /// Names of the tables and indicators it reads, sorted, as far as the text parses.
        reads: Vec<String>,
    },
}

/// A defined quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Id, also its table name in SQL.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Unit code, as in tables.
    pub unit: String,
    /// Which way is better.
    pub direction: Direction,
    /// Stock, flow or rate.
    pub nature: Nature,
    /// How often it is published; `None` takes the city's calendar.
    pub frequency: Option<Frequency>,
    /// Months from the end of a period to its publication; `None` takes the city's calendar.
    pub lag_months: Option<u16>,
    /// Definition or formula in words.
    pub definition: Text,
    /// Published or computed.
    pub kind: IndicatorKind,
    /// Cases of `indicators/<id>.test.yaml`.
    pub cases: Vec<IndicatorCase>,
    /// Row of `indicators.csv` or the head of the SQL file.
    pub location: Location,
}

impl Indicator {
    /// True when its values come from a query.
    pub fn is_computed(&self) -> bool {
        matches!(self.kind, IndicatorKind::Computed { .. })
    }
}

/// A value that an indicator must have, with its reason.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorCase {
    /// What the case is about, in words.
    pub name: String,
    /// Area of the wanted row.
    pub area: String,
    /// Period of the wanted row.
    pub period: Period,
    /// Wanted value; `None` means the row must be absent.
    pub value: Option<f64>,
    /// Largest absolute difference allowed.
    pub tolerance: f64,
    /// Wanted stage, when the case cares.
    pub stage: Option<Stage>,
    /// Wanted trust, when the case cares.
    pub trust: Option<Trust>,
    /// Where the wanted value comes from.
    pub source: String,
    /// Place of the case.
    pub location: Location,
}
