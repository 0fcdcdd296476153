//! How unevenly something is shared: income, floor space, doctors; by weighted rows of a survey or of areas.
//!
//! A [`Sample`] is made once and asked for figures: Gini, Theil T and L, Palma, shares and the Lorenz curve. Rows
//! stand for as many as their weight says. None of the figures is corrected for small samples: a weight of 3 is the same as
//! three rows.
//!
//! Values of 0 are kept. Values below 0 (a loss) are kept as well, and figures that are not defined with them say so
//! instead of dropping rows silently: see [`Undefined`].

mod cells;
mod gini;
mod lorenz;
mod palma;
mod rows;
mod sample;
mod theil;

pub use cells::{Cells, FEWEST};
pub use rows::{Columns, Rows, rows};
pub use sample::Sample;
pub use theil::{Parts, decompose};

/// Why there is nothing to measure. Rows are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// No row with a value and a weight above 0.
    #[error("no row has a value and a weight above 0")]
    Empty,
    /// Not one weight for each value.
    #[error("there are {values} values and {weights} weights")]
    Lengths {
        /// Values.
        values: usize,
        /// Weights.
        weights: usize,
    },
    /// A value without end.
    #[error("the value of row {row} is infinite")]
    Infinite {
        /// The row.
        row: usize,
    },
    /// A weight that nobody can have.
    #[error("the weight of row {row} is {weight}, and a number that is not below 0 is expected")]
    Weight {
        /// The row.
        row: usize,
        /// Its weight.
        weight: f64,
    },
}

/// Why a figure does not exist for these values, though others may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undefined {
    /// All values add up to 0 or less: there is nothing to share.
    #[error("the values add up to nothing that could be shared")]
    NothingToShare,
    /// A value below 0, which has no logarithm and no power.
    #[error("a value is below 0")]
    BelowZero,
    /// A value of 0, whose logarithm has no end.
    #[error("a value is 0")]
    Zero,
    /// Those at the bottom have nothing, or less: no ratio to them is a number.
    #[error("the bottom 40 per cent have nothing")]
    BottomHasNothing,
    /// An aversion to inequality that is no number from 0.
    #[error("the aversion to inequality is no number from 0")]
    Aversion,
}
