//! How sure ranks and classes are: many draws in which weights, scales and values are a little other than they are.
//!
//! The practice of the JRC/OECD handbook on composite indicators (2008, chapter 7): vary the choices that could have been made
//! otherwise, and look at the spread of the ranks that follow.

use rayon::prelude::*;

use crate::evaluate::{Curve, NO_CLASS, NO_RANK, Prepared, Weights, rank, tree};
use crate::expression::Lookup;
use crate::rules::{Aggregate, Share, Spread};

/// Ranks that are held at a time: 4 bytes each.
const MOST_HELD: usize = 500_000_000;

/// What is in doubt.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// Draws.
    pub draws: usize,
    /// The same seed gives the same draws.
    pub seed: u64,
    /// Each weight is multiplied by something between 1 less this and 1 and this; the weights of a dimension keep their sum.
    pub weights: f64,
    /// Whether two draws of three compare by least and greatest, or by rank, in place of what the rules say. Only where classes
    /// go by share, or there are none: bounds of a total mean nothing on another scale.
    pub scales: bool,
    /// Whether values are drawn from between their limits, where the rules state any.
    pub values: bool,
}

/// What came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Certainty {
    /// Rank in 5, 50 and 95 of 100 draws, for each unit; [`NO_RANK`] where it has none.
    pub ranks: Vec<[u32; 3]>,
    /// For each class, and each unit, the number of draws in which its total gave that class.
    pub classes: Vec<Vec<u32>>,
    /// Draws.
    pub draws: usize,
    /// Whether other scales were drawn.
    pub scales: bool,
}

impl Certainty {
    /// Share of draws in which the total of a unit gave a class.
    #[must_use]
    pub fn share(&self, class: usize, row: usize) -> f64 {
        let count = self.classes.get(class).and_then(|counts| counts.get(row)).copied().unwrap_or(0);
        f64::from(count) / self.draws.max(1) as f64
    }
}

/// More units and draws than are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{units} units × {draws} draws are more than {MOST_HELD} ranks")]
pub struct TooLarge {
    /// Units.
    pub units: usize,
    /// Draws.
    pub draws: usize,
}

/// Grades all units in every draw.
///
/// # Errors
/// When the ranks of all draws would not fit.
pub fn certainty(prepared: &Prepared<'_>, weights: &Weights, doubt: &Doubt) -> Result<Certainty, TooLarge> {
    let units = prepared.units.len();
    if units.saturating_mul(doubt.draws) > MOST_HELD {
        return Err(TooLarge { units, draws: doubt.draws });
    }
    let count = prepared.rules.classes.as_ref().map_or(0, |classes| classes.list.len());
    let scales = if doubt.scales && on_any_scale(prepared) { other_scales(prepared) } else { Vec::new() };
    let limits = if doubt.values { limits(prepared) } else { Vec::new() };
    let draws: Vec<(Vec<u32>, Vec<u8>)> = (0..doubt.draws as u64)
        .into_par_iter()
        .map(|draw| {
            let dice = Dice { seed: doubt.seed, draw };
            let weights = moved(prepared, weights, doubt.weights, &dice);
            let other = scales.get((dice.unit(0, 0) * 3.0) as usize);
            let base = other.unwrap_or(&prepared.scores);
            // Values that are drawn are scored by the rules' own curves: other scales keep the values as they are.
            let drawn =
                (other.is_none() && limits.iter().any(Option::is_some)).then(|| drawn(prepared, &limits, &dice));
            let scores = drawn.as_ref().unwrap_or(base);
            let dimensions = tree::dimensions(prepared, scores, &weights);
            let totals = dimensions.first().map_or([].as_slice(), Vec::as_slice);
            // Decimals are those of the rules' own scale; on another one they would make nearly all totals the same.
            let totals = if other.is_none() { prepared.rounded(totals) } else { totals.to_vec() };
            let (ranking, ranks) = rank::rank(prepared, &totals);
            let classes = rank::classes(prepared, &totals, &ranks, &ranking);
            (ranks, classes)
        })
        .collect();
    let ranks = (0..units).into_par_iter().map(|row| spread(&draws, row)).collect();
    let classes =
        (0..count).map(|class| (0..units).into_par_iter().map(|row| counted(&draws, class, row)).collect()).collect();
    Ok(Certainty { ranks, classes, draws: doubt.draws, scales: !scales.is_empty() })
}

fn spread(draws: &[(Vec<u32>, Vec<u8>)], row: usize) -> [u32; 3] {
    let ranks = draws.iter().filter_map(|(ranks, _)| ranks.get(row)).copied();
    let mut ranks: Vec<u32> = ranks.filter(|rank| *rank != NO_RANK).collect();
    ranks.sort_unstable();
    // The smallest rank that is not passed in so many of 100 draws.
    let at =
        |share: usize| ranks.get((ranks.len() * share).div_ceil(100).saturating_sub(1)).copied().unwrap_or(NO_RANK);
    [at(5), at(50), at(95)]
}

