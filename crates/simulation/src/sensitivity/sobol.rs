//! Sobol' indices: which share of an output's variance each parameter explains, alone and with the others.

use super::bootstrap::{Bootstrap, Interval, estimates};
use super::error::SensitivityError;
use super::{check_outputs, check_range};
use crate::matrix::Matrix;
use crate::sampling::sobol::MOST_DIMENSIONS;
use crate::sampling::{SamplingError, sobol};

/// A share of the variance and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Index {
    /// The estimate; 0 to 1 but for sampling error.
    pub value: f64,
    /// Its confidence interval; `None` without a bootstrap.
    pub interval: Option<Interval>,
}

/// The two indices of one parameter for one output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// The share the parameter explains alone.
    pub first: Index,
    /// The share that would remain if all other parameters were known; at least `first` but for sampling error.
    pub total: Index,
}

/// The design of Saltelli (2002) for `d` parameters, from `n` points of a 2·`d`-dimensional Sobol sequence: `n` rows A
/// (the points' first halves), `n` rows B (the second halves), and for each parameter in turn `n` rows A with that
/// parameter's column from B; `n`·(`d` + 2) rows in the unit cube. `n` should be a power of 2.
///
/// # Errors
/// [`SamplingError`] when `n` or `d` is 0, `d` is above 128, or the matrix would be too large.
pub fn saltelli(scramble: Option<u64>, n: usize, d: usize) -> Result<Matrix, SamplingError> {
    if d > MOST_DIMENSIONS / 2 {
        return Err(SamplingError::Dimensions { asked: d.saturating_mul(2), most: MOST_DIMENSIONS });
    }
    let points = sobol(scramble, n, 2 * d)?;
    let mut design = Matrix::zeros(n.saturating_mul(d + 2), d)?;
    let mut rows = design.rows_mut();
    let halves = || points.rows().filter_map(|point| point.split_at_checked(d));
    halves().zip(rows.by_ref()).for_each(|((a, _), row)| row.copy_from_slice(a));
    halves().zip(rows.by_ref()).for_each(|((_, b), row)| row.copy_from_slice(b));
    for parameter in 0..d {
        for ((a, b), row) in halves().zip(rows.by_ref()) {
            row.copy_from_slice(a);
            if let Some((cell, other)) = row.get_mut(parameter).zip(b.get(parameter)) {
                *cell = *other;
            }
        }
    }
    Ok(design)
}

/// The indices for every output: one entry per column of `outputs` (runs × outputs, rows in the order of [`saltelli`]),
/// `None` for an output that never changes and so has no variance to share, otherwise one [`Indices`] per parameter.
///
/// First order by Saltelli et al. (2010), table 2 (b): mean of B·(AB − A) / V; total by Jansen (1999), table 2 (f):
/// mean of (A − AB)² / 2V; V is the variance of A and B together. Outputs are centred first, on which the former
/// depends. The bootstrap draws base points, each with all its runs.
///
/// # Errors
/// [`SensitivityError`] when `d` is 0 or above 128, the rows are not a multiple of `d` + 2, there are fewer than 2 base
/// points, a value is not finite, or a setting of the bootstrap is out of range.
pub fn analyse(
    outputs: &Matrix,
    d: usize,
    bootstrap: Option<Bootstrap>,
) -> Result<Vec<Option<Vec<Indices>>>, SensitivityError> {
    check_range("parameters", d as f64, 1.0, (MOST_DIMENSIONS / 2) as f64)?;
    let (rows, block) = (outputs.row_count(), d + 2);
    check_outputs(outputs, rows)?;
    bootstrap.map_or(Ok(()), |settings| settings.check())?;
    if !rows.is_multiple_of(block) {
        return Err(SensitivityError::NotWhole { rows, block });
    }
    let n = rows / block;
    if n < 2 {
        return Err(SensitivityError::TooFewRuns { runs: rows, least: 2 * block });
    }
    let outputs: Vec<Option<Vec<f64>>> =
        (0..outputs.column_count()).map(|column| standardised(outputs.column(column).collect())).collect();
    // One flat list: first and total of each parameter of each output that changes.
    let all = |weights: &[f64]| outputs.iter().flatten().flat_map(|y| indices(y, weights)).collect();
    let found: Vec<Index> =
        estimates(bootstrap, n, all).into_iter().map(|(value, interval)| Index { value, interval }).collect();
    let mut pairs = found.as_chunks().0.iter().map(|[first, total]| Indices { first: *first, total: *total });
    Ok(outputs.iter().map(|output| output.as_ref().map(|_| pairs.by_ref().take(d).collect())).collect())
}

