//! Readers of networks and trips from text.

pub mod tntp;
