//! Would it have known? Fits what was known up to a time, forecasts what came after, and scores the forecast against the
//! truth and against a naive one.
//!
//! The forecast of an observation is its predictive ensemble: model value of each posterior draw plus one draw of its
//! measurement error. An interval counts by the distance to it: inside costs nothing, and a band covers it when the two
//! touch.

mod forecast;
mod report;

#[cfg(test)]
mod tests;

pub use report::{LEVELS, Point, Report, Score, Trial};

use super::optimise::{self, fit};
use super::posterior::{self, sample};
use super::{CalibrationError, ErrorModel, Loss, Noise, Observation, Problem, Watch};
use forecast::score;

/// Ends of the fit that lose less than this to the best start an ensemble; others would trap it where the data say no.
pub const PLAUSIBLE: f64 = 10.0;

/// What is fitted and what is held back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// Observations up to this time are fitted.
    pub origin: f64,
    /// Those after it, up to `origin + horizon`, are held back; ∞ for all.
    pub horizon: f64,
}

/// Holds back the last `years`, in the model's unit of time; `None` for no observations.
#[must_use]
pub fn hold_back(observations: &[Observation], years: f64) -> Option<Split> {
    let last = observations.iter().map(Observation::time).max_by(f64::total_cmp)?;
    Some(Split { origin: last - years, horizon: f64::INFINITY })
}

/// Rolling origins: `count` splits, `step` apart, each held back over `horizon`.
#[must_use]
pub fn rolling(first: f64, step: f64, count: usize, horizon: f64) -> Vec<Split> {
    (0..count).map(|number| Split { origin: first + step * number as f64, horizon }).collect()
}

/// How to test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Loss of the fit that finds where to sample; best the one that goes with the noise.
    pub loss: Loss,
    /// Errors of the likelihood and of the forecast.
    pub noise: Noise,
    /// The search.
    pub search: optimise::Options,
    /// The sampling.
    pub sampling: posterior::Options,
    /// Members of the forecast at most, at least 2, taken evenly from the draws.
    pub members: usize,
    /// Seed of the errors in the forecast.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            loss: Loss::Squared,
            noise: Noise { errors: ErrorModel::Gaussian, factor: None },
            search: optimise::Options::default(),
            sampling: posterior::Options::default(),
            members: 1_000,
            seed: 0,
        }
    }
}

/// Tests the problem on each split. Observations that do not count in `problem` are neither fitted nor scored. The model
/// must not itself know what is held back.
///
/// # Errors
/// [`CalibrationError::NothingToFit`] and [`CalibrationError::NothingHeldBack`], also for a split that is not a number;
/// [`CalibrationError::NoFiniteRun`] when fewer than 2 members forecast a finite value; those of [`fit`] and [`sample`].
pub fn backtest(
    problem: &Problem,
    splits: &[Split],
    options: &Options,
    watch: Watch,
) -> Result<Report, CalibrationError> {
    if options.members < 2 {
        return Err(CalibrationError::BadSetting { name: "members", value: options.members as f64 });
    }
    let (mut trials, mut points) = (Vec::new(), Vec::new());
    for (number, split) in splits.iter().enumerate() {
        let (trial, scored) = test(problem, number, *split, options, watch)?;
        trials.push(trial);
        points.extend(scored);
    }
    Ok(Report::new(trials, points))
}

fn test(
    problem: &Problem,
    number: usize,
    split: Split,
    options: &Options,
    watch: Watch,
) -> Result<(Trial, Vec<Point>), CalibrationError> {
    let Split { origin, horizon } = split;
    let known =
        problem.counting(|seen| seen.time() <= origin).map_err(|_| CalibrationError::NothingToFit { origin })?;
    let later = |seen: &Observation| seen.time() > origin && seen.time() <= origin + horizon;
    let held = problem.counting(later).map_err(|_| CalibrationError::NothingHeldBack { origin })?;

    let fit = fit(&known, options.loss, &options.search, watch)?;
    let starts: Vec<Vec<f64>> = fit.near_best(PLAUSIBLE).map(|end| end.point.clone()).collect();
    let posterior = sample(&known, options.noise, &starts, &options.sampling, watch)?;
    let points = score(number, &known, &held, &posterior.draws, options)?;
    Ok((Trial { split, fit, summaries: posterior.summaries }, points))
}