/// Mean 0 and standard deviation 1; `None` when all values are the same.
fn standardised(mut y: Vec<f64>) -> Option<Vec<f64>> {
    let first = y.first().copied()?;
    if y.iter().all(|value| *value == first) {
        return None;
    }
    // Squares of very large or very small values would overflow or vanish.
    let largest = y.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    y.iter_mut().for_each(|value| *value /= largest);
    let n = y.len() as f64;
    let mean = y.iter().sum::<f64>() / n;
    y.iter_mut().for_each(|value| *value -= mean);
    let sd = libm::sqrt(y.iter().map(|value| value * value).sum::<f64>() / n);
    y.iter_mut().for_each(|value| *value /= sd);
    (sd > 0.0).then_some(y)
}

/// First-order and total index of each parameter in turn; NaN when the weighted runs have no variance.
fn indices(y: &[f64], weights: &[f64]) -> Vec<f64> {
    let n = weights.len();
    let mut blocks = y.chunks_exact(n);
    let (a, b) = (blocks.next().unwrap_or_default(), blocks.next().unwrap_or_default());
    let [sum, squares] = sums(weights, a, b, b, |w, a, b, _| [w * (a + b), w * (a * a + b * b)]);
    let runs = 2.0 * n as f64;
    let variance = squares / runs - (sum / runs) * (sum / runs);
    // The outputs have variance 1; what is left of nothing is rounding.
    let scale = if variance > 1e-12 { 1.0 / (n as f64 * variance) } else { f64::NAN };
    let pair = |ab| {
        let [first, total] = sums(weights, a, b, ab, |w, a, b, ab| [w * b * (ab - a), w * (a - ab) * (a - ab)]);
        [first * scale, 0.5 * total * scale]
    };
    blocks.flat_map(pair).collect()
}

/// Numbers added side by side: enough to keep the processor's vector units busy.
const LANES: usize = 8;

