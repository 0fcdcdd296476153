//! Words and signs of equations, in both dialects.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Dialect, Span};

/// One word or sign.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    /// A number.
    Number(f64),
    /// A name as spelled, quotes kept.
    Word(String),
    /// Text in single quotes.
    Text(String),
    /// `:AND:` and its like, without the colons, in capitals.
    Keyword(String),
    /// Everything else.
    Sign(&'static str),
    /// The end.
    End,
}

/// Longest first, so that `<=` is not read as `<`.
const SIGNS: [&str; 26] = [
    "<>", "<=", ">=", "!=", "==", "&&", "||", "//", "+", "-", "*", "/", "^", "<", ">", "=", "(", ")", "[", "]", ",",
    ";", ":", "!", "@", "%",
];

/// Reads a text into tokens with their places; `base` is added to each place.
pub(crate) fn tokens(text: &str, dialect: Dialect, base: usize) -> Result<Vec<(Token, Span)>, Diagnostic> {
    let mut scanner = Scanner { text, at: 0, base, dialect };
    let mut found = Vec::new();
    loop {
        let next = scanner.next()?;
        let end = next.0 == Token::End;
        found.push(next);
        if end {
            return Ok(found);
        }
    }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    base: usize,
    dialect: Dialect,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn span(&self, start: usize) -> Span {
        Span { start: self.base + start, end: self.base + self.at }
    }

    fn unclosed(&self, start: usize, sign: &str) -> Diagnostic {
        Diagnostic::error(
            Code::Syntax,
            self.span(start),
            format!("「{sign}」没有配对的结尾"),
            format!("`{sign}` is opened and not closed"),
        )
    }

    /// White space, comments in braces, and the backslash that carries a line over.
    fn skip(&mut self) -> Result<(), Diagnostic> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\\' || c == '\u{feff}');
            self.at += rest.len() - trimmed.len();
            if !self.rest().starts_with('{') {
                return Ok(());
            }
            let start = self.at;
            match comment_length(self.rest()) {
                Some(length) => self.at += length,
                None => return Err(self.unclosed(start, "{")),
            }
        }
    }

    fn next(&mut self) -> Result<(Token, Span), Diagnostic> {
        self.skip()?;
        let start = self.at;
        let Some(first) = self.rest().chars().next() else { return Ok((Token::End, self.span(start))) };
        let token = match first {
            '"' => self.quoted(start)?,
            '\'' => self.text(start)?,
            _ if self.number_starts() => self.number(),
            ':' if self.dialect == Dialect::Vensim && self.keyword_length().is_some() => self.keyword(),
            _ if is_name_start(first) => self.word(),
            _ => self.sign(first)?,
        };
        Ok((token, self.span(start)))
    }

    fn quoted(&mut self, start: usize) -> Result<Token, Diagnostic> {
        let mut escaped = false;
        for (at, character) in self.rest().char_indices().skip(1) {
            match character {
                '\\' if !escaped => escaped = true,
                '"' if !escaped => {
                    let word = self.rest().get(..=at).unwrap_or_default().to_owned();
                    self.at += at + 1;
                    return Ok(Token::Word(word));
                }
                _ => escaped = false,
            }
        }
        Err(self.unclosed(start, "\""))
    }

    fn text(&mut self, start: usize) -> Result<Token, Diagnostic> {
        let inner = self.rest().get(1..).unwrap_or_default();
        let Some(end) = inner.find('\'') else { return Err(self.unclosed(start, "'")) };
        let text = inner.get(..end).unwrap_or_default().to_owned();
        self.at += end + 2;
        Ok(Token::Text(text))
    }

    fn number_starts(&self) -> bool {
        let mut characters = self.rest().chars();
        let first = characters.next().unwrap_or(' ');
        first.is_ascii_digit() || (first == '.' && characters.next().is_some_and(|c| c.is_ascii_digit()))
    }

    fn number(&mut self) -> Token {
        let rest = self.rest();
        let mut length = digits(rest);
        if rest.get(length..).is_some_and(|r| r.starts_with('.')) {
            length += 1;
            length += digits(rest.get(length..).unwrap_or_default());
        }
        let exponent = rest.get(length..).unwrap_or_default();
        if exponent.starts_with(['e', 'E']) {
            let sign = usize::from(exponent.get(1..).is_some_and(|r| r.starts_with(['+', '-'])));
            let power = digits(exponent.get(1 + sign..).unwrap_or_default());
            if power > 0 {
                length += 1 + sign + power;
            }
        }
        let value = rest.get(..length).unwrap_or_default().parse().unwrap_or(f64::NAN);
        self.at += length;
        Token::Number(value)
    }

    /// The length of `:NOT:` where one stands here.
    fn keyword_length(&self) -> Option<usize> {
        let inner = self.rest().get(1..)?;
        let end = inner.find(':')?;
        let word = inner.get(..end)?;
        let fits = word.chars().next().is_some_and(|c| c.is_ascii_alphabetic())
            && word.chars().all(|c| c.is_ascii_alphabetic() || c == ' ' || c == '_');
        fits.then_some(end + 2)
    }

    fn keyword(&mut self) -> Token {
        let length = self.keyword_length().unwrap_or(1);
        let word = self.rest().get(1..length - 1).unwrap_or_default();
        let word = word.split([' ', '_']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        self.at += length;
        Token::Keyword(word.to_uppercase())
    }

    fn word(&mut self) -> Token {
        let rest = self.rest();
        let mut length = 0;
        for (at, character) in rest.char_indices() {
            let continues = match self.dialect {
                Dialect::Xmile => {
                    character.is_alphanumeric() || matches!(character, '_' | '$' | '.') || character as u32 > 127
                }
                // Vensim's names hold spaces; a line may be carried over within one.
                Dialect::Vensim => {
                    character.is_alphanumeric()
                        || character.is_whitespace()
                        || matches!(character, '_' | '$' | '\'' | '%' | '&' | '.' | '\\' | '`' | '#' | '?')
                        || character as u32 > 127
                }
            };
            if !continues {
                break;
            }
            length = at + character.len_utf8();
        }
        // A quoted name inside a module: `module."name of it"`.
        if rest.get(..length).is_some_and(|word| word.ends_with('.'))
            && let Some(end) = rest.get(length..).and_then(|r| r.strip_prefix('"')).and_then(|r| r.find('"'))
        {
            length += end + 2;
        }
        let word = rest.get(..length).unwrap_or_default();
        let word = word.trim_end_matches(|c: char| c.is_whitespace() || c == '\\').to_owned();
        self.at += word.len();
        Token::Word(word)
    }

    fn sign(&mut self, first: char) -> Result<Token, Diagnostic> {
        match SIGNS.iter().find(|sign| self.rest().starts_with(**sign)) {
            // In Vensim two bars end nothing: they are not operators there.
            Some(sign) => {
                self.at += sign.len();
                Ok(Token::Sign(sign))
            }
            None => {
                let start = self.at;
                self.at += first.len_utf8();
                Err(Diagnostic::error(
                    Code::Syntax,
                    self.span(start),
                    format!("方程里有不认识的符号「{first}」"),
                    format!("the equation has the sign `{first}`, which means nothing here"),
                )
                .hint("名称含特殊符号时请加双引号", "put a name with special signs in double quotes"))
            }
        }
    }
}

/// The length of a comment in braces, comments within it included.
pub(crate) fn comment_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

fn digits(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len()
}

pub(crate) fn is_name_start(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '_' | '$') || character as u32 > 127
}
