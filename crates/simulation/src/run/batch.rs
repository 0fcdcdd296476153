//! Many runs of one model, block by block and spread over threads, in windows of a few moments at a time.
//!
//! Ten thousand runs of twenty outputs at four hundred moments are 640 MB. So all runs are carried over a window of
//! moments, what they gave is used, and the next window begins where each run was left: what is kept between windows
//! is only what the states hold.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};

use super::machine::{Machine, Snapshot};
use super::simulation::Simulation;
use crate::matrix::Matrix;

/// Runs side by side in one block. Eight fill the widest registers of today's processors; the results do not depend
/// on it.
pub(super) const WIDTH: usize = 8;

/// Cells of one window over all threads: 32 MB.
const WINDOW_CELLS: usize = 4_000_000;

/// What can be said to a batch while it runs, and what it says.
#[derive(Clone, Copy)]
pub struct Control<'a> {
    /// Set by anyone to stop the work at the next window.
    pub cancelled: &'a AtomicBool,
    /// Called now and then with the share that is done, 0 to 1.
    pub progress: &'a (dyn Fn(f64) + Sync),
}

impl Control<'_> {
    /// Neither stopped nor watched.
    #[must_use]
    pub fn none() -> Self {
        static NEVER: AtomicBool = AtomicBool::new(false);
        Control { cancelled: &NEVER, progress: &|_| {} }
    }
}

/// The work was stopped before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("没有运行完就停了 / stopped before the end")]
pub struct Cancelled;

/// Runs of a model: a row of parameters for each.
#[derive(Clone, Copy)]
pub struct Batch<'a> {
    /// The model; the columns of `rows` are what it was compiled to vary.
    pub simulation: &'a Simulation,
    /// One row for each run.
    pub rows: &'a Matrix,
    /// Decides every random draw; run `i` draws the same in a batch of any size.
    pub seed: u64,
    /// All runs draw the same (common random numbers), so that they differ by their parameters alone.
    pub common_random_numbers: bool,
    /// How to stop it and watch it.
    pub control: Control<'a>,
}

/// What all runs gave at a few moments.
pub(super) struct Window<'w> {
    /// The first of the kept moments.
    pub(super) first: usize,
    /// How many.
    pub(super) moments: usize,
    parts: &'w [Part],
}

/// The runs that one thread has in hand.
struct Part {
    first_run: usize,
    runs: usize,
    blocks: Vec<Option<Snapshot<WIDTH>>>,
    /// For each moment and output of the window a value for each run.
    cells: Vec<f64>,
}

impl Window<'_> {
    /// The values of an output at a moment of the window, for all runs, in pieces.
    pub(super) fn column(&self, moment: usize, output: usize, outputs: usize) -> impl Iterator<Item = (usize, &[f64])> {
        self.parts.iter().map(move |part| {
            let start = (moment * outputs + output) * part.runs;
            (part.first_run, part.cells.get(start..start + part.runs).unwrap_or_default())
        })
    }
}

impl Batch<'_> {
    /// Carries all runs through all moments and shows what they gave, window by window.
    ///
    /// # Errors
    /// When it was stopped.
    pub(super) fn windows(&self, mut show: impl FnMut(&Window<'_>)) -> Result<(), Cancelled> {
        let simulation = self.simulation;
        let runs = self.rows.row_count();
        let outputs = simulation.outputs.len().max(1);
        let moments = simulation.moments();
        let at_once = (WINDOW_CELLS / (runs * outputs)).clamp(1, moments);
        let mut parts = self.parts(at_once * outputs);
        let blocks: usize = parts.iter().map(|part| part.blocks.len()).sum();
        let windows = moments.div_ceil(at_once);
        let done = AtomicUsize::new(0);
        let mut first = 0;
        while first < moments {
            let count = at_once.min(moments - first);
            parts.par_iter_mut().with_max_len(1).for_each(|part| {
                let mut machine = Machine::new(&simulation.program, simulation.start, simulation.step);
                for block in 0..part.blocks.len() {
                    if self.control.cancelled.load(Ordering::Relaxed) {
                        return;
                    }
                    self.advance(&mut machine, part, block, count);
                    let steps = done.fetch_add(1, Ordering::Relaxed) + 1;
                    (self.control.progress)(steps as f64 / (blocks * windows) as f64);
                }
            });
            if self.control.cancelled.load(Ordering::Relaxed) {
                return Err(Cancelled);
            }
            show(&Window { first, moments: count, parts: &parts });
            first += count;
        }
        Ok(())
    }

    /// Divides the runs: a few parts for each thread, so that none waits long for another.
    fn parts(&self, cells_a_run: usize) -> Vec<Part> {
        let runs = self.rows.row_count();
        let blocks = runs.div_ceil(WIDTH);
        let wanted = (rayon::current_num_threads() * 4).clamp(1, blocks.max(1));
        let each = blocks.div_ceil(wanted) * WIDTH;
        let part = |first_run: usize| {
            let count = each.min(runs - first_run);
            let blocks = (0..count.div_ceil(WIDTH)).map(|_| None).collect();
            Part { first_run, runs: count, blocks, cells: vec![0.0; cells_a_run * count] }
        };
        (0..runs).step_by(each.max(1)).map(part).collect()
    }

    /// Carries one block through some moments and writes down what it gave.
    fn advance(&self, machine: &mut Machine<'_, WIDTH>, part: &mut Part, block: usize, moments: usize) {
        let simulation = self.simulation;
        let outputs = simulation.outputs.len();
        let offset = block * WIDTH;
        let first_run = part.first_run + offset;
        let last_run = part.first_run + part.runs - 1;
        // Places beyond the last run repeat it; what they give is not written down.
        let rows: [Vec<f64>; WIDTH] =
            std::array::from_fn(|run| simulation.filled(self.rows.row((first_run + run).min(last_run))));
        let seeds = std::array::from_fn(|run| match self.common_random_numbers {
            true => self.seed,
            false => super::simulation::seed_of(self.seed, (first_run + run).min(last_run)),
        });
        machine.prepare(seeds, |place, run| rows.get(run).and_then(|row| row.get(place)).copied().unwrap_or(f64::NAN));
        match part.blocks.get_mut(block).and_then(Option::take) {
            Some(snapshot) => machine.restore(snapshot),
            None => machine.begin(),
        }
        let width = WIDTH.min(part.runs - offset);
        let mut kept = 0;
        loop {
            let step = machine.step as usize;
            let keep = simulation.is_kept(step);
            machine.look(keep);
            if keep {
                for output in 0..outputs {
                    let start = (kept * outputs + output) * part.runs + offset;
                    let cells = part.cells.get_mut(start..start + width).unwrap_or_default();
                    cells.iter_mut().zip(machine.output(output)).for_each(|(cell, value)| *cell = value);
                }
                kept += 1;
            }
            if step < simulation.steps {
                machine.carry(simulation.method);
            }
            if kept == moments || step >= simulation.steps {
                break;
            }
        }
        if let Some(place) = part.blocks.get_mut(block) {
            *place = Some(machine.snapshot());
        }
    }
}
