//! What was observed: a value, an interval or a bound, of one series at one time, with its measurement error.

use super::CalibrationError;

/// How far a measurement may be off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Standard deviation in the unit of the series.
    Absolute(f64),
    /// Standard deviation as a share of the size of the observed value (the middle of an interval, or its finite end).
    Relative(f64),
}

/// One observation: the truth lay in `[low, high]`, measured with standard deviation `sd`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    series: usize,
    time: f64,
    low: f64,
    high: f64,
    sd: f64,
}

impl Observation {
    /// An observation of the series with this index. `low == high` is an exact value; `[v, ∞)` says "v or more" and
    /// `(-∞, v]` says "v or less".
    ///
    /// # Errors
    /// [`CalibrationError::BadObservation`] when the interval is crossed, NaN or open on both sides, or the time is not
    /// finite; [`CalibrationError::BadScale`] when the standard deviation comes out at or below 0 or not finite.
    pub fn new(series: usize, time: f64, low: f64, high: f64, scale: Scale) -> Result<Self, CalibrationError> {
        let at_infinity = low == f64::INFINITY || high == f64::NEG_INFINITY;
        let endless = low.is_infinite() && high.is_infinite();
        if !time.is_finite() || low.is_nan() || high.is_nan() || low > high || at_infinity || endless {
            return Err(CalibrationError::BadObservation { series, time, low, high });
        }
        let sd = match scale {
            Scale::Absolute(sd) => sd,
            Scale::Relative(share) => share * typical(low, high).abs(),
        };
        if !(sd.is_finite() && sd > 0.0) {
            return Err(CalibrationError::BadScale { series, time, sd });
        }
        Ok(Self { series, time, low, high, sd })
    }

    /// Index of the series.
    #[must_use]
    pub fn series(&self) -> usize {
        self.series
    }

    /// Time, in the model's unit.
    #[must_use]
    pub fn time(&self) -> f64 {
        self.time
    }

    /// Lower end, −∞ when open.
    #[must_use]
    pub fn low(&self) -> f64 {
        self.low
    }

    /// Upper end, ∞ when open.
    #[must_use]
    pub fn high(&self) -> f64 {
        self.high
    }

    /// Standard deviation of the measurement, in the unit of the series.
    #[must_use]
    pub fn sd(&self) -> f64 {
        self.sd
    }

    /// Whether it is one value and not an interval.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }

    /// The exact value or the middle of a bounded interval; `None` when one side is open.
    #[must_use]
    pub fn middle(&self) -> Option<f64> {
        (self.low.is_finite() && self.high.is_finite()).then(|| typical(self.low, self.high))
    }

    /// How far `value` lies from the interval, in the unit of the series: negative below it, 0 inside, positive above.
    #[must_use]
    pub fn signed_distance(&self, value: f64) -> f64 {
        if value < self.low {
            value - self.low
        } else if value > self.high {
            value - self.high
        } else if value.is_nan() {
            f64::NAN
        } else {
            0.0
        }
    }
}

/// The middle of an interval, or its finite end. Halved before adding, so that it does not overflow.
fn typical(low: f64, high: f64) -> f64 {
    if low.is_infinite() {
        high
    } else if high.is_infinite() || low == high {
        low
    } else {
        low / 2.0 + high / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::{CalibrationError, Observation, Scale};

    #[test]
    fn a_lower_bound_costs_nothing_above_it() {
        let bound = Observation::new(0, 2020.0, 5.0, f64::INFINITY, Scale::Relative(0.1)).unwrap();
        assert_eq!(bound.sd(), 0.5);
        assert_eq!(bound.signed_distance(1e300), 0.0);
        assert_eq!(bound.signed_distance(3.0), -2.0);
        assert!(bound.signed_distance(f64::NAN).is_nan());
        assert_eq!(bound.middle(), None);
    }

    #[test]
    fn nonsense_is_refused() {
        let (nan, inf) = (f64::NAN, f64::INFINITY);
        for (time, low, high) in
            [(nan, 0.0, 1.0), (0.0, 2.0, 1.0), (0.0, nan, 1.0), (0.0, -inf, inf), (0.0, inf, inf), (0.0, -inf, -inf)]
        {
            let answer = Observation::new(0, time, low, high, Scale::Absolute(1.0));
            assert!(matches!(answer, Err(CalibrationError::BadObservation { .. })), "{time} {low} {high}");
        }
        for scale in [Scale::Absolute(0.0), Scale::Absolute(nan), Scale::Absolute(inf), Scale::Relative(0.1)] {
            let answer = Observation::new(0, 0.0, 0.0, 0.0, scale);
            assert!(matches!(answer, Err(CalibrationError::BadScale { .. })), "{scale:?}");
        }
    }
}
