//! Weights of every part of every dimension, group by group.

use crate::rules::{Dimension, Part, RuleSet};

/// Weights of a set.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// For each dimension, a row of weights per group, as long as it has parts. NaN where a part is not for the group.
    by_dimension: Vec<Vec<f64>>,
    parts: Vec<usize>,
}

impl Weights {
    /// What the rules give.
    #[must_use]
    pub fn given(rules: &RuleSet, groups: usize) -> Self {
        let row = |dimension: &Dimension, group: usize| -> Vec<f64> {
            let weight = |part: &Part| match part {
                Part::Item(at) => {
                    rules.items.get(*at).filter(|item| rules.counts(item, group)).and_then(|item| item.weight.of(group))
                }
                Part::Dimension(at) => rules.dimensions.get(*at).and_then(|dimension| dimension.weight.of(group)),
            };
            dimension.parts.iter().map(|part| weight(part).map_or(f64::NAN, |weight| weight.value)).collect()
        };
        Self {
            by_dimension: rules
                .dimensions
                .iter()
                .map(|dimension| (0..groups).flat_map(|group| row(dimension, group)).collect())
                .collect(),
            parts: rules.dimensions.iter().map(|dimension| dimension.parts.len()).collect(),
        }
    }

    /// Rows of a dimension, one per group.
    pub(super) fn of(&self, dimension: usize) -> &[f64] {
        self.by_dimension.get(dimension).map_or([].as_slice(), Vec::as_slice)
    }

    /// The weight of a part of a dimension in a group; none where the part is not for the group.
    #[must_use]
    pub fn get(&self, dimension: usize, part: usize, group: usize) -> Option<f64> {
        let count = self.parts.get(dimension)?;
        let weight = self.by_dimension.get(dimension)?.get(group * count + part).filter(|_| part < *count)?;
        (!weight.is_nan()).then_some(*weight)
    }

    /// Puts another weight there, where the part is for the group.
    pub fn set(&mut self, dimension: usize, part: usize, group: usize, weight: f64) {
        let Some(count) = self.parts.get(dimension).filter(|count| part < **count) else { return };
        let place = self.by_dimension.get_mut(dimension).and_then(|row| row.get_mut(group * count + part));
        if let Some(place) = place.filter(|place| !place.is_nan()) {
            *place = weight;
        }
    }

    pub(super) fn put(&mut self, dimension: usize, group: usize, derived: &[(usize, f64)]) {
        for (part, weight) in derived {
            self.set(dimension, *part, group, *weight);
        }
    }
}
