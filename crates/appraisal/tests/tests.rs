//! Rule files of the repository against published numbers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

mod asem;
mod bad_input;
mod choice;
mod columns;
mod explain;
mod hdi;
mod pages;
mod per_mu;
mod sdg;
mod sheet;
mod support;
