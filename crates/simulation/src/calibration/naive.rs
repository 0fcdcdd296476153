//! The forecast to beat: the last value, and the average change goes on.

/// Random walk with drift (Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, 5.2 and 5.5):
/// value `y_T + c·h`, standard deviation `σ·√(h(1 + h/(T − 1)))`. For uneven times `T − 1` is the time spanned, and the
/// variance of a change is `σ²` for each unit of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drift {
    last: (f64, f64),
    span: f64,
    slope: f64,
    variance: f64,
}

/// A normal forecast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Mean, in the unit of the series.
    pub mean: f64,
    /// Standard deviation, 0 or more.
    pub sd: f64,
}

impl Drift {
    /// Fits (time, value) pairs in any order. Values of one time are averaged. `None` with fewer than 3 times, since the
    /// drift takes one of the changes, or when a number is not finite.
    #[must_use]
    pub fn fit(points: &[(f64, f64)]) -> Option<Self> {
        if !points.iter().all(|(time, value)| time.is_finite() && value.is_finite()) {
            return None;
        }
        let points = one_for_each_time(points);
        let (first, last) = (points.first().copied()?, points.last().copied()?);
        let freedom = points.len().checked_sub(2).filter(|freedom| *freedom > 0)?;
        let span = last.0 - first.0;
        let slope = (last.1 - first.1) / span;
        let squared = |(from, to): (&(f64, f64), &(f64, f64))| {
            let (time, rest) = (to.0 - from.0, to.1 - from.1 - slope * (to.0 - from.0));
            rest * rest / time
        };
        let squares: f64 = points.iter().zip(points.iter().skip(1)).map(squared).sum();
        Some(Self { last, span, slope, variance: squares / freedom as f64 })
    }

    /// The forecast at a time; before the last time it is the last value without spread.
    #[must_use]
    pub fn at(&self, time: f64) -> Spread {
        let ahead = (time - self.last.0).max(0.0);
        let sd = libm::sqrt(self.variance * ahead * (1.0 + ahead / self.span));
        Spread { mean: self.last.1 + self.slope * ahead, sd }
    }
}

fn one_for_each_time(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let same_time = sorted.chunk_by(|a, b| a.0 == b.0);
    let average = |group: &[(f64, f64)]| {
        let time = group.first().map(|(time, _)| *time)?;
        Some((time, group.iter().map(|(_, value)| value).sum::<f64>() / group.len() as f64))
    };
    same_time.filter_map(average).collect()
}

#[cfg(test)]
mod tests {
    use super::Drift;

    #[test]
    fn the_textbook_formula_by_hand() {
        // Changes 1, 3, 2, 6: drift 3, residuals −2, 0, −1, 3, sum of squares 14, divided by 5 − 2.
        let values = [10.0, 11.0, 14.0, 16.0, 22.0];
        let points: Vec<(f64, f64)> = values.iter().enumerate().map(|(year, value)| (year as f64, *value)).collect();
        let forecast = Drift::fit(&points).unwrap().at(6.0);
        assert!((forecast.mean - 28.0).abs() < 1e-12);
        assert!((forecast.sd - (14.0_f64 / 3.0 * 2.0 * (1.0 + 2.0 / 4.0)).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn too_little_is_nothing() {
        for points in [vec![], vec![(0.0, 1.0), (1.0, 2.0)], vec![(0.0, 1.0); 5], vec![(0.0, f64::NAN); 3]] {
            assert_eq!(Drift::fit(&points), None);
        }
        // A straight line has no spread.
        let line = Drift::fit(&[(3.0, 6.0), (0.0, 0.0), (1.0, 2.0)]).unwrap();
        assert_eq!((line.at(5.0).mean, line.at(5.0).sd), (10.0, 0.0));
    }
}
