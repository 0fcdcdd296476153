//! Allocation of something scarce among those who ask for it.

use super::vectors::dimension_of;
use crate::compile::context::{Axis, Context};
use crate::compile::dimensions::index;
use crate::compile::graph::NodeId;
use crate::compile::lower::Lowering;
use crate::compile::scope::Found;
use crate::compile::shape::CellId;
use crate::model::{Call, Expression, Subscript};
use crate::operation;

/// `ALLOCATE AVAILABLE(request[who], profile[who, first], available)`; a profile is four elements in a row.
pub(super) fn available<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let [Some(request), Some(Expression::Reference(profile))] = [0, 1].map(|place| call.arguments.get(place)) else {
        return l.not_a_vector(call);
    };
    let Some(axis) = l.last_axes(request, 1, context).pop() else { return l.not_a_vector(call) };
    let Some(place) = l.place_on_left(axis, 0, context) else { return l.not_a_vector(call) };
    let Some(Found::Variable(id)) = l.scopes.find(context.scope, &profile.name) else { return l.not_a_vector(call) };
    let mut operands = vec![l.argument(call, 2, context)];
    operands.extend(l.along(request, axis, context));
    let Some(last) = l.scopes.variable(id).and_then(|placed| placed.shape.axes.last().copied()) else {
        return l.not_a_vector(call);
    };
    let Some(first) = l.dimensions.get(last).elements.first().copied() else { return l.not_a_vector(call) };
    for element in l.dimensions.get(dimension_of(axis)).elements.clone() {
        // The last place names the first of the four, or the dimension they are.
        let mut inside = vec![(axis, element)];
        if let Some(Subscript::Name(name)) = profile.subscripts.last()
            && let Some(dimension) = l.dimensions.find(name)
        {
            inside.push((Axis::Plain(dimension), first));
        }
        let Some(cell) = l.fixed_cell(id, &profile.subscripts, &context.with(&inside)) else {
            return l.not_a_vector(call);
        };
        for part in 0..4 {
            operands.push(l.value(CellId(cell.0 + index(part)), context.mode));
        }
    }
    l.graph.call(operation::Call::AllocateAvailable, operands, place)
}

/// `ALLOCATE BY PRIORITY(request[who], priority[who], size, width, supply)`
pub(super) fn by_priority<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let [Some(request), Some(priority)] = [0, 1].map(|place| call.arguments.get(place)) else {
        return l.not_a_vector(call);
    };
    let Some(axis) = l.last_axes(request, 1, context).pop() else { return l.not_a_vector(call) };
    let Some(place) = l.place_on_left(axis, 0, context) else { return l.not_a_vector(call) };
    let priority_axis = l.last_axes(priority, 1, context).pop().unwrap_or(axis);
    let mut operands = vec![l.argument(call, 4, context), l.argument(call, 3, context)];
    operands.extend(l.along(request, axis, context));
    operands.extend(l.along(priority, priority_axis, context));
    l.graph.call(operation::Call::AllocateByPriority, operands, place)
}
