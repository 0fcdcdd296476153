//! What comes out for a unit.

use crate::dea::data::{Column, Data};
use crate::dea::lp::Certificate;

/// Differences below this share of a unit's own value are none.
const SAME: f64 = 1e-7;

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
    /// Prices of inputs at which the unit looks best ("multipliers"), one choice where there are several; infinite for an input
    /// that the unit does without.
    pub input_prices: Vec<f64>,
    /// Prices of outputs, likewise.
    pub output_prices: Vec<f64>,
    /// How exact all this is.
    pub certificate: Certificate,
}

/// A solution from what a program found: λ, slacks in the unit's own values, prices of the rows of inputs and outputs.
pub(crate) fn solution(
    data: &Data<'_>,
    unit: usize,
    (score, standing): (f64, Standing),
    peers: Vec<(usize, f64)>,
    slacks: &[f64],
    prices: &[f64],
    certificate: Certificate,
) -> Solution {
    let together = |columns: &[Column<'_>]| -> Vec<f64> {
        columns.iter().map(|column| peers.iter().map(|(peer, lambda)| lambda * column.of(*peer)).sum()).collect()
    };
    let inputs = data.inputs.len();
    let measures = data.inputs.iter().chain(&data.outputs).map(|column| column.measure(unit));
    let mut input_slacks: Vec<f64> =
        slacks.iter().zip(measures.clone()).map(|(slack, measure)| slack * measure).collect();
    let output_slacks = input_slacks.split_off(inputs.min(input_slacks.len()));
    // A price is what a slack costs, and no slack is favourable: the sign is that of the side alone.
    let mut input_prices: Vec<f64> =
        prices.iter().zip(measures).map(|(price, measure)| price.abs() / measure).collect();
    let output_prices = input_prices.split_off(inputs.min(input_prices.len()));
    let without = input_prices.iter_mut().zip(&data.inputs).filter(|(_, column)| column.of(unit) == 0.0);
    without.for_each(|(price, _)| *price = f64::INFINITY);
    let (input_targets, output_targets) = (together(&data.inputs), together(&data.outputs));
    Solution {
        score,
        standing,
        input_slacks,
        output_slacks,
        peers,
        input_targets,
        output_targets,
        input_prices,
        output_prices,
        certificate,
    }
}

/// Standing by how far a unit is from its frontier: above 0 where it is behind, below 0 where it is ahead; slacks are in its own
/// values.
pub(crate) fn standing(behind: f64, slacks: &[f64]) -> Standing {
    if behind > SAME {
        Standing::Inefficient
    } else if behind >= -SAME && slacks.iter().any(|slack| *slack > SAME) {
        Standing::WeaklyEfficient
    } else {
        Standing::Efficient
    }
}
