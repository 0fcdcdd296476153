//! What a backtest found: point by point, series by series, and in all.

use std::collections::BTreeMap;

use super::super::optimise::Fit;
use super::super::posterior::Summary;
use super::Split;

/// The central bands whose coverage is told.
pub const LEVELS: [f64; 3] = [0.5, 0.8, 0.95];

/// The fit of one split, to see whether its forecast is to be trusted.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// What was fitted and held back.
    pub split: Split,
    /// The best fit.
    pub fit: Fit,
    /// The posterior's summaries, with R-hat.
    pub summaries: Vec<Summary>,
}

/// One held-back observation.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Index of the split.
    pub split: usize,
    /// Index of the observation in the problem.
    pub observation: usize,
    /// Index of its series.
    pub series: usize,
    /// Its standard deviation, in the unit of the series.
    pub sd: f64,
    /// The forecast's central bands at [`LEVELS`], low and high.
    pub bands: [(f64, f64); 3],
    /// Whether each band holds the value, or touches the interval.
    pub covered: [bool; 3],
    /// Fair CRPS of the ensemble, in the unit of the series; of the distance to the interval for an interval.
    pub crps: f64,
    /// The same for the drift forecast; `None` when its series has fewer than 3 known times.
    pub naive_crps: Option<f64>,
    /// Where the value fell in the ensemble; `None` for an interval.
    pub pit: Option<f64>,
    /// Members left out because their value is not finite.
    pub lost: usize,
}

/// Scores of several points.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Points scored.
    pub points: usize,
    /// How many the bands at [`LEVELS`] covered.
    pub covered: [usize; 3],
    /// Mean CRPS in standard deviations of the observations, so that series of different units add up.
    pub crps: f64,
    /// Points that also have a naive forecast.
    pub compared: usize,
    /// 1 − CRPS / naive CRPS over the points compared, each in standard deviations: 1 is perfect, 0 no better than naive,
    /// negative worse. `None` when nothing is compared or the naive forecast is perfect.
    pub skill: Option<f64>,
}

/// What a backtest found.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// One for each split, in order.
    pub trials: Vec<Trial>,
    /// Every held-back observation, by split, then in the order of the observations.
    pub points: Vec<Point>,
    /// Scores of each series by its index.
    pub series: BTreeMap<usize, Score>,
    /// Scores of all points.
    pub overall: Score,
}

impl Report {
    pub(super) fn new(trials: Vec<Trial>, points: Vec<Point>) -> Self {
        let mut grouped: BTreeMap<usize, Vec<&Point>> = BTreeMap::new();
        for point in &points {
            grouped.entry(point.series).or_default().push(point);
        }
        let series = grouped.into_iter().map(|(series, points)| (series, Score::of(&points))).collect();
        let overall = Score::of(&points.iter().collect::<Vec<_>>());
        Self { trials, points, series, overall }
    }
}

impl Score {
    /// NaN `crps` for no points.
    fn of(points: &[&Point]) -> Self {
        let mut covered = [0; 3];
        let (mut all, mut own, mut naive, mut compared) = (0.0, 0.0, 0.0, 0);
        for point in points {
            covered.iter_mut().zip(point.covered).for_each(|(count, hit)| *count += usize::from(hit));
            all += point.crps / point.sd;
            if let Some(naive_crps) = point.naive_crps {
                own += point.crps / point.sd;
                naive += naive_crps / point.sd;
                compared += 1;
            }
        }
        let skill = (naive > 0.0).then(|| 1.0 - own / naive);
        Self { points: points.len(), covered, crps: all / points.len() as f64, compared, skill }
    }
}
