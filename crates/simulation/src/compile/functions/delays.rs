//! Smooths, delays and trends: hidden stocks, as their documentation in both dialects defines them.

use crate::compile::context::{Context, Mode};
use crate::compile::graph::NodeId;
use crate::compile::lower::Lowering;
use crate::compile::states::Part;
use crate::model::Call;
use crate::operation::{One, Two};

/// More stages than any delay of a model has; each is a stock.
const MOST_STAGES: f64 = 1_000.0;

/// Where the initial value stands among the arguments, if the call has one.
fn initial_place(call: &Call) -> usize {
    match call.name.as_str() {
        // Vensim: input, time, initial, order. XMILE: input, time, order, initial.
        "smooth_n" | "delay_n" => 2,
        "smthn" | "delayn" => 3,
        _ => 2,
    }
}

impl<'m> Lowering<'m> {
    /// The number of stages; nothing while it is not known yet. Vensim takes fewer where the time of a delay is too
    /// short for a step in each.
    fn order(&mut self, call: &'m Call, place: usize, context: &Context) -> Option<u32> {
        let order = self.whole(call, place, context);
        let time = self.argument(call, 1, &context.at(Mode::Initial));
        if self.is_unfinished() {
            return None;
        }
        let order = order.unwrap_or(1.0).clamp(1.0, MOST_STAGES).floor();
        let room = self.evaluate(time).map_or(order, |time| (time / self.moments.step + 1e-6).floor());
        let is_delay = call.name.as_str().starts_with("delay");
        Some(if is_delay { order.min(room.max(1.0)) as u32 } else { order as u32 })
    }

    /// The time that holds in a stage. Vensim's `DELAY N` lets what is under way keep the time with which it entered:
    /// each stage has the time of so many steps ago, and what comes out is measured by that of one step ago, as PySD's
    /// authors found out.
    fn stage_time_of(&mut self, call: &'m Call, order: u32, steps: u32, context: &Context) -> NodeId {
        if call.name.as_str() != "delay_n" || steps == 0 {
            return self.stage_time(call, order, context);
        }
        let state = self.keep(call, context, MOST_STAGES as u32 + steps, Part::TimeAgo { steps });
        let (time, order) = (self.held_by(state, context.mode), self.graph.number(f64::from(order)));
        self.graph.two(Two::Divide, time, order)
    }

    /// Time divided among the stages.
    fn stage_time(&mut self, call: &'m Call, order: u32, context: &Context) -> NodeId {
        let (time, order) = (self.argument(call, 1, context), self.graph.number(f64::from(order)));
        self.graph.two(Two::Divide, time, order)
    }

    fn start(&mut self, call: &'m Call, context: &Context) -> NodeId {
        let place = if call.arguments.len() > initial_place(call) { initial_place(call) } else { 0 };
        self.argument(call, place, context)
    }
}

fn smooth<'m>(l: &mut Lowering<'m>, call: &'m Call, order: u32, context: &Context) -> NodeId {
    let state = l.keep(call, context, order, Part::Smooth { order, stage: order });
    l.held_by(state, context.mode)
}

/// `SMOOTH(x, time)`, `SMTH1(x, time[, initial])`
pub(super) fn smooth1<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    smooth(l, call, 1, context)
}

/// `SMOOTH3(x, time)`, `SMTH3(x, time[, initial])`
pub(super) fn smooth3<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    smooth(l, call, 3, context)
}

/// `SMTHN(x, time, order[, initial])`
pub(super) fn smooth_n<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let Some(order) = l.order(call, 2, context) else { return l.graph.number(f64::NAN) };
    smooth(l, call, order, context)
}

/// `SMOOTH N(x, time, initial, order)`
pub(super) fn vensim_smooth_n<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let Some(order) = l.order(call, 3, context) else { return l.graph.number(f64::NAN) };
    smooth(l, call, order, context)
}

fn delay<'m>(l: &mut Lowering<'m>, call: &'m Call, order: u32, context: &Context) -> NodeId {
    let state = l.keep(call, context, order, Part::Delay { order, stage: order });
    let (level, time) = (l.held_by(state, context.mode), l.stage_time_of(call, order, 1, context));
    l.graph.two(Two::Divide, level, time)
}

/// `DELAY1(x, time[, initial])`
pub(super) fn delay1<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    delay(l, call, 1, context)
}

/// `DELAY3(x, time[, initial])`
pub(super) fn delay3<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    delay(l, call, 3, context)
}

/// `DELAYN(x, time, order[, initial])`
pub(super) fn delay_n<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let Some(order) = l.order(call, 2, context) else { return l.graph.number(f64::NAN) };
    delay(l, call, order, context)
}

/// `DELAY N(x, time, initial, order)`
pub(super) fn vensim_delay_n<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let Some(order) = l.order(call, 3, context) else { return l.graph.number(f64::NAN) };
    delay(l, call, order, context)
}

/// `DELAY FIXED(x, time, initial)`, XMILE's `DELAY(x, time[, initial])`: everything comes out as it went in.
pub(super) fn fixed<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let state = l.keep(call, context, 0, Part::Line);
    l.held_by(state, context.mode)
}

/// The average that a trend is measured against.
fn average<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let state = l.keep(call, context, 0, Part::Average);
    l.held_by(state, context.mode)
}

