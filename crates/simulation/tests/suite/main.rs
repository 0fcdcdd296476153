//! The crate seen from outside: models with known output.

mod conformance;
mod expected;
mod files;
