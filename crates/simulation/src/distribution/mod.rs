//! What is not known about a parameter: one distribution each, drawn by its quantile function.

mod bounded;
mod discrete;
mod error;
mod normal;

pub use bounded::{Pert, Triangular, Uniform};
pub use discrete::Discrete;
pub use error::DistributionError;
pub use normal::{Bounds, Lognormal, Normal};

use error::finite;

/// A distribution of one number, in the number's own unit. Every value of this type is valid.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Every value between two bounds is as likely as another.
    Uniform(Uniform),
    /// The bell curve, cut off at bounds when there are any.
    Normal(Normal),
    /// A variable whose logarithm is normal, cut off at bounds when there are any.
    Lognormal(Lognormal),
    /// Straight up to the mode and straight down from it.
    Triangular(Triangular),
    /// A smooth hump between three estimates.
    Pert(Pert),
    /// One of a few values.
    Discrete(Discrete),
    /// Always the same value; made by [`Distribution::constant`], which refuses NaN and infinity.
    Constant(f64),
}

impl Distribution {
    /// See [`Uniform::new`].
    ///
    /// # Errors
    /// [`DistributionError`] when the bounds are not finite and rising.
    pub fn uniform(low: f64, high: f64) -> Result<Self, DistributionError> {
        Uniform::new(low, high).map(Self::Uniform)
    }

    /// See [`Normal::new`].
    ///
    /// # Errors
    /// [`DistributionError`] when a number is not finite, `sd` is not positive, or the bounds hold nothing.
    pub fn normal(mean: f64, sd: f64, bounds: Bounds) -> Result<Self, DistributionError> {
        Normal::new(mean, sd, bounds).map(Self::Normal)
    }

    /// See [`Lognormal::new`]: `mean` and `sd` are those of the variable itself.
    ///
    /// # Errors
    /// [`DistributionError`] when a number is not finite and positive, or the bounds hold nothing.
    pub fn lognormal(mean: f64, sd: f64, bounds: Bounds) -> Result<Self, DistributionError> {
        Lognormal::new(mean, sd, bounds).map(Self::Lognormal)
    }

    /// See [`Lognormal::from_log`]: `mean` and `sd` are those of the variable's natural logarithm.
    ///
    /// # Errors
    /// [`DistributionError`] when a number is not finite, `sd` is not positive, or the bounds hold nothing.
    pub fn lognormal_from_log(mean: f64, sd: f64, bounds: Bounds) -> Result<Self, DistributionError> {
        Lognormal::from_log(mean, sd, bounds).map(Self::Lognormal)
    }

    /// See [`Triangular::new`].
    ///
    /// # Errors
    /// [`DistributionError`] when the three numbers are not finite and in order.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Self, DistributionError> {
        Triangular::new(low, mode, high).map(Self::Triangular)
    }

    /// See [`Pert::new`]; `shape` is 4 unless there is a reason.
    ///
    /// # Errors
    /// [`DistributionError`] when the three numbers are not finite and in order or `shape` is not positive.
    pub fn pert(low: f64, mode: f64, high: f64, shape: f64) -> Result<Self, DistributionError> {
        Pert::new(low, mode, high, shape).map(Self::Pert)
    }

    /// See [`Discrete::new`].
    ///
    /// # Errors
    /// [`DistributionError`] when there are no values, or not one weight each, or no weight at all.
    pub fn discrete(values: &[f64], weights: &[f64]) -> Result<Self, DistributionError> {
        Discrete::new(values, weights).map(Self::Discrete)
    }

    /// Always `value`.
    ///
    /// # Errors
    /// [`DistributionError::NotFinite`] when it is NaN or infinite.
    pub fn constant(value: f64) -> Result<Self, DistributionError> {
        finite("value", value)?;
        Ok(Self::Constant(value))
    }

    /// The value below which the variable lies with probability `p`; NaN when `p` is.
    ///
    /// A `p` outside [0, 1] counts as the nearer end. Where an end has no finite value, the ends count as 2^-53 away
    /// from themselves, so that a finite number comes back for every `p`.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let p = p.clamp(0.0, 1.0);
        match self {
            Self::Uniform(shape) => shape.quantile(p),
            Self::Normal(shape) => shape.quantile(p),
            Self::Lognormal(shape) => shape.quantile(p),
            Self::Triangular(shape) => shape.quantile(p),
            Self::Pert(shape) => shape.quantile(p),
            Self::Discrete(shape) => shape.quantile(p),
            Self::Constant(value) => *value,
        }
    }

    /// The mean, after cutting off at bounds.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.moments().0
    }

    /// The standard deviation, after cutting off at bounds.
    #[must_use]
    pub fn sd(&self) -> f64 {
        libm::sqrt(self.moments().1.max(0.0))
    }

    /// Mean and variance.
    fn moments(&self) -> (f64, f64) {
        match self {
            Self::Uniform(shape) => shape.moments(),
            Self::Normal(shape) => shape.moments(),
            Self::Lognormal(shape) => shape.moments(),
            Self::Triangular(shape) => shape.moments(),
            Self::Pert(shape) => shape.moments(),
            Self::Discrete(shape) => shape.moments(),
            Self::Constant(value) => (*value, 0.0),
        }
    }
}

#[cfg(test)]
mod tests;
