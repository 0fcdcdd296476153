//! Lineage: which columns a result is made of ([`columns`]), and which rows each value is made of ([`rows`]).

pub(crate) mod columns;
pub(crate) mod rows;
mod window;

/// What one column of a result is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnLineage {
    /// Column of the result.
    pub output: String,
    /// Columns of tables that its values are computed from, sorted. Columns used only to filter or join are not
    /// among them.
    pub inputs: Vec<ColumnSource>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ColumnSource {
    /// Table: an indicator, a table of the manifest, `observations` or `areas`.
    pub table: String,
    /// Column of that table.
    pub column: String,
}

/// Column lineage of a computed indicator, read from its logical plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lineage {
    /// Columns of the result, in order.
    pub columns: Vec<ColumnLineage>,
}
