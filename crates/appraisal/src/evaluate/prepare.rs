//! Everything before weighing: groups, values, what is filled in and drawn in, curves, scores.

use std::sync::Arc;

use rayon::prelude::*;

use super::Context;
use super::columns::Seen;
use super::curve::{Curve, Shape, Straight, against, fitted, given};
use super::events::{ageing, deductions};
use super::grouping::{Grouping, NOWHERE};
use super::statistics::{mean, median};
use super::treat::{Treated, treat};
use super::weights::Weights;
use crate::diagnostic::{Code, Diagnostic};
use crate::expression::{Expression, holds};
use crate::rules::{Average, Benchmark, Effect, Item, Method, Missing, RuleSet};
use crate::units::Units;

/// Rows at a time that one core takes.
const CHUNK: usize = 1 << 14;

/// Rules applied to units as far as no weight is needed.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    /// The rules.
    pub rules: &'a RuleSet,
    /// The units.
    pub units: &'a Units,
    /// Groups of the rules.
    pub groups: Arc<Grouping>,
    /// Units that are graded: in a group, not exempted, no double.
    pub counted: Vec<bool>,
    /// The exemption of each unit that has one: place among the exceptions.
    pub exempted: Vec<Option<u8>>,
    /// Units of which it is not known whether they are exempt: they are graded.
    pub(super) undecided: Vec<Undecided>,
    /// Columns of each item.
    pub items: Vec<ItemColumns>,
    /// Values of each item as the formula gives them; NaN where there is none or the item is not for the unit's group.
    pub values: Vec<Vec<f64>>,
    /// Scores of each item; NaN where there is none.
    pub scores: Vec<Vec<f64>>,
    /// Weights as the rules give or derive them.
    pub weights: Weights,
}

/// A row, an exemption, and the column whose number it lacks.
pub(super) type Undecided = (u32, usize, String);

/// What was done on the way from the values of an item to its scores.
#[derive(Clone, Debug)]
pub struct ItemColumns {
    /// Values after filling in; none where nothing was filled in.
    pub imputed: Option<Vec<f64>>,
    /// Values after treating outliers; none where nothing was treated.
    pub treated: Option<Vec<f64>>,
    /// What was treated.
    pub treatment: Treated,
    /// Curves, and which unit is on which.
    pub cells: Cells,
}

/// Curves of an item: one for each group of those that are compared.
#[derive(Clone, Debug)]
pub struct Cells {
    /// With whom each unit is compared.
    pub grouping: Arc<Grouping>,
    /// The curve of each.
    pub curves: Vec<Curve>,
}

impl Cells {
    /// The curve of a unit.
    #[must_use]
    pub fn of(&self, row: usize) -> Option<&Curve> {
        self.curves.get(self.grouping.get(row)?)
    }
}

impl Prepared<'_> {
    /// The value that an item of a unit is scored by: filled in, drawn in.
    #[must_use]
    pub fn scored(&self, item: usize, row: usize) -> f64 {
        let columns = self.items.get(item);
        let column = columns.and_then(|columns| columns.treated.as_ref().or(columns.imputed.as_ref()));
        column.or(self.values.get(item)).and_then(|column| column.get(row)).copied().unwrap_or(f64::NAN)
    }

    /// The score that an item of a unit would have with another value.
    #[must_use]
    pub fn score_of(&self, item: usize, row: usize, value: f64) -> f64 {
        let Some(columns) = self.items.get(item) else { return f64::NAN };
        let own = if self.counted.get(row) == Some(&true) { self.scored(item, row) } else { f64::NAN };
        columns.cells.of(row).map_or(f64::NAN, |curve| curve.score_instead(columns.treatment.apply(value), own))
    }

    /// Whether an item is looked at for a unit.
    #[must_use]
    pub fn applies(&self, item: usize, row: usize) -> bool {
        let item = self.rules.items.get(item);
        self.groups.get(row).zip(item).is_some_and(|(group, item)| self.rules.counts(item, group))
    }
}

