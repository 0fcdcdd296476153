//! Counts of verdicts by measure, programme, goal, transformation, area and owner, with coverage and freshness.
//! Never an average score: a green and a red are not two yellows.

use std::collections::BTreeMap;

use super::links::{Belongs, Filter, Links, positions};
use super::{TargetVerdict, Verdict};
use crate::model::Plan;

/// How many targets have each verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary([usize; 9]);

impl Summary {
    /// Counts one more.
    pub fn add(&mut self, verdict: Verdict) {
        if let Some(count) = self.0.get_mut(verdict as usize) {
            *count += 1;
        }
    }

    /// Targets with this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.0.get(verdict as usize).copied().unwrap_or(0)
    }

    /// Every verdict with its count, in the order of every list.
    pub fn iter(&self) -> impl Iterator<Item = (Verdict, usize)> {
        Verdict::ALL.map(|(verdict, ..)| (verdict, self.count(verdict))).into_iter()
    }

    /// All targets.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Measures with at least one decided target, of all measures in question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Measures.
    pub measures: usize,
    /// Those with a decided target.
    pub decided: usize,
}

impl Coverage {
    /// Decided ÷ measures; `None` without measures.
    pub fn share(self) -> Option<f64> {
        share(self.decided, self.measures)
    }

    fn add(&mut self, decided: bool) {
        self.measures += 1;
        self.decided += usize::from(decided);
    }
}

/// Targets with data that are not overdue, of all targets with data that say something (not *unmeasured*).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Freshness {
    /// Targets with data.
    pub with_data: usize,
    /// Those whose data are not overdue.
    pub fresh: usize,
}

impl Freshness {
    /// Fresh ÷ with data; `None` without data.
    pub fn share(self) -> Option<f64> {
        share(self.fresh, self.with_data)
    }

    fn add(&mut self, verdict: Verdict) {
        if verdict != Verdict::Unmeasured {
            self.with_data += 1;
            self.fresh += usize::from(verdict != Verdict::Stale);
        }
    }
}

/// What a roll-up is by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupBy {
    /// 举措
    Measure,
    /// 聚力行动
    Programme,
    /// 目标
    Goal,
    /// 变革
    Transformation,
    /// 区域
    Area,
    /// 责任单位
    Owner,
}

impl GroupBy {
    /// Every kind of group.
    pub const ALL: [GroupBy; 6] =
        [GroupBy::Measure, GroupBy::Programme, GroupBy::Goal, GroupBy::Transformation, GroupBy::Area, GroupBy::Owner];

    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            GroupBy::Measure => "measure",
            GroupBy::Programme => "programme",
            GroupBy::Goal => "goal",
            GroupBy::Transformation => "transformation",
            GroupBy::Area => "area",
            GroupBy::Owner => "owner",
        }
    }
}

/// One group: counts, coverage, freshness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollup {
    /// Kind of group.
    pub by: GroupBy,
    /// Id of the measure, programme, goal, transformation or area; name of the owner, empty for what has none.
    pub id: String,
    /// Counts.
    pub summary: Summary,
    /// Measures of the group with a decided target. For an area: measures that have a target there.
    pub coverage: Coverage,
    /// Freshness.
    pub freshness: Freshness,
}

/// Counts, coverage and freshness of a selection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Counts.
    pub summary: Summary,
    /// Coverage.
    pub coverage: Coverage,
    /// Freshness.
    pub freshness: Freshness,
}

/// Counts of a selection. Coverage is over the measures that the filter keeps; under an area, over those of them
/// that have a target there.
pub fn totals<'a>(
    plan: &Plan,
    links: &Links,
    filter: &Filter,
    verdicts: impl IntoIterator<Item = &'a TargetVerdict>,
) -> Totals {
    let mut totals = Totals::default();
    let mut seen = vec![Seen::default(); plan.measures.len()];
    for verdict in verdicts.into_iter().filter(|v| filter.keeps(plan, links, v)) {
        totals.summary.add(verdict.verdict);
        totals.freshness.add(verdict.verdict);
        let measure = links.targets.get(verdict.target).and_then(|b| b.measure);
        if let Some(seen) = measure.and_then(|m| seen.get_mut(m)) {
            seen.note(verdict.verdict);
        }
    }
    for (belongs, seen) in links.measures.iter().zip(&seen) {
        if counts(plan, links, filter, belongs, seen) {
            totals.coverage.add(seen.decided);
        }
    }
    totals
}

