//! Files of other programs to a model.

pub mod cin;
pub(crate) mod expression;
pub mod vensim;
pub mod xmile;

use crate::diagnostic::Diagnostic;
use crate::model::{Dialect, Expression};

/// Reads one equation.
///
/// # Errors
/// Where it does not parse.
pub fn equation(text: &str, dialect: Dialect) -> Result<Expression, Diagnostic> {
    expression::expression(text, dialect, 0)
}
