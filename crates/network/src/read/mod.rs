//! Readers of networks and trips from text.

pub mod edits;
pub mod siting;
pub(crate) mod table;
pub mod tntp;
