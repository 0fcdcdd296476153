//! Allocation of something scarce among those who ask for it.

use super::vectors::dimension_of;
use crate::compile::context::{Axis, Context};
use crate::compile::dimensions::index;
use crate::compile::graph::NodeId;
use crate::compile::lower::Lowering;
use crate::compile::scope::Found;
use crate::compile::shape::CellId;
use crate::model::{Call, Expression, Reference, Subscript};
use crate::operation;

impl<'m> Lowering<'m> {
    /// The four elements of a profile that begin at the one an argument names, or at the first of its dimension.
    fn profile(&mut self, profile: &'m Reference, context: &Context) -> Option<Vec<NodeId>> {
        let Some(Found::Variable(id)) = self.scopes.find(context.scope, &profile.name) else { return None };
        let last = self.scopes.variable(id)?.shape.axes.last().copied()?;
        let first = self.dimensions.get(last).elements.first().copied()?;
        let dimension = match profile.subscripts.last() {
            Some(Subscript::Name(name)) => self.dimensions.find(name),
            _ => None,
        };
        let inside = match dimension {
            Some(dimension) => context.with(&[(Axis::Plain(dimension), first)]),
            None => context.clone(),
        };
        let cell = self.fixed_cell(id, &profile.subscripts, &inside)?;
        Some((0..4).map(|part| self.value(CellId(cell.0 + index(part)), context.mode)).collect())
    }

    /// Quantity and profile of everyone in the group whose first member two arguments name.
    fn group(&mut self, call: &'m Call, quantity: usize, context: &Context) -> Option<Vec<NodeId>> {
        let (Expression::Reference(amount), Expression::Reference(profile)) =
            (call.arguments.get(quantity)?, call.arguments.get(quantity + 1)?)
        else {
            return None;
        };
        let (Some(Found::Variable(amounts)), Some(Found::Variable(profiles))) =
            (self.scopes.find(context.scope, &amount.name), self.scopes.find(context.scope, &profile.name))
        else {
            return None;
        };
        let members =
            self.scopes.variable(amounts)?.shape.axes.last().map(|axis| self.dimensions.get(*axis).elements.len())?;
        let (first, first_part) = (
            self.fixed_cell(amounts, &amount.subscripts, context)?,
            self.fixed_cell(profiles, &profile.subscripts, context)?,
        );
        let mut operands = Vec::with_capacity(members * 5);
        for member in 0..members {
            operands.push(self.value(CellId(first.0 + index(member)), context.mode));
            for part in 0..4 {
                operands.push(self.value(CellId(first_part.0 + index(member * 4 + part)), context.mode));
            }
        }
        Some(operands)
    }
}

/// `ALLOCATE AVAILABLE(request[who], profile[who, first], available)`; a profile is four elements in a row.
pub(super) fn available<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let [Some(request), Some(Expression::Reference(profile))] = [0, 1].map(|place| call.arguments.get(place)) else {
        return l.not_a_vector(call);
    };
    let Some(axis) = l.last_axes(request, 1, context).pop() else { return l.not_a_vector(call) };
    let Some(place) = l.place_on_left(axis, 0, context) else { return l.not_a_vector(call) };
    let mut operands = vec![l.argument(call, 2, context)];
    operands.extend(l.along(request, axis, context));
    for element in l.dimensions.get(dimension_of(axis)).elements.clone() {
        match l.profile(profile, &context.with(&[(axis, element)])) {
            Some(parts) => operands.extend(parts),
            None => return l.not_a_vector(call),
        }
    }
    l.graph.call(operation::Call::AllocateAvailable, operands, place)
}

/// XMILE's `ALLOCATE(available, dimension, request, priority, width, type)`, as Stella writes what Vensim's becomes.
pub(super) fn xmile<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let Some(Expression::Reference(reference)) = call.arguments.get(1) else { return l.not_a_vector(call) };
    let Some(dimension) = l.dimensions.find(&reference.name) else { return l.not_a_vector(call) };
    let Some(place) = l.place_on_left(Axis::Plain(dimension), 0, context) else { return l.not_a_vector(call) };
    let elements = l.dimensions.get(dimension).elements.clone();
    let mut operands = vec![l.argument(call, 0, context)];
    let inside = |element| context.with(&[(Axis::Plain(dimension), element), (Axis::Every(dimension), element)]);
    for element in &elements {
        operands.push(l.argument(call, 2, &inside(*element)));
    }
    let zero = l.graph.number(0.0);
    for element in &elements {
        let [priority, width, kind] = [3, 4, 5].map(|argument| l.argument(call, argument, &inside(*element)));
        operands.extend([kind, priority, width, zero]);
    }
    l.graph.call(operation::Call::AllocateAvailable, operands, place)
}

/// `FIND MARKET PRICE(demand[first], demand profile[first, ptype], supply[first], supply profile[first, ptype])`
pub(super) fn market_price<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let (Some(demand), Some(supply)) = (l.group(call, 0, context), l.group(call, 2, context)) else {
        return l.not_a_vector(call);
    };
    let count = l.graph.number(demand.len() as f64 / 5.0);
    let operands = [count].into_iter().chain(demand).chain(supply).collect();
    l.graph.call(operation::Call::MarketPrice, operands, 0)
}

fn at_price<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context, kind: operation::Call) -> NodeId {
    let Some(Expression::Reference(profile)) = call.arguments.get(1) else { return l.not_a_vector(call) };
    let Some(parts) = l.profile(profile, context) else { return l.not_a_vector(call) };
    let (price, quantity) = (l.argument(call, 2, context), l.argument(call, 0, context));
    let operands = [price, quantity].into_iter().chain(parts).collect();
    l.graph.call(kind, operands, 0)
}

/// `DEMAND AT PRICE(demand[who], profile[who, ptype], price)`
pub(super) fn demand<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    at_price(l, call, context, operation::Call::Demand)
}

/// `SUPPLY AT PRICE(supply[who], profile[who, ptype], price)`
pub(super) fn supply<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    at_price(l, call, context, operation::Call::Supply)
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
