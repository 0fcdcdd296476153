//! Results by row, as every output asks for them.

use std::path::Path;

use lantu_appraisal::evaluate::{Appraisal, Context, NO_RANK, Prepared, Reason};
use lantu_appraisal::rules::{Aggregate, Class, Item, Part, RuleSet};
use lantu_blueprint::Lang;

use super::tally::{Counts, Tally};
use crate::commands::say;
use crate::commands::told::text;

/// Units graded by rules.
#[derive(Clone, Copy)]
pub(super) struct Graded<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) prepared: &'a Prepared<'a>,
    pub(super) found: &'a Appraisal,
    /// Earlier results and events.
    pub(super) context: &'a Context<'a>,
    /// Counts and borders, taken once.
    pub(super) tally: &'a Tally,
    /// Where the units were read.
    pub(super) data: &'a Path,
    /// Name of the column with the names of units.
    pub(super) id: &'a str,
    /// The column with a name beside that.
    pub(super) title: Option<&'a str>,
    /// Said on every page and above the text: the rules are not in force on the day asked for.
    pub(super) out_of_force: Option<&'a str>,
    pub(super) lang: Lang,
}

impl<'a> Graded<'a> {
    /// How many units.
    pub(super) fn len(&self) -> usize {
        self.prepared.units.len()
    }

    /// Name of a unit, as results have it: its id.
    pub(super) fn name(&self, row: usize) -> &'a str {
        self.prepared.units.ids.get(row).map_or("", String::as_str)
    }

    /// The name beside the id; empty where there is none.
    pub(super) fn title(&self, row: usize) -> &'a str {
        let column = self.title.and_then(|title| self.prepared.units.columns.get(title));
        column.and_then(|column| column.word(row)).unwrap_or_default()
    }

    /// How a unit is called on pages: its id, or its row where it has none.
    pub(super) fn called(&self, row: usize) -> String {
        match (self.name(row), self.lang) {
            ("", Lang::Zh) => format!("第 {} 个（无名称）", row + 1),
            ("", Lang::En) => format!("no. {} (without a name)", row + 1),
            (name, _) => name.to_owned(),
        }
    }

    /// What stands above the ids of units on pages and screens.
    pub(super) fn id_head(&self) -> &'a str {
        id_head(self.rules, self.id, self.title.is_some(), self.lang)
    }

    /// What stands above the names beside the ids.
    pub(super) fn title_head(&self, title: &str) -> &'a str {
        self.rules.label(title).map_or(say(self.lang, "名称", "name"), |label| text(&label.name, self.lang))
    }

    /// The same with the unit of its numbers.
    pub(super) fn column_with_unit(&self, column: &str) -> String {
        let label = self.rules.label(column);
        let name = label.map_or(column, |label| text(&label.name, self.lang));
        match (label.and_then(|label| label.unit.as_ref()).map(|unit| text(unit, self.lang)), self.lang) {
            (None | Some(""), _) => name.to_owned(),
            (Some(unit), Lang::Zh) => format!("{name}（{unit}）"),
            (Some(unit), Lang::En) => format!("{name} ({unit})"),
        }
    }

    /// Row of a unit by its id, or by a name that only it has.
    pub(super) fn row(&self, asked: &str) -> Option<usize> {
        self.prepared.units.row(asked).or_else(|| {
            let mut named = (0..self.len()).filter(|row| self.title(*row) == asked);
            named.next().filter(|_| !asked.is_empty() && named.next().is_none())
        })
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

    /// The total as people read it: all of them with the same decimals, those of the rules where they say how many.
    pub(super) fn shown_total(&self, row: usize) -> String {
        let decimals = self.tally.decimals;
        self.total(row).map_or(String::new(), |total| format!("{total:.decimals$}"))
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

    /// Whether units are told apart by groups.
    pub(super) fn grouped(&self) -> bool {
        self.rules.group_column.is_some()
    }

    /// Groups that somebody is in, in the order of the rules or of the table.
    pub(super) fn groups(&self) -> impl Iterator<Item = (usize, &'a Counts)> {
        self.tally.groups.iter().enumerate().filter(|(_, counts)| counts.units > 0)
    }

    /// The class as of which a unit that is not graded is treated, where the rules say one.
    pub(super) fn treated(&self, row: usize) -> Option<&'a Class> {
        self.found.reasons_of(row).find_map(|reason| match reason {
            Reason::Exempted { treated, .. } => treated.and_then(|at| self.classes().get(at)),
            _ => None,
        })
    }

    /// The class, or that there is none; nothing where the rules have no classes and the unit has a rank.
    pub(super) fn class_in_words(&self, row: usize) -> Option<String> {
        let lang = self.lang;
        if let Some(class) = self.class(row) {
            return Some(text(&class.name, lang).to_owned());
        }
        if self.classes().is_empty() && self.is_graded(row) {
            return None;
        }
        let treated = self.treated(row).map(|class| text(&class.name, lang));
        Some(match (treated, lang) {
            (Some(class), Lang::Zh) => format!("未评价（按 {class} 对待）"),
            (Some(class), Lang::En) => format!("not graded (treated as {class})"),
            (None, _) => say(lang, "未评价", "not graded").to_owned(),
        })
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

/// What stands above ids: as the rules call the column, or by whether names stand beside them.
pub(super) fn id_head<'a>(rules: &'a RuleSet, id: &str, titled: bool, lang: Lang) -> &'a str {
    let plain = if titled { say(lang, "编号", "id") } else { say(lang, "名称", "name") };
    rules.label(id).map_or(plain, |label| text(&label.name, lang))
}
