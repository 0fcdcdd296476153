//! Appraisal: official grading methods as dated rule sets over columns, explained and re-runnable.
//!
//! | term | 中文 | meaning |
//! |---|---|---|
//! | unit | 评价对象 | what is appraised: a firm, a district, a day, a country; never a private person |
//! | rule set | 规则集 | one dated file: items, weights, classes, exceptions, consequences, each number with its source |
//! | item | 指标项 | a value computed from columns, made comparable, weighed |
//! | benchmark | 基准值 | what a value is compared with |
//! | dimension | 维度 | items, or other dimensions, taken together before the total |
//! | score | 得分 | an item's value made comparable (and, in a sum of points, times its weight) |
//! | total | 总分 | what all scores come to |
//! | class | 档次 | A, B, C, D; excellent, good, …; best first |
//! | exception | 例外 | veto, lift, exemption: it changes the class, with its reason |
//! | consequence | 结果应用 | what follows from a class, year after year |
//! | confidence | 可信度 | A official text read … C general knowledge, never shown as official |

pub mod dea;
pub mod diagnostic;
pub mod direction;
pub mod evaluate;
pub mod explain;
pub mod expression;
pub mod inequality;
pub mod price_index;
mod ratio;
pub mod read;
pub mod rules;
mod sum;
pub mod topsis;
pub mod units;
pub mod weigh;
