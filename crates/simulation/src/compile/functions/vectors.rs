//! Functions from arrays to arrays. The element that is being defined decides which result is taken.

use crate::compile::context::{Axis, Context};
use crate::compile::dimensions::{DimensionId, index};
use crate::compile::graph::NodeId;
use crate::compile::lower::Lowering;
use crate::compile::scope::Found;
use crate::compile::shape::{CellId, VariableId};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Call, Expression, Reference, Subscript};
use crate::operation::{self, NOT_AVAILABLE, Three, Two};

impl<'m> Lowering<'m> {
    /// The dimensions at the end of the brackets of the first array in an expression, at most `count`.
    pub(super) fn last_axes(&self, expression: &'m Expression, count: usize, context: &Context) -> Vec<Axis> {
        let mut found = Vec::new();
        expression.walk(&mut |part| {
            let Expression::Reference(reference) = part else { return };
            if !found.is_empty() {
                return;
            }
            if reference.subscripts.is_empty() {
                if let Some(Found::Variable(id)) = self.scopes.find(context.scope, &reference.name) {
                    let axes = self.scopes.variable(id).map(|p| p.shape.axes.clone()).unwrap_or_default();
                    let skip = axes.len().saturating_sub(count);
                    found = axes.into_iter().skip(skip).map(Axis::Every).collect();
                }
                return;
            }
            let axes = reference.subscripts.iter().filter_map(|subscript| match subscript {
                Subscript::Name(name) => self.dimensions.find(name).map(Axis::Plain),
                Subscript::Every(name) => self.dimensions.find(name).map(Axis::Every),
                _ => None,
            });
            let axes: Vec<Axis> = axes.collect();
            found = axes.iter().skip(axes.len().saturating_sub(count)).copied().collect();
        });
        found
    }

    /// The place of the defined element along a dimension: by its name on the left side, else by the last places.
    pub(super) fn place_on_left(&self, axis: Axis, from_last: usize, context: &Context) -> Option<usize> {
        let dimension = dimension_of(axis);
        let by_name = context.bound.iter().find(|bound| bound.dimension == dimension);
        let by_place = || context.bound.iter().rev().nth(from_last);
        let bound = by_name.or_else(by_place)?;
        self.element_place(bound.dimension, bound.element)
    }

    /// The values of an expression along a dimension.
    pub(super) fn along(&mut self, expression: &'m Expression, axis: Axis, context: &Context) -> Vec<NodeId> {
        let elements = self.dimensions.get(dimension_of(axis)).elements.clone();
        elements.into_iter().map(|element| self.lower(expression, &context.with(&[(axis, element)]))).collect()
    }

    pub(super) fn not_a_vector(&mut self, call: &Call) -> NodeId {
        self.wrong(call.span, &call.name, "带维度的变量", "a variable with a dimension")
    }
}

pub(super) fn dimension_of(axis: Axis) -> DimensionId {
    match axis {
        Axis::Every(dimension) | Axis::Plain(dimension) => dimension,
    }
}

fn ordered<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context, kind: operation::Call) -> NodeId {
    let Some(values) = call.arguments.first() else { return l.graph.number(f64::NAN) };
    let Some(axis) = l.last_axes(values, 1, context).pop() else { return l.not_a_vector(call) };
    let Some(place) = l.place_on_left(axis, 0, context) else { return l.not_a_vector(call) };
    let mut operands = vec![l.argument(call, 1, context)];
    operands.extend(l.along(values, axis, context));
    if place + 1 >= operands.len() {
        return l.graph.number(NOT_AVAILABLE);
    }
    l.graph.call(kind, operands, place)
}

/// `VECTOR SORT ORDER(x[d], direction)`
pub(super) fn sort_order<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    ordered(l, call, context, operation::Call::SortOrder)
}

/// `VECTOR RANK(x[d], direction)`
pub(super) fn vector_rank<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    ordered(l, call, context, operation::Call::Rank)
}

/// XMILE's `RANK(array, rank)`: the number of the element that has this rank.
pub(super) fn rank<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let Some(values) = call.arguments.first() else { return l.graph.number(f64::NAN) };
    let mut axes = Vec::new();
    l.axes(values, context, &mut axes);
    let rows = l.combinations(&axes, call.span);
    let mut operands = vec![l.graph.number(1.0)];
    for row in &rows {
        operands.push(l.lower(values, &context.with(row)));
    }
    let (one, wanted) = (l.graph.number(1.0), l.argument(call, 1, context));
    let mut choice = vec![l.graph.two(Two::Subtract, wanted, one)];
    for place in 0..rows.len() {
        choice.push(l.graph.call(operation::Call::SortOrder, operands.clone(), place));
    }
    let place = l.graph.call(operation::Call::Element, choice, 0);
    l.graph.two(Two::Add, place, one)
}

/// `VECTOR REORDER(x[d], order[d])`
pub(super) fn reorder<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let [Some(values), Some(order)] = [0, 1].map(|place| call.arguments.get(place)) else {
        return l.graph.number(f64::NAN);
    };
    let Some(axis) = l.last_axes(values, 1, context).pop() else { return l.not_a_vector(call) };
    let order_axis = l.last_axes(order, 1, context).pop().unwrap_or(axis);
    let place = l.place_on_left(order_axis, 0, context).or_else(|| l.place_on_left(axis, 0, context));
    let element = place.and_then(|at| l.dimensions.get(dimension_of(order_axis)).elements.get(at).copied());
    let Some(element) = element else { return l.not_a_vector(call) };
    let mut operands = vec![l.lower(order, &context.with(&[(order_axis, element)]))];
    operands.extend(l.along(values, axis, context));
    l.graph.call(operation::Call::Element, operands, 0)
}

