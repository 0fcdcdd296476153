//! Means and moments, summed in the order of the rows.

/// Arithmetic mean; NaN of nothing.
pub(crate) fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// The middle one, or the mean of the two middle ones; NaN of nothing.
pub(crate) fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let at = |place: usize| sorted.get(place).copied().unwrap_or(f64::NAN);
    match sorted.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => at(odd / 2),
        even => f64::midpoint(at(even / 2 - 1), at(even / 2)),
    }
}

/// Standard deviation of a sample (divided by one less than there are); NaN of fewer than two.
pub(crate) fn deviation(numbers: &[f64]) -> f64 {
    let mean = mean(numbers);
    let squares: f64 = numbers.iter().map(|number| (number - mean) * (number - mean)).sum();
    if numbers.len() < 2 { f64::NAN } else { (squares / (numbers.len() - 1) as f64).sqrt() }
}

/// Least and greatest.
pub(crate) fn range(numbers: &[f64]) -> Option<(f64, f64)> {
    let least = numbers.iter().copied().reduce(f64::min)?;
    Some((least, numbers.iter().copied().reduce(f64::max)?))
}

/// Skewness and excess kurtosis as Excel and COINr have them (adjusted for the size of the sample: G₁ and G₂ of Joanes and
/// Gill, 1998); NaN where there are too few values or they are all the same.
pub(crate) fn skewness_and_kurtosis(numbers: &[f64]) -> (f64, f64) {
    let n = numbers.len() as f64;
    let mean = mean(numbers);
    let moment = |power: usize| {
        numbers.iter().map(|number| std::iter::repeat_n(number - mean, power).product::<f64>()).sum::<f64>() / n
    };
    let (second, third, fourth) = (moment(2), moment(3), moment(4));
    let (skewness, kurtosis) = (third / (second * second.sqrt()), fourth / (second * second) - 3.0);
    let adjusted = if n < 4.0 { f64::NAN } else { ((n + 1.0) * kurtosis + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0)) };
    (if n < 3.0 { f64::NAN } else { skewness * (n * (n - 1.0)).sqrt() / (n - 2.0) }, adjusted)
}

#[cfg(test)]
mod tests {
    use super::{deviation, median, skewness_and_kurtosis};

    /// Expected: the worked example of Microsoft's documentation of SKEW and KURT, 3, 4, 5, 2, 3, 4, 5, 6, 4, 7.
    #[test]
    fn moments_are_those_of_spreadsheets() {
        let numbers = [3.0, 4.0, 5.0, 2.0, 3.0, 4.0, 5.0, 6.0, 4.0, 7.0];
        let (skewness, kurtosis) = skewness_and_kurtosis(&numbers);
        assert!((skewness - 0.359543).abs() < 5e-7);
        assert!((kurtosis - -0.151799637).abs() < 5e-10);
        assert_eq!(median(&numbers), 4.0);
        assert!(deviation(&[1.0]).is_nan());
        assert!(skewness_and_kurtosis(&[1.0; 9]).0.is_nan());
    }
}
