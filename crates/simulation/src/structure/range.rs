//! Between which bounds values lie, worked out from the bounds of what they are made of.

use super::names::Names;
use super::sign::Sign;
use crate::model::{Binary, Call, Expression, Unary};

/// From the lowest to the highest value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    low: f64,
    high: f64,
}

impl Range {
    /// Nothing is known.
    pub(super) const ANY: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };
    const NOT_BELOW_ZERO: Self = Self { low: 0.0, high: f64::INFINITY };

    /// Of some numbers; anything where there are none or one of them is no number.
    pub(super) fn of(numbers: impl IntoIterator<Item = f64>) -> Self {
        let one = |number: f64| if number.is_nan() { Self::ANY } else { Self { low: number, high: number } };
        numbers.into_iter().map(one).reduce(Self::hull).unwrap_or(Self::ANY)
    }

    /// What holds for both.
    pub(super) fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// The sign of all values in it. Zero goes with either sign, and alone with none.
    pub(super) fn sign(self) -> Sign {
        match (self.low >= 0.0, self.high <= 0.0) {
            (true, false) => Sign::Plus,
            (false, true) => Sign::Minus,
            _ => Sign::Unknown,
        }
    }

    fn negative(self) -> Self {
        Self { low: -self.high, high: -self.low }
    }

    fn plus(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }

    fn times(self, other: Self) -> Self {
        // Zero times what has no bound is zero: a bound is never reached.
        let product = |one: f64, other: f64| if one == 0.0 || other == 0.0 { 0.0 } else { one * other };
        Self::of([
            product(self.low, other.low),
            product(self.low, other.high),
            product(self.high, other.low),
            product(self.high, other.high),
        ])
    }

    fn inverse(self) -> Self {
        if self.low > 0.0 || self.high < 0.0 {
            Self { low: 1.0 / self.high, high: 1.0 / self.low }
        } else if self.low == 0.0 {
            Self { low: 1.0 / self.high, high: f64::INFINITY }
        } else if self.high == 0.0 {
            Self { low: f64::NEG_INFINITY, high: 1.0 / self.low }
        } else {
            Self::ANY
        }
    }
}

/// The bounds of a value. As deep as the expression, which the parser bounds.
pub(super) fn of_value(expression: &Expression, names: &dyn Names) -> Range {
    match expression {
        Expression::Number(value) => Range::of([*value]),
        Expression::Reference(reference) => names.find(&reference.name).map_or(Range::ANY, |at| names.range(at)),
        Expression::Unary(Unary::Negative, inner) => of_value(inner, names).negative(),
        Expression::Chain(first, rest) => rest.iter().fold(of_value(first, names), |so_far, (operation, next)| {
            let next = of_value(next, names);
            match operation {
                Binary::Add => so_far.plus(next),
                Binary::Subtract => so_far.plus(next.negative()),
                Binary::Multiply => so_far.times(next),
                Binary::Divide => so_far.times(next.inverse()),
                Binary::Power if so_far.low >= 0.0 => Range::NOT_BELOW_ZERO,
                _ => Range::ANY,
            }
        }),
        Expression::If(parts) => any_of(parts.iter().skip(1), names),
        Expression::Call(call) => of_call(call, names),
        _ => Range::ANY,
    }
}

fn any_of<'e>(parts: impl Iterator<Item = &'e Expression>, names: &dyn Names) -> Range {
    parts.map(|part| of_value(part, names)).reduce(Range::hull).unwrap_or(Range::ANY)
}

/// What a function gives.
fn of_call(call: &Call, names: &dyn Names) -> Range {
    if let Some(curve) = names.find(&call.name).filter(|at| call.arguments.len() == 1 && names.is_curve(*at)) {
        return names.range(curve);
    }
    let parts = || call.arguments.iter().map(|part| of_value(part, names));
    match call.name.as_str() {
        "exp" | "sqrt" | "abs" => Range::NOT_BELOW_ZERO,
        "max" => parts()
            .reduce(|one, next| Range { low: one.low.max(next.low), high: one.high.max(next.high) })
            .unwrap_or(Range::ANY),
        "min" => parts()
            .reduce(|one, next| Range { low: one.low.min(next.low), high: one.high.min(next.high) })
            .unwrap_or(Range::ANY),
        "sum" if parts().all(|part| part.low >= 0.0) => Range::NOT_BELOW_ZERO,
        "if_then_else" => any_of(call.arguments.iter().skip(1), names),
        _ => Range::ANY,
    }
}
