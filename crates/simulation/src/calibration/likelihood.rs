//! How likely an observation is, given the model's value: a density for an exact one, a probability for an interval.
//!
//! With error `e`, standard deviation `s` and model value `m`: exact `v` has density `f((v − m)/s)/s`; an interval
//! `[l, h]` has probability `F((h − m)/s) − F((l − m)/s)`, with `F(∞) = 1`, as usual for interval-censored data.

use std::f64::consts::{FRAC_1_SQRT_2, LN_2, PI};

use crate::random::Stream;

use super::{CalibrationError, Observation};

/// `ln √(2π)`.
const LN_ROOT_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// The distribution of measurement errors, in standard deviations of the observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorModel {
    /// Standard normal.
    Gaussian,
    /// Student's t with 4 degrees of freedom, scale 1: heavy tails that forgive a bad observation
    /// (Lange, Little & Taylor 1989). At 4 all its functions have closed forms.
    Student,
}

/// The error model of a calibration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Noise {
    /// Shape of the errors.
    pub errors: ErrorModel,
    /// `None`: the observations' standard deviations are right. `Some((low, high))`: all of them are wrong by one common
    /// factor in this range, sampled with the parameters under a log-uniform prior. It lets the misfit of the model
    /// itself widen the forecast.
    pub factor: Option<(f64, f64)>,
}

impl Noise {
    /// The factor at a place of the unit interval; 1 when it is not sampled.
    pub(super) fn factor_at(&self, unit: Option<f64>) -> f64 {
        match (self.factor, unit) {
            (Some((low, high)), Some(unit)) => low * libm::pow(high / low, unit),
            _ => 1.0,
        }
    }

    pub(super) fn check(&self) -> Result<(), CalibrationError> {
        match self.factor {
            Some((low, high)) if !(low > 0.0 && low < high && high.is_finite()) => {
                let value = if low > 0.0 { high } else { low };
                Err(CalibrationError::BadSetting { name: "factor", value })
            }
            Some(_) | None => Ok(()),
        }
    }
}

impl ErrorModel {
    /// Log of the density at `z` standard deviations.
    #[must_use]
    pub fn log_density(self, z: f64) -> f64 {
        match self {
            Self::Gaussian => -z * z / 2.0 - LN_ROOT_TWO_PI,
            // 3/8·(1 + z²/4)^(−5/2)
            Self::Student => libm::log(0.375) - 2.5 * libm::log1p(z * z / 4.0),
        }
    }

    /// Log of the probability of more than `z`, good far out in both tails.
    #[must_use]
    pub fn log_above(self, z: f64) -> f64 {
        match self {
            // erfc has no digits left beyond 37; the asymptotic series (Abramowitz & Stegun 26.2.12) has them all by 30.
            Self::Gaussian if z > 30.0 => {
                let square = z * z;
                let series = 1.0 - (1.0 - (3.0 - 15.0 / square) / square) / square;
                -square / 2.0 - libm::log(z) - LN_ROOT_TWO_PI + libm::log(series)
            }
            Self::Gaussian => libm::log(libm::erfc(z * FRAC_1_SQRT_2)) - LN_2,
            // With u = z/√(4 + z²): F = 1/2 + 3u/4 − u³/4, so 1 − F = (1 − u)²(2 + u)/4.
            Self::Student => {
                let root = libm::hypot(2.0, z);
                let one_less_u = if z > 0.0 { 4.0 / root / (root + z) } else { 1.0 - z / root };
                2.0 * libm::log(one_less_u) + libm::log(3.0 - one_less_u) - 2.0 * LN_2
            }
        }
    }

    /// Log of the probability of `[low, high]`, both in standard deviations.
    #[must_use]
    pub fn log_between(self, low: f64, high: f64) -> f64 {
        if high == f64::INFINITY {
            return self.log_above(low);
        }
        if low == f64::NEG_INFINITY {
            return self.log_above(-high);
        }
        let width = high - low;
        if width * (1.0 + low.abs().max(high.abs())) < 1e-6 {
            // Differences of probabilities would cancel; the density hardly changes over so small a step.
            return self.log_density(low + width / 2.0) + libm::log(width);
        }
        let (near, far) = if low >= 0.0 { (low, high) } else { (-high, -low) };
        if near >= 0.0 {
            let nearer = self.log_above(near);
            nearer + libm::log(-libm::expm1(self.log_above(far) - nearer))
        } else {
            libm::log1p(-libm::exp(self.log_above(high)) - libm::exp(self.log_above(-low)))
        }
    }

