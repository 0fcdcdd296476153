//! Entropy weights (熵权法): an item weighs as much as its values are unevenly spread over the units.
//!
//! Shannon's entropy of each unit's share in the item's sum, over the logarithm of the number of units; what is missing to 1
//! is the weight before all are brought to a sum of 1 (Hwang and Yoon 1981, *Multiple attribute decision making*, 3.1.2).
//! Shares change when a constant is added to an item: methods that first move values to 0…1 give other weights, and the
//! caller says which by what it hands over. The direction of an item plays no part.

use super::columns::Ready;
use super::{Refusal, Weights};
use crate::ratio::spread;

/// Weights from columns of values that are not below 0, one column for each item; NaN where a value is missing. A value of
/// 0 adds nothing to the entropy, as its limit says.
///
/// # Errors
///
/// Where the columns are no table, a value is below 0, or no item has spread.
pub fn entropy(columns: &[Vec<f64>]) -> Result<Weights, Refusal> {
    for (item, column) in columns.iter().enumerate() {
        if let Some(unit) = column.iter().position(|value| *value < 0.0) {
            return Err(Refusal::Negative { item, unit });
        }
    }
    let ready = Ready::new(columns, 2)?;
    let items = ready.spread()?;
    let found: Vec<f64> = items.kept.iter().map(|(_, column)| divergence(column)).collect();
    // A spread so small that its square is lost in rounding says nothing either.
    if found.iter().sum::<f64>() == 0.0 {
        return Err(Refusal::NoSpread);
    }
    Ok(ready.weights(items, &found))
}

/// `1 − entropy`, as a sum of terms none of which is below 0.
fn divergence(column: &[f64]) -> f64 {
    let units = column.len() as f64;
    let mean = column.iter().sum::<f64>() / units;
    column.iter().map(|value| spread(*value, mean)).sum::<f64>() / (units * libm::log(units))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{near, turned};
    use super::{Refusal, entropy};

    /// Elsayed, Dawood and Karthikeyan (2017), as in `test_weights.py` of `pymcdm`; the digits are those of `pymcdm` 1.4.0,
    /// and `scikit-criteria` 0.10 gives the same.
    #[test]
    fn countries_and_their_figures() {
        let rows = [
            [7.0, 312.0, 1891.0, 6613.0, 163.0],
            [72.0, 88.0, 728.0, 941_804.0, 1078.0],
            [10.0, 252.0, 2594.0, 3466.0, 117_471.0],
            [10.0, 145.0, 980.0, 2371.0, 86329.0],
            [65.0, 54.0, 350.0, 501.0, 29897.0],
            [29.0, 48.0, 380.0, 912.0, 34051.0],
            [7.0, 476.0, 3300.0, 78470.0, 2212.0],
            [70.0, 87.0, 650.0, 733.0, 819_000.0],
            [4.0, 86.0, 591.0, 3015.0, 103.0],
            [12.0, 79.0, 579.0, 3240.0, 96098.0],
            [21.0, 45.0, 261.0, 1253.0, 453.0],
            [1.0, 72.0, 530.0, 4333.0, 0.1048],
        ];
        let expected = [
            0.104_990_690_289_876_01,
            0.069_123_984_879_753_87,
            0.071_373_154_119_133_93,
            0.449_937_072_842_789_05,
            0.304_575_097_868_447_16,
        ];
        near(&entropy(&turned(&rows)).unwrap().weights, &expected, 1e-14);
    }

    /// `test_EntropyWeighter_simple_matrix` of `scikit-criteria`, and a table with a zero; digits of version 0.10.
    #[test]
    fn a_zero_adds_nothing() {
        let simple = entropy(&turned(&[[1.0, 2.0], [4.0, 16.0]])).unwrap();
        near(&simple.weights, &[0.358_888_790_488_910_87, 0.641_111_209_511_089_1], 1e-14);
        let zero = entropy(&turned(&[[0.0, 2.0, 3.0], [4.0, 16.0, 3.5], [1.0, 1.0, 4.0]])).unwrap();
        near(&zero.weights, &[0.512_612_039_842_208, 0.481_538_648_883_858_67, 0.005_849_311_273_933_325], 1e-14);
    }

    #[test]
    fn items_without_spread_weigh_nothing() {
        let found = entropy(&[vec![5.0, 5.0, f64::NAN], vec![1.0, 2.0, 9.0]]).unwrap();
        assert_eq!((found.weights, found.units, found.flat), (vec![0.0, 1.0], 2, vec![0]));
        assert_eq!(entropy(&[vec![0.0, 0.0], vec![3.0, 3.0]]), Err(Refusal::NoSpread));
        assert_eq!(entropy(&[vec![1.0, 2.0], vec![3.0, -1.0]]), Err(Refusal::Negative { item: 1, unit: 1 }));
        assert_eq!(entropy(&[vec![1.0]]), Err(Refusal::TooFewUnits { there: 1, wanted: 2 }));
    }

    /// A value that is nothing beside the others is nothing.
    #[test]
    fn what_is_next_to_nothing_counts_as_nothing() {
        let next = entropy(&[vec![1e80, 4e-116, 1e80], vec![1.0, 2.0, 3.0]]).unwrap();
        let nothing = entropy(&[vec![1e80, 0.0, 1e80], vec![1.0, 2.0, 3.0]]).unwrap();
        near(&next.weights, &nothing.weights, 1e-14);
    }

    /// A hair's breadth of spread is squared in the entropy; the ratio of two is known, 1 : 4.
    #[test]
    fn small_spreads_keep_their_ratio() {
        let found = entropy(&[vec![1.0, 1.0 + 2e-9], vec![1.0, 1.0 + 4e-9]]).unwrap();
        near(&found.weights, &[0.2, 0.8], 1e-6);
    }
}
