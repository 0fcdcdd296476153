//! What parts of a dimension come to, some rows at a time.

use crate::rules::Aggregate;

/// A part that has no score: what follows for the dimension.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Absent {
    /// It has none either.
    Spoils,
    /// The others are taken alone.
    LeftOut,
}

/// Sums of some rows, part by part.
pub(super) struct Sums {
    aggregate: Aggregate,
    /// Σ weight × score, or of its logarithm or reciprocal; the least or the greatest score.
    sum: Vec<f64>,
    /// Weights of the parts that have a score, and of all.
    there: Vec<f64>,
    all: Vec<f64>,
}

impl Sums {
    pub(super) fn new(aggregate: Aggregate, rows: usize) -> Self {
        let begin = match aggregate {
            Aggregate::Minimum => f64::INFINITY,
            Aggregate::Maximum => f64::NEG_INFINITY,
            _ => 0.0,
        };
        Self { aggregate, sum: vec![begin; rows], there: vec![0.0; rows], all: vec![0.0; rows] }
    }

    /// Adds a part, with its weight for each group and, at the end, for who is in none. A part without weight does not count;
    /// one without a score spoils the row or is left out.
    pub(super) fn add(&mut self, scores: &[f64], absent: Absent, groups: &[u32], weights: &[f64]) {
        match self.aggregate {
            Aggregate::Sum | Aggregate::Arithmetic | Aggregate::Topsis => {
                self.each(scores, absent, groups, weights, |sum, weight, score| sum + weight * score);
            }
            Aggregate::Geometric => {
                self.each(scores, absent, groups, weights, |sum, weight, score| sum + weight * libm::log(score));
            }
            // Of something below nothing there is no such mean; the logarithm says so by itself.
            Aggregate::Harmonic => {
                self.each(
                    scores,
                    absent,
                    groups,
                    weights,
                    |sum, weight, score| {
                        if score < 0.0 { f64::NAN } else { sum + weight / score }
                    },
                )
            }
            // What is missing must spoil: the standard ones would pass over it.
            Aggregate::Minimum => {
                self.each(
                    scores,
                    absent,
                    groups,
                    weights,
                    |least, _, score| {
                        if score < least || score.is_nan() { score } else { least }
                    },
                )
            }
            Aggregate::Maximum => {
                self.each(
                    scores,
                    absent,
                    groups,
                    weights,
                    |most, _, score| {
                        if score > most || score.is_nan() { score } else { most }
                    },
                )
            }
        }
    }

    /// Without a branch in the loop: groups come in any order, and which way a row goes could not be foretold.
    fn each(
        &mut self,
        scores: &[f64],
        absent: Absent,
        groups: &[u32],
        weights: &[f64],
        with: impl Fn(f64, f64, f64) -> f64,
    ) {
        let last = weights.len().saturating_sub(1);
        let weight = |group: &u32| weights.get((*group as usize).min(last)).copied().unwrap_or(f64::NAN);
        let leaves_out = absent == Absent::LeftOut;
        let sums = self.sum.iter_mut().zip(self.there.iter_mut().zip(&mut self.all));
        for ((sum, (there, all)), (score, weight)) in sums.zip(scores.iter().zip(groups.iter().map(weight))) {
            let weighs = weight > 0.0;
            let counts = weighs && !(leaves_out && score.is_nan());
            *all += if weighs { weight } else { 0.0 };
            *there += if counts { weight } else { 0.0 };
            *sum = if counts { with(*sum, weight, *score) } else { *sum };
        }
    }

    /// Writes what the rows come to.
    pub(super) fn finish(self, into: &mut [f64], scale: f64) {
        let rows = self.sum.iter().zip(self.there.iter().zip(&self.all));
        for (place, (sum, (there, all))) in into.iter_mut().zip(rows) {
            let found = match self.aggregate {
                Aggregate::Sum if there == all => *sum,
                // Points of what is left out are spread over the rest.
                Aggregate::Sum => sum * (all / there),
                Aggregate::Arithmetic => sum / there,
                Aggregate::Geometric => libm::exp(sum / there),
                Aggregate::Harmonic => there / sum,
                Aggregate::Minimum | Aggregate::Maximum => *sum,
                Aggregate::Topsis => f64::NAN,
            };
            let found = found * scale;
            *place = if *there > 0.0 && found.is_finite() { found } else { f64::NAN };
        }
    }
}
