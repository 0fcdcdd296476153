//! Graphical functions: points, and what holds between and beyond them.

use super::Span;

/// A function given by points.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Where the points lie, rising.
    pub x: Vec<f64>,
    /// The values there; as many as `x`.
    pub y: Vec<f64>,
    /// What holds between and beyond the points.
    pub kind: TableKind,
    /// Where it stands.
    pub span: Span,
}

/// What holds between and beyond the points (XMILE 1.0, section 3.1.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TableKind {
    /// Straight lines between, the end values beyond.
    #[default]
    Continuous,
    /// Straight lines between, the outermost lines beyond.
    Extrapolate,
    /// The value of the last point reached.
    Discrete,
}

impl Table {
    /// Points from pairs, in the order given.
    #[must_use]
    pub fn new(points: impl IntoIterator<Item = (f64, f64)>, kind: TableKind, span: Span) -> Self {
        let (x, y) = points.into_iter().unzip();
        Self { x, y, kind, span }
    }
}
