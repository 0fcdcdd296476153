//! The graph to a program: what is worked out when, in which order, in which registers.
//!
//! Values are numbered after their operands, so rising numbers are an order that works. Constants are worked out once
//! for each run, what changes at each moment again and again, and what only outputs need at the moments that are kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::dimensions::index;
use super::functions::belts;
use super::graph::{Graph, Node, NodeId, Pace};
use super::states::{Carry, State};
use crate::operation::Call;
use crate::run::program::{BeltSlot, CallSlot, Instruction, Program, Register, SlotKind, StateSlot};

/// What is asked of the program.
pub(super) struct Wanted<'a, 'm> {
    pub(super) graph: &'a Graph,
    pub(super) states: &'a [State<'m>],
    /// Kept values of the first moment, where they were worked out.
    pub(super) helds: &'a [Option<NodeId>],
    pub(super) parameters: usize,
    pub(super) outputs: &'a [NodeId],
}

/// Makes the program.
pub(super) fn schedule(wanted: &Wanted<'_, '_>) -> Program {
    let mut scheduler = Scheduler::new(wanted);
    scheduler.run();
    scheduler.program
}

struct Scheduler<'a, 'm> {
    wanted: &'a Wanted<'a, 'm>,
    program: Program,
    registers: HashMap<NodeId, Register>,
    /// All results of a call that are asked for.
    results: HashMap<u32, Vec<NodeId>>,
    /// Belts by the number of their state.
    belts: HashMap<u32, u32>,
    next: Register,
}

/// One list of operations under construction.
struct Segment {
    nodes: BTreeSet<NodeId>,
    /// Values that must still be there when the list is done.
    kept: BTreeSet<NodeId>,
}

impl<'a, 'm> Scheduler<'a, 'm> {
    fn new(wanted: &'a Wanted<'a, 'm>) -> Self {
        let program = Program { curves: wanted.graph.curves().to_vec(), ..Program::default() };
        Self { wanted, program, registers: HashMap::new(), results: HashMap::new(), belts: HashMap::new(), next: 0 }
    }

