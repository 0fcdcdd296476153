//! What every table name of a blueprint stands for, loaded when first asked for and kept.
//!
//! Beside its columns a table knows, for each of its rows, where that row comes from. That is where lineage ends.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use datafusion::arrow::array::{ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray};
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::record_batch::RecordBatch;
use lantu_blueprint::model::{DataFile, IndicatorKind, Observation, Plan, RowRef};
use lantu_blueprint::{DataFact, Diagnostic};

use crate::problems::Problems;
use crate::readers;

/// All published rows, with their indicator.
pub(crate) const OBSERVATIONS: &str = "observations";
/// `areas.csv`.
pub(crate) const AREAS: &str = "areas";

/// Where the rows of a table come from.
pub(crate) enum Origin {
    /// Rows of a data file.
    File { file: Arc<str>, rows: Vec<u32> },
    /// Observations, published or computed.
    Observations(Vec<Arc<Observation>>),
    /// Rows of `areas.csv`.
    Areas(Vec<RowRef>),
}

/// A table with its rows in memory.
pub(crate) struct Table {
    pub(crate) batch: RecordBatch,
    pub(crate) origin: Origin,
}

impl Table {
    /// Row of the source file that a row stands on; 0 when there is none.
    pub(crate) fn source_row(&self, at: usize) -> u32 {
        match &self.origin {
            Origin::File { rows, .. } => rows.get(at).copied().unwrap_or(0),
            Origin::Observations(observations) => {
                observations.get(at).and_then(|o| o.rows.first()).map_or(0, |row| row.row)
            }
            Origin::Areas(rows) => rows.get(at).map_or(0, |row| row.row),
        }
    }
}

/// What a table name stands for.
pub(crate) enum Named<'a> {
    Published,
    Computed,
    Observations,
    Areas,
    File(&'a DataFile),
}

/// The tables of one blueprint.
pub(crate) struct Tables {
    root: PathBuf,
    pub(crate) plan: Arc<Plan>,
    pub(crate) facts: BTreeMap<String, DataFact>,
    /// Sorted by indicator.
    pub(crate) published: Vec<Arc<Observation>>,
    /// Results of computed indicators.
    computed: Mutex<HashMap<String, Vec<Arc<Observation>>>>,
    loaded: Mutex<HashMap<String, Option<Arc<Table>>>>,
}

impl Tables {
    pub(crate) fn new(
        root: PathBuf,
        plan: Arc<Plan>,
        facts: BTreeMap<String, DataFact>,
        published: Vec<Arc<Observation>>,
    ) -> Tables {
        Tables { root, plan, facts, published, computed: Mutex::default(), loaded: Mutex::default() }
    }

    /// The blueprint folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Every table name, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.plan.indicators.iter().map(|indicator| indicator.id.clone()).collect();
        names.extend(self.plan.data.iter().map(|data| data.table.clone()));
        names.extend([OBSERVATIONS.to_owned(), AREAS.to_owned()]);
        names.sort_unstable();
        names.dedup();
        names
    }

    /// What `name` stands for.
    pub(crate) fn named(&self, name: &str) -> Option<Named<'_>> {
        if let Some(indicator) = self.plan.indicator(name) {
            return Some(match indicator.kind {
                IndicatorKind::Published => Named::Published,
                IndicatorKind::Computed { .. } => Named::Computed,
            });
        }
        match name {
            OBSERVATIONS => Some(Named::Observations),
            AREAS => Some(Named::Areas),
            _ => self.plan.data.iter().find(|data| data.table == name).map(Named::File),
        }
    }

    /// The name as SQL reads it: letters without quotation marks are small ones.
    pub(crate) fn canonical<'n>(&self, name: &'n str) -> Cow<'n, str> {
        if self.named(name).is_some() { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) }
    }

    /// The published figures of one indicator.
    pub(crate) fn published_of(&self, id: &str) -> &[Arc<Observation>] {
        let from = self.published.partition_point(|o| *o.indicator < *id);
        let rest = self.published.get(from..).unwrap_or_default();
        let length = rest.partition_point(|o| *o.indicator == *id);
        rest.get(..length).unwrap_or_default()
    }

    /// The table of that name. A computed indicator is there once [`Tables::put`] has been called for it; a table
    /// whose file cannot be read is absent (reading it was reported by [`Tables::check`]).
    pub(crate) fn get(&self, name: &str) -> Option<Arc<Table>> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = loaded.get(name) {
            return table.clone();
        }
        let table = match self.named(name)? {
            Named::Published => observation_table(one_per_period(self.published_of(name)), false),
            Named::Observations => observation_table(self.published.clone(), true),
            Named::Areas => area_table(&self.plan),
            Named::File(data) => return self.load(data, &mut loaded),
            Named::Computed => {
                let computed = self.computed.lock().unwrap_or_else(PoisonError::into_inner);
                observation_table(computed.get(name)?.clone(), false)
            }
        };
        let table = table.ok().map(Arc::new);
        loaded.insert(name.to_owned(), table.clone());
        table
    }

    fn load(&self, data: &DataFile, loaded: &mut HashMap<String, Option<Arc<Table>>>) -> Option<Arc<Table>> {
        let table = self.read(data, &mut Problems::default()).map(Arc::new);
        loaded.insert(data.table.clone(), table.clone());
        table
    }

    fn read(&self, data: &DataFile, problems: &mut Problems) -> Option<Table> {
        if !self.facts.contains_key(&data.path) {
            return None;
        }
        let read = readers::typed(&self.root, data, problems)?;
        Some(Table { batch: read.batch, origin: Origin::File { file: Arc::from(data.path.as_str()), rows: read.rows } })
    }

    /// Reads a data file for its diagnostics alone.
    pub(crate) fn check(&self, data: &DataFile) -> Vec<Diagnostic> {
        let mut problems = Problems::default();
        let table = self.read(data, &mut problems).map(Arc::new);
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        loaded.entry(data.table.clone()).or_insert(table);
        problems.finish()
    }

    /// Makes the result of a computed indicator readable.
    pub(crate) fn put(&self, id: &str, observations: Vec<Arc<Observation>>) {
        self.computed.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned(), observations);
    }
}

