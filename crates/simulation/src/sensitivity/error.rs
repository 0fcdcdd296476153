//! Why an analysis could not be made.

use thiserror::Error;

use crate::sampling::SamplingError;

/// Why an analysis could not be made. Rows and columns count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum SensitivityError {
    /// The design could not be made.
    #[error(transparent)]
    Sampling(#[from] SamplingError),
    /// Not one row of outputs, or one outcome, for each run.
    #[error(
        "{expected} 次运行应有同样多的结果，而不是 {found} 个 / {expected} runs need as many outcomes, not {found}"
    )]
    RowCount {
        /// Runs of the design.
        expected: usize,
        /// Rows found.
        found: usize,
    },
    /// The number of rows does not fit the method's design.
    #[error("{rows} 行不是 {block} 的整数倍 / {rows} rows are not a multiple of {block}")]
    NotWhole {
        /// Rows found.
        rows: usize,
        /// The rows that belong together.
        block: usize,
    },
    /// A row of a Morris design does not change one parameter, and in each trajectory every parameter once.
    #[error("设计的第 {row} 行不是 Morris 轨迹的一步 / row {row} of the design is no step of a Morris trajectory")]
    NoStep {
        /// The row.
        row: usize,
    },
    /// A value is NaN or infinite.
    #[error(
        "{of} 的第 {row} 行第 {column} 列不是有限的数 / row {row}, column {column} of the {of} is not a finite number"
    )]
    NotFinite {
        /// `design` or `outputs`.
        of: &'static str,
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
    /// Too few runs to say anything.
    #[error("{runs} 次运行太少，至少要 {least} 次 / {runs} runs are too few; at least {least} are needed")]
    TooFewRuns {
        /// Runs found.
        runs: usize,
        /// The least that are needed.
        least: usize,
    },
    /// Every run succeeds or every run fails, so that nothing tells them apart.
    #[error("{runs} 次运行中有 {successes} 次成功，无从比较 / {successes} of {runs} runs succeed: nothing to compare")]
    NoContrast {
        /// Successful runs.
        successes: usize,
        /// All runs.
        runs: usize,
    },
    /// A setting is out of range.
    #[error("{what} 应在 {low} 到 {high} 之间，而不是 {value} / {what} must be between {low} and {high}, not {value}")]
    Setting {
        /// The setting's name.
        what: &'static str,
        /// Its value.
        value: f64,
        /// The least allowed.
        low: f64,
        /// The most allowed.
        high: f64,
    },
}
