//! Numbers as people read them.

/// Digits behind the point that [`shown`] gives a number, up to four.
pub(super) fn decimals(value: f64) -> usize {
    shown(value).split_once('.').map_or(0, |(_, digits)| digits.len()).min(4)
}

/// A number as people read it: four decimals, or four digits where it is small; no zeros at the end.
pub(super) fn shown(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let decimals = if value == 0.0 || value.abs() >= 1.0 { 4 } else { 3 - value.abs().log10().floor() as i32 };
    let text = format!("{value:.*}", decimals.clamp(0, 12) as usize);
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn numbers_are_short() {
        let cases = [
            (27.400_000_000_000_002, "27.4"),
            (112.755_177, "112.7552"),
            (0.000_302_34, "0.0003023"),
            (0.0302, "0.0302"),
            (100.0, "100"),
            (-0.0, "0"),
            (f64::NAN, ""),
        ];
        for (value, expected) in cases {
            assert_eq!(shown(value), expected);
        }
    }
}
