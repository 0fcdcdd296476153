//! The Lorenz curve: what share of all the lowest so many per cent have.

use super::{Sample, Undefined};

impl Sample {
    /// Points from (0, 0) to (1, 1), one for each row: share of people, share of what there is.
    ///
    /// # Errors
    ///
    /// Where the values add up to 0 or less.
    pub fn lorenz(&self) -> Result<Vec<(f64, f64)>, Undefined> {
        let all = self.shared()? * self.all;
        let (mut people, mut held) = (0.0, 0.0);
        let mut points = Vec::with_capacity(self.values.len() + 1);
        points.push((0.0, 0.0));
        for (value, weight) in self.pairs() {
            people += weight;
            held += weight * value;
            points.push((people / self.all, held / all));
        }
        // The last is all there is, whatever rounding says.
        if let Some(last) = points.last_mut() {
            *last = (1.0, 1.0);
        }
        Ok(points)
    }

    /// What the lowest `part` of people have (0.4: the lowest 40 per cent), from 0 to 1. A row through which the border runs
    /// is divided: the part of it that is below counts, which is a straight line between two points of the curve. A part
    /// outside 0…1 is taken for the end that is nearer, and what is no number for 0.
    ///
    /// # Errors
    ///
    /// Where the values add up to 0 or less.
    pub fn share_of_lowest(&self, part: f64) -> Result<f64, Undefined> {
        let all = self.shared()? * self.all;
        let border = if part.is_nan() { 0.0 } else { part.clamp(0.0, 1.0) * self.all };
        let (mut people, mut held) = (0.0, 0.0);
        for (value, weight) in self.pairs() {
            if people + weight >= border {
                return Ok((held + (border - people) * value) / all);
            }
            people += weight;
            held += weight * value;
        }
        Ok(1.0)
    }

    /// What the highest `part` of people have.
    ///
    /// # Errors
    ///
    /// Where the values add up to 0 or less.
    pub fn share_of_highest(&self, part: f64) -> Result<f64, Undefined> {
        Ok(1.0 - self.share_of_lowest(1.0 - part)?)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::{Sample, Undefined};
    use proptest::prelude::*;

    /// Product per head 1940 of the states of Mexico: `mexico.csv` of PySAL (`libpysal` 4.14.1, BSD licence), after
    /// Esquivel (1999).
    pub(crate) const MEXICO: [f64; 32] = [
        10384.0, 22361.0, 9573.0, 3758.0, 2934.0, 8578.0, 8537.0, 6909.0, 17816.0, 12132.0, 4359.0, 2181.0, 4414.0,
        5309.0, 3408.0, 3327.0, 6936.0, 4836.0, 9073.0, 1892.0, 3569.0, 11016.0, 21965.0, 4372.0, 4840.0, 6399.0,
        2459.0, 7508.0, 3605.0, 5203.0, 7990.0, 3734.0,
    ];

    /// `lorenz_curve` of `inequality` 1.1.2 (PySAL), read off by `numpy.interp` 2.4.6.
    #[test]
    fn states_of_mexico() {
        let sample = Sample::new(&MEXICO, None).unwrap();
        let expected = [
            (0.2, 0.076_189_941_091_811_21),
            (0.4, 0.186_402_278_532_438_4),
            (0.5, 0.254_524_001_953_521_76),
            (0.8, 0.569_952_069_566_119_4),
            (0.9, 0.720_938_554_826_106_4),
        ];
        for (part, share) in expected {
            let found = sample.share_of_lowest(part).unwrap();
            assert!((found - share).abs() < 1e-14, "{part}: {found}");
        }
        assert_eq!(sample.share_of_highest(0.5), Ok(1.0 - sample.share_of_lowest(0.5).unwrap()));
    }

    /// Wikipedia and any textbook: with equal values the curve is the line.
    #[test]
    fn equal_shares_are_a_line() {
        let sample = Sample::new(&[3.0, 3.0, 3.0, 3.0], Some(&[1.0, 2.0, 4.0, 1.0])).unwrap();
        for (people, held) in sample.lorenz().unwrap() {
            assert_eq!(people, held);
        }
        assert_eq!(sample.share_of_lowest(0.3), Ok(0.3));
        let shares = [-1.0, f64::NAN, 0.0, 1.0, 7.0].map(|part| sample.share_of_lowest(part).unwrap());
        assert!(shares == [0.0, 0.0, 0.0, 1.0, 1.0]);
        assert_eq!(Sample::new(&[0.0], None).unwrap().lorenz(), Err(Undefined::NothingToShare));
    }

    fn rows() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
        (1..30usize).prop_flat_map(|rows| {
            (proptest::collection::vec(0.0..1e4f64, rows), proptest::collection::vec(0.01..50.0f64, rows))
        })
    }

