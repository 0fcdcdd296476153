//! The same weight for all: what is left when nothing speaks for another. Also what other weights are compared with.

use super::Refusal;

/// `1 / items` for each.
///
/// # Errors
///
/// Where there are no items.
pub fn equal(items: usize) -> Result<Vec<f64>, Refusal> {
    if items == 0 { Err(Refusal::NoItems) } else { Ok(vec![1.0 / items as f64; items]) }
}

#[cfg(test)]
mod tests {
    use super::{Refusal, equal};

    /// The example of `pymcdm` 1.4.0, `test_weights.py`.
    #[test]
    fn four_items_weigh_a_quarter_each() {
        assert_eq!(equal(4), Ok(vec![0.25; 4]));
        assert_eq!(equal(0), Err(Refusal::NoItems));
    }
}
