//! Conveyors: what is on them, what leaves them, what may enter (XMILE 1.0, section 3.7.3).

use crate::compile::context::{Context, Mode};
use crate::compile::graph::NodeId;
use crate::compile::lower::Lowering;
use crate::compile::scope::Found;
use crate::compile::states::{Part, StateId};
use crate::model::{Call, Content, Expression};
use crate::operation::{self, Three, Two};

/// Arguments of `conveyor#` before those of the leaks, which are three each.
const BEFORE_LEAKS: usize = 5;

fn leaks(call: &Call) -> impl Iterator<Item = usize> {
    (BEFORE_LEAKS..call.arguments.len()).step_by(3)
}

fn belt<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> StateId {
    l.keep(call, context, 0, Part::Belt)
}

/// `conveyor#(initial, inflow, transit time, arrest, exponential, fraction, start, end, …)`
pub(super) fn content<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let state = belt(l, call, context);
    l.held_by(state, context.mode)
}

/// The call that makes the belt a reference names, where it stands.
fn made<'m>(l: &mut Lowering<'m>, belt: &'m Expression, context: &Context) -> Option<(&'m Call, Context)> {
    let Expression::Reference(reference) = belt else { return None };
    let Some(Found::Variable(id)) = l.scopes.find(context.scope, &reference.name) else { return None };
    let cell = l.fixed_cell(id, &reference.subscripts, context)?;
    let (_, equation, inside) = l.definition(cell, context.mode)?;
    match &equation.content {
        Content::Expression(Expression::Call(call)) => Some((call, inside)),
        _ => None,
    }
}

/// What leaves a belt at its end (0) or by a leak (1 and up), with the shares of the moment. Where another first value
/// needs it, it is what an even belt without leaks lets out.
fn leaving<'m>(l: &mut Lowering<'m>, made: &'m Call, inside: &Context, place: usize) -> NodeId {
    if inside.mode == Mode::Initial {
        if place > 0 {
            return l.graph.number(0.0);
        }
        let (initial, transit) = (l.argument(made, 0, inside), l.argument(made, 2, inside));
        return l.graph.two(Two::Divide, initial, transit);
    }
    let belt = belt(l, made, inside);
    let mut operands = vec![l.held_by(belt, inside.mode)];
    for leak in leaks(made) {
        operands.push(l.argument(made, leak, inside));
    }
    l.graph.call(operation::Call::Leaving { belt: belt.0 }, operands, place)
}

/// `conveyor_outflow#(belt, place)`: per unit of time; nothing while the belt stands still.
pub(super) fn outflow<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let place = call.arguments.get(1).and_then(Expression::as_number).unwrap_or(0.0) as usize;
    let Some((made, inside)) = call.arguments.first().and_then(|argument| made(l, argument, context)) else {
        return l.not_a_vector(call);
    };
    let flow = leaving(l, made, &inside, place);
    let (arrest, zero) = (l.argument(made, 3, &inside), l.graph.number(0.0));
    l.graph.three(Three::Select, arrest, zero, flow)
}

/// `conveyor_inflow#(wanted, belt, capacity, limit, arrest, earlier)`: what is wanted, within the limit on all that
/// enters and the room that what leaves makes.
pub(super) fn inflow<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let [wanted, content, capacity, limit, arrest, earlier] = [0, 1, 2, 3, 4, 5].map(|p| l.argument(call, p, context));
    let Some((made, inside)) = call.arguments.get(1).and_then(|argument| made(l, argument, context)) else {
        return l.not_a_vector(call);
    };
    let (zero, step) = (l.graph.number(0.0), l.graph.number(l.moments.step));
    let free = l.graph.two(Two::Subtract, capacity, content);
    let mut room = l.graph.two(Two::Divide, free, step);
    for place in 0..=leaks(made).count() {
        let leaving = leaving(l, made, &inside, place);
        room = l.graph.two(Two::Add, room, leaving);
    }
    let most = l.graph.two(Two::Minimum, room, limit);
    let left = l.graph.two(Two::Subtract, most, earlier);
    let left = l.graph.two(Two::Maximum, left, zero);
    let taken = l.graph.two(Two::Minimum, wanted, left);
    l.graph.three(Three::Select, arrest, zero, taken)
}

/// Content and transit time at first. A content given to the run is the first one, as with stocks.
pub(crate) fn first<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> Vec<NodeId> {
    let content = match l.given.get(&context.cell).copied() {
        Some(value) => l.parameter(context.cell, value),
        None => l.argument(call, 0, context),
    };
    vec![content, l.argument(call, 2, context)]
}

/// What enters, the transit time for it, whether the belt stands still, and the leaking shares.
pub(crate) fn next<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> Vec<NodeId> {
    let mut nodes = vec![l.argument(call, 1, context), l.argument(call, 2, context), l.argument(call, 3, context)];
    for place in leaks(call) {
        nodes.push(l.argument(call, place, context));
    }
    nodes
}

/// Whether leaks are shares of what is there, and where on the belt each leak begins and ends.
pub(crate) fn zones(call: &Call) -> (bool, Vec<(f64, f64)>) {
    let number = |place: usize| call.arguments.get(place).and_then(Expression::as_number).unwrap_or(0.0);
    (number(4) != 0.0, leaks(call).map(|place| (number(place + 1), number(place + 2))).collect())
}