/// Computes values and scores, with the weights that the rules give.
pub(super) fn scored_by<'a>(
    rules: &'a RuleSet,
    units: &'a Units,
    context: &Context<'_>,
) -> (Prepared<'a>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let groups = Grouping::of_rules(rules, units);
    problems.extend(super::grouping::told(rules, units, &groups));
    if let Some((events, as_of)) = context.events {
        let later = events.iter().filter(|event| event.day > as_of).count();
        if later > 0 {
            problems.push(Diagnostic::note(
                Code::BadValue,
                0,
                format!("{later} 个事项在 {as_of} 以后，还不计"),
                format!("{later} events are after {as_of} and do not count yet"),
            ));
        }
    }
    let each = rules.items.par_iter().enumerate();
    let values: Vec<Vec<f64>> = each.map(|(at, item)| values(rules, item, at, units, &groups, context)).collect();
    let (exempted, mut undecided) = exempted(rules, units, &values);
    let doubtful = units.doubtful.iter().zip(&exempted);
    let counted: Vec<bool> = groups
        .of
        .iter()
        .zip(doubtful)
        .map(|(group, (doubtful, exempted))| *group != NOWHERE && !doubtful && exempted.is_none())
        .collect();
    undecided.retain(|(row, ..)| counted.get(*row as usize) == Some(&true));
    // Items side by side: much of what is done for one has to go through its rows one after the other.
    let done = rules.items.par_iter().zip(&values);
    let done: Vec<_> = done.map(|(item, values)| columns(rules, item, values, units, &groups, &counted)).collect();
    let (mut items, mut scores) = (Vec::new(), Vec::new());
    for (columns, score, told) in done {
        items.push(columns);
        scores.push(score);
        problems.extend(told);
    }
    let weights = Weights::given(rules, groups.names.len());
    (Prepared { rules, units, groups, counted, exempted, undecided, items, values, scores, weights }, problems)
}

/// Values of an item by its formula, where it is for the unit's group.
fn values(
    rules: &RuleSet,
    item: &Item,
    at: usize,
    units: &Units,
    groups: &Arc<Grouping>,
    context: &Context<'_>,
) -> Vec<f64> {
    let mut values = match (context.events, ageing(item)) {
        (Some((events, as_of)), Some(ageing)) => deductions(events, at as u32, ageing, as_of, units.len()),
        _ => item.value.all(units, units.len()),
    };
    if !item.groups.is_empty() {
        let for_group = groups.table(|group| rules.counts(item, group));
        values.par_chunks_mut(CHUNK).zip(groups.of.par_chunks(CHUNK)).for_each(|(values, groups)| {
            for (value, group) in values.iter_mut().zip(groups) {
                let applies = for_group.get(*group as usize).copied().unwrap_or(false);
                *value = if applies { *value } else { f64::NAN };
            }
        });
    }
    values
}

/// The first exemption that holds for each unit, and exemptions that cannot be decided.
fn exempted(rules: &RuleSet, units: &Units, values: &[Vec<f64>]) -> (Vec<Option<u8>>, Vec<Undecided>) {
    let (mut found, mut undecided) = (vec![None; units.len()], Vec::new());
    let seen = Seen { rules, units, values, totals: None };
    for (at, exception) in rules.exceptions.iter().enumerate() {
        if !matches!(exception.effect, Effect::Exempt(_)) {
            continue;
        }
        for (row, (place, yes)) in found.iter_mut().zip(exception.when.all(&seen, units.len())).enumerate() {
            if yes.is_nan() {
                let column = seen.undecided(&exception.when, row);
                undecided.extend(column.map(|column| (row as u32, at, column)));
            }
            if holds(yes) && place.is_none() {
                *place = u8::try_from(at).ok();
            }
        }
    }
    (found, undecided)
}

