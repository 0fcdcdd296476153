//! Intervals and what they say about a number to reach: yes, no, or not to be told.

use crate::model::Observation;

/// An interval; exact when both ends are equal, open when an end is infinite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Smallest value.
    pub low: f64,
    /// Largest value.
    pub high: f64,
}

impl Interval {
    /// Every number.
    pub const UNKNOWN: Interval = Interval { low: f64::NEG_INFINITY, high: f64::INFINITY };

    /// One number; not-a-number can be anything.
    pub fn exact(value: f64) -> Interval {
        Interval::new(value, value)
    }

    /// Both ends; an end that is not a number is open, ends in the wrong order are put right.
    pub fn new(low: f64, high: f64) -> Interval {
        let low = if low.is_nan() { f64::NEG_INFINITY } else { low };
        let high = if high.is_nan() { f64::INFINITY } else { high };
        Interval { low: low.min(high), high: high.max(low) }
    }

    /// What a figure can stand for.
    pub fn of(observation: &Observation) -> Interval {
        Interval::new(observation.low, observation.high)
    }

    /// True when it is one number.
    pub fn is_exact(self) -> bool {
        self.low == self.high
    }

    /// The interval times a factor that is not negative.
    pub(super) fn times(self, factor: f64) -> Interval {
        Interval::new(self.low * factor, self.high * factor)
    }
}

impl std::ops::Add for Interval {
    type Output = Interval;

    fn add(self, other: Interval) -> Interval {
        Interval::new(self.low + other.low, self.high + other.high)
    }
}

/// What an interval says about a number to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    Unclear,
}

/// On which side of the number the good values lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// At least the number.
    Least,
    /// At most the number.
    Most,
    /// Inside the band, both ends included.
    Within,
}

/// What has to be true of a value. For `Least` and `Most` the number itself may be an interval, because a
/// multiple of an observed baseline is no more exact than that observation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Aim {
    pub(super) side: Side,
    pub(super) value: Interval,
}

impl Aim {
    pub(super) fn answer(self, observed: Interval) -> Answer {
        let aim = self.value;
        let (surely, surely_not) = match self.side {
            Side::Least => (!below(observed.low, aim.high), below(observed.high, aim.low)),
            Side::Most => (!below(aim.low, observed.high), below(aim.high, observed.low)),
            Side::Within => (
                !below(observed.low, aim.low) && !below(aim.high, observed.high),
                below(observed.high, aim.low) || below(aim.high, observed.low),
            ),
        };
        match (surely, surely_not) {
            (true, _) => Answer::Yes,
            (_, true) => Answer::No,
            _ => Answer::Unclear,
        }
    }
}

/// `a < b` by more than the noise of floating point. Sums and multiples carry a relative error of a few 1e-16
/// (110 % of 100 is 110.00000000000001), published figures have at most some ten digits; 1e-12 lies between.
pub(super) fn below(a: f64, b: f64) -> bool {
    if a.is_finite() && b.is_finite() { b - a > 1e-12 * a.abs().max(b.abs()) } else { a < b }
}
