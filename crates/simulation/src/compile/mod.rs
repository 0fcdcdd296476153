//! A model as written to a program.

mod build;
mod context;
pub(crate) mod dimensions;
mod evaluate;
mod functions;
mod graph;
mod lower;
mod schedule;
pub(crate) mod scope;
pub(crate) mod shape;
mod states;

pub use build::{Options, compile};
pub use functions::list::functions;
