//! [`Engine`]: one open blueprint's tables, results and queries.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use lantu_blueprint::model::{DataRole, Indicator, IndicatorKind, Observation, Plan};
use lantu_blueprint::{DataFact, Diagnostic};

use crate::cache::Cache;
use crate::error::EngineError;
use crate::lineage::{Lineage, columns};
use crate::outlines::{self, Outlines};
use crate::problems::Problems;
use crate::session::{Session, on_own_thread};
use crate::tables::Tables;
use crate::value::{PlainTable, QueryResult, TablePage};
use crate::{compute, keys, observations, query};

/// All observations of a blueprint.
#[derive(Debug, Clone)]
pub struct Computed {
    /// Published and computed, by (indicator, area, period).
    pub observations: Arc<[Arc<Observation>]>,
    /// Problems met while computing.
    pub diagnostics: Vec<Diagnostic>,
}

/// The tables of one blueprint. Everything is read or computed when first asked for, and once.
pub struct Engine {
    root: PathBuf,
    tables: Tables,
    cache: Mutex<Option<Cache>>,
    computed: OnceLock<Computed>,
    session: OnceLock<Result<Session, String>>,
}

impl Engine {
    /// Reads the published observations, with every problem on the way. No query runs. `facts` says which data
    /// files are there and what their checksums are; a file of the manifest that is not among them is left alone.
    pub fn open(root: &Path, plan: Arc<Plan>, facts: &BTreeMap<String, DataFact>) -> (Engine, Vec<Diagnostic>) {
        let mut problems = Problems::default();
        let published = observations::read(root, &plan, facts, &mut problems);
        let engine = Engine {
            root: root.to_owned(),
            tables: Tables::new(root.to_owned(), plan, facts.clone(), published),
            cache: Mutex::new(None),
            computed: OnceLock::new(),
            session: OnceLock::new(),
        };
        (engine, problems.finish())
    }

    /// Published observations, by (indicator, area, period).
    pub fn published(&self) -> &[Arc<Observation>] {
        &self.tables.published
    }

    /// All observations. Computed ones come from `.lantu/` where nothing they depend on has changed; when nothing at
    /// all has changed, DataFusion is not started and no table is read.
    pub fn observations(&self) -> Computed {
        self.computed.get_or_init(|| self.compute()).clone()
    }

    fn compute(&self) -> Computed {
        let cache = self.with_cache(|cache| cache.clone());
        let outcome = compute::all(&self.tables, &cache, || self.session());
        let (computed, diagnostics) = compute::gather(&outcome.results);
        if outcome.changed {
            self.with_cache(|cache| {
                cache.results = outcome.results;
                cache.save(&self.root);
            });
        }
        let mut all = self.tables.published.clone();
        all.extend(computed);
        observations::sort(&mut all);
        Computed { observations: Arc::from(all), diagnostics }
    }

    fn with_cache<T>(&self, work: impl FnOnce(&mut Cache) -> T) -> T {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        work(cache.get_or_insert_with(|| Cache::load(&self.root)))
    }

    fn session(&self) -> Result<&Session, String> {
        let session = self.session.get_or_init(|| Session::new().map_err(|error| error.to_string()));
        session.as_ref().map_err(Clone::clone)
    }

    /// The problems of every table and outline that is not an observation table (those came with
    /// [`Engine::open`]). Files that have not changed since they were last checked are not read again.
    pub fn check_tables(&self) -> Vec<Diagnostic> {
        let known = self.with_cache(|cache| cache.files.clone());
        let mut files = BTreeMap::new();
        let mut read = false;
        let data = self.tables.plan.data.iter().filter(|data| data.role != DataRole::Observations);
        for data in data.filter(|data| self.tables.facts.contains_key(&data.path)) {
            // The diagnostics of an entry depend on the manifest and the areas too, not on the file alone.
            let key = keys::checked_file(data, &self.tables);
            let entry = match known.get(&data.table).filter(|(known, _)| *known == key) {
                Some(entry) => entry.clone(),
                None => {
                    read = true;
                    (key, self.check_table(data))
                }
            };
            files.insert(data.table.clone(), entry);
        }
        let mut diagnostics: Vec<Diagnostic> = files.values().flat_map(|(_, all)| all.iter().cloned()).collect();
        diagnostics.sort();
        if read || files.len() != known.len() {
            self.with_cache(|cache| {
                cache.files = files;
                cache.save(&self.root);
            });
        }
        diagnostics
    }

    fn check_table(&self, data: &lantu_blueprint::model::DataFile) -> Vec<Diagnostic> {
        if data.role == DataRole::Outlines {
            let mut problems = Problems::default();
            outlines::read_file(&self.tables, data, &mut Vec::new(), &mut problems);
            return problems.finish();
        }
        self.tables.check(data)
    }

    /// Column lineage of a computed indicator; `None` for a published one, and for one whose query cannot be
    /// planned.
    pub fn lineage(&self, indicator: &str) -> Option<Lineage> {
        let indicator = self.tables.plan.indicator(indicator)?;
        let IndicatorKind::Computed { sql, .. } = &indicator.kind else { return None };
        self.observations();
        let session = self.session().ok()?;
        let plan = on_own_thread(async || {
            let planned = session.plan(sql, &self.tables).await?;
            columns::of(&planned.plan)
        });
        plan.ok()?.ok()
    }

    /// Runs one SELECT over every table of the blueprint and those of `extra`, which win over tables of the same
    /// name. Reads only.
    pub fn query(&self, sql: &str, extra: &[PlainTable]) -> Result<QueryResult, EngineError> {
        self.observations();
        query::run(&self.tables, sql, extra)
    }

    /// A part of a table: an indicator, a table of the manifest, `observations` or `areas`.
    pub fn table(&self, name: &str, offset: usize, limit: usize) -> Result<TablePage, EngineError> {
        if self.tables.plan.indicator(name).is_some_and(Indicator::is_computed) {
            self.observations();
        }
        query::page(&self.tables, name, offset, limit)
    }

    /// The outlines of areas, from the files of that role.
    pub fn outlines(&self) -> Outlines {
        outlines::read(&self.tables)
    }
}
