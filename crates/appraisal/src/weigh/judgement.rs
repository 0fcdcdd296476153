//! Judgements in pairs, and what can be wrong with them.

/// Items at most: more have no random index, and nobody compares so many in pairs.
const MOST: usize = 100;

/// What is wrong with judgements. Items are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Judgement {
    /// Nothing compared.
    #[error("there is no item to compare")]
    NoItems,
    /// More than the method takes.
    #[error("there are {there} items and at most {MOST} can be compared in pairs")]
    TooManyItems {
        /// Items there.
        there: usize,
    },
    /// A row that is longer or shorter than there are rows.
    #[error("row {row} has {there} judgements and {wanted} are expected")]
    NotSquare {
        /// The row.
        row: usize,
        /// Its judgements.
        there: usize,
        /// Rows.
        wanted: usize,
    },
    /// A judgement that is no number from 1/1000 to 1000.
    #[error("the judgement of item {one} over item {other} is {value}, and 1/1000 to 1000 is expected")]
    OutOfScale {
        /// The first.
        one: usize,
        /// The second.
        other: usize,
        /// What was said.
        value: f64,
    },
    /// Judgements of the same pair that contradict each other, or an item that is not as important as itself.
    #[error("items {one} and {other}: {value} one way and {back} the other, and one over the other is expected")]
    NotReciprocal {
        /// The first.
        one: usize,
        /// The second.
        other: usize,
        /// The first over the second.
        value: f64,
        /// The second over the first.
        back: f64,
    },
}

/// The matrix with exact reciprocals.
pub(super) fn checked(judgements: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Judgement> {
    let items = judgements.len();
    match items {
        0 => return Err(Judgement::NoItems),
        there if there > MOST => return Err(Judgement::TooManyItems { there }),
        _ => {}
    }
    if let Some((row, found)) = judgements.iter().enumerate().find(|(_, row)| row.len() != items) {
        return Err(Judgement::NotSquare { row, there: found.len(), wanted: items });
    }
    let at = |one: usize, other: usize| judgements.get(one).and_then(|row| row.get(other)).copied().unwrap_or(f64::NAN);
    let exact = |one: usize, other: usize| {
        let (value, back) = (at(one, other), at(other, one));
        if !(1e-3..=1e3).contains(&value) {
            return Err(Judgement::OutOfScale { one, other, value });
        }
        let off = if one == other { (value - 1.0).abs() > 0.0 } else { (value * back - 1.0).abs() > 0.05 };
        match (off, value >= back) {
            // A gap on the other side is told there, as what it is.
            (true, _) if back.is_nan() => Err(Judgement::OutOfScale { one: other, other: one, value: back }),
            (true, _) => Err(Judgement::NotReciprocal { one, other, value, back }),
            (false, true) => Ok(value),
            (false, false) => Ok(1.0 / back),
        }
    };
    (0..items).map(|one| (0..items).map(|other| exact(one, other)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{RandomIndex, ahp};
    use super::Judgement;

    #[test]
    fn what_is_no_judgement_is_told() {
        let refusal = |rows: &[Vec<f64>]| ahp(rows, RandomIndex::Saaty1980).unwrap_err();
        assert_eq!(refusal(&[]), Judgement::NoItems);
        assert_eq!(refusal(&vec![vec![1.0; 101]; 101]), Judgement::TooManyItems { there: 101 });
        assert_eq!(refusal(&[vec![1.0], vec![1.0]]), Judgement::NotSquare { row: 0, there: 1, wanted: 2 });
        let pair = |value: f64, back: f64| refusal(&[vec![1.0, value], vec![back, 1.0]]);
        assert_eq!(pair(3.0, 3.0), Judgement::NotReciprocal { one: 0, other: 1, value: 3.0, back: 3.0 });
        assert_eq!(pair(-3.0, -0.333), Judgement::OutOfScale { one: 0, other: 1, value: -3.0 });
        assert!(matches!(pair(3.0, f64::NAN), Judgement::OutOfScale { one: 1, other: 0, .. }));
        assert_eq!(refusal(&[vec![2.0]]), Judgement::NotReciprocal { one: 0, other: 0, value: 2.0, back: 2.0 });
    }
}
