//! Whether the units of a model fit together: what each equation comes to, against what its variable declares.
//!
//! Only what is known on both sides can clash. A number written in an equation has no unit in a product and fits
//! anything in a sum or a comparison. Values are not looked at: a share and a percentage are both plain numbers.

mod arguments;
mod body;
mod check;
mod equation;
mod flows;
mod found;
mod functions;
mod names;
mod numbers;
mod parse;
mod report;
mod scope;
mod unit;

pub use check::check;
pub use unit::Unit;

#[cfg(test)]
mod tests;
