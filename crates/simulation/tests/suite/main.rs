//! The crate seen from outside: models with known output, and input that is broken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod bad_input;
mod batches;
mod belts;
mod conformance;
mod expected;
mod files;
mod modules;
