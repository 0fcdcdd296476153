//! Linear programs of a few rows and thousands of columns, as data envelopment analysis asks for them: one for each unit,
//! all over the same columns. A revised simplex with a dense inverse; why it is our own stands in
//! `docs/decisions/0016-dea-by-a-small-simplex.md`.
//!
//! A program has goals, first things first: among all solutions that are best for the first goal, those that are best for the
//! second, and so on. No weighing of goals with a small number is needed, and none is done.

mod basis;
mod check;
mod column;
mod simplex;

pub use check::Certificate;
pub(crate) use check::{check, check_infeasible};
pub(crate) use column::{Program, Row};
pub(crate) use simplex::{Ended, Solved, solve};

/// What counts as nothing. Rows are measured in the values of the unit that is looked at and columns by their largest entry,
/// so that all numbers are of size 1.
pub(crate) const NOTHING: f64 = 1e-9;

/// The measure of reduced costs: they are sums of prices times entries of at most 1, so that a fixed number would be too coarse
/// for a unit whose score is a thousandth.
pub(crate) fn largest(prices: &[f64]) -> f64 {
    prices.iter().fold(0.0_f64, |most, price| most.max(price.abs()))
}
