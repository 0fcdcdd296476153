//! The crate seen from outside: published tables, results of other programs, and input that is broken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod dea;
