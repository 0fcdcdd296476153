//! System dynamics: models read from text, compiled, run in thousands, and asked which lever matters.

pub mod calibration;
mod compile;
pub mod diagnostic;
pub mod distribution;
pub mod external;
pub mod matrix;
pub mod model;
mod operation;
pub mod random;
pub mod read;
pub mod run;
pub mod sampling;
pub mod sensitivity;
mod special;
pub mod structure;
pub mod units;

pub use compile::{Options, compile, functions};
pub use run::{Batch, Simulation};