/// True for a measure that a filter's coverage is over.
fn counts(plan: &Plan, links: &Links, filter: &Filter, belongs: &Belongs, seen: &Seen) -> bool {
    if filter.area.is_some() { seen.targets } else { filter.fits(plan, links, belongs) }
}

#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    targets: bool,
    decided: bool,
}

impl Seen {
    fn note(&mut self, verdict: Verdict) {
        self.targets = true;
        self.decided |= verdict.is_decided();
    }
}

/// Every group of a selection: measures, programmes, goals and transformations of the plan (those without a target, too), the
/// areas that targets speak of, owners, and last what has no owner.
pub fn rollups<'a>(
    plan: &Plan,
    links: &Links,
    filter: &Filter,
    verdicts: impl IntoIterator<Item = &'a TargetVerdict>,
) -> Vec<Rollup> {
    let mut measures = groups(GroupBy::Measure, plan.measures.iter().map(|m| &m.id));
    let mut programmes = groups(GroupBy::Programme, plan.programmes.iter().map(|p| &p.id));
    let mut goals = groups(GroupBy::Goal, plan.goals.iter().map(|g| &g.id));
    let mut transformations = groups(GroupBy::Transformation, plan.transformations.iter().map(|t| &t.id));
    // The last of the owners is nobody: what no owner is named for must not vanish.
    let nobody = links.owners.len();
    let mut owners = groups(GroupBy::Owner, links.owners.iter().chain([&String::new()]));
    let mut areas: BTreeMap<&str, (Rollup, Vec<Seen>)> = BTreeMap::new();
    let mut seen = vec![Seen::default(); plan.measures.len()];

    for verdict in verdicts.into_iter().filter(|v| filter.keeps(plan, links, v)) {
        let Some(belongs) = links.targets.get(verdict.target) else { continue };
        let count = |group: Option<&mut Rollup>| {
            if let Some(group) = group {
                group.summary.add(verdict.verdict);
                group.freshness.add(verdict.verdict);
            }
        };
        count(belongs.measure.and_then(|at| measures.get_mut(at)));
        count(belongs.programme.and_then(|at| programmes.get_mut(at)));
        count(owners.get_mut(belongs.owner.unwrap_or(nobody)));
        belongs.goals.iter().for_each(|at| count(goals.get_mut(*at)));
        belongs.transformations.iter().for_each(|at| count(transformations.get_mut(*at)));
        let (group, there) = areas.entry(verdict.area.as_ref()).or_insert_with(|| {
            (group(GroupBy::Area, verdict.area.as_ref()), vec![Seen::default(); plan.measures.len()])
        });
        count(Some(group));
        if let Some(at) = belongs.measure {
            seen.get_mut(at).into_iter().chain(there.get_mut(at)).for_each(|s| s.note(verdict.verdict));
        }
    }

    for (belongs, seen) in
        links.measures.iter().zip(&seen).filter(|(belongs, seen)| counts(plan, links, filter, belongs, seen))
    {
        let cover = |group: Option<&mut Rollup>| {
            if let Some(group) = group {
                group.coverage.add(seen.decided);
            }
        };
        cover(belongs.measure.and_then(|at| measures.get_mut(at)));
        cover(belongs.programme.and_then(|at| programmes.get_mut(at)));
        cover(owners.get_mut(belongs.owner.unwrap_or(nobody)));
        belongs.goals.iter().for_each(|at| cover(goals.get_mut(*at)));
        belongs.transformations.iter().for_each(|at| cover(transformations.get_mut(*at)));
    }
    for (group, there) in areas.values_mut() {
        there.iter().filter(|s| s.targets).for_each(|s| group.coverage.add(s.decided));
    }
    // Areas in the order of `areas.csv`; one that it does not hold comes last.
    let order = positions(plan.areas.iter().map(|a| a.id.as_str()));
    let mut areas: Vec<Rollup> = areas.into_values().map(|(group, _)| group).collect();
    areas.sort_by_key(|group| order.get(group.id.as_str()).copied().unwrap_or(usize::MAX));
    [measures, programmes, goals, transformations, areas, owners].into_iter().flatten().collect()
}

fn groups<'a>(by: GroupBy, ids: impl Iterator<Item = &'a String>) -> Vec<Rollup> {
    ids.map(|id| group(by, id)).collect()
}

fn group(by: GroupBy, id: &str) -> Rollup {
    Rollup {
        by,
        id: id.to_owned(),
        summary: Summary::default(),
        coverage: Coverage::default(),
        freshness: Freshness::default(),
    }
}
