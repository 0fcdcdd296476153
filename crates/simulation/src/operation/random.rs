//! Random numbers of models: a pure function of the run's seed, the place in the model and the step.

use statrs::distribution::{Binomial, ContinuousCDF, DiscreteCDF, Gamma, Poisson};

use crate::distribution::Triangular;
use crate::special::{Beta, normal_quantile};

/// What is drawn. All take a lowest and a highest value first; XMILE's and Vensim's functions come down to these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum RandomKind {
    /// low, high
    Uniform,
    /// low, high, mean, standard deviation
    Normal,
    /// low, high, shift, stretch
    Exponential,
    /// low, high, mean and standard deviation of the value itself, shift, stretch
    Lognormal,
    /// low, high, mean, shift, stretch
    Poisson,
    /// low, high, start, peak, stop
    Triangular,
    /// low, high, alpha, beta, shift, stretch
    Beta,
    /// low, high, order, shift, stretch
    Gamma,
    /// low, high, shape, shift, stretch
    Weibull,
    /// low, high, probability, trials, shift, stretch
    Binomial,
}

/// Beyond so many events or trials the exact search takes too long; the bell curve is within a thousandth of a standard
/// deviation of it there.
const MANY: f64 = 1e6;

/// The value below which a share `p` lies, by the bell curve; no number where the mean is endless.
fn nearly(mean: f64, variance: f64, p: f64) -> f64 {
    if mean.is_finite() { (mean + libm::sqrt(variance) * normal_quantile(p)).max(0.0) } else { f64::NAN }
}

/// Values outside the bounds are drawn anew; after so many tries the nearest bound is taken.
const TRIES: u64 = 64;

impl RandomKind {
    /// One value; no number where the arguments fit no distribution. `key` names the draw: the same key gives the same
    /// value.
    pub(crate) fn draw(self, key: u64, arguments: &[f64]) -> f64 {
        let argument = |place: usize, default: f64| arguments.get(place).copied().unwrap_or(default);
        let (low, high) = (argument(0, 0.0), argument(1, 1.0));
        if self == Self::Uniform {
            return low + (high - low) * uniform(key);
        }
        if arguments.iter().any(|a| a.is_nan()) {
            return f64::NAN;
        }
        let mut value = f64::NAN;
        for attempt in 0..TRIES {
            value = self.plain(uniform(mixed(key ^ mixed(attempt))), &argument);
            if (value >= low && value <= high) || value.is_nan() {
                return value;
            }
        }
        value.max(low).min(high)
    }

    /// The value below which a share `p` of all values lie.
    fn plain(self, p: f64, argument: &dyn Fn(usize, f64) -> f64) -> f64 {
        let placed = |value: f64, shift: usize| argument(shift, 0.0) + argument(shift + 1, 1.0) * value;
        let quantile = |found: Option<f64>| found.unwrap_or(f64::NAN);
        match self {
            Self::Uniform => p,
            Self::Normal => argument(2, 0.0) + argument(3, 1.0) * normal_quantile(p),
            Self::Exponential => placed(-libm::log1p(-p), 2),
            Self::Lognormal => {
                let (mean, sd) = (argument(2, 1.0), argument(3, 1.0));
                let variance = libm::log1p((sd / mean) * (sd / mean));
                placed(libm::exp(libm::log(mean) - variance / 2.0 + variance.sqrt() * normal_quantile(p)), 4)
            }
            // Nothing ever happens at a rate of 0; the library takes it for a mistake.
            Self::Poisson if argument(2, 1.0) == 0.0 => placed(0.0, 3),
            Self::Poisson if argument(2, 1.0) > MANY => {
                placed(nearly(argument(2, 1.0), argument(2, 1.0), p).round(), 3)
            }
            Self::Poisson => placed(quantile(Poisson::new(argument(2, 1.0)).ok().map(|d| d.inverse_cdf(p) as f64)), 3),
            Self::Triangular => {
                let (start, peak, stop) = (argument(2, 0.0), argument(3, 0.5), argument(4, 1.0));
                quantile(Triangular::new(start, peak, stop).ok().map(|d| d.quantile(p)))
            }
            Self::Beta => {
                let (a, b) = (argument(2, 1.0), argument(3, 1.0));
                placed(if a > 0.0 && b > 0.0 { Beta::new(a, b).quantile(p) } else { f64::NAN }, 4)
            }
            Self::Gamma if argument(2, 1.0) > MANY => placed(nearly(argument(2, 1.0), argument(2, 1.0), p), 3),
            Self::Gamma => placed(quantile(Gamma::new(argument(2, 1.0), 1.0).ok().map(|d| d.inverse_cdf(p))), 3),
            Self::Weibull => {
                let shape = argument(2, 1.0);
                placed(if shape > 0.0 { libm::pow(-libm::log1p(-p), 1.0 / shape) } else { f64::NAN }, 3)
            }
            Self::Binomial => {
                let (share, trials) = (argument(2, 0.5), argument(3, 1.0).max(0.0).floor());
                if trials > MANY {
                    let fits = (0.0..=1.0).contains(&share) && trials.is_finite();
                    let found = nearly(trials * share, trials * share * (1.0 - share), p).round().min(trials);
                    return placed(if fits { found } else { f64::NAN }, 4);
                }
                let trials = trials as u64;
                placed(quantile(Binomial::new(argument(2, 0.5), trials).ok().map(|d| d.inverse_cdf(p) as f64)), 4)
            }
        }
    }
}

