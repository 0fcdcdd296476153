//! Links between variables: what each is worked out from.

use std::collections::BTreeMap;

use super::macros::Macros;
use super::mention::{Reader, Way};
use super::names::{Names, Place};
use super::part;
use super::sign::Sign;
use crate::compile::scope::{ROOT, ScopeId};
use crate::model::{Conveyor, Model, Name, Role, Variable};

/// One variable uses another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// What is used.
    pub from: usize,
    /// What uses it.
    pub to: usize,
    /// Which way the one moves the other; for a stock, which way its rate is moved. Known where
    /// every use says it: terms of sums, factors whose fellow factors keep their sign, inputs of tables that go one
    /// way, of smooths and delays, of minima and maxima.
    pub sign: Sign,
    /// Used for initial values alone: no cause while the model runs, and part of no loop.
    pub initial: bool,
    /// A stock, a smooth or a delay lies between: what the one does shows in the other at a later step.
    pub held: bool,
}

/// All links. `place` gives what names mean in a scope.
pub(super) fn links<'a, 'm: 'a>(model: &'m Model, place: &dyn Fn(ScopeId) -> Place<'a, 'm>) -> Vec<Link> {
    let root = place(ROOT);
    let macros = Macros::new(model, &root);
    let mut found: BTreeMap<(usize, usize), Way> = BTreeMap::new();
    let mut note = |from: usize, to: usize, way: Way| {
        found.entry((from, to)).and_modify(|known| *known = known.beside(way)).or_insert(way);
    };
    for (id, placed) in root.scopes.variables() {
        let (at, written, names) = (id.0 as usize, placed.written, place(placed.scope));
        // An input of a module is what it is connected to, whatever its own equation says.
        if let Some(source) = names.source(at, &written.name) {
            note(source, at, Way::PLAIN);
            continue;
        }
        let mut reader = Reader::new(&names, &macros);
        reader.variable(written, part::is_only_first(written));
        belt(&mut reader, written);
        reader.found.iter().for_each(|mention| note(mention.source, at, mention.way));
        leaving(written, &names).for_each(|flow| note(at, flow, Way { sign: Sign::Unknown, ..Way::PLAIN }));
    }
    let link = |((from, to), way): ((usize, usize), Way)| Link {
        from,
        to,
        sign: way.sign,
        initial: way.initial,
        held: way.held,
    };
    found.into_iter().map(link).collect()
}

/// What a conveyor or a queue is moved by, beside its initial value.
fn belt(reader: &mut Reader<'_>, variable: &Variable) {
    let later = |sign| Way { sign, initial: false, held: true };
    let mut flows = |inflows: &[Name], outflows: &[Name]| {
        inflows.iter().for_each(|name| reader.name(name, later(Sign::Plus)));
        outflows.iter().for_each(|name| reader.name(name, later(Sign::Minus)));
    };
    match &variable.role {
        Role::Queue { inflows, outflows } => flows(inflows, outflows),
        Role::Conveyor(belt) => {
            flows(&belt.inflows, &belt.outflows);
            let Conveyor { transit_time, capacity, inflow_limit, sample, arrest, leaks, .. } = &**belt;
            let rest = [capacity, inflow_limit, sample, arrest].into_iter().flatten();
            let all = std::iter::once(transit_time).chain(rest).chain(leaks.iter().map(|leak| &leak.fraction));
            all.for_each(|expression| reader.expression(expression, later(Sign::Unknown)));
        }
        Role::Stock { .. } | Role::Flow | Role::Auxiliary => {}
    }
}

/// Flows whose size the belt or the queue decides. Which way is left open: what leaves entered long ago.
fn leaving(variable: &Variable, names: &dyn Names) -> impl Iterator<Item = usize> {
    let outflows = match &variable.role {
        Role::Conveyor(belt) => belt.outflows.as_slice(),
        Role::Queue { outflows, .. } => outflows.as_slice(),
        Role::Stock { .. } | Role::Flow | Role::Auxiliary => &[],
    };
    outflows.iter().filter_map(|name| names.find(name))
}
