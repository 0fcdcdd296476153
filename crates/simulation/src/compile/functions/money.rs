//! Present values and payments.

use crate::compile::context::{Context, Mode};
use crate::compile::graph::NodeId;
use crate::compile::lower::Lowering;
use crate::compile::states::Part;
use crate::model::Call;
use crate::operation::{One, Three, Two};

fn discount<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context, mode: Mode) -> NodeId {
    let state = l.keep(call, context, 1, Part::Discount);
    l.held_by(state, mode)
}

/// `NPV(stream, discount rate[, initial[, factor]])`: a factor that shrinks at the rate, and the discounted stream
/// gathered, the step under way included (Vensim Reference Manual, NPV).
pub(super) fn present_value<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let state = l.keep(call, context, 0, Part::Present);
    let (gathered, factor) = (l.held_by(state, context.mode), discount(l, call, context, context.mode));
    let (stream, step) = (l.argument(call, 0, context), l.graph.number(l.moments.step));
    let entering = l.graph.two(Two::Multiply, stream, step);
    let discounted = l.graph.two(Two::Multiply, entering, factor);
    let sum = l.graph.two(Two::Add, gathered, discounted);
    let scale = l.optional(call, 3, 1.0, context);
    l.graph.two(Two::Multiply, sum, scale)
}

/// What changes the factor.
pub(super) fn discount_rate<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let (factor, rate) = (discount(l, call, context, Mode::Step), l.argument(call, 1, context));
    let (one, step) = (l.graph.number(1.0), l.graph.number(l.moments.step));
    let shrink = l.graph.two(Two::Multiply, factor, rate);
    let within = l.graph.two(Two::Multiply, rate, step);
    let growth = l.graph.two(Two::Add, one, within);
    let shrink = l.graph.two(Two::Divide, shrink, growth);
    l.graph.one(One::Negative, shrink)
}

/// What is gathered.
pub(super) fn present_rate<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let (factor, stream) = (discount(l, call, context, Mode::Step), l.argument(call, 0, context));
    l.graph.two(Two::Multiply, stream, factor)
}

/// (1 + rate)^periods and what it gathers of payments of 1: ((1 + rate)^periods - 1) / rate, periods where rate is 0.
fn growth<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> (NodeId, NodeId) {
    let (rate, periods, one) = (l.argument(call, 0, context), l.argument(call, 1, context), l.graph.number(1.0));
    let base = l.graph.two(Two::Add, one, rate);
    let growth = l.graph.two(Two::Power, base, periods);
    let gain = l.graph.two(Two::Subtract, growth, one);
    let gathered = l.graph.two(Two::Divide, gain, rate);
    (growth, l.graph.three(Three::Select, rate, gathered, periods))
}

/// `PMT(rate, periods, present[, future])`: the payment that brings the present value to the future one.
pub(super) fn payment<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let (growth, gathered) = growth(l, call, context);
    let (present, future) = (l.argument(call, 2, context), l.optional(call, 3, 0.0, context));
    let grown = l.graph.two(Two::Multiply, present, growth);
    let due = l.graph.two(Two::Add, grown, future);
    let payment = l.graph.two(Two::Divide, due, gathered);
    l.graph.one(One::Negative, payment)
}

/// `PV(rate, periods, payment[, future])`
pub(super) fn value_now<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let (growth, gathered) = growth(l, call, context);
    let (payment, future) = (l.argument(call, 2, context), l.optional(call, 3, 0.0, context));
    let paid = l.graph.two(Two::Multiply, payment, gathered);
    let all = l.graph.two(Two::Add, paid, future);
    let value = l.graph.two(Two::Divide, all, growth);
    l.graph.one(One::Negative, value)
}

/// `FV(rate, periods, payment[, present])`
pub(super) fn value_then<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let (growth, gathered) = growth(l, call, context);
    let (payment, present) = (l.argument(call, 2, context), l.optional(call, 3, 0.0, context));
    let (paid, grown) = (l.graph.two(Two::Multiply, payment, gathered), l.graph.two(Two::Multiply, present, growth));
    let value = l.graph.two(Two::Add, paid, grown);
    l.graph.one(One::Negative, value)
}
