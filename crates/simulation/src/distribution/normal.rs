//! Normal and lognormal, with or without bounds.

use super::error::{DistributionError, finite, positive};
use crate::special::{normal_cdf, normal_density, normal_quantile};

/// Bounds on a variable: what lies outside never happens, the rest keeps its proportions. `None` is no bound.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The lowest value.
    pub low: Option<f64>,
    /// The highest value.
    pub high: Option<f64>,
}

impl Bounds {
    /// No bounds.
    pub const NONE: Self = Self { low: None, high: None };

    /// The two bounds, infinite where there is none.
    fn checked(self) -> Result<(f64, f64), DistributionError> {
        self.low.map_or(Ok(()), |low| finite("low", low))?;
        self.high.map_or(Ok(()), |high| finite("high", high))?;
        let (low, high) = (self.low.unwrap_or(f64::NEG_INFINITY), self.high.unwrap_or(f64::INFINITY));
        if low < high { Ok((low, high)) } else { Err(DistributionError::BoundsReversed { low, high }) }
    }
}

/// The least share of a curve that may lie between its bounds: below it the quantiles lose their digits.
const LEAST_MASS: f64 = 1e-12;

/// The standard normal between two bounds (Johnson, Kotz & Balakrishnan 1994, chapter 13).
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cut {
    low: f64,
    high: f64,
}

impl Cut {
    /// Probability between the bounds moved down by `shift`.
    ///
    /// In the upper half both ends are mirrored: there the differences from 1 would be lost in rounding.
    fn mass(&self, shift: f64) -> f64 {
        let (low, high) = (self.low - shift, self.high - shift);
        if low > 0.0 { normal_cdf(-low) - normal_cdf(-high) } else { normal_cdf(high) - normal_cdf(low) }
    }

    fn quantile(&self, p: f64) -> f64 {
        let z = if self.low > 0.0 {
            -normal_quantile(open(normal_cdf(-self.low) - p * self.mass(0.0)))
        } else {
            normal_quantile(open(normal_cdf(self.low) + p * self.mass(0.0)))
        };
        z.clamp(self.low, self.high)
    }

    fn moments(&self) -> (f64, f64) {
        // z·φ(z) is 0 at infinity, where the product would be NaN.
        let edge = |z: f64| if z.is_finite() { (normal_density(z), z * normal_density(z)) } else { (0.0, 0.0) };
        let ((low, z_low), (high, z_high)) = (edge(self.low), edge(self.high));
        let mass = self.mass(0.0);
        let mean = (low - high) / mass;
        (mean, 1.0 + (z_low - z_high) / mass - mean * mean)
    }
}

/// Keeps a probability off 0 and 1, whose quantiles are infinite.
fn open(p: f64) -> f64 {
    p.clamp(f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0)
}

/// The bell curve with optional bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    mean: f64,
    sd: f64,
    low: f64,
    high: f64,
    cut: Cut,
}

impl Normal {
    /// `mean` and `sd` are those of the curve before it is cut off at `bounds`.
    ///
    /// # Errors
    /// [`DistributionError`] when a number is not finite, `sd` is not positive, the lower bound is not below the
    /// upper, or less than 1 part in 10^12 of the curve lies between the bounds.
    pub fn new(mean: f64, sd: f64, bounds: Bounds) -> Result<Self, DistributionError> {
        finite("mean", mean)?;
        positive("sd", sd)?;
        let (low, high) = bounds.checked()?;
        let cut = Cut { low: (low - mean) / sd, high: (high - mean) / sd };
        if cut.mass(0.0) < LEAST_MASS {
            return Err(DistributionError::NothingBetween { low, high });
        }
        Ok(Self { mean, sd, low, high, cut })
    }

    pub(super) fn quantile(&self, p: f64) -> f64 {
        (self.mean + self.sd * self.cut.quantile(p)).clamp(self.low, self.high)
    }

    pub(super) fn moments(&self) -> (f64, f64) {
        let (mean, variance) = self.cut.moments();
        (self.mean + self.sd * mean, self.sd * self.sd * variance)
    }
}

/// A variable above zero whose natural logarithm is normal, with optional bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lognormal {
    log_mean: f64,
    log_sd: f64,
    low: f64,
    high: f64,
    cut: Cut,
}

impl Lognormal {
    /// `mean` and `sd` are those OF THE VARIABLE, in its own unit, before it is cut off at `bounds`.
    ///
    /// # Errors
    /// [`DistributionError`] when `mean` or `sd` is not finite and positive, the lower bound is not below the upper,
    /// or less than 1 part in 10^12 of the curve lies between the bounds.
    pub fn new(mean: f64, sd: f64, bounds: Bounds) -> Result<Self, DistributionError> {
        positive("mean", mean)?;
        positive("sd", sd)?;
        let log_variance = libm::log1p((sd / mean) * (sd / mean));
        Self::from_log(libm::log(mean) - 0.5 * log_variance, libm::sqrt(log_variance), bounds)
    }

    /// `log_mean` and `log_sd` are those of the variable's natural logarithm (no unit); `bounds` are still on the
    /// variable itself.
    ///
    /// # Errors
    /// As [`Lognormal::new`], and when the values would overflow.
    pub fn from_log(log_mean: f64, log_sd: f64, bounds: Bounds) -> Result<Self, DistributionError> {
        finite("log mean", log_mean)?;
        positive("log sd", log_sd)?;
        // 9 standard deviations are further than any draw goes.
        finite("largest value", libm::exp(log_mean + 9.0 * log_sd))?;
        let (low, high) = bounds.checked()?;
        let log = |bound: f64| if bound > 0.0 { libm::log(bound) } else { f64::NEG_INFINITY };
        let cut = Cut { low: (log(low) - log_mean) / log_sd, high: (log(high) - log_mean) / log_sd };
        if cut.mass(0.0) < LEAST_MASS {
            return Err(DistributionError::NothingBetween { low, high });
        }
        Ok(Self { log_mean, log_sd, low, high, cut })
    }

    pub(super) fn quantile(&self, p: f64) -> f64 {
        libm::exp(self.log_mean + self.log_sd * self.cut.quantile(p)).clamp(self.low, self.high)
    }

    pub(super) fn moments(&self) -> (f64, f64) {
        let raw = |power: f64| {
            let spread = power * self.log_sd;
            libm::exp(power * self.log_mean + 0.5 * spread * spread) * self.cut.mass(spread) / self.cut.mass(0.0)
        };
        let mean = raw(1.0);
        (mean, raw(2.0) - mean * mean)
    }
}
