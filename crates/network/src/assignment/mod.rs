//! Traffic in equilibrium: nobody can get there cheaper by another route, to as many digits as a computer has.

mod bush;
mod certificate;
mod descent;
mod improve;
mod leap;
mod margin;
mod response;
mod round;
mod routes;
mod shift;
mod solve;
mod sum;
mod traffic;
mod work;

pub use certificate::Certificate;
pub use response::Response;
pub use routes::{Route, RouteOptions, Routes};
pub use solve::{Class, Goal, Options, Solution, Start, solve};
