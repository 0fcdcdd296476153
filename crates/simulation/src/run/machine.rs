//! Runs a program over a block of runs at once. Each register holds one number for each run of the block, side by
//! side, so that one operation is done for all of them; every run gets exactly what it would get alone.
#![expect(
    clippy::indexing_slicing,
    reason = "the scheduler numbers registers below `Program::registers`, states, lines and calls below the lengths of \
              their lists; a block is made with lists of exactly these lengths"
)]

use super::belt::{Belt, Leaks};
use super::program::{BeltSlot, Instruction, Program, Register, SlotKind};
use crate::model::Method;
use crate::operation::{Call, Curve, One, Reading, Three, Two, call, one, three, two};

/// One block of `W` runs.
pub(crate) struct Machine<'p, const W: usize> {
    program: &'p Program,
    registers: Vec<[f64; W]>,
    lines: Vec<[Line; W]>,
    belts: Vec<[Belt; W]>,
    seeds: [u64; W],
    /// The step under way, from 0.
    pub(crate) step: u64,
    start: f64,
    length: f64,
    scratch: Vec<[f64; W]>,
}

/// What entered, for as many steps as it takes to the end.
#[derive(Clone, Debug, Default)]
struct Line {
    values: Vec<f64>,
    at: usize,
    first: f64,
}

/// Longer than any delay of a model; a made-up one must not use up the memory.
const LONGEST_LINE: f64 = 1_000_000.0;

/// What a block has reached, without what can be worked out again.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot<const W: usize> {
    states: Vec<[f64; W]>,
    helds: Vec<[f64; W]>,
    lines: Vec<[Line; W]>,
    belts: Vec<[Belt; W]>,
    step: u64,
}

impl<'p, const W: usize> Machine<'p, W> {
    pub(crate) fn new(program: &'p Program, start: f64, length: f64) -> Self {
        let lines = program.states.iter().filter(|s| matches!(s.kind, SlotKind::Line(_) | SlotKind::Window(_))).count();
        let mut machine = Self {
            program,
            registers: vec![[0.0; W]; program.registers],
            lines: (0..lines).map(|_| std::array::from_fn(|_| Line::default())).collect(),
            belts: program.belts.iter().map(|_| std::array::from_fn(|_| Belt::default())).collect(),
            seeds: [0; W],
            step: 0,
            start,
            length,
            scratch: vec![[0.0; W]; program.states.len() * 3],
        };
        for (register, value) in &program.numbers {
            machine.registers[*register as usize] = [*value; W];
        }
        machine
    }

    /// Gives the runs their parameters: `value(parameter, run)`. Must be done before anything else.
    pub(crate) fn prepare(&mut self, seeds: [u64; W], value: impl Fn(usize, usize) -> f64) {
        self.seeds = seeds;
        for (place, register) in self.program.parameters.iter().enumerate() {
            if let Some(register) = register {
                self.registers[*register as usize] = std::array::from_fn(|run| value(place, run));
            }
        }
        self.execute(&self.program.constant);
    }

    /// Works out the first moment.
    pub(crate) fn begin(&mut self) {
        let program = self.program;
        self.step = 0;
        self.set_time(0.0);
        self.execute(&program.first);
        for (place, state) in program.states.iter().enumerate() {
            self.scratch[place] = self.registers[state.first as usize];
            let length = self.registers[state.length as usize];
            let first = self.scratch[place];
            match state.kind {
                SlotKind::Line(line) => {
                    self.lines[line as usize] =
                        std::array::from_fn(|run| Line::new(length[run] / self.length, first[run]));
                }
                SlotKind::Window(line) => {
                    // The latest value is not in the window: one step less.
                    let steps = length.map(|length| (length / self.length - 1e-6).ceil() - 1.0);
                    self.lines[line as usize] = steps.map(Line::window);
                }
                SlotKind::Belt(belt) => self.lay(belt as usize, &first, &length),
                SlotKind::Integral { .. } | SlotKind::Latch => {}
            }
        }
        for (from, to) in &program.helds {
            self.registers[*to as usize] = self.registers[*from as usize];
        }
        for (place, state) in program.states.iter().enumerate() {
            self.registers[state.register as usize] = self.scratch[place];
        }
        self.execute(&program.after);
    }

    /// Lays a belt with its first content.
    fn lay(&mut self, belt: usize, content: &[f64; W], transit: &[f64; W]) {
        self.belts[belt] = std::array::from_fn(|run| Belt::new(content[run], transit[run], self.length));
    }

    /// Moves a belt on and gives its content.
    fn pass(&mut self, belt: usize, rate: &[f64; W]) -> [f64; W] {
        let slot = &self.program.belts[belt];
        let (transit, stands) = (self.registers[slot.transit as usize], self.registers[slot.stands as usize]);
        std::array::from_fn(|run| {
            let fractions = self.of_run(&slot.fractions, run);
            let belt = &mut self.belts[belt][run];
            belt.pass(rate[run], transit[run], stands[run] != 0.0, self.length, &leaks(slot, &fractions));
            belt.content()
        })
    }

