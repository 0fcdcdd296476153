//! Delays that users give as points: how many times the empty time a link takes at a saturation.

/// Straight lines between points of saturation (flow ÷ capacity) and factor, from 1 at 0; the last line goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    points: Vec<Point>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Point {
    saturation: f64,
    factor: f64,
    /// From here to the next point.
    slope: f64,
    /// Below the line, from 0 to here.
    area: f64,
}

/// Why points are no curve, with the place of the one that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// The first is not at saturation 0 with a factor of 1.
    Start,
    /// The saturation is not above that of the point before.
    NotRising(usize),
    /// The factor is below that of the point before.
    Falling(usize),
}

impl Curve {
    /// From pairs of saturation and factor.
    ///
    /// # Errors
    /// Where the first is not 0 and 1, saturations do not rise, or factors fall: there would be no one equilibrium.
    pub fn new(pairs: &[(f64, f64)]) -> Result<Self, Misfit> {
        if pairs.first() != Some(&(0.0, 1.0)) {
            return Err(Misfit::Start);
        }
        let mut points = vec![Point { saturation: 0.0, factor: 1.0, slope: 0.0, area: 0.0 }];
        for (place, (saturation, factor)) in pairs.iter().copied().enumerate().skip(1) {
            let Some(last) = points.last_mut() else { break };
            let width = saturation - last.saturation;
            if !(width > 0.0 && width.is_finite()) {
                return Err(Misfit::NotRising(place));
            }
            if !(factor >= last.factor && factor.is_finite()) {
                return Err(Misfit::Falling(place));
            }
            last.slope = (factor - last.factor) / width;
            let area = last.area + 0.5 * width * (factor + last.factor);
            let slope = last.slope;
            points.push(Point { saturation, factor, slope, area });
        }
        Ok(Self { points })
    }

    /// The point at or before a saturation, and how far beyond it that is.
    fn before(&self, saturation: f64) -> (Point, f64) {
        let place = self.points.partition_point(|point| point.saturation <= saturation).saturating_sub(1);
        let empty = Point { saturation: 0.0, factor: 1.0, slope: 0.0, area: 0.0 };
        let point = self.points.get(place).copied().unwrap_or(empty);
        (point, saturation - point.saturation)
    }

    /// Factor and slope at a saturation; at a point, the slope beyond it.
    #[inline]
    #[must_use]
    pub fn at(&self, saturation: f64) -> (f64, f64) {
        let (point, beyond) = self.before(saturation);
        (point.factor + point.slope * beyond, point.slope)
    }

    /// The greatest slope between two saturations.
    pub(crate) fn steepest(&self, low: f64, high: f64) -> f64 {
        let between = self.points.iter().filter(|point| point.saturation <= high).map(|point| point.slope);
        let skipped = self.points.partition_point(|point| point.saturation <= low).saturating_sub(1);
        between.skip(skipped).fold(0.0, f64::max)
    }

    /// The area below the curve from 0 to a saturation.
    #[must_use]
    pub fn area(&self, saturation: f64) -> f64 {
        let (point, beyond) = self.before(saturation);
        point.area + beyond * (point.factor + 0.5 * point.slope * beyond)
    }
}

#[cfg(test)]
mod tests {
    use super::{Curve, Misfit};

    #[test]
    fn lines_go_from_point_to_point_and_on() {
        let curve = Curve::new(&[(0.0, 1.0), (0.5, 1.0), (1.0, 2.0), (2.0, 6.0)]).unwrap();
        assert_eq!(
            [0.0, 0.25, 0.5, 0.75, 1.5, 3.0].map(|x| curve.at(x)),
            [(1.0, 0.0), (1.0, 0.0), (1.0, 2.0), (1.5, 2.0), (4.0, 4.0), (10.0, 4.0)]
        );
        // A rectangle, a trapezium, another, and the line that goes on.
        assert_eq!([0.5, 1.0, 2.0, 3.0].map(|x| curve.area(x)), [0.5, 1.25, 5.25, 13.25]);
        assert_eq!(Curve::new(&[(0.0, 1.0)]).unwrap().at(9.0), (1.0, 0.0));
    }

    #[test]
    fn what_is_no_curve_is_refused() {
        assert_eq!(Curve::new(&[]), Err(Misfit::Start));
        assert_eq!(Curve::new(&[(0.0, 2.0)]), Err(Misfit::Start));
        assert_eq!(Curve::new(&[(0.0, 1.0), (1.0, 2.0), (1.0, 3.0)]), Err(Misfit::NotRising(2)));
        assert_eq!(Curve::new(&[(0.0, 1.0), (1.0, 0.9)]), Err(Misfit::Falling(1)));
        assert_eq!(Curve::new(&[(0.0, 1.0), (f64::NAN, 2.0)]), Err(Misfit::NotRising(1)));
    }
}
