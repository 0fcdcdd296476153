//! Opening a city: read, check, compute; then assess it on any date.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use lantu_blueprint::model::{LightRule, Observation, Plan, RowRef, RuleSet};
use lantu_blueprint::verdict::{Assessment, AssessmentRules, Observations, assess};
use lantu_blueprint::{Date, Diagnostic, Sources, check};
use lantu_engine::{Engine, EngineError, Lineage, Outlines, PlainTable, QueryResult, TablePage};

use crate::fingerprint::Fingerprint;
use crate::folder::{FolderError, Listing};
use crate::rules;
use crate::tables::plan_tables;

/// Used when a blueprint names no light rule set; published in Yinchuan in 2025 (see `rules/` of the template).
pub const DEFAULT_LIGHTS: LightRule = LightRule { slipping_from_pp: 10.0, off_track_above_pp: 30.0 };

/// The city cannot be opened at all. Everything less is a diagnostic.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// An open blueprint. Immutable: a change on disk is a new `City`.
pub struct City {
    root: PathBuf,
    sources: Sources,
    plan: Arc<Plan>,
    engine: Engine,
    diagnostics: Vec<Diagnostic>,
    all: Arc<[Arc<Observation>]>,
    observations: Observations,
    /// Published figures by their row, made when a chain first asks.
    by_row: OnceLock<BTreeMap<RowRef, Arc<Observation>>>,
}

impl City {
    /// Every problem of definitions, the manifest and every data table; no query runs. In a folder that has not
    /// changed since the last check, no file is opened.
    pub fn check(root: &Path, as_of: Date) -> Result<Vec<Diagnostic>, OpenError> {
        let listing = Listing::of(root)?;
        let fingerprint = Fingerprint::of(&listing, as_of);
        if let Some(findings) = fingerprint.as_ref().and_then(Fingerprint::findings) {
            return Ok(findings);
        }
        let sources = listing.read();
        let (plan, mut diagnostics) = check::read(&sources, as_of);
        diagnostics.extend(rules::check(&sources));
        let (engine, read) = Engine::open(root, Arc::new(plan), &sources.data);
        diagnostics.extend(read);
        diagnostics.extend(engine.check_tables());
        let diagnostics = tidy(diagnostics);
        if let Some(fingerprint) = fingerprint {
            fingerprint.keep(&diagnostics);
        }
        Ok(diagnostics)
    }

    /// Reads, checks and computes.
    pub fn open(root: &Path, as_of: Date) -> Result<City, OpenError> {
        let sources = Listing::of(root)?.read();
        let (plan, mut diagnostics) = check::read(&sources, as_of);
        diagnostics.extend(rules::check(&sources));
        let plan = Arc::new(plan);
        let (engine, read) = Engine::open(root, Arc::clone(&plan), &sources.data);
        diagnostics.extend(read);
        let computed = engine.observations();
        diagnostics.extend(computed.diagnostics);
        let all = computed.observations;
        let observations = Observations::new(all.iter().cloned());
        let (root, diagnostics) = (root.to_owned(), tidy(diagnostics));
        Ok(City { root, sources, plan, engine, diagnostics, all, observations, by_row: OnceLock::new() })
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The files as read.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Problems found while opening, by place.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Problems found while opening and those of every table that nothing needed so far.
    pub fn all_diagnostics(&self) -> Vec<Diagnostic> {
        let mut all = self.diagnostics.clone();
        all.extend(self.engine.check_tables());
        tidy(all)
    }

    /// Every observation, published and computed, by (indicator, area, period).
    pub fn all_observations(&self) -> &[Arc<Observation>] {
        &self.all
    }

    /// The published figure that stands on a row of a data file.
    pub(crate) fn published_at(&self, row: &RowRef) -> Option<&Arc<Observation>> {
        let by_row = self.by_row.get_or_init(|| {
            let published = self.engine.published().iter();
            published.filter_map(|o| Some((o.rows.first()?.clone(), Arc::clone(o)))).collect()
        });
        by_row.get(row)
    }

    /// Observations by indicator and area.
    pub fn observations(&self) -> &Observations {
        &self.observations
    }

    /// The rule set that lights are read from, if the blueprint names one that exists.
    pub fn light_rule_set(&self) -> Option<&RuleSet> {
        let id = self.plan.city.light_rules.as_deref()?;
        self.plan.rule_sets.iter().find(|set| set.id == id)
    }

    /// Where every commitment stands on a date.
    pub fn assess(&self, as_of: Date) -> Assessment {
        let lights = self.light_rule_set().map_or(DEFAULT_LIGHTS, |set| set.lights);
        assess(&self.plan, &self.observations, as_of, AssessmentRules { lights })
    }

    /// Which columns an indicator is computed from.
    pub fn lineage(&self, indicator: &str) -> Option<Lineage> {
        self.engine.lineage(indicator)
    }

    /// One SELECT over every table of the blueprint, and over the plan and its verdicts on `as_of`.
    pub fn query(&self, sql: &str, as_of: Date) -> Result<QueryResult, EngineError> {
        let extra: Vec<PlainTable> = plan_tables(&self.plan, &self.assess(as_of));
        self.engine.query(sql, &extra)
    }

    /// A page of a data table.
    pub fn table(&self, name: &str, offset: usize, limit: usize) -> Result<TablePage, EngineError> {
        self.engine.table(name, offset, limit)
    }

    /// Outlines of areas.
    pub fn outlines(&self) -> Outlines {
        self.engine.outlines()
    }

    /// Text of a definition file, when it is UTF-8.
    pub fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.sources.texts.get(path)?).ok()
    }
}

fn tidy(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort();
    diagnostics.dedup();
    diagnostics
}
