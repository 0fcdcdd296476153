//! What comes out for a unit.

use crate::dea::data::Data;
use crate::dea::lp::{Certificate, NOTHING};

/// Where a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No other does better in anything without doing worse in something.
    Efficient,
    /// Nothing to gain in proportion, something in single columns.
    WeaklyEfficient,
    /// Others do with less, or make more.
    Inefficient,
}

/// What comes out for one unit.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A score with all that belongs to it.
    Solved(Solution),
    /// No mixture of other units is as large (or as small) as this one, which super-efficiency asks for; the certificate says how
    /// exact the proof is.
    Infeasible(Certificate),
    /// Numbers so far apart that they cannot be worked with.
    GivenUp,
}

impl Answer {
    /// The solution, where there is one.
    #[must_use]
    pub fn solution(&self) -> Option<&Solution> {
        match self {
            Self::Solved(solution) => Some(solution),
            _ => None,
        }
    }
}

/// A score with its slacks, peers and targets. Slacks, targets and prices are in the units of the columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// By inputs the share of its inputs that a unit would need, by outputs how many times its outputs it could make; the value
    /// of Tone's measure.
    pub score: f64,
    /// Where the unit stands.
    pub standing: Standing,
    /// What it uses too much of each input, after all inputs (or outputs) have moved in proportion.
    pub input_slacks: Vec<f64>,
    /// What it lacks of each output, likewise.
    pub output_slacks: Vec<f64>,
    /// Units that it is compared with, and their λ.
    pub peers: Vec<(usize, f64)>,
    /// What the peers use.
    pub input_targets: Vec<f64>,
    /// What they make.
    pub output_targets: Vec<f64>,
    /// Prices of inputs at which the unit looks best ("multipliers"); one choice of several where there are several.
    pub input_prices: Vec<f64>,
    /// Prices of outputs, likewise.
    pub output_prices: Vec<f64>,
    /// How exact all this is.
    pub certificate: Certificate,
}

/// What the peers use and make together.
pub(crate) fn targets(data: &Data<'_>, peers: &[(usize, f64)]) -> (Vec<f64>, Vec<f64>) {
    let sum = |columns: &[crate::dea::data::Column<'_>]| -> Vec<f64> {
        columns.iter().map(|column| peers.iter().map(|(unit, lambda)| lambda * column.of(*unit)).sum()).collect()
    };
    (sum(&data.inputs), sum(&data.outputs))
}

/// Standing by how far a unit is from its frontier: above 0 where it is behind, below 0 where it is ahead; slacks are in its own
/// values.
pub(crate) fn standing(behind: f64, slacks: &[f64]) -> Standing {
    if behind > NOTHING {
        Standing::Inefficient
    } else if behind >= -NOTHING && slacks.iter().any(|slack| *slack > NOTHING) {
        Standing::WeaklyEfficient
    } else {
        Standing::Efficient
    }
}