/// From the values of an item to its scores.
fn columns(
    rules: &RuleSet,
    item: &Item,
    values: &[f64],
    units: &Units,
    groups: &Arc<Grouping>,
    counted: &[bool],
) -> (ItemColumns, Vec<f64>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let imputed = imputed(rules, item, values, units, groups, counted);
    let mut treated = None;
    let mut treatment = Treated::Untouched;
    if let Some(rule) = &item.outliers {
        let mut column = imputed.as_deref().unwrap_or(values).to_vec();
        treatment = treat(&mut column, counted, rule);
        treated = (treatment != Treated::Untouched).then_some(column);
    }
    let column = treated.as_deref().or(imputed.as_deref()).unwrap_or(values);
    let cells = cells(item, column, units, groups, counted);
    told(item, &cells, &compared(rules, item, groups, &cells.grouping, counted), &mut problems);
    let mut scores = scored(column, &cells);
    match &item.missing {
        Missing::Zero => fill(rules, item, groups, &mut scores, |_| 0.0),
        Missing::GroupScore => {
            let means = groups.means(&scores, counted);
            fill(rules, item, groups, &mut scores, |group| means.get(group).copied().unwrap_or(f64::NAN));
        }
        Missing::Refuse | Missing::Drop | Missing::Impute(..) | Missing::Value(_) => {}
    }
    (ItemColumns { imputed, treated, treatment, cells }, scores, problems)
}

/// Values with those filled in that the rules fill in before anything else.
fn imputed(
    rules: &RuleSet,
    item: &Item,
    values: &[f64],
    units: &Units,
    groups: &Arc<Grouping>,
    counted: &[bool],
) -> Option<Vec<f64>> {
    if !matches!(item.missing, Missing::Impute(..) | Missing::Value(_)) || !values.iter().any(|value| value.is_nan()) {
        return None;
    }
    let mut filled = values.to_vec();
    match &item.missing {
        Missing::Impute(average, within) => {
            let grouping = Grouping::within(within, groups, units);
            let of = |part: &Vec<f64>| match average {
                Average::Mean => mean(part),
                Average::Median => median(part),
            };
            let averages: Vec<f64> = grouping.split(values, counted).iter().map(of).collect();
            for (row, value) in filled.iter_mut().enumerate().filter(|(_, value)| value.is_nan()) {
                let applies = groups.get(row).is_some_and(|group| rules.counts(item, group));
                let average = grouping.get(row).and_then(|group| averages.get(group)).copied();
                *value = average.filter(|_| applies).unwrap_or(f64::NAN);
            }
        }
        Missing::Value(given) => fill(rules, item, groups, &mut filled, |_| given.value),
        Missing::Refuse | Missing::Drop | Missing::Zero | Missing::GroupScore => {}
    }
    Some(filled)
}

/// Fills in where the item is for the unit's group.
fn fill(rules: &RuleSet, item: &Item, groups: &Arc<Grouping>, column: &mut [f64], with: impl Fn(usize) -> f64) {
    for (row, value) in column.iter_mut().enumerate().filter(|(_, value)| value.is_nan()) {
        if let Some(group) = groups.get(row).filter(|group| rules.counts(item, *group)) {
            *value = with(group);
        }
    }
}

/// The curves of an item, for everyone with whom someone is compared.
fn cells(item: &Item, column: &[f64], units: &Units, groups: &Arc<Grouping>, counted: &[bool]) -> Cells {
    let curves: Option<Vec<Curve>> = (0..groups.names.len()).map(|group| given(item, group)).collect();
    if let Some(curves) = curves {
        return Cells { grouping: Arc::clone(groups), curves };
    }
    let grouping = Grouping::within(&item.normalise.within, groups, units);
    let curves = match (&item.normalise.method, item.value.division()) {
        (Method::Ratio { benchmark: Benchmark::Mean, kind }, _) => {
            grouping.means(column, counted).into_iter().map(|mean| against(item, *kind, mean)).collect()
        }
        (Method::Ratio { benchmark: Benchmark::RatioOfSums, kind }, Some((above, below))) => {
            let sums = sums(above, below, units, &grouping, counted);
            sums.into_iter().map(|(above, below)| against(item, *kind, above / below)).collect()
        }
        _ => grouping.split(column, counted).iter().map(|there| fitted(item, there)).collect(),
    };
    Cells { grouping, curves }
}

