//! The equation as written: a tree of operations over names, numbers and calls.

use super::{Name, Table};

/// Where something stands in its file, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// One equation or a part of it.
#[derive(Clone, Debug)]
pub enum Expression {
    /// A number.
    Number(f64),
    /// Text in quotes: the name of a file, a sheet, a cell.
    Text(String),
    /// A graphical function written where it is used.
    Table(Box<Table>),
    /// A variable, a dimension or one of its elements.
    Reference(Reference),
    /// A built-in function, a macro, or a graphical function by name.
    Call(Call),
    /// `-x`, `NOT x`.
    Unary(Unary, Box<Self>),
    /// Operations of one rank from left to right; a list and not a tree, so that a sum of ten thousand terms stays flat.
    Chain(Box<Self>, Vec<(Binary, Self)>),
    /// `IF a THEN b ELSE c`.
    If(Box<[Self; 3]>),
}

/// A name with what stands in its brackets.
#[derive(Clone, Debug)]
pub struct Reference {
    /// What is referred to.
    pub name: Name,
    /// What stands in the brackets, if there are any.
    pub subscripts: Vec<Subscript>,
    /// Where it stands.
    pub span: Span,
}

/// One place in the brackets of a reference.
#[derive(Clone, Debug)]
pub enum Subscript {
    /// `[region]`, `[north]`: a dimension or an element.
    Name(Name),
    /// `[region!]`: every element of a dimension in turn, for the function around it.
    Every(Name),
    /// `[*]`: every element of whatever dimension the variable has here.
    Wildcard,
    /// `[a:b]`: the elements from one to another.
    Range(Box<Expression>, Box<Expression>),
    /// `[@2]`: the element of the second dimension of the variable that is being defined.
    Position(usize),
    /// Anything that gives the number of an element.
    Index(Box<Expression>),
}

/// A function and its arguments.
#[derive(Clone, Debug)]
pub struct Call {
    /// The function as named.
    pub name: Name,
    /// The brackets of a graphical function that has dimensions.
    pub subscripts: Vec<Subscript>,
    /// What stands between the parentheses.
    pub arguments: Vec<Expression>,
    /// Where it stands.
    pub span: Span,
}

/// Operations on one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unary {
    Negative,
    Not,
}

/// Operations on two values. A comparison gives 1 or 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    /// XMILE's `//`: 0 where the divisor is 0.
    SafeDivide,
    Modulo,
    Power,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    NotEqual,
    And,
    Or,
}

impl Expression {
    /// A reference to a variable without brackets.
    #[must_use]
    pub fn name(name: Name) -> Self {
        Self::Reference(Reference { name, subscripts: Vec::new(), span: Span::default() })
    }

    /// A call written by a reader of files, not by the author of the model.
    #[must_use]
    pub fn call(name: &str, arguments: Vec<Self>, span: Span) -> Self {
        Self::Call(Call { name: Name::new(name), subscripts: Vec::new(), arguments, span })
    }

    /// The number, if the expression is nothing else: `5`, `-5`.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(value) => Some(*value),
            Self::Unary(Unary::Negative, inner) => inner.as_number().map(|value| -value),
            _ => None,
        }
    }

    /// Calls `visit` with this expression and everything below it, outside first.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        visit(self);
        let mut inside = |subscripts: &'a [Subscript]| {
            for subscript in subscripts {
                match subscript {
                    Subscript::Index(index) => index.walk(visit),
                    Subscript::Range(from, to) => {
                        from.walk(visit);
                        to.walk(visit);
                    }
                    _ => {}
                }
            }
        };
        match self {
            Self::Number(_) | Self::Text(_) | Self::Table(_) => {}
            Self::Reference(reference) => inside(&reference.subscripts),
            Self::Call(call) => {
                inside(&call.subscripts);
                call.arguments.iter().for_each(|argument| argument.walk(visit));
            }
            Self::Unary(_, inner) => inner.walk(visit),
            Self::Chain(first, rest) => {
                first.walk(visit);
                rest.iter().for_each(|(_, next)| next.walk(visit));
            }
            Self::If(parts) => parts.iter().for_each(|part| part.walk(visit)),
        }
    }
}
