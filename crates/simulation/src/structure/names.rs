//! What names in an equation stand for, whether it is the model's or a macro's.

use crate::compile::dimensions::{Dimensions, index};
use crate::compile::scope::{Found, ScopeId, Scopes};
use crate::compile::shape::VariableId;
use crate::model::{Content, Name, Table, TableKind, Variable};

use super::range::Range;
use super::sign::Sign;

/// Names where an equation stands. Variables are places in a list.
pub(super) trait Names {
    /// The variable of a name; `None` for time, dimensions, elements, and what is not defined.
    fn find(&self, name: &Name) -> Option<usize>;
    /// The variable of a name that stands in brackets, where dimensions and elements come first.
    fn index(&self, name: &Name) -> Option<usize>;
    /// Whether a variable can be called like a function: a graphical function or a data series.
    fn is_curve(&self, variable: usize) -> bool;
    /// Between which bounds the values of a variable lie; of a table, what it gives.
    fn range(&self, variable: usize) -> Range;
    /// Which way what a table gives goes as its input rises.
    fn slope(&self, variable: usize) -> Sign;
    /// Where a variable of the model stands in the list.
    fn of_model(&self, variable: usize) -> usize {
        variable
    }
}

/// What the written equations of a variable say at a glance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glance {
    pub(super) curve: bool,
    pub(super) range: Range,
    pub(super) slope: Sign,
}

impl Glance {
    pub(super) fn of(variable: &Variable) -> Self {
        let ranges = variable.equations.iter().map(|equation| match &equation.content {
            Content::Expression(expression) => expression.as_number().map_or(Range::ANY, |number| Range::of([number])),
            Content::Numbers(list) => Range::of(list.iter().copied()),
            Content::Table(table) if table.kind != TableKind::Extrapolate => Range::of(table.y.iter().copied()),
            _ => Range::ANY,
        });
        let slopes = variable.equations.iter().map(|equation| match &equation.content {
            Content::Table(table) => slope(table),
            _ => Sign::Unknown,
        });
        let is_curve = |content: &Content| {
            matches!(content, Content::Table(_) | Content::ExternalTable(_) | Content::TableOf(..) | Content::Data(..))
        };
        Self {
            curve: variable.equations.iter().any(|equation| is_curve(&equation.content)),
            range: ranges.reduce(Range::hull).unwrap_or(Range::ANY),
            slope: slopes.reduce(Sign::beside).unwrap_or(Sign::Unknown),
        }
    }
}

/// Which way a table goes, where it goes one way only.
pub(super) fn slope(table: &Table) -> Sign {
    Range::of(table.y.iter().zip(table.y.iter().skip(1)).map(|(one, next)| next - one)).sign()
}

/// Names as they stand in the model or in one of its modules.
pub(super) struct Place<'a, 'm> {
    pub(super) scopes: &'a Scopes<'m>,
    pub(super) dimensions: &'a Dimensions,
    pub(super) glances: &'a [Glance],
    pub(super) scope: ScopeId,
}

impl Place<'_, '_> {
    /// What an input of a module is connected to: its name then stands for something else.
    pub(super) fn source(&self, variable: usize, name: &Name) -> Option<usize> {
        let found = self.find(name).filter(|found| *found != variable)?;
        // Another of the same name beside it is a name defined twice, and no connection.
        let beside = self.scopes.variable(VariableId(index(found)))?;
        (beside.scope != self.scope || beside.written.name != *name).then_some(found)
    }
}

impl Names for Place<'_, '_> {
    fn find(&self, name: &Name) -> Option<usize> {
        match self.scopes.find(self.scope, name)? {
            Found::Variable(id) => Some(id.0 as usize),
            Found::Argument(..) => None,
        }
    }

    fn index(&self, name: &Name) -> Option<usize> {
        if self.dimensions.subject(name).is_some() { None } else { self.find(name) }
    }

    fn is_curve(&self, variable: usize) -> bool {
        self.glances.get(variable).is_some_and(|glance| glance.curve)
    }

    fn range(&self, variable: usize) -> Range {
        self.glances.get(variable).map_or(Range::ANY, |glance| glance.range)
    }

    fn slope(&self, variable: usize) -> Sign {
        self.glances.get(variable).map_or(Sign::Unknown, |glance| glance.slope)
    }
}