    proptest! {
        /// The Gini coefficient is one less twice the trapezoids under the curve.
        #[test]
        fn trapezoids_make_the_gini((mut values, weights) in rows()) {
            values[0] += 1.0;
            let sample = Sample::new(&values, Some(&weights)).unwrap();
            let points = sample.lorenz().unwrap();
            let trapezoids: f64 =
                points.windows(2).map(|pair| (pair[1].0 - pair[0].0) * (pair[1].1 + pair[0].1)).sum();
            let gini = sample.gini().unwrap();
            prop_assert!((gini - (1.0 - trapezoids)).abs() < 1e-12 && (0.0..1.0).contains(&gini));
        }

        /// In yuan or in ten thousand yuan, by persons or by thousands of persons, in any order: the figures stay, and in
        /// another order to the last digit.
        #[test]
        fn measure_and_order_do_not_matter((mut values, weights) in rows(), factor in 1e-6..1e6f64, shift in 0..30usize) {
            values.iter_mut().for_each(|value| *value += 1.0);
            let figures = |sample: &Sample| {
                let each = [sample.gini(), sample.theil_t(), sample.theil_l(), sample.palma()];
                each.map(Result::unwrap)
            };
            let before = figures(&Sample::new(&values, Some(&weights)).unwrap());
            let scaled: Vec<f64> = values.iter().map(|value| value * factor).collect();
            let heavier: Vec<f64> = weights.iter().map(|weight| weight * factor).collect();
            let found = figures(&Sample::new(&scaled, Some(&heavier)).unwrap());
            prop_assert!(found.iter().zip(&before).all(|(a, b)| (a - b).abs() <= 1e-10 * b.abs() + 1e-14));
            let mut rows: Vec<(f64, f64)> = values.into_iter().zip(weights).collect();
            let by = shift % rows.len();
            rows.rotate_left(by);
            let (values, weights): (Vec<f64>, Vec<f64>) = rows.into_iter().unzip();
            prop_assert_eq!(figures(&Sample::new(&values, Some(&weights)).unwrap()), before);
        }

        /// A transfer from a richer to a poorer row that does not turn them round makes no figure rise (Pigou and Dalton).
        #[test]
        fn a_transfer_downwards_lessens_inequality(mut values in proptest::collection::vec(1.0..1e4f64, 4), part in 0.01..0.5f64) {
            values.sort_by(f64::total_cmp);
            let before = Sample::new(&values, None).unwrap();
            let moved = (values[3] - values[0]) * part;
            values[0] += moved;
            values[3] -= moved;
            let after = Sample::new(&values, None).unwrap();
            prop_assert!(after.gini().unwrap() <= before.gini().unwrap() + 1e-12);
            prop_assert!(after.theil_t().unwrap() <= before.theil_t().unwrap() + 1e-12);
            prop_assert!(after.theil_l().unwrap() <= before.theil_l().unwrap() + 1e-12);
        }

        /// Whatever the rows, each figure is a number or a reason.
        #[test]
        fn nothing_breaks(values in proptest::collection::vec(proptest::num::f64::ANY, 0..6),
                          weights in proptest::collection::vec(proptest::num::f64::POSITIVE | proptest::num::f64::NORMAL, 6)) {
            let weights = weights.get(..values.len()).unwrap_or_default();
            if let Ok(sample) = Sample::new(&values, Some(weights)) {
                let figures = [sample.gini(), sample.theil_t(), sample.theil_l(), sample.palma(),
                    sample.share_of_lowest(0.4)];
                prop_assert!(figures.iter().flatten().all(|figure| !figure.is_nan()), "{figures:?}");
            }
        }
    }
}
