//! From text to a formula, by binding powers.

use super::{Binary, Expression, Function, Unary};

/// Brackets within brackets beyond this are a mistake, not a formula.
const DEEPEST: usize = 64;
/// Operators and calls beyond this too: what is computed from a formula goes down it as deep as it is long.
const LONGEST: usize = 1000;
/// Binding power of comparisons.
const COMPARISON: u8 = 7;
/// Binding power of a minus or a `not` before a side.
const MINUS: u8 = 11;
const NOT: u8 = 5;

/// Why a text is no formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Byte at which it goes wrong.
    pub at: usize,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// Reads a formula.
///
/// # Errors
/// The first mistake, with its place.
pub fn parse(text: &str) -> Result<Expression, Mistake> {
    let mut parser = Parser { text, at: 0, depth: 0, length: 0 };
    let found = parser.side(0)?;
    match parser.peek()? {
        Token::End => Ok(found),
        other => {
            Err(parser.mistake(format!("这里多出{}", other.shown()), format!("{} is one too many", other.shown())))
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token<'a> {
    Number(f64),
    Name(&'a str),
    Column(&'a str),
    Word(&'a str),
    Sign(&'static str),
    End,
}

impl Token<'_> {
    fn shown(&self) -> String {
        match self {
            Self::Number(number) => format!("`{number}`"),
            Self::Name(name) | Self::Column(name) => format!("`{name}`"),
            Self::Word(word) => format!("`'{word}'`"),
            Self::Sign(sign) => format!("`{sign}`"),
            Self::End => "…".to_owned(),
        }
    }

    /// The same in Chinese and English.
    fn told(&self) -> (String, String) {
        match self {
            Self::End => ("公式就结束了".to_owned(), "the end of the formula".to_owned()),
            other => (format!("是 {}", other.shown()), other.shown()),
        }
    }
}

/// Signs, the longer ones first, as they are written and as they are meant: Chinese keyboards have signs of their own.
const SIGNS: &[(&str, &str)] = &[
    ("<=", "<="),
    (">=", ">="),
    ("==", "=="),
    ("!=", "!="),
    ("<", "<"),
    (">", ">"),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    ("/", "/"),
    ("×", "*"),
    ("÷", "/"),
    ("^", "^"),
    ("(", "("),
    (")", ")"),
    (",", ","),
    ("（", "("),
    ("）", ")"),
    ("，", ","),
];

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    length: usize,
}

impl<'a> Parser<'a> {
    fn mistake(&self, zh: impl Into<String>, en: impl Into<String>) -> Mistake {
        Mistake { at: self.at.min(self.text.len()), zh: zh.into(), en: en.into() }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next token and where it ends.
    fn look(&self) -> Result<(Token<'a>, usize), Mistake> {
        let rest = self.rest();
        let trimmed = rest.trim_start();
        let begin = self.at + rest.len() - trimmed.len();
        let Some(first) = trimmed.chars().next() else { return Ok((Token::End, self.text.len())) };
        if let Some((written, meant)) = SIGNS.iter().find(|(written, _)| trimmed.starts_with(written)) {
            return Ok((Token::Sign(meant), begin + written.len()));
        }
        if first == '`' {
            let inner = trimmed.get(1..).unwrap_or_default();
            let Some((name, _)) = inner.split_once('`') else {
                return Err(self.mistake("反引号没有成对", "a backtick without its other end"));
            };
            return Ok((Token::Column(name), begin + name.len() + 2));
        }
        if first == '=' {
            return Err(self.mistake("比较用两个等号 ==", "a comparison has two signs: =="));
        }
        if first == '\'' || first == '"' {
            let inner = trimmed.get(1..).unwrap_or_default();
            let Some((word, _)) = inner.split_once(first) else {
                return Err(self.mistake("引号没有成对", "a quote without its other end"));
            };
            return Ok((Token::Word(word), begin + word.len() + 2));
        }
        let end = |keep: fn(char) -> bool| trimmed.find(|letter| !keep(letter)).unwrap_or(trimmed.len());
        if first.is_ascii_digit() || first == '.' {
            let mut length = end(|letter| letter.is_ascii_alphanumeric() || letter == '.' || letter == '_');
            let mut digits = trimmed.get(..length).unwrap_or_default();
            // The sign of an exponent ends the run of letters: `1e-3`.
            if digits.ends_with(['e', 'E']) && trimmed.get(length..).is_some_and(|tail| tail.starts_with(['-', '+'])) {
                let tail = trimmed.get(length + 1..).unwrap_or_default();
                length += 1 + tail.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(tail.len());
                digits = trimmed.get(..length).unwrap_or_default();
            }
            return match digits.replace('_', "").parse::<f64>() {
                Ok(number) if number.is_finite() => Ok((Token::Number(number), begin + length)),
                _ => Err(self.mistake(format!("`{digits}` 不是数字"), format!("`{digits}` is no number"))),
            };
        }
        let length = end(|letter| letter.is_alphanumeric() || letter == '_');
        if length == 0 {
            return Err(self.mistake(
                format!("这里不能有「{first}」；列名里有符号的，用反引号括起来：`税收(万元)`"),
                format!(
                    "`{first}` cannot stand here; names of columns with signs stand in backticks: `tax (10,000 yuan)`"
                ),
            ));
        }
        Ok((Token::Name(trimmed.get(..length).unwrap_or_default()), begin + length))
    }

    fn peek(&self) -> Result<Token<'a>, Mistake> {
        Ok(self.look()?.0)
    }

    fn next(&mut self) -> Result<Token<'a>, Mistake> {
        let (token, end) = self.look()?;
        self.at = end;
        Ok(token)
    }

    fn expect(&mut self, sign: &'static str) -> Result<(), Mistake> {
        let found = self.peek()?;
        if found == Token::Sign(sign) {
            self.next()?;
            return Ok(());
        }
        let (zh, en) = found.told();
        Err(self.mistake(format!("应为 `{sign}`，这里{zh}"), format!("expected `{sign}`, found {en}")))
    }

    /// One side, as far as operators bind at least as strongly as `least`.
    fn side(&mut self, least: u8) -> Result<Expression, Mistake> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.mistake("公式嵌套太深", "the formula is nested too deeply"));
        }
        let mut left = self.first()?;
        let mut compared = false;
        while let Some((operator, power)) = binary(&self.peek()?) {
            if power < least {
                break;
            }
            // Bound by the strength that all comparisons have.
            if power == COMPARISON {
                if compared {
                    return Err(self.mistake(
                        "比较不能连写：a < b < c 要写成 a < b and b < c",
                        "comparisons do not chain: write a < b and b < c for a < b < c",
                    ));
                }
                compared = true;
            }
            self.next()?;
            // To the right: 2 ^ 3 ^ 2 is 2 ^ 9.
            let right = self.side(if operator == Binary::Power { power } else { power + 1 })?;
            left = self.join(operator, left, right)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    /// Counts one more operator or call.
    fn longer(&mut self) -> Result<(), Mistake> {
        self.length += 1;
        if self.length > LONGEST {
            return Err(self.mistake("公式太长", "the formula is too long"));
        }
        Ok(())
    }

    fn join(&mut self, operator: Binary, left: Expression, right: Expression) -> Result<Expression, Mistake> {
        self.longer()?;
        let word = |side: &Expression| matches!(side, Expression::Word { column, .. } if column.is_empty());
        if !word(&left) && !word(&right) {
            return Ok(Expression::Binary(operator, Box::new(left), Box::new(right)));
        }
        match (operator, left, right) {
            (Binary::Equal | Binary::NotEqual, Expression::Column(column), Expression::Word { word, .. })
            | (Binary::Equal | Binary::NotEqual, Expression::Word { word, .. }, Expression::Column(column)) => {
                Ok(Expression::Word { column, word, other: operator == Binary::NotEqual })
            }
            _ => Err(self.mistake(
                "文字只能与一列比较：列 == '文字'",
                "a word can only be compared with a column: column == 'word'",
            )),
        }
    }

    fn first(&mut self) -> Result<Expression, Mistake> {
        let before = self.at;
        match self.next()? {
            Token::Number(number) => Ok(Expression::Number(number)),
            Token::Word(word) => {
                let compared = matches!(self.peek()?, Token::Sign("==" | "!="))
                    || self
                        .text
                        .get(..before)
                        .is_some_and(|text| text.trim_end().ends_with("==") || text.trim_end().ends_with("!="));
                if !compared {
                    return Err(self.mistake(
                        "文字只能与一列比较：列 == '文字'",
                        "a word can only be compared with a column: column == 'word'",
                    ));
                }
                Ok(Expression::Word { column: String::new(), word: word.to_owned(), other: false })
            }
            Token::Column(name) => Ok(Expression::Column(name.to_owned())),
            Token::Sign("(") => {
                let inner = self.side(0)?;
                self.expect(")")?;
                Ok(inner)
            }
            Token::Sign("-") => Ok(Expression::Unary(Unary::Minus, Box::new(self.side(MINUS)?))),
            Token::Name("not") => Ok(Expression::Unary(Unary::Not, Box::new(self.side(NOT)?))),
            Token::Name(name) => {
                if self.peek()? == Token::Sign("(") {
                    return self.call(name);
                }
                if binary(&Token::Name(name)).is_some() {
                    self.at = before;
                    return Err(self.mistake(format!("`{name}` 前面缺一边"), format!("nothing stands before `{name}`")));
                }
                Ok(Expression::Column(name.to_owned()))
            }
            other => {
                self.at = before;
                let (zh, en) = other.told();
                Err(self.mistake(
                    format!("应为数字、列或括号，这里{zh}"),
                    format!("expected a number, a column or a bracket, found {en}"),
                ))
            }
        }
    }

    fn call(&mut self, name: &str) -> Result<Expression, Mistake> {
        self.longer()?;
        let known = Function::ALL.iter().find(|(word, ..)| *word == name);
        let Some((_, function, least, most)) = known else {
            let all: Vec<&str> = Function::ALL.iter().map(|(word, ..)| *word).collect();
            let all = all.join(", ");
            return Err(self.mistake(
                format!("没有函数 `{name}`；有 {all}"),
                format!("there is no function `{name}`; there are {all}"),
            ));
        };
        self.expect("(")?;
        let mut arguments = vec![self.side(0)?];
        while self.peek()? == Token::Sign(",") {
            self.next()?;
            arguments.push(self.side(0)?);
        }
        self.expect(")")?;
        if arguments.len() < *least || arguments.len() > *most {
            return Err(self.mistake(
                format!("`{name}` 要 {least} 个参数，这里有 {} 个", arguments.len()),
                format!("`{name}` takes {least} arguments, not {}", arguments.len()),
            ));
        }
        Ok(Expression::Call(*function, arguments))
    }
}

/// Operators between two sides, with how strongly they bind.
fn binary(token: &Token<'_>) -> Option<(Binary, u8)> {
    Some(match token {
        Token::Name("or") => (Binary::Or, 1),
        Token::Name("and") => (Binary::And, 3),
        Token::Sign("==") => (Binary::Equal, COMPARISON),
        Token::Sign("!=") => (Binary::NotEqual, COMPARISON),
        Token::Sign("<") => (Binary::Less, COMPARISON),
        Token::Sign("<=") => (Binary::LessOrEqual, COMPARISON),
        Token::Sign(">") => (Binary::Greater, COMPARISON),
        Token::Sign(">=") => (Binary::GreaterOrEqual, COMPARISON),
        Token::Sign("+") => (Binary::Add, 9),
        Token::Sign("-") => (Binary::Subtract, 9),
        Token::Sign("*") => (Binary::Multiply, 10),
        Token::Sign("/") => (Binary::Divide, 10),
        Token::Sign("^") => (Binary::Power, 13),
        _ => return None,
    })
}
