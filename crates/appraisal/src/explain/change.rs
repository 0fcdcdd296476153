//! What changed between two years or two rule sets, unit by unit: how much of it is the data, the benchmarks, the weights, and
//! the rest of the rules.
//!
//! Every mixture of old and new is graded (16 of them), and each factor gets the average of what it adds over all orders in
//! which the four could have come: Shapley values. They add up to the whole change, and do not depend on an order chosen by us.

use std::collections::BTreeMap;

use crate::evaluate::{Appraisal, Context, NO_CLASS, appraise};
use crate::rules::{Benchmark, Group, Method, PerGroup, RuleSet, Sourced};
use crate::units::Units;

/// What can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// The figures of all units.
    Data,
    /// Numbers that values are compared with.
    Benchmark,
    /// Weights.
    Weight,
    /// Everything else: items, methods, caps, what is done where something is missing.
    Rule,
}

impl Factor {
    /// All of them, in the order of [`Changed::parts`].
    pub const ALL: [Factor; 4] = [Self::Data, Self::Benchmark, Self::Weight, Self::Rule];
}

/// All that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Units in both tables, in the order of the new one.
    pub units: Vec<Changed>,
    /// Units of the new table alone, by row.
    pub joined: Vec<usize>,
    /// Units of the old table alone, by row.
    pub left: Vec<usize>,
}

/// What changed for a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// Row in the old table and in the new one.
    pub rows: (usize, usize),
    /// Total before and after; NaN where there was none.
    pub totals: (f64, f64),
    /// Rank before and after.
    pub ranks: (u32, u32),
    /// Name of the class before and after.
    pub classes: (Option<String>, Option<String>),
    /// What each factor adds to the total; none where some mixture gives the unit no total.
    pub parts: Option<[f64; 4]>,
}

/// Compares two years. The old context and the new one hold what is known beside the tables.
#[must_use]
pub fn change(old: (&RuleSet, &Units, &Context<'_>), new: (&RuleSet, &Units, &Context<'_>)) -> Change {
    let rows: BTreeMap<&str, usize> = old.1.ids.iter().enumerate().map(|(row, id)| (id.as_str(), row)).collect();
    let there: BTreeMap<&str, usize> = new.1.ids.iter().enumerate().map(|(row, id)| (id.as_str(), row)).collect();
    let mixtures: Vec<Vec<f64>> = (0..16_usize).map(|mixture| totals(old, new, mixture)).collect();
    let (before, after) = (appraise(old.0, old.1, old.2).0, appraise(new.0, new.1, new.2).0);
    let (mut units, mut joined) = (Vec::new(), Vec::new());
    for (row, id) in new.1.ids.iter().enumerate() {
        let Some(was) = rows.get(id.as_str()) else {
            joined.push(row);
            continue;
        };
        let of = |mixture: usize| {
            let row = if has(mixture, 0) { row } else { *was };
            mixtures.get(mixture).and_then(|totals| totals.get(row)).copied().unwrap_or(f64::NAN)
        };
        let total = |appraisal: &Appraisal, row: usize| appraisal.totals.get(row).copied().unwrap_or(f64::NAN);
        let rank = |appraisal: &Appraisal, row: usize| appraisal.ranks.get(row).copied().unwrap_or(0);
        let parts = shapley(of);
        units.push(Changed {
            rows: (*was, row),
            totals: (total(&before, *was), total(&after, row)),
            ranks: (rank(&before, *was), rank(&after, row)),
            classes: (class(old.0, &before, *was), class(new.0, &after, row)),
            parts: parts.iter().all(|part| !part.is_nan()).then_some(parts),
        });
    }
    let left =
        old.1.ids.iter().enumerate().filter(|(_, id)| !there.contains_key(id.as_str())).map(|(row, _)| row).collect();
    Change { units, joined, left }
}

/// Whether a factor is the new one in a mixture.
fn has(mixture: usize, factor: usize) -> bool {
    mixture >> factor & 1 == 1
}

fn class(rules: &RuleSet, appraisal: &Appraisal, row: usize) -> Option<String> {
    let class = *appraisal.classes.get(row).filter(|class| **class != NO_CLASS)?;
    rules.classes.as_ref()?.list.get(usize::from(class)).map(|class| class.id.clone())
}

