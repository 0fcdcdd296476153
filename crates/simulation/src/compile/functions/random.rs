//! Random functions: drawn anew at each step, the same for the same seed.

use crate::compile::context::Context;
use crate::compile::graph::NodeId;
use crate::compile::lower::Lowering;
use crate::model::Call;
use crate::operation::{self, RandomKind};

impl<'m> Lowering<'m> {
    fn drawn(&mut self, kind: RandomKind, operands: Vec<NodeId>, call: &'m Call, context: &Context) -> NodeId {
        let place = self.random_place(context, call.span);
        self.graph.call(operation::Call::Random(kind, place), operands, 0)
    }

    fn bounds(&mut self, call: &'m Call, low: usize, context: &Context) -> Vec<NodeId> {
        let low_bound = self.optional(call, low, f64::NEG_INFINITY, context);
        let high_bound = self.optional(call, low + 1, f64::INFINITY, context);
        vec![low_bound, high_bound]
    }
}

/// Vensim's, whose arguments are the operands in order. A seed at the end names a stream of Vensim's own generator,
/// which is not rebuilt here: the seed of the run decides.
pub(super) fn draw<'m>(
    l: &mut Lowering<'m>,
    kind: RandomKind,
    most: usize,
    call: &'m Call,
    context: &Context,
) -> NodeId {
    let count = call.arguments.len().min(most);
    let operands = (0..count).map(|place| l.argument(call, place, context)).collect();
    l.drawn(kind, operands, call, context)
}

/// `RANDOM 0 1()`
pub(super) fn zero_to_one<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let operands = vec![l.graph.number(0.0), l.graph.number(1.0)];
    l.drawn(RandomKind::Uniform, operands, call, context)
}

/// XMILE's `RANDOM(low, high[, seed])`, `UNIFORM`.
pub(super) fn uniform<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let operands = vec![l.argument(call, 0, context), l.argument(call, 1, context)];
    l.drawn(RandomKind::Uniform, operands, call, context)
}

/// XMILE's `NORMAL(mean, sd[, seed[, low, high]])`
pub(super) fn normal<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let mut operands = l.bounds(call, 3, context);
    operands.extend([l.argument(call, 0, context), l.argument(call, 1, context)]);
    l.drawn(RandomKind::Normal, operands, call, context)
}

/// XMILE's `LOGNORMAL(mean, sd[, seed[, low, high]])`
pub(super) fn lognormal<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let mut operands = l.bounds(call, 3, context);
    operands.extend([l.argument(call, 0, context), l.argument(call, 1, context)]);
    l.drawn(RandomKind::Lognormal, operands, call, context)
}

/// XMILE's `POISSON(mean[, seed[, low, high]])`
pub(super) fn poisson<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let mut operands = l.bounds(call, 2, context);
    operands.push(l.argument(call, 0, context));
    l.drawn(RandomKind::Poisson, operands, call, context)
}

/// XMILE's `EXPRND(mean[, seed[, low, high]])`
pub(super) fn exponential<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let mut operands = l.bounds(call, 2, context);
    operands.extend([l.graph.number(0.0), l.argument(call, 0, context)]);
    l.drawn(RandomKind::Exponential, operands, call, context)
}

/// XMILE's `TRIANGULAR(low, peak, high[, seed[, low, high]])`
pub(super) fn triangular<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let mut operands = l.bounds(call, 4, context);
    operands.extend([0, 1, 2].map(|place| l.argument(call, place, context)));
    l.drawn(RandomKind::Triangular, operands, call, context)
}

/// XMILE's `MONTECARLO(probability[, seed])`: 1 with a probability of so many per cent in a unit of time.
pub(super) fn monte_carlo<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let drawn = {
        let operands = vec![l.graph.number(0.0), l.graph.number(100.0)];
        l.drawn(RandomKind::Uniform, operands, call, context)
    };
    let (percent, step) = (l.argument(call, 0, context), l.graph.number(l.moments.step));
    let share = l.graph.two(operation::Two::Multiply, percent, step);
    l.graph.two(operation::Two::Less, drawn, share)
}
