//! Graphical functions and data series where they are called.

use super::texts;
use crate::compile::context::{Context, Mode};
use crate::compile::graph::NodeId;
use crate::compile::lower::Lowering;
use crate::compile::scope::Found;
use crate::compile::shape::CellId;
use crate::model::{Call, Content, Expression, Name, Subscript};
use crate::operation::{Curve, One, Reading, Three, Two};

impl<'m> Lowering<'m> {
    /// Whether a name is a graphical function.
    pub(super) fn is_table(&self, name: &Name, context: &Context) -> bool {
        match self.scopes.find(context.scope, name) {
            Some(Found::Variable(id)) => self.scopes.variable(id).is_some_and(|placed| {
                placed
                    .written
                    .equations
                    .iter()
                    .any(|e| matches!(e.content, Content::Table(_) | Content::ExternalTable(_)))
            }),
            Some(Found::Argument(Expression::Reference(inner), outer)) => self.is_table(&inner.name, outer),
            _ => false,
        }
    }

    /// The cell that holds the points meant by a name with brackets.
    fn table_cell(&mut self, name: &Name, subscripts: &'m [Subscript], context: &Context) -> Option<CellId> {
        match self.scopes.find(context.scope, name)? {
            Found::Variable(id) => self.fixed_cell(id, subscripts, context),
            Found::Argument(Expression::Reference(inner), outer) => {
                let outer = outer.at(context.mode);
                self.table_cell(&inner.name, &inner.subscripts, &outer)
            }
            Found::Argument(..) => None,
        }
    }

    /// Points and kind of a graphical function given as an argument.
    fn table_argument(&mut self, call: &'m Call, place: usize, context: &Context) -> Option<(Curve, Reading)> {
        match call.arguments.get(place)? {
            Expression::Table(table) => self.sound(table).map(|table| (Curve::of(&table), table.kind.into())),
            Expression::Reference(reference) => {
                let cell = self.table_cell(&reference.name, &reference.subscripts, context)?;
                Some((self.data_curve(cell)?, self.kind(cell)))
            }
            _ => None,
        }
    }

    fn kind(&self, cell: CellId) -> Reading {
        match self.definition(cell, Mode::Step).map(|(_, equation, _)| &equation.content) {
            Some(Content::Table(table) | Content::TableOf(table, _)) => table.kind.into(),
            Some(Content::Data(mode, _)) => (*mode).into(),
            _ => Reading::Interpolated,
        }
    }

    fn no_table(&mut self, call: &Call) -> NodeId {
        self.wrong(call.span, &call.name, "图形函数或数据变量", "a graphical function or a data variable")
    }
}

/// `name(x)` where `name` is a graphical function or a data variable.
pub(super) fn by_name<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> Option<NodeId> {
    let known = matches!(
        l.scopes.find(context.scope, &call.name),
        Some(Found::Variable(_) | Found::Argument(Expression::Reference(_), _))
    );
    if !known || call.arguments.len() != 1 {
        return None;
    }
    let cell = l.table_cell(&call.name, &call.subscripts, context)?;
    let is_curve = matches!(
        l.definition(cell, Mode::Step).map(|(_, equation, _)| &equation.content),
        Some(Content::Table(_) | Content::ExternalTable(_) | Content::TableOf(..) | Content::Data(..))
    );
    if !is_curve {
        return None;
    }
    let x = l.argument(call, 0, context);
    Some(match l.data_curve(cell) {
        Some(curve) => {
            let kind = l.kind(cell);
            l.graph.read(curve, kind, x)
        }
        None => l.graph.number(f64::NAN),
    })
}

fn read<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context, reading: Option<Reading>) -> NodeId {
    let x = l.argument(call, 1, context);
    match l.table_argument(call, 0, context) {
        Some((curve, kind)) => l.graph.read(curve, reading.unwrap_or(kind), x),
        None => l.no_table(call),
    }
}

/// `WITH LOOKUP(x, points)`
pub(super) fn with_lookup<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let x = l.argument(call, 0, context);
    match l.table_argument(call, 1, context) {
        Some((curve, kind)) => l.graph.read(curve, kind, x),
        None => l.no_table(call),
    }
}

/// `LOOKUP(table, x)`
pub(super) fn lookup<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    read(l, call, context, None)
}

/// `LOOKUP EXTRAPOLATE(table, x)`
pub(super) fn extrapolate<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    read(l, call, context, Some(Reading::Extrapolated))
}

/// `LOOKUP FORWARD(table, x)`
pub(super) fn forward<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    read(l, call, context, Some(Reading::Forward))
}

/// `LOOKUP BACKWARD(table, x)`
pub(super) fn backward<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    read(l, call, context, Some(Reading::Backward))
}

/// `LOOKUP INVERT(table, y)`
pub(super) fn inverse<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let y = l.argument(call, 1, context);
    match l.table_argument(call, 0, context) {
        Some((curve, _)) => l.graph.read(curve.inverted(), Reading::Interpolated, y),
        None => l.no_table(call),
    }
}

/// `GET DATA BETWEEN TIMES(data, time, mode)`: at or above 1 the next value, at or below -1 the last, else a line.
/// Vensim rounds the time down to a whole number before it looks forward or back, and back means before that number,
/// as SDEverywhere found out; so does this.
pub(super) fn between_times<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let (time, mode) = (l.argument(call, 1, context), l.argument(call, 2, context));
    let Some((curve, _)) = l.table_argument(call, 0, context) else { return l.no_table(call) };
    let whole = l.graph.one(One::Floor, time);
    let line = l.graph.read(curve.clone(), Reading::Interpolated, time);
    let forward = l.graph.read(curve.clone(), Reading::Forward, whole);
    let backward = l.graph.read(curve, Reading::Before, whole);
    let (one, minus) = (l.graph.number(1.0), l.graph.number(-1.0));
    let ahead = l.graph.two(Two::GreaterEqual, mode, one);
    let behind = l.graph.two(Two::LessEqual, mode, minus);
    let other = l.graph.three(Three::Select, behind, backward, line);
    l.graph.three(Three::Select, ahead, forward, other)
}

/// `GET DATA AT TIME(data, time)`
pub(super) fn at_time<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    read(l, call, context, None)
}

fn end<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context, last: bool) -> NodeId {
    match l.table_argument(call, 0, context) {
        Some((curve, _)) => {
            let (first, end) = curve.ends().unwrap_or((f64::NAN, f64::NAN));
            l.graph.number(if last { end } else { first })
        }
        None => l.no_table(call),
    }
}

/// `GET DATA FIRST TIME(data)`
pub(super) fn first_time<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    end(l, call, context, false)
}

/// `GET DATA LAST TIME(data)`
pub(super) fn last_time<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    end(l, call, context, true)
}

/// `GET XLS CONSTANTS(file, tab, cell)`
pub(super) fn constant<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    l.external_constant(&texts(call), context, call.span)
}
