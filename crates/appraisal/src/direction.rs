//! Which way an item counts. Every method that compares units asks for it: none of them guesses it from the figures.

/// Whether more of an item is better or worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// 正向指标: more is better, as with output per mu.
    Benefit,
    /// 逆向指标: less is better, as with energy per unit of output.
    Cost,
}
