//! The analytic hierarchy process (层次分析法): weights from judgements in pairs.
//!
//! Saaty (1977), *A scaling method for priorities in hierarchical structures*, and (2008), *Decision making with the analytic
//! hierarchy process*: `a[i][j]` says how many times as important item `i` is as item `j`; weights are the principal
//! eigenvector, and how far its eigenvalue is above the number of items says how much the judgements contradict each other.

use super::judgement::{Judgement, checked};
use super::random_index::RandomIndex;

/// The ratio up to which judgements count as consistent (Saaty 1980).
const LIMIT: f64 = 0.10;

/// How often the matrix is squared: as many as 2³⁰ steps of the power iteration, which settles the most twisted judgements.
const SQUARINGS: usize = 30;

/// What judgements in pairs come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Priorities {
    /// The principal eigenvector; the sum is 1.
    pub weights: Vec<f64>,
    /// The geometric means of the rows, brought to a sum of 1: the same where judgements are consistent.
    pub geometric: Vec<f64>,
    /// The principal eigenvalue.
    pub eigenvalue: f64,
    /// `(eigenvalue − items) / (items − 1)`, Saaty's consistency index (CI); 0 for fewer than three items.
    pub index: f64,
    /// The index over that of judgements at random (CR); none where there is no such figure, above 15 items.
    pub ratio: Option<f64>,
}

impl Priorities {
    /// Whether the ratio is at most 0.10; none where there is no ratio.
    #[must_use]
    pub fn consistent(&self) -> Option<bool> {
        self.ratio.map(|ratio| ratio <= LIMIT)
    }
}

/// Weights from a matrix of judgements, row by row. The two judgements of a pair are one over the other; because tables
/// print 0.33 for 1/3, they may be off by 5 per cent, and the one that is not below 1 counts.
///
/// # Errors
///
/// Where the judgements are no such matrix.
pub fn ahp(judgements: &[Vec<f64>], random: RandomIndex) -> Result<Priorities, Judgement> {
    let matrix = checked(judgements)?;
    let items = matrix.len();
    let weights = principal(&matrix);
    // The mean of the ratios is the eigenvalue; they are the same but for rounding.
    let ratios = product(&matrix, &weights).into_iter().zip(&weights).map(|(after, before)| after / before);
    let eigenvalue = ratios.sum::<f64>() / items as f64;
    // The eigenvalue of such a matrix is not below the number of items; rounding may be.
    let index = if items < 3 { 0.0 } else { ((eigenvalue - items as f64) / (items - 1) as f64).max(0.0) };
    let ratio = random.of(items).map(|random| if random > 0.0 { index / random } else { 0.0 });
    let logarithms = |row: &Vec<f64>| row.iter().map(|value| libm::log(*value)).sum::<f64>() / items as f64;
    let geometric = to_one(matrix.iter().map(|row| libm::exp(logarithms(row))).collect());
    Ok(Priorities { weights, geometric, eigenvalue, index, ratio })
}

/// The principal eigenvector of a matrix of positive numbers, by the power iteration: first with powers of the matrix that
/// double each time, then step by step, which takes away what rounding has left.
fn principal(matrix: &[Vec<f64>]) -> Vec<f64> {
    let mut power = matrix.to_vec();
    for _ in 0..SQUARINGS {
        let columns: Vec<Vec<f64>> =
            (0..power.len()).map(|at| power.iter().filter_map(|row| row.get(at)).copied().collect()).collect();
        let times = |row: &Vec<f64>, column: &Vec<f64>| row.iter().zip(column).map(|(a, b)| a * b).sum::<f64>();
        power = power.iter().map(|row| columns.iter().map(|column| times(row, column)).collect()).collect();
        let most = power.iter().flatten().fold(0.0, |most: f64, value| most.max(*value));
        power.iter_mut().flatten().for_each(|value| *value /= most);
    }
    let mut weights = to_one(power.iter().map(|row| row.iter().sum()).collect());
    for _ in 0..8 {
        weights = to_one(product(matrix, &weights));
    }
    weights
}

fn product(matrix: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| row.iter().zip(weights).map(|(value, weight)| value * weight).sum()).collect()
}