/// The key of a draw.
pub(crate) fn key(seed: u64, place: u32, step: u64) -> u64 {
    mixed(mixed(mixed(seed) ^ u64::from(place)) ^ step)
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): every bit of the input moves half of the output.
fn mixed(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// In the open interval (0, 1).
fn uniform(key: u64) -> f64 {
    ((mixed(key) >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draws(kind: RandomKind, arguments: &[f64]) -> Vec<f64> {
        (0..20_000).map(|step| kind.draw(key(7, 3, step), arguments)).collect()
    }

    fn mean(values: &[f64]) -> f64 {
        values.iter().sum::<f64>() / values.len() as f64
    }

    /// Means and spreads from the formulas of the distributions; five standard errors allowed.
    #[test]
    fn draws_have_the_mean_and_spread_asked_for() {
        let wide = [-1e9, 1e9];
        let cases: [(RandomKind, &[f64], f64, f64); 6] = [
            (RandomKind::Uniform, &[2.0, 6.0], 4.0, 4.0 / 12.0_f64.sqrt()),
            (RandomKind::Normal, &[wide[0], wide[1], 3.0, 2.0], 3.0, 2.0),
            (RandomKind::Exponential, &[wide[0], wide[1], 0.0, 2.0], 2.0, 2.0),
            (RandomKind::Lognormal, &[wide[0], wide[1], 5.0, 2.0], 5.0, 2.0),
            (RandomKind::Poisson, &[wide[0], wide[1], 4.0], 4.0, 2.0),
            (RandomKind::Triangular, &[wide[0], wide[1], 0.0, 0.0, 3.0], 1.0, 3.0 / 18.0_f64.sqrt()),
        ];
        for (kind, arguments, wanted, sd) in cases {
            let found = draws(kind, arguments);
            let error = 5.0 * sd / (found.len() as f64).sqrt();
            assert!((mean(&found) - wanted).abs() < error, "{kind:?}: {} for {wanted}", mean(&found));
            let spread = mean(&found.iter().map(|v| (v - wanted).powi(2)).collect::<Vec<_>>()).sqrt();
            assert!((spread / sd - 1.0).abs() < 0.05, "{kind:?}: {spread} for {sd}");
        }
    }

    /// P(X ≤ x) = 1 − exp(−xᵏ); a beta of 2 and 3 has the mean 2/5; at a rate of 0 nothing happens.
    #[test]
    fn other_distributions_follow_their_formulas() {
        let wide = [-1e9, 1e9];
        let below = |found: &[f64], x: f64| found.iter().filter(|v| **v <= x).count() as f64 / found.len() as f64;
        let weibull = draws(RandomKind::Weibull, &[wide[0], wide[1], 2.0]);
        assert!((below(&weibull, 0.8) - (1.0 - (-0.64_f64).exp())).abs() < 0.02);
        let beta = draws(RandomKind::Beta, &[wide[0], wide[1], 2.0, 3.0]);
        assert!((mean(&beta) - 0.4).abs() < 0.01);
        assert!(draws(RandomKind::Poisson, &[wide[0], wide[1], 0.0]).iter().all(|v| *v == 0.0));
    }

    #[test]
    fn what_fits_no_distribution_is_no_number() {
        let peak_outside = [0.0, 10.0, 2.0, 9.0, 5.0];
        assert!(RandomKind::Triangular.draw(1, &peak_outside).is_nan());
        for mean in [f64::INFINITY, -1.0] {
            assert!(RandomKind::Poisson.draw(1, &[0.0, 1e30, mean]).is_nan(), "{mean}");
        }
        let many = RandomKind::Binomial.draw(1, &[0.0, 1e30, 0.5, 1e12]);
        assert!((many - 5e11).abs() < 6.0 * 5e5, "{many}");
        assert!(RandomKind::Beta.draw(1, &[0.0, 1.0, -1.0, 2.0]).is_nan());
    }

    #[test]
    fn bounds_hold() {
        let found = draws(RandomKind::Normal, &[0.0, 1.0, 0.5, 1.0]);
        assert!(found.iter().all(|v| (0.0..=1.0).contains(v)));
    }
}
