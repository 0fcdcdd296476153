//! Why a unit is graded as it is, what would lift it, how sure that is, and what changed.

mod certainty;
mod change;
mod lift;
mod single;
mod why;

pub use certainty::{Certainty, Doubt, TooLarge, certainty};
pub use change::{Change, Changed, Factor, change};
pub use lift::{Lever, Lift, NoLift, lift};
pub use single::Input;
pub use why::{Line, Why, why};
