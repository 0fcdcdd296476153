//! What many runs come to: bands, probabilities, moments reached; or all of their values where there is room.

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use super::batch::{Batch, Cancelled, Window};
use super::quantiles::{key, quantiles};
use crate::matrix::Matrix;

/// A line that an output may cross.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// The number of the output.
    pub output: usize,
    /// The line.
    pub value: f64,
    /// Reached from below (at or above the line) or from above.
    pub at_least: bool,
    /// Until when, in the model's time; the end of the run where it is not said.
    pub by: Option<f64>,
}

/// What became of a threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// The share of runs that reached it in time; runs in which its output was no number count as not having reached it.
    pub probability: f64,
    /// The share of runs that hold it at the last moment in time.
    pub holding: f64,
    /// For each run the first moment at which it was reached; NaN where it was not.
    pub first: Vec<f64>,
}

/// Bands of one output: for each moment a value for each share asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    /// Moment by moment the values below which the shares of runs lie (linear between runs, Hyndman and Fan's type 7).
    pub quantiles: Vec<Vec<f64>>,
    /// The mean at each moment.
    pub mean: Vec<f64>,
    /// How many runs have a number at each moment.
    pub count: Vec<usize>,
}

/// A run that gave something that is no number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Broken {
    /// The run.
    pub run: usize,
    /// The moment from which one of its outputs is no number.
    pub time: f64,
    /// That output.
    pub output: usize,
}

/// What a batch came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// For each output.
    pub bands: Vec<Bands>,
    /// For each threshold asked for.
    pub crossings: Vec<Crossing>,
    /// Runs that broke off, in order.
    pub broken: Vec<Broken>,
    /// Runs in all.
    pub runs: usize,
}

impl Batch<'_> {
    /// Bands and probabilities, gathered while the runs go on; the memory needed does not grow with the moments.
    ///
    /// # Errors
    /// When it was stopped.
    pub fn summary(&self, shares: &[f64], thresholds: &[Threshold]) -> Result<Summary, Cancelled> {
        let times = self.simulation.times();
        let outputs = self.simulation.outputs.len();
        let runs = self.rows.row_count();
        let empty = Bands { quantiles: Vec::new(), mean: Vec::new(), count: Vec::new() };
        let mut bands = vec![empty; outputs];
        let mut broken: Vec<Option<Broken>> = vec![None; runs];
        let mut trackers: Vec<Tracker> = thresholds.iter().map(|threshold| Tracker::new(threshold, runs)).collect();
        self.windows(|window| {
            let cells: Vec<(usize, usize)> =
                (0..window.moments).flat_map(|moment| (0..outputs).map(move |output| (moment, output))).collect();
            let columns: Vec<(Vec<f64>, f64, usize)> = cells
                .into_par_iter()
                .map_init(Vec::new, |keys, (moment, output)| {
                    keys.clear();
                    // What each addition loses is kept beside the sum (Kahan): ten thousand equal runs have that mean.
                    let (mut sum, mut lost) = (0.0, 0.0);
                    for (_, piece) in window.column(moment, output, outputs) {
                        for value in piece.iter().filter(|value| value.is_finite()) {
                            keys.push(key(*value));
                            let added = value - lost;
                            let next = sum + added;
                            lost = (next - sum) - added;
                            sum = next;
                        }
                    }
                    let count = keys.len();
                    (quantiles(keys, shares), sum / count as f64, count)
                })
                .collect();
            for (place, (values, mean, count)) in columns.into_iter().enumerate() {
                let (moment, output) = (place / outputs.max(1), place % outputs.max(1));
                if count < runs {
                    let time = times.get(window.first + moment).copied().unwrap_or(f64::NAN);
                    note_broken(window.column(moment, output, outputs), &mut broken, time, output);
                }
                if let Some(bands) = bands.get_mut(output) {
                    bands.quantiles.push(values);
                    bands.mean.push(mean);
                    bands.count.push(count);
                }
            }
            for moment in 0..window.moments {
                let time = times.get(window.first + moment).copied().unwrap_or(f64::NAN);
                trackers.iter_mut().for_each(|tracker| tracker.look(window, moment, time, outputs));
            }
        })?;
        let share = |count: usize| count as f64 / runs as f64;
        let crossings = trackers
            .into_iter()
            .map(|Tracker { first, holding, .. }| Crossing {
                probability: share(first.iter().filter(|time| !time.is_nan()).count()),
                holding: share(holding.iter().filter(|holds| **holds).count()),
                first,
            })
            .collect();
        Ok(Summary { bands, crossings, broken: broken.into_iter().flatten().collect(), runs })
    }

    /// What sensitivity analysis looks at: a row for each run, a column for the value of each output at a kept moment,
    /// and one for each threshold: 1 where it was reached in time, 0 where not.
    ///
    /// # Errors
    /// When it was stopped.
    pub fn outcomes(&self, moment: usize, thresholds: &[Threshold]) -> Result<Vec<Vec<f64>>, Cancelled> {
        let times = self.simulation.times();
        let outputs = self.simulation.outputs.len();
        let mut rows = vec![vec![f64::NAN; outputs]; self.rows.row_count()];
        let mut trackers: Vec<Tracker> = thresholds.iter().map(|t| Tracker::new(t, rows.len())).collect();
        self.windows(|window| {
            for inside in 0..window.moments {
                let time = times.get(window.first + inside).copied().unwrap_or(f64::NAN);
                trackers.iter_mut().for_each(|tracker| tracker.look(window, inside, time, outputs));
            }
            let Some(inside) = moment.checked_sub(window.first).filter(|inside| *inside < window.moments) else {
                return;
            };
            for output in 0..outputs {
                for (start, piece) in window.column(inside, output, outputs) {
                    for (row, value) in rows.iter_mut().skip(start).zip(piece) {
                        if let Some(cell) = row.get_mut(output) {
                            *cell = *value;
                        }
                    }
                }
            }
        })?;
        for tracker in trackers {
            rows.iter_mut()
                .zip(tracker.first)
                .for_each(|(row, first)| row.push(if first.is_nan() { 0.0 } else { 1.0 }));
        }
        Ok(rows)
    }

    /// Everything: for each run the values of all outputs, moment by moment.
    ///
    /// # Errors
    /// When it was stopped.
    pub fn whole(&self) -> Result<Vec<Vec<f64>>, Cancelled> {
        let outputs = self.simulation.outputs.len();
        let mut runs = vec![Vec::with_capacity(outputs * self.simulation.moments()); self.rows.row_count()];
        self.windows(|window| {
            for moment in 0..window.moments {
                for output in 0..outputs {
                    for (start, piece) in window.column(moment, output, outputs) {
                        runs.iter_mut().skip(start).zip(piece).for_each(|(run, value)| run.push(*value));
                    }
                }
            }
        })?;
        Ok(runs)
    }
}

