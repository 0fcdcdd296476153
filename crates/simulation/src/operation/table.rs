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
    points: Vec<Point>,
    guide: Option<Guide>,
}

/// A point and the slope of the line to the next; the last has none.
#[derive(Clone, Copy, Debug, Default)]
struct Point {
    x: f64,
    y: f64,
    slope: f64,
}

/// Where to look first: the range of x cut into equal cells with one point in each at most, and for each cell the
/// last point before it. One comparison more and the point is found, whatever the distances between points are.
///
/// Lists are as long as the numbers that look into them can be large, so that no look needs to be checked.
#[derive(Clone, Debug)]
struct Guide {
    first: f64,
    last: f64,
    cells_in_a_unit: f64,
    before: Box<[u8; CELLS]>,
    points: Box<[Point; POINTS]>,
}

/// More cells than this and searching by halves is as good.
const CELLS: usize = 256;
/// Places for points: 63 and the one after the last. A number below 64 looks into them.
const POINTS: usize = 64;

impl Guide {
    fn new(points: &[Point]) -> Option<Self> {
        let (first, last) = (points.first()?.x, points.last()?.x);
        if points.len() >= POINTS || last <= first {
            return None;
        }
        let nowhere = Point { x: f64::INFINITY, ..Point::default() };
        let mut list = Box::new([nowhere; POINTS]);
        list.iter_mut().zip(points).for_each(|(slot, point)| *slot = *point);
        let fits = |cells: usize| {
            let cells_in_a_unit = cells as f64 / (last - first);
            let guide = Self { first, last, cells_in_a_unit, before: Box::new([0; CELLS]), points: list.clone() };
            guide.filled(points)
        };
        // The end of the range falls into a cell of its own.
        [7, 15, 31, 63, 127, CELLS - 1].into_iter().find_map(fits)
    }

    /// Counts points by the very arithmetic that looks them up, so that rounding cannot part the two.
    fn filled(mut self, points: &[Point]) -> Option<Self> {
        let mut inside = [0_u8; CELLS];
        for point in points {
            *inside.get_mut(self.cell(point.x))? += 1;
        }
        let mut passed = 0_u8;
        for (before, inside) in self.before.iter_mut().zip(&inside) {
            *before = passed.saturating_sub(1);
            passed += inside;
        }
        let single = inside.iter().all(|count| *count <= 1);
        (single && self.cells_in_a_unit.is_finite()).then_some(self)
    }

    /// Rounds by adding 2^52, which leaves the whole number in the lowest bits: one addition for several runs at once.
    #[inline(always)]
    fn cell(&self, x: f64) -> usize {
        const ROUNDER: f64 = 4_503_599_627_370_496.0;
        ((x - self.first) * self.cells_in_a_unit + ROUNDER).to_bits() as usize % CELLS
    }

    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "numbers below the lengths of both lists, by the remainders")]
    fn read(&self, x: f64) -> f64 {
        // Comparisons this way round carry NaN through.
        let inside = if x < self.first { self.first } else { x };
        let inside = if inside > self.last { self.last } else { inside };
        let before = usize::from(self.before[self.cell(inside)]) % POINTS;
        let next = (before + 1) % POINTS;
        let point = &self.points[if inside >= self.points[next].x { next } else { before }];
        point.y + point.slope * (inside - point.x)
    }
}

impl Curve {
    /// Points that rise; the caller has seen to that.
    pub(crate) fn new(x: &[f64], y: &[f64]) -> Self {
        let mut points: Vec<Point> = x.iter().zip(y).map(|(x, y)| Point { x: *x, y: *y, slope: 0.0 }).collect();
        let slopes: Vec<f64> = points.iter().zip(points.iter().skip(1)).map(|(a, b)| slope(a, b)).collect();
        points.iter_mut().zip(slopes).for_each(|(point, slope)| point.slope = slope);
        let guide = Guide::new(&points);
        Self { points, guide }
    }

    pub(crate) fn of(table: &Table) -> Self {
        Self::new(&table.x, &table.y)
    }

