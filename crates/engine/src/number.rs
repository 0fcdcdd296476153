//! Figures as they are written in files: which texts are numbers, and how precise they claim to be.

use lantu_blueprint::Text;

/// A finite number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Number {
    Int(i64),
    Float(f64),
}

impl Number {
    pub(crate) fn value(self) -> f64 {
        match self {
            Number::Int(value) => value as f64,
            Number::Float(value) => value,
        }
    }
}

/// Why a text is not a number we accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotANumber {
    /// NaN, infinity or a worksheet error such as `#DIV/0!`.
    NotFinite,
    /// `3,14`
    DecimalComma,
    /// `1,234` or `1,234.5`: could be read both ways by someone, so it is never guessed.
    Thousands,
    /// Anything else.
    Text,
}

/// Reads a figure: sign, digits, one decimal point, an exponent. Nothing locale-dependent, nothing guessed.
pub(crate) fn number(text: &str) -> Result<Number, NotANumber> {
    let text = text.trim();
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') && text.bytes().all(is_number_byte) {
        if digits.bytes().all(|b| b.is_ascii_digit())
            && let Ok(int) = text.parse::<i64>()
        {
            return Ok(Number::Int(int));
        }
        return match text.parse::<f64>() {
            Ok(float) if float.is_finite() => Ok(Number::Float(float)),
            Ok(_) => Err(NotANumber::NotFinite),
            Err(_) => Err(NotANumber::Text),
        };
    }
    Err(why_not(text, digits))
}

fn is_number_byte(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-')
}

fn why_not(text: &str, digits: &str) -> NotANumber {
    let word = digits.to_ascii_lowercase();
    if matches!(word.as_str(), "nan" | "inf" | "infinity" | "∞")
        || (text.starts_with('#') && text.len() > 2 && word.contains(['!', '/', '?']))
    {
        return NotANumber::NotFinite;
    }
    let Some((head, tail)) = digits.rsplit_once(',') else { return NotANumber::Text };
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let groups = |head: &str, tail: &str| {
        head.split(',')
            .enumerate()
            .all(|(at, part)| all_digits(part) && (part.len() == 3 || (at == 0 && part.len() < 3)))
            && {
                let (whole, fraction) = tail.split_once('.').unwrap_or((tail, "0"));
                whole.len() == 3 && all_digits(whole) && all_digits(fraction)
            }
    };
    if groups(head, tail) {
        NotANumber::Thousands
    } else if all_digits(tail) && head.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        NotANumber::DecimalComma
    } else {
        NotANumber::Text
    }
}

impl NotANumber {
    /// Key that groups diagnostics of one kind.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            NotANumber::NotFinite => "not-finite",
            NotANumber::DecimalComma => "decimal-comma",
            NotANumber::Thousands => "thousands",
            NotANumber::Text => "not-a-number",
        }
    }

    /// Message and hint for the cell `text` of `column`.
    pub(crate) fn explain(self, text: &str, column: &str) -> (Text, Text) {
        let text: String = text.chars().take(60).collect();
        match self {
            NotANumber::NotFinite => (
                Text::new(
                    format!("列「{column}」的值「{text}」不是有限的数"),
                    format!("`{text}` in column `{column}` is not a finite number"),
                ),
                Text::new("没有数值就留空", "leave the cell empty when there is no figure"),
            ),
            NotANumber::DecimalComma => (
                Text::new(
                    format!("列「{column}」的值「{text}」用逗号作小数点"),
                    format!("`{text}` in column `{column}` uses a decimal comma"),
                ),
                Text::new("小数点请用「.」，例如 3.14", "write a decimal point, as in 3.14"),
            ),
            NotANumber::Thousands => (
                Text::new(
                    format!("列「{column}」的值「{text}」含有逗号，不知是千位分隔还是小数点"),
                    format!("`{text}` in column `{column}` has a comma: a thousands separator or a decimal comma?"),
                ),
                Text::new("请去掉千位分隔，小数点用「.」", "remove thousands separators and write a decimal point"),
            ),
            NotANumber::Text => (
                Text::new(
                    format!("列「{column}」的值「{text}」不是数"),
                    format!("`{text}` in column `{column}` is not a number"),
                ),
                Text::new("这里只写数字；说明请写在别的列", "write digits only here and remarks in another column"),
            ),
        }
    }
}

/// Half of the last digit that is not zero, of a figure as written: `1.30` → 0.05, `10000` → 5000.
/// The place is read from the text, because 1.3 and 1.30 are the same number.
pub(crate) fn half_of_last_digit(text: &str) -> f64 {
    let text = text.trim();
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().unwrap_or(0)),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let last = |digits: &str| digits.bytes().rposition(|b| b.is_ascii_digit() && b != b'0');
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX / 2);
    let place = match (last(fraction), last(whole)) {
        (Some(at), _) => -count(at) - 1,
        (None, Some(at)) => count(whole.len() - 1 - at),
        // A figure of zero is precise to the last place written.
        (None, None) => -count(fraction.len()),
    };
    // Through text, so that the result is the double nearest to the decimal fraction.
    format!("5e{}", place.saturating_add(exponent).saturating_sub(1)).parse().unwrap_or(0.0)
}

/// True for codes such as `0574` or `007`, which are text even though they are all digits.
pub(crate) fn has_leading_zero(text: &str) -> bool {
    let digits = text.trim().trim_start_matches(['+', '-']);
    digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
}
