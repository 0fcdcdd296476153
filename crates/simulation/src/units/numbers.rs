//! Numbers as written in an equation: exponents, and factors that may carry a unit.

use crate::model::{Binary, Expression, Unary};

/// The number that an exponent is: `2`, `-1`, `1/2`.
pub(super) fn number(expression: &Expression) -> Option<f64> {
    match expression {
        Expression::Unary(Unary::Negative, inner) => number(inner).map(|value| -value),
        Expression::Chain(first, rest) => rest.iter().try_fold(number(first)?, |left, (operator, right)| {
            let right = number(right)?;
            match operator {
                Binary::Multiply => Some(left * right),
                Binary::Divide => Some(left / right),
                Binary::Add => Some(left + right),
                Binary::Subtract => Some(left - right),
                _ => None,
            }
        }),
        other => other.as_number(),
    }
}

/// Whether a number other than 0 and 1 stands as a factor somewhere: it may carry a unit that is not written.
pub(super) fn has_bare_number(expression: &Expression) -> bool {
    let bare = |part: &Expression| part.as_number().is_some_and(|value| value.abs() != 1.0 && value != 0.0);
    let mut found = false;
    expression.walk(&mut |part| {
        if let Expression::Chain(first, rest) = part {
            let factor = |operator: &Binary| matches!(operator, Binary::Multiply | Binary::Divide | Binary::SafeDivide);
            found |= rest.first().is_some_and(|(operator, _)| factor(operator)) && bare(first);
            found |= rest.iter().any(|(operator, right)| factor(operator) && bare(right));
        }
    });
    found
}
