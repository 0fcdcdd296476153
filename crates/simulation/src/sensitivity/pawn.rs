//! PAWN: how much knowing a parameter moves the whole distribution of an output, from any sample.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::error::SensitivityError;
use super::{check_design, check_outputs, check_range};
use crate::matrix::Matrix;
use crate::random::Stream;
use crate::sampling::permutation;

/// How to slice, and how to find out what chance alone would give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Slices of equal probability per parameter, 2 to 1000; 10 is customary.
    pub slices: usize,
    /// How many parameters without influence are invented, 1 to 10 000.
    pub dummies: usize,
    /// The share of them, 0 to 1, that must lie below the threshold; 0.95 is customary.
    pub level: f64,
    /// What the invented parameters start from.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { slices: 10, dummies: 100, level: 0.95, seed: 0 }
    }
}

/// Kolmogorov–Smirnov distances between an output's distribution and the one in a slice, over the slices; 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distances {
    /// The median over the slices.
    pub median: f64,
    /// The largest over the slices.
    pub max: f64,
}

/// What PAWN says about one output.
#[derive(Clone, Debug, PartialEq)]
pub struct Pawn {
    /// One entry per parameter.
    pub parameters: Vec<Distances>,
    /// What a parameter without influence stays below with the probability of the settings' level: an index not above
    /// it shows nothing.
    pub threshold: Distances,
}

/// PAWN for every output by Pianosi & Wagener (2018): one entry per column of `outputs` (runs × outputs), `None` for an
/// output that never changes. `design` (runs × parameters, in any unit) may be any sample of independent runs. Runs
/// with equal values of a parameter stay in one slice, so that a parameter of few values has fewer slices; one of a
/// single value has distance 0. The threshold is from the paper's dummy parameter: slices drawn at random.
///
/// # Errors
/// [`SensitivityError`] when the rows do not match, a value is not finite, a setting is out of range, or there are
/// fewer than 2 runs per slice.
pub fn analyse(design: &Matrix, outputs: &Matrix, settings: &Settings) -> Result<Vec<Option<Pawn>>, SensitivityError> {
    check_design(design)?;
    check_outputs(outputs, design.row_count())?;
    check_range("slices", settings.slices as f64, 2.0, 1000.0)?;
    check_range("dummies", settings.dummies as f64, 1.0, 10_000.0)?;
    check_range("level", settings.level, 0.0, 1.0)?;
    let (runs, least) = (design.row_count(), 2 * settings.slices);
    if runs < least {
        return Err(SensitivityError::TooFewRuns { runs, least });
    }
    let slicings: Vec<Vec<usize>> =
        (0..design.column_count()).map(|column| slices(&ranked(design, column), settings.slices)).collect();
    let columns = 0..outputs.column_count();
    Ok(columns.map(|column| one_output(&ranked(outputs, column), &slicings, settings)).collect())
}

fn one_output(y: &[(f64, usize)], slicings: &[Vec<usize>], settings: &Settings) -> Option<Pawn> {
    if y.first()?.0 == y.last()?.0 {
        return None;
    }
    let parameters = slicings.iter().map(|slicing| summary(distances(y, slicing, settings.slices))).collect();
    let dummies: Vec<Distances> = (0..settings.dummies)
        .into_par_iter()
        .map(|number| {
            let order = permutation(&mut Stream::new(settings.seed, number as u64), y.len());
            let slicing: Vec<usize> = order.iter().map(|at| at * settings.slices / y.len()).collect();
            summary(distances(y, &slicing, settings.slices))
        })
        .collect();
    let level = |pick: fn(&Distances) -> f64| quantile(dummies.iter().map(pick).collect(), settings.level);
    Some(Pawn { parameters, threshold: Distances { median: level(|d| d.median), max: level(|d| d.max) } })
}

/// A column's values in rising order, with their rows.
fn ranked(matrix: &Matrix, column: usize) -> Vec<(f64, usize)> {
    let mut ranked: Vec<_> = matrix.column(column).zip(0..).collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    ranked
}

/// The slice of each run: equal numbers of runs, but equal values together in the slice of their first.
fn slices(ranked: &[(f64, usize)], count: usize) -> Vec<usize> {
    let mut slicing = vec![0; ranked.len()];
    let mut rank = 0;
    for ties in ranked.chunk_by(|a, b| a.0 == b.0) {
        for (_, row) in ties {
            if let Some(slot) = slicing.get_mut(*row) {
                *slot = rank * count / ranked.len();
            }
        }
        rank += ties.len();
    }
    slicing
}

/// For each slice with runs in it the largest distance between its distribution and that of all runs, in one pass.
///
/// A slice's distribution stands still between its own runs while the other rises, so the distance is largest just
/// before or at one of its runs.
fn distances(y: &[(f64, usize)], slicing: &[usize], count: usize) -> Vec<f64> {
    let mut sizes = vec![0_usize; count];
    slicing.iter().for_each(|slice| count_one(&mut sizes, *slice));
    let mut seen = vec![0_usize; count];
    let mut largest = vec![0.0_f64; count];
    let mut compare = |seen: &[usize], slice: usize, all: usize| {
        if let (Some(most), Some(size), Some(seen)) = (largest.get_mut(slice), sizes.get(slice), seen.get(slice)) {
            let distance = *seen as f64 / *size as f64 - all as f64 / y.len() as f64;
            *most = most.max(distance.abs());
        }
    };
    let mut below = 0;
    for ties in y.chunk_by(|a, b| a.0 == b.0) {
        let slices = || ties.iter().filter_map(|(_, row)| slicing.get(*row).copied());
        slices().for_each(|slice| compare(&seen, slice, below));
        slices().for_each(|slice| count_one(&mut seen, slice));
        below += ties.len();
        slices().for_each(|slice| compare(&seen, slice, below));
    }
    largest.into_iter().zip(&sizes).filter(|(_, size)| **size > 0).map(|(distance, _)| distance).collect()
}

