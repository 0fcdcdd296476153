//! Theil's two indices, and what of them lies within groups and between them (Theil 1967; Shorrocks 1980).

use super::sample::LEAST;
use super::{Sample, Undefined};
use crate::ratio::{lag, spread};
use crate::sum::{power, sum};

impl Sample {
    /// Theil T, `Σ (w/W) (x/μ) ln(x/μ)`: from 0 to the logarithm of the sum of weights; heeds the top. A value of 0 adds
    /// nothing.
    ///
    /// # Errors
    ///
    /// Where a value is below 0, or all are 0.
    pub fn theil_t(&self) -> Result<f64, Undefined> {
        let mean = self.not_below_zero()?;
        Ok(sum(self.pairs().map(|(value, weight)| weight * spread(value, mean))) / self.all)
    }

    /// Theil L, the mean logarithmic deviation `Σ (w/W) ln(μ/x)`: from 0 without end; heeds the bottom.
    ///
    /// # Errors
    ///
    /// Where a value is not above 0.
    pub fn theil_l(&self) -> Result<f64, Undefined> {
        let mean = self.not_below_zero()?;
        if self.has_zero() {
            return Err(Undefined::Zero);
        }
        Ok(sum(self.pairs().map(|(value, weight)| weight * lag(value, mean))) / self.all)
    }
}

/// An index, taken apart: `within + between` is the index of all groups together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parts {
    /// What is left if all groups had the same mean.
    pub within: f64,
    /// What is left if everyone had the mean of the group.
    pub between: f64,
}

impl Parts {
    /// The index of all together.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.within + self.between
    }
}

/// Takes both indices apart, T first, by groups that leave nobody out and hold nobody twice. Within, T weighs a group by its
/// share of what there is, and L by its share of people. A group in which all have 0 adds nothing to T within.
///
/// # Errors
///
/// For T where a value is below 0 or all are 0, for L where a value is not above 0; where there are no groups, both.
pub fn decompose(groups: &[Sample]) -> (Result<Parts, Undefined>, Result<Parts, Undefined>) {
    let tame = |values: Vec<f64>| -> Vec<f64> {
        let power = power(values.iter());
        values.into_iter().map(|value| libm::ldexp(value, -power)).collect()
    };
    let people = tame(groups.iter().map(Sample::people).collect());
    let means = tame(groups.iter().map(Sample::mean).collect());
    let all = sum(people.iter().copied());
    let mean = sum(people.iter().zip(&means).map(|(people, mean)| people * mean)) / all;
    let of_t = |((group, people), own): ((&Sample, &f64), &f64)| -> Result<(f64, f64), Undefined> {
        let within = match group.theil_t() {
            Err(Undefined::NothingToShare) => 0.0,
            index => index?,
        };
        Ok((people / all * own / mean * within, people / all * spread(*own, mean)))
    };
    let of_l = |((group, people), own): ((&Sample, &f64), &f64)| -> Result<(f64, f64), Undefined> {
        // A group of zeros has nothing to share, which for L is a value of 0.
        let within =
            group.theil_l().map_err(|why| if why == Undefined::NothingToShare { Undefined::Zero } else { why })?;
        Ok((people / all * within, people / all * lag(*own, mean)))
    };
    let rows = || groups.iter().zip(&people).zip(&means);
    let added = |parts: Result<Vec<(f64, f64)>, Undefined>| {
        let parts = parts?;
        if groups.is_empty() || mean <= LEAST {
            return Err(Undefined::NothingToShare);
        }
        let (within, between) = (sum(parts.iter().map(|part| part.0)), sum(parts.iter().map(|part| part.1)));
        Ok(Parts { within, between })
    };
    (added(rows().map(of_t).collect()), added(rows().map(of_l).collect()))
}

#[cfg(test)]
mod tests {
    use super::super::lorenz::tests::MEXICO;
    use super::super::{Parts, Sample, Undefined, decompose};
    use proptest::prelude::*;