/// Watches one threshold over all runs.
struct Tracker<'t> {
    threshold: &'t Threshold,
    first: Vec<f64>,
    holding: Vec<bool>,
    /// Runs whose output was no number at some moment in time: they count as not having reached the line.
    broken: Vec<bool>,
}

impl<'t> Tracker<'t> {
    fn new(threshold: &'t Threshold, runs: usize) -> Self {
        Self { threshold, first: vec![f64::NAN; runs], holding: vec![false; runs], broken: vec![false; runs] }
    }

    fn look(&mut self, window: &Window<'_>, moment: usize, time: f64, outputs: usize) {
        let Threshold { output, value: level, at_least, by } = self.threshold;
        if by.is_some_and(|by| time > by + 1e-9 * by.abs()) {
            return;
        }
        for (start, piece) in window.column(moment, *output, outputs) {
            let tracked = self.first.iter_mut().zip(&mut self.holding).zip(&mut self.broken).skip(start);
            for (value, ((first, holding), broken)) in piece.iter().zip(tracked) {
                *broken |= !value.is_finite();
                *holding = !*broken && if *at_least { value >= level } else { value <= level };
                if *broken {
                    *first = f64::NAN;
                } else if *holding && first.is_nan() {
                    *first = time;
                }
            }
        }
    }
}

fn note_broken<'w>(
    column: impl Iterator<Item = (usize, &'w [f64])>,
    broken: &mut [Option<Broken>],
    time: f64,
    output: usize,
) {
    for (start, piece) in column {
        for (place, (value, slot)) in piece.iter().zip(broken.iter_mut().skip(start)).enumerate() {
            if !value.is_finite() && slot.is_none() {
                *slot = Some(Broken { run: start + place, time, output });
            }
        }
    }
}

/// Rows of parameters that are all the same: for models that draw at random.
#[must_use]
pub fn same_rows(runs: usize, columns: usize, row: &[f64]) -> Option<Matrix> {
    let values = row.iter().copied().chain(std::iter::repeat(f64::NAN)).take(columns).collect::<Vec<_>>();
    Matrix::new(runs, columns, values.repeat(runs)).ok()
}
