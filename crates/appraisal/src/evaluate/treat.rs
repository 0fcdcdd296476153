//! Values far from all others, as COINr 1.1 treats them (Becker et al. 2022, JOSS 7(78):4567; its functions `winsorise` and
//! `log_CT`). Its `boxcox` takes an exponent; here the exponent of greatest likelihood is looked for.

use super::statistics::{mean, range, skewness_and_kurtosis};
use crate::rules::{Outliers, Transform};

/// What was done with a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Treated {
    /// Nothing: it is within the limits, or beyond help.
    Untouched,
    /// So many of the lowest and of the highest values were drawn in.
    DrawnIn {
        /// Lowest.
        low: usize,
        /// Highest.
        high: usize,
    },
    /// All values were transformed.
    Transformed(Fit),
}

impl Treated {
    /// What a value that was not in the column would be.
    #[must_use]
    pub fn apply(&self, value: f64) -> f64 {
        match self {
            Self::Untouched | Self::DrawnIn { .. } => value,
            Self::Transformed(fit) => fit.apply(value),
        }
    }
}

/// A transformation, as it came out of the values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Which kind.
    pub transform: Transform,
    /// Added before.
    shift: f64,
    /// Of Box–Cox; 0 is the logarithm.
    exponent: f64,
}

impl Fit {
    fn apply(&self, value: f64) -> f64 {
        raised(value + self.shift, self.exponent)
    }
}

/// Treats a column in place, looking at those who count; missing values stay missing. Who does not count moves nobody else.
pub(super) fn treat(values: &mut [f64], counted: &[bool], rule: &Outliers) -> Treated {
    let counts = |(value, counted): (&f64, &bool)| (*counted && !value.is_nan()).then_some(*value);
    let there: Vec<f64> = values.iter().zip(counted).filter_map(counts).collect();
    if !is_skewed(&there, rule) {
        return Treated::Untouched;
    }
    let mut drawn = there.clone();
    let (mut low, mut high) = (0, 0);
    while is_skewed(&drawn, rule) && low + high < rule.most {
        let (skewness, _) = skewness_and_kurtosis(&drawn);
        let Some((least, most)) = range(&drawn) else { break };
        // The outermost value, and all that were drawn to it before, become the next one. Points are counted and not steps:
        // two that share the outermost place are two.
        let (from, to) = if skewness > 0.0 {
            (most, drawn.iter().copied().filter(|value| *value < most).reduce(f64::max))
        } else {
            (least, drawn.iter().copied().filter(|value| *value > least).reduce(f64::min))
        };
        let Some(to) = to else { break };
        let mut points = 0;
        for value in drawn.iter_mut().filter(|value| **value == from) {
            *value = to;
            points += 1;
        }
        if skewness > 0.0 { high = points } else { low = points }
    }
    if !is_skewed(&drawn, rule) {
        let mut next = drawn.into_iter();
        let places = values.iter_mut().zip(counted).filter(|(value, counted)| **counted && !value.is_nan());
        for ((value, _), drawn) in places.zip(&mut next) {
            *value = drawn;
        }
        return Treated::DrawnIn { low, high };
    }
    let fit = rule.otherwise.and_then(|transform| match transform {
        Transform::Log => log(&there),
        Transform::BoxCox => box_cox(&there),
    });
    // A fit that leaves somebody without a number is none.
    let Some(fit) = fit.filter(|fit| there.iter().all(|value| fit.apply(*value).is_finite())) else {
        return Treated::Untouched;
    };
    values.iter_mut().for_each(|value| *value = fit.apply(*value));
    Treated::Transformed(fit)
}

fn is_skewed(there: &[f64], rule: &Outliers) -> bool {
    let (skewness, kurtosis) = skewness_and_kurtosis(there);
    skewness.abs() > rule.skewness && kurtosis > rule.kurtosis
}

fn log(there: &[f64]) -> Option<Fit> {
    let (least, most) = range(there)?;
    let shift = 0.01 * (most - least) - least;
    (most > least).then_some(Fit { transform: Transform::Log, shift, exponent: 0.0 })
}

