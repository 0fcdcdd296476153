//! Programs and the machine that runs them, one run or many at a time.

mod machine;
pub(crate) mod program;
mod simulation;

pub use simulation::{Run, Simulation};
