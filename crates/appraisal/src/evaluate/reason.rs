//! What is to be said about a unit beside its numbers.

use rayon::prelude::*;

use super::grouping::NOWHERE;
use super::prepare::Prepared;
use crate::expression::{Cause, cause};
use crate::rules::{Aggregate, Missing, Part};

/// Rows that one core looks at together.
const BLOCK: usize = 1 << 14;

/// One thing to be said about a unit.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// Another row has the same name: which of both holds is not known, neither is graded.
    Double,
    /// It is in no group of the rules.
    NoGroup,
    /// An item has no value: why, and whether that leaves the unit without a grade.
    NoValue {
        /// Place of the item.
        item: usize,
        /// Why; none where the value is there and has no score (beyond a scale, nothing to compare with).
        cause: Option<Cause>,
        /// Whether there is no total for it.
        refused: bool,
    },
    /// Every item has its score, and there is no total all the same: a mean of numbers below zero that has none.
    NoTotal,
    /// Not graded, by the rules.
    Exempted {
        /// Place of the exception.
        exception: usize,
        /// The class as of which it is treated.
        treated: Option<usize>,
    },
    /// The class was set or moved.
    Excepted {
        /// Place of the exception.
        exception: usize,
        /// Class before; [`super::NO_CLASS`] where there was none.
        before: u8,
        /// Class after.
        after: u8,
    },
    /// The condition of an exception has no value, because a cell is missing: whether the exception holds is not known, and it did nothing.
    Undecided {
        /// Place of the exception.
        exception: usize,
        /// The column of the cell.
        column: String,
    },
    /// Items that decide a total which is the worst (or best) of all: the primary pollutant.
    Decides {
        /// Place of the item.
        item: usize,
    },
}

/// Why items have no value, and why units have no grade.
pub(super) fn of_items(prepared: &Prepared<'_>, totals: &[f64]) -> Vec<(u32, Reason)> {
    let mut found = Vec::new();
    let mut told = vec![false; totals.len()];
    for (row, _) in prepared.units.doubtful.iter().enumerate().filter(|(_, doubtful)| **doubtful) {
        found.push((row as u32, Reason::Double));
    }
    for (row, _) in prepared.groups.of.iter().enumerate().filter(|(_, group)| **group == NOWHERE) {
        found.push((row as u32, Reason::NoGroup));
    }
    for (at, item) in prepared.rules.items.iter().enumerate() {
        let Some((values, scores)) = prepared.values.get(at).zip(prepared.scores.get(at)) else { continue };
        let for_group = prepared.groups.table(|group| prepared.rules.counts(item, group));
        let reason = |row: usize, value: f64, score: f64| {
            let why = if value.is_nan() { cause(&item.value, prepared.units, row) } else { None };
            let graded = totals.get(row).is_some_and(|total| !total.is_nan());
            let refused = !graded && score.is_nan() && item.missing != Missing::Drop;
            (row as u32, Reason::NoValue { item: at, cause: why, refused })
        };
        let blocks = values.par_chunks(BLOCK).zip(scores.par_chunks(BLOCK)).zip(prepared.groups.of.par_chunks(BLOCK));
        // Nothing of exempt units is scored, whatever they lack.
        let exempt = |row: usize| prepared.exempted.get(row).is_some_and(Option::is_some);
        let before = found.len();
        found.par_extend(blocks.enumerate().flat_map_iter(|(block, ((values, scores), groups))| {
            let rows = values.iter().zip(scores).zip(groups).enumerate();
            // A score without a value was filled in: that is told too.
            let absent = rows.filter(|(row, ((value, score), group))| {
                (value.is_nan() | score.is_nan())
                    && !exempt(block * BLOCK + row)
                    && for_group.get(**group as usize).copied().unwrap_or(false)
            });
            absent
                .map(move |(row, ((value, score), _))| reason(block * BLOCK + row, *value, *score))
                .collect::<Vec<_>>()
        }));
        for (row, reason) in found.iter().skip(before) {
            if let (Reason::NoValue { refused: true, .. }, Some(told)) = (reason, told.get_mut(*row as usize)) {
                *told = true;
            }
        }
    }
    let bare = totals.iter().zip(&prepared.counted).zip(&told).enumerate();
    let bare = bare.filter(|(_, ((total, counts), told))| total.is_nan() && **counts && !**told);
    found.extend(bare.map(|(row, _)| (row as u32, Reason::NoTotal)));
    found
}

fn at_row(columns: &[Vec<f64>], at: usize, row: usize) -> f64 {
    columns.get(at).and_then(|column| column.get(row)).copied().unwrap_or(f64::NAN)
}

/// Items whose score is the total, where the total is the least or the greatest of them.
pub(super) fn deciding(prepared: &Prepared<'_>, dimensions: &[Vec<f64>], reasons: &mut Vec<(u32, Reason)>) {
    let Some((total, column)) = prepared.rules.dimensions.first().zip(dimensions.first()) else { return };
    if !matches!(total.aggregate, Aggregate::Minimum | Aggregate::Maximum) {
        return;
    }
    for (row, worst) in column.iter().enumerate().filter(|(_, worst)| !worst.is_nan()) {
        for part in &total.parts {
            let Part::Item(item) = part else { continue };
            let weighs = prepared.groups.get(row).and_then(|group| prepared.rules.items.get(*item)?.weight.of(group));
            let counts = weighs.is_some_and(|weight| weight.value > 0.0);
            if counts && at_row(&prepared.scores, *item, row) * total.factor() == *worst {
                reasons.push((row as u32, Reason::Decides { item: *item }));
            }
        }
    }
}