    fn of_run(&self, registers: &[Register], run: usize) -> Vec<f64> {
        registers.iter().map(|register| self.registers[*register as usize][run]).collect()
    }

    fn set_time(&mut self, part: f64) {
        if let Some(register) = self.program.time {
            self.registers[register as usize] = [self.start + (self.step as f64 + part) * self.length; W];
        }
    }

    /// Works out the moment that has been reached; with `outputs` what only they need as well.
    pub(crate) fn look(&mut self, outputs: bool) {
        self.set_time(0.0);
        self.execute(&self.program.step);
        if outputs {
            self.execute(&self.program.save);
        }
    }

    /// Carries all states over one step. The moment must have been worked out.
    pub(crate) fn carry(&mut self, method: Method) {
        let program = self.program;
        let count = program.states.len();
        // What enters lines and latches is that of the whole step, whatever is looked at within it.
        for (place, state) in program.states.iter().enumerate() {
            self.scratch[place] = self.registers[state.next as usize];
            self.scratch[count + place] = self.registers[state.register as usize];
        }
        match method {
            Method::Euler => {}
            Method::RungeKutta2 => {
                self.probe(1.0, count);
                self.weigh(count, &[0.5, 0.5]);
            }
            Method::RungeKutta4 => self.runge_kutta_4(count),
        }
        for (place, state) in program.states.iter().enumerate() {
            let (next, now) = (self.scratch[place], self.scratch[count + place]);
            let length = self.length;
            self.registers[state.register as usize] = match state.kind {
                SlotKind::Integral { non_negative: false } => std::array::from_fn(|run| now[run] + length * next[run]),
                SlotKind::Integral { non_negative: true } => {
                    std::array::from_fn(|run| two(Two::Maximum, now[run] + length * next[run], 0.0))
                }
                SlotKind::Latch => next,
                SlotKind::Line(line) => std::array::from_fn(|run| self.lines[line as usize][run].pass(next[run])),
                SlotKind::Window(line) => std::array::from_fn(|run| self.lines[line as usize][run].gather(next[run])),
                SlotKind::Belt(belt) => self.pass(belt as usize, &next),
            };
        }
        self.step += 1;
    }

    /// Moves the stocks from where the step began along the latest rates, by a part of the step, and looks there.
    fn probe(&mut self, part: f64, count: usize) {
        let program = self.program;
        for (place, state) in program.states.iter().enumerate() {
            if let SlotKind::Integral { .. } = state.kind {
                let (now, rate) = (self.scratch[count + place], self.registers[state.next as usize]);
                self.scratch[2 * count + place] = std::array::from_fn(|run| now[run] + part * self.length * rate[run]);
            }
        }
        for (place, state) in program.states.iter().enumerate() {
            if let SlotKind::Integral { .. } = state.kind {
                self.registers[state.register as usize] = self.scratch[2 * count + place];
            }
        }
        self.set_time(part);
        self.execute(&program.step);
    }

    /// Mixes the rates at the beginning with the latest ones.
    fn weigh(&mut self, count: usize, weights: &[f64; 2]) {
        for (place, state) in self.program.states.iter().enumerate().take(count) {
            if let SlotKind::Integral { .. } = state.kind {
                let (begun, latest) = (self.scratch[place], self.registers[state.next as usize]);
                self.scratch[place] = std::array::from_fn(|run| weights[0] * begun[run] + weights[1] * latest[run]);
            }
        }
    }

    /// (k1 + 2 k2 + 2 k3 + k4) / 6
    fn runge_kutta_4(&mut self, count: usize) {
        for (part, weight) in [(0.5, 2.0), (0.5, 2.0), (1.0, 1.0)] {
            self.probe(part, count);
            self.weigh(count, &[1.0, weight]);
        }
        for (place, state) in self.program.states.iter().enumerate() {
            if let SlotKind::Integral { .. } = state.kind {
                self.scratch[place] = self.scratch[place].map(|sum| sum / 6.0);
            }
        }
    }

    /// The numbers of an output.
    pub(crate) fn output(&self, place: usize) -> [f64; W] {
        self.registers[self.program.outputs[place] as usize]
    }

    pub(crate) fn snapshot(&self) -> Snapshot<W> {
        let program = self.program;
        let copy = |register: Register| self.registers[register as usize];
        Snapshot {
            states: program.states.iter().map(|state| copy(state.register)).collect(),
            helds: program.helds.iter().map(|(_, to)| copy(*to)).collect(),
            lines: self.lines.clone(),
            belts: self.belts.clone(),
            step: self.step,
        }
    }

    /// Goes on where a block was left. Its parameters must have been given.
    pub(crate) fn restore(&mut self, snapshot: Snapshot<W>) {
        let program = self.program;
        for (state, value) in program.states.iter().zip(&snapshot.states) {
            self.registers[state.register as usize] = *value;
        }
        for ((_, to), value) in program.helds.iter().zip(&snapshot.helds) {
            self.registers[*to as usize] = *value;
        }
        self.lines = snapshot.lines;
        self.belts = snapshot.belts;
        self.step = snapshot.step;
        self.execute(&program.after);
    }

