//! The text of a unit to its factors: `$/(year*person)`, `1/Month`, `m^2`, `people per year`.

use super::unit::Unit;

/// Parentheses within parentheses beyond this are no unit.
const DEEPEST: usize = 20;
/// The greatest power of a unit.
const GREATEST: f64 = 12.0;

/// What keeps a text from being a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// An operator without a factor on one side, or parentheses that do not close.
    Form,
    /// A number other than 1 as a factor.
    Number,
}

#[derive(Debug, PartialEq)]
enum Token {
    Word(String),
    Sign(char),
}

/// Reads a text without its range. `name` gives the unit of a name; `dash` says whether `a-b` is a product.
pub(super) fn parse(text: &str, dash: bool, name: &mut dyn FnMut(&str) -> Unit) -> Result<Unit, Unreadable> {
    let tokens = tokens(text, dash);
    let mut parser = Parser { tokens: &tokens, depth: 0, name };
    let unit = parser.product()?;
    if parser.tokens.is_empty() { Ok(unit) } else { Err(Unreadable::Form) }
}

fn tokens(text: &str, dash: bool) -> Vec<Token> {
    let text = text.replace("**", "^").replace('²', "^2").replace('³', "^3");
    let mut found = Vec::new();
    let mut word = String::new();
    for character in text.chars() {
        let sign = match character {
            '*' | '·' | '⋅' | '×' => '*',
            '/' | '÷' => '/',
            '(' | ')' | '^' => character,
            // A dash before a power is its sign, not a product.
            '-' if dash && !word.trim().is_empty() => '*',
            other => {
                word.push(other);
                continue;
            }
        };
        push_words(&mut found, &word);
        word.clear();
        found.push(Token::Sign(sign));
    }
    push_words(&mut found, &word);
    found
}

/// One name, which may have spaces in it; `per` parts two.
fn push_words(found: &mut Vec<Token>, text: &str) {
    let mut name: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        if word.eq_ignore_ascii_case("per") {
            if !name.is_empty() {
                found.push(Token::Word(name.join(" ")));
                name.clear();
            }
            found.push(Token::Sign('/'));
        } else {
            name.push(word);
        }
    }
    if !name.is_empty() {
        found.push(Token::Word(name.join(" ")));
    }
}

struct Parser<'t> {
    tokens: &'t [Token],
    depth: usize,
    name: &'t mut dyn FnMut(&str) -> Unit,
}

impl<'t> Parser<'t> {
    fn take(&mut self, sign: char) -> bool {
        match self.tokens.split_first() {
            Some((Token::Sign(found), rest)) if *found == sign => {
                self.tokens = rest;
                true
            }
            _ => false,
        }
    }

    fn product(&mut self) -> Result<Unit, Unreadable> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Unreadable::Form);
        }
        // `/year` is what `1/year` is.
        let mut unit = if self.take('/') { Unit::none().per(&self.factor()?) } else { self.factor()? };
        loop {
            if self.take('*') {
                unit = unit.times(&self.factor()?);
            } else if self.take('/') {
                unit = unit.per(&self.factor()?);
            } else {
                self.depth -= 1;
                return Ok(unit);
            }
        }
    }

    fn factor(&mut self) -> Result<Unit, Unreadable> {
        let unit = if self.take('(') {
            let inner = self.product()?;
            if !self.take(')') {
                return Err(Unreadable::Form);
            }
            inner
        } else {
            let word = self.word()?;
            match word.parse::<f64>() {
                Ok(1.0) => Unit::none(),
                // `inf` and `nan` parse as numbers and may well be names.
                Ok(value) if value.is_finite() => return Err(Unreadable::Number),
                _ => (self.name)(word),
            }
        };
        if self.take('^') { Ok(unit.to(self.power()?)) } else { Ok(unit) }
    }

    fn word(&mut self) -> Result<&'t str, Unreadable> {
        match self.tokens.split_first() {
            Some((Token::Word(word), rest)) => {
                self.tokens = rest;
                Ok(word)
            }
            _ => Err(Unreadable::Form),
        }
    }

    /// `2`, `-2`, `0.5`, `(1/2)`
    fn power(&mut self) -> Result<f64, Unreadable> {
        let power = if self.take('(') {
            let mut power = self.number()?;
            if self.take('/') {
                power /= self.number()?;
            }
            if !self.take(')') {
                return Err(Unreadable::Form);
            }
            power
        } else {
            self.number()?
        };
        // Also false for what is no number.
        if power.abs() <= GREATEST { Ok(power) } else { Err(Unreadable::Form) }
    }

    fn number(&mut self) -> Result<f64, Unreadable> {
        let word = self.word()?;
        word.split_whitespace().collect::<String>().parse().map_err(|_| Unreadable::Form)
    }
}
