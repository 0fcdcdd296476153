//! Plan diff: which definitions and data changed between two versions of a blueprint, and which verdicts that moves.

use std::collections::BTreeMap;

use lantu_blueprint::model::{FieldPlaces, Plan};
use lantu_blueprint::verdict::Verdict;
use lantu_blueprint::{Date, Location, Text};

use crate::City;

/// How a definition changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Only in the new version.
    Added,
    /// Only in the old version.
    Removed,
    /// In both, not the same.
    Changed,
}

impl Difference {
    /// The word on the wire and for people.
    pub fn word(self) -> (&'static str, Text) {
        match self {
            Difference::Added => ("added", Text::new("新增", "added")),
            Difference::Removed => ("removed", Text::new("删去", "removed")),
            Difference::Changed => ("changed", Text::new("改动", "changed")),
        }
    }
}

/// One definition or data file that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct DefinitionChange {
    /// `target`, `indicator`, `data`, …
    pub kind: &'static str,
    /// Its id or path.
    pub id: String,
    /// How.
    pub difference: Difference,
    /// Where it stands now (or stood).
    pub location: Location,
}

/// One verdict that moved; `None` where the target did not exist.
#[derive(Debug, Clone, PartialEq)]
pub struct VerdictMove {
    /// Verdict id.
    pub id: String,
    /// Title, of the newer version when it has one.
    pub title: Text,
    /// In the old version.
    pub from: Option<Verdict>,
    /// In the new version.
    pub to: Option<Verdict>,
}

/// Everything that differs between two versions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlanDiff {
    /// Definitions and data.
    pub definitions: Vec<DefinitionChange>,
    /// Verdicts.
    pub verdicts: Vec<VerdictMove>,
}

/// Compares `old` with `new` on one date.
pub fn diff(old: &City, new: &City, as_of: Date) -> PlanDiff {
    PlanDiff { definitions: definitions(old, new), verdicts: verdicts(old, new, as_of) }
}

/// What a definition says, without the place it is written at.
type Content = BTreeMap<(&'static str, String), (String, Location)>;

fn content(city: &City) -> Content {
    let plan: &Plan = city.plan();
    let mut all = Content::new();
    let nowhere = Location::start("");
    macro_rules! collect {
        ($kind:literal, $list:expr, $id:ident) => {
            for item in $list {
                let mut bare = item.clone();
                bare.location = nowhere.clone();
                all.insert(($kind, item.$id.clone()), (format!("{bare:?}"), item.location.clone()));
            }
        };
    }
    collect!("goal", &plan.goals, id);
    collect!("transformation", &plan.transformations, id);
    collect!("programme", &plan.programmes, id);
    collect!("measure", &plan.measures, id);
    collect!("milestone", &plan.milestones, id);
    collect!("source", &plan.sources, id);
    collect!("area", &plan.areas, id);
    collect!("rule_set", &plan.rule_sets, id);
    for item in &plan.targets {
        let mut bare = item.clone();
        bare.location = nowhere.clone();
        bare.fields = FieldPlaces::default();
        all.insert(("target", item.id.clone()), (format!("{bare:?}"), item.location.clone()));
    }
    for item in &plan.indicators {
        let mut bare = item.clone();
        bare.location = nowhere.clone();
        // Cases are tests of the definition, not the definition.
        bare.cases.clear();
        all.insert(("indicator", item.id.clone()), (format!("{bare:?}"), item.location.clone()));
    }
    for item in &plan.data {
        let mut bare = item.clone();
        bare.location = nowhere.clone();
        // Stands for the content, which is compared below.
        bare.sha256 = None;
        all.insert(("table", item.table.clone()), (format!("{bare:?}"), item.location.clone()));
    }
    for (path, fact) in &city.sources().data {
        all.insert(("data", path.clone()), (fact.sha256.clone(), Location::start(path.as_str())));
    }
    let mut head = plan.city.clone();
    head.id.clear();
    all.insert(("city", "blueprint.toml".to_owned()), (format!("{head:?}"), Location::start("blueprint.toml")));
    all
}

fn definitions(old: &City, new: &City) -> Vec<DefinitionChange> {
    let (before, after) = (content(old), content(new));
    let mut changes = Vec::new();
    for (key, (text, location)) in &after {
        let difference = match before.get(key) {
            None => Difference::Added,
            Some((earlier, _)) if earlier != text => Difference::Changed,
            Some(_) => continue,
        };
        changes.push(DefinitionChange { kind: key.0, id: key.1.clone(), difference, location: location.clone() });
    }
    for (key, (_, location)) in before.iter().filter(|(key, _)| !after.contains_key(*key)) {
        let difference = Difference::Removed;
        changes.push(DefinitionChange { kind: key.0, id: key.1.clone(), difference, location: location.clone() });
    }
    changes.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    changes
}

fn verdicts(old: &City, new: &City, as_of: Date) -> Vec<VerdictMove> {
    let index = |city: &City| -> BTreeMap<String, (Verdict, Text)> {
        let title = |at: usize| city.plan().targets.get(at).map(|t| t.title.clone()).unwrap_or_default();
        city.assess(as_of).targets.into_iter().map(|v| (v.id, (v.verdict, title(v.target)))).collect()
    };
    let (before, after) = (index(old), index(new));
    let mut ids: Vec<&String> = before.keys().chain(after.keys()).collect();
    ids.sort();
    ids.dedup();
    let moves = ids.into_iter().filter_map(|id| {
        let (from, to) = (before.get(id), after.get(id));
        let verdict = |side: Option<&(Verdict, Text)>| side.map(|(verdict, _)| *verdict);
        let title = to.or(from).map(|(_, title)| title.clone()).unwrap_or_default();
        (verdict(from) != verdict(to)).then(|| VerdictMove {
            id: id.clone(),
            title,
            from: verdict(from),
            to: verdict(to),
        })
    });
    moves.collect()
}
