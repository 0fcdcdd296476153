//! What follows for a computed value from the rows it is made of.

use std::collections::BTreeSet;
use std::sync::Arc;

use lantu_blueprint::model::{RowRef, Stage, Trust};
use lantu_blueprint::{Date, Period};

use crate::tables::{Origin, Table};

/// Most rows kept for one value.
const MAX_ROWS: usize = 10_000;
/// Rows are made unique whenever this many are gathered, so that memory stays bounded.
const TIDY_AT: usize = 40_000;

/// The sources of one value.
pub(crate) struct Provenance {
    rows: Vec<RowRef>,
    tidy_at: usize,
    /// The worst stage among the sources.
    pub(crate) stage: Stage,
    /// The worst trust among the sources.
    pub(crate) trust: Trust,
    /// True when a source of the same period starts a new definition.
    pub(crate) breaks: bool,
    /// False when a source is an interval.
    pub(crate) exact: bool,
    last_known: Option<Date>,
    any_published: bool,
}

impl Default for Provenance {
    fn default() -> Provenance {
        Provenance {
            rows: Vec::new(),
            tidy_at: TIDY_AT,
            stage: Stage::Final,
            trust: Trust::Primary,
            breaks: false,
            exact: true,
            last_known: None,
            any_published: false,
        }
    }
}

impl Provenance {
    /// Adds row `at` of `table` as a source of a value of `period`.
    pub(crate) fn add(&mut self, table: &Table, at: usize, period: Option<Period>) {
        match &table.origin {
            Origin::File { file, rows } => {
                self.rows.extend(rows.get(at).map(|row| RowRef { file: Arc::clone(file), row: *row }));
            }
            Origin::Areas(rows) => self.rows.extend(rows.get(at).cloned()),
            Origin::Observations(observations) => {
                let Some(source) = observations.get(at) else { return };
                self.rows.extend(source.rows.iter().cloned());
                self.stage = self.stage.max(source.stage);
                self.trust = self.trust.max(source.trust);
                self.breaks |= source.breaks && Some(source.period) == period;
                self.exact &= source.low == source.high;
                self.any_published |= source.published.is_some();
                let known = source.published.unwrap_or_else(|| source.period.end());
                self.last_known = self.last_known.max(Some(known));
            }
        }
        if self.rows.len() >= self.tidy_at {
            self.rows.sort_unstable();
            self.rows.dedup();
            self.tidy_at = self.rows.len() + TIDY_AT;
        }
    }

    /// Adds everything that is known of tables whose rows cannot be told apart: the worst of all of them.
    pub(crate) fn add_whole(&mut self, whole: &Whole, period: Period) {
        let all = &whole.all;
        self.stage = self.stage.max(all.stage);
        self.trust = self.trust.max(all.trust);
        self.exact &= all.exact;
        self.breaks |= whole.breaks.contains(&period);
        self.any_published |= all.any_published;
        self.last_known = self.last_known.max(all.last_known);
    }

    /// Day on which the last source was public. `None`, which means "when its period ended", unless a source says
    /// otherwise: by a day of publication, or by a period that ends later.
    pub(crate) fn known(&self, period: Period) -> Option<Date> {
        self.last_known.filter(|day| self.any_published || *day > period.end())
    }

    /// The rows, sorted, each once.
    pub(crate) fn rows(&mut self) -> Arc<[RowRef]> {
        self.rows.sort_unstable();
        self.rows.dedup();
        self.rows.truncate(MAX_ROWS);
        Arc::from(std::mem::take(&mut self.rows))
    }
}

/// Tables taken whole: gathered once, not for every value.
pub(crate) struct Whole {
    all: Provenance,
    breaks: BTreeSet<Period>,
    /// Their rows.
    pub(crate) rows: Arc<[RowRef]>,
}

impl Whole {
    /// Every row of every table.
    pub(crate) fn of(tables: &[Arc<Table>]) -> Whole {
        let (mut all, mut breaks) = (Provenance::default(), BTreeSet::new());
        for table in tables {
            (0..table.batch.num_rows()).for_each(|at| all.add(table, at, None));
            if let Origin::Observations(observations) = &table.origin {
                breaks.extend(observations.iter().filter(|o| o.breaks).map(|o| o.period));
            }
        }
        let rows = all.rows();
        Whole { all, breaks, rows }
    }
}
