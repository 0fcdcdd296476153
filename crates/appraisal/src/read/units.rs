//! Tables of units.
