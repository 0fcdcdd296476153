//! Uniform, triangular and PERT: between a lowest and a highest value.

use super::error::{DistributionError, finite, positive, rising};
use crate::special::Beta;

/// Every value between `low` and `high` is as likely as another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform {
    low: f64,
    high: f64,
}

impl Uniform {
    /// Between `low` and `high`.
    ///
    /// # Errors
    /// [`DistributionError`] when the bounds are not finite or `low` is not below `high`.
    pub fn new(low: f64, high: f64) -> Result<Self, DistributionError> {
        rising(low, high)?;
        Ok(Self { low, high })
    }

    pub(super) fn quantile(&self, p: f64) -> f64 {
        (self.low + p * (self.high - self.low)).min(self.high)
    }

    pub(super) fn moments(&self) -> (f64, f64) {
        let width = self.high - self.low;
        (self.low + 0.5 * width, width * width / 12.0)
    }
}

/// Straight up from `low` to `mode` and straight down to `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Triangular {
    low: f64,
    mode: f64,
    high: f64,
}

impl Triangular {
    /// Between `low` and `high`, most likely at `mode`, which may be one of the bounds.
    ///
    /// # Errors
    /// [`DistributionError`] when the numbers are not finite, `low` is not below `high`, or `mode` is outside.
    pub fn new(low: f64, mode: f64, high: f64) -> Result<Self, DistributionError> {
        ordered(low, mode, high)?;
        Ok(Self { low, mode, high })
    }

    pub(crate) fn quantile(&self, p: f64) -> f64 {
        let width = self.high - self.low;
        let below = (self.mode - self.low) / width;
        let value = if p < below {
            self.low + width * libm::sqrt(p * below)
        } else {
            self.high - width * libm::sqrt((1.0 - p) * (1.0 - below))
        };
        value.clamp(self.low, self.high)
    }

    pub(super) fn moments(&self) -> (f64, f64) {
        // Distances from `low`, so that a narrow triangle far from zero keeps its digits.
        let (mode, high) = (self.mode - self.low, self.high - self.low);
        (self.low + (mode + high) / 3.0, (mode * mode + high * high - mode * high) / 18.0)
    }
}

/// The PERT distribution: a beta distribution between three estimates, `shape` saying how much the mode counts.
///
/// Malcolm, Roseboom, Clark & Fazar (1959); with a free shape Vose (2008), *Risk Analysis*.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pert {
    low: f64,
    high: f64,
    beta: Beta,
}

impl Pert {
    /// Between `low` and `high`, most likely at `mode`; `shape` is 4 in the classical form.
    ///
    /// # Errors
    /// [`DistributionError`] when the numbers are not finite, `low` is not below `high`, `mode` is outside, or
    /// `shape` is not positive or above 10 000, where it would be a constant in all but name.
    pub fn new(low: f64, mode: f64, high: f64, shape: f64) -> Result<Self, DistributionError> {
        ordered(low, mode, high)?;
        positive("shape", shape)?;
        if shape > 10_000.0 {
            return Err(DistributionError::ShapeTooLarge { shape });
        }
        let below = (mode - low) / (high - low);
        Ok(Self { low, high, beta: Beta::new(1.0 + shape * below, 1.0 + shape * (1.0 - below)) })
    }

    pub(super) fn quantile(&self, p: f64) -> f64 {
        let width = self.high - self.low;
        (self.low + width * self.beta.quantile(p)).clamp(self.low, self.high)
    }

    pub(super) fn moments(&self) -> (f64, f64) {
        let (width, Beta { a, b, .. }) = (self.high - self.low, self.beta);
        let sum = a + b;
        (self.low + width * a / sum, a * b / (sum * sum * (sum + 1.0)) * width * width)
    }
}

fn ordered(low: f64, mode: f64, high: f64) -> Result<(), DistributionError> {
    rising(low, high)?;
    finite("mode", mode)?;
    if (low..=high).contains(&mode) { Ok(()) } else { Err(DistributionError::ModeOutside { low, mode, high }) }
}
