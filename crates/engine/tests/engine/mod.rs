//! One invented town per test, written into a temporary folder.

mod bad_rows;
mod bad_sql;
mod bad_tables;
mod cache;
mod compute;
mod formats;
mod lineage;
mod query;
mod town;
mod workbook;
