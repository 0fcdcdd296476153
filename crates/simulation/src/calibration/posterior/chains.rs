//! Runs the ensembles side by side in batches, and keeps what comes after the burn-in.

use super::super::{CalibrationError, Phase, Progress, Watch};
use super::stretch::Ensemble;

/// Ensembles, and walkers of one, at most: beyond it memory gives out before anything can be stopped.
const MOST: usize = 4_096;

/// How to sample. Deterministic: the same options give the same draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Independent ensembles, from 1 to 4096; with fewer than 2, R-hat sees less.
    pub ensembles: usize,
    /// Walkers of each ensemble: even, at least 4 and twice the dimensions, at most 4096; 0 takes 4 for each dimension, at
    /// least 16.
    pub walkers: usize,
    /// Steps thrown away.
    pub burn_in: usize,
    /// Steps after the burn-in, at least 1.
    pub steps: usize,
    /// Every how many steps the walkers are kept, from 1 to `steps`.
    pub thin: usize,
    /// Seed of every draw.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { ensembles: 4, walkers: 0, burn_in: 1_000, steps: 2_000, thin: 10, seed: 0 }
    }
}

/// What the walkers kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Chains {
    /// For each walker its points of the unit cube with their log densities, in time; ensemble after ensemble.
    pub walkers: Vec<Vec<(Vec<f64>, f64)>>,
    /// Share of proposed moves that were accepted, after the burn-in.
    pub acceptance: f64,
}

/// Samples a density over the unit cube of `dimensions`, given by its logarithm up to a constant, one for each point of a
/// batch; NaN and missing count as −∞. `starts`: as in [`super::sample`], but points of the unit cube.
///
/// # Errors
/// As [`super::sample`].
pub fn explore(
    log_density: &dyn Fn(&[Vec<f64>]) -> Vec<f64>,
    dimensions: usize,
    starts: &[Vec<f64>],
    options: &Options,
    watch: Watch,
) -> Result<Chains, CalibrationError> {
    let walkers = if options.walkers == 0 { (4 * dimensions).max(16) } else { options.walkers };
    check(dimensions, walkers, starts, options)?;
    let mut near = starts.iter().cycle();
    let mut ensembles: Vec<Ensemble> = (0..options.ensembles as u64)
        .map(|number| Ensemble::new(dimensions, walkers, near.next(), options.seed, number))
        .collect();
    let first = ensembles.iter().map(Ensemble::points).collect();
    let densities = together(log_density, first);
    ensembles.iter_mut().zip(densities).for_each(|(ensemble, densities)| ensemble.set(&densities));

    let mut kept = vec![Vec::new(); walkers * options.ensembles];
    let (mut accepted, mut proposed) = (0_usize, 0_usize);
    for (phase, total) in [(Phase::BurnIn, options.burn_in), (Phase::Sampling, options.steps)] {
        for step in 1..=total {
            let moved = advance(&mut ensembles, log_density);
            if phase == Phase::Sampling {
                accepted += moved;
                proposed += walkers * options.ensembles;
                if step % options.thin == 0 {
                    let now = ensembles.iter().flat_map(Ensemble::walkers);
                    kept.iter_mut().zip(now).for_each(|(trace, walker)| trace.push(walker.clone()));
                }
            }
            let best =
                ensembles.iter().flat_map(Ensemble::walkers).map(|walker| walker.1).fold(f64::NEG_INFINITY, f64::max);
            if watch(Progress { phase, done: step, total, best }).is_break() {
                return Err(CalibrationError::Cancelled);
            }
        }
    }
    let lost = |ensemble: &Ensemble| ensemble.walkers().all(|walker| walker.1 == f64::NEG_INFINITY);
    if ensembles.iter().any(lost) {
        return Err(CalibrationError::NoFiniteRun);
    }
    Ok(Chains { walkers: kept, acceptance: accepted as f64 / proposed as f64 })
}

/// One step of every ensemble; answers how many walkers moved.
fn advance(ensembles: &mut [Ensemble], log_density: &dyn Fn(&[Vec<f64>]) -> Vec<f64>) -> usize {
    let mut moved = 0;
    // The two halves move in turn, each along lines to the other, which stands still meanwhile.
    for _ in 0..2 {
        let moves = ensembles.iter_mut().map(Ensemble::propose).collect();
        let densities = together(log_density, moves);
        let accepted = ensembles.iter_mut().zip(densities).map(|(one, densities)| one.accept(&densities));
        moved += accepted.sum::<usize>();
    }
    moved
}

/// The densities of every ensemble's points in one batch. Points outside the cube have none and never reach the model.
fn together(log_density: &dyn Fn(&[Vec<f64>]) -> Vec<f64>, groups: Vec<Vec<Vec<f64>>>) -> Vec<Vec<f64>> {
    let inside = |point: &Vec<f64>| point.iter().all(|place| (0.0..=1.0).contains(place));
    let batch: Vec<Vec<f64>> = groups.iter().flatten().filter(|point| inside(point)).cloned().collect();
    let mut answers = if batch.is_empty() { Vec::new() } else { log_density(&batch) }.into_iter();
    let mut density = |point: &Vec<f64>| {
        let answer = if inside(point) { answers.next() } else { None };
        answer.filter(|density| *density < f64::INFINITY).unwrap_or(f64::NEG_INFINITY)
    };
    groups.iter().map(|points| points.iter().map(&mut density).collect()).collect()
}

fn check(dimensions: usize, walkers: usize, starts: &[Vec<f64>], options: &Options) -> Result<(), CalibrationError> {
    let bad = |name, value: usize| Err(CalibrationError::BadSetting { name, value: value as f64 });
    if dimensions == 0 {
        return Err(CalibrationError::NoParameters);
    }
    if !(1..=MOST).contains(&options.ensembles) {
        return bad("ensembles", options.ensembles);
    }
    if walkers > MOST {
        return bad("walkers", walkers);
    }
    if options.steps == 0 {
        return bad("steps", 0);
    }
    if options.thin == 0 || options.thin > options.steps {
        return bad("thin", options.thin);
    }
    if walkers < 4 || walkers < 2 * dimensions || walkers % 2 == 1 {
        return Err(CalibrationError::TooFewWalkers { walkers, dimensions });
    }
    match starts.iter().find(|start| start.len() != dimensions) {
        Some(start) => Err(CalibrationError::BadStart { given: start.len(), needed: dimensions }),
        None => Ok(()),
    }
}