/// One figure per area and period: the most final one, and of those the one published last. What a formula joins on
/// must be unique, or it would count twice.
fn one_per_period(observations: &[Arc<Observation>]) -> Vec<Arc<Observation>> {
    let mut kept: Vec<Arc<Observation>> = Vec::with_capacity(observations.len());
    for observation in observations {
        match kept.last_mut() {
            Some(last) if last.area == observation.area && last.period == observation.period => {
                let better = |o: &Observation| (std::cmp::Reverse(o.stage), std::cmp::Reverse(o.trust), o.published);
                if better(observation) > better(last) {
                    *last = observation.clone();
                }
            }
            _ => kept.push(observation.clone()),
        }
    }
    kept
}

fn texts<'a>(all: impl Iterator<Item = &'a str>) -> ArrayRef {
    Arc::new(all.map(Some).collect::<StringArray>())
}

fn observation_table(observations: Vec<Arc<Observation>>, with_indicator: bool) -> Result<Table, ArrowError> {
    let all = observations.as_slice();
    let numbers = |of: fn(&Observation) -> f64| -> ArrayRef {
        Arc::new(all.iter().map(|o| Some(of(o))).collect::<Float64Array>())
    };
    let periods: Vec<String> = all.iter().map(|o| o.period.to_string()).collect();
    let mut columns: Vec<(&str, ArrayRef)> = Vec::with_capacity(10);
    if with_indicator {
        columns.push(("indicator", texts(all.iter().map(|o| &*o.indicator))));
    }
    columns.extend([
        ("area", texts(all.iter().map(|o| &*o.area))),
        ("period", texts(periods.iter().map(String::as_str))),
        ("year", Arc::new(all.iter().map(|o| Some(i64::from(o.period.year_number()))).collect::<Int64Array>())),
        ("value", numbers(|o| o.value)),
        ("low", numbers(|o| o.low)),
        ("high", numbers(|o| o.high)),
        ("stage", texts(all.iter().map(|o| o.stage.word()))),
        ("trust", texts(all.iter().map(|o| o.trust.word()))),
        ("breaks", Arc::new(all.iter().map(|o| Some(o.breaks)).collect::<BooleanArray>())),
    ]);
    let batch = nullable(columns)?;
    Ok(Table { batch, origin: Origin::Observations(observations) })
}

fn area_table(plan: &Plan) -> Result<Table, ArrowError> {
    let areas = plan.areas.as_slice();
    let optional = |of: fn(&lantu_blueprint::model::Area) -> Option<&str>| -> ArrayRef {
        Arc::new(areas.iter().map(of).collect::<StringArray>())
    };
    let batch = nullable(vec![
        ("id", texts(areas.iter().map(|area| area.id.as_str()))),
        ("name_zh", texts(areas.iter().map(|area| area.name.zh.as_str()))),
        ("name_en", texts(areas.iter().map(|area| area.name.en.as_str()))),
        ("level", texts(areas.iter().map(|area| area.level.word()))),
        ("parent", optional(|area| area.parent.as_deref())),
        ("code", optional(|area| area.code.as_deref())),
    ])?;
    let row =
        |area: &lantu_blueprint::model::Area| RowRef { file: Arc::clone(&area.location.file), row: area.location.line };
    Ok(Table { batch, origin: Origin::Areas(areas.iter().map(row).collect()) })
}

/// A batch of columns that may all be NULL, so that the plan of a query never depends on the data.
fn nullable(columns: Vec<(&str, ArrayRef)>) -> Result<RecordBatch, ArrowError> {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true)))
}