/// Totals of a mixture, by the rows of the table that is in it. They are not rounded: roundings would not add up.
fn totals(old: (&RuleSet, &Units, &Context<'_>), new: (&RuleSet, &Units, &Context<'_>), mixture: usize) -> Vec<f64> {
    let pick = |factor: usize| if has(mixture, factor) { new.0 } else { old.0 };
    let rules = mixed(pick(3), pick(1), pick(2));
    let (units, context) = if has(mixture, 0) { (new.1, new.2) } else { (old.1, old.2) };
    let (found, _) = appraise(&rules, units, context);
    found.dimensions.into_iter().next().unwrap_or_default()
}

/// Rules with benchmarks of one set and weights of another, where items have the same names and methods.
fn mixed(rules: &RuleSet, benchmarks: &RuleSet, weights: &RuleSet) -> RuleSet {
    let mut mixed = rules.clone();
    // Numbers by group are told apart by the names of the groups, which have to be there then.
    if mixed.groups.is_empty() && mixed.group_column.is_some() {
        let declared = [benchmarks, weights].into_iter().find(|other| !other.groups.is_empty());
        mixed.groups = declared.map(|other| other.groups.clone()).unwrap_or_default();
    }
    let groups = mixed.groups.clone();
    for item in &mut mixed.items {
        if let Some(other) = benchmarks.item(&item.id).and_then(|at| benchmarks.items.get(at)) {
            let method = &mut item.normalise.method;
            if let Some(taken) = of_same_kind(method, &other.normalise.method, &benchmarks.groups, &groups) {
                *method = taken;
            }
        }
        if let Some(other) = weights.item(&item.id).and_then(|at| weights.items.get(at)) {
            item.weight = for_groups(&other.weight, &weights.groups, &groups, &item.weight);
        }
    }
    for dimension in &mut mixed.dimensions {
        if let Some(other) = weights.dimensions.iter().find(|other| other.id == dimension.id) {
            dimension.weight = for_groups(&other.weight, &weights.groups, &groups, &dimension.weight);
            dimension.weighing = other.weighing.clone();
        }
    }
    mixed
}

/// The numbers of another method of the same kind; none where the kinds differ, which is a change of the rule.
fn of_same_kind(own: &Method, other: &Method, from: &[Group], to: &[Group]) -> Option<Method> {
    let per = |own: &PerGroup, other: &PerGroup| for_groups(other, from, to, own);
    Some(match (own, other) {
        (
            Method::Ratio { benchmark: Benchmark::Given(own), kind },
            Method::Ratio { benchmark: Benchmark::Given(other), kind: theirs },
        ) if kind == theirs => Method::Ratio { benchmark: Benchmark::Given(per(own, other)), kind: *kind },
        (Method::BaseTarget { base, target }, Method::BaseTarget { base: low, target: high }) => {
            Method::BaseTarget { base: per(base, low), target: per(target, high) }
        }
        (Method::Goalposts { low, high, log }, Method::Goalposts { low: least, high: most, log: theirs })
            if log == theirs =>
        {
            Method::Goalposts { low: per(low, least), high: per(high, most), log: *log }
        }
        (Method::Piecewise { .. }, Method::Piecewise { .. })
        | (Method::Steps(_), Method::Steps(_))
        | (Method::Deduction { .. }, Method::Deduction { .. }) => other.clone(),
        _ => return None,
    })
}

/// Numbers for the groups of another set, by their names; what that set has no number for stays.
fn for_groups(numbers: &PerGroup, from: &[Group], to: &[Group], own: &PerGroup) -> PerGroup {
    if to.is_empty() || matches!(numbers, PerGroup::Same(_)) {
        return numbers.clone();
    }
    let number = |(at, group): (usize, &Group)| -> Option<Sourced> {
        let there = from.iter().position(|known| known.id == group.id);
        there.and_then(|there| numbers.of(there)).or_else(|| own.of(at))
    };
    PerGroup::ByGroup(to.iter().enumerate().map(number).collect())
}

/// What each of four factors adds, on average over all orders.
fn shapley(of: impl Fn(usize) -> f64) -> [f64; 4] {
    // Orders in which so many others came before: k! (3 − k)! of 4!.
    const SHARE: [f64; 4] = [6.0 / 24.0, 2.0 / 24.0, 2.0 / 24.0, 6.0 / 24.0];
    let part = |factor: usize| -> f64 {
        let without = (0..16_usize).filter(|mixture| !has(*mixture, factor));
        let added = |mixture: usize| {
            let share = SHARE.get(mixture.count_ones() as usize).copied().unwrap_or(0.0);
            share * (of(mixture | 1 << factor) - of(mixture))
        };
        without.map(added).sum()
    };
    std::array::from_fn(part)
}
