//! Functions of the moment. Half a step of grace decides whether a moment is reached, so that rounding does not.

use crate::compile::context::Context;
use crate::compile::graph::NodeId;
use crate::compile::lower::Lowering;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Call;
use crate::operation::{One, Three, Two};

impl Lowering<'_> {
    /// The moment and half a step.
    fn just_after(&mut self) -> NodeId {
        let (time, half) = (self.graph.time(), self.graph.number(self.moments.step / 2.0));
        self.graph.two(Two::Add, time, half)
    }

    fn within(&mut self, value: NodeId, above: NodeId, below: NodeId) -> NodeId {
        let (after, before) = (self.graph.two(Two::Greater, value, above), self.graph.two(Two::Less, value, below));
        self.graph.two(Two::And, after, before)
    }

    /// A width, or one step where it is 0.
    fn at_least_a_step(&mut self, width: NodeId) -> NodeId {
        let step = self.graph.number(self.moments.step);
        self.graph.two(Two::Maximum, width, step)
    }
}

/// `STEP(height, start)`
pub(super) fn step<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let (height, start) = (l.argument(call, 0, context), l.argument(call, 1, context));
    let (now, zero) = (l.just_after(), l.graph.number(0.0));
    let reached = l.graph.two(Two::Greater, now, start);
    l.graph.three(Three::Select, reached, height, zero)
}

/// Vensim's `PULSE(start, width)`: 1 while it lasts.
pub(super) fn pulse<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let (start, width) = (l.argument(call, 0, context), l.argument(call, 1, context));
    let width = l.at_least_a_step(width);
    let (now, end) = (l.just_after(), l.graph.two(Two::Add, start, width));
    l.within(now, start, end)
}

/// `PULSE TRAIN(start, width, interval, end)`
pub(super) fn pulse_train<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let [start, width, interval, end] = [0, 1, 2, 3].map(|place| l.argument(call, place, context));
    let (now, time, width) = (l.just_after(), l.graph.time(), l.at_least_a_step(width));
    let since = l.graph.two(Two::Subtract, now, start);
    // Without an interval there is one pulse.
    let zero = l.graph.number(0.0);
    let repeats = l.graph.two(Two::Greater, interval, zero);
    let phase = l.graph.two(Two::ModuloFloor, since, interval);
    let phase = l.graph.three(Three::Select, repeats, phase, since);
    let (begun, open) = (l.graph.two(Two::Greater, now, start), l.graph.two(Two::LessEqual, time, end));
    let on = l.graph.two(Two::Less, phase, width);
    let during = l.graph.two(Two::And, begun, open);
    l.graph.two(Two::And, during, on)
}

/// XMILE's `PULSE(magnitude[, first[, interval]])`: all of it within one step.
pub(super) fn xmile_pulse<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let magnitude = l.argument(call, 0, context);
    let start = l.moments.start;
    let first = l.optional(call, 1, start, context);
    let (now, step, zero) = (l.just_after(), l.graph.number(l.moments.step), l.graph.number(0.0));
    let since = l.graph.two(Two::Subtract, now, first);
    let begun = l.graph.two(Two::Greater, since, zero);
    // Without an interval, or with one of 0, there is one pulse.
    let interval = l.optional(call, 2, 0.0, context);
    let repeats = l.graph.two(Two::Greater, interval, zero);
    let phase = l.graph.two(Two::ModuloFloor, since, interval);
    let phase = l.graph.three(Three::Select, repeats, phase, since);
    let on = l.graph.two(Two::Less, phase, step);
    let on = l.graph.two(Two::And, begun, on);
    let height = l.graph.two(Two::Divide, magnitude, step);
    l.graph.three(Three::Select, on, height, zero)
}

