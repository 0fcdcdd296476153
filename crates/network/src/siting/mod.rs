//! Where to put schools, clinics and stations: few sites, near to all who need them, with proof of how good the choice is.
//!
//! All problems are one: each demand pays for the cheapest site that is open, or for being left out. The bound comes from
//! Lagrangian relaxation (Cornuéjols, Fisher and Nemhauser 1977), the choice from exchanges, and what is left between both is
//! searched branch by branch.

mod bound;
mod center;
mod costs;
mod cover;
mod grain;
mod place;
mod reduce;
mod search;
mod solve;
mod table;

pub use costs::Costs;
pub use place::{Goal, Plan, Refusal, Site, locate};
pub use solve::Options;
