//! The same id twice: the first stays, the others are left out, so that every later look-up has one answer.

use std::collections::BTreeMap;

use crate::model::{Indicator, Plan};
use crate::{Code, Diagnostic, Location, Text};

type Seen = BTreeMap<String, Location>;

/// Ids of the plan share one namespace; indicators and tables another; areas, sources and rule sets have their own.
pub(super) fn check(plan: &mut Plan, out: &mut Vec<Diagnostic>) {
    let mut seen = Seen::new();
    plan.goals.retain(|x| first(&mut seen, &x.id, &x.location, out));
    plan.transformations.retain(|x| first(&mut seen, &x.id, &x.location, out));
    plan.programmes.retain(|x| first(&mut seen, &x.id, &x.location, out));
    plan.measures.retain(|x| first(&mut seen, &x.id, &x.location, out));
    plan.targets.retain(|x| first(&mut seen, &x.id, &x.location, out));
    plan.milestones.retain(|x| first(&mut seen, &x.id, &x.location, out));

    let mut seen: Seen = plan.indicators.iter().map(|i| (i.id.clone(), i.location.clone())).collect();
    plan.data.retain(|x| first(&mut seen, &x.table, &x.location, out));

    let mut seen = Seen::new();
    plan.areas.retain(|x| first(&mut seen, &x.id, &x.location, out));
    let mut seen = Seen::new();
    plan.sources.retain(|x| first(&mut seen, &x.id, &x.location, out));
}

/// Sorts indicators by id and keeps the first of each.
pub(crate) fn drop_duplicate_indicators(indicators: &mut Vec<Indicator>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut seen = Seen::new();
    indicators.retain(|x| first(&mut seen, &x.id, &x.location, &mut out));
    indicators.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

fn first(seen: &mut Seen, id: &str, location: &Location, out: &mut Vec<Diagnostic>) -> bool {
    if let Some(earlier) = seen.get(id) {
        out.push(
            Diagnostic::new(
                Code::DuplicateId,
                location.clone(),
                Text::new(format!("「{id}」已在 {earlier} 用过"), format!("`{id}` is already used at {earlier}")),
            )
            .hint(Text::new("请换一个 id；这一处未读入", "choose another id; this one was left out")),
        );
        return false;
    }
    seen.insert(id.to_owned(), location.clone());
    true
}
