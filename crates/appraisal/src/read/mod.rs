//! From text to rule sets and units. The only place that knows how they are written down.

mod classes;
mod dimensions;
mod earlier;
mod fields;
mod item;
mod normalise;
mod origins;
pub mod rules;
pub(crate) mod table;
pub mod units;
pub mod versions;
mod wanted;
