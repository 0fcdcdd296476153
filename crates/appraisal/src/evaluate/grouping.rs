//! Who is compared with whom.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, nearest};

use crate::rules::{RuleSet, Within};
use crate::units::{Column, Units};

/// A unit that is in no group.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// Units by the place of their group.
#[derive(Clone, Debug, PartialEq)]
pub struct Grouping {
    /// Group of each unit; `u32::MAX` where it has none.
    pub of: Vec<u32>,
    /// Words of the groups; one without a word where there is no column.
    pub names: Vec<String>,
}

impl Grouping {
    /// All together.
    fn one(units: usize) -> Self {
        Self { of: vec![0; units], names: vec![String::new()] }
    }

    /// By the words of a column; a unit without a word is nowhere.
    fn by_column(units: &Units, column: &str) -> Self {
        match units.columns.get(column) {
            Some(Column::Words { codes, names, .. }) => {
                let empty = names.iter().position(String::is_empty).map(|at| at as u32);
                let of = codes.iter().map(|code| if Some(*code) == empty { NOWHERE } else { *code }).collect();
                Self { of, names: names.clone() }
            }
            _ => Self { of: vec![NOWHERE; units.len()], names: Vec::new() },
        }
    }

    /// The groups of the rules.
    pub(super) fn of_rules(rules: &RuleSet, units: &Units) -> Arc<Self> {
        Arc::new(match &rules.group_column {
            None => Self::one(units.len()),
            Some(column) if rules.groups.is_empty() => Self::by_column(units, column),
            Some(column) => Self::declared(rules, units, column),
        })
    }

    fn declared(rules: &RuleSet, units: &Units, column: &str) -> Self {
        let place = |name: &str| rules.groups.iter().position(|group| group.id == name).map_or(NOWHERE, |at| at as u32);
        let of = match units.columns.get(column) {
            Some(Column::Words { codes, names, .. }) => {
                let places: Vec<u32> = names.iter().map(|name| place(name)).collect();
                codes.iter().map(|code| places.get(*code as usize).copied().unwrap_or(NOWHERE)).collect()
            }
            _ => vec![NOWHERE; units.len()],
        };
        Self { of, names: rules.groups.iter().map(|group| group.id.clone()).collect() }
    }

    /// With whom an item compares.
    pub(super) fn within(within: &Within, own: &Arc<Self>, units: &Units) -> Arc<Self> {
        match within {
            Within::Group => Arc::clone(own),
            Within::All => Arc::new(Self::one(units.len())),
            Within::Column(column) => Arc::new(Self::by_column(units, column)),
        }
    }

    /// Group of a unit.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<usize> {
        self.of.get(row).filter(|group| **group != NOWHERE).map(|group| *group as usize)
    }

    /// Rows of each group, of units that count.
    pub(super) fn rows(&self, counted: &[bool]) -> Vec<Vec<usize>> {
        let mut rows = vec![Vec::new(); self.names.len()];
        for (row, (group, _)) in self.of.iter().zip(counted).enumerate().filter(|(_, (_, counts))| **counts) {
            rows.get_mut(*group as usize).into_iter().for_each(|rows: &mut Vec<usize>| rows.push(row));
        }
        rows
    }

    /// Whether something holds for each group; not for who is nowhere.
    pub(super) fn table(&self, holds: impl Fn(usize) -> bool) -> Vec<bool> {
        (0..self.names.len()).map(holds).collect()
    }

    /// Mean of each group, of units that count; NaN where there is nothing.
    pub(super) fn means(&self, numbers: &[f64], counted: &[bool]) -> Vec<f64> {
        let mut sums = vec![(0.0, 0_u32); self.names.len()];
        for ((number, group), counts) in numbers.iter().zip(&self.of).zip(counted) {
            if let Some(sum) = sums.get_mut(*group as usize)
                && *counts
                && !number.is_nan()
            {
                sum.0 += number;
                sum.1 += 1;
            }
        }
        sums.into_iter().map(|(sum, count)| sum / f64::from(count)).collect()
    }

    /// The numbers of each group that there are, of units that count.
    pub(crate) fn split(&self, numbers: &[f64], counted: &[bool]) -> Vec<Vec<f64>> {
        let mut parts = vec![Vec::new(); self.names.len()];
        for ((number, group), counts) in numbers.iter().zip(&self.of).zip(counted) {
            if *counts
                && !number.is_nan()
                && let Some(part) = parts.get_mut(*group as usize)
            {
                part.push(*number);
            }
        }
        parts
    }
}

/// Words in the column of groups that the rules do not have, and groups that nobody is in.
pub(super) fn told(rules: &RuleSet, units: &Units, groups: &Grouping) -> Vec<Diagnostic> {
    let Some(column) = rules.group_column.as_ref().and_then(|column| units.columns.get(column)) else {
        return Vec::new();
    };
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    let mut there = vec![false; groups.names.len()];
    for (row, group) in groups.of.iter().enumerate() {
        match there.get_mut(*group as usize) {
            Some(there) => *there = true,
            None => *unknown.entry(column.word(row).unwrap_or_default()).or_default() += 1,
        }
    }
    let known = || rules.groups.iter().map(|group| group.id.as_str());
    let mut problems: Vec<Diagnostic> = unknown
        .into_iter()
        .map(|(word, count)| {
            let near = nearest(word, known());
            let (zh, en) = if word.is_empty() {
                ("没有写属于哪一组".to_owned(), "are in no group".to_owned())
            } else {
                (
                    format!("的组「{word}」规则里没有{}", near.zh),
                    format!("are in group `{word}`, which the rules do not have{}", near.en),
                )
            };
            Diagnostic::error(
                Code::BadGroup,
                0,
                format!("{count} 个对象{zh}，不评价"),
                format!("{count} units {en}; they are not graded"),
            )
        })
        .collect();
    let empty: Vec<&str> = known().zip(&there).filter(|(_, there)| !**there).map(|(group, _)| group).collect();
    // A group without anybody is nothing to tell, unless a word that is not known may have meant it.
    if !empty.is_empty() && !problems.is_empty() {
        problems.push(Diagnostic::note(
            Code::BadGroup,
            0,
            format!("这些组一个对象也没有：{}", empty.join("、")),
            format!("nobody is in these groups: {}", empty.join(", ")),
        ));
    }
    problems
}
