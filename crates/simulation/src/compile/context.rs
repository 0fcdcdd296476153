//! Where an expression stands while it is worked out: which scope, which cell, which elements are meant.

use std::rc::Rc;

use super::dimensions::{DimensionId, Element};
use super::scope::ScopeId;
use super::shape::{Bound, CellId};
use crate::model::Span;

/// At the first moment stocks stand for their initial values; later for what they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Mode {
    Initial,
    Step,
}

/// What a function goes through element by element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Axis {
    /// `[d!]`, `[*]`, or an array without brackets.
    Every(DimensionId),
    /// `[d]` in a function that takes the whole of its last dimension.
    Plain(DimensionId),
}

/// Where an expression stands.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) scope: ScopeId,
    pub(crate) cell: CellId,
    pub(crate) mode: Mode,
    /// Elements of the left side.
    pub(crate) bound: Rc<[Bound]>,
    /// Elements gone through by functions around the expression, the innermost last.
    pub(crate) inner: Rc<[(Axis, Element)]>,
}

/// One call at one place for one element: what it keeps between steps is its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Site {
    scope: ScopeId,
    cell: CellId,
    span: Span,
    inner: Rc<[(Axis, Element)]>,
    /// Several things may be kept by one call.
    part: u32,
}

impl Context {
    pub(crate) fn at(&self, mode: Mode) -> Self {
        Self { mode, ..self.clone() }
    }

    pub(crate) fn with(&self, more: &[(Axis, Element)]) -> Self {
        Self { inner: self.inner.iter().chain(more).copied().collect(), ..self.clone() }
    }

    pub(crate) fn site(&self, span: Span, part: u32) -> Site {
        Site { scope: self.scope, cell: self.cell, span, inner: Rc::clone(&self.inner), part }
    }

    pub(crate) fn inner(&self, axis: Axis) -> Option<Element> {
        self.inner.iter().rev().find(|(found, _)| *found == axis).map(|(_, element)| *element)
    }
}
