//! Observations by indicator and area, the best one of every period first.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Observation, Stage};
use crate::{Date, Period};

/// Every observation, found by indicator and area. The order they came in leaves no trace.
#[derive(Debug, Clone, Default)]
pub struct Observations {
    series: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Series>>,
}

impl Observations {
    /// The index over a list in any order.
    pub fn new(list: impl IntoIterator<Item = impl Into<Arc<Observation>>>) -> Observations {
        let mut series: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Series>> = BTreeMap::new();
        for observation in list {
            let observation: Arc<Observation> = observation.into();
            let areas = series.entry(Arc::clone(&observation.indicator)).or_default();
            areas.entry(Arc::clone(&observation.area)).or_default().all.push(observation);
        }
        series.values_mut().flat_map(BTreeMap::values_mut).for_each(Series::arrange);
        Observations { series }
    }

    /// The figures of one indicator in one area.
    pub fn series(&self, indicator: &str, area: &str) -> Option<&Series> {
        self.series.get(indicator)?.get(area)
    }

    /// The figures of one indicator, for a look-up per area.
    pub(super) fn by_area(&self, indicator: &str) -> Option<&BTreeMap<Arc<str>, Series>> {
        self.series.get(indicator)
    }

    /// The figures of one indicator by area id, in the order of the ids.
    pub fn areas(&self, indicator: &str) -> impl Iterator<Item = (&str, &Series)> {
        self.series.get(indicator).into_iter().flatten().map(|(area, series)| (area.as_ref(), series))
    }

    /// Ids of the indicators that have figures, sorted.
    pub fn indicators(&self) -> impl Iterator<Item = &str> {
        self.series.keys().map(AsRef::as_ref)
    }
}

/// The figures of one indicator in one area, by period, within a period the best first.
#[derive(Debug, Clone, Default)]
pub struct Series {
    all: Vec<Arc<Observation>>,
    keys: Vec<Key>,
    pub(super) breaks: bool,
}

/// The little of a figure that choosing needs, side by side, so that the choice among many figures reads one short
/// piece of memory and follows one pointer instead of all of them.
#[derive(Debug, Clone, Copy)]
struct Key {
    period: Period,
    known_from: Date,
    stage: Stage,
}

/// A figure that was public and the best of its period.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) period: Period,
    pub(super) stage: Stage,
    pub(super) observation: &'a Arc<Observation>,
}

impl Series {
    fn arrange(&mut self) {
        self.all.sort_by(|a, b| a.period.cmp(&b.period).then_with(|| preference(a, b)));
        let key = |o: &Arc<Observation>| Key {
            period: o.period,
            known_from: o.published.unwrap_or(o.period.end()),
            stage: o.stage,
        };
        self.keys = self.all.iter().map(key).collect();
        self.breaks = self.all.iter().any(|o| o.breaks);
    }

    /// Every figure, those overruled by a better one included.
    pub fn all(&self) -> &[Arc<Observation>] {
        &self.all
    }

    /// The best figure of every period that was public on `as_of`, by period (a year after its own quarters).
    pub fn known(&self, as_of: Date) -> impl Iterator<Item = &Arc<Observation>> {
        self.best(as_of).map(|entry| entry.observation)
    }

    fn best(&self, as_of: Date) -> impl Iterator<Item = Entry<'_>> {
        let mut seen = None;
        self.keys.iter().zip(&self.all).filter_map(move |(key, observation)| {
            let first = seen != Some(key.period) && key.known_from <= as_of;
            first.then(|| {
                seen = Some(key.period);
                Entry { period: key.period, stage: key.stage, observation }
            })
        })
    }

    /// As [`Series::known`], without figures that cover a part of their period only.
    pub(super) fn whole(&self, as_of: Date) -> impl Iterator<Item = Entry<'_>> {
        self.best(as_of).filter(|entry| entry.stage != Stage::Partial)
    }
}

/// Better figures of the same period first: final, primary, latest published, narrower. The rest only makes the
/// order total, so that the same rows in another order give the same result.
fn preference(a: &Observation, b: &Observation) -> Ordering {
    let published = |o: &Observation| o.published.unwrap_or(o.period.end());
    let width = |o: &Observation| o.high - o.low;
    a.stage
        .cmp(&b.stage)
        .then_with(|| a.trust.cmp(&b.trust))
        .then_with(|| published(b).cmp(&published(a)))
        .then_with(|| width(a).total_cmp(&width(b)))
        .then_with(|| a.value.total_cmp(&b.value))
        .then_with(|| a.low.total_cmp(&b.low))
        .then_with(|| a.high.total_cmp(&b.high))
        .then_with(|| a.breaks.cmp(&b.breaks))
        .then_with(|| a.source.cmp(&b.source))
        .then_with(|| a.source_url.cmp(&b.source_url))
        .then_with(|| a.note.cmp(&b.note))
        .then_with(|| a.rows.cmp(&b.rows))
        .then_with(|| a.published.cmp(&b.published))
}
