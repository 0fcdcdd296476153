//! What a formula comes to: for one row, or for all of them.

use rayon::prelude::*;

use super::{Binary, Expression, Function, Unary};

/// Rows that are computed together: three columns of them fit into the nearest cache.
const BLOCK: usize = 1 << 11;

/// Where the columns of a formula are found.
pub trait Lookup: Sync {
    /// A column of numbers, by its name.
    fn numbers(&self, name: &str) -> Option<&[f64]>;

    /// The word of a row in a column of words.
    fn word(&self, name: &str, row: usize) -> Option<&str>;

    /// The number of a row; NaN where there is none.
    fn number(&self, name: &str, row: usize) -> f64 {
        self.numbers(name).and_then(|numbers| numbers.get(row)).copied().unwrap_or(f64::NAN)
    }
}

impl Lookup for crate::units::Units {
    fn numbers(&self, name: &str) -> Option<&[f64]> {
        self.columns.get(name)?.numbers()
    }

    fn word(&self, name: &str, row: usize) -> Option<&str> {
        self.columns.get(name)?.word(row)
    }
}

/// Why a formula has no value for a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The table has nothing there.
    Missing(String),
    /// A divisor is zero.
    ZeroDivisor,
    /// The logarithm or the root of what has none.
    OutOfDomain,
}

impl Expression {
    /// The value for one row.
    pub fn at(&self, columns: &impl Lookup, row: usize) -> f64 {
        match self {
            Self::Number(number) => *number,
            Self::Column(name) => columns.number(name, row),
            Self::Word { column, word, other } => match columns.word(column, row) {
                Some(found) if !found.is_empty() => truth((found == word) != *other),
                _ => f64::NAN,
            },
            Self::Unary(operator, inner) => unary(*operator, inner.at(columns, row)),
            Self::Binary(operator, left, right) => binary(*operator, left.at(columns, row), right.at(columns, row)),
            Self::Call(function, arguments) => {
                call(*function, arguments.iter().map(|argument| argument.at(columns, row)))
            }
        }
    }

    /// The values of `rows` rows.
    pub fn all(&self, columns: &impl Lookup, rows: usize) -> Vec<f64> {
        let mut values = vec![0.0; rows];
        values.par_chunks_mut(BLOCK).enumerate().for_each(|(block, values)| self.block(columns, block * BLOCK, values));
        values
    }

    /// The values of as many rows from `from` on as there is room for. Whole blocks at a time, so that what to do is asked once
    /// for a block and not for every row.
    fn block(&self, columns: &impl Lookup, from: usize, into: &mut [f64]) {
        match self {
            Self::Number(number) => into.fill(*number),
            Self::Column(name) => {
                match columns.numbers(name).and_then(|numbers| numbers.get(from..from + into.len())) {
                    Some(numbers) => into.copy_from_slice(numbers),
                    None => into.fill(f64::NAN),
                }
            }
            Self::Unary(operator, inner) => {
                inner.block(columns, from, into);
                into.iter_mut().for_each(|value| *value = unary(*operator, *value));
            }
            Self::Binary(operator, left, right) => {
                left.block(columns, from, into);
                match right.as_ref() {
                    // The commonest right side is not copied first.
                    Self::Column(name)
                        if let Some(right) =
                            columns.numbers(name).and_then(|numbers| numbers.get(from..from + into.len())) =>
                    {
                        both(*operator, into, right);
                    }
                    right => {
                        let mut room = vec![0.0; into.len()];
                        right.block(columns, from, &mut room);
                        both(*operator, into, &room);
                    }
                }
            }
            Self::Word { .. } | Self::Call(..) => {
                into.iter_mut().enumerate().for_each(|(row, value)| *value = self.at(columns, from + row));
            }
        }
    }
}

/// One operator for a block of rows.
fn both(operator: Binary, left: &mut [f64], right: &[f64]) {
    match operator {
        Binary::Divide => left.iter_mut().zip(right).for_each(|(left, right)| *left = quotient(*left, *right)),
        Binary::Multiply => left.iter_mut().zip(right).for_each(|(left, right)| *left = finite(*left * *right)),
        Binary::Add => left.iter_mut().zip(right).for_each(|(left, right)| *left = finite(*left + *right)),
        Binary::Subtract => left.iter_mut().zip(right).for_each(|(left, right)| *left = finite(*left - *right)),
        other => left.iter_mut().zip(right).for_each(|(left, right)| *left = binary(other, *left, *right)),
    }
}

