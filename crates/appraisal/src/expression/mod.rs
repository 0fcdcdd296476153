//! Formulas over columns: `tax_wan / land_mu`, `accidents > 0 or kind == 'utility'`.
//!
//! Numbers, columns (in backticks where their names have signs), `+ - * / ^`, comparisons, `and or not`, and the functions of [`Function::ALL`]. A comparison is 1 or 0.
//! What has no value (a missing cell, a divisor of zero, the logarithm of what is not positive) is NaN, and makes all that is
//! computed from it NaN, but for `or` beside what is true, `and` beside what is false, and `first`.

mod compute;
mod parse;

pub use compute::{Cause, Lookup, cause};
pub(crate) use compute::{holds, rounded, steady};
pub use parse::{Mistake, parse};

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A number that stands in the formula.
    Number(f64),
    /// A column of numbers.
    Column(String),
    /// Whether a column of words has this word.
    Word {
        /// The column.
        column: String,
        /// The word.
        word: String,
        /// Whether it is asked that it has another one.
        other: bool,
    },
    /// Minus, not.
    Unary(Unary, Box<Expression>),
    /// Two sides.
    Binary(Binary, Box<Expression>, Box<Expression>),
    /// A function.
    Call(Function, Vec<Expression>),
}

/// What stands before one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    /// −
    Minus,
    /// not
    Not,
}

/// What stands between two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
}

/// What can be called by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// The least of its arguments.
    Min,
    /// The greatest of its arguments.
    Max,
    /// Without its sign.
    Abs,
    /// Natural logarithm.
    Ln,
    /// Logarithm to base 10.
    Log10,
    /// e to the power of it.
    Exp,
    /// Square root.
    Sqrt,
    /// The first argument that has a value.
    First,
    /// `if(condition, then, otherwise)`.
    If,
    /// `round(value, decimals)`, halves away from zero: what is compared with a limit must not miss it for being computed.
    Round,
}

impl Function {
    /// Every function, by the word that calls it, with the least and the greatest number of arguments.
    pub const ALL: &'static [(&'static str, Function, usize, usize)] = &[
        ("min", Self::Min, 1, usize::MAX),
        ("max", Self::Max, 1, usize::MAX),
        ("abs", Self::Abs, 1, 1),
        ("ln", Self::Ln, 1, 1),
        ("log10", Self::Log10, 1, 1),
        ("exp", Self::Exp, 1, 1),
        ("sqrt", Self::Sqrt, 1, 1),
        ("first", Self::First, 1, usize::MAX),
        ("if", Self::If, 3, 3),
        ("round", Self::Round, 2, 2),
    ];
}

impl Expression {
    /// Calls with every column that is named: its name, and whether words are expected in it.
    pub fn columns<'a>(&'a self, with: &mut impl FnMut(&'a str, bool)) {
        match self {
            Self::Number(_) => {}
            Self::Column(name) => with(name, false),
            Self::Word { column, .. } => with(column, true),
            Self::Unary(_, inner) => inner.columns(with),
            Self::Binary(_, left, right) => {
                left.columns(with);
                right.columns(with);
            }
            Self::Call(_, arguments) => arguments.iter().for_each(|argument| argument.columns(with)),
        }
    }

    /// Both sides of the division that the formula is, if it is one.
    #[must_use]
    pub fn division(&self) -> Option<(&Expression, &Expression)> {
        match self {
            Self::Binary(Binary::Divide, above, below) => Some((above, below)),
            _ => None,
        }
    }
}
