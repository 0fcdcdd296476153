//! Which parameter matters: screening, variance shares, whole distributions, and what success needs.

mod bootstrap;
mod error;
pub mod morris;
pub mod pawn;
pub mod prim;
pub mod regional;
pub mod sobol;

pub use bootstrap::{Bootstrap, Interval};
pub use error::SensitivityError;

#[cfg(test)]
mod test_functions;
#[cfg(test)]
mod tests;

use crate::matrix::Matrix;

/// Checks that there is one row of outputs per run and that all of them are finite.
fn check_outputs(outputs: &Matrix, runs: usize) -> Result<(), SensitivityError> {
    if outputs.row_count() != runs {
        return Err(SensitivityError::RowCount { expected: runs, found: outputs.row_count() });
    }
    match outputs.first_not_finite() {
        Some((row, column)) => Err(SensitivityError::NotFinite { of: "outputs", row, column }),
        None => Ok(()),
    }
}

fn check_design(design: &Matrix) -> Result<(), SensitivityError> {
    match design.first_not_finite() {
        Some((row, column)) => Err(SensitivityError::NotFinite { of: "design", row, column }),
        None => Ok(()),
    }
}

/// Checks that a setting lies within its range; NaN does not.
fn check_range(what: &'static str, value: f64, low: f64, high: f64) -> Result<(), SensitivityError> {
    if (low..=high).contains(&value) { Ok(()) } else { Err(SensitivityError::Setting { what, value, low, high }) }
}

/// Checks that there is one outcome per run and that some runs succeed and some fail; returns the successes.
fn check_success(success: &[bool], runs: usize) -> Result<usize, SensitivityError> {
    if success.len() != runs {
        return Err(SensitivityError::RowCount { expected: runs, found: success.len() });
    }
    let successes = success.iter().filter(|met| **met).count();
    if successes == 0 || successes == runs {
        return Err(SensitivityError::NoContrast { successes, runs });
    }
    Ok(successes)
}
