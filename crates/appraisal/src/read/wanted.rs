//! Which columns of a table rules need.

use std::collections::{BTreeMap, BTreeSet};

use crate::rules::{Method, Missing, RuleSet, Spread};

/// What a table is read for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The column with names of units; the first where none is given.
    pub id: Option<String>,
    /// Columns of numbers.
    pub numbers: BTreeSet<String>,
    /// Columns of words.
    pub words: BTreeSet<String>,
    /// Those of both that the table may do without: they only serve items that may be left out, or that events speak for.
    pub optional: BTreeSet<String>,
}

impl Wanted {
    /// What rules need. A name in a condition that stands for an item's value is no column, unless an item is computed from a
    /// column of that name: `tax` may be `tax / land`.
    #[must_use]
    pub fn by(rules: &RuleSet) -> Self {
        let mut wanted = Self { id: rules.id_column.clone(), ..Self::default() };
        rules.columns(&mut |name, words| {
            let set = if words { &mut wanted.words } else { &mut wanted.numbers };
            set.insert(name.to_owned());
        });
        let mut sources = BTreeSet::new();
        for item in &rules.items {
            item.value.columns(&mut |name, _| {
                sources.insert(name);
            });
            if let Some(Spread::Columns(low, high)) = &item.spread {
                sources.extend([low.as_str(), high.as_str()]);
            }
        }
        let computed = |name: &str| name == "total" || rules.item(name).is_some();
        wanted.numbers.retain(|name| sources.contains(name.as_str()) || !computed(name));
        wanted.optional = optional(rules, false);
        wanted
    }

    /// The same where events take the points off: columns of deductions may be missing.
    #[must_use]
    pub fn with_events(rules: &RuleSet) -> Self {
        Self { optional: optional(rules, true), ..Self::by(rules) }
    }

    /// The same for another set too: both are applied to one table.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        let needed = |wanted: &Self, name: &String| {
            !wanted.optional.contains(name) && (wanted.numbers.contains(name) || wanted.words.contains(name))
        };
        let both = self.optional.iter().chain(&other.optional);
        self.optional = both.filter(|name| !needed(&self, name) && !needed(&other, name)).cloned().collect();
        self.id = self.id.or(other.id);
        self.numbers.extend(other.numbers);
        self.words.extend(other.words);
        self
    }
}

/// Columns of items that may be left out, and of nothing else.
fn optional(rules: &RuleSet, by_events: bool) -> BTreeSet<String> {
    let mut serves: BTreeMap<&str, bool> = BTreeMap::new();
    for item in &rules.items {
        let deducts = matches!(item.normalise.method, Method::Deduction { .. });
        let spares = item.missing == Missing::Drop || (by_events && deducts);
        item.value.columns(&mut |name, _| *serves.entry(name).or_insert(true) &= spares);
    }
    let mut needed = BTreeSet::new();
    for exception in &rules.exceptions {
        exception.when.columns(&mut |name, _| {
            needed.insert(name);
        });
    }
    for consequence in &rules.consequences {
        for formula in [&consequence.unless, &consequence.other].into_iter().flatten() {
            formula.columns(&mut |name, _| {
                needed.insert(name);
            });
        }
    }
    serves
        .into_iter()
        .filter(|(name, spares)| *spares && !needed.contains(name))
        .map(|(name, _)| name.to_owned())
        .collect()
}
