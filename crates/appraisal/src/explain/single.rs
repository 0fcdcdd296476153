//! One unit graded anew with one thing about it changed, all others and what they come to staying as they are.

use crate::evaluate::{Prepared, Weights, tree};
use crate::expression::Lookup;

/// What is changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A number in the table.
    Column(String),
    /// The value of an item, by its place, however it comes about.
    Item(usize),
}

/// The table with another number in one row and column.
struct Altered<'a> {
    prepared: &'a Prepared<'a>,
    column: &'a str,
    value: f64,
}

impl Lookup for Altered<'_> {
    fn numbers(&self, name: &str) -> Option<&[f64]> {
        self.prepared.units.numbers(name)
    }

    fn word(&self, name: &str, row: usize) -> Option<&str> {
        self.prepared.units.word(name, row)
    }

    fn number(&self, name: &str, row: usize) -> f64 {
        if name == self.column {
            return self.value;
        }
        self.numbers(name).and_then(|numbers| numbers.get(row)).copied().unwrap_or(f64::NAN)
    }
}

/// The number that stands there now.
pub(super) fn now(prepared: &Prepared<'_>, row: usize, input: &Input) -> f64 {
    match input {
        Input::Column(name) => prepared.units.number(name, row),
        Input::Item(item) => prepared.values.get(*item).and_then(|values| values.get(row)).copied().unwrap_or(f64::NAN),
    }
}

/// The total, rounded as the rules say, with another number there; NaN where there is none.
pub(super) fn total(prepared: &Prepared<'_>, weights: &Weights, row: usize, input: &Input, value: f64) -> f64 {
    let Some(group) = prepared.groups.get(row) else { return f64::NAN };
    let rules = prepared.rules;
    let scores: Vec<f64> = rules
        .items
        .iter()
        .enumerate()
        .map(|(at, item)| {
            let kept = prepared.scores.get(at).and_then(|scores| scores.get(row)).copied().unwrap_or(f64::NAN);
            let touched = match input {
                Input::Item(changed) => *changed == at,
                Input::Column(name) => {
                    let mut named = false;
                    item.value.columns(&mut |column, _| named |= column == name);
                    named
                }
            };
            if !touched || !rules.counts(item, group) {
                return kept;
            }
            let changed = match input {
                Input::Item(_) => value,
                Input::Column(column) => item.value.at(&Altered { prepared, column, value }, row),
            };
            // Still without a value: what was filled in for it stays.
            let had = prepared.values.get(at).and_then(|values| values.get(row)).is_some_and(|value| !value.is_nan());
            if changed.is_nan() && !had { kept } else { prepared.score_of(at, row, changed) }
        })
        .collect();
    let total = tree::single(rules, weights, group, &scores).first().copied().unwrap_or(f64::NAN);
    prepared.rounded_one(total)
}
