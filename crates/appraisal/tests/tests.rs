//! Rule files of the repository against published numbers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

mod air;
mod asem;
mod bad_input;
mod carbon;
mod choice;
mod columns;
mod credit;
mod dea;
mod dust;
mod explain;
mod firms;
mod freight;
mod hdi;
mod lights;
mod pages;
mod per_mu;
mod per_mu_elsewhere;
mod risk;
mod rule_files;
mod sdg;
mod sheet;
mod support;
mod surcharge;
mod water;
