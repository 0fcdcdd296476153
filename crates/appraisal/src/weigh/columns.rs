//! Columns made ready: units without a gap, figures of a size that neither overflows nor vanishes, spread or none.

use super::{Refusal, Weights};
use crate::expression::steady;
use crate::sum::power;

/// Columns of units that have all values. `values[item][unit]`, each item times a power of two, so that its largest is
/// between ½ and 1: that changes no digit and no weight.
pub(super) struct Ready {
    pub(super) values: Vec<Vec<f64>>,
    pub(super) units: usize,
}

impl Ready {
    /// Takes columns, NaN where a value is missing.
    pub(super) fn new(columns: &[Vec<f64>], least_units: usize) -> Result<Self, Refusal> {
        let wanted = columns.first().ok_or(Refusal::NoItems)?.len();
        for (item, column) in columns.iter().enumerate() {
            if column.len() != wanted {
                return Err(Refusal::Length { item, there: column.len(), wanted });
            }
            if let Some(unit) = column.iter().position(|value| value.is_infinite()) {
                return Err(Refusal::Infinite { item, unit });
            }
        }
        let whole: Vec<bool> = (0..wanted)
            .map(|unit| columns.iter().all(|column| column.get(unit).is_some_and(|v| !v.is_nan())))
            .collect();
        let units = whole.iter().filter(|whole| **whole).count();
        if units < least_units {
            return Err(Refusal::TooFewUnits { there: units, wanted: least_units });
        }
        let kept = |column: &Vec<f64>| {
            tame(column.iter().zip(&whole).filter(|(_, whole)| **whole).map(|(value, _)| *value).collect())
        };
        Ok(Self { values: columns.iter().map(kept).collect(), units })
    }

    /// Which items have spread and which have none. At least one has.
    pub(super) fn spread(&self) -> Result<Spread<'_>, Refusal> {
        let columns = self.values.iter().map(Vec::as_slice).enumerate();
        let (kept, flat): (Vec<_>, Vec<_>) = columns.partition(|(_, column)| has_spread(column));
        if kept.is_empty() {
            return Err(Refusal::NoSpread);
        }
        Ok(Spread { kept, flat: flat.into_iter().map(|(item, _)| item).collect() })
    }

    /// Weights of items with spread, put where they belong; the rest weigh 0. The sum of `found` is above 0.
    pub(super) fn weights(&self, spread: Spread<'_>, found: &[f64]) -> Weights {
        let all: f64 = found.iter().sum();
        let mut weights = vec![0.0; self.values.len()];
        for ((item, _), weight) in spread.kept.iter().zip(found) {
            if let Some(place) = weights.get_mut(*item) {
                *place = weight / all;
            }
        }
        Weights { weights, units: self.units, flat: spread.flat }
    }
}

/// Items with spread and their columns, and items without.
pub(super) struct Spread<'a> {
    pub(super) kept: Vec<(usize, &'a [f64])>,
    pub(super) flat: Vec<usize>,
}

/// Whether values differ by more than what computing leaves over.
fn has_spread(column: &[f64]) -> bool {
    let first = column.first().map(|value| steady(*value));
    column.iter().any(|value| Some(steady(*value)) != first)
}

/// Values times the power of two that brings the largest between ½ and 1.
fn tame(column: Vec<f64>) -> Vec<f64> {
    let power = power(column.iter());
    column.into_iter().map(|value| libm::ldexp(value, -power)).collect()
}

/// Values less their mean, over the root of their squares: the sum of products of two such columns is their correlation.
/// The column has spread.
pub(super) fn standard(column: &[f64]) -> Vec<f64> {
    let mean = column.iter().sum::<f64>() / column.len() as f64;
    let apart: Vec<f64> = tame(column.iter().map(|value| value - mean).collect());
    let length = apart.iter().map(|value| value * value).sum::<f64>().sqrt();
    apart.into_iter().map(|value| value / length).collect()
}

#[cfg(test)]
mod tests {
    use super::{Ready, Refusal, tame};

    #[test]
    fn what_is_not_a_table_is_told() {
        let nan = f64::NAN;
        let refusal = |columns: &[Vec<f64>]| Ready::new(columns, 2).err();
        assert_eq!(refusal(&[]), Some(Refusal::NoItems));
        assert_eq!(refusal(&[vec![1.0, 2.0], vec![1.0]]), Some(Refusal::Length { item: 1, there: 1, wanted: 2 }));
        assert_eq!(refusal(&[vec![1.0, f64::INFINITY]]), Some(Refusal::Infinite { item: 0, unit: 1 }));
        let gaps = [vec![1.0, nan, 3.0], vec![1.0, 2.0, nan]];
        assert_eq!(refusal(&gaps), Some(Refusal::TooFewUnits { there: 1, wanted: 2 }));
    }

    #[test]
    fn sizes_are_tamed_without_loss() {
        assert_eq!(tame(vec![3.0, -1.0]), [0.75, -0.25]);
        assert_eq!(tame(vec![f64::MAX, 0.0]), [f64::MAX / 2f64.powi(1023) / 2.0, 0.0]);
        assert_eq!(tame(vec![5e-324]), [0.5]);
        assert_eq!(tame(vec![0.0, 0.0]), [0.0, 0.0]);
        assert_eq!(tame(vec![]), Vec::<f64>::new());
    }
}
