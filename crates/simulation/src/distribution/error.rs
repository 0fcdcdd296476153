//! What can be wrong with the description of a distribution.

use thiserror::Error;

/// Why a distribution could not be made. The fields are what a message in any language needs.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum DistributionError {
    /// A number is NaN or infinite.
    #[error("{what} 应为有限的数，而不是 {value} / {what} must be a finite number, not {value}")]
    NotFinite {
        /// The argument's name.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A number that must be above zero is not.
    #[error("{what} 应大于 0，而不是 {value} / {what} must be above 0, not {value}")]
    NotPositive {
        /// The argument's name.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// The lower bound is not below the upper.
    #[error("下限 {low} 不小于上限 {high} / the lower bound {low} is not below the upper bound {high}")]
    BoundsReversed {
        /// The lower bound.
        low: f64,
        /// The upper bound.
        high: f64,
    },
    /// The mode is not between the bounds.
    #[error("众数 {mode} 不在 {low} 与 {high} 之间 / the mode {mode} is not between {low} and {high}")]
    ModeOutside {
        /// The lower bound.
        low: f64,
        /// The mode.
        mode: f64,
        /// The upper bound.
        high: f64,
    },
    /// A PERT shape so large that only the mode would ever be drawn.
    #[error("形状参数 {shape} 大于 10000 / the shape {shape} is above 10000")]
    ShapeTooLarge {
        /// The shape.
        shape: f64,
    },
    /// The variable is never, or as good as never, between its bounds.
    #[error("{low} 与 {high} 之间几乎没有概率 / as good as nothing lies between {low} and {high}")]
    NothingBetween {
        /// The lower bound, or minus infinity.
        low: f64,
        /// The upper bound, or infinity.
        high: f64,
    },
    /// A discrete distribution without values.
    #[error("至少要有一个值 / there must be at least one value")]
    NoValues,
    /// Not one weight for each value.
    #[error("{values} 个值应有同样多的权重，而不是 {weights} 个 / {values} values need as many weights, not {weights}")]
    WeightCount {
        /// How many values.
        values: usize,
        /// How many weights.
        weights: usize,
    },
    /// A weight is negative.
    #[error("第 {number} 个权重是负的：{value} / weight {number} is negative: {value}")]
    NegativeWeight {
        /// Which weight, from 1.
        number: usize,
        /// Its value.
        value: f64,
    },
    /// All weights are zero.
    #[error("权重之和为 0 / the weights add up to nothing")]
    NoWeight,
}

pub(super) fn finite(what: &'static str, value: f64) -> Result<(), DistributionError> {
    if value.is_finite() { Ok(()) } else { Err(DistributionError::NotFinite { what, value }) }
}

pub(super) fn positive(what: &'static str, value: f64) -> Result<(), DistributionError> {
    finite(what, value)?;
    if value > 0.0 { Ok(()) } else { Err(DistributionError::NotPositive { what, value }) }
}

/// Checks that both bounds and the distance between them are finite, and that the distance is positive.
pub(super) fn rising(low: f64, high: f64) -> Result<(), DistributionError> {
    finite("low", low)?;
    finite("high", high)?;
    finite("high - low", high - low)?;
    if low < high { Ok(()) } else { Err(DistributionError::BoundsReversed { low, high }) }
}
