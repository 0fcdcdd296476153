//! What can be wrong with the description of a distribution.

use thiserror::Error;

/// Why a distribution could not be made. The fields are what a message in any language needs.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum DistributionError {
    /// A number is NaN or infinite.
    #[error("{what} must be a finite number, not {value}")]
    NotFinite {
        /// The argument's name.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A number that must be above zero is not.
    #[error("{what} must be above 0, not {value}")]
    NotPositive {
        /// The argument's name.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// The lower bound is not below the upper.
    #[error("the lower bound {low} is not below the upper bound {high}")]
    BoundsReversed {
        /// The lower bound.
        low: f64,
        /// The upper bound.
        high: f64,
    },
    /// The mode is not between the bounds.
    #[error("the mode {mode} is not between {low} and {high}")]
    ModeOutside {
        /// The lower bound.
        low: f64,
        /// The mode.
        mode: f64,
        /// The upper bound.
        high: f64,
    },
    /// A PERT shape so large that only the mode would ever be drawn.
    #[error("the shape {shape} is above 10000")]
    ShapeTooLarge {
        /// The shape.
        shape: f64,
    },
    /// The variable is never, or as good as never, between its bounds.
    #[error("as good as nothing lies between {low} and {high}")]
    NothingBetween {
        /// The lower bound, or minus infinity.
        low: f64,
        /// The upper bound, or infinity.
        high: f64,
    },
    /// A discrete distribution without values.
    #[error("there must be at least one value")]
    NoValues,
    /// Not one weight for each value.
    #[error("{values} values need as many weights, not {weights}")]
    WeightCount {
        /// How many values.
        values: usize,
        /// How many weights.
        weights: usize,
    },
    /// A weight is negative.
    #[error("weight {number} is negative: {value}")]
    NegativeWeight {
        /// Which weight, from 1.
        number: usize,
        /// Its value.
        value: f64,
    },
    /// All weights are zero.
    #[error("the weights add up to nothing")]
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
