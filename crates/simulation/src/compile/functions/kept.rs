//! Stocks, initial values, and values taken over from the step before.

use crate::compile::context::{Context, Mode};
use crate::compile::graph::NodeId;
use crate::compile::lower::Lowering;
use crate::compile::states::Part;
use crate::model::Call;
use crate::operation::{Three, Two};

/// `INTEG(rate, initial)`
pub(super) fn integral<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let state = l.keep(call, context, 0, Part::Stock);
    l.held_by(state, context.mode)
}

/// `INITIAL(x)`, `INIT(x)`
pub(super) fn initial<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    match call.arguments.first() {
        Some(argument) => l.initial_of(argument, context, call.span),
        None => l.graph.number(f64::NAN),
    }
}

/// `ACTIVE INITIAL(x, initial)` within an expression.
pub(super) fn active_initial<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    l.argument(call, usize::from(context.mode == Mode::Initial), context)
}

/// `SAMPLE IF TRUE(condition, input, initial)`
pub(super) fn sample<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let state = l.keep(call, context, 0, Part::Sample);
    let (condition, input) = (l.argument(call, 0, context), l.argument(call, 1, context));
    let before = l.held_by(state, context.mode);
    l.graph.three(Three::Select, condition, input, before)
}

/// `SAMPLE UNTIL(last moment, input, initial)`
pub(super) fn sample_until<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let state = l.keep(call, context, 0, Part::SampleUntil);
    let (last, input, time) = (l.argument(call, 0, context), l.argument(call, 1, context), l.graph.time());
    let before = l.held_by(state, context.mode);
    let open = l.graph.two(Two::LessEqual, time, last);
    l.graph.three(Three::Select, open, input, before)
}

/// `PREVIOUS(x[, initial])`
pub(super) fn previous<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let state = l.keep(call, context, 0, Part::Previous);
    l.held_by(state, context.mode)
}

/// What is held before the first step.
pub(crate) fn first<'m>(l: &mut Lowering<'m>, part: Part, call: &'m Call, context: &Context) -> NodeId {
    match part {
        Part::Previous => l.optional(call, 1, 0.0, context),
        _ => l.argument(call, 2, context),
    }
}

/// What is taken over.
pub(crate) fn next<'m>(l: &mut Lowering<'m>, part: Part, call: &'m Call, context: &Context) -> NodeId {
    match part {
        Part::Sample => sample(l, call, context),
        Part::SampleUntil => sample_until(l, call, context),
        _ => l.argument(call, 0, context),
    }
}
