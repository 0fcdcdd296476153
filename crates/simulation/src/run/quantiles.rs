//! Several quantiles of one list without sorting all of it.

/// A number as a whole one that sorts the same way: comparing whole numbers is several times faster.
pub(crate) fn key(value: f64) -> i64 {
    let bits = value.to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

fn value(key: i64) -> f64 {
    f64::from_bits((key ^ (((key >> 63) as u64) >> 1) as i64) as u64)
}

/// The values below which the shares lie, linear between neighbours (Hyndman and Fan, 1996, type 7); NaN where the
/// list is empty. The list holds [`key`]s and is reordered.
pub(crate) fn quantiles(values: &mut [i64], shares: &[f64]) -> Vec<f64> {
    let Some(last) = values.len().checked_sub(1) else { return vec![f64::NAN; shares.len()] };
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let share = |at: &usize| shares.get(*at).copied().unwrap_or(f64::NAN);
    order.sort_by(|a, b| share(a).total_cmp(&share(b)));
    let mut found = vec![f64::NAN; shares.len()];
    // What lies before `from` is smaller than everything after it: each selection looks at the rest only.
    let mut from = 0;
    for at in order {
        let place = share(&at).clamp(0.0, 1.0) * last as f64;
        let (whole, part) = (place.floor() as usize, place.fract());
        let Some(rest) = values.get_mut(from..) else { continue };
        let (_, low, above) = rest.select_nth_unstable(whole - from);
        let low = value(*low);
        // The next larger value is the least of those above.
        let high = if part > 0.0 { above.iter().min().map_or(low, |key| value(*key)) } else { low };
        if let Some(slot) = found.get_mut(at) {
            *slot = if part > 0.0 { low + part * (high - low) } else { low };
        }
        from = whole;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of `numpy.quantile(x, q)` (numpy 2.3).
    #[test]
    fn as_numpy_has_them() {
        let mut values = [5.0, 1.0, 4.0, 2.0, 3.0, 10.0].map(key);
        let found = quantiles(&mut values, &[0.5, 0.05, 0.95, 0.0, 1.0, 0.25]);
        for (value, wanted) in found.iter().zip([3.5, 1.25, 8.75, 1.0, 10.0, 2.25]) {
            assert!((value - wanted).abs() < 1e-12, "{found:?}");
        }
        for number in [0.0, -0.0, 1.5, -2.5, f64::INFINITY, f64::NEG_INFINITY, 1e-300] {
            assert_eq!(value(key(number)).to_bits(), number.to_bits());
        }
        assert!(key(-2.0) < key(-1.0) && key(-1.0) < key(0.0) && key(0.0) < key(1e-9));
        assert!(quantiles(&mut [], &[0.5])[0].is_nan());
        assert_eq!(quantiles(&mut [key(7.0)], &[0.1, 0.9]), [7.0, 7.0]);
    }
}
