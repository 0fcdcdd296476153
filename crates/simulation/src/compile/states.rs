//! What a model keeps from one step to the next: stocks, and what delays, samples and averages hold.

use super::context::Context;
use super::functions::{belts, delays, kept};
use super::graph::NodeId;
use super::lower::Lowering;
use crate::model::{Call, Role};

/// A state by its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct StateId(pub(crate) u32);

/// How a state is carried over a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carry {
    /// Adds its rate times the step; never below zero if so asked.
    Integral { non_negative: bool },
    /// Takes a new value.
    Latch,
    /// What entered so long ago: first the initial value, then the length; changed by what enters.
    Line,
    /// The sum of what entered within a time, the latest aside: the length; changed by what enters.
    Window,
    /// What is on a belt: first its content, its length in time and the shares that leak; changed by what enters, the
    /// length for that, whether it stands still, and the shares that leak.
    Belt,
}

/// What a state is for: decides its first value and what changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Stock,
    Smooth {
        order: u32,
        stage: u32,
    },
    Delay {
        order: u32,
        stage: u32,
    },
    Average,
    Discount,
    Present,
    Sample,
    SampleUntil,
    Previous,
    /// The time of a delay so many steps ago.
    TimeAgo {
        steps: u32,
    },
    Line,
    Window,
    Belt,
}

/// One state.
#[derive(Debug)]
pub(crate) struct State<'m> {
    pub(crate) carry: Carry,
    pub(crate) part: Part,
    pub(crate) call: &'m Call,
    pub(crate) context: Context,
    /// What it holds at first; lines have their length beside it.
    pub(crate) first: Option<Vec<NodeId>>,
    /// What changes it.
    pub(crate) next: Option<Vec<NodeId>>,
}

impl<'m> Lowering<'m> {
    /// The state that a call keeps as its part of this number; the same each time it is asked for.
    pub(crate) fn keep(&mut self, call: &'m Call, context: &Context, number: u32, part: Part) -> StateId {
        let site = context.site(call.span, number);
        if let Some(id) = self.state_of_site.get(&site) {
            return *id;
        }
        let non_negative = part == Part::Stock
            && self.scopes.cell(context.cell).is_some_and(|(placed, _)| {
                placed.written.non_negative && matches!(placed.written.role, Role::Stock { .. })
            });
        let carry = match part {
            Part::Sample | Part::SampleUntil | Part::Previous | Part::TimeAgo { .. } => Carry::Latch,
            Part::Line => Carry::Line,
            Part::Window => Carry::Window,
            Part::Belt => Carry::Belt,
            _ => Carry::Integral { non_negative },
        };
        let id = StateId(super::dimensions::index(self.states.len()));
        self.states.push(State { carry, part, call, context: context.clone(), first: None, next: None });
        self.state_of_site.insert(site, id);
        id
    }

    /// What a state holds at first.
    pub(super) fn first(&mut self, id: StateId) -> Vec<NodeId> {
        let Some(state) = self.state(id) else { return Vec::new() };
        let (part, call, context) = (state.part, state.call, state.context.at(super::context::Mode::Initial));
        if let (Part::Stock, Some(value)) = (part, self.given.get(&context.cell).copied()) {
            return vec![self.parameter(context.cell, value)];
        }
        match part {
            Part::Sample | Part::SampleUntil | Part::Previous => vec![kept::first(self, part, call, &context)],
            Part::Belt => belts::first(self, call, &context),
            _ => delays::first(self, part, call, &context),
        }
    }

    /// What changes a state.
    pub(super) fn next(&mut self, id: StateId) -> Vec<NodeId> {
        let Some(state) = self.state(id) else { return Vec::new() };
        let (part, call, context) = (state.part, state.call, state.context.at(super::context::Mode::Step));
        match part {
            Part::Sample | Part::SampleUntil | Part::Previous => vec![kept::next(self, part, call, &context)],
            Part::Belt => belts::next(self, call, &context),
            _ => vec![delays::next(self, part, call, &context)],
        }
    }
}
