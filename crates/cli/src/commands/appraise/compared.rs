//! Two appraisals side by side: what is compared, and what was found.

use std::path::Path;

use lantu_appraisal::explain::{Change, Changed};
use lantu_appraisal::rules::RuleSet;
use lantu_blueprint::Lang;

use super::differences;
use super::inputs::Inputs;

/// One of the two that are compared.
pub(super) struct Side<'a> {
    pub(super) path: &'a Path,
    pub(super) data: &'a Path,
    pub(super) rules: &'a RuleSet,
    pub(super) inputs: &'a Inputs,
    /// Points of each item, row by row; none where totals are no sums.
    pub(super) points: Option<Vec<Vec<f64>>>,
}

impl Side<'_> {
    /// What an item of a row adds to its total, by the item's id.
    pub(super) fn points(&self, item: &str, row: usize) -> f64 {
        let at = self.rules.item(item);
        let points = self.points.as_ref().and_then(|rows| rows.get(row));
        at.and_then(|at| points?.get(at).copied()).unwrap_or(f64::NAN)
    }

    /// Name of a unit.
    pub(super) fn name(&self, row: usize) -> &str {
        self.inputs.units.ids.get(row).map_or("", String::as_str)
    }
}

/// Both, and what lies between them.
pub(super) struct Compared<'a> {
    pub(super) old: Side<'a>,
    pub(super) new: Side<'a>,
    pub(super) found: Change,
    pub(super) differences: Vec<differences::Difference>,
    /// The column with names beside the ids.
    pub(super) title: Option<&'a str>,
    pub(super) lang: Lang,
}

impl Compared<'_> {
    /// Items of both, those of the newer rules first; none where totals are no sums.
    pub(super) fn items(&self) -> Vec<&str> {
        if self.old.points.is_none() && self.new.points.is_none() {
            return Vec::new();
        }
        let only_old = self.old.rules.items.iter().filter(|item| self.new.rules.item(&item.id).is_none());
        self.new.rules.items.iter().chain(only_old).map(|item| item.id.as_str()).collect()
    }

    /// A unit by its id, or by a name that only it has.
    pub(super) fn unit(&self, asked: &str) -> Option<&Changed> {
        let by_id = self.found.units.iter().find(|unit| self.new.name(unit.rows.1) == asked);
        let column = self.title.and_then(|title| self.new.inputs.units.columns.get(title));
        by_id.or_else(|| {
            let named = |unit: &&Changed| column.and_then(|column| column.word(unit.rows.1)) == Some(asked);
            let mut found = self.found.units.iter().filter(named);
            found.next().filter(|_| found.next().is_none())
        })
    }
}

/// Totals before and after of those that were ranked: one that is exempted has no total that counts.
pub(super) fn totals(unit: &Changed) -> (f64, f64) {
    let of = |rank: u32, total: f64| if rank > 0 { total } else { f64::NAN };
    (of(unit.ranks.0, unit.totals.0), of(unit.ranks.1, unit.totals.1))
}

/// What one factor adds, in the order of `Factor::ALL`.
pub(super) fn part(unit: &Changed, at: usize) -> f64 {
    let (before, after) = totals(unit);
    if before.is_nan() || after.is_nan() {
        return f64::NAN;
    }
    unit.parts.and_then(|parts| parts.get(at).copied()).unwrap_or(f64::NAN)
}
