//! `blueprint`: the text of a city's plan → one typed plan and every problem found on the way.
//!
//! Pure: file contents, the as-of date and observations come in; the plan, diagnostics and verdicts go
//! out. No file system, network, clock or randomness, so every result can be reproduced from its input.
//!
//! | term | 中文 | here |
//! |---|---|---|
//! | blueprint | 蓝图 | the folder, read into [`Sources`] and parsed into a [`model::Plan`] |
//! | goal | 目标（之都） | [`model::Goal`] |
//! | transformation | 变革 | [`model::Transformation`] |
//! | programme | 聚力行动 | [`model::Programme`] |
//! | measure | 举措 | [`model::Measure`] |
//! | target | 指标目标 | [`model::Target`] |
//! | milestone | 里程碑 | [`model::Milestone`] |
//! | indicator | 指标 | [`model::Indicator`] |
//! | observation | 观测 | [`model::Observation`] |
//! | area | 区域 | [`model::Area`] |
//! | rule set | 规则集 | [`model::RuleSet`] |
//! | verdict | 结论 | [`verdict::Verdict`] |
//! | light | 灯 | [`verdict::Light`] |

pub mod check;
pub mod diagnostic;
pub mod file;
pub mod model;
mod period;
mod source;
pub mod sql;
mod text;
pub mod verdict;

pub use diagnostic::{Code, Diagnostic, Severity};
pub use period::{Date, Frequency, Period};
pub use source::{DataFact, Location, Sources};
pub use text::{Lang, Text};