/// The sums of two terms over all base points, always in the same order.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "lane < LANES, the length of every array indexed")]
fn sums(w: &[f64], a: &[f64], b: &[f64], ab: &[f64], terms: impl Fn(f64, f64, f64, f64) -> [f64; 2]) -> [f64; 2] {
    let (w, w_rest) = w.as_chunks::<LANES>();
    let (a, a_rest) = a.as_chunks::<LANES>();
    let (b, b_rest) = b.as_chunks::<LANES>();
    let (ab, ab_rest) = ab.as_chunks::<LANES>();
    let mut one = [0.0; LANES];
    let mut two = [0.0; LANES];
    for (((w, a), b), ab) in w.iter().zip(a).zip(b).zip(ab) {
        for lane in 0..LANES {
            let [first, second] = terms(w[lane], a[lane], b[lane], ab[lane]);
            one[lane] += first;
            two[lane] += second;
        }
    }
    let mut total = [one.iter().sum::<f64>(), two.iter().sum::<f64>()];
    for (((w, a), b), ab) in w_rest.iter().zip(a_rest).zip(b_rest).zip(ab_rest) {
        let [first, second] = terms(*w, *a, *b, *ab);
        total[0] += first;
        total[1] += second;
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sensitivity::test_functions::{evaluate, ishigami, ishigami_indices, sobol_g, sobol_g_indices};

    fn check(found: &[Indices], expected: &[(f64, f64)], tolerance: f64) {
        assert_eq!(found.len(), expected.len());
        for (found, (first, total)) in found.iter().zip(expected) {
            assert!((found.first.value - first).abs() < tolerance, "{found:?} is not {first}");
            assert!((found.total.value - total).abs() < tolerance, "{found:?} is not {total}");
        }
    }

    #[test]
    fn ishigami_function() {
        let published = [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)];
        for (a, b) in published.iter().zip(ishigami_indices()) {
            assert!((a.0 - b.0).abs() < 5e-5 && (a.1 - b.1).abs() < 5e-5);
        }
        for scramble in [None, Some(1)] {
            let design = saltelli(scramble, 1 << 13, 3).unwrap();
            let bootstrap = Some(Bootstrap { resamples: 100, level: 0.99, seed: 3 });
            let found = analyse(&evaluate(&design, ishigami), 3, bootstrap).unwrap();
            let found = found[0].as_ref().unwrap();
            check(found, &ishigami_indices(), 2e-3);
            for (found, (first, total)) in found.iter().zip(ishigami_indices()) {
                let holds = |index: Index, value| {
                    let interval = index.interval.unwrap();
                    interval.low < value && value < interval.high && interval.high - interval.low < 0.15
                };
                assert!(holds(found.first, first) && holds(found.total, total), "{found:?}");
            }
        }
    }

    #[test]
    fn g_function() {
        let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
        let design = saltelli(Some(2), 1 << 13, 8).unwrap();
        let found = analyse(&evaluate(&design, |u| sobol_g(u, &a)), 8, None).unwrap();
        check(found[0].as_ref().unwrap(), &sobol_g_indices(&a), 5e-3);
    }

    /// A target met when x > 0.5 and y > 0.5: V = 3/16, Vx = 1/16, and Vx + Vxy = 2/16. The third parameter and a
    /// second output do nothing.
    #[test]
    fn a_target_and_a_constant() {
        let design = saltelli(Some(2), 1 << 12, 3).unwrap();
        let met = |u: &[f64]| if u[0] > 0.5 && u[1] > 0.5 { 1.0 } else { 0.0 };
        let values = design.rows().flat_map(|u| [met(u), 7.1, 1e250 * met(u)]).collect();
        let outputs = Matrix::new(design.row_count(), 3, values).unwrap();
        let bootstrap = Some(Bootstrap { resamples: 20, level: 0.95, seed: 3 });
        let found = analyse(&outputs, 3, bootstrap).unwrap();
        check(found[0].as_ref().unwrap(), &[(1.0 / 3.0, 2.0 / 3.0), (1.0 / 3.0, 2.0 / 3.0), (0.0, 0.0)], 5e-3);
        assert_eq!(found[1], None);
        check(found[2].as_ref().unwrap(), &[(1.0 / 3.0, 2.0 / 3.0), (1.0 / 3.0, 2.0 / 3.0), (0.0, 0.0)], 5e-3);
    }

    /// `SALib.analyze.sobol` of SALib 1.6.0 on the same runs (order changed): indices, and half intervals from 2000
    /// resamples of its own.
    #[test]
    fn against_salib() {
        let design = saltelli(None, 256, 3).unwrap();
        let bootstrap = Some(Bootstrap { resamples: 2000, level: 0.95, seed: 3 });
        let found = analyse(&evaluate(&design, ishigami), 3, bootstrap).unwrap().remove(0).unwrap();
        let expected = [
            [(0.3260237346317451, 0.12287616123143186), (0.5646024820275064, 0.18808202839335023)],
            [(0.48200728419399247, 0.11521478834510515), (0.45700714298052103, 0.0828076772256321)],
            [(0.011232399475786544, 0.12829629296949502), (0.25064884354377587, 0.05466496937713364)],
        ];
        for (found, expected) in found.iter().zip(expected) {
            for (found, (value, half)) in [found.first, found.total].into_iter().zip(expected) {
                assert!((found.value - value).abs() < 1e-11, "{found:?} is not {value}");
                let interval = found.interval.unwrap();
                assert!(((interval.high - value) / half - 1.0).abs() < 0.08, "{interval:?} is not ±{half}");
                assert!((interval.high + interval.low - 2.0 * value).abs() < 1e-11);
            }
        }
    }

    #[test]
    fn same_bytes_at_any_thread_count() {
        let design = saltelli(Some(2), 100, 3).unwrap();
        let outputs = evaluate(&design, ishigami);
        let bootstrap = Some(Bootstrap { resamples: 40, level: 0.95, seed: 3 });
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| analyse(&outputs, 3, bootstrap).unwrap())
        };
        assert_eq!(with(1), with(3));
    }

    #[test]
    fn refusals() {
        let y = |n, value| Matrix::new(n, 1, vec![value; n]).unwrap();
        assert_eq!(analyse(&y(11, 0.0), 3, None), Err(SensitivityError::NotWhole { rows: 11, block: 5 }));
        assert_eq!(analyse(&y(5, 0.0), 3, None), Err(SensitivityError::TooFewRuns { runs: 5, least: 10 }));
        let nan = analyse(&y(10, f64::NAN), 3, None);
        assert_eq!(nan, Err(SensitivityError::NotFinite { of: "outputs", row: 0, column: 0 }));
        assert!(analyse(&y(10, 0.0), 0, None).is_err() && analyse(&y(10, 0.0), usize::MAX, None).is_err());
        assert!(saltelli(None, 4, 129).is_err() && saltelli(None, 0, 3).is_err() && saltelli(None, 4, 0).is_err());
        assert!(saltelli(None, usize::MAX / 4, 128).is_err());
    }

    /// Run by hand: `cargo test --release -p lantu-simulation big_case -- --ignored --nocapture`.
    #[test]
    #[ignore = "a measurement"]
    fn big_case() {
        let design = saltelli(Some(1), 1 << 16, 6).unwrap();
        let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0];
        let outputs = evaluate(&design, |u| sobol_g(u, &a));
        let bootstrap = Some(Bootstrap { resamples: 100, level: 0.95, seed: 3 });
        for _ in 0..5 {
            let start = std::time::Instant::now();
            let found = analyse(&outputs, 6, bootstrap).unwrap();
            println!("{} runs: {:?}, first: {:?}", design.row_count(), start.elapsed(), found[0].as_ref().unwrap()[0]);
        }
    }
}
