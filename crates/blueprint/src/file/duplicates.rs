//! The same id twice: the first stays, the others are left out, so that every later look-up has one answer.

use std::collections::BTreeMap;

use super::Report;
use crate::model::{Indicator, Plan};
use crate::{Code, Location, Text};

type Seen = BTreeMap<String, Location>;

/// Tables that are there in SQL without anybody declaring them.
const TABLES: [&str; 8] =
    ["areas", "observations", "goals", "programmes", "measures", "targets", "milestones", "verdicts"];

/// Ids of the plan share one namespace; indicators and tables another; areas, sources and rule sets have their own.
pub(super) fn drop(plan: &mut Plan, report: &Report) {
    let mut seen = Seen::new();
    plan.goals.retain(|x| first(&mut seen, &x.id, &x.location, report));
    plan.transformations.retain(|x| first(&mut seen, &x.id, &x.location, report));
    plan.programmes.retain(|x| first(&mut seen, &x.id, &x.location, report));
    plan.measures.retain(|x| first(&mut seen, &x.id, &x.location, report));
    plan.targets.retain(|x| first(&mut seen, &x.id, &x.location, report));
    plan.milestones.retain(|x| first(&mut seen, &x.id, &x.location, report));

    let mut seen: Seen = TABLES.iter().map(|name| ((*name).to_owned(), Location::start("SQL"))).collect();
    seen.extend(plan.indicators.iter().map(|i| (i.id.clone(), i.location.clone())));
    plan.data.retain(|x| first(&mut seen, &x.table, &x.location, report));

    let mut seen = Seen::new();
    plan.areas.retain(|x| first(&mut seen, &x.id, &x.location, report));
    let mut seen = Seen::new();
    plan.sources.retain(|x| first(&mut seen, &x.id, &x.location, report));
}

/// Sorts indicators by id and keeps the first of each.
pub(super) fn drop_indicators(indicators: &mut Vec<Indicator>, report: &Report) {
    let mut seen: Seen = TABLES.iter().map(|name| ((*name).to_owned(), Location::start("SQL"))).collect();
    indicators.retain(|x| first(&mut seen, &x.id, &x.location, report));
    indicators.sort_by(|a, b| a.id.cmp(&b.id));
}

/// Signs that mean something else where ids are written: in addresses, lists, attributes and verdict ids.
const RESERVED: &str = "@#/\\?&%,，、;；=\"'`「」{}[]()<>|*";

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 200
        && !id.chars().any(|c| c.is_whitespace() || c.is_control() || RESERVED.contains(c))
}

fn first(seen: &mut Seen, id: &str, location: &Location, report: &Report) -> bool {
    if !is_id(id) {
        let shown: String = id.chars().take(40).collect();
        report.say(
            Code::BadValue,
            location.clone(),
            Text::new(
                format!("「{shown}」不能作 id；这一处未读入"),
                format!("`{shown}` cannot be an id; this one was left out"),
            ),
            Text::new("用字母、汉字、数字、- 、_ 和 .，不用空格", "use letters, digits, - , _ and . , and no spaces"),
        );
        return false;
    }
    if let Some(earlier) = seen.get(id) {
        report.say(
            Code::DuplicateId,
            location.clone(),
            Text::new(format!("「{id}」已在 {earlier} 用过"), format!("`{id}` is already used at {earlier}")),
            Text::new("请换一个 id；这一处未读入", "choose another id; this one was left out"),
        );
        return false;
    }
    seen.insert(id.to_owned(), location.clone());
    true
}
