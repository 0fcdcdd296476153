//! Results by row, as every output asks for them.

use lantu_appraisal::evaluate::{Appraisal, NO_RANK, Prepared, Reason};
use lantu_appraisal::rules::{Aggregate, Class, Item, Part, RuleSet};
use lantu_blueprint::Lang;

use crate::commands::told::text;

/// Units graded by rules.
#[derive(Clone, Copy)]
pub(super) struct Graded<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) prepared: &'a Prepared<'a>,
    pub(super) found: &'a Appraisal,
    /// Name of the column with the names of units.
    pub(super) id: &'a str,
    pub(super) lang: Lang,
}

impl<'a> Graded<'a> {
    /// How many units.
    pub(super) fn len(&self) -> usize {
        self.prepared.units.len()
    }

    /// Name of a unit.
    pub(super) fn name(&self, row: usize) -> &'a str {
        self.prepared.units.ids.get(row).map_or("", String::as_str)
    }

    /// Place of its group.
    pub(super) fn group(&self, row: usize) -> Option<usize> {
        self.prepared.groups.get(row)
    }

    /// Name of a group; empty where there are none.
    pub(super) fn group_name(&self, group: usize) -> &'a str {
        let named = self.rules.groups.get(group).map(|group| text(&group.name, self.lang));
        named.or_else(|| self.prepared.groups.names.get(group).map(String::as_str)).unwrap_or_default()
    }

    /// The value of an item as the formula gives it; NaN where there is none.
    pub(super) fn value(&self, item: usize, row: usize) -> f64 {
        at(&self.prepared.values, item, row)
    }

    /// The score of an item: points where its dimension adds up points.
    pub(super) fn score(&self, item: usize, row: usize) -> f64 {
        let score = at(&self.prepared.scores, item, row);
        let Some((parent, dimension)) = self.above(item) else { return score };
        if dimension != Aggregate::Sum {
            return score;
        }
        let weight = self.group(row).and_then(|group| self.weight(item, parent, group));
        weight.map_or(f64::NAN, |weight| weight * score)
    }

    fn above(&self, item: usize) -> Option<(usize, Aggregate)> {
        let parent = self.rules.items.get(item)?.parent;
        Some((parent, self.rules.dimensions.get(parent)?.aggregate))
    }

    fn weight(&self, item: usize, parent: usize, group: usize) -> Option<f64> {
        let parts = &self.rules.dimensions.get(parent)?.parts;
        let place = parts.iter().position(|part| *part == Part::Item(item))?;
        self.prepared.weights.get(parent, place, group)
    }

    /// The score of a dimension.
    pub(super) fn dimension(&self, dimension: usize, row: usize) -> f64 {
        at(&self.found.dimensions, dimension, row)
    }

    /// The total, where there is one.
    pub(super) fn total(&self, row: usize) -> Option<f64> {
        self.found.totals.get(row).copied().filter(|total| !total.is_nan() && self.rank(row).is_some())
    }

    /// The total as people read it: with the decimals of the rules, where they say how many.
    pub(super) fn shown_total(&self, row: usize) -> String {
        let decimals = self.rules.decimals.map(usize::from);
        self.total(row).map_or(String::new(), |total| decimals.map_or_else(|| shown(total), |d| format!("{total:.d$}")))
    }

    /// The place from the best.
    pub(super) fn rank(&self, row: usize) -> Option<u32> {
        self.found.ranks.get(row).copied().filter(|rank| *rank != NO_RANK)
    }

    /// Place of the class.
    pub(super) fn class_at(&self, row: usize) -> Option<usize> {
        let class = usize::from(*self.found.classes.get(row)?);
        (class < self.classes().len()).then_some(class)
    }

    /// The class.
    pub(super) fn class(&self, row: usize) -> Option<&'a Class> {
        self.classes().get(self.class_at(row)?)
    }

    /// Classes of the rules, best first.
    pub(super) fn classes(&self) -> &'a [Class] {
        self.rules.classes.as_ref().map_or([].as_slice(), |classes| classes.list.as_slice())
    }

    /// Whether a unit has a total or a class.
    pub(super) fn is_graded(&self, row: usize) -> bool {
        self.rank(row).is_some() || self.class_at(row).is_some()
    }

    /// Whether what is wrong in the table keeps a unit from being graded.
    pub(super) fn is_ungraded_by_data(&self, row: usize) -> bool {
        let exempt = |reason: &Reason| matches!(reason, Reason::Exempted { .. });
        !self.is_graded(row) && !self.found.reasons_of(row).any(exempt)
    }

    /// How many units of a group are in a class; of all groups where none is named.
    pub(super) fn count(&self, group: Option<usize>, wanted: impl Fn(usize) -> bool) -> usize {
        let within = |row: &usize| group.is_none_or(|group| self.group(*row) == Some(group));
        (0..self.len()).filter(within).filter(|row| wanted(*row)).count()
    }

    /// An item.
    pub(super) fn item(&self, item: usize) -> Option<&'a Item> {
        self.rules.items.get(item)
    }

    /// Name of an item.
    pub(super) fn item_name(&self, item: usize) -> &'a str {
        self.item(item).map_or("", |item| text(&item.name, self.lang))
    }
}

fn at(columns: &[Vec<f64>], at: usize, row: usize) -> f64 {
    columns.get(at).and_then(|column| column.get(row)).copied().unwrap_or(f64::NAN)
}

/// A number as people read it: four decimals, or four digits where it is small; no zeros at the end.
pub(super) fn shown(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let decimals = if value == 0.0 || value.abs() >= 1.0 { 4 } else { 3 - value.abs().log10().floor() as i32 };
    let text = format!("{value:.*}", decimals.clamp(0, 12) as usize);
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn numbers_are_short() {
        let cases = [
            (27.400_000_000_000_002, "27.4"),
            (112.755_177, "112.7552"),
            (0.000_302_34, "0.0003023"),
            (0.0302, "0.0302"),
            (100.0, "100"),
            (-0.0, "0"),
            (f64::NAN, ""),
        ];
        for (value, expected) in cases {
            assert_eq!(shown(value), expected);
        }
    }
}
