//! PRIM: the box of parameter values in which success is most frequent, "met in 83 % of futures where A > x and B < y".

mod search;

use super::error::SensitivityError;
use super::{check_design, check_range, check_success};
use crate::matrix::Matrix;
use crate::special::Beta;
use search::{Limits, Search};

/// How patiently to search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The share of a box's runs cut off in one step, 0.005 to 0.5; 0.05 is customary.
    pub peel: f64,
    /// The share of a box's runs put back in one step, 0.005 to 0.5; 0.05 is customary.
    pub paste: f64,
    /// The least share of all runs a box may hold, 0 to 1.
    pub least_mass: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { peel: 0.05, paste: 0.05, least_mass: 0.05 }
    }
}

/// What a box demands of one parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Restriction {
    /// The parameter's column, from 0.
    pub parameter: usize,
    /// It must be at least this, in the unit of the design; `None` is no demand.
    pub low: Option<f64>,
    /// It must be at most this.
    pub high: Option<f64>,
    /// The quasi-p-value of Bryant & Lempert (2010): the chance that as many runs of the box succeed if each succeeds
    /// as often as without this restriction. Large: the restriction may be chance.
    pub p_value: f64,
}

/// One box of the search.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The restricted parameters, in the order of the columns; none for the first box.
    pub restrictions: Vec<Restriction>,
    /// Runs inside.
    pub runs: usize,
    /// Successful runs inside.
    pub successes: usize,
    /// The share of all successful runs that is inside.
    pub coverage: f64,
    /// The share of the runs inside that is successful.
    pub density: f64,
    /// The share of all runs that is inside.
    pub mass: f64,
    /// Whether the box came from putting runs back.
    pub pasted: bool,
}

/// The boxes PRIM goes through (Friedman & Fisher 1999), for scenario discovery (Bryant & Lempert 2010): from all runs,
/// in each step cutting off the share `peel` at that end of that parameter which leaves the highest density, down to
/// `least_mass` or until only successes are left; then putting runs back where this does not lower the density.
/// `design` is runs × parameters in any unit, `success` one outcome per run. Limits lie midway between runs. Later
/// boxes are denser and cover less; which one to tell about is a choice: see [`widest`].
///
/// # Errors
/// [`SensitivityError`] when the numbers of runs differ, a value is not finite, all runs succeed or all fail, or a
/// setting is out of range.
pub fn boxes(design: &Matrix, success: &[bool], settings: &Settings) -> Result<Vec<Scenario>, SensitivityError> {
    check_design(design)?;
    let total = check_success(success, design.row_count())?;
    check_range("peel", settings.peel, 0.005, 0.5)?;
    check_range("paste", settings.paste, 0.005, 0.5)?;
    check_range("least mass", settings.least_mass, 0.0, 1.0)?;

    let mut search = Search::new(design, success);
    let least = libm::ceil(settings.least_mass * design.row_count() as f64) as usize;
    let mut boxes = vec![describe(&search, total, false)];
    while search.peel(settings.peel, least.max(1)) {
        boxes.push(describe(&search, total, false));
    }
    while search.paste(settings.paste) {
        boxes.push(describe(&search, total, true));
    }
    Ok(boxes)
}

/// Of the boxes at least as dense as `least_density` the one with the most successes in it, the first of equals.
#[must_use]
pub fn widest(boxes: &[Scenario], least_density: f64) -> Option<&Scenario> {
    let dense = boxes.iter().filter(|found| found.density >= least_density);
    dense.rev().max_by_key(|found| found.successes)
}

fn describe(search: &Search, total: usize, pasted: bool) -> Scenario {
    let (runs, successes) = (search.inside.runs, search.inside.successes);
    let restricted = search.limits.iter().zip(search.without()).enumerate();
    let restrictions =
        restricted.filter(|(_, (limits, _))| **limits != Limits::NONE).map(|(parameter, (limits, wider))| {
            let chance = wider.successes as f64 / wider.runs as f64;
            // P(X ≥ k) of a binomial is the incomplete beta function I_chance(k, n − k + 1).
            let p_value = match successes {
                0 => 1.0,
                k => Beta::new(k as f64, (runs - k) as f64 + 1.0).cdf(chance),
            };
            let bound = |limit: f64| Some(limit).filter(|limit| limit.is_finite());
            Restriction { parameter, low: bound(limits.low), high: bound(limits.high), p_value }
        });
    Scenario {
        restrictions: restrictions.collect(),
        runs,
        successes,
        coverage: successes as f64 / total as f64,
        density: successes as f64 / runs as f64,
        mass: runs as f64 / search.runs() as f64,
        pasted,
    }
}

#[cfg(test)]
mod tests;
