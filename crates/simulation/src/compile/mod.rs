//! A model as written to a program.

mod build;
mod context;
mod dimensions;
mod evaluate;
mod functions;
mod graph;
mod lower;
mod schedule;
mod scope;
mod shape;
mod states;

pub use build::{Options, compile};
pub use functions::list::functions;
