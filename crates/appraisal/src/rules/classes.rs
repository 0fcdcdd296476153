//! Classes, what changes them, and what follows from them.

use super::{PerGroup, Sourced, Text};
use crate::expression::{Expression, steady};

/// Classes of a set.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    /// Best first.
    pub list: Vec<Class>,
    /// Where a share of units ends between two of them.
    pub rounding: Rounding,
    /// Where units of the same rank stand across the end of a share.
    pub ties: Ties,
}

/// A class.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// Name in results.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Which units are in it.
    pub share: Share,
    /// Line of the file.
    pub line: usize,
}

/// Which units are in a class.
#[derive(Clone, Debug, PartialEq)]
pub enum Share {
    /// Those up to this share of all, counted from the best.
    Until(PerGroup),
    /// Those whose total is within limits.
    Total(Limits),
    /// None by its own: only exceptions put units there.
    Nobody,
}

/// A range; each end with whether it belongs to it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits {
    /// Lower end.
    pub from: Option<(Sourced, bool)>,
    /// Upper end.
    pub to: Option<(Sourced, bool)>,
}

impl Limits {
    /// Whether a value is within, to twelve digits: what computing leaves over does not cross a border.
    #[must_use]
    pub fn hold(&self, value: f64) -> bool {
        let value = steady(value);
        let above = self.from.map(|(end, closed)| (steady(end.value), closed));
        let below = self.to.map(|(end, closed)| (steady(end.value), closed));
        let above = above.is_none_or(|(end, closed)| value > end || (closed && value == end));
        let below = below.is_none_or(|(end, closed)| value < end || (closed && value == end));
        above && below && !value.is_nan()
    }
}

/// Rounding of a number of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the whole number below.
    Down,
    /// To the nearest, halves up.
    Nearest,
    /// To the whole number above.
    Up,
}

/// Which class units of the same rank are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// The better one.
    Better,
    /// The worse one.
    Worse,
}

/// What changes the class of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    /// Name in results.
    pub id: String,
    /// The reason that is given.
    pub reason: Text,
    /// For whom.
    pub when: Expression,
    /// The same as it stands in the file.
    pub formula: String,
    /// What it does.
    pub effect: Effect,
    /// Where the rule comes from.
    pub origin: usize,
}

/// What an exception does. Classes by their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Puts into a class.
    Set(usize),
    /// Some classes better.
    Lift(usize),
    /// Some classes worse.
    Lower(usize),
    /// No better than a class.
    AtBest(usize),
    /// No worse than a class.
    AtWorst(usize),
    /// Not graded, and not counted among those that are; treated as of a class, if one is named.
    Exempt(Option<usize>),
}

/// What follows from a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Consequence {
    /// Name in results.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Unit of the steps.
    pub unit: Option<Text>,
    /// Classes from which it follows, by place.
    pub classes: Vec<usize>,
    /// In the first year, the second, and so on; the last one stays.
    pub steps: Vec<Sourced>,
    /// Another one of its kind: only the higher of both is taken.
    pub other: Option<Expression>,
    /// For whom it does not follow.
    pub unless: Option<Expression>,
    /// What must have happened before.
    pub needs: Option<Text>,
    /// Where the rule comes from.
    pub origin: usize,
}
