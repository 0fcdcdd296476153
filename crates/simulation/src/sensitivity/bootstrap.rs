//! How sure an index is: the same runs, drawn again with replacement.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::check_range;
use super::error::SensitivityError;
use crate::random::Stream;
use crate::special::normal_quantile;

/// How to bootstrap (Efron 1979).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bootstrap {
    /// How often to draw again, 2 to 10 000; 100 is customary.
    pub resamples: usize,
    /// The interval's level, above 0 and below 1; 0.95 is customary.
    pub level: f64,
    /// What the draws start from.
    pub seed: u64,
}

/// A confidence interval: the estimate plus and minus the normal quantile of the level times the standard deviation
/// over the resamples (Archer, Saltelli & Sobol' 1997, "moment method"), as SALib gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Bootstrap {
    pub(super) fn check(&self) -> Result<(), SensitivityError> {
        check_range("resamples", self.resamples as f64, 2.0, 10_000.0)?;
        check_range("level", self.level, 1e-6, 1.0 - 1e-6)
    }

    /// What `statistics` makes of each resample, in order. It is given how often each of `n` units was drawn.
    ///
    /// Counts instead of copies: every statistic is then a weighted sum, and one resample serves all of them.
    fn resample(&self, n: usize, statistics: impl Fn(&[f64]) -> Vec<f64> + Sync) -> Vec<Vec<f64>> {
        let one = |weights: &mut Vec<f64>, number: usize| {
            weights.fill(0.0);
            let mut stream = Stream::new(self.seed, number as u64);
            for _ in 0..n {
                if let Some(weight) = weights.get_mut(stream.below(n)) {
                    *weight += 1.0;
                }
            }
            statistics(weights)
        };
        (0..self.resamples).into_par_iter().map_init(|| vec![0.0; n], one).collect()
    }

    /// The interval around `estimate` given the resampled values; those that are undefined are left out. `None` when
    /// fewer than two are left.
    fn interval(&self, estimate: f64, resampled: impl Iterator<Item = f64>) -> Option<Interval> {
        let values: Vec<f64> = resampled.filter(|value| value.is_finite()).collect();
        let half = normal_quantile(0.5 + 0.5 * self.level) * sample_sd(&values)?;
        Some(Interval { low: estimate - half, high: estimate + half })
    }
}

/// What `statistics` makes of `n` units, given how often each counts, and the interval of each statistic.
pub(super) fn estimates(
    bootstrap: Option<Bootstrap>,
    n: usize,
    statistics: impl Fn(&[f64]) -> Vec<f64> + Sync,
) -> Vec<(f64, Option<Interval>)> {
    let values = statistics(&vec![1.0; n]);
    let resampled = bootstrap.map(|settings| (settings, settings.resample(n, &statistics)));
    let with_interval = |(at, value): (usize, f64)| {
        let interval = resampled.as_ref().and_then(|(settings, resamples)| {
            settings.interval(value, resamples.iter().filter_map(|values| values.get(at).copied()))
        });
        (value, interval)
    };
    values.into_iter().enumerate().map(with_interval).collect()
}

/// The standard deviation with n − 1 below the line; `None` for fewer than two values.
pub(super) fn sample_sd(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    Some(libm::sqrt(squares / (values.len() - 1) as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sd of a mean of n values over resamples tends to the values' own sd (n below the line) / √n.
    #[test]
    fn interval_of_a_mean() {
        let values: Vec<f64> = (0..100).map(f64::from).collect();
        let bootstrap = Bootstrap { resamples: 10_000, level: 0.95, seed: 1 };
        let mean = |weights: &[f64]| vec![weights.iter().zip(&values).map(|(w, v)| w * v).sum::<f64>() / 100.0];
        let (estimate, interval) = estimates(Some(bootstrap), 100, mean)[0];
        assert_eq!(estimate, 49.5);
        let interval = interval.unwrap();
        let expected = 1.959_963_984_540_054 * (9999.0_f64 / 12.0).sqrt() / 10.0;
        assert!(((interval.high - 49.5) / expected - 1.0).abs() < 0.02, "{interval:?} is not ±{expected}");
    }

    #[test]
    fn settings() {
        let with = |resamples, level| Bootstrap { resamples, level, seed: 0 }.check();
        assert!(with(100, 0.95).is_ok());
        assert!(with(1, 0.95).is_err() && with(100, 1.0).is_err() && with(100, f64::NAN).is_err());
    }
}
