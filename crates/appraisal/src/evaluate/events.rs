//! What happened before: results of earlier years, and single events that take points off.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::rules::{Age, Day, Item, Method, RuleSet};
use crate::units::Units;

/// Classes of an earlier year, by the name of the unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// Name of the class of each unit that had one.
    pub classes: BTreeMap<String, String>,
}

impl History {
    /// What is odd about earlier results: classes that the rules do not have, and few units of the same names.
    #[must_use]
    pub fn told(&self, rules: &RuleSet, units: &Units) -> Vec<Diagnostic> {
        let known = |class: &str| rules.classes.iter().flat_map(|classes| &classes.list).any(|known| known.id == class);
        let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
        for class in self.classes.values().filter(|class| !known(class)) {
            *unknown.entry(class).or_default() += 1;
        }
        let mut problems: Vec<Diagnostic> = unknown
            .into_iter()
            .map(|(class, count)| {
                Diagnostic::error(
                    Code::UnknownName,
                    0,
                    format!("往年结果里 {count} 个对象的档次「{class}」规则里没有，连续年数不算这一年"),
                    format!("{count} earlier results are of class `{class}`, which the rules do not have; that year does not count"),
                )
            })
            .collect();
        let same = units.ids.iter().filter(|id| self.classes.contains_key(*id)).count();
        if !units.is_empty() && same * 2 < units.len() {
            problems.push(Diagnostic::warning(
                Code::BadId,
                0,
                format!("{} 个对象里只有 {same} 个在往年结果里有：编号是同一列吗？", units.len()),
                format!(
                    "of {} units only {same} are in the earlier results: are the ids of the same column?",
                    units.len()
                ),
            ));
        }
        problems
    }
}

/// Something that takes points off an item of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Row of the unit.
    pub row: u32,
    /// Place of the item.
    pub item: u32,
    /// When it was found.
    pub day: Day,
    /// Points that it takes off while it is fresh.
    pub points: f64,
}

impl Event {
    /// How much of it is left on a day: all of it where the rules let nothing grow old.
    #[must_use]
    pub fn left(&self, ageing: &[Age], as_of: Day) -> f64 {
        let months = self.day.months_until(as_of);
        match ageing {
            [] => 1.0,
            ages => ages.iter().find(|age| months < age.below_months).map_or(0.0, |age| age.share.value),
        }
    }
}

/// What a deduction takes off each unit at a day. Events of later days do not count yet.
pub(super) fn deductions(events: &[Event], item: u32, ageing: &[Age], as_of: Day, units: usize) -> Vec<f64> {
    let mut sums = vec![0.0; units];
    for event in events.iter().filter(|event| event.item == item && event.day <= as_of) {
        if let Some(sum) = sums.get_mut(event.row as usize) {
            *sum += event.points * event.left(ageing, as_of);
        }
    }
    sums
}

/// The ageing of an item that events take points off.
#[must_use]
pub fn ageing(item: &Item) -> Option<&[Age]> {
    match &item.normalise.method {
        Method::Deduction { ageing, .. } => Some(ageing),
        _ => None,
    }
}
