//! Columns of the table and of the rules' own items, under one roof, for conditions of exceptions.

use crate::expression::{Cause, Expression, Lookup, cause};
use crate::rules::RuleSet;
use crate::units::Units;

/// The table; then values of items by their names; then `total`.
pub(super) struct Seen<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) units: &'a Units,
    pub(super) values: &'a [Vec<f64>],
    pub(super) totals: Option<&'a [f64]>,
}

impl Seen<'_> {
    /// The column whose missing number leaves a condition undecided. Items and totals without a value are told as such, and a column
    /// that the whole table lacks is told once, when it is read. An empty word is of no kind, as tables are kept.
    pub(super) fn undecided(&self, condition: &Expression, row: usize) -> Option<String> {
        match cause(condition, self, row)? {
            Cause::Missing(column) if self.units.numbers(&column).is_some() => Some(column),
            _ => None,
        }
    }
}

impl Lookup for Seen<'_> {
    fn numbers(&self, name: &str) -> Option<&[f64]> {
        if let Some(found) = self.units.numbers(name) {
            return Some(found);
        }
        match self.rules.item(name) {
            Some(at) => self.values.get(at).map(Vec::as_slice),
            None if name == "total" => self.totals,
            None => None,
        }
    }

    fn word(&self, name: &str, row: usize) -> Option<&str> {
        self.units.word(name, row)
    }
}