fn to_one(weights: Vec<f64>) -> Vec<f64> {
    let all: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / all).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::near;
    use super::RandomIndex::{Saaty1980, Saaty2005};
    use super::ahp;
    use proptest::prelude::*;

    /// Which drink is drunk more in the United States: coffee, wine, tea, beer, sodas, milk, water (Saaty 2008, table 2).
    fn drinks() -> Vec<Vec<f64>> {
        vec![
            vec![1.0, 9.0, 5.0, 2.0, 1.0, 1.0, 1.0 / 2.0],
            vec![1.0 / 9.0, 1.0, 1.0 / 3.0, 1.0 / 9.0, 1.0 / 9.0, 1.0 / 9.0, 1.0 / 9.0],
            vec![1.0 / 5.0, 3.0, 1.0, 1.0 / 3.0, 1.0 / 4.0, 1.0 / 3.0, 1.0 / 9.0],
            vec![1.0 / 2.0, 9.0, 3.0, 1.0, 1.0 / 2.0, 1.0, 1.0 / 3.0],
            vec![1.0, 9.0, 4.0, 2.0, 1.0, 2.0, 1.0 / 2.0],
            vec![1.0, 9.0, 3.0, 1.0, 1.0 / 2.0, 1.0, 1.0 / 3.0],
            vec![2.0, 9.0, 9.0, 3.0, 2.0, 3.0, 1.0],
        ]
    }

    /// Published: .177 .019 .042 .116 .190 .129 .327, ratio .022. The digits are those of `pymcdm` 1.4.0 (the ratio of
    /// `AHPy` 2.1 with Saaty's index), the eigenvalue and the geometric means of NumPy 2.4.6.
    #[test]
    fn drinks_of_saaty() {
        let found = ahp(&drinks(), Saaty2005).unwrap();
        let published = [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327];
        near(&found.weights, &published, 5e-4);
        let weights = [
            0.177_456_747_445_716_82,
            0.019_149_476_024_353_605,
            0.041_831_181_662_097_88,
            0.116_417_031_734_858_7,
            0.189_572_375_326_176_24,
            0.128_780_548_538_722_53,
            0.326_792_639_268_074_34,
        ];
        near(&found.weights, &weights, 1e-14);
        let geometric = [
            0.178_723_384_591_027_68,
            0.018_460_616_160_309_924,
            0.042_234_387_319_880_99,
            0.116_498_397_754_403_28,
            0.191_135_509_192_355_64,
            0.128_624_659_320_437_48,
            0.324_323_045_661_585,
        ];
        near(&found.geometric, &geometric, 1e-14);
        near(&[found.eigenvalue, found.ratio.unwrap()], &[7.176_629_039_330_35, 0.021_806_054_238_31], 1e-12);
        assert_eq!(found.consistent(), Some(true));
    }

    /// The criteria for a city to live in (Saaty 2005), as in the tests of `AHPy`; digits of version 2.1: culture, family,
    /// housing, jobs, transport.
    #[test]
    fn criteria_for_a_city() {
        let rows = vec![
            vec![1.0, 0.2, 3.0, 0.5, 5.0],
            vec![5.0, 1.0, 7.0, 1.0, 7.0],
            vec![0.333, 0.143, 1.0, 0.25, 3.0],
            vec![2.0, 1.0, 4.0, 1.0, 7.0],
            vec![0.2, 0.143, 0.333, 0.143, 1.0],
        ];
        let found = ahp(&rows, Saaty2005).unwrap();
        let expected = [
            0.152_167_083_204_48,
            0.433_454_368_081_25,
            0.071_556_476_005_68,
            0.305_006_432_389_86,
            0.037_815_640_318_73,
        ];
        near(&found.weights, &expected, 1e-13);
        near(&[found.ratio.unwrap()], &[0.050_728_653_362_76], 1e-12);
    }

    /// Judgements that are ratios of known weights give these back, by both ways.
    #[test]
    fn consistent_judgements_give_back_what_they_were_made_of() {
        let known = [0.5, 0.3, 0.15, 0.05];
        let rows: Vec<Vec<f64>> = known.iter().map(|a| known.iter().map(|b| a / b).collect()).collect();
        let found = ahp(&rows, Saaty1980).unwrap();
        near(&found.weights, &known, 1e-15);
        near(&found.geometric, &known, 1e-15);
        assert!(found.index < 1e-15 && found.consistent() == Some(true));
    }

    /// One over two, two over three and three over one: no weights follow, and the ratio says so. By symmetry all are the
    /// same, and the eigenvalue is 1 + 9 + 1/9.
    #[test]
    fn judgements_in_a_circle_are_inconsistent() {
        let rows = vec![vec![1.0, 9.0, 1.0 / 9.0], vec![1.0 / 9.0, 1.0, 9.0], vec![9.0, 1.0 / 9.0, 1.0]];
        let found = ahp(&rows, Saaty1980).unwrap();
        near(&found.weights, &[1.0 / 3.0; 3], 1e-15);
        near(&[found.eigenvalue], &[91.0 / 9.0], 1e-13);
        near(&[found.ratio.unwrap()], &[(91.0 / 9.0 - 3.0) / 2.0 / 0.58], 1e-12);
        assert_eq!(found.consistent(), Some(false));
    }

    #[test]
    fn few_items_cannot_contradict_themselves_and_many_have_no_ratio() {
        let two = ahp(&[vec![1.0, 3.0], vec![0.33, 1.0]], Saaty1980).unwrap();
        near(&two.weights, &[0.75, 0.25], 1e-15);
        assert_eq!((two.index, two.ratio), (0.0, Some(0.0)));
        let many = ahp(&vec![vec![1.0; 16]; 16], Saaty1980).unwrap();
        assert_eq!((many.ratio, many.consistent()), (None, None));
        assert_eq!(ahp(&[vec![1.0]], Saaty1980).unwrap().weights, [1.0]);
    }

    proptest! {
        /// Whatever was judged: weights of a sum of 1, an eigenvalue not below the number of items, and the same weights
        /// where the items are named in another order.
        #[test]
        fn any_judgements_have_weights(above in proptest::collection::vec(-9..=9i32, 10)) {
            let scale = |grade: i32| if grade < -1 { -1.0 / f64::from(grade) } else { f64::from(grade.max(1)) };
            let mut rows = vec![vec![1.0; 5]; 5];
            let pairs = (0..5).flat_map(|one| (one + 1..5).map(move |other| (one, other)));
            for ((one, other), grade) in pairs.zip(above) {
                (rows[one][other], rows[other][one]) = (scale(grade), 1.0 / scale(grade));
            }
            let found = ahp(&rows, Saaty1980).unwrap();
            prop_assert!((found.weights.iter().sum::<f64>() - 1.0).abs() < 1e-13);
            prop_assert!(found.weights.iter().all(|weight| *weight > 0.0) && found.eigenvalue > 5.0 - 1e-12);
            rows.rotate_left(2);
            rows.iter_mut().for_each(|row| row.rotate_left(2));
            let mut other = ahp(&rows, Saaty1980).unwrap().weights;
            other.rotate_right(2);
            near(&other, &found.weights, 1e-13);
        }
    }
}
