//! Calibration: fit a model to what was observed, keep every plausible fit, and test the forecast on held-back years.
//!
//! Arrows point downward: `backtest` uses `posterior` and `optimise`, these use `problem`, which uses the small files.

pub mod backtest;
mod error;
mod likelihood;
mod loss;
mod model;
mod naive;
mod observation;
pub mod optimise;
mod parameter;
pub mod posterior;
mod problem;
pub mod scores;
mod starts;

pub use error::CalibrationError;
pub use likelihood::{ErrorModel, Noise};
pub use loss::Loss;
pub use model::{Model, Phase, Progress, Watch, unwatched};
pub use naive::{Drift, Spread};
pub use observation::{Observation, Scale};
pub use parameter::{Parameter, Spacing};
pub use problem::Problem;
