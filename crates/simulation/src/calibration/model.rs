//! What calibration asks of a model, and how it tells how far it is.

use std::ops::ControlFlow;

/// A model as calibration sees it: parameter rows in, values at the observation points out.
pub trait Model {
    /// Runs a batch. `rows`: one row of parameter values each, in the order of the parameters. The answer holds, for each
    /// row, one value for each observation, in the order of the observations. A missing row or value counts as NaN.
    /// Must answer the same for the same row, whatever else is in the batch.
    fn run(&self, rows: &[Vec<f64>]) -> Vec<Vec<f64>>;
}

impl<F: Fn(&[Vec<f64>]) -> Vec<Vec<f64>>> Model for F {
    fn run(&self, rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
        self(rows)
    }
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Global search over the whole box; a step is a generation.
    Search,
    /// Local polish of every start; a step is one move of every simplex.
    Polish,
    /// Sampling that is thrown away.
    BurnIn,
    /// Sampling that is kept.
    Sampling,
}

/// How far a calibration is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// Steps of the phase done.
    pub done: usize,
    /// Steps of the phase at most.
    pub total: usize,
    /// Best loss so far when fitting (lower is better), best log posterior when sampling (higher is better).
    pub best: f64,
}

/// Called once a step; `Break` ends the work with [`super::CalibrationError::Cancelled`].
pub type Watch<'a> = &'a dyn Fn(Progress) -> ControlFlow<()>;

/// A watcher that never stops anything.
pub fn unwatched(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
