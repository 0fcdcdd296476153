//! Values and weights, checked and put in order once.

use super::{Refusal, Undefined};
use crate::sum::{power, sum};

/// Ratios to a mean above this are numbers.
pub(super) const LEAST: f64 = 1e-290;

/// Rows with a value and a weight above 0, the lowest value first.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Values over `2^power`, in order; the largest is between ½ and 1 in size.
    pub(super) values: Vec<f64>,
    /// Weights, over a power of two.
    pub(super) weights: Vec<f64>,
    /// Of these weights.
    pub(super) all: f64,
    /// Of these values, weighed.
    pub(super) mean: f64,
    power: i32,
    weight_power: i32,
    missing: usize,
    weightless: usize,
}

impl Sample {
    /// Takes rows: values, and weights where rows stand for more than one. A row without value or weight (NaN) is left out
    /// and counted, a row with a weight of 0 too.
    ///
    /// # Errors
    ///
    /// Where a weight is below 0, a number has no end, or no row is left.
    pub fn new(values: &[f64], weights: Option<&[f64]>) -> Result<Self, Refusal> {
        if let Some(weights) = weights.filter(|weights| weights.len() != values.len()) {
            return Err(Refusal::Lengths { values: values.len(), weights: weights.len() });
        }
        let weight_of = |row: usize| weights.map_or(1.0, |weights| weights.get(row).copied().unwrap_or(f64::NAN));
        let (mut rows, mut missing, mut weightless) = (Vec::with_capacity(values.len()), 0, 0);
        for (row, value) in values.iter().enumerate() {
            let weight = weight_of(row);
            if value.is_infinite() {
                return Err(Refusal::Infinite { row });
            }
            if weight < 0.0 || weight.is_infinite() {
                return Err(Refusal::Weight { row, weight });
            }
            if value.is_nan() || weight.is_nan() {
                missing += 1;
            } else if weight == 0.0 {
                weightless += 1;
            } else {
                // Where 0 and −0 stand apart, two orders of the same rows would be two samples.
                rows.push((value + 0.0, weight));
            }
        }
        // By value and weight: whatever the order of the rows was, the sums are the same to the last digit.
        rows.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        if rows.is_empty() {
            return Err(Refusal::Empty);
        }
        let (value_power, weight_power) = (power(rows.iter().map(|row| &row.0)), power(rows.iter().map(|row| &row.1)));
        let values: Vec<f64> = rows.iter().map(|row| libm::ldexp(row.0, -value_power)).collect();
        let weights: Vec<f64> = rows.iter().map(|row| libm::ldexp(row.1, -weight_power)).collect();
        let all = sum(weights.iter().copied());
        let mean = sum(values.iter().zip(&weights).map(|(value, weight)| value * weight)) / all;
        Ok(Self { values, weights, all, mean, power: value_power, weight_power, missing, weightless })
    }

    /// Rows that count.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.values.len()
    }

    /// Rows left out for want of a value or a weight.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.missing
    }

    /// Rows left out for a weight of 0.
    #[must_use]
    pub fn weightless(&self) -> usize {
        self.weightless
    }

    /// How many the rows stand for: the sum of weights.
    #[must_use]
    pub fn people(&self) -> f64 {
        libm::ldexp(self.all, self.weight_power)
    }

    /// The mean, weighed.
    #[must_use]
    pub fn mean(&self) -> f64 {
        libm::ldexp(self.mean, self.power)
    }

    /// The lowest and the highest value.
    #[must_use]
    pub fn ends(&self) -> (f64, f64) {
        let end = |value: Option<&f64>| libm::ldexp(value.copied().unwrap_or(f64::NAN), self.power);
        (end(self.values.first()), end(self.values.last()))
    }

    /// Values and weights in order, in units of this sample.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (f64, f64)> {
        self.values.iter().copied().zip(self.weights.iter().copied())
    }

    /// The mean where there is something to share: in units of this sample, where the largest value is about 1, and where a
    /// mean this small is what rounding leaves.
    pub(super) fn shared(&self) -> Result<f64, Undefined> {
        if self.mean > LEAST { Ok(self.mean) } else { Err(Undefined::NothingToShare) }
    }

    /// The mean where no value is below 0 either.
    pub(super) fn not_below_zero(&self) -> Result<f64, Undefined> {
        if self.values.first().is_some_and(|least| *least < 0.0) { Err(Undefined::BelowZero) } else { self.shared() }
    }

    /// Whether a value is 0.
    pub(super) fn has_zero(&self) -> bool {
        self.values.contains(&0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Refusal, Sample};

    #[test]
    fn rows_without_value_or_weight_are_counted() {
        let nan = f64::NAN;
        let values = [3.0, nan, 1.0, 7.0, 2.0];
        let sample = Sample::new(&values, Some(&[2.0, 1.0, 2.0, 0.0, nan])).unwrap();
        assert_eq!((sample.rows(), sample.missing(), sample.weightless()), (2, 2, 1));
        assert_eq!((sample.people(), sample.mean(), sample.ends()), (4.0, 2.0, (1.0, 3.0)));
    }

    #[test]
    fn what_is_no_sample_is_told() {
        let refusal = |values: &[f64], weights: &[f64]| Sample::new(values, Some(weights)).unwrap_err();
        assert_eq!(Sample::new(&[], None), Err(Refusal::Empty));
        assert_eq!(refusal(&[1.0, f64::NAN], &[0.0, 1.0]), Refusal::Empty);
        assert_eq!(refusal(&[1.0], &[1.0, 1.0]), Refusal::Lengths { values: 1, weights: 2 });
        assert_eq!(refusal(&[1.0, -f64::INFINITY], &[1.0, 1.0]), Refusal::Infinite { row: 1 });
        assert_eq!(refusal(&[1.0, 1.0], &[1.0, -2.0]), Refusal::Weight { row: 1, weight: -2.0 });
    }
}