/// Box and Cox 1964: the exponent of greatest likelihood between −5 and 5, found by golden sections. Values that are not all
/// positive are shifted as for the logarithm.
fn box_cox(there: &[f64]) -> Option<Fit> {
    let (least, most) = range(there)?;
    if most <= least {
        return None;
    }
    let shift = if least > 0.0 { 0.0 } else { 0.01 * (most - least) - least };
    let shifted: Vec<f64> = there.iter().map(|value| value + shift).collect();
    let logs: f64 = shifted.iter().map(|value| libm::log(*value)).sum();
    let likelihood = |exponent: f64| {
        let transformed: Vec<f64> = shifted.iter().map(|value| raised(*value, exponent)).collect();
        let mean = mean(&transformed);
        let variance =
            transformed.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / transformed.len() as f64;
        (exponent - 1.0) * logs - 0.5 * transformed.len() as f64 * libm::log(variance)
    };
    let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (-5.0, 5.0);
    for _ in 0..100 {
        let (first, second) = (high - ratio * (high - low), low + ratio * (high - low));
        if likelihood(first) < likelihood(second) { low = first } else { high = second }
    }
    Some(Fit { transform: Transform::BoxCox, shift, exponent: f64::midpoint(low, high) })
}

fn raised(value: f64, exponent: f64) -> f64 {
    if exponent.abs() < 1e-12 { libm::log(value) } else { (libm::pow(value, exponent) - 1.0) / exponent }
}

#[cfg(test)]
mod tests {
    use super::{Fit, Treated, box_cox, treat};
    use crate::rules::{Outliers, Transform};

    /// All of a column count.
    fn done(values: &mut [f64], rule: &Outliers) -> Treated {
        treat(values, &vec![true; values.len()], rule)
    }

    fn is_log(treated: Treated) -> bool {
        matches!(treated, Treated::Transformed(Fit { transform: Transform::Log, .. }))
    }

    const RULE: Outliers = Outliers { skewness: 2.0, kurtosis: 3.5, most: 2, otherwise: Some(Transform::Log) };

    #[test]
    fn one_value_far_out_is_drawn_in_and_the_missing_stay() {
        let mut values = vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, f64::NAN, 1000.0];
        assert_eq!(done(&mut values, &RULE), Treated::DrawnIn { low: 0, high: 1 });
        assert_eq!(values[10], 9.0);
        assert!(values[9].is_nan());
        let mut low: Vec<f64> = values.iter().map(|value| -value).collect();
        low[10] = -1000.0;
        assert_eq!(done(&mut low, &RULE), Treated::DrawnIn { low: 1, high: 0 });
    }

    #[test]
    fn what_cannot_be_drawn_in_is_transformed_or_left() {
        let heavy: Vec<f64> = (0..40).map(|at| f64::from(at).exp()).collect();
        let mut values = heavy.clone();
        assert!(is_log(done(&mut values, &RULE)));
        let mut values = heavy.clone();
        assert_eq!(done(&mut values, &Outliers { otherwise: None, ..RULE }), Treated::Untouched);
        assert_eq!(values, heavy);
        let mut same = vec![2.0; 12];
        assert_eq!(done(&mut same, &RULE), Treated::Untouched);
        assert_eq!(done(&mut [], &RULE), Treated::Untouched);
    }

    /// One that is not graded, far beyond all others, neither hides nor draws in anybody.
    #[test]
    fn who_does_not_count_moves_nobody() {
        let mut values = vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 1000.0, 1e6];
        let mut counted = vec![true; 11];
        counted[10] = false;
        assert_eq!(treat(&mut values, &counted, &RULE), Treated::DrawnIn { low: 0, high: 1 });
        assert_eq!(values[9..], [9.0, 1e6]);
    }

    /// `winsorise` of COINr 1.1.14 stops at `nwin`, the points at the outermost places: here 2 after the first step, 3 after the
    /// second, which is enough.
    #[test]
    fn points_at_the_same_place_are_counted_one_by_one() {
        let mut values: Vec<f64> = (1..=30).map(f64::from).chain([150.0, 200.0, 200.0]).collect();
        let before = values.clone();
        assert!(is_log(done(&mut values, &RULE)));
        let mut values = before;
        assert_eq!(done(&mut values, &Outliers { most: 3, ..RULE }), Treated::DrawnIn { low: 0, high: 3 });
        assert_eq!(values[29..], [30.0; 4]);
    }

    /// Logarithms of evenly spread numbers: the likelihood is greatest at an exponent of about 0 for what was their exponential.
    #[test]
    fn box_cox_finds_the_logarithm_of_what_is_log_normal() {
        // Quantiles of the normal distribution at 0.1 … 0.9, from printed tables.
        let normal = [-1.2816, -0.8416, -0.5244, -0.2533, 0.0, 0.2533, 0.5244, 0.8416, 1.2816];
        let values: Vec<f64> = normal.iter().map(|value: &f64| value.exp()).collect();
        let fit = box_cox(&values).unwrap();
        for (value, normal) in values.iter().zip(normal) {
            assert!((fit.apply(*value) - normal).abs() < 1e-3, "{value} {normal}");
        }
        assert!(box_cox(&[1.0, 1.0]).is_none());
    }
}