/// `TREND(x, time[, initial])`: growth per unit of time, 0 where the average is 0.
pub(super) fn trend<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let average = average(l, call, context);
    let (x, time) = (l.argument(call, 0, context), l.argument(call, 1, context));
    let (away, size) = (l.graph.two(Two::Subtract, x, average), l.graph.one(One::Absolute, average));
    let scale = l.graph.two(Two::Multiply, time, size);
    l.graph.two(Two::DivideOrZero, away, scale)
}

/// `FORECAST(x, time, horizon[, initial trend])`
pub(super) fn forecast<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let average = average(l, call, context);
    let [x, time, horizon] = [0, 1, 2].map(|place| l.argument(call, place, context));
    let (away, scale) = (l.graph.two(Two::Subtract, x, average), l.graph.two(Two::Multiply, time, average));
    let (trend, one) = (l.graph.two(Two::DivideOrZero, away, scale), l.graph.number(1.0));
    let growth = l.graph.two(Two::Multiply, trend, horizon);
    let factor = l.graph.two(Two::Add, one, growth);
    l.graph.two(Two::Multiply, x, factor)
}

/// `DEPRECIATE STRAIGHTLINE(stream, life, …)`: what entered within the life, spread evenly over it.
pub(super) fn straight_line<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let state = l.keep(call, context, 0, Part::Window);
    let (stream, life) = (l.argument(call, 0, context), l.argument(call, 1, context));
    let earlier = l.held_by(state, context.mode);
    let all = l.graph.two(Two::Add, stream, earlier);
    l.graph.two(Two::Divide, all, life)
}

/// What each of these holds at first.
pub(crate) fn first<'m>(l: &mut Lowering<'m>, part: Part, call: &'m Call, context: &Context) -> Vec<NodeId> {
    let value = match part {
        Part::Stock => l.argument(call, 1, context),
        Part::Smooth { .. } => l.start(call, context),
        Part::Delay { order, .. } => {
            let (value, time) = (l.start(call, context), l.stage_time(call, order, context));
            l.graph.two(Two::Multiply, value, time)
        }
        Part::Average => {
            // Such that the trend is the initial one at the first moment.
            let place = if matches!(call.name.as_str(), "trend") { 2 } else { 3 };
            let trend = l.optional(call, place, 0.0, context);
            let (x, time, one) = (l.argument(call, 0, context), l.argument(call, 1, context), l.graph.number(1.0));
            let growth = l.graph.two(Two::Multiply, trend, time);
            let divisor = l.graph.two(Two::Add, one, growth);
            l.graph.two(Two::Divide, x, divisor)
        }
        Part::TimeAgo { .. } => l.argument(call, 1, context),
        Part::Line => {
            let (value, length) = (l.start(call, context), l.argument(call, 1, context));
            return vec![value, length];
        }
        Part::Window => {
            let (value, length) = (l.graph.number(0.0), l.argument(call, 1, context));
            return vec![value, length];
        }
        Part::Discount => l.graph.number(1.0),
        _ => l.optional(call, 2, 0.0, context),
    };
    vec![value]
}

/// What changes each of these.
pub(crate) fn next<'m>(l: &mut Lowering<'m>, part: Part, call: &'m Call, context: &Context) -> NodeId {
    match part {
        Part::Smooth { order, stage } => {
            let (into, time) = (stage_before(l, call, part, stage, context), l.stage_time(call, order, context));
            let own = own_stage(l, call, part, stage, context);
            let gap = l.graph.two(Two::Subtract, into, own);
            l.graph.two(Two::Divide, gap, time)
        }
        Part::Delay { order, stage } => {
            let time = l.stage_time_of(call, order, stage - 1, context);
            let mut into = stage_before(l, call, part, stage, context);
            if stage > 1 {
                let before = l.stage_time_of(call, order, stage - 2, context);
                into = l.graph.two(Two::Divide, into, before);
            }
            let own = own_stage(l, call, part, stage, context);
            let out = l.graph.two(Two::Divide, own, time);
            l.graph.two(Two::Subtract, into, out)
        }
        Part::Average => {
            let average = average(l, call, context);
            let (x, time) = (l.argument(call, 0, context), l.argument(call, 1, context));
            let gap = l.graph.two(Two::Subtract, x, average);
            l.graph.two(Two::Divide, gap, time)
        }
        Part::TimeAgo { steps: 1 } => l.argument(call, 1, context),
        Part::TimeAgo { steps } => {
            let state = l.keep(call, context, MOST_STAGES as u32 + steps - 1, Part::TimeAgo { steps: steps - 1 });
            l.held_by(state, context.mode)
        }
        Part::Discount => super::money::discount_rate(l, call, context),
        Part::Present => super::money::present_rate(l, call, context),
        _ => l.argument(call, 0, context),
    }
}

fn at_stage(part: Part, stage: u32) -> Part {
    match part {
        Part::Smooth { order, .. } => Part::Smooth { order, stage },
        Part::Delay { order, .. } => Part::Delay { order, stage },
        other => other,
    }
}

fn own_stage<'m>(l: &mut Lowering<'m>, call: &'m Call, part: Part, stage: u32, context: &Context) -> NodeId {
    let state = l.keep(call, context, stage, at_stage(part, stage));
    l.held_by(state, Mode::Step)
}

/// What flows into a stage: the input into the first, the stage before into the others.
fn stage_before<'m>(l: &mut Lowering<'m>, call: &'m Call, part: Part, stage: u32, context: &Context) -> NodeId {
    if stage <= 1 { l.argument(call, 0, context) } else { own_stage(l, call, part, stage - 1, context) }
}
