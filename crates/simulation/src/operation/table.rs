//! Graphical functions made ready to be read: points in order, slopes worked out.

use crate::model::{DataMode, Table, TableKind};

/// What is asked of a graphical function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reading {
    /// Straight lines between the points, the end values beyond.
    Interpolated,
    /// Straight lines between the points, the outermost lines beyond.
    Extrapolated,
    /// The value of the next point.
    Forward,
    /// The value of the last point.
    Backward,
    /// The value of the point before the one reached.
    Before,
    /// The value at a point; nothing elsewhere.
    Exact,
}

/// Nothing, as Vensim writes it: -2^109.
pub(crate) const NOT_AVAILABLE: f64 = -649_037_107_316_853_453_566_312_041_152_512.0;

impl From<TableKind> for Reading {
    fn from(kind: TableKind) -> Self {
        match kind {
            TableKind::Continuous => Self::Interpolated,
            TableKind::Extrapolate => Self::Extrapolated,
            TableKind::Discrete => Self::Backward,
        }
    }
}

impl From<DataMode> for Reading {
    fn from(mode: DataMode) -> Self {
        match mode {
            DataMode::Interpolate => Self::Interpolated,
            DataMode::HoldBackward => Self::Backward,
            DataMode::LookForward => Self::Forward,
            DataMode::Raw => Self::Exact,
        }
    }
}

/// A graphical function ready to be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Curve {
    x: Vec<f64>,
    y: Vec<f64>,
    /// From each point to the next.
    slopes: Vec<f64>,
    /// Points a step apart, where all are: the first one and the number of points in a unit.
    even: Option<(f64, f64)>,
}

impl Curve {
    /// Points that rise; the caller has seen to that.
    pub(crate) fn new(x: &[f64], y: &[f64]) -> Self {
        let rises = x.iter().zip(x.iter().skip(1)).map(|(a, b)| b - a);
        let climbs = y.iter().zip(y.iter().skip(1)).map(|(a, b)| b - a);
        let slopes = climbs.zip(rises).map(|(dy, dx)| if dx == 0.0 { 0.0 } else { dy / dx }).collect();
        let even = match (x.first(), x.last()) {
            (Some(first), Some(last)) if x.len() > 2 => {
                let step = (last - first) / (x.len() - 1) as f64;
                let off = |(place, x): (usize, &f64)| (x - (first + step * place as f64)).abs();
                let worst = x.iter().enumerate().map(off).fold(0.0, f64::max);
                (step > 0.0 && worst < step * 1e-9).then_some((*first, 1.0 / step))
            }
            _ => None,
        };
        Self { x: x.to_vec(), y: y.to_vec(), slopes, even }
    }

    pub(crate) fn of(table: &Table) -> Self {
        Self::new(&table.x, &table.y)
    }

    /// The same points with x and y exchanged; where y falls they are taken from the other end.
    pub(crate) fn inverted(&self) -> Self {
        let mut points: Vec<_> = self.y.iter().copied().zip(self.x.iter().copied()).collect();
        if points.first().zip(points.last()).is_some_and(|(first, last)| first.0 > last.0) {
            points.reverse();
        }
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (x, y): (Vec<_>, Vec<_>) = points.into_iter().unzip();
        Self::new(&x, &y)
    }

    /// Equal curves have equal keys.
    pub(crate) fn key(&self) -> Vec<u64> {
        self.x.iter().chain(&self.y).map(|value| value.to_bits()).collect()
    }

    /// The number of points at or before `x`, and one less than all at most; 0 before the first.
    #[inline(always)]
    fn reached(&self, x: f64) -> usize {
        match self.even {
            // The multiplication may miss by one when x is a hair from a point.
            Some((first, per_unit)) => {
                let guess = (((x - first) * per_unit) as usize).min(self.x.len().saturating_sub(1));
                let is_after = |place: usize| self.x.get(place).is_some_and(|point| *point <= x);
                if is_after(guess + 1) {
                    guess + 2
                } else if is_after(guess) {
                    guess + 1
                } else {
                    guess
                }
            }
            None if self.x.len() <= 16 => self.x.iter().map(|point| usize::from(*point <= x)).sum(),
            None => self.x.partition_point(|point| *point <= x),
        }
    }

