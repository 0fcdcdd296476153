//! What happened before: results of earlier years, and single events that take points off.

use std::collections::BTreeMap;

use crate::rules::{Age, Day, Item, Method};

/// Classes of an earlier year, by the name of the unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// Name of the class of each unit that had one.
    pub classes: BTreeMap<String, String>,
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

/// What a deduction takes off each unit at a day. Events of later days do not count yet.
pub(super) fn deductions(events: &[Event], item: u32, ageing: &[Age], as_of: Day, units: usize) -> Vec<f64> {
    let mut sums = vec![0.0; units];
    for event in events.iter().filter(|event| event.item == item && event.day <= as_of) {
        let months = event.day.months_until(as_of);
        let left = match ageing {
            [] => 1.0,
            ages => ages.iter().find(|age| months < age.below_months).map_or(0.0, |age| age.share.value),
        };
        if let Some(sum) = sums.get_mut(event.row as usize) {
            *sum += event.points * left;
        }
    }
    sums
}

/// The ageing of an item that events take points off.
pub(super) fn ageing(item: &Item) -> Option<&[Age]> {
    match &item.normalise.method {
        Method::Deduction { ageing, .. } => Some(ageing),
        _ => None,
    }
}
