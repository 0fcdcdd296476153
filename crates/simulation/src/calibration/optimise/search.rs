//! Runs all starts side by side, so that one batch holds a step of every start, and keeps the budget.

use super::super::{CalibrationError, Phase, Progress, Watch};
use super::evolution::Population;
use super::polish::Simplex;

/// Starts, and members of one, at most: beyond it memory gives out before anything can be stopped.
const MOST: usize = 4_096;

/// How to search. Deterministic: the same options give the same ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Independent starts, from 1 to 4096.
    pub starts: usize,
    /// Members of each start's population, from 4 to 4096; 0 takes 8 for each parameter, from 16 to 64.
    pub population: usize,
    /// Generations of each start at most.
    pub generations: usize,
    /// Moves of each simplex at most.
    pub polish: usize,
    /// Model runs over all starts at most. The global phase leaves a quarter of them to the polish.
    pub evaluations: usize,
    /// Size in the unit cube below which a population or simplex counts as one point; above 0, below 1.
    pub tolerance: f64,
    /// Seed of every draw.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            starts: 8,
            population: 0,
            generations: 200,
            polish: 1_000,
            evaluations: 100_000,
            tolerance: 1e-9,
            seed: 0,
        }
    }
}

/// Why a start ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The simplex shrank to a point, and starting it afresh gave nothing more.
    Converged,
    /// The simplex used up its moves.
    Moves,
    /// The model runs were used up.
    Budget,
}

/// Where one start ended.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// The place: in the unit cube from [`minimise`], as parameter values from [`super::fit`].
    pub point: Vec<f64>,
    /// Its loss; infinite when the start never met a finite one.
    pub loss: f64,
    /// Why it ended.
    pub stop: Stop,
}

/// A batch of points of the unit cube to one loss each. NaN and missing ones count as infinite.
pub(super) type Evaluate<'a> = &'a dyn Fn(&[Vec<f64>]) -> Vec<f64>;

/// One start's part in a batch.
pub(super) trait Searcher {
    /// Points it wants evaluated; none when it has ended.
    fn propose(&mut self) -> Vec<Vec<f64>>;
    /// Takes the points it proposed with their losses.
    fn accept(&mut self, answered: Vec<(Vec<f64>, f64)>);
    /// Its best point so far.
    fn best(&self) -> (Vec<f64>, f64);
}

/// Minimises a function over the unit cube of `dimensions` from several starts; one end for each, in order.
///
/// # Errors
/// [`CalibrationError::NoParameters`], [`CalibrationError::BadSetting`], [`CalibrationError::Cancelled`].
pub fn minimise(
    evaluate: &dyn Fn(&[Vec<f64>]) -> Vec<f64>,
    dimensions: usize,
    options: &Options,
    watch: Watch,
) -> Result<Vec<End>, CalibrationError> {
    check(dimensions, options)?;
    let size = if options.population == 0 { (8 * dimensions).clamp(16, 64) } else { options.population };
    let mut budget = options.evaluations - options.evaluations / 4;
    let mut populations: Vec<Population> = (0..options.starts as u64)
        .map(|number| Population::new(dimensions, size, options.tolerance, options.seed, number))
        .collect();
    // One round more than generations: the first only evaluates the members.
    let rounds = options.generations.saturating_add(1);
    advance(&mut populations, evaluate, &mut budget, (Phase::Search, rounds), watch)?;

    budget += options.evaluations / 4;
    let mut simplices: Vec<Simplex> =
        populations.iter().map(|population| Simplex::new(population.best(), options.tolerance)).collect();
    let in_budget = advance(&mut simplices, evaluate, &mut budget, (Phase::Polish, options.polish), watch)?;
    let end = |simplex: &Simplex| {
        let (point, loss) = simplex.best();
        let stop = match (simplex.converged(), in_budget) {
            (true, _) => Stop::Converged,
            (false, true) => Stop::Moves,
            (false, false) => Stop::Budget,
        };
        End { point, loss, stop }
    };
    Ok(simplices.iter().map(end).collect())
}

/// Steps all searchers together until all have ended or the rounds or the budget are used up. False: the budget was.
fn advance(
    searchers: &mut [impl Searcher],
    evaluate: Evaluate,
    budget: &mut usize,
    (phase, rounds): (Phase, usize),
    watch: Watch,
) -> Result<bool, CalibrationError> {
    for round in 0..rounds {
        let proposals: Vec<Vec<Vec<f64>>> = searchers.iter_mut().map(Searcher::propose).collect();
        let batch: Vec<Vec<f64>> = proposals.iter().flatten().cloned().collect();
        if batch.is_empty() {
            return Ok(true);
        }
        let Some(left) = budget.checked_sub(batch.len()) else { return Ok(false) };
        *budget = left;
        let losses = evaluate(&batch).into_iter().map(|loss| if loss.is_nan() { f64::INFINITY } else { loss });
        let mut losses = losses.chain(std::iter::repeat(f64::INFINITY));
        for (searcher, points) in searchers.iter_mut().zip(proposals).filter(|(_, points)| !points.is_empty()) {
            searcher.accept(points.into_iter().zip(&mut losses).collect());
        }
        let best = searchers.iter().map(|searcher| searcher.best().1).fold(f64::INFINITY, f64::min);
        if watch(Progress { phase, done: round + 1, total: rounds, best }).is_break() {
            return Err(CalibrationError::Cancelled);
        }
    }
    Ok(true)
}

fn check(dimensions: usize, options: &Options) -> Result<(), CalibrationError> {
    let bad = |name, value| Err(CalibrationError::BadSetting { name, value });
    if dimensions == 0 {
        return Err(CalibrationError::NoParameters);
    }
    if !(1..=MOST).contains(&options.starts) {
        return bad("starts", options.starts as f64);
    }
    if options.population != 0 && !(4..=MOST).contains(&options.population) {
        return bad("population", options.population as f64);
    }
    if !(options.tolerance > 0.0 && options.tolerance < 1.0) {
        return bad("tolerance", options.tolerance);
    }
    Ok(())
}