    /// Log likelihood of an observation, its standard deviation multiplied by `factor`; −∞ when the model's value is not
    /// finite.
    #[must_use]
    pub fn log_likelihood(self, seen: &Observation, factor: f64, value: f64) -> f64 {
        let sd = seen.sd() * factor;
        if !value.is_finite() {
            return f64::NEG_INFINITY;
        }
        if seen.is_exact() {
            return self.log_density((seen.low() - value) / sd) - libm::log(sd);
        }
        self.log_between((seen.low() - value) / sd, (seen.high() - value) / sd)
    }

    /// One error, in standard deviations.
    pub fn draw(self, stream: &mut Stream) -> f64 {
        let (first, second) = (stream.uniform(), stream.uniform());
        match self {
            // Box & Muller 1958.
            Self::Gaussian => libm::sqrt(-2.0 * libm::log(first)) * libm::cos(2.0 * PI * second),
            // Bailey 1994, polar generation for ν degrees of freedom: √(ν(u^(−2/ν) − 1))·cos 2πv.
            Self::Student => libm::sqrt(4.0 * (1.0 / libm::sqrt(first) - 1.0)) * libm::cos(2.0 * PI * second),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Scale;
    use super::{ErrorModel, Observation, Stream};

    /// mpmath 1.4.1 at 30 to 60 digits: normal tails by `erfc`, Student's by `quad` over the density
    /// `3/8·(1 + x²/4)^(−5/2)`; the latter also agree with scipy 1.17.1, `t(4).logsf`.
    #[test]
    fn tails_and_intervals_as_mpmath_has_them() {
        use ErrorModel::{Gaussian, Student};
        let inf = f64::INFINITY;
        let cases = [
            (Gaussian, 0.5, inf, -1.175_911_761_593_618_6),
            (Gaussian, -3.0, inf, -0.001_350_809_964_748_193_8),
            (Gaussian, 25.0, inf, -316.639_408_008_020_26),
            (Gaussian, 30.5, inf, -469.462_737_322_912_1),
            (Gaussian, 100.0, inf, -5_005.524_208_694_205),
            (Gaussian, -inf, -40.0, -804.608_442_013_753_8),
            (Gaussian, -1.0, 2.0, -0.200_166_294_324_462_6),
            (Gaussian, -1e-9, 1e-9, -20.949_057_189_591_139),
            (Gaussian, 3.0, 3.001, -12.328_193_603_728_616),
            (Gaussian, 35.0, 36.0, -616.975_101_261_922_5),
            (Gaussian, -36.0, -35.0, -616.975_101_261_922_5),
            (Gaussian, -1.0, 0.0, -1.074_862_326_862_071_4),
            (Gaussian, 50.0, 50.001, -1_257.851_589_812_279_3),
            (Student, 0.5, inf, -1.134_244_704_902_396_8),
            (Student, -3.0, inf, -0.020_173_099_629_157_312),
            (Student, 25.0, inf, -11.787_525_102_651_112),
            (Student, 1e6, inf, -54.163_429_943_195_648),
            (Student, -inf, -40.0, -13.661_067_211_281_88),
            (Student, -1.0, 2.0, -0.281_049_112_460_373_7),
            (Student, 3.0, 3.001, -10.835_798_865_802_213),
            (Student, 35.0, 36.0, -15.369_694_064_179_783),
        ];
        for (model, low, high, expected) in cases {
            let got: f64 = model.log_between(low, high);
            assert!((got - expected).abs() < 1e-9 * f64::abs(expected).max(1.0), "{model:?} {low} {high}: {got}");
        }
    }

    #[test]
    fn exact_and_nonsense() {
        let seen = Observation::new(0, 0.0, 3.0, 3.0, Scale::Absolute(2.0)).unwrap();
        // ln of the normal density with mean 1 and sd 4 at 3, by the formula.
        let expected = -0.125 - libm::log(4.0 * libm::sqrt(2.0 * std::f64::consts::PI));
        assert!((ErrorModel::Gaussian.log_likelihood(&seen, 2.0, 1.0) - expected).abs() < 1e-14);
        assert_eq!(ErrorModel::Student.log_likelihood(&seen, 2.0, f64::NAN), f64::NEG_INFINITY);
    }

    #[test]
    fn draws_have_the_probabilities_of_the_distribution() {
        for model in [ErrorModel::Gaussian, ErrorModel::Student] {
            let mut stream = Stream::new(1, 1);
            let above = (0..40_000).filter(|_| model.draw(&mut stream) > 1.5).count() as f64 / 40_000.0;
            let expected = model.log_above(1.5).exp();
            assert!((above - expected).abs() < 5.0 * (expected / 40_000.0).sqrt(), "{model:?} {above} {expected}");
        }
    }
}
