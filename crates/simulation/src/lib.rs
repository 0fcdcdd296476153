//! System dynamics: models read from text, compiled, run in thousands, and asked which lever matters.

pub mod random;
