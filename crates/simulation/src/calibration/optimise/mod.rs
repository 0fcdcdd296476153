//! The best fit: several independent global searches, each polished, all of them told.
//!
//! Global phase: differential evolution (Storn & Price 1997). It needs no derivative, takes intervals and broken runs as
//! they come, and its generations are batches. Local phase: the simplex of Nelder & Mead, since robust losses of
//! interval distances have corners and flats on which Levenberg–Marquardt's derivatives mean nothing.

mod evolution;
mod polish;
mod search;

#[cfg(test)]
mod tests;

pub use search::{End, Options, Stop, minimise};

use super::{CalibrationError, Loss, Problem, Watch};

/// The outcome of a fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The best parameter values, in the order of the parameters.
    pub best: Vec<f64>,
    /// Their loss.
    pub loss: f64,
    /// Where each start ended, in the order of the starts; `point` holds parameter values.
    pub ends: Vec<End>,
}

impl Fit {
    /// The starts that ended within `gap` of the best loss. One of many is a warning: the landscape is rugged or the
    /// budget short.
    pub fn near_best(&self, gap: f64) -> impl Iterator<Item = &End> {
        self.ends.iter().filter(move |end| end.loss <= self.loss + gap)
    }
}

/// Finds the parameter values with the least loss.
///
/// # Errors
/// [`CalibrationError::BadSetting`] for options or a loss out of range, [`CalibrationError::NoFiniteRun`] when no run
/// gave a finite loss, [`CalibrationError::Cancelled`].
pub fn fit(problem: &Problem, loss: Loss, options: &Options, watch: Watch) -> Result<Fit, CalibrationError> {
    loss.check()?;
    let evaluate = |points: &[Vec<f64>]| problem.losses(points, loss);
    let mut ends = minimise(&evaluate, problem.parameters().len(), options, watch)?;
    for end in &mut ends {
        end.point = problem.values(&end.point);
    }
    let best = ends.iter().min_by(|a, b| a.loss.total_cmp(&b.loss)).filter(|end| end.loss.is_finite()).cloned();
    let best = best.ok_or(CalibrationError::NoFiniteRun)?;
    Ok(Fit { best: best.point, loss: best.loss, ends })
}