    /// Regions of the states of [`MEXICO`], column `hanson98` of the same table.
    const REGIONS: [usize; 32] =
        [2, 1, 2, 5, 5, 1, 1, 3, 4, 2, 3, 5, 3, 3, 4, 3, 3, 2, 1, 5, 3, 3, 5, 2, 2, 1, 5, 1, 3, 3, 5, 2];

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-8, "{found} is not {expected}");
    }

    fn groups(values: &[f64], weights: &[f64], of: &[usize]) -> Vec<Sample> {
        (0..=5)
            .filter_map(|group| {
                let rows = values.iter().zip(weights).zip(of).filter(|(_, of)| **of == group).map(|(row, _)| row);
                let (values, weights): (Vec<f64>, Vec<f64>) = rows.unzip();
                Sample::new(&values, Some(&weights)).ok()
            })
            .collect()
    }

    /// `Theil` and `TheilD` of `inequality` 1.1.2 (PySAL; its tests print 0.20894344, 0.0345889 and 0.17435454). L is
    /// `mean(log(mean/x))` in NumPy 2.4.6, which is `−ln(1 − A)` with PySAL's Atkinson index for an aversion of 1.
    #[test]
    fn states_of_mexico() {
        let sample = Sample::new(&MEXICO, None).unwrap();
        assert!((sample.theil_t().unwrap() - 0.208_943_442_303_585_94).abs() < 1e-14);
        assert!((sample.theil_l().unwrap() - 0.202_948_913_799_007_42).abs() < 1e-14);
        let (t, l) = decompose(&groups(&MEXICO, &[1.0; 32], &REGIONS));
        let (t, l) = (t.unwrap(), l.unwrap());
        near(t.between, 0.034_588_90);
        near(t.within, 0.174_354_54);
        assert!((t.total() - sample.theil_t().unwrap()).abs() < 1e-14);
        assert!((l.total() - sample.theil_l().unwrap()).abs() < 1e-14);
    }

    /// The same classes with rows as many times as their weight; weights and groups are invented.
    #[test]
    fn weighted_rows() {
        let (values, weights) = ([3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0], [2.0, 7.0, 1.0, 8.0, 2.0, 8.0, 1.0, 8.0]);
        let sample = Sample::new(&values, Some(&weights)).unwrap();
        assert!((sample.gini().unwrap() - 0.410_053_365_467_378_2).abs() < 1e-14);
        assert!((sample.theil_t().unwrap() - 0.298_762_226_742_435_8).abs() < 1e-14);
        let t = decompose(&groups(&values, &weights, &[0, 0, 0, 1, 1, 1, 2, 2])).0.unwrap();
        near(t.between, 0.080_850_54);
        near(t.within, 0.217_911_69);
    }

    /// Zeros by PySAL's case (`test_theil.py`): all of it lies between the groups, ln 2.
    #[test]
    fn zeros_and_losses() {
        let halves = groups(&[0.0, 0.0, 0.0, 10.0, 10.0, 10.0], &[1.0; 6], &[0, 0, 0, 1, 1, 1]);
        let (t, l) = decompose(&halves);
        assert_eq!(t, Ok(Parts { within: 0.0, between: t.unwrap().between }));
        assert!((t.unwrap().between - std::f64::consts::LN_2).abs() < 1e-15);
        assert_eq!(l, Err(Undefined::Zero));
        let zeros = Sample::new(&[0.0, 0.0, 1.0, 3.0], None).unwrap();
        assert!((zeros.theil_t().unwrap() - 0.823_959_216_501_082_3).abs() < 1e-15);
        assert_eq!(zeros.theil_l(), Err(Undefined::Zero));
        let loss = Sample::new(&[-1.0, 5.0], None).unwrap();
        assert_eq!((loss.theil_t(), loss.theil_l()), (Err(Undefined::BelowZero), Err(Undefined::BelowZero)));
        assert_eq!(decompose(&[loss]), (Err(Undefined::BelowZero), Err(Undefined::BelowZero)));
        assert_eq!(decompose(&[]).0, Err(Undefined::NothingToShare));
    }

    proptest! {
        /// Within and between are the whole, whatever the groups, and neither is below 0.
        #[test]
        fn parts_make_the_whole(
            rows in proptest::collection::vec((0.01..1e4f64, 0.01..50.0f64, 0..6usize), 1..40),
        ) {
            let values: Vec<f64> = rows.iter().map(|row| row.0).collect();
            let weights: Vec<f64> = rows.iter().map(|row| row.1).collect();
            let of: Vec<usize> = rows.iter().map(|row| row.2).collect();
            let sample = Sample::new(&values, Some(&weights)).unwrap();
            let (t, l) = decompose(&groups(&values, &weights, &of));
            let (t, l) = (t.unwrap(), l.unwrap());
            prop_assert!((t.total() - sample.theil_t().unwrap()).abs() < 1e-11);
            prop_assert!((l.total() - sample.theil_l().unwrap()).abs() < 1e-11);
            prop_assert!([t.within, t.between, l.within, l.between].iter().all(|part| *part >= 0.0));
        }
    }
}
