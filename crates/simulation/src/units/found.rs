//! What is known about the unit of an expression.

use super::unit::Unit;

/// What is known about the unit of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Found {
    /// Nothing: it never clashes.
    Unknown,
    /// A number as written: none in a product, any in a sum.
    Number,
    /// This one.
    Unit(Unit),
}

impl Found {
    /// The unit of a declared name.
    pub(super) fn declared(unit: Option<&Unit>) -> Self {
        unit.map_or(Self::Unknown, |unit| Self::Unit(unit.clone()))
    }

    /// The product or the quotient.
    pub(super) fn times(&self, other: &Self, power: f64) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (_, Self::Number) => self.clone(),
            (Self::Number, Self::Unit(unit)) => Self::Unit(unit.to(power)),
            (Self::Unit(left), Self::Unit(right)) => Self::Unit(left.times(&right.to(power))),
        }
    }

    /// To a power that is a number.
    pub(super) fn to(&self, power: f64) -> Self {
        match self {
            // A power beyond these is no unit that anyone wrote; NaN falls out as well.
            Self::Unit(unit) if power.abs() <= 100.0 => Self::Unit(unit.to(power)),
            Self::Unit(unit) if !unit.is_none() => Self::Unknown,
            other => other.clone(),
        }
    }
}
