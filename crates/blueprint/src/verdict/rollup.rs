//! Counts of verdicts by measure, programme, goal, transformation, area and owner, with coverage and freshness.
//! Never an average score: a green and a red are not two yellows.

use std::collections::BTreeMap;

use super::{TargetVerdict, Verdict};
use crate::model::{Plan, Target};

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
    /// Id of the measure, programme, goal, transformation or area; name of the owner.
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

/// What a target or a measure belongs to, as positions in the vectors of the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Belongs {
    /// Position in `plan.measures`.
    pub measure: Option<usize>,
    /// Position in `plan.programmes`.
    pub programme: Option<usize>,
    /// Positions in `plan.goals`: the target's own `serves`, else its measure's, else its programme's.
    pub goals: Vec<usize>,
    /// Positions in `plan.transformations`: the measure's `via`, else its programme's.
    pub transformations: Vec<usize>,
    /// Position in [`Links::owners`].
    pub owner: Option<usize>,
}

/// Who belongs to whom, looked up once.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// By position of the target.
    pub targets: Vec<Belongs>,
    /// By position of the measure.
    pub measures: Vec<Belongs>,
    /// Owners, in the order of the measures they own first.
    pub owners: Vec<String>,
}

impl Links {
    /// The links of a plan. Names that nothing declares are left out here; `check` reports them.
    pub fn of(plan: &Plan) -> Links {
        let goals = positions(plan.goals.iter().map(|g| g.id.as_str()));
        let transformations = positions(plan.transformations.iter().map(|t| t.id.as_str()));
        let programmes = positions(plan.programmes.iter().map(|p| p.id.as_str()));
        let measure_at = positions(plan.measures.iter().map(|m| m.id.as_str()));
        let find = |names: &[String], at: &BTreeMap<&str, usize>| -> Vec<usize> {
            let mut found: Vec<usize> = names.iter().filter_map(|name| at.get(name.as_str()).copied()).collect();
            // Twice the same name must not count a target twice.
            found.sort_unstable();
            found.dedup();
            found
        };
        let of_programme = |programme: Option<usize>| {
            let programme = programme.and_then(|p| plan.programmes.get(p));
            programme.map_or((Vec::new(), Vec::new()), |p| (find(&p.serves, &goals), find(&p.via, &transformations)))
        };
        let mut links = Links::default();
        let mut owner_at: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, measure) in plan.measures.iter().enumerate() {
            let programme = measure.programme.as_deref().and_then(|p| programmes.get(p).copied());
            let (serves, via) = of_programme(programme);
            let owner = measure.owner.as_deref().filter(|o| !o.is_empty()).map(|owner| {
                *owner_at.entry(owner).or_insert_with(|| {
                    links.owners.push(owner.to_owned());
                    links.owners.len() - 1
                })
            });
            links.measures.push(Belongs {
                measure: Some(at),
                programme,
                goals: if measure.serves.is_empty() { serves } else { find(&measure.serves, &goals) },
                transformations: if measure.via.is_empty() { via } else { find(&measure.via, &transformations) },
                owner,
            });
        }
        let of_target = |target: &Target| {
            let measure = target.measure.as_deref().and_then(|m| measure_at.get(m).copied());
            let mut belongs = measure.and_then(|m| links.measures.get(m).cloned()).unwrap_or_else(|| {
                let programme = target.programme.as_deref().and_then(|p| programmes.get(p).copied());
                let (goals, transformations) = of_programme(programme);
                Belongs { programme, goals, transformations, ..Belongs::default() }
            });
            if !target.serves.is_empty() {
                belongs.goals = find(&target.serves, &goals);
            }
            belongs
        };
        links.targets = plan.targets.iter().map(of_target).collect();
        links
    }
}

fn positions<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    ids.enumerate().map(|(at, id)| (id, at)).collect()
}

/// What a reader wants to see; everything named must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Goal id.
    pub goal: Option<String>,
    /// Programme id.
    pub programme: Option<String>,
    /// Area id.
    pub area: Option<String>,
    /// Owner's name.
    pub owner: Option<String>,
}

impl Filter {
    /// True when the target judged is wanted.
    pub fn keeps(&self, plan: &Plan, links: &Links, verdict: &TargetVerdict) -> bool {
        self.area.as_deref().is_none_or(|area| area == verdict.area.as_ref())
            && links.targets.get(verdict.target).is_some_and(|b| self.fits(plan, links, b))
    }

    fn fits(&self, plan: &Plan, links: &Links, belongs: &Belongs) -> bool {
        let goal = |id: &String| belongs.goals.iter().any(|g| plan.goals.get(*g).is_some_and(|g| g.id == *id));
        let programme = || belongs.programme.and_then(|p| plan.programmes.get(p)).map(|p| &p.id);
        let owner = || belongs.owner.and_then(|o| links.owners.get(o));
        self.goal.as_ref().is_none_or(goal)
            && self.programme.as_ref().is_none_or(|id| programme() == Some(id))
            && self.owner.as_ref().is_none_or(|name| owner() == Some(name))
    }
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
        if seen.targets && filter.area.is_some() || filter.area.is_none() && filter.fits(plan, links, belongs) {
            totals.coverage.add(seen.decided);
        }
    }
    totals
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

/// Every group: measures, programmes, goals and transformations of the plan (those without a target, too), the
/// areas that targets speak of, and owners.
pub fn rollups<'a>(
    plan: &Plan,
    links: &Links,
    verdicts: impl IntoIterator<Item = &'a TargetVerdict>,
) -> Vec<Rollup> {
    let mut measures = groups(GroupBy::Measure, plan.measures.iter().map(|m| &m.id));
    let mut programmes = groups(GroupBy::Programme, plan.programmes.iter().map(|p| &p.id));
    let mut goals = groups(GroupBy::Goal, plan.goals.iter().map(|g| &g.id));
    let mut transformations = groups(GroupBy::Transformation, plan.transformations.iter().map(|t| &t.id));
    let mut owners = groups(GroupBy::Owner, links.owners.iter());
    let mut areas: BTreeMap<&str, (Rollup, Vec<Seen>)> = BTreeMap::new();
    let mut seen = vec![Seen::default(); plan.measures.len()];

    for verdict in verdicts {
        let Some(belongs) = links.targets.get(verdict.target) else { continue };
        let count = |group: Option<&mut Rollup>| {
            if let Some(group) = group {
                group.summary.add(verdict.verdict);
                group.freshness.add(verdict.verdict);
            }
        };
        count(belongs.measure.and_then(|at| measures.get_mut(at)));
        count(belongs.programme.and_then(|at| programmes.get_mut(at)));
        count(belongs.owner.and_then(|at| owners.get_mut(at)));
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

    for (belongs, seen) in links.measures.iter().zip(&seen) {
        let cover = |group: Option<&mut Rollup>| {
            if let Some(group) = group {
                group.coverage.add(seen.decided);
            }
        };
        cover(belongs.measure.and_then(|at| measures.get_mut(at)));
        cover(belongs.programme.and_then(|at| programmes.get_mut(at)));
        cover(belongs.owner.and_then(|at| owners.get_mut(at)));
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
