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
pub(crate) use check::check;
pub(crate) use column::{Program, Row};
pub(crate) use simplex::{Ended, Solved};

/// What counts as nothing. Rows are measured in the values of the unit that is looked at and columns by their largest entry,
/// so that all numbers are of size 1.
pub(crate) const NOTHING: f64 = 1e-9;

/// The measure of reduced costs: they are sums of prices times entries of at most 1, so that a fixed number would be too coarse
/// for a unit whose score is a thousandth.
pub(crate) fn largest(prices: &[f64]) -> f64 {
    prices.iter().fold(0.0_f64, |most, price| most.max(price.abs()))
}

/// What may be rounding in a direction, tried one after the other: where values are far apart, one is too coarse to see what
/// limits a step, another so fine that it takes rounding for a pivot.
const NO_PIVOT: [f64; 4] = [1e-10, 1e-12, 1e-8, 1e-13];
/// A solution as exact as this is not looked for again.
const EXACT: f64 = 1e-10;

/// Solves a program, and says how exact the answer is: of all tries the first that is exact, or else the best.
pub(crate) fn solve(program: &Program<'_>) -> (Ended, Certificate) {
    let mut best = (Ended::GivenUp, Certificate::NONE);
    for no_pivot in NO_PIVOT {
        let ended = simplex::search(program, no_pivot);
        let certificate = match &ended {
            Ended::Solved(solved) => check(program, solved),
            Ended::Infeasible(prices) => check::check_infeasible(program, prices),
            Ended::GivenUp => continue,
        };
        if certificate.worst() < best.1.worst() || matches!(best.0, Ended::GivenUp) {
            best = (ended, certificate);
        }
        if certificate.worst() <= EXACT {
            break;
        }
    }
    best
}
