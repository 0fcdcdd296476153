//! `engine`: the tables of a blueprint, and everything that is computed from them by SQL.
//!
//! Reads data files into tables, published figures into observations, runs the computed indicators in the order of
//! their dependencies, keeps their results under `.lantu/`, and knows for every value which rows it is made of. This
//! is the only crate with DataFusion and Arrow, and none of their types is in its interface.
//!
//! Not here: what a plan means (`blueprint`), and verdicts (`blueprint::verdict`). The engine has no clock; its only
//! side effect is the cache, which may be deleted at any time.
//!
//! | term | 中文 | here |
//! |---|---|---|
//! | table | 表 | a name in SQL: an indicator, a data file, `observations`, `areas` |
//! | published, computed indicator | 公布的、计算的指标 | rows of a file; one SELECT |
//! | lineage | 血缘 | which columns, and which rows, a value is made of |
//! | outline | 轮廓 | the shape of an area |

mod bytes;
mod cache;
mod codec;
mod compute;
mod engine;
mod error;
mod findings;
mod keys;
mod lineage;
mod number;
mod observations;
mod outlines;
mod problems;
mod provenance;
mod query;
mod readers;
mod results;
mod session;
mod sql_error;
mod store;
mod tables;
mod value;
mod workbook;
mod write;

pub use bytes::{read_csv_bytes, read_geojson_bytes, read_jsonl_bytes, read_xlsx_bytes};
pub use engine::{Computed, Engine};
pub use error::{EngineError, QueryProblem};
pub use findings::{keep_findings, kept_findings, kept_findings_path};
pub use lineage::{ColumnLineage, ColumnSource, Lineage};
pub use outlines::{Outline, Outlines};
pub use value::{Cell, Column, ColumnType, PlainTable, QueryResult, TablePage};
pub use workbook::{Workbook, WorkbookCell};
pub use write::{PlainColumn, parquet_bytes};
