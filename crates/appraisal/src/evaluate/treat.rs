//! Values far from all others, as COINr 1.1 treats them (Becker et al. 2022, JOSS 7(78):4567; its functions `winsorise` and
//! `log_CT`). Its `boxcox` takes an exponent; here the exponent of greatest likelihood is looked for.

use super::statistics::{mean, range, skewness_and_kurtosis};
use crate::rules::{Outliers, Transform};

/// What was done with a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    Transformed(Transform),
}

/// Treats a column in place; missing values stay missing.
pub fn treat(values: &mut [f64], rule: &Outliers) -> Treated {
    let there: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
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
        put(values, &drawn);
        return Treated::DrawnIn { low, high };
    }
    let Some(transform) = rule.otherwise else { return Treated::Untouched };
    let transformed = match transform {
        Transform::Log => log(&there),
        Transform::BoxCox => box_cox(&there),
    };
    match transformed {
        Some(transformed) => {
            put(values, &transformed);
            Treated::Transformed(transform)
        }
        None => Treated::Untouched,
    }
}

fn is_skewed(there: &[f64], rule: &Outliers) -> bool {
    let (skewness, kurtosis) = skewness_and_kurtosis(there);
    skewness.abs() > rule.skewness && kurtosis > rule.kurtosis
}

/// Puts the values back where there were some.
fn put(values: &mut [f64], treated: &[f64]) {
    let mut next = treated.iter();
    for value in values.iter_mut().filter(|value| !value.is_nan()) {
        *value = next.next().copied().unwrap_or(f64::NAN);
    }
}

fn log(there: &[f64]) -> Option<Vec<f64>> {
    let (least, most) = range(there)?;
    let shift = 0.01 * (most - least) - least;
    (most > least).then(|| there.iter().map(|value| libm::log(value + shift)).collect())
}

/// Box and Cox 1964: the exponent of greatest likelihood between −5 and 5, found by golden sections. Values that are not all
/// positive are shifted as for the logarithm.
fn box_cox(there: &[f64]) -> Option<Vec<f64>> {
    let (least, most) = range(there)?;
    if most <= least {
        return None;
    }
    let shift = if least > 0.0 { 0.0 } else { 0.01 * (most - least) - least };
    let shifted: Vec<f64> = there.iter().map(|value| value + shift).collect();
    let logs: f64 = shifted.iter().map(|value| libm::log(*value)).sum();
    let likelihood = |exponent: f64| {
        let transformed = raised(&shifted, exponent);
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
    let found = raised(&shifted, f64::midpoint(low, high));
    found.iter().all(|value| value.is_finite()).then_some(found)
}

fn raised(values: &[f64], exponent: f64) -> Vec<f64> {
    let one = |value: &f64| {
        if exponent.abs() < 1e-12 { libm::log(*value) } else { (libm::pow(*value, exponent) - 1.0) / exponent }
    };
    values.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::{Treated, box_cox, treat};
    use crate::rules::{Outliers, Transform};

    const RULE: Outliers = Outliers { skewness: 2.0, kurtosis: 3.5, most: 2, otherwise: Some(Transform::Log) };

    #[test]
    fn one_value_far_out_is_drawn_in_and_the_missing_stay() {
        let mut values = vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, f64::NAN, 1000.0];
        assert_eq!(treat(&mut values, &RULE), Treated::DrawnIn { low: 0, high: 1 });
        assert_eq!(values[10], 9.0);
        assert!(values[9].is_nan());
        let mut low: Vec<f64> = values.iter().map(|value| -value).collect();
        low[10] = -1000.0;
        assert_eq!(treat(&mut low, &RULE), Treated::DrawnIn { low: 1, high: 0 });
    }

    #[test]
    fn what_cannot_be_drawn_in_is_transformed_or_left() {
        let heavy: Vec<f64> = (0..40).map(|at| f64::from(at).exp()).collect();
        let mut values = heavy.clone();
        assert_eq!(treat(&mut values, &RULE), Treated::Transformed(Transform::Log));
        let mut values = heavy.clone();
        assert_eq!(treat(&mut values, &Outliers { otherwise: None, ..RULE }), Treated::Untouched);
        assert_eq!(values, heavy);
        let mut same = vec![2.0; 12];
        assert_eq!(treat(&mut same, &RULE), Treated::Untouched);
        assert_eq!(treat(&mut [], &RULE), Treated::Untouched);
    }

    /// `winsorise` of COINr 1.1.14 stops at `nwin`, the points at the outermost places: here 2 after the first step, 3 after the
    /// second, which is enough.
    #[test]
    fn points_at_the_same_place_are_counted_one_by_one() {
        let mut values: Vec<f64> = (1..=30).map(f64::from).chain([150.0, 200.0, 200.0]).collect();
        let before = values.clone();
        assert_eq!(treat(&mut values, &RULE), Treated::Transformed(Transform::Log));
        let mut values = before;
        assert_eq!(treat(&mut values, &Outliers { most: 3, ..RULE }), Treated::DrawnIn { low: 0, high: 3 });
        assert_eq!(values[29..], [30.0; 4]);
    }

    /// Logarithms of evenly spread numbers: the likelihood is greatest at an exponent of about 0 for what was their exponential.
    #[test]
    fn box_cox_finds_the_logarithm_of_what_is_log_normal() {
        // Quantiles of the normal distribution at 0.1 … 0.9, from printed tables.
        let normal = [-1.2816, -0.8416, -0.5244, -0.2533, 0.0, 0.2533, 0.5244, 0.8416, 1.2816];
        let values: Vec<f64> = normal.iter().map(|value: &f64| value.exp()).collect();
        let found = box_cox(&values).unwrap();
        for (found, normal) in found.iter().zip(normal) {
            assert!((found - normal).abs() < 1e-3, "{found} {normal}");
        }
        assert!(box_cox(&[1.0, 1.0]).is_none());
    }
}