/// Nothing per nothing is no value, and neither is something per nothing.
fn quotient(above: f64, below: f64) -> f64 {
    finite(above / below)
}

/// Why `expression` has no value for a row; none where it has one.
pub fn cause(expression: &Expression, columns: &impl Lookup, row: usize) -> Option<Cause> {
    if !expression.at(columns, row).is_nan() {
        return None;
    }
    let inner: Vec<&Expression> = match expression {
        Expression::Number(_) => Vec::new(),
        Expression::Column(name) | Expression::Word { column: name, .. } => return Some(Cause::Missing(name.clone())),
        Expression::Unary(_, inner) => vec![inner],
        Expression::Binary(_, left, right) => vec![left, right],
        Expression::Call(_, arguments) => arguments.iter().collect(),
    };
    let deeper = inner.into_iter().find_map(|inner| cause(inner, columns, row));
    let own = match expression {
        Expression::Binary(Binary::Divide, ..) => Cause::ZeroDivisor,
        _ => Cause::OutOfDomain,
    };
    Some(deeper.unwrap_or(own))
}

fn truth(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

fn unary(operator: Unary, inner: f64) -> f64 {
    match operator {
        Unary::Minus => -inner,
        Unary::Not if inner.is_nan() => inner,
        Unary::Not => truth(inner == 0.0),
    }
}

fn binary(operator: Binary, left: f64, right: f64) -> f64 {
    let known = |holds: bool| if left.is_nan() || right.is_nan() { f64::NAN } else { truth(holds) };
    // What computing leaves over does not decide: 0.1 + 0.2 is 0.3 here too.
    let compared = |holds: fn(&f64, &f64) -> bool| known(holds(&steady(left), &steady(right)));
    match operator {
        Binary::Add => finite(left + right),
        Binary::Subtract => finite(left - right),
        Binary::Multiply => finite(left * right),
        Binary::Divide => quotient(left, right),
        Binary::Power => finite(libm::pow(left, right)),
        Binary::Less => compared(f64::lt),
        Binary::LessOrEqual => compared(f64::le),
        Binary::Greater => compared(f64::gt),
        Binary::GreaterOrEqual => compared(f64::ge),
        Binary::Equal => compared(f64::eq),
        Binary::NotEqual => compared(f64::ne),
        // What is false stays false, whatever the other side is; what is true stays true.
        Binary::And if left == 0.0 || right == 0.0 => 0.0,
        Binary::Or if holds(left) || holds(right) => 1.0,
        Binary::And => known(true),
        Binary::Or => known(false),
    }
}

/// Whether a value counts as yes.
pub(crate) fn holds(value: f64) -> bool {
    !value.is_nan() && value != 0.0
}

/// Rounded to decimals, halves away from zero, as printed tables do. At most 15 decimals: a power of ten up to there is exact.
pub(crate) fn rounded(value: f64, decimals: u8) -> f64 {
    let power = (0..decimals.min(15)).fold(1.0, |power, _| power * 10.0);
    (value * power).round() / power + 0.0
}

/// A number less what computing leaves over: to 40 binary digits, about 12 decimal ones. 0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1
/// are the same then, and a total of 47.99999999999999 reaches 48. For comparisons only: it is not shown.
pub(crate) fn steady(value: f64) -> f64 {
    const DROPPED: u64 = 1 << 12;
    if !value.is_finite() {
        return value;
    }
    let rounded = f64::from_bits((value.to_bits() + DROPPED / 2) & !(DROPPED - 1));
    // −0 is 0, and what rounding carries beyond all numbers stays.
    if rounded.is_finite() { rounded + 0.0 } else { value }
}

/// Numbers too large to be held are none.
fn finite(value: f64) -> f64 {
    if value.is_infinite() { f64::NAN } else { value }
}

fn call(function: Function, mut arguments: impl Iterator<Item = f64>) -> f64 {
    let mut next = || arguments.next().unwrap_or(f64::NAN);
    match function {
        Function::Abs => next().abs(),
        Function::Ln => finite(libm::log(next())),
        Function::Log10 => finite(libm::log10(next())),
        Function::Exp => finite(libm::exp(next())),
        Function::Sqrt => next().sqrt(),
        Function::If => {
            let (condition, then, otherwise) = (next(), next(), next());
            if condition.is_nan() {
                return f64::NAN;
            }
            if condition == 0.0 { otherwise } else { then }
        }
        Function::Round => {
            let (value, decimals) = (next(), next());
            if !(0.0..=15.0).contains(&decimals) || decimals.fract() != 0.0 {
                return f64::NAN;
            }
            finite(rounded(value, decimals as u8))
        }
        Function::First => arguments.find(|value| !value.is_nan()).unwrap_or(f64::NAN),
        // The standard ones pass over NaN; here what is missing is not the least of anything.
        Function::Min => {
            arguments.fold(
                f64::INFINITY,
                |least, value| if value.is_nan() || least.is_nan() { f64::NAN } else { least.min(value) },
            )
        }
        Function::Max => {
            arguments.fold(
                f64::NEG_INFINITY,
                |most, value| if value.is_nan() || most.is_nan() { f64::NAN } else { most.max(value) },
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::{Cause, cause};
    use crate::units::Units;

    fn town() -> Units {
        Units::new(vec!["a".into(), "b".into()])
            .with_numbers("tax", vec![30.0, 5.0])
            .with_numbers("land", vec![2.0, 0.0])
            .with_words("kind", ["utility", ""])
    }

    #[test]
    fn formulas_of_the_usual_arithmetic() {
        for (text, expected) in [
            ("1 + 2 * 3", 7.0),
            ("2 ^ 3 ^ 2", 512.0),
            ("-2 ^ 2", -4.0),
            ("(1 + 2) * 3 - 4 / 2", 7.0),
            ("tax / land", 15.0),
            ("1e-3 * 1_000", 1.0),
            ("max(1, tax, 2)", 30.0),
            ("first(ln(0), 4)", 4.0),
            ("if(tax > 20 and not kind == 'other', 1, 2)", 1.0),
            ("kind == 'utility' or land / 0 > 1", 1.0),
            ("kind != 'utility'", 0.0),
            ("`tax` ÷ （`land` + 0）", 15.0),
            ("tax ≥ 30", 1.0),
            // 9.999999999999998 before rounding.
            ("round(16.4 - 6.4, 6)", 10.0),
            ("round(-2.5, 0)", -3.0),
            ("first(round(1.25, 0.5), round(1.25, 16), 7)", 7.0),
        ] {
            assert_eq!(parse(text).unwrap().at(&town(), 0), expected, "{text}");
        }
    }

    #[test]
    fn what_has_no_value_says_why() {
        let town = town();
        for (text, expected) in [
            ("tax / land", Cause::ZeroDivisor),
            ("1 + energy", Cause::Missing("energy".into())),
            ("ln(tax - 5)", Cause::OutOfDomain),
            ("kind == 'utility'", Cause::Missing("kind".into())),
        ] {
            let formula = parse(text).unwrap();
            assert_eq!(cause(&formula, &town, 1), Some(expected), "{text}");
            let (all, one) = (formula.all(&town, 2), formula.at(&town, 0));
            assert!(all[1].is_nan());
            assert!(all[0] == one || one.is_nan(), "{text}");
        }
    }

    #[test]
    fn mistakes_are_placed() {
        for (text, at) in [
            ("", 0),
            ("1 +", 3),
            ("a b", 1),
            ("(a", 2),
            ("a + 'x'", 7),
            ("nope(a)", 4),
            ("1.2.3", 0),
            ("a # b", 1),
            ("'x", 0),
            ("and a", 0),
        ] {
            let mistake = parse(text).unwrap_err();
            assert_eq!(mistake.at, at, "{text}: {}", mistake.en);
        }
        let long = |terms: usize| parse(&vec!["a"; terms].join("+"));
        assert!(long(1000).is_ok() && long(1_000_000).is_err());
        assert!(parse("tax = 3").unwrap_err().en.contains("=="));
        assert!(parse("税收(万元) / land").is_err());
        assert!(parse("`税收(万元)` / `and`").is_ok());
        assert!(parse(&"(".repeat(10_000)).is_err());
        assert!(parse(&"-".repeat(10_000)).is_err());
    }
}
