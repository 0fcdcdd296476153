//! Verdicts: cases as data, properties, roll-ups and reasons.

mod build;
mod cases;
mod properties;
mod rollups;
