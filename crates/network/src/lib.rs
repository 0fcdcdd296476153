//! Roads and reach: traffic on a network in equilibrium, exactly.
//!
//! | term | 中文 | meaning |
//! |---|---|---|
//! | zone | 小区 | where trips begin and end; a node of the network |
//! | demand | 出行需求 | trips from one zone to another in the period looked at |
//! | free-flow time | 自由流时间 | minutes a link takes when it is empty |
//! | delay | 延误函数 | minutes a link takes for the flow on it |
//! | user equilibrium | 用户均衡 | nobody can get there faster by another route |
//! | system optimum | 系统最优 | the time of all together is least |
//! | relative gap | 相对间隙 | how far a solution is from equilibrium: 1 − (least time of all trips) ÷ (their time) |
//! | bush | 丛 | links that trips from one zone use; without circles |
//! | class | 出行类别 | trips that see the same costs |
//! | elasticity | 弹性 | per cent that trips change by where their cost rises by one |
//! | route | 路径 | links from one zone to another, and the trips that take them |
//! | criticality | 关键程度 | what closing a link costs |
//! | site | 候选点 | where a facility may be |
//! | bound | 界 | what no choice, or no flows, can be better than |

pub mod access;
pub mod assignment;
pub mod criticality;
pub mod curve;
pub mod delay;
pub mod demand;
pub mod diagnostic;
pub mod names;
pub mod network;
pub mod read;
pub mod scenario;
mod shortest;
pub mod siting;
pub mod skim;
mod spread;
pub mod transit;
pub mod types;
