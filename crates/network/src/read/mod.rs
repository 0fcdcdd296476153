//! Readers of networks, trips, changes, curves, places and costs from text.

pub mod curves;
pub mod edits;
pub mod gmns;
pub mod held;
pub mod named;
pub mod siting;
pub(crate) mod table;
pub mod tntp;
