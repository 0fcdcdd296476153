//! From scores of items to dimensions and the total.

use rayon::prelude::*;

use super::prepare::Prepared;
use super::sums::{Absent, Sums};
use super::weights::Weights;
use crate::direction::Direction;
use crate::rules::{Aggregate, Dimension, Method, Missing, Part, RuleSet};
use crate::topsis::{self, Scaling, topsis};

/// Rows that are taken together, so that their sums stay in the nearest cache.
const BLOCK: usize = 1 << 10;

/// Dimensions so that each stands after its parts.
pub(super) fn order(rules: &RuleSet) -> Vec<usize> {
    let mut depth: Vec<(usize, usize)> = rules
        .dimensions
        .iter()
        .enumerate()
        .map(|(at, dimension)| {
            let above = |up: &usize| rules.dimensions.get(*up).and_then(|dimension| dimension.parent);
            (std::iter::successors(dimension.parent, above).take(rules.dimensions.len()).count(), at)
        })
        .collect();
    depth.sort_by_key(|(depth, at)| (std::cmp::Reverse(*depth), *at));
    depth.into_iter().map(|(_, at)| at).collect()
}

/// The score of every dimension, in the order of the rules, from scores of items.
pub(crate) fn dimensions(prepared: &Prepared<'_>, scores: &[Vec<f64>], weights: &Weights) -> Vec<Vec<f64>> {
    let rules = prepared.rules;
    let mut found: Vec<Vec<f64>> = vec![Vec::new(); rules.dimensions.len()];
    for at in order(rules) {
        let Some(dimension) = rules.dimensions.get(at) else { continue };
        let parts: Vec<(&[f64], Absent)> =
            dimension.parts.iter().map(|part| column(prepared.rules, scores, &found, *part)).collect();
        let column = if dimension.aggregate == Aggregate::Topsis {
            closeness(prepared, dimension, weights.of(at), &parts)
        } else {
            rows(prepared, dimension, weights.of(at), &parts)
        };
        if let Some(place) = found.get_mut(at) {
            *place = column;
        }
    }
    found
}

fn column<'s>(rules: &RuleSet, scores: &'s [Vec<f64>], found: &'s [Vec<f64>], part: Part) -> (&'s [f64], Absent) {
    let column = match part {
        Part::Item(at) => scores.get(at),
        Part::Dimension(at) => found.get(at),
    };
    (column.map_or([].as_slice(), Vec::as_slice), absent(rules, part))
}

/// What follows where a part has no score. A dimension may be left out where every item of it may.
fn absent(rules: &RuleSet, part: Part) -> Absent {
    let drops = |item: usize| rules.items.get(item).is_some_and(|item| item.missing == Missing::Drop);
    let left_out = match part {
        Part::Item(at) => drops(at),
        Part::Dimension(at) => below(rules, at).all(drops),
    };
    if left_out { Absent::LeftOut } else { Absent::Spoils }
}

/// The same for one unit of a group, from its scores. Closeness to an ideal is none of one unit alone: it has no score here.
pub(crate) fn single(rules: &RuleSet, weights: &Weights, group: usize, scores: &[f64]) -> Vec<f64> {
    let mut found = vec![f64::NAN; rules.dimensions.len()];
    for at in order(rules) {
        let Some(dimension) = rules.dimensions.get(at) else { continue };
        let from = group.saturating_mul(dimension.parts.len());
        let Some(weights) = weights.of(at).get(from..from.saturating_add(dimension.parts.len())) else { continue };
        let score = |part: &Part| match part {
            Part::Item(at) => scores.get(*at).copied().unwrap_or(f64::NAN),
            Part::Dimension(at) => found.get(*at).copied().unwrap_or(f64::NAN),
        };
        let mut sums = Sums::new(dimension.aggregate, 1);
        for (part, weight) in dimension.parts.iter().zip(weights) {
            sums.add(&[score(part)], absent(rules, *part), &[0], &[*weight]);
        }
        let mut value = [f64::NAN];
        sums.finish(&mut value, dimension.factor());
        let [value] = value;
        if let Some(place) = found.get_mut(at) {
            *place = value;
        }
    }
    found
}

