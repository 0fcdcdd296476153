//! Why a design could not be made.

use thiserror::Error;

use crate::matrix::MatrixError;

/// Why a design could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SamplingError {
    /// No runs, no parameters, or far too many.
    #[error(transparent)]
    Matrix(#[from] MatrixError),
    /// The Sobol sequence here has fewer dimensions.
    #[error(
        "要 {asked} 维的 Sobol 序列，最多 {most} 维 / a Sobol sequence of {asked} dimensions was asked for; there are {most}"
    )]
    Dimensions {
        /// Dimensions asked for.
        asked: usize,
        /// The most there are.
        most: usize,
    },
    /// A Morris design needs an even number of levels, so that every step stays on the grid.
    #[error(
        "Morris 的水平数应为 2 到 1000 的偶数，而不是 {levels} / Morris levels must be an even number from 2 to 1000, not {levels}"
    )]
    Levels {
        /// Levels asked for.
        levels: usize,
    },
}
