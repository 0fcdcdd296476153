//! Where in the unit cube to run: designs, and how they become parameter values.

pub mod copula;
mod design;
mod error;
mod joe_kuo;
mod population;
pub mod sobol;

pub(crate) use design::permutation;
pub use design::{latin_hypercube, monte_carlo};
pub use error::SamplingError;
pub use population::{Correlation, Population, PopulationError};
pub use sobol::sobol;