/// Items under a dimension, however deep.
fn below(rules: &RuleSet, dimension: usize) -> impl Iterator<Item = usize> + '_ {
    let above = move |up: usize| rules.dimensions.get(up).and_then(|dimension| dimension.parent);
    rules.items.iter().enumerate().filter_map(move |(at, item)| {
        let mut ups = std::iter::successors(Some(item.parent), |up| above(*up)).take(rules.dimensions.len());
        ups.any(|up| up == dimension).then_some(at)
    })
}

/// `weights` holds a row of weights per group; NaN where a part is not for the group.
fn rows(prepared: &Prepared<'_>, dimension: &Dimension, weights: &[f64], parts: &[(&[f64], Absent)]) -> Vec<f64> {
    let count = parts.len();
    let mut column = vec![f64::NAN; prepared.units.len()];
    // Weights part by part: of each group, and of nobody's group at the end.
    let tables: Vec<Vec<f64>> = (0..count)
        .map(|part| weights.iter().skip(part).step_by(count.max(1)).copied().chain([f64::NAN]).collect())
        .collect();
    column.par_chunks_mut(BLOCK).enumerate().for_each(|(block, rows)| {
        let from = block * BLOCK;
        let groups = prepared.groups.of.get(from..from + rows.len()).unwrap_or_default();
        let mut sums = Sums::new(dimension.aggregate, rows.len());
        for ((scores, absent), table) in parts.iter().zip(&tables) {
            let scores = scores.get(from..from + rows.len()).unwrap_or_default();
            sums.add(scores, *absent, groups, table);
        }
        sums.finish(rows, dimension.factor());
    });
    column
}

/// Closeness to the ideal, within each group, of units that count and have every score.
fn closeness(prepared: &Prepared<'_>, dimension: &Dimension, weights: &[f64], parts: &[(&[f64], Absent)]) -> Vec<f64> {
    let count = parts.len();
    let mut column = vec![f64::NAN; prepared.units.len()];
    for (group, rows) in prepared.groups.rows(&prepared.counted).into_iter().enumerate() {
        let from = group * count;
        let Some(weights) = weights.get(from..from + count) else { continue };
        let used: Vec<(&[f64], f64)> = parts
            .iter()
            .zip(weights)
            .filter(|(_, weight)| **weight > 0.0)
            .map(|((scores, _), weight)| (*scores, *weight))
            .collect();
        let weighing: Vec<Part> =
            dimension.parts.iter().zip(weights).filter(|(_, weight)| **weight > 0.0).map(|(part, _)| *part).collect();
        let directions: Vec<Direction> = weighing.iter().map(|part| direction(prepared.rules, *part)).collect();
        // Scores that were made comparable stay as they are.
        let plain = weighing.iter().all(|part| matches!(part, Part::Item(at) if is_plain(prepared.rules, *at)));
        let scaling = if plain { Scaling::Vector } else { Scaling::AsGiven };
        let whole = |row: &usize| used.iter().all(|(scores, _)| scores.get(*row).is_some_and(|score| !score.is_nan()));
        let rows: Vec<usize> = rows.into_iter().filter(whole).collect();
        let table: Vec<Vec<f64>> = used
            .iter()
            .map(|(scores, _)| rows.iter().map(|row| scores.get(*row).copied().unwrap_or(f64::NAN)).collect())
            .collect();
        let weights: Vec<f64> = used.iter().map(|(_, weight)| *weight).collect();
        // Units that do not differ in anything are as near to the best as to the worst.
        let found = match topsis(&table, &weights, &directions, scaling) {
            Ok(found) => found.closeness,
            Err(topsis::Refusal::NoSpread) => vec![Some(0.5); rows.len()],
            Err(_) => continue,
        };
        for (row, found) in rows.iter().zip(found) {
            if let Some((place, found)) = column.get_mut(*row).zip(found) {
                *place = found * dimension.factor();
            }
        }
    }
    column
}

/// Whether the score of an item is its value.
fn is_plain(rules: &RuleSet, item: usize) -> bool {
    rules.items.get(item).is_some_and(|item| item.normalise.method == Method::AsIs)
}

/// Which way the score of a part counts. Made comparable, it is the other way already where less is better.
pub(super) fn direction(rules: &RuleSet, part: Part) -> Direction {
    match part {
        Part::Item(at) if is_plain(rules, at) && rules.items.get(at).is_some_and(|item| !item.better_high) => {
            Direction::Cost
        }
        _ => Direction::Benefit,
    }
}
