//! Groups that may be shown. A group of few rows would tell about those few: it is shown together with others, and never so
//! that what is left of the total tells about it.

use super::{Refusal, Rows, Sample};

/// Rows that a published cell has at least.
pub const FEWEST: usize = 5;

/// All rows, and the groups that may be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    /// All rows.
    pub all: Sample,
    /// Groups of enough rows: place among the names, and rows.
    pub shown: Vec<(usize, Sample)>,
    /// The others together: how many groups, and their rows; at least two groups, and enough rows.
    pub together: Option<(usize, Sample)>,
}

impl Cells {
    /// Divides rows into groups. Groups of fewer rows than `fewest` (at least 2) are taken together. Where they are still too
    /// few, or are but one group, the smallest of the others joins them; otherwise the total less the groups shown would tell
    /// what is not shown. Groups without a row that counts do not appear.
    ///
    /// # Errors
    ///
    /// Where no row counts.
    pub fn new(rows: &Rows, fewest: usize) -> Result<Self, Refusal> {
        let fewest = fewest.max(2);
        let all = Sample::new(&rows.values, Some(&rows.weights))?;
        let mut groups: Vec<Vec<(f64, f64)>> = vec![Vec::new(); rows.names.len()];
        for ((value, weight), group) in rows.values.iter().zip(&rows.weights).zip(&rows.groups) {
            // Rows that stand for nobody do not make a group large.
            if let Some(group) = groups.get_mut(*group).filter(|_| *weight > 0.0) {
                group.push((*value, *weight));
            }
        }
        let mut order: Vec<(usize, Vec<(f64, f64)>)> =
            groups.into_iter().enumerate().filter(|(_, group)| !group.is_empty()).collect();
        order.sort_by_key(|(_, group)| group.len());
        let small = order.iter().take_while(|(_, group)| group.len() < fewest).count();
        let (mut joined, mut pool) = (0, Vec::new());
        for (_, group) in &order {
            if joined >= small && (joined == 0 || (joined > 1 && pool.len() >= fewest)) {
                break;
            }
            joined += 1;
            pool.extend_from_slice(group);
        }
        let mut left = order.split_off(joined);
        left.sort_by_key(|(place, _)| *place);
        let sample = |group: &[(f64, f64)]| {
            let (values, weights): (Vec<f64>, Vec<f64>) = group.iter().copied().unzip();
            Sample::new(&values, Some(&weights))
        };
        let shown =
            left.iter().map(|(place, group)| Ok((*place, sample(group)?))).collect::<Result<Vec<_>, Refusal>>()?;
        let together = if joined > 1 { Some((joined, sample(&pool)?)) } else { None };
        Ok(Self { all, shown, together })
    }

    /// The groups that make up all rows, as they are shown.
    #[must_use]
    pub fn parts(&self) -> Vec<Sample> {
        let together = self.together.iter().map(|(_, sample)| sample);
        self.shown.iter().map(|(_, sample)| sample).chain(together).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Cells, FEWEST, Rows};
    use proptest::prelude::*;

    fn rows(sizes: &[usize]) -> Rows {
        let groups: Vec<usize> = sizes.iter().enumerate().flat_map(|(group, size)| vec![group; *size]).collect();
        let values: Vec<f64> = (1..=groups.len()).map(|value| value as f64).collect();
        let names = sizes.iter().enumerate().map(|(group, _)| format!("group {group}")).collect();
        Rows { weights: vec![1.0; values.len()], values, groups, names, missing: 0 }
    }

    /// Sizes of the groups shown, and groups and rows of those taken together.
    fn sizes(sizes: &[usize]) -> (Vec<usize>, Option<(usize, usize)>) {
        let cells = Cells::new(&rows(sizes), FEWEST).unwrap();
        let shown = cells.shown.iter().map(|(_, sample)| sample.rows()).collect();
        (shown, cells.together.map(|(groups, sample)| (groups, sample.rows())))
    }

    #[test]
    fn small_groups_are_shown_together() {
        assert_eq!(sizes(&[9, 5, 7]), (vec![9, 5, 7], None));
        assert_eq!(sizes(&[9, 4, 7, 3]), (vec![9, 7], Some((2, 7))));
        // Two and one rows are too few, so that five join them.
        assert_eq!(sizes(&[9, 2, 7, 1, 5]), (vec![9, 7], Some((3, 8))));
        // One alone would be what is left of the total.
        assert_eq!(sizes(&[9, 4, 7]), (vec![9], Some((2, 11))));
        assert_eq!(sizes(&[9, 4]), (vec![], Some((2, 13))));
        // A single group of few rows is all there is: nothing is shown of it.
        assert_eq!(sizes(&[3]), (vec![], None));
    }

    #[test]
    fn rows_that_stand_for_nobody_do_not_count() {
        let mut rows = rows(&[9, 5, 7]);
        rows.weights[9] = 0.0;
        let cells = Cells::new(&rows, FEWEST).unwrap();
        assert_eq!(cells.together.map(|(groups, sample)| (groups, sample.rows())), Some((2, 11)));
        assert!(Cells::new(&Rows::default(), FEWEST).is_err());
    }

    proptest! {
        /// No cell is small, all rows are somewhere, and never is exactly one group left untold.
        #[test]
        fn nothing_small_is_shown(groups in proptest::collection::vec(0..12usize, 1..8), fewest in 2..8usize) {
            prop_assume!(groups.iter().sum::<usize>() >= fewest);
            let cells = Cells::new(&rows(&groups), fewest).unwrap();
            let parts = cells.parts();
            prop_assert!(parts.iter().all(|part| part.rows() >= fewest));
            prop_assert_eq!(parts.iter().map(|part| part.rows()).sum::<usize>(), cells.all.rows());
            prop_assert!(cells.together.is_none_or(|(joined, _)| joined > 1));
        }
    }
}
