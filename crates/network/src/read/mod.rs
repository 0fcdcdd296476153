//! Readers of networks and trips from text.

pub mod edits;
pub mod tntp;
