//! What would lift a unit by one class: the smallest change of one number alone, everything about the others left as it is.

use std::collections::BTreeSet;

use super::single::{Anew, Input, anew, now};
use crate::evaluate::classify::changed;
use crate::evaluate::{Appraisal, NO_CLASS, Prepared, Reason, Weights, rank};
use crate::expression::{holds, steady};
use crate::rules::{Aggregate, Effect, Share, Ties};

/// Halvings of the distance between what is too little and what is enough.
const HALVINGS: usize = 60;
/// First step, as a share of the number, and how often it is doubled: up to about a million times the number.
const FIRST: f64 = 1.0 / 1024.0;
const DOUBLINGS: usize = 30;

/// What lifts a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Lift {
    /// Class that it is in.
    pub from: usize,
    /// The next better one that another total can bring it to, exceptions staying as they are.
    pub to: usize,
    /// The class that this total gives, before exceptions.
    pub by_total: usize,
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
    /// What it would have to be: a short number that is enough.
    pub to: f64,
}

/// Why nothing lifts a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLift {
    /// It has no class by its total.
    Ungraded,
    /// It is in the best class that its total can give.
    Best,
    /// An exception puts it there, whatever its total: its place.
    Excepted(usize),
    /// Its total is a distance to an ideal of all units: it cannot be worked out of one alone.
    NotAlone,
}

/// What lifts a unit to a better class.
///
/// # Errors
/// Why nothing does.
pub fn lift(prepared: &Prepared<'_>, weights: &Weights, appraisal: &Appraisal, row: usize) -> Result<Lift, NoLift> {
    let class = |classes: &[u8]| classes.get(row).copied().filter(|class| *class != NO_CLASS).map(usize::from);
    let (by_total, from) = class(&appraisal.by_total).zip(class(&appraisal.classes)).ok_or(NoLift::Ungraded)?;
    let classes = prepared.rules.classes.as_ref().ok_or(NoLift::Ungraded)?;
    if prepared.rules.dimensions.iter().any(|dimension| dimension.aggregate == Aggregate::Topsis) {
        return Err(NoLift::NotAlone);
    }
    let held: Vec<usize> = appraisal
        .reasons_of(row)
        .filter_map(|reason| if let Reason::Excepted { exception, .. } = reason { Some(*exception) } else { None })
        .filter(|exception| !hangs_on_items(prepared, *exception))
        .collect();
    let after = |class: usize| excepted(prepared, &held, class, classes.list.len());
    // A class that nobody is in by total is none that a total brings to.
    let open = |class: &usize| classes.list.get(*class).is_some_and(|class| class.share != Share::Nobody);
    let Some(better) = (0..by_total).rev().filter(open).find(|class| after(*class) < from) else {
        return Err(held.last().filter(|_| from > 0).map_or(NoLift::Best, |exception| NoLift::Excepted(*exception)));
    };
    let (needed, more) = threshold(prepared, appraisal, row, better).ok_or(NoLift::Ungraded)?;
    let better_high = prepared.rules.better_high;
    let edge = steady(needed);
    let enough = |total: f64| match (better_high, more) {
        (true, true) => steady(total) > edge,
        (true, false) => steady(total) >= edge,
        (false, true) => steady(total) < edge,
        (false, false) => steady(total) <= edge,
    };
    let (mut levers, mut powerless) = (Vec::new(), Vec::new());
    for input in inputs(prepared, row) {
        let there = now(prepared, row, &input);
        let anew = |value: f64| anew(prepared, weights, row, &input, value);
        let lifted = |value: f64| {
            let found = anew(value);
            enough(found.total) && class_of(prepared, &found, row, better).is_some_and(|class| class < from)
        };
        // Exceptions that begin beyond the edge leave a window that strides would miss: the edge of the total comes first.
        let edge = smallest(there, |value| enough(anew(value).total)).filter(|to| lifted(*to));
        match edge.or_else(|| smallest(there, lifted)) {
            Some(to) => levers.push(Lever { input, now: there, to }),
            None => powerless.push(input),
        }
    }
    let size = |lever: &Lever| ((lever.to - lever.now) / lever.now).abs();
    levers.sort_by(|one, other| size(one).total_cmp(&size(other)));
    Ok(Lift { from, to: after(better), by_total: better, needed, more, levers, powerless })
}

