//! A rule set applied to units: columns in, columns out.
//!
//! `prepare` does everything that depends on the data and not on the weights of a moment; `Prepared::appraise` weighs, sums,
//! ranks and classes. Who asks "what if this weight were another" keeps the former and repeats the latter.

pub(crate) mod classify;
mod columns;
mod curve;
mod derive;
mod events;
mod follow;
mod grouping;
mod prepare;
pub(crate) mod rank;
mod reason;
pub(crate) mod statistics;
mod sums;
mod treat;
pub(crate) mod tree;
mod weights;

pub use curve::{Curve, Shape};
pub use events::{Event, History, ageing};
pub use follow::Outcome;
pub use grouping::Grouping;
pub use prepare::{Cells, ItemColumns, Prepared};
pub use rank::{Band, Ranking};
pub use reason::Reason;
pub use treat::{Fit, Treated};
pub use weights::Weights;

use crate::diagnostic::Diagnostic;
use crate::rules::{Day, RuleSet};
use crate::units::Units;

/// What a unit that has no rank has for one.
pub const NO_RANK: u32 = 0;
/// What a unit without a class has for one.
pub const NO_CLASS: u8 = u8::MAX;

/// What is known beside the table of units.
#[derive(Clone, Debug, Default)]
pub struct Context<'a> {
    /// Results of earlier years, the newest first.
    pub previous: &'a [History],
    /// Single events that take points off, and the day at which their age is counted.
    pub events: Option<(&'a [Event], Day)>,
}

/// Results, one row per unit in the order of the table.
#[derive(Clone, Debug)]
pub struct Appraisal {
    /// Score of each dimension, in the order of the rules; the total first, not rounded.
    pub dimensions: Vec<Vec<f64>>,
    /// The total, rounded as the rules say; NaN where there is none.
    pub totals: Vec<f64>,
    /// Place from the best, from 1; units with the same total share the better one; [`NO_RANK`] where it has none.
    pub ranks: Vec<u32>,
    /// Place of the class; [`NO_CLASS`] where it has none.
    pub classes: Vec<u8>,
    /// The same before exceptions.
    pub by_total: Vec<u8>,
    /// What is to be said about units, by row: why there is no grade, what was filled in, what was excepted.
    pub reasons: Vec<(u32, Reason)>,
    /// What follows, by row.
    pub outcomes: Vec<Outcome>,
    /// Rows with whom a rank runs, best first, with what a class needs.
    pub ranking: Ranking,
}

impl Appraisal {
    /// Reasons of a unit.
    pub fn reasons_of(&self, row: usize) -> impl Iterator<Item = &Reason> {
        let from = self.reasons.partition_point(|(at, _)| (*at as usize) < row);
        self.reasons.iter().skip(from).take_while(move |(at, _)| *at as usize == row).map(|(_, reason)| reason)
    }

    /// What follows for a unit.
    pub fn outcomes_of(&self, row: usize) -> impl Iterator<Item = &Outcome> {
        let from = self.outcomes.partition_point(|outcome| (outcome.row as usize) < row);
        self.outcomes.iter().skip(from).take_while(move |outcome| outcome.row as usize == row)
    }
}

/// Computes values and scores, and weights where the rules want them derived.
#[must_use]
pub fn prepare<'a>(rules: &'a RuleSet, units: &'a Units, context: &Context<'_>) -> (Prepared<'a>, Vec<Diagnostic>) {
    let (mut prepared, mut problems) = prepare::scored_by(rules, units, context);
    prepared.weights = derive::derived(&prepared, &mut problems);
    (prepared, problems)
}

/// Applies rules to units: [`prepare`] and [`Prepared::appraise`] in one.
#[must_use]
pub fn appraise(rules: &RuleSet, units: &Units, context: &Context<'_>) -> (Appraisal, Vec<Diagnostic>) {
    let (prepared, problems) = prepare(rules, units, context);
    (prepared.appraise(&prepared.weights, context.previous), problems)
}
