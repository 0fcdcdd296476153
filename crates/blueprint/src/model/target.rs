//! Targets: a number to reach by a date, in one of nine forms.

use super::AreaLevel;
use crate::{Location, Period, Text};

/// What has to be true of the indicator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    /// At least this value, in the indicator's unit.
    AtLeast(f64),
    /// At most this value.
    AtMost(f64),
    /// Between both, bounds included.
    Between(f64, f64),
    /// This many times the baseline (翻番 is 2).
    TimesBaseline(f64),
    /// Mean growth per year since the baseline, in percent.
    GrowthPerYear(f64),
    /// Sum over the periods from `since` (included).
    Cumulative {
        /// Sum to reach.
        total: f64,
        /// First period that counts.
        since: Period,
    },
    /// A place in a ranking, or better.
    RankAtMost(f64),
    /// No worse than the baseline, by the indicator's direction.
    Hold,
    /// 100 % of what is to be covered; the indicator's unit is `%`.
    CoverAll,
}

impl Form {
    /// Words used in files and on the wire, in the order of the format page.
    pub const WORDS: [&'static str; 9] = [
        "at_least",
        "at_most",
        "between",
        "times_baseline",
        "growth_per_year",
        "cumulative",
        "rank_at_most",
        "hold",
        "cover_all",
    ];

    /// The one number written in it, if it is one.
    pub fn stated(self) -> Option<f64> {
        match self {
            Form::AtLeast(v)
            | Form::AtMost(v)
            | Form::TimesBaseline(v)
            | Form::GrowthPerYear(v)
            | Form::RankAtMost(v) => Some(v),
            Form::Cumulative { total, .. } => Some(total),
            Form::Between(..) | Form::Hold | Form::CoverAll => None,
        }
    }

    /// The word of this form.
    pub fn word(self) -> &'static str {
        match self {
            Form::AtLeast(_) => "at_least",
            Form::AtMost(_) => "at_most",
            Form::Between(..) => "between",
            Form::TimesBaseline(_) => "times_baseline",
            Form::GrowthPerYear(_) => "growth_per_year",
            Form::Cumulative { .. } => "cumulative",
            Form::RankAtMost(_) => "rank_at_most",
            Form::Hold => "hold",
            Form::CoverAll => "cover_all",
        }
    }

    /// True when the form means nothing without a baseline.
    pub fn is_relative(self) -> bool {
        matches!(self, Form::TimesBaseline(_) | Form::GrowthPerYear(_) | Form::Hold)
    }
}

/// When it has to be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// At the end of the period or before (`by = 2026`).
    By(Period),
    /// In that very period (`in = 2025`): yearly tasks, growth of one year.
    In(Period),
}

impl Deadline {
    /// The period named.
    pub fn period(self) -> Period {
        match self {
            Deadline::By(period) | Deadline::In(period) => period,
        }
    }
}

/// Where the path starts. Without a value, the observation of that period is taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// Period of the starting value.
    pub period: Period,
    /// Starting value, when the plan states one.
    pub value: Option<f64>,
    /// Remark: who says so.
    pub note: Text,
}

/// Who set how hard a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetKind {
    /// 约束性
    Binding,
    /// 预期性
    Expected,
}

/// Which areas a target speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetArea {
    /// One area; the city when nothing is said.
    One(String),
    /// Every area of a level, each judged alone (`each = "district"`).
    Each(AreaLevel),
}

/// A commitment in numbers, or one that should have numbers and has none.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Id, unique in the blueprint.
    pub id: String,
    /// What is promised, in our own words.
    pub title: Text,
    /// What a reader must know of the reading of the source.
    pub note: Text,
    /// Measure it stands under.
    pub measure: Option<String>,
    /// Programme it stands under.
    pub programme: Option<String>,
    /// Goals served, when they differ from those of the measure.
    pub serves: Vec<String>,
    /// Indicator that decides it.
    pub indicator: Option<String>,
    /// Areas.
    pub area: TargetArea,
    /// What has to be true; `None` for a wish without a number.
    pub form: Option<Form>,
    /// Unit of the numbers in the form.
    pub unit: Option<String>,
    /// When.
    pub deadline: Option<Deadline>,
    /// Where the path starts.
    pub baseline: Option<Baseline>,
    /// Binding or expected.
    pub kind: TargetKind,
    /// True for a text that was not adopted (征求意见稿).
    pub draft: bool,
    /// Id of the source in `sources.toml`.
    pub source: Option<String>,
    /// The first error of its block: something that is written and could not be read.
    pub flaw: Option<Text>,
    /// The fence of its block.
    pub location: Location,
    /// Where its fields are written.
    pub fields: FieldPlaces,
}

impl Target {
    /// Where a field is written; the block when it is not.
    pub fn place_of(&self, field: &str) -> Location {
        let found = self.fields.0.iter().find(|(name, ..)| *name == field);
        found.map_or_else(
            || self.location.clone(),
            |(_, line, column)| Location::new(self.location.file.clone(), *line, *column),
        )
    }
}

/// Line and column of the fields of a block, so that a problem can point at the field it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldPlaces(pub Vec<(&'static str, u32, u32)>);