/// Sums of both sides of a division, over units that have both.
fn sums(
    above: &Expression,
    below: &Expression,
    units: &Units,
    grouping: &Grouping,
    counted: &[bool],
) -> Vec<(f64, f64)> {
    let (above, below) = (above.all(units, units.len()), below.all(units, units.len()));
    let mut sums = vec![(0.0, 0.0); grouping.names.len()];
    for (((above, below), group), counts) in above.iter().zip(&below).zip(&grouping.of).zip(counted) {
        if let Some(sum) = sums.get_mut(*group as usize)
            && *counts
            && !above.is_nan()
            && !below.is_nan()
        {
            sum.0 += above;
            sum.1 += below;
        }
    }
    sums
}

fn scored(column: &[f64], cells: &Cells) -> Vec<f64> {
    // One more at the end, for who is nowhere.
    let straight: Option<Vec<Straight>> =
        cells.curves.iter().map(Curve::straight).chain([Some(Straight::NONE)]).collect();
    let mut scores = vec![f64::NAN; column.len()];
    let blocks = scores.par_chunks_mut(CHUNK).zip(column.par_chunks(CHUNK)).zip(cells.grouping.of.par_chunks(CHUNK));
    blocks.for_each(|((scores, values), groups)| match &straight {
        Some(lines) => {
            let last = lines.len() - 1;
            for ((score, value), group) in scores.iter_mut().zip(values).zip(groups) {
                *score = lines.get((*group as usize).min(last)).map_or(f64::NAN, |line| line.score(*value));
            }
        }
        None => {
            for ((score, value), group) in scores.iter_mut().zip(values).zip(groups) {
                *score = cells.curves.get(*group as usize).map_or(f64::NAN, |curve| curve.score(*value));
            }
        }
    });
    scores
}

/// Which curves someone is on: a group that the item is not for, or that nobody is in, has nothing to be told about.
fn compared(rules: &RuleSet, item: &Item, groups: &Grouping, grouping: &Grouping, counted: &[bool]) -> Vec<bool> {
    let mut compared = vec![false; grouping.names.len()];
    for (row, counts) in counted.iter().enumerate() {
        let applies = groups.get(row).is_some_and(|group| rules.counts(item, group));
        if let Some(place) = grouping.get(row).and_then(|curve| compared.get_mut(curve)) {
            *place |= *counts && applies;
        }
    }
    compared
}

/// Curves that compare with nothing.
fn told(item: &Item, cells: &Cells, compared: &[bool], problems: &mut Vec<Diagnostic>) {
    let curves = cells.curves.iter().zip(&cells.grouping.names).zip(compared).filter(|(_, compared)| **compared);
    for ((curve, name), _) in curves {
        let (zh, en) = if name.is_empty() {
            (String::new(), String::new())
        } else {
            (format!("（{name}）"), format!(" ({name})"))
        };
        match curve.shape() {
            Shape::Flat(_) => problems.push(Diagnostic::warning(
                Code::NoSpread,
                item.line,
                format!("「{}」{zh}各对象的值都一样，分不出先后，都得中间分", item.id),
                format!("all values of `{}`{en} are the same: none is ahead, all score in the middle", item.id),
            )),
            Shape::Nothing => problems.push(Diagnostic::warning(
                Code::NoSpread,
                item.line,
                format!("「{}」{zh}没有可比的基准（没有数据，或基准不大于零），这一项没有得分", item.id),
                format!(
                    "`{}`{en} has nothing to compare with (no data, or a benchmark not above zero) and no score",
                    item.id
                ),
            )),
            _ => {}
        }
    }
}
