//! Programs and the machine that runs them, one run or many at a time.

mod batch;
mod belt;
mod machine;
pub(crate) mod program;
mod quantiles;
mod reduce;
mod simulation;

pub use batch::{Batch, Cancelled, Control};
pub use reduce::{Bands, Broken, Crossing, Summary, Threshold, same_rows};
pub use simulation::{Run, Simulation};
