//! System dynamics: models read from text, compiled, run in thousands, and asked which lever matters.
//!
//! | term | 中文 | meaning |
//! |---|---|---|
//! | stock | 存量 | what is there at a moment; changed by flows alone |
//! | flow | 流量 | how much a stock gains or loses in a unit of time |
//! | auxiliary | 辅助变量 | anything worked out from others at the same moment |
//! | graphical function | 图形函数 | a curve given by points |
//! | conveyor, queue | 传送带、队列 | stocks that let out in order what entered |
//! | parameter, lever | 参数、手柄 | a constant that a run may be given another value for; one that can be decided |
//! | ensemble | 集合 | many runs whose parameters are drawn from distributions |
//! | band | 区间带 | between which values a share of the runs lies, moment by moment |
//! | threshold | 阈值 | a line that an output should reach or keep by a moment |
//! | sensitivity | 敏感度 | how much of an output's spread comes from a parameter |
//! | calibration | 校准 | parameters with which the model fits what was observed |

pub mod calibration;
mod compile;
pub mod diagnostic;
pub mod distribution;
pub mod external;
pub mod matrix;
pub mod model;
mod operation;
pub mod random;
pub mod read;
pub mod run;
pub mod sampling;
pub mod sensitivity;
mod special;
pub mod structure;
pub mod units;

pub use compile::{Options, compile, functions};
pub use run::{Batch, Simulation};
