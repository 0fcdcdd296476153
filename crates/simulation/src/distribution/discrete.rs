//! One of a few values, each with its weight.

use super::error::{DistributionError, finite};

/// A handful of values and their chances, kept in rising order of value.
#[derive(Clone, Debug, PartialEq)]
pub struct Discrete {
    /// Value and the chance of it or a smaller one.
    steps: Vec<(f64, f64)>,
}

impl Discrete {
    /// `values` with `weights` of any positive sum. The order given does not matter: draws rise with their
    /// probability, so that a correlation with another parameter means something.
    ///
    /// # Errors
    /// [`DistributionError`] when there are no values, not one weight each, a number is not finite, a weight is
    /// negative, or all are zero.
    pub fn new(values: &[f64], weights: &[f64]) -> Result<Self, DistributionError> {
        if values.is_empty() {
            return Err(DistributionError::NoValues);
        }
        if values.len() != weights.len() {
            return Err(DistributionError::WeightCount { values: values.len(), weights: weights.len() });
        }
        values.iter().try_for_each(|value| finite("value", *value))?;
        for (at, weight) in weights.iter().enumerate() {
            finite("weight", *weight)?;
            if *weight < 0.0 {
                return Err(DistributionError::NegativeWeight { number: at + 1, value: *weight });
            }
        }
        let total: f64 = weights.iter().sum();
        if total <= 0.0 {
            return Err(DistributionError::NoWeight);
        }
        finite("sum of weights", total)?;

        let mut steps: Vec<_> = values.iter().copied().zip(weights.iter().copied()).filter(|(_, w)| *w > 0.0).collect();
        steps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut sum = 0.0;
        for (_, weight) in &mut steps {
            sum += *weight / total;
            *weight = sum;
        }
        Ok(Self { steps })
    }

    pub(super) fn quantile(&self, p: f64) -> f64 {
        let at = self.steps.partition_point(|(_, chance)| *chance < p);
        // Rounding may leave the last chance a hair below 1.
        self.steps.get(at).or(self.steps.last()).map_or(f64::NAN, |(value, _)| *value)
    }

    pub(super) fn moments(&self) -> (f64, f64) {
        let weighted = || {
            let before = std::iter::once(0.0).chain(self.steps.iter().map(|(_, chance)| *chance));
            self.steps.iter().zip(before).map(|((value, chance), before)| (*value, chance - before))
        };
        let mean: f64 = weighted().map(|(value, weight)| value * weight).sum();
        (mean, weighted().map(|(value, weight)| weight * (value - mean) * (value - mean)).sum())
    }
}
