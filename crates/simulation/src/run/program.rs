//! What the compiler makes and the machine runs: flat lists of operations on numbered registers.

use crate::operation::{Call, Curve, One, Reading, Three, Two};

/// A register: one number for each run of a block.
pub(crate) type Register = u32;

/// One operation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Instruction {
    One { operation: One, to: Register, a: Register },
    Two { operation: Two, to: Register, a: Register, b: Register },
    Three { operation: Three, to: Register, a: Register, b: Register, c: Register },
    Read { curve: u32, reading: Reading, to: Register, a: Register },
    Call { call: u32 },
}

/// A call with its operands and the results that somebody needs.
#[derive(Clone, Debug)]
pub(crate) struct CallSlot {
    pub(crate) kind: Call,
    pub(crate) operands: Vec<Register>,
    /// Which result goes to which register.
    pub(crate) results: Vec<(u32, Register)>,
}

/// How a state is carried over a step, with the registers it takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StateSlot {
    pub(crate) register: Register,
    pub(crate) first: Register,
    /// For lines and windows: the length in time.
    pub(crate) length: Register,
    /// The rate of a stock, the new value of a latch, what enters a line.
    pub(crate) next: Register,
    pub(crate) kind: SlotKind,
}

/// The ways of being carried over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlotKind {
    Integral {
        non_negative: bool,
    },
    Latch,
    /// With the number of its line.
    Line(u32),
    /// With the number of its window.
    Window(u32),
    /// With the number of its belt.
    Belt(u32),
}

/// A belt, with the registers it takes beside those of its state.
#[derive(Clone, Debug, Default)]
pub(crate) struct BeltSlot {
    pub(crate) exponential: bool,
    pub(crate) zones: Vec<(f64, f64)>,
    pub(crate) transit: Register,
    pub(crate) stands: Register,
    pub(crate) fractions: Vec<Register>,
}

/// A compiled model for one choice of outputs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    pub(crate) registers: usize,
    /// Registers with the same number in every run.
    pub(crate) numbers: Vec<(Register, f64)>,
    /// For each parameter its register; those that nothing needs have none.
    pub(crate) parameters: Vec<Option<Register>>,
    pub(crate) time: Option<Register>,
    /// Once for each run, before anything else.
    pub(crate) constant: Vec<Instruction>,
    /// Once, at the first moment: what states hold.
    pub(crate) first: Vec<Instruction>,
    pub(crate) states: Vec<StateSlot>,
    pub(crate) belts: Vec<BeltSlot>,
    /// Values of the first moment that are kept: from one register to another.
    pub(crate) helds: Vec<(Register, Register)>,
    /// Once, after the first moment is known.
    pub(crate) after: Vec<Instruction>,
    /// At every moment: what changes the states.
    pub(crate) step: Vec<Instruction>,
    /// At moments that are kept: what only outputs need.
    pub(crate) save: Vec<Instruction>,
    pub(crate) outputs: Vec<Register>,
    pub(crate) curves: Vec<Curve>,
    pub(crate) calls: Vec<CallSlot>,
}
