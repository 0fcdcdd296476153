//! Ways to weigh items: by the figures themselves (entropy, CRITIC, principal components) or by judgement in pairs (AHP).
//!
//! Items are columns of the same length, one value for each unit. A value that is missing is NaN, and a unit that lacks one
//! value is left out of the weighing altogether: what is said about two items rests on the same units. Weights are not
//! negative and add up to 1. An item of which all units have the same value says nothing about them; it weighs 0.

mod ahp;
mod columns;
mod critic;
mod entropy;
mod equal;
mod jacobi;
mod judgement;
mod pca;
mod random_index;
mod varimax;

pub use ahp::{Priorities, ahp};
pub use critic::critic;
pub use entropy::entropy;
pub use equal::equal;
pub use judgement::Judgement;
pub use pca::{Components, Keep, pca};
pub use random_index::RandomIndex;

/// What items weigh, and on what it rests.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// For each item, in the order of the columns.
    pub weights: Vec<f64>,
    /// Units with a value for every item; only these count.
    pub units: usize,
    /// Items without spread among these units: they weigh 0.
    pub flat: Vec<usize>,
}

/// Why items cannot be weighed. Items and units are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Nothing to weigh.
    #[error("there is no item to weigh")]
    NoItems,
    /// More than the method takes.
    #[error("there are {there} items and the method takes {most}")]
    TooManyItems {
        /// Items there.
        there: usize,
        /// Items at most.
        most: usize,
    },
    /// Columns of different lengths.
    #[error("item {item} has {there} values and {wanted} are expected")]
    Length {
        /// The item.
        item: usize,
        /// Its values.
        there: usize,
        /// What the first has.
        wanted: usize,
    },
    /// Not one direction for each item.
    #[error("{items} items have {there} directions")]
    Directions {
        /// Items.
        items: usize,
        /// Directions.
        there: usize,
    },
    /// Too few units with all values.
    #[error("{there} units have a value for every item and at least {wanted} are needed")]
    TooFewUnits {
        /// Units there.
        there: usize,
        /// Units needed.
        wanted: usize,
    },
    /// A value without end.
    #[error("item {item} of unit {unit} is infinite")]
    Infinite {
        /// The item.
        item: usize,
        /// The unit.
        unit: usize,
    },
    /// A share of a sum needs values that are not below 0.
    #[error("item {item} of unit {unit} is below 0, and shares of a sum are not")]
    Negative {
        /// The item.
        item: usize,
        /// The unit.
        unit: usize,
    },
    /// All items are the same for all units.
    #[error("no item differs from unit to unit")]
    NoSpread,
    /// All items rank the units alike, so that none stands against another.
    #[error("all items move together, so that none says what the others do not")]
    NoConflict,
    /// No component explains more than one item does.
    #[error("the items have nothing in common: no component explains more than one item does")]
    NothingInCommon,
    /// More components wanted than there are, or none.
    #[error("{wanted} components are wanted of {there}")]
    Components {
        /// Wanted.
        wanted: usize,
        /// There.
        there: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::{Keep, Refusal, critic, entropy, pca};
    use crate::direction::Direction;
    use proptest::prelude::*;

    pub(super) fn near(found: &[f64], expected: &[f64], apart: f64) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() <= apart, "{found} is not {expected}");
        }
    }

    /// Rows, as papers print them, to columns.
    pub(super) fn turned<const ITEMS: usize>(rows: &[[f64; ITEMS]]) -> Vec<Vec<f64>> {
        (0..ITEMS).map(|item| rows.iter().map(|row| row[item]).collect()).collect()
    }

    fn weights(method: usize, columns: &[Vec<f64>]) -> Result<Vec<f64>, Refusal> {
        match method {
            0 => entropy(columns).map(|found| found.weights),
            1 => critic(columns, &vec![Direction::Benefit; columns.len()]).map(|found| found.weights),
            _ => pca(columns, Keep::AboveOne).map(|found| found.weights.weights),
        }
    }

    fn table() -> impl Strategy<Value = Vec<Vec<f64>>> {
        (2..6usize, 6..12usize).prop_flat_map(|(items, units)| {
            proptest::collection::vec(proptest::collection::vec(0.01..100.0, units), items)
        })
    }

    proptest! {
        #[test]
        fn weights_add_up_to_one_and_none_is_below_nothing(columns in table(), method in 0..3usize) {
            let found = weights(method, &columns).unwrap();
            prop_assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert!(found.iter().all(|weight| (0.0..=1.0).contains(weight)));
        }

        /// In yuan or in ten thousand yuan: the weights stay.
        #[test]
        fn units_of_measure_do_not_matter(columns in table(), method in 0..3usize, factor in 1e-6..1e6) {
            let before = weights(method, &columns).unwrap();
            let mut other = columns;
            other[0].iter_mut().for_each(|value| *value *= factor);
            near(&weights(method, &other).unwrap(), &before, 1e-9);
        }

        #[test]
        fn the_order_of_units_and_items_does_not_matter(columns in table(), method in 0..3usize) {
            let before = weights(method, &columns).unwrap();
            let mut other = columns;
            other.iter_mut().for_each(|column| column.reverse());
            other.rotate_left(1);
            let mut found = weights(method, &other).unwrap();
            found.rotate_right(1);
            near(&found, &before, 1e-9);
        }

        /// Whatever the figures, there is an answer or a refusal.
        #[test]
        fn nothing_breaks(columns in proptest::collection::vec(proptest::collection::vec(proptest::num::f64::ANY, 4), 0..5)) {
            for method in 0..3 {
                if let Ok(found) = weights(method, &columns) {
                    prop_assert!(found.iter().all(|weight| (0.0..=1.0).contains(weight)), "{found:?}");
                }
            }
        }
    }
}