    /// The value at `x`.
    #[inline]
    pub(crate) fn read(&self, reading: Reading, x: f64) -> f64 {
        let (Some(first), Some(last)) = (self.y.first(), self.y.last()) else { return NOT_AVAILABLE };
        if x.is_nan() {
            return f64::NAN;
        }
        let reached = self.reached(x);
        if reading == Reading::Before {
            let passed = self.x.iter().take_while(|point| **point < x).count().min(self.y.len() - 1);
            return self.y.get(passed.saturating_sub(1)).copied().unwrap_or(*first);
        }
        let extrapolated = reading == Reading::Extrapolated && self.x.len() > 1;
        let (before, beyond) = (reached == 0, reached >= self.x.len());
        if before && !extrapolated {
            return if reading == Reading::Exact { NOT_AVAILABLE } else { *first };
        }
        let place = if before { 0 } else { reached - 1 };
        let (Some(x0), Some(y0)) = (self.x.get(place), self.y.get(place)) else { return NOT_AVAILABLE };
        if *x0 == x {
            return *y0;
        }
        match reading {
            Reading::Backward => *y0,
            Reading::Exact => NOT_AVAILABLE,
            Reading::Forward => self.y.get(reached).copied().unwrap_or(*last),
            Reading::Interpolated if beyond => *last,
            _ => {
                let place = place.min(self.slopes.len().saturating_sub(1));
                let point = self.x.get(place).zip(self.y.get(place)).zip(self.slopes.get(place));
                point.map_or(*last, |((x0, y0), slope)| y0 + slope * (x - x0))
            }
        }
    }

    /// First and last moment with a value.
    pub(crate) fn ends(&self) -> Option<(f64, f64)> {
        Some((*self.x.first()?, *self.x.last()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The three kinds at and beyond points (XMILE 1.0, section 3.1.4).
    #[test]
    fn the_kinds_differ_between_and_beyond_the_points() {
        let even = Curve::new(&[0.0, 1.0, 2.0, 3.0], &[0.0, 10.0, 10.0, 40.0]);
        let uneven = Curve::new(&[0.0, 1.0, 2.0, 3.000001], &[0.0, 10.0, 10.0, 40.0]);
        for curve in [even, uneven] {
            let read = |reading, x| (curve.read(reading, x) * 1e3).round() / 1e3;
            assert_eq!(read(Reading::Interpolated, 0.25), 2.5);
            assert_eq!(read(Reading::Interpolated, -1.0), 0.0);
            assert_eq!(read(Reading::Interpolated, 9.0), 40.0);
            assert_eq!(read(Reading::Extrapolated, -1.0), -10.0);
            assert_eq!((curve.read(Reading::Extrapolated, 4.0) - 70.0).abs() < 1e-3, true);
            assert_eq!(read(Reading::Backward, 0.99), 0.0);
            assert_eq!(read(Reading::Backward, 1.0), 10.0);
            assert_eq!(read(Reading::Forward, 0.01), 10.0);
            assert_eq!(read(Reading::Forward, 1.0), 10.0);
            assert_eq!(read(Reading::Exact, 0.5), NOT_AVAILABLE);
        }
    }

    #[test]
    fn a_step_takes_the_later_value() {
        let curve = Curve::new(&[0.0, 5.0, 5.0, 10.0], &[0.0, 0.0, 1.0, 1.0]);
        assert_eq!(curve.read(Reading::Interpolated, 4.999), 0.0);
        assert_eq!(curve.read(Reading::Interpolated, 5.0), 1.0);
    }
}
