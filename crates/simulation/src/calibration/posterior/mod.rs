//! Every plausible fit instead of one best: draws from the posterior, with the numbers that say whether to trust them.
//!
//! Sampler: the affine-invariant stretch move of Goodman & Weare 2010. Against DE-MC (ter Braak 2006) it has no step
//! size to choose, and half of all walkers move in one batch. Several ensembles run independently, so that walkers stuck
//! in different places show in R-hat.
//!
//! Prior: uniform over each parameter's range, in its spacing (so uniform in the logarithm for a log spacing).

mod chains;
mod diagnostics;
mod stretch;

#[cfg(test)]
mod tests;

pub use chains::{Chains, Options, explore};
pub use diagnostics::{effective_size, r_hat};

use super::{CalibrationError, Noise, Observation, Problem, Watch};

/// One plausible setting of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Draw {
    /// Parameter values, in the order of the parameters.
    pub values: Vec<f64>,
    /// Factor on the observations' standard deviations; 1 when it is not sampled.
    pub noise: f64,
    /// Log posterior density in the unit cube, up to a constant.
    pub log_posterior: f64,
}

/// What the draws say about one parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The parameter's name; `None` for the noise factor, which comes last when it is sampled.
    pub name: Option<String>,
    /// Mean of the draws, in the parameter's unit.
    pub mean: f64,
    /// Standard deviation of the draws.
    pub sd: f64,
    /// Split R-hat: near 1 when all walkers saw the same; above 1.05 the draws are not to be trusted. Infinite when no
    /// walker ever moved, NaN when each kept fewer than 4 draws.
    pub r_hat: f64,
    /// How many independent draws these are worth for the mean. NaN with fewer than 4 draws a walker.
    pub effective: f64,
}

/// Draws from the posterior.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// The draws: by step, and within a step by walker. Walkers that had found no finite model value yet are left out
    /// here, but not from R-hat.
    pub draws: Vec<Draw>,
    /// One line for each parameter, then one for the noise factor if it is sampled.
    pub summaries: Vec<Summary>,
    /// Share of proposed moves that were accepted; below 0.1 the walkers hardly move.
    pub acceptance: f64,
}

/// Draws parameter values in proportion to how well they explain the observations that count. `starts`: parameter rows
/// round which the ensembles start, in turn, such as the ends of a fit; none spreads them over the whole prior.
///
/// # Errors
/// [`CalibrationError::BadSetting`], [`CalibrationError::TooFewWalkers`], [`CalibrationError::BadStart`],
/// [`CalibrationError::NoFiniteRun`] when all walkers of an ensemble end where the model gives nothing finite,
/// [`CalibrationError::Cancelled`].
pub fn sample(
    problem: &Problem,
    noise: Noise,
    starts: &[Vec<f64>],
    options: &Options,
    watch: Watch,
) -> Result<Posterior, CalibrationError> {
    noise.check()?;
    let count = problem.parameters().len();
    let mut units = starts.iter().map(|row| problem.unit(row)).collect::<Result<Vec<_>, _>>()?;
    if noise.factor.is_some() {
        units.iter_mut().for_each(|unit| unit.push(0.5));
    }
    let factor = |unit: &[f64]| noise.factor_at(unit.get(count).copied());
    let log_likelihood =
        |unit: &[f64], seen: &Observation, value: f64| noise.errors.log_likelihood(seen, factor(unit), value);
    let log_density = |points: &[Vec<f64>]| problem.sums(points, log_likelihood);
    let dimensions = count + usize::from(noise.factor.is_some());
    let chains = explore(&log_density, dimensions, &units, options, watch)?;

    let draw = |(unit, log_posterior): &(Vec<f64>, f64)| Draw {
        values: problem.values(unit),
        noise: factor(unit),
        log_posterior: *log_posterior,
    };
    let walkers: Vec<Vec<Draw>> = chains.walkers.iter().map(|walker| walker.iter().map(draw).collect()).collect();
    let names = problem.parameters().iter().map(|parameter| Some(parameter.name().to_owned()));
    let draws = by_step(&walkers);
    let of = |place: usize| move |draw: &Draw| draw.values.get(place).copied().unwrap_or(draw.noise);
    let summaries = (0..dimensions)
        .zip(names.chain([None]))
        .map(|(place, name)| summary(name, &walkers, &draws, of(place)))
        .collect();
    Ok(Posterior { draws, summaries, acceptance: chains.acceptance })
}

fn by_step(walkers: &[Vec<Draw>]) -> Vec<Draw> {
    let kept = walkers.first().map_or(0, Vec::len);
    let steps = (0..kept).flat_map(|step| walkers.iter().filter_map(move |walker| walker.get(step)));
    steps.filter(|draw| draw.log_posterior > f64::NEG_INFINITY).cloned().collect()
}

fn summary(name: Option<String>, walkers: &[Vec<Draw>], draws: &[Draw], of: impl Fn(&Draw) -> f64) -> Summary {
    let traces: Vec<Vec<f64>> = walkers.iter().map(|walker| walker.iter().map(&of).collect()).collect();
    let (mean, variance) = diagnostics::mean_and_variance(&draws.iter().map(&of).collect::<Vec<_>>());
    Summary { name, mean, sd: libm::sqrt(variance), r_hat: r_hat(&traces), effective: effective_size(&traces) }
}
