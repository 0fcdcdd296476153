//! Data envelopment analysis: how much of its inputs a unit could do without, or how much more output it could make, by the
//! standard of what other units do.
//!
//! | term | 中文 | meaning |
//! |---|---|---|
//! | unit | 评价对象 | what turns inputs into outputs: a hospital, a school, a park (often "DMU") |
//! | peer | 标杆 | a unit that the one looked at is compared with, with its share λ |
//! | returns | 规模报酬 | what the shares may come to: any size of peers, or only mixtures of them |
//! | slack | 松弛 | what is left to gain in one input or output when all have moved in proportion |
//! | target | 目标值 | what the peers, taken together, use and make |
//! | standing | 结论 | efficient, weakly efficient (nothing to gain in proportion, something in one column), inefficient |
//!
//! Charnes, Cooper and Rhodes 1978 (constant returns), Banker, Charnes and Cooper 1984 (variable returns), Andersen and Petersen
//! 1993 (super-efficiency), Tone 2001 (slacks-based measure), Färe, Grosskopf and Lovell 1985 (returns to scale by comparing
//! scores). Each result is held against its program again and says how exact it is.

mod data;
mod lp;
mod radial;
mod read;
mod result;
mod scale;
mod slacks;

pub use data::{Refusal, Returns, Side};
pub use lp::Certificate;
pub use radial::{Options, Orientation, Weighing, radial};
pub use read::{Units, read};
pub use result::{Answer, Solution, Standing};
pub use scale::{Scale, Tendency, scale};
pub use slacks::slacks_based;