fn count_one(counts: &mut [usize], at: usize) {
    if let Some(count) = counts.get_mut(at) {
        *count += 1;
    }
}

fn summary(distances: Vec<f64>) -> Distances {
    Distances { max: distances.iter().copied().fold(0.0, f64::max), median: quantile(distances, 0.5) }
}

/// The quantile by linear interpolation between the values (Hyndman & Fan 1996, type 7); 0 without values.
fn quantile(mut values: Vec<f64>, p: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = p * values.len().saturating_sub(1) as f64;
    let (low, rest) = (libm::floor(at) as usize, at - libm::floor(at));
    let value = |i: usize| values.get(i).or(values.last()).copied().unwrap_or(0.0);
    value(low) + rest * (value(low + 1) - value(low))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampling::{latin_hypercube, monte_carlo, sobol};
    use crate::sensitivity::test_functions::{evaluate, ishigami};

    /// `scipy.stats.ks_2samp` of scipy 1.17.1 on eight slices of 128 of the same runs, their median and maximum.
    /// `SALib.analyze.pawn` of SALib 1.6.0, whose last slice leaves out one run, agrees to 0.01.
    #[test]
    fn against_scipy() {
        let design = sobol(None, 1024, 3).unwrap();
        let settings = Settings { slices: 8, ..Settings::default() };
        let found = analyse(&design, &evaluate(&design, ishigami), &settings).unwrap().remove(0).unwrap();
        let expected = [(0.21923828125, 0.2841796875), (0.341796875, 0.353515625), (0.09228515625, 0.18359375)];
        for (found, (median, max)) in found.parameters.iter().zip(expected) {
            assert!((found.median - median).abs() < 1e-12 && (found.max - max).abs() < 1e-12, "{found:?}");
        }
    }

    /// y = x₀: the k-th of 10 slices, from 0, holds all of the distribution between k/10 and (k + 1)/10, so that the
    /// distance is (9 − k)/10 or k/10, whichever is larger.
    #[test]
    fn identity() {
        let design = latin_hypercube(1, 2000, 1).unwrap();
        let outputs = evaluate(&design, |x| x[0]);
        let found = analyse(&design, &outputs, &Settings::default()).unwrap().remove(0).unwrap();
        assert!((found.parameters[0].max - 0.9).abs() < 1e-12 && (found.parameters[0].median - 0.7).abs() < 1e-12);
        assert!(found.threshold.max < 0.2, "{found:?}");
    }

    /// Of 60 parameters without influence 3 should pass a threshold of 95 %; 10 or more have a chance below 1 in 1000.
    #[test]
    fn chance_stays_below_the_threshold() {
        let design = monte_carlo(5, 1000, 61).unwrap();
        let outputs = evaluate(&design, |x| x[0] * x[0]);
        let found = analyse(&design, &outputs, &Settings::default()).unwrap().remove(0).unwrap();
        let passed = |pick: fn(&Distances) -> f64| {
            found.parameters[1..].iter().filter(|distances| pick(distances) > pick(&found.threshold)).count()
        };
        assert!(passed(|d| d.median) < 10 && passed(|d| d.max) < 10, "{found:?}");
        assert!(found.parameters[0].median > 3.0 * found.threshold.median);
    }

    #[test]
    fn ties_and_constants() {
        let design = Matrix::new(8, 2, [0.0, 1.0].repeat(8)).unwrap();
        let varied = Matrix::new(8, 2, (0..8).flat_map(|i| [f64::from(i % 2), 3.0]).collect()).unwrap();
        let settings = Settings { slices: 2, ..Settings::default() };
        let found = analyse(&design, &varied, &settings).unwrap();
        assert_eq!(found[0].as_ref().unwrap().parameters, [Distances { median: 0.0, max: 0.0 }; 2]);
        assert_eq!(found[1], None);
        // Two values as parameter and as output: in each half the output is certain, so 1/2 away from one half.
        let found = analyse(&varied, &varied, &settings).unwrap();
        assert_eq!(found[0].as_ref().unwrap().parameters[0], Distances { median: 0.5, max: 0.5 });
    }

    #[test]
    fn refusals() {
        let two = Matrix::zeros(2, 1).unwrap();
        let settings = Settings::default();
        assert_eq!(analyse(&two, &two, &settings), Err(SensitivityError::TooFewRuns { runs: 2, least: 20 }));
        let none = Settings { slices: 0, ..settings };
        assert!(matches!(analyse(&two, &two, &none), Err(SensitivityError::Setting { what: "slices", .. })));
        let nan = Settings { level: f64::NAN, ..settings };
        assert!(matches!(analyse(&two, &two, &nan), Err(SensitivityError::Setting { what: "level", .. })));
    }
}
