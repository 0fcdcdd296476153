//! What a miss costs: losses of the distance in standard deviations, most of them kind to a few bad observations.

use std::f64::consts::LN_2;

use super::CalibrationError;

/// A loss of `z`, the distance to the observed interval in standard deviations of the observation. All are 0 at 0 and,
/// the absolute one aside, near `z²/2` for small `z`, so that their sums are alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Loss {
    /// `z²/2`: the log likelihood of Gaussian errors.
    Squared,
    /// `z²/2` up to `threshold`, from there `threshold·(z − threshold/2)` (Huber 1964; 1.345 is usual).
    Huber {
        /// Standard deviations at which the loss turns straight.
        threshold: f64,
    },
    /// `z`.
    Absolute,
    /// `ln cosh z`: Huber's shape without a corner.
    LogCosh,
    /// `(ν + 1)/2 · ln(1 + z²/ν)`: the log likelihood of Student errors whose scale is the observation's standard
    /// deviation (Lange, Little & Taylor 1989; 4 is usual). Near 0 it is `(ν + 1)/ν · z²/2`.
    Student {
        /// Degrees of freedom ν.
        freedom: f64,
    },
}

impl Loss {
    /// The loss of a distance. Infinite, the worst there is, for a distance that is not finite.
    #[must_use]
    pub fn of(self, distance: f64) -> f64 {
        let z = distance.abs();
        if !z.is_finite() {
            return f64::INFINITY;
        }
        match self {
            Self::Squared => z * z / 2.0,
            Self::Huber { threshold } if z > threshold => threshold * (z - threshold / 2.0),
            Self::Huber { .. } => z * z / 2.0,
            Self::Absolute => z,
            Self::LogCosh => z + libm::log1p(libm::exp(-2.0 * z)) - LN_2,
            Self::Student { freedom } => (freedom + 1.0) / 2.0 * libm::log1p(z * z / freedom),
        }
    }

    /// Refuses a threshold or degrees of freedom that are not finite and above 0.
    pub(super) fn check(self) -> Result<(), CalibrationError> {
        let (name, value) = match self {
            Self::Huber { threshold } => ("threshold", threshold),
            Self::Student { freedom } => ("freedom", freedom),
            Self::Squared | Self::Absolute | Self::LogCosh => return Ok(()),
        };
        if value.is_finite() && value > 0.0 { Ok(()) } else { Err(CalibrationError::BadSetting { name, value }) }
    }
}

#[cfg(test)]
mod tests {
    use super::Loss;

    const ALL: [Loss; 5] = [
        Loss::Squared,
        Loss::Huber { threshold: 1.345 },
        Loss::Absolute,
        Loss::LogCosh,
        Loss::Student { freedom: 4.0 },
    ];

    #[test]
    fn formulas_at_two() {
        // By hand from the formulas; cosh 2 = 3.7621956910836314 (mathematical tables).
        let expected = [2.0, 1.345 * (2.0 - 0.6725), 2.0, libm::log(3.762_195_691_083_631_4), 2.5 * libm::log(2.0)];
        for (loss, expected) in ALL.iter().zip(expected) {
            assert!((loss.of(-2.0) - expected).abs() < 1e-14, "{loss:?}");
        }
    }

    #[test]
    fn nothing_at_nought_and_worst_at_nonsense() {
        for loss in ALL {
            assert_eq!(loss.of(0.0), 0.0);
            assert_eq!(loss.of(f64::NAN), f64::INFINITY);
            assert_eq!(loss.of(f64::NEG_INFINITY), f64::INFINITY);
        }
        assert!(Loss::Huber { threshold: f64::NAN }.check().is_err());
        assert!(Loss::Student { freedom: 0.0 }.check().is_err());
    }
}