/// `RAMP(slope, start[, end])`; Vensim lets the end lie before the start and then never stops.
pub(super) fn ramp<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let (slope, start) = (l.argument(call, 0, context), l.argument(call, 1, context));
    let end = l.optional(call, 2, f64::INFINITY, context);
    let (time, zero) = (l.graph.time(), l.graph.number(0.0));
    let until = {
        let earlier = l.graph.two(Two::Minimum, time, end);
        let endless = l.graph.two(Two::Greater, start, end);
        l.graph.three(Three::Select, endless, time, earlier)
    };
    let begun = l.graph.two(Two::Greater, time, start);
    let span = l.graph.two(Two::Subtract, until, start);
    let height = l.graph.two(Two::Multiply, slope, span);
    l.graph.three(Three::Select, begun, height, zero)
}

/// `RAMP FROM TO(from, to, start, end[, logarithmic])`
pub(super) fn ramp_from_to<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let [from, to, start, end] = [0, 1, 2, 3].map(|place| l.argument(call, place, context));
    let logarithmic = l.optional(call, 4, 0.0, context);
    let (time, zero, one) = (l.graph.time(), l.graph.number(0.0), l.graph.number(1.0));
    let (passed, length) = (l.graph.two(Two::Subtract, time, start), l.graph.two(Two::Subtract, end, start));
    let share = l.graph.two(Two::Divide, passed, length);
    let share = l.graph.two(Two::Maximum, share, zero);
    let share = l.graph.two(Two::Minimum, share, one);
    let difference = l.graph.two(Two::Subtract, to, from);
    let rise = l.graph.two(Two::Multiply, difference, share);
    let straight = l.graph.two(Two::Add, from, rise);
    let ratio = l.graph.two(Two::Divide, to, from);
    let growth = l.graph.two(Two::Power, ratio, share);
    let curved = l.graph.two(Two::Multiply, from, growth);
    l.graph.three(Three::Select, logarithmic, curved, straight)
}

/// `TIME BASE(start, slope)`: time that goes at another pace.
pub(super) fn base<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let (start, slope, time) = (l.argument(call, 0, context), l.argument(call, 1, context), l.graph.time());
    let passed = l.graph.two(Two::Multiply, slope, time);
    l.graph.two(Two::Add, start, passed)
}

fn wave<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context, shape: One) -> NodeId {
    let (amplitude, period, time) = (l.argument(call, 0, context), l.argument(call, 1, context), l.graph.time());
    let turn = l.graph.number(2.0 * std::f64::consts::PI);
    let angle = l.graph.two(Two::Multiply, turn, time);
    let angle = l.graph.two(Two::Divide, angle, period);
    let height = l.graph.one(shape, angle);
    l.graph.two(Two::Multiply, amplitude, height)
}

pub(super) fn sine_wave<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    wave(l, call, context, One::Sine)
}

pub(super) fn cosine_wave<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    wave(l, call, context, One::Cosine)
}

/// `GET TIME VALUE(relative to, offset, measure)`, for the measure that needs no calendar.
pub(super) fn calendar<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let relative = l.whole(call, 0, context);
    let offset = l.argument(call, 1, context);
    let measure = l.whole(call, 2, context);
    let moment = match relative {
        Some(0.0) => l.graph.time(),
        Some(1.0) => l.graph.number(l.moments.start),
        // The clock of the machine is no part of a model that gives the same result twice.
        _ => return unsupported(l, call, context),
    };
    let moment = l.graph.two(Two::Add, moment, offset);
    // Parts of the date need a calendar that the model does not carry.
    if measure == Some(0.0) { moment } else { unsupported(l, call, context) }
}

fn unsupported(l: &mut Lowering<'_>, call: &Call, context: &Context) -> NodeId {
    let label = l.scopes.label(context.cell, &l.dimensions);
    l.say_once(Diagnostic::error(
        Code::Unsupported,
        call.span,
        format!("「{label}」：「{}」的这种用法不支持", call.name),
        format!("`{label}`: this use of `{}` is not supported", call.name),
    ));
    l.graph.number(f64::NAN)
}
