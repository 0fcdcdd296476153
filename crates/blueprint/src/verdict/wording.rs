//! Numbers and periods as people write them, in both languages.

use super::Interval;
use super::unit::Unit;
use crate::{Frequency, Period, Text};

/// A number as published: all of its digits, thousands separated, no trailing zeros.
pub fn number(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "-∞" }.to_owned();
    }
    // Fifteen significant digits are what a double carries safely: a product such as 110.00000000000001 is read
    // as the 110 it means.
    let digits = 14 - value.abs().log10().floor().clamp(-20.0, 14.0) as i32;
    separated(&format!("{value:.*}", usize::try_from(digits).unwrap_or(0)))
}

/// A number computed here, to the digits that mean something.
pub fn rounded(value: f64) -> String {
    let decimals = match value.abs() {
        v if !v.is_finite() => return number(value),
        v if v >= 1000.0 => 0,
        v if v >= 100.0 => 1,
        v if v >= 1.0 => 2,
        _ => 4,
    };
    separated(&format!("{value:.decimals$}"))
}

/// Percentage points with as many digits as it takes to stay on the right side of the borders.
pub(super) fn points(value: f64, borders: [f64; 2]) -> String {
    let side =
        |x: f64| borders.map(|b| if (x - b).abs() <= 1e-9 * b.abs().max(1.0) { 0 } else { x.total_cmp(&b) as i8 });
    for decimals in 1..=8 {
        let text = format!("{value:.decimals$}");
        if text.parse().is_ok_and(|read: f64| side(read) == side(value)) {
            return separated(&text);
        }
    }
    number(value)
}

/// Thousands separators in, trailing zeros and a minus before nothing out.
fn separated(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let mut out = String::with_capacity(text.len() + 8);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    if out == "0" { out } else { format!("{sign}{out}") }
}

/// A figure with what it can stand for: `10,000`, `≥ 10,000`, `≈ 2,800 (2,750–2,850)`.
pub(super) fn figure(printed: f64, value: Interval, unit: &Unit) -> Text {
    match (value.low.is_finite(), value.high.is_finite()) {
        (true, false) => unit.with("≥ ", value.low, number),
        (false, true) => unit.with("≤ ", value.high, number),
        (false, false) => Text::new("数值不详", "a value that is not known"),
        (true, true) if value.is_exact() => unit.with("", value.low, number),
        (true, true) => {
            let shown = unit.with("≈ ", printed, number);
            let (low, high) = (unit.bare(value.low, number), unit.bare(value.high, number));
            Text::new(
                format!("{}（{}～{}）", shown.zh, low.zh, high.zh),
                format!("{} ({} to {})", shown.en, low.en, high.en),
            )
        }
    }
}

/// The name of a period: 2025年上半年, first half of 2025.
pub fn period_text(period: Period) -> Text {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (start, year) = (period.start(), period.start().year());
    let month = start.month();
    let name = usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default();
    match period.length() {
        Frequency::Half if month < 7 => Text::new(format!("{year}年上半年"), format!("the first half of {year}")),
        Frequency::Half => Text::new(format!("{year}年下半年"), format!("the second half of {year}")),
        Frequency::Quarter => {
            let quarter = (month + 2) / 3;
            Text::new(format!("{year}年第{quarter}季度"), format!("quarter {quarter} of {year}"))
        }
        Frequency::Month => Text::new(format!("{year}年{month}月"), format!("{name} {year}")),
        Frequency::Day => {
            Text::new(format!("{year}年{month}月{}日", start.day()), format!("{} {name} {year}", start.day()))
        }
        _ => Text::new(format!("{year}年"), year.to_string()),
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_and_lose_their_noise() {
        for (value, want) in [
            (0.0, "0"),
            (-0.0, "0"),
            (10_000.0, "10,000"),
            (18_715.9, "18,715.9"),
            (3.08, "3.08"),
            (-1_234_567.5, "-1,234,567.5"),
            (110.000_000_000_000_01, "110"),
            (0.1 + 0.2, "0.3"),
            (999.0, "999"),
            (1e15, "1,000,000,000,000,000"),
            (f64::INFINITY, "∞"),
        ] {
            assert_eq!(number(value), want);
        }
        assert_eq!(rounded(7_701.333), "7,701");
        assert_eq!(rounded(-0.000_01), "0");
    }

    #[test]
    fn points_never_round_across_a_border() {
        assert_eq!(points(9.999_999_999_999_998, [10.0, 30.0]), "10");
        assert_eq!(points(9.996, [10.0, 30.0]), "9.996");
        assert_eq!(points(30.04, [10.0, 30.0]), "30.04");
        assert_eq!(points(12.345, [10.0, 30.0]), "12.3");
    }

    #[test]
    fn periods_have_names() {
        let name = |text: &str| period_text(text.parse().expect("a period"));
        assert_eq!(name("2025"), Text::new("2025年", "2025"));
        assert_eq!(name("2025-H2"), Text::new("2025年下半年", "the second half of 2025"));
        assert_eq!(name("2025-Q3"), Text::new("2025年第3季度", "quarter 3 of 2025"));
        assert_eq!(name("2025-06-30"), Text::new("2025年6月30日", "30 June 2025"));
    }
}
