//! Forecasts what is held back with every draw, and scores each point against the truth and the naive forecast.

use std::collections::BTreeMap;

use crate::random::Stream;

use super::super::posterior::Draw;
use super::super::scores::{Estimator, central_band, crps_ensemble, crps_normal_interval, pit};
use super::super::{CalibrationError, Drift, Observation, Problem};
use super::Options;
use super::report::{LEVELS, Point};

/// Keeps the streams of errors apart from those of starts and walkers, should the seeds be one.
const ERRORS: u64 = 1 << 32;

/// Scores the observations of `held`, forecast by draws that saw those of `known` alone. `split` is the split's index.
pub(super) fn score(
    split: usize,
    known: &Problem,
    held: &Problem,
    draws: &[Draw],
    options: &Options,
) -> Result<Vec<Point>, CalibrationError> {
    let draws = evenly(draws, options.members);
    let rows: Vec<Vec<f64>> = draws.iter().map(|draw| draw.values.clone()).collect();
    let runs = held.run(&rows);
    let naive = naive_forecasts(known);
    let mut stream = Stream::new(options.seed, ERRORS + split as u64);
    let point = |(place, seen): (usize, &Observation)| {
        let with_error = |(run, draw): (&Vec<f64>, &&Draw)| {
            let error = seen.sd() * draw.noise * options.noise.errors.draw(&mut stream);
            run.get(place).map_or(f64::NAN, |value| value + error)
        };
        let mut members: Vec<f64> = runs.iter().zip(&draws).map(with_error).collect();
        members.retain(|member| member.is_finite());
        if members.len() < 2 {
            return Err(CalibrationError::NoFiniteRun);
        }
        let distances: Vec<f64> = members.iter().map(|member| seen.signed_distance(*member)).collect();
        let bands = LEVELS.map(|level| central_band(&members, level));
        let naive = naive.get(&seen.series()).map(|drift| drift.at(seen.time()));
        Ok(Point {
            split,
            observation: place,
            series: seen.series(),
            sd: seen.sd(),
            bands,
            covered: bands.map(|(low, high)| low <= seen.high() && seen.low() <= high),
            crps: crps_ensemble(&distances, 0.0, Estimator::Fair),
            naive_crps: naive.map(|spread| crps_normal_interval(spread.mean, spread.sd, seen.low(), seen.high())),
            pit: seen.is_exact().then(|| pit(&members, seen.low())),
            lost: draws.len() - members.len(),
        })
    };
    held.counted().map(point).collect()
}

/// A drift forecast for each series that has three known times or more; open intervals have no value and are left out.
fn naive_forecasts(known: &Problem) -> BTreeMap<usize, Drift> {
    let mut points: BTreeMap<usize, Vec<(f64, f64)>> = BTreeMap::new();
    for (_, seen) in known.counted() {
        if let Some(value) = seen.middle() {
            points.entry(seen.series()).or_default().push((seen.time(), value));
        }
    }
    points.into_iter().filter_map(|(series, points)| Some((series, Drift::fit(&points)?))).collect()
}

/// At most `members` of the draws, as far apart as they go.
fn evenly(draws: &[Draw], members: usize) -> Vec<&Draw> {
    let count = members.min(draws.len());
    (0..count).filter_map(|number| draws.get(number * draws.len() / count)).collect()
}
