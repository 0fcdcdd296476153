//! Which way a variable moves what uses it, and what a loop of such links comes to.

use super::names::Names;
use super::range::of_value;
use crate::model::{Binary, Expression};

/// Which way a change of the cause moves the effect, everything else equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// The same way.
    Plus,
    /// The other way.
    Minus,
    /// It depends, or the equation does not plainly say.
    Unknown,
}

/// What a loop does to a change that goes round it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// It makes the change larger.
    Reinforcing,
    /// It works against the change.
    Balancing,
    /// The sign of at least one link is not known.
    Unknown,
}

impl Sign {
    pub(super) fn flipped(self) -> Self {
        self.times(Self::Minus)
    }

    /// One link after another.
    pub(super) fn times(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (one, other) if one == other => Self::Plus,
            _ => Self::Minus,
        }
    }

    /// Two links side by side.
    pub(super) fn beside(self, other: Self) -> Self {
        if self == other { self } else { Self::Unknown }
    }

    pub(super) fn polarity(self) -> Polarity {
        match self {
            Self::Plus => Polarity::Reinforcing,
            Self::Minus => Polarity::Balancing,
            Self::Unknown => Polarity::Unknown,
        }
    }
}

/// Whether a chain is a sum: only such a chain hands its sign on to each of its terms.
pub(super) fn is_sum(rest: &[(Binary, Expression)]) -> bool {
    rest.iter().all(|(operation, _)| matches!(operation, Binary::Add | Binary::Subtract))
}

fn is_product(rest: &[(Binary, Expression)]) -> bool {
    rest.iter().all(|(operation, _)| matches!(operation, Binary::Multiply | Binary::Divide))
}

/// For each part of a chain the way it moves the whole. A factor's way is known when the signs of all others are.
pub(super) fn of_parts(first: &Expression, rest: &[(Binary, Expression)], names: &dyn Names) -> Vec<Sign> {
    if is_sum(rest) {
        let sign = |operation| if operation == Binary::Subtract { Sign::Minus } else { Sign::Plus };
        return std::iter::once(Sign::Plus).chain(rest.iter().map(|(operation, _)| sign(*operation))).collect();
    }
    if let [(Binary::Power, exponent)] = rest
        && of_value(first, names).sign() == Sign::Plus
    {
        return vec![of_value(exponent, names).sign(), Sign::Unknown];
    }
    if !is_product(rest) {
        return vec![Sign::Unknown; rest.len() + 1];
    }
    let operations = std::iter::once(Binary::Multiply).chain(rest.iter().map(|(operation, _)| *operation));
    let values: Vec<Sign> = std::iter::once(first)
        .chain(rest.iter().map(|(_, next)| next))
        .map(|part| of_value(part, names).sign())
        .collect();
    let unknown = values.iter().filter(|sign| **sign == Sign::Unknown).count();
    let known = values.iter().filter(|sign| **sign != Sign::Unknown).fold(Sign::Plus, |all, sign| all.times(*sign));
    let others = |own: Sign| match (unknown, own) {
        // Signs are their own inverse: the product of all times one's own is the product of the others.
        (0, own) => known.times(own),
        (1, Sign::Unknown) => known,
        _ => Sign::Unknown,
    };
    // n/x falls as x rises, on either side of zero, where n is above it.
    let way = |(operation, own)| if operation == Binary::Divide { others(own).flipped() } else { others(own) };
    operations.zip(values).map(way).collect()
}