    fn run(&mut self) {
        let states: Vec<(usize, &State<'m>)> =
            self.wanted.states.iter().enumerate().filter(|(_, s)| s.first.is_some() && s.next.is_some()).collect();
        let first_roots: Vec<NodeId> = states
            .iter()
            .flat_map(|(_, state)| state.first.iter().flatten().copied())
            .chain(self.wanted.helds.iter().flatten().copied())
            .collect();
        let next_roots: Vec<NodeId> =
            states.iter().flat_map(|(_, state)| state.next.iter().flatten().copied()).collect();
        let outputs = self.wanted.outputs.to_vec();

        let first = self.below(&first_roots);
        let step = self.below(&next_roots);
        let mut save = self.below(&outputs);
        let all: BTreeSet<NodeId> = first.iter().chain(&step).chain(&save).copied().collect();
        save.retain(|id| !step.contains(id));

        for id in &all {
            if let Node::Result(call, _) = self.wanted.graph.node(*id) {
                self.results.entry(call).or_default().push(*id);
            }
        }
        self.leaves(&all);
        for (place, state) in &states {
            let register = self.fresh();
            self.registers_of_state(index(*place), register);
            let slot = self.slot(state, register, index(*place));
            self.program.states.push(slot);
        }
        let graph = self.wanted.graph;
        let of_pace = |set: &BTreeSet<NodeId>, pace: Pace| -> BTreeSet<NodeId> {
            set.iter().copied().filter(|id| graph.pace(*id) == pace && !graph.is_given(*id)).collect()
        };
        let constants = of_pace(&all, Pace::Constant);
        let after: BTreeSet<NodeId> =
            of_pace(&step, Pace::Held).into_iter().chain(of_pace(&save, Pace::Held)).collect();
        let [first, step, save] = [&first, &step, &save].map(|set| of_pace(set, Pace::Moment));

        // Constants stay for the whole run; the others only as long as somebody still needs them.
        let everything: BTreeSet<NodeId> = constants.clone();
        self.program.constant = self.list(&Segment { nodes: constants, kept: everything });
        let kept_after = after.clone();
        self.program.after = self.list(&Segment { nodes: after, kept: kept_after });
        let base = self.next;
        self.program.first = self.list(&Segment { nodes: first, kept: first_roots.iter().copied().collect() });
        self.finish_first(&states);
        let most = self.next;
        self.next = base;
        self.forget_moving();
        let needed_later: BTreeSet<NodeId> =
            save.iter().flat_map(|id| self.operands(*id)).chain(outputs.iter().copied()).collect();
        let kept = next_roots.iter().copied().chain(needed_later).collect();
        self.program.step = self.list(&Segment { nodes: step, kept });
        self.program.save = self.list(&Segment { nodes: save, kept: outputs.iter().copied().collect() });
        for (slot, (_, state)) in states.iter().enumerate() {
            let registers: Vec<Register> = state.next.iter().flatten().map(|id| self.register(*id)).collect();
            let at = |place: usize| registers.get(place).copied().unwrap_or(0);
            let Some(slot) = self.program.states.get_mut(slot) else { continue };
            slot.next = at(0);
            if let SlotKind::Belt(number) = slot.kind
                && let Some(belt) = self.program.belts.get_mut(number as usize)
            {
                (belt.transit, belt.stands) = (at(1), at(2));
                belt.fractions = registers.get(3..).unwrap_or_default().to_vec();
            }
        }
        self.program.outputs = outputs.iter().map(|id| self.register(*id)).collect();
        self.program.registers = self.next.max(most).max(1) as usize;
    }

    fn fresh(&mut self) -> Register {
        self.next += 1;
        self.next - 1
    }

    fn register(&self, id: NodeId) -> Register {
        self.registers.get(&id).copied().unwrap_or(0)
    }

    fn operands(&self, id: NodeId) -> Vec<NodeId> {
        self.wanted.graph.operands(id).as_slice().to_vec()
    }

    /// Everything that some values are made of, themselves included.
    fn below(&self, roots: &[NodeId]) -> BTreeSet<NodeId> {
        let mut found = BTreeSet::new();
        let mut stack = roots.to_vec();
        while let Some(id) = stack.pop() {
            if found.insert(id) {
                stack.extend_from_slice(self.wanted.graph.operands(id).as_slice());
            }
        }
        found
    }

    /// Registers for what is not worked out but given.
    fn leaves(&mut self, all: &BTreeSet<NodeId>) {
        self.program.parameters = vec![None; self.wanted.parameters];
        let mut helds: BTreeMap<u32, Register> = BTreeMap::new();
        for id in all {
            let node = self.wanted.graph.node(*id);
            // States get theirs beside their slots.
            if !self.wanted.graph.is_given(*id) || matches!(node, Node::State(_)) {
                continue;
            }
            let register = self.fresh();
            self.registers.insert(*id, register);
            match node {
                Node::Number(bits) => self.program.numbers.push((register, f64::from_bits(bits))),
                Node::Parameter(place) => {
                    if let Some(slot) = self.program.parameters.get_mut(place as usize) {
                        *slot = Some(register);
                    }
                }
                Node::Time => self.program.time = Some(register),
                Node::Held(place) => {
                    helds.insert(place, register);
                }
                _ => {}
            }
        }
        self.program.helds = helds.into_iter().collect();
    }

    fn registers_of_state(&mut self, place: u32, register: Register) {
        // The node of a state exists when somebody reads it; one that nobody reads is carried all the same.
        if let Some(id) = self.wanted.graph.find(Node::State(place)) {
            self.registers.insert(id, register);
        }
    }

    fn slot(&mut self, state: &State<'m>, register: Register, place: u32) -> StateSlot {
        // Lines and windows share one list.
        let is_line = |slot: &&StateSlot| matches!(slot.kind, SlotKind::Line(_) | SlotKind::Window(_));
        let lines = index(self.program.states.iter().filter(is_line).count());
        let kind = match state.carry {
            Carry::Integral { non_negative } => SlotKind::Integral { non_negative },
            Carry::Latch => SlotKind::Latch,
            Carry::Line => SlotKind::Line(lines),
            Carry::Window => SlotKind::Window(lines),
            Carry::Belt => {
                let number = index(self.program.belts.len());
                let (exponential, zones) = belts::zones(state.call);
                self.program.belts.push(BeltSlot { exponential, zones, ..BeltSlot::default() });
                self.belts.insert(place, number);
                SlotKind::Belt(number)
            }
        };
        StateSlot { register, first: 0, length: 0, next: 0, kind }
    }

    /// Registers of first values, known once the list for the first moment is made.
    fn finish_first(&mut self, states: &[(usize, &State<'m>)]) {
        for (slot, (_, state)) in states.iter().enumerate() {
            let nodes = state.first.as_deref().unwrap_or_default();
            let first = nodes.first().map_or(0, |id| self.register(*id));
            let length = nodes.get(1).map_or(0, |id| self.register(*id));
            if let Some(slot) = self.program.states.get_mut(slot) {
                (slot.first, slot.length) = (first, length);
            }
        }
        let helds = std::mem::take(&mut self.program.helds);
        let from = |place: u32| self.wanted.helds.get(place as usize).copied().flatten();
        self.program.helds =
            helds.into_iter().filter_map(|(place, to)| Some((self.register(from(place)?), to))).collect();
    }

    /// What changes at every moment is worked out anew after the first: its registers are free again.
    fn forget_moving(&mut self) {
        let graph = self.wanted.graph;
        self.registers.retain(|id, _| graph.pace(*id) != Pace::Moment || graph.is_given(*id));
    }

    /// Operations for the values of a segment that have no register yet.
    fn list(&mut self, segment: &Segment) -> Vec<Instruction> {
        let mut last_use: HashMap<NodeId, NodeId> = HashMap::new();
        for id in &segment.nodes {
            for operand in self.wanted.graph.operands(*id).as_slice() {
                last_use.insert(*operand, *id);
            }
        }
        let mut free: Vec<Register> = Vec::new();
        let mut list = Vec::new();
        let mut done: BTreeSet<u32> = BTreeSet::new();
        for id in &segment.nodes {
            if self.registers.contains_key(id) {
                continue;
            }
            let operands = self.operands(*id);
            // An operand that is read for the last time gives its register to the result.
            let ending = operands.iter().filter(|operand| {
                segment.nodes.contains(operand) && !segment.kept.contains(operand) && last_use.get(operand) == Some(id)
            });
            let node = self.wanted.graph.node(*id);
            if !matches!(node, Node::Result(..)) {
                let mut ended: Vec<Register> = ending.map(|operand| self.register(*operand)).collect();
                ended.dedup();
                for register in ended {
                    if !free.contains(&register) {
                        free.push(register);
                    }
                }
            }
            if let Node::Result(call, _) = node {
                if done.insert(call) {
                    list.push(self.call(call, segment));
                }
                continue;
            }
            let to = free.pop().unwrap_or_else(|| self.fresh());
            self.registers.insert(*id, to);
            let register = |id: NodeId| self.register(id);
            list.push(match node {
                Node::One(operation, a) => Instruction::One { operation, to, a: register(a) },
                Node::Two(operation, a, b) => Instruction::Two { operation, to, a: register(a), b: register(b) },
                Node::Three(operation, a, b, c) => {
                    Instruction::Three { operation, to, a: register(a), b: register(b), c: register(c) }
                }
                Node::Read(curve, reading, a) => Instruction::Read { curve, reading, to, a: register(a) },
                // Given ones have registers already; a state nobody carries cannot be asked for.
                _ => continue,
            });
        }
        list
    }

    /// A call is made once; all its results that this segment needs get registers at once.
    fn call(&mut self, call: u32, segment: &Segment) -> Instruction {
        let asked = self.results.get(&call).cloned().unwrap_or_default();
        let mut results = Vec::new();
        for id in asked.into_iter().filter(|id| segment.nodes.contains(id)) {
            let to = self.fresh();
            self.registers.insert(id, to);
            if let Node::Result(_, result) = self.wanted.graph.node(id) {
                results.push((result, to));
            }
        }
        let (kind, operands) = match self.wanted.graph.calls().get(call as usize) {
            Some((kind, operands)) => {
                let kind = match *kind {
                    // States are numbered in the graph, belts in the program.
                    Call::Leaving { belt } => Call::Leaving { belt: self.belts.get(&belt).copied().unwrap_or(0) },
                    other => other,
                };
                (kind, operands.iter().map(|id| self.register(*id)).collect())
            }
            None => (Call::Element, Vec::new()),
        };
        let place = index(self.program.calls.len());
        self.program.calls.push(CallSlot { kind, operands, results });
        Instruction::Call { call: place }
    }
}