    /// The same points with x and y exchanged; where y falls they are taken from the other end.
    pub(crate) fn inverted(&self) -> Self {
        let mut points: Vec<_> = self.points.iter().map(|point| (point.y, point.x)).collect();
        if points.first().zip(points.last()).is_some_and(|(first, last)| first.0 > last.0) {
            points.reverse();
        }
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (x, y): (Vec<_>, Vec<_>) = points.into_iter().unzip();
        Self::new(&x, &y)
    }

    /// Equal curves have equal keys.
    pub(crate) fn key(&self) -> Vec<u64> {
        self.points.iter().flat_map(|point| [point.x.to_bits(), point.y.to_bits()]).collect()
    }

    /// The values on the lines between the points, the end values beyond: what nearly all graphical functions do.
    #[inline(always)]
    pub(crate) fn interpolate<const W: usize>(&self, x: &[f64; W], to: &mut [f64; W]) {
        match &self.guide {
            Some(guide) => *to = x.map(|x| guide.read(x)),
            None => *to = x.map(|x| self.read(Reading::Interpolated, x)),
        }
    }

    #[cfg(test)]
    fn interpolated(&self, x: f64) -> f64 {
        match &self.guide {
            Some(guide) => guide.read(x),
            None => self.read(Reading::Interpolated, x),
        }
    }

    /// The value at `x`.
    #[inline(never)]
    pub(crate) fn read(&self, reading: Reading, x: f64) -> f64 {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else { return NOT_AVAILABLE };
        if x.is_nan() {
            return f64::NAN;
        }
        if reading == Reading::Before {
            let passed = self.points.partition_point(|point| point.x < x).min(self.points.len() - 1);
            return self.points.get(passed.saturating_sub(1)).map_or(first.y, |point| point.y);
        }
        let reached = self.points.partition_point(|point| point.x <= x);
        let Some(point) = reached.checked_sub(1).and_then(|place| self.points.get(place)) else {
            return match reading {
                Reading::Exact => NOT_AVAILABLE,
                Reading::Extrapolated => first.y + first.slope * (x - first.x),
                _ => first.y,
            };
        };
        if point.x == x {
            return point.y;
        }
        match reading {
            Reading::Exact => NOT_AVAILABLE,
            Reading::Forward => self.points.get(reached).map_or(last.y, |next| next.y),
            Reading::Extrapolated if reached == self.points.len() => {
                let slope = reached.checked_sub(2).and_then(|place| self.points.get(place)).map_or(0.0, |p| p.slope);
                point.y + slope * (x - point.x)
            }
            Reading::Interpolated | Reading::Extrapolated => point.y + point.slope * (x - point.x),
            Reading::Backward | Reading::Before => point.y,
        }
    }

    /// First and last moment with a value.
    pub(crate) fn ends(&self) -> Option<(f64, f64)> {
        Some((self.points.first()?.x, self.points.last()?.x))
    }
}

fn slope(from: &Point, to: &Point) -> f64 {
    if to.x == from.x { 0.0 } else { (to.y - from.y) / (to.x - from.x) }
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
            assert!((curve.read(Reading::Extrapolated, 4.0) - 70.0).abs() < 1e-3);
            assert_eq!(read(Reading::Backward, 0.99), 0.0);
            assert_eq!(read(Reading::Backward, 1.0), 10.0);
            assert_eq!(read(Reading::Forward, 0.01), 10.0);
            assert_eq!(read(Reading::Forward, 1.0), 10.0);
            assert_eq!(curve.read(Reading::Exact, 0.5), NOT_AVAILABLE);
            for x in [-1.0, 0.0, 0.25, 1.0, 1.5, 2.0, 2.9, 3.0, 3.000001, 9.0] {
                assert_eq!(curve.interpolated(x), curve.read(Reading::Interpolated, x), "{x}");
            }
            assert!(curve.interpolated(f64::NAN).is_nan());
        }
    }

    #[test]
    fn a_step_takes_the_later_value() {
        let curve = Curve::new(&[0.0, 5.0, 5.0, 10.0], &[0.0, 0.0, 1.0, 1.0]);
        assert_eq!(curve.read(Reading::Interpolated, 4.999), 0.0);
        assert_eq!(curve.read(Reading::Interpolated, 5.0), 1.0);
    }
}
