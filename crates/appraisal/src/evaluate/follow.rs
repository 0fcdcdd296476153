//! What follows from classes, year after year.

use super::NO_CLASS;
use super::columns::Seen;
use super::events::History;
use super::prepare::Prepared;
use crate::expression::holds;
use crate::rules::Consequence;

/// What follows for a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Row of the unit.
    pub row: u32,
    /// Place of the consequence.
    pub consequence: usize,
    /// The year in a row, from 1: this one and those before it in the same classes.
    pub years: usize,
    /// The step; none where the consequence has no number.
    pub value: Option<f64>,
    /// Another one of its kind that is higher and takes its place.
    pub other: Option<f64>,
    /// Whether it does not follow after all, by the rule's own exception.
    pub waived: bool,
    /// The column whose missing number left that exception undecided: it was not waived.
    pub undecided: Option<String>,
}

/// What follows for all units, by row.
pub(super) fn outcomes(prepared: &Prepared<'_>, totals: &[f64], classes: &[u8], previous: &[History]) -> Vec<Outcome> {
    let mut found = Vec::new();
    let rules = &prepared.rules.consequences;
    if rules.is_empty() {
        return found;
    }
    let seen = Seen { rules: prepared.rules, units: prepared.units, values: &prepared.values, totals: Some(totals) };
    for (row, class) in classes.iter().enumerate() {
        if *class == NO_CLASS {
            continue;
        }
        for (at, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.classes.contains(&usize::from(*class))) {
            found.push(outcome(prepared, &seen, rule, at, row, previous));
        }
    }
    found
}

fn outcome(
    prepared: &Prepared<'_>,
    seen: &Seen<'_>,
    rule: &Consequence,
    at: usize,
    row: usize,
    previous: &[History],
) -> Outcome {
    let years = 1 + earlier(prepared, rule, row, previous);
    let step = rule.steps.get(years - 1).or(rule.steps.last()).map(|step| step.value);
    let other = rule.other.as_ref().map(|formula| formula.at(seen, row));
    let other = other.filter(|other| step.is_some_and(|step| *other > step));
    let waived = rule.unless.as_ref().is_some_and(|formula| holds(formula.at(seen, row)));
    let undecided = rule.unless.as_ref().and_then(|formula| seen.undecided(formula, row));
    Outcome { row: row as u32, consequence: at, years, value: step, other, waived, undecided }
}

/// How many years before this one, without a gap, the unit was in the same classes.
fn earlier(prepared: &Prepared<'_>, rule: &Consequence, row: usize, previous: &[History]) -> usize {
    let Some((id, classes)) = prepared.units.ids.get(row).zip(prepared.rules.classes.as_ref()) else { return 0 };
    let same = |history: &&History| {
        let class = history.classes.get(id);
        let place = class.and_then(|class| classes.list.iter().position(|known| known.id == *class));
        place.is_some_and(|place| rule.classes.contains(&place))
    };
    previous.iter().take_while(same).count()
}
