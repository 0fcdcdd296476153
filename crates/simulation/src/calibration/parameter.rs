//! What may be varied: a name, a range, and how the range is walked.

use super::CalibrationError;

/// How a range is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// Equal steps.
    Linear,
    /// Equal ratios, for what spans orders of magnitude.
    Log,
}

/// One parameter of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    name: String,
    low: f64,
    high: f64,
    spacing: Spacing,
}

impl Parameter {
    /// A parameter between two bounds, in its own unit.
    ///
    /// # Errors
    /// [`CalibrationError::BadBounds`] unless both are finite and low is below high;
    /// [`CalibrationError::BadLogBound`] when a log spacing starts at or below 0.
    pub fn new(name: &str, low: f64, high: f64, spacing: Spacing) -> Result<Self, CalibrationError> {
        if !((high - low).is_finite() && low < high) {
            return Err(CalibrationError::BadBounds { name: name.to_owned(), low, high });
        }
        if spacing == Spacing::Log && low <= 0.0 {
            return Err(CalibrationError::BadLogBound { name: name.to_owned(), low });
        }
        Ok(Self { name: name.to_owned(), low, high, spacing })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value at a place of the unit interval; 0 and 1 give the bounds exactly.
    #[must_use]
    pub fn value(&self, unit: f64) -> f64 {
        let value = match self.spacing {
            Spacing::Linear => self.low + unit * (self.high - self.low),
            Spacing::Log => libm::exp(libm::log(self.low) + unit * self.log_width()),
        };
        // Rounding must not carry a value past its bound: the model may divide by the distance to it.
        if unit <= 0.0 {
            self.low
        } else if unit >= 1.0 {
            self.high
        } else {
            value.clamp(self.low, self.high)
        }
    }

    /// The place of a value in the unit interval; values outside the bounds go to the nearer end, NaN to the middle.
    #[must_use]
    pub fn unit(&self, value: f64) -> f64 {
        if value.is_nan() {
            return 0.5;
        }
        let inside = value.clamp(self.low, self.high);
        let unit = match self.spacing {
            Spacing::Linear => (inside - self.low) / (self.high - self.low),
            Spacing::Log => (libm::log(inside) - libm::log(self.low)) / self.log_width(),
        };
        unit.clamp(0.0, 1.0)
    }

    fn log_width(&self) -> f64 {
        libm::log(self.high) - libm::log(self.low)
    }
}

#[cfg(test)]
mod tests {
    use super::{Parameter, Spacing};
    use proptest::prelude::{any, prop_assert, proptest};

    #[test]
    fn the_middle_of_a_log_range_is_the_geometric_mean() {
        let rate = Parameter::new("rate", 0.01, 100.0, Spacing::Log).unwrap();
        assert!((rate.value(0.5) - 1.0).abs() < 1e-14);
        assert_eq!((rate.value(0.0), rate.value(1.0)), (0.01, 100.0));
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for (low, high) in [(1.0, 1.0), (2.0, 1.0), (f64::NAN, 1.0), (0.0, f64::INFINITY), (f64::MIN, f64::MAX)] {
            assert!(Parameter::new("p", low, high, Spacing::Linear).is_err(), "{low} {high}");
        }
        assert!(Parameter::new("p", 0.0, 1.0, Spacing::Log).is_err());
    }

    proptest! {
        #[test]
        fn there_and_back(unit in 0.0..1.0, low in 1e-6..1e3, ratio in 1.01..1e6, log in any::<bool>()) {
            let spacing = if log { Spacing::Log } else { Spacing::Linear };
            let parameter = Parameter::new("p", low, low * ratio, spacing).unwrap();
            prop_assert!((parameter.unit(parameter.value(unit)) - unit).abs() < 1e-9);
        }
    }
}