fn counted(draws: &[(Vec<u32>, Vec<u8>)], class: usize, row: usize) -> u32 {
    let of = |(_, classes): &&(Vec<u32>, Vec<u8>)| {
        classes.get(row).is_some_and(|found| *found != NO_CLASS && usize::from(*found) == class)
    };
    draws.iter().filter(of).count() as u32
}

/// Whether the grade does not depend on the scale of the total.
fn on_any_scale(prepared: &Prepared<'_>) -> bool {
    let by_share = |share: &Share| !matches!(share, Share::Total(_));
    let classes = prepared.rules.classes.as_ref();
    classes.is_none_or(|classes| classes.list.iter().all(|class| by_share(&class.share)))
        && prepared
            .rules
            .dimensions
            .iter()
            .all(|dimension| matches!(dimension.aggregate, Aggregate::Sum | Aggregate::Arithmetic))
}

/// Scores by least and greatest, and by rank, within the groups of the rules.
fn other_scales(prepared: &Prepared<'_>) -> Vec<Vec<Vec<f64>>> {
    let scores = |method: Other| -> Vec<Vec<f64>> {
        prepared.scores.iter().map(|scores| rescaled(prepared, scores, method)).collect()
    };
    vec![scores(Other::Range), scores(Other::Rank)]
}

#[derive(Clone, Copy)]
enum Other {
    Range,
    Rank,
}

/// Scores compared with scores: they rise with what is better, whatever the values do.
fn rescaled(prepared: &Prepared<'_>, scores: &[f64], other: Other) -> Vec<f64> {
    let parts = prepared.groups.split(scores, &prepared.counted);
    let curves: Vec<Curve> = parts.iter().map(|part| Curve::of_scores(part, matches!(other, Other::Rank))).collect();
    let score = |(row, score): (usize, &f64)| {
        let curve = prepared.groups.get(row).and_then(|group| curves.get(group));
        curve.map_or(f64::NAN, |curve| curve.score(*score))
    };
    scores.par_iter().enumerate().with_min_len(1 << 12).map(score).collect()
}

/// Limits of the values of each item that has any: lowest and highest, row by row.
fn limits(prepared: &Prepared<'_>) -> Vec<Option<(Vec<f64>, Vec<f64>)>> {
    let of = |(at, values): (usize, &Vec<f64>)| match prepared.rules.items.get(at)?.spread.as_ref()? {
        Spread::Columns(low, high) => {
            Some((prepared.units.numbers(low)?.to_vec(), prepared.units.numbers(high)?.to_vec()))
        }
        Spread::Share(share) => {
            let around = |sign: f64| values.iter().map(|value| value + sign * share * value.abs()).collect();
            Some((around(-1.0), around(1.0)))
        }
    };
    prepared.values.iter().enumerate().map(of).collect()
}

/// Scores with values drawn from between their limits; a value without limits stays.
fn drawn(prepared: &Prepared<'_>, limits: &[Option<(Vec<f64>, Vec<f64>)>], dice: &Dice) -> Vec<Vec<f64>> {
    let of = |(at, scores): (usize, &Vec<f64>)| {
        let Some((low, high)) = limits.get(at).and_then(Option::as_ref) else { return scores.clone() };
        let score = |(row, kept): (usize, &f64)| {
            let (low, high) = (low.get(row).copied().unwrap_or(f64::NAN), high.get(row).copied().unwrap_or(f64::NAN));
            let value = low + (high - low) * dice.unit(at as u64 + 1, row as u64);
            if value.is_nan() { *kept } else { prepared.score_of(at, row, value) }
        };
        scores.iter().enumerate().map(score).collect()
    };
    prepared.scores.iter().enumerate().map(of).collect()
}

/// Weights of a draw.
fn moved(prepared: &Prepared<'_>, weights: &Weights, by: f64, dice: &Dice) -> Weights {
    let mut moved = weights.clone();
    for (at, dimension) in prepared.rules.dimensions.iter().enumerate() {
        // Beyond the numbers that values are drawn by.
        let place = u64::MAX - at as u64;
        for group in 0..prepared.groups.names.len() {
            let old = (0..dimension.parts.len()).map(|part| weights.get(at, part, group).unwrap_or(0.0));
            let new: Vec<f64> = old
                .clone()
                .enumerate()
                .map(|(part, weight)| weight * (1.0 + by * (2.0 * dice.unit(place, part as u64) - 1.0)))
                .collect();
            let (before, after): (f64, f64) = (old.sum(), new.iter().sum());
            let keep = if after > 0.0 { before / after } else { 1.0 };
            for (part, weight) in new.into_iter().enumerate() {
                moved.set(at, part, group, weight * keep);
            }
        }
    }
    moved
}

/// Numbers that depend on nothing but where they stand, so that any core may draw any of them: SplitMix64 (Steele, Lea and
/// Flood 2014) of seed, draw and place.
struct Dice {
    seed: u64,
    draw: u64,
}

impl Dice {
    /// Evenly between 0 and 1, 1 left out.
    fn unit(&self, column: u64, row: u64) -> f64 {
        let state = mixed(mixed(mixed(self.seed) ^ self.draw) ^ column) ^ row;
        (mixed(state) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn mixed(state: u64) -> u64 {
    let state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}
