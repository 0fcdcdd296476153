//! `city`: the façade. Opens a blueprint folder, checks it, computes what needs computing, and assesses it on a date.
//!
//! Everything a door (command line, server) shows comes from here; nothing here knows about terminals or HTTP.

mod chain;
mod changes;
mod diff;
mod fingerprint;
mod folder;
mod models;
mod open;
mod rules;
mod tables;
mod trial;

pub use chain::{ChainNode, NodeKind, indicator_chain, target_chain};
pub use changes::{Change, changes};
pub use diff::{DefinitionChange, Difference, PlanDiff, VerdictMove, diff};
pub use folder::FolderError;
pub use models::{LoadedModel, ModelError, ModelFiles, has_model_errors, load_model};
pub use open::{City, DEFAULT_LIGHTS, OpenError};
pub use trial::{CaseResult, run_cases};

pub use lantu_engine::{
    Cell, Column, ColumnType, EngineError, Lineage, Outline, PlainColumn, QueryResult, TablePage, parquet_bytes,
};
