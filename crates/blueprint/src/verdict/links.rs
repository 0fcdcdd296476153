//! Which measure, programme, goals, transformations and owner a target belongs to, and filters over them.

use std::collections::BTreeMap;

use super::TargetVerdict;
use crate::model::{Plan, Target};

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

pub(super) fn positions<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
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

    /// True when what belongs there is wanted, wherever it is judged.
    pub fn fits(&self, plan: &Plan, links: &Links, belongs: &Belongs) -> bool {
        let goal = |id: &String| belongs.goals.iter().any(|g| plan.goals.get(*g).is_some_and(|g| g.id == *id));
        let programme = || belongs.programme.and_then(|p| plan.programmes.get(p)).map(|p| &p.id);
        let owner = || belongs.owner.and_then(|o| links.owners.get(o));
        self.goal.as_ref().is_none_or(goal)
            && self.programme.as_ref().is_none_or(|id| programme() == Some(id))
            && self.owner.as_ref().is_none_or(|name| owner() == Some(name))
    }
}
