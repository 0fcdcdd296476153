//! What would lift a unit by one class: the smallest change of one number alone, everything about the others left as it is.

use std::collections::BTreeSet;

use super::single::{Input, now, total};
use crate::evaluate::{Appraisal, NO_CLASS, Prepared, Weights, rank};
use crate::rules::{Share, Ties};

/// Halvings of the distance between what is too little and what is enough.
const HALVINGS: usize = 60;
/// First step, as a share of the number, and how often it is doubled: up to about a million times the number.
const FIRST: f64 = 1.0 / 1024.0;
const DOUBLINGS: i32 = 30;

/// What lifts a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Lift {
    /// Class that its total gives now.
    pub from: usize,
    /// The better one.
    pub to: usize,
    /// The total that is needed.
    pub needed: f64,
    /// Whether more than that is needed: the total itself belongs to the class below.
    pub more: bool,
    /// Single changes that do it, the smallest (as a share of what is there) first.
    pub levers: Vec<Lever>,
    /// What alone cannot do it, whatever it is.
    pub powerless: Vec<Input>,
}

/// A number that would do it.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// What is changed.
    pub input: Input,
    /// What it is now.
    pub now: f64,
    /// What it would have to be.
    pub to: f64,
}

/// What lifts a unit by one class; none where it has no class by its total, or the best one already.
#[must_use]
pub fn lift(prepared: &Prepared<'_>, weights: &Weights, appraisal: &Appraisal, row: usize) -> Option<Lift> {
    let from = *appraisal.by_total.get(row).filter(|class| **class != NO_CLASS && **class > 0)?;
    let from = usize::from(from);
    let classes = prepared.rules.classes.as_ref()?;
    // A class that nobody is in by total is not the next better one.
    let to =
        (0..from).rev().find(|class| classes.list.get(*class).is_some_and(|class| class.share != Share::Nobody))?;
    let (needed, more) = threshold(prepared, appraisal, row, to)?;
    let better_high = prepared.rules.better_high;
    let enough = |total: f64| match (better_high, more) {
        (true, true) => total > needed,
        (true, false) => total >= needed,
        (false, true) => total < needed,
        (false, false) => total <= needed,
    };
    let (mut levers, mut powerless) = (Vec::new(), Vec::new());
    for input in inputs(prepared, row) {
        let there = now(prepared, row, &input);
        match smallest(there, |value| enough(total(prepared, weights, row, &input, value))) {
            Some(to) => levers.push(Lever { input, now: there, to }),
            None => powerless.push(input),
        }
    }
    let size = |lever: &Lever| ((lever.to - lever.now) / lever.now).abs();
    levers.sort_by(|one, other| size(one).total_cmp(&size(other)));
    Some(Lift { from, to, needed, more, levers, powerless })
}

/// The total from which on a class begins, and whether it has to be passed.
fn threshold(prepared: &Prepared<'_>, appraisal: &Appraisal, row: usize, class: usize) -> Option<(f64, bool)> {
    let classes = prepared.rules.classes.as_ref()?;
    match &classes.list.get(class)?.share {
        Share::Total(limits) => {
            let end = if prepared.rules.better_high { limits.from } else { limits.to };
            end.map(|(end, closed)| (end.value, !closed))
        }
        Share::Until(_) => {
            let group = prepared.groups.get(row)?;
            let band = appraisal.ranking.bands.get(if prepared.rules.rank_within_groups { group } else { 0 })?;
            let last = rank::end(classes, class, group, band.rows.len())?.checked_sub(1)?;
            let total = appraisal.totals.get(*band.rows.get(last)? as usize)?;
            // Who only draws level is behind where ties go down, or where something else decides.
            Some((*total, classes.ties == Ties::Worse || !prepared.rules.then_by.is_empty()))
        }
        Share::Nobody => None,
    }
}

/// Numbers in the table that its items are computed from, then the items themselves where a formula is between.
fn inputs(prepared: &Prepared<'_>, row: usize) -> Vec<Input> {
    let mut columns = BTreeSet::new();
    let mut items = Vec::new();
    for (at, item) in prepared.rules.items.iter().enumerate().filter(|(at, _)| prepared.applies(*at, row)) {
        let mut named = Vec::new();
        item.value.columns(&mut |column, words| {
            if !words {
                named.push(column);
            }
        });
        if item.formula != item.id {
            items.push(Input::Item(at));
        }
        columns.extend(named);
    }
    let columns = columns.into_iter().map(|column| Input::Column(column.to_owned()));
    columns.chain(items).filter(|input| !now(prepared, row, input).is_nan()).collect()
}

/// The nearest number that is enough, above or below; what is not negative is not taken below nothing.
fn smallest(there: f64, enough: impl Fn(f64) -> bool) -> Option<f64> {
    let scale = if there == 0.0 { 1.0 } else { there.abs() };
    let far = |sign: f64| {
        let mut before = there;
        for doubling in 0..DOUBLINGS {
            let mut next = there + sign * scale * FIRST * 2_f64.powi(doubling);
            let past = there >= 0.0 && next < 0.0;
            if past {
                next = 0.0;
            }
            if enough(next) {
                return Some(between(before, next, &enough));
            }
            if past {
                return None;
            }
            before = next;
        }
        None
    };
    let (up, down) = (far(1.0), far(-1.0));
    match (up, down) {
        (Some(up), Some(down)) => Some(if (up - there).abs() <= (there - down).abs() { up } else { down }),
        (one, other) => one.or(other),
    }
}

/// The edge of what is enough, on its side.
fn between(mut short: f64, mut enough_at: f64, enough: &impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(short, enough_at);
        if enough(middle) { enough_at = middle } else { short = middle }
    }
    enough_at
}
