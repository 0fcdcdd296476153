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

/// One row with another number in it: the table, then values of items by their names, then `total`, as conditions see them.
pub(super) struct Anew<'a> {
    prepared: &'a Prepared<'a>,
    input: &'a Input,
    value: f64,
    /// Values of items.
    items: Vec<f64>,
    /// The total, rounded as the rules say; NaN where there is none.
    pub(super) total: f64,
}

impl Lookup for Anew<'_> {
    fn numbers(&self, name: &str) -> Option<&[f64]> {
        self.prepared.units.numbers(name)
    }

    fn word(&self, name: &str, row: usize) -> Option<&str> {
        self.prepared.units.word(name, row)
    }

    fn number(&self, name: &str, row: usize) -> f64 {
        if matches!(self.input, Input::Column(column) if column == name) {
            return self.value;
        }
        if let Some(numbers) = self.numbers(name) {
            return numbers.get(row).copied().unwrap_or(f64::NAN);
        }
        match self.prepared.rules.item(name) {
            Some(at) => self.items.get(at).copied().unwrap_or(f64::NAN),
            None if name == "total" => self.total,
            None => f64::NAN,
        }
    }
}

/// The number that stands there now.
pub(super) fn now(prepared: &Prepared<'_>, row: usize, input: &Input) -> f64 {
    match input {
        Input::Column(name) => prepared.units.number(name, row),
        Input::Item(item) => prepared.values.get(*item).and_then(|values| values.get(row)).copied().unwrap_or(f64::NAN),
    }
}

/// The row with another number there.
pub(super) fn anew<'a>(
    prepared: &'a Prepared<'a>,
    weights: &Weights,
    row: usize,
    input: &'a Input,
    value: f64,
) -> Anew<'a> {
    let mut found = Anew { prepared, input, value, items: Vec::new(), total: f64::NAN };
    let rules = prepared.rules;
    let at_row = |columns: &[Vec<f64>], at: usize| {
        columns.get(at).and_then(|column| column.get(row)).copied().unwrap_or(f64::NAN)
    };
    let Some(group) = prepared.groups.get(row) else { return found };
    let mut scores = Vec::new();
    for (at, item) in rules.items.iter().enumerate() {
        let (had, score) = (at_row(&prepared.values, at), at_row(&prepared.scores, at));
        let touched = match input {
            Input::Item(changed) => *changed == at,
            Input::Column(name) => {
                let mut named = false;
                item.value.columns(&mut |column, _| named |= column == name);
                named
            }
        };
        let touched = touched && rules.counts(item, group);
        let changed = match input {
            _ if !touched => had,
            Input::Item(_) => value,
            Input::Column(_) => item.value.at(&found, row),
        };
        // Still without a value: what was filled in for it stays.
        let kept = !touched || (changed.is_nan() && had.is_nan());
        scores.push(if kept { score } else { prepared.score_of(at, row, changed) });
        found.items.push(changed);
    }
    let total = tree::single(rules, weights, group, &scores).first().copied().unwrap_or(f64::NAN);
    found.total = prepared.rounded_one(total);
    found
}
