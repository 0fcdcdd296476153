//! Readers of networks and trips from text.

pub mod edits;
pub(crate) mod table;
pub mod tntp;