    fn execute(&mut self, list: &[Instruction]) {
        for instruction in list {
            match *instruction {
                Instruction::Two { operation, to, a, b } => self.two(operation, to, a, b),
                Instruction::One { operation, to, a } => self.one(operation, to, a),
                Instruction::Three { operation, to, a, b, c } => {
                    let [x, y, z] = [a, b, c].map(|register| self.registers[register as usize]);
                    let to = &mut self.registers[to as usize];
                    match operation {
                        Three::Select => *to = std::array::from_fn(|run| three(Three::Select, x[run], y[run], z[run])),
                        Three::DivideOr => {
                            *to = std::array::from_fn(|run| three(Three::DivideOr, x[run], y[run], z[run]))
                        }
                    }
                }
                Instruction::Read { curve, reading, to, a } => {
                    let x = self.registers[a as usize];
                    read(&self.program.curves[curve as usize], reading, &x, &mut self.registers[to as usize]);
                }
                Instruction::Call { call } => self.call(call as usize),
            }
        }
    }

    #[inline(always)]
    fn binary(&mut self, to: Register, a: Register, b: Register, f: impl Fn(f64, f64) -> f64) {
        let (x, y) = (self.registers[a as usize], self.registers[b as usize]);
        self.registers[to as usize] = std::array::from_fn(|run| f(x[run], y[run]));
    }

    fn two(&mut self, operation: Two, to: Register, a: Register, b: Register) {
        // The operation is chosen once for the block; within each arm it is fixed, and the loop over the runs is plain.
        macro_rules! arms {
            ($($name:ident),+) => {
                match operation { $(Two::$name => self.binary(to, a, b, |x, y| two(Two::$name, x, y)),)+ }
            };
        }
        arms!(
            Add,
            Subtract,
            Multiply,
            Divide,
            DivideOrZero,
            Power,
            ModuloFloor,
            ModuloTruncate,
            Minimum,
            Maximum,
            Less,
            LessEqual,
            Greater,
            GreaterEqual,
            Equal,
            NotEqual,
            And,
            Or,
            Quantum
        );
    }

    fn one(&mut self, operation: One, to: Register, a: Register) {
        let x = self.registers[a as usize];
        self.registers[to as usize] = match operation {
            One::Negative => x.map(|x| one(One::Negative, x)),
            One::Not => x.map(|x| one(One::Not, x)),
            One::Absolute => x.map(|x| one(One::Absolute, x)),
            One::SquareRoot => x.map(|x| one(One::SquareRoot, x)),
            other => x.map(|x| one(other, x)),
        };
    }

    fn call(&mut self, place: usize) {
        let slot = &self.program.calls[place];
        let mut operands = vec![0.0; slot.operands.len()];
        let mut results = vec![0.0; slot.kind.results(slot.operands.len())];
        for run in 0..W {
            for (operand, register) in operands.iter_mut().zip(&slot.operands) {
                *operand = self.registers[*register as usize][run];
            }
            if let Call::Leaving { belt } = slot.kind {
                let slot = &self.program.belts[belt as usize];
                let fractions = operands.get(1..).unwrap_or_default();
                self.belts[belt as usize][run].leaving(self.length, &leaks(slot, fractions), &mut results);
            } else {
                call(slot.kind, &operands, self.seeds[run], self.step, &mut results);
            }
            for (result, register) in &slot.results {
                self.registers[*register as usize][run] = results[*result as usize];
            }
        }
    }
}

fn leaks<'a>(slot: &'a BeltSlot, fractions: &'a [f64]) -> Leaks<'a> {
    Leaks { exponential: slot.exponential, zones: &slot.zones, fractions }
}

#[inline(always)]
fn read<const W: usize>(curve: &Curve, reading: Reading, x: &[f64; W], to: &mut [f64; W]) {
    match reading {
        Reading::Interpolated => curve.interpolate(x, to),
        other => *to = x.map(|x| curve.read(other, x)),
    }
}

impl Line {
    /// What enters comes out after so many steps, rounded, halves up; before that the first value does.
    fn new(steps: f64, first: f64) -> Self {
        // A length that is no number casts to 0: one step is the shortest.
        let steps = (steps + 0.5 + 1e-6).floor().clamp(1.0, LONGEST_LINE) as usize;
        Self { values: vec![first; steps.max(1)], at: 0, first }
    }

    fn window(steps: f64) -> Self {
        Self { values: vec![0.0; steps.clamp(0.0, LONGEST_LINE) as usize], at: 0, first: 0.0 }
    }

    /// Takes a value in and gives the one that has come to the end.
    fn pass(&mut self, value: f64) -> f64 {
        let count = self.values.len();
        self.values[self.at] = value;
        self.at = (self.at + 1) % count;
        self.values[self.at]
    }

    /// Takes a value in and gives the sum of those still inside.
    fn gather(&mut self, value: f64) -> f64 {
        let count = self.values.len();
        if count == 0 {
            return self.first;
        }
        self.values[self.at] = value;
        self.at = (self.at + 1) % count;
        self.values.iter().sum()
    }
}
