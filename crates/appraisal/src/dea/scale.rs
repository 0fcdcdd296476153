//! Whether a unit is of the right size: its score under constant returns beside that under variable returns.
//!
//! Which way it is off is told by a third score, under non-increasing returns (Färe, Grosskopf and Lovell 1985). Sums of λ would
//! tell it too, and differ where several choices of peers give the same score; scores do not.

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use crate::dea::data::{Data, Refusal, Returns};
use crate::dea::radial::{Options, Orientation, score};

/// Scores that differ by less, as a share, are the same.
const SAME: f64 = 1e-7;

/// What a unit would gain by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tendency {
    /// Being larger: returns increase.
    Increasing,
    /// Nothing: it is of the best size.
    Constant,
    /// Being smaller: returns decrease.
    Decreasing,
}

/// How much of a unit's loss is its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Score under constant returns.
    pub constant: f64,
    /// Score under variable returns.
    pub variable: f64,
    /// The first as a share of the second, for outputs the other way round: at most 1, and 1 for the best size.
    pub efficiency: f64,
    /// Which way returns go where the unit stands (or, where it is inefficient, where it is put).
    pub tendency: Tendency,
}

/// Scale efficiencies of all units; none where a program was given up. Columns are those of [`radial`](super::radial).
///
/// # Errors
///
/// Where columns cannot be compared.
pub fn scale(
    inputs: &[Vec<f64>],
    outputs: &[Vec<f64>],
    orientation: Orientation,
) -> Result<Vec<Option<Scale>>, Refusal> {
    let data = Data::new(inputs, outputs)?;
    Ok((0..data.units()).into_par_iter().map(|unit| of(&data, unit, orientation)).collect())
}

fn of(data: &Data<'_>, unit: usize, orientation: Orientation) -> Option<Scale> {
    let under = |returns| score(data, unit, &Options { returns, orientation, ..Options::default() });
    let (constant, variable) = (under(Returns::Constant)?, under(Returns::Variable)?);
    let non_increasing = under(Returns::NonIncreasing)?;
    let efficiency = match orientation {
        Orientation::Input => constant / variable,
        Orientation::Output => variable / constant,
    };
    let same = |a: f64, b: f64| (a / b - 1.0).abs() <= SAME;
    let tendency = if same(constant, variable) {
        Tendency::Constant
    } else if same(non_increasing, variable) {
        Tendency::Decreasing
    } else {
        Tendency::Increasing
    };
    // Rounding must not make a unit better than the best.
    Some(Scale { constant, variable, efficiency: efficiency.min(1.0), tendency })
}