/// The array whose cell an argument names, with the place of that cell in it.
fn base<'m>(l: &mut Lowering<'m>, reference: &'m Reference, context: &Context) -> Option<(VariableId, CellId)> {
    let Some(Found::Variable(id)) = l.scopes.find(context.scope, &reference.name) else { return None };
    Some((id, l.fixed_cell(id, &reference.subscripts, context)?))
}

/// `VECTOR ELM MAP(x[first], offset)`: the element so many places after the named one, nothing beyond the array.
pub(super) fn element_map<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let Some(values) = call.arguments.first() else { return l.not_a_vector(call) };
    let Expression::Reference(reference) = values else {
        // Values that are worked out first have no array around them: the offset counts from their first.
        let Some(axis) = l.last_axes(values, 1, context).pop() else { return l.not_a_vector(call) };
        let mut operands = vec![l.argument(call, 1, context)];
        operands.extend(l.along(values, axis, context));
        return l.graph.call(operation::Call::Element, operands, 0);
    };
    let Some((id, cell)) = base(l, reference, context) else { return l.not_a_vector(call) };
    let Some((first, size)) = l.scopes.variable(id).map(|p| (p.first.0, p.shape.size())) else {
        return l.not_a_vector(call);
    };
    let (offset, start) = (l.argument(call, 1, context), l.graph.number(f64::from(cell.0 - first)));
    let mut operands = vec![l.graph.two(Two::Add, start, offset)];
    for place in 0..size {
        operands.push(l.value(CellId(first + index(place)), context.mode));
    }
    l.graph.call(operation::Call::Element, operands, 0)
}

/// `VECTOR LOOKUP(x[d], place, first, missing)`: the value at a place between elements, by a straight line.
pub(super) fn lookup<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let Some(values) = call.arguments.first() else { return l.graph.number(f64::NAN) };
    let Some(axis) = l.last_axes(values, 1, context).pop() else { return l.not_a_vector(call) };
    let [place, first, missing] = [1, 2, 3].map(|at| l.argument(call, at, context));
    let from_zero = l.graph.two(Two::Subtract, place, first);
    let (low, high) = (l.graph.one(operation::One::Floor, from_zero), l.graph.one(operation::One::Ceiling, from_zero));
    let share = l.graph.two(Two::Subtract, from_zero, low);
    let list = l.along(values, axis, context);
    let at = |l: &mut Lowering<'m>, place: NodeId| {
        let operands = [place].into_iter().chain(list.iter().copied()).collect();
        l.graph.call(operation::Call::Element, operands, 0)
    };
    let (before, after) = (at(l, low), at(l, high));
    let rise = l.graph.two(Two::Subtract, after, before);
    let part = l.graph.two(Two::Multiply, rise, share);
    let value = l.graph.two(Two::Add, before, part);
    let nothing = l.graph.number(NOT_AVAILABLE);
    let [before, after] = [before, after].map(|v| l.graph.two(Two::NotEqual, v, nothing));
    let known = l.graph.two(Two::And, before, after);
    l.graph.three(Three::Select, known, value, missing)
}

/// `INVERT MATRIX(m[d, e], n)`
pub(super) fn invert<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let Some(matrix) = call.arguments.first() else { return l.graph.number(f64::NAN) };
    let axes = l.last_axes(matrix, 2, context);
    let [rows, columns] = axes.as_slice() else { return l.not_a_vector(call) };
    let (rows, columns) = (*rows, *columns);
    let size = |l: &Lowering<'m>, axis: Axis| l.dimensions.get(dimension_of(axis)).elements.len();
    let (n, m) = (size(l, rows), size(l, columns));
    if n != m || n == 0 {
        l.say_once(Diagnostic::error(
            Code::WrongArguments,
            call.span,
            format!("「{}」需要方阵，这里是 {n} × {m}", call.name),
            format!("`{}` takes a square matrix, this one is {n} by {m}", call.name),
        ));
        return l.graph.number(f64::NAN);
    }
    // Rows and columns may be one dimension twice; then the places, not the names, tell them apart.
    let same = dimension_of(rows) == dimension_of(columns);
    let mut operands = Vec::with_capacity(n * n);
    if same {
        let first = l.dimensions.get(dimension_of(rows)).elements.first().copied();
        let (Expression::Reference(reference), Some(first)) = (matrix, first) else { return l.not_a_vector(call) };
        let Some((_, cell)) = base(l, reference, &context.with(&[(rows, first)])) else { return l.not_a_vector(call) };
        operands.extend((0..n * n).map(|place| l.value(CellId(cell.0 + index(place)), context.mode)));
    } else {
        for element in l.dimensions.get(dimension_of(rows)).elements.clone() {
            operands.extend(l.along(matrix, columns, &context.with(&[(rows, element)])));
        }
    }
    let by_order = |l: &Lowering<'m>, from_last: usize| {
        let bound = context.bound.iter().rev().nth(from_last)?;
        l.element_place(bound.dimension, bound.element)
    };
    let (row, column) = if same {
        (by_order(l, 1), by_order(l, 0))
    } else {
        (l.place_on_left(rows, 1, context), l.place_on_left(columns, 0, context))
    };
    let (Some(row), Some(column)) = (row, column) else { return l.not_a_vector(call) };
    l.graph.call(operation::Call::Invert, operands, row * n + column)
}
