//! How consistent judgements in pairs are that are made at random: Saaty's tables, which differ between his books.

/// The consistency of judgements made at random, by which an index is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RandomIndex {
    /// Saaty (1980), *The analytic hierarchy process*; most Chinese textbooks and notices print it.
    Saaty1980,
    /// Saaty (2005), *Theory and applications of the analytic network process*, page 31.
    Saaty2005,
}

impl RandomIndex {
    /// Of so many items; none above 15.
    #[must_use]
    pub fn of(self, items: usize) -> Option<f64> {
        let from_three: [f64; 13] = match self {
            Self::Saaty1980 => [0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59],
            Self::Saaty2005 => [0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59],
        };
        if items < 3 { Some(0.0) } else { from_three.get(items - 3).copied() }
    }
}

#[cfg(test)]
mod tests {
    use super::RandomIndex::{Saaty1980, Saaty2005};

    #[test]
    fn two_items_are_always_consistent_and_sixteen_have_no_figure() {
        for table in [Saaty1980, Saaty2005] {
            assert_eq!([table.of(0), table.of(2), table.of(16)], [Some(0.0), Some(0.0), None]);
        }
        assert_eq!([Saaty1980.of(3), Saaty1980.of(15)], [Some(0.58), Some(1.59)]);
        assert_eq!([Saaty2005.of(3), Saaty2005.of(15)], [Some(0.52), Some(1.59)]);
    }
}
