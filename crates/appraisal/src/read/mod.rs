//! From text to rule sets and units. The only place that knows how they are written down.

mod classes;
mod dimensions;
mod fields;
mod item;
mod normalise;
mod origins;
pub mod rules;
pub mod units;
pub mod versions;
