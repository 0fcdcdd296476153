//! Rule files of the repository against published numbers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

mod explain;
mod hdi;
mod per_mu;
mod support;