/// Whether the condition of an exception asks for an item or the total: another total may free from it.
fn hangs_on_items(prepared: &Prepared<'_>, exception: usize) -> bool {
    let mut found = false;
    if let Some(exception) = prepared.rules.exceptions.get(exception) {
        exception.when.columns(&mut |name, _| found |= !prepared.units.columns.contains_key(name));
    }
    found
}

/// The class of a changed row after exceptions, from the class by total; none where it would be exempt. Exceptions are judged by
/// the numbers as changed.
fn class_of(prepared: &Prepared<'_>, row_now: &Anew<'_>, row: usize, class: usize) -> Option<usize> {
    let classes = prepared.rules.classes.as_ref()?.list.len();
    let mut class = u8::try_from(class).ok()?;
    for exception in prepared.rules.exceptions.iter().filter(|exception| holds(exception.when.at(row_now, row))) {
        if matches!(exception.effect, Effect::Exempt(_)) {
            return None;
        }
        class = changed(exception.effect, class, classes).unwrap_or(class);
    }
    Some(usize::from(class))
}

/// The class after exceptions, from the class by total, for those that hold whatever the total.
fn excepted(prepared: &Prepared<'_>, held: &[usize], class: usize, classes: usize) -> usize {
    let effects = held.iter().filter_map(|at| prepared.rules.exceptions.get(*at)).map(|exception| exception.effect);
    effects.fold(class, |class, effect| {
        let class_now = u8::try_from(class).unwrap_or(NO_CLASS);
        changed(effect, class_now, classes).map_or(class, usize::from)
    })
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
    // 1, 2, 4 … of 1024 parts away from what is there.
    let away = std::iter::successors(Some(FIRST), |step| Some(step * 2.0)).take(DOUBLINGS);
    let up = away.clone().map(|step| there + scale * step);
    // Down to half of it in such steps, then by halves, and to nothing at last: below a line of division is no zero.
    let halves = std::iter::successors(Some(there / 4.0), |value| Some(value / 2.0)).take(DOUBLINGS).chain([0.0]);
    let down: Vec<f64> = if there > 0.0 {
        away.take_while(|step| *step <= 0.5).map(|step| there - scale * step).chain(halves).collect()
    } else if there < 0.0 {
        away.map(|step| there - scale * step).collect()
    } else {
        Vec::new()
    };
    let (up, down) = (first(there, up, &enough), first(there, down.into_iter(), &enough));
    match (up, down) {
        (Some(up), Some(down)) => Some(if (up - there).abs() <= (there - down).abs() { up } else { down }),
        (one, other) => one.or(other),
    }
}

/// The first of some numbers, going away from `there`, that is enough, and from it back to the edge.
fn first(there: f64, steps: impl Iterator<Item = f64>, enough: &impl Fn(f64) -> bool) -> Option<f64> {
    let mut before = there;
    for step in steps {
        if enough(step) {
            return Some(short(there, between(before, step, enough), enough));
        }
        before = step;
    }
    None
}

/// The edge of what is enough, on its side.
fn between(mut short: f64, mut enough_at: f64, enough: &impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(short, enough_at);
        if enough(middle) { enough_at = middle } else { short = middle }
    }
    enough_at
}

/// A short number a little beyond the edge that is still enough: who writes it down gets what is promised.
fn short(there: f64, edge: f64, enough: &impl Fn(f64) -> bool) -> f64 {
    let change = (edge - there).abs();
    let up = edge > there;
    for digits in 2..15 {
        // So many digits of the change.
        let decimals = digits - libm::floor(libm::log10(change)) as i32;
        let unit = libm::pow(10.0, f64::from(-decimals));
        let steps = if up { libm::ceil(edge / unit) } else { libm::floor(edge / unit) };
        // Read back from its digits, so that no more of them are shown than are meant.
        let text = format!("{:.*}", usize::try_from(decimals).unwrap_or(0), steps * unit);
        let candidate = text.parse::<f64>().unwrap_or(edge);
        let beyond = if up { candidate >= edge } else { candidate <= edge && (candidate > 0.0) == (edge > 0.0) };
        if beyond && enough(candidate) {
            return candidate;
        }
    }
    edge
}
