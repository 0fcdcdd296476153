//! Tokens to an expression, by rank: or, and, not, comparison, sum, product, sign, power, atom.

use super::token::{Token, tokens};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Binary, Call, Dialect, Expression, Name, Reference, Span, Subscript, Table, TableKind, Unary};
use crate::operation::NOT_AVAILABLE;

/// Deeper than any equation a person wrote; the limit keeps a made-up one from using up the stack.
const DEEPEST: usize = 100;

/// Reads one equation. `base` is where its text begins in the file.
pub(crate) fn expression(text: &str, dialect: Dialect, base: usize) -> Result<Expression, Diagnostic> {
    let mut parser = Parser::new(text, dialect, base)?;
    let found = parser.expression()?;
    parser.end()?;
    Ok(found)
}

/// A reader over the tokens of one equation.
pub(crate) struct Parser {
    tokens: Vec<(Token, Span)>,
    at: usize,
    dialect: Dialect,
    depth: usize,
}

type Parsed = Result<Expression, Diagnostic>;

impl Parser {
    pub(crate) fn new(text: &str, dialect: Dialect, base: usize) -> Result<Self, Diagnostic> {
        Ok(Self { tokens: tokens(text, dialect, base)?, at: 0, dialect, depth: 0 })
    }

    pub(crate) fn peek(&self) -> &Token {
        self.tokens.get(self.at).map_or(&Token::End, |(token, _)| token)
    }

    fn peek_after(&self) -> &Token {
        self.tokens.get(self.at + 1).map_or(&Token::End, |(token, _)| token)
    }

    pub(crate) fn span(&self) -> Span {
        self.tokens.get(self.at).or(self.tokens.last()).map_or(Span::default(), |(_, span)| *span)
    }

    pub(crate) fn advance(&mut self) -> Token {
        let token = self.peek().clone();
        self.at = (self.at + 1).min(self.tokens.len());
        token
    }

    pub(crate) fn at_sign(&self, sign: &str) -> bool {
        matches!(self.peek(), Token::Sign(found) if *found == sign)
    }

    /// Whether a sign stands after the next token.
    pub(crate) fn then_sign(&self, sign: &str) -> bool {
        matches!(self.peek_after(), Token::Sign(found) if found.starts_with(sign))
    }

    pub(crate) fn take(&mut self, sign: &str) -> bool {
        let found = self.at_sign(sign);
        if found {
            self.advance();
        }
        found
    }

    pub(crate) fn expect(&mut self, sign: &str) -> Result<(), Diagnostic> {
        if self.take(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"), &format!("「{sign}」"))) }
    }

    pub(crate) fn unexpected(&self, wanted_en: &str, wanted_zh: &str) -> Diagnostic {
        let (zh, en) = match self.peek() {
            Token::End => ("方程到此为止".to_owned(), "the equation ends here".to_owned()),
            Token::Number(value) => (format!("此处为数字 {value}"), format!("found the number {value}")),
            Token::Word(word) => (format!("此处为「{word}」"), format!("found `{word}`")),
            Token::Text(text) => (format!("此处为文本「{text}」"), format!("found the text '{text}'")),
            Token::Keyword(word) => (format!("此处为「:{word}:」"), format!("found `:{word}:`")),
            Token::Sign(sign) => (format!("此处为「{sign}」"), format!("found `{sign}`")),
        };
        Diagnostic::error(
            Code::Syntax,
            self.span(),
            format!("{zh}，应为{wanted_zh}"),
            format!("{en}, expected {wanted_en}"),
        )
    }

    pub(crate) fn end(&self) -> Result<(), Diagnostic> {
        if *self.peek() == Token::End {
            return Ok(());
        }
        Err(self.unexpected("an operator or the end", "运算符或方程结尾"))
    }

    fn is_word(&self, word: &str) -> bool {
        self.dialect == Dialect::Xmile && matches!(self.peek(), Token::Word(found) if found.eq_ignore_ascii_case(word))
    }

    fn at_operator_word(&self) -> bool {
        ["and", "or", "not", "mod", "then", "else"].iter().any(|word| self.is_word(word))
    }

    fn is_keyword(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Keyword(found) if found == word)
    }

    pub(crate) fn expression(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Diagnostic::error(
                Code::TooDeep,
                self.span(),
                format!("括号嵌套超过 {DEEPEST} 层"),
                format!("parentheses are nested more than {DEEPEST} deep"),
            )
            .hint("请用辅助变量拆开", "split it with auxiliaries"));
        }
        let found = if self.is_word("if") && !matches!(self.peek_after(), Token::Sign(",")) {
            self.if_then_else()
        } else {
            self.or()
        };
        self.depth -= 1;
        found
    }

    fn if_then_else(&mut self) -> Parsed {
        self.advance();
        let condition = self.expression()?;
        if !self.is_word("then") {
            return Err(self.unexpected("`THEN`", "「THEN」"));
        }
        self.advance();
        let yes = self.expression()?;
        let no = if self.is_word("else") {
            self.advance();
            self.expression()?
        } else {
            Expression::Number(0.0)
        };
        Ok(Expression::If(Box::new([condition, yes, no])))
    }

    /// Operands of one rank with the operators between them.
    fn chain(&mut self, operand: fn(&mut Self) -> Parsed, operator: fn(&Self) -> Option<Binary>) -> Parsed {
        let first = operand(self)?;
        let mut rest = Vec::new();
        while let Some(found) = operator(self) {
            self.advance();
            rest.push((found, operand(self)?));
        }
        Ok(if rest.is_empty() { first } else { Expression::Chain(Box::new(first), rest) })
    }

    fn or(&mut self) -> Parsed {
        self.chain(Self::and, |p| (p.is_keyword("OR") || p.is_word("or") || p.at_sign("||")).then_some(Binary::Or))
    }

    fn and(&mut self) -> Parsed {
        self.chain(Self::not, |p| (p.is_keyword("AND") || p.is_word("and") || p.at_sign("&&")).then_some(Binary::And))
    }

    /// Vensim's `:NOT:` turns a whole comparison; XMILE's `NOT` binds like a sign.
    fn not(&mut self) -> Parsed {
        if self.is_keyword("NOT") {
            self.advance();
            let inner = self.deeper(Self::not)?;
            return Ok(Expression::Unary(Unary::Not, Box::new(inner)));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed {
        self.chain(Self::sum, |p| match p.peek() {
            Token::Sign("=" | "==") => Some(Binary::Equal),
            Token::Sign("<>" | "!=") => Some(Binary::NotEqual),
            Token::Sign("<") => Some(Binary::Less),
            Token::Sign("<=") => Some(Binary::LessEqual),
            Token::Sign(">") => Some(Binary::Greater),
            Token::Sign(">=") => Some(Binary::GreaterEqual),
            _ => None,
        })
    }

    fn sum(&mut self) -> Parsed {
        self.chain(Self::product, |p| match p.peek() {
            Token::Sign("+") => Some(Binary::Add),
            Token::Sign("-") => Some(Binary::Subtract),
            _ => None,
        })
    }

    fn product(&mut self) -> Parsed {
        self.chain(Self::sign, |p| match p.peek() {
            Token::Sign("*") => Some(Binary::Multiply),
            Token::Sign("/") => Some(Binary::Divide),
            Token::Sign("//") => Some(Binary::SafeDivide),
            Token::Sign("%") => Some(Binary::Modulo),
            _ if p.is_word("mod") => Some(Binary::Modulo),
            _ => None,
        })
    }

    /// `-x`, `+x`, `NOT x`: below a power, so that `-2^2` is -4.
    fn sign(&mut self) -> Parsed {
        let mut negative = false;
        loop {
            if self.take("-") {
                negative = !negative;
            } else if !self.take("+") {
                break;
            }
        }
        let inner = if self.is_keyword("NOT") || self.is_word("not") || self.at_sign("!") {
            self.advance();
            self.deeper(Self::sign).map(|inner| Expression::Unary(Unary::Not, Box::new(inner)))?
        } else {
            self.power()?
        };
        Ok(if negative { Expression::Unary(Unary::Negative, Box::new(inner)) } else { inner })
    }

    fn deeper(&mut self, inner: fn(&mut Self) -> Parsed) -> Parsed {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.unexpected("fewer levels", "更少的嵌套层数"));
        }
        let found = inner(self);
        self.depth -= 1;
        found
    }

    fn power(&mut self) -> Parsed {
        let base = self.atom()?;
        if !self.take("^") {
            return Ok(base);
        }
        // From right to left, and the exponent may carry a sign: 2^-1.
        let exponent = self.deeper(Self::sign)?;
        Ok(Expression::Chain(Box::new(base), vec![(Binary::Power, exponent)]))
    }

    fn atom(&mut self) -> Parsed {
        let span = self.span();
        match self.peek().clone() {
            Token::Number(value) => {
                self.advance();
                Ok(Expression::Number(value))
            }
            Token::Text(text) => {
                self.advance();
                Ok(Expression::Text(text))
            }
            Token::Keyword(word) if word == "NA" => {
                self.advance();
                Ok(Expression::Number(NOT_AVAILABLE))
            }
            Token::Word(mut word) => {
                self.advance();
                // A macro whose name has spaces, as files made from Vensim's call it.
                while let (Token::Word(more), false) = (self.peek(), self.at_operator_word()) {
                    word = format!("{word} {more}");
                    self.advance();
                }
                self.named(&word, span)
            }
            Token::Sign("(") => {
                if self.table_starts() {
                    let table = self.table()?;
                    return Ok(Expression::Table(Box::new(table)));
                }
                self.advance();
                let inner = self.expression()?;
                self.expect(")")?;
                Ok(inner)
            }
            _ => Err(self.unexpected("a value", "一个值")),
        }
    }

    fn named(&mut self, word: &str, span: Span) -> Parsed {
        let name = Name::new(word);
        let subscripts = if self.at_sign("[") { self.subscripts()? } else { Vec::new() };
        let end = self.tokens.get(self.at.wrapping_sub(1)).map_or(span.end, |(_, last)| last.end);
        if !self.take("(") {
            return Ok(Expression::Reference(Reference { name, subscripts, span: Span { end, ..span } }));
        }
        let mut arguments = Vec::new();
        while !self.at_sign(")") {
            arguments.push(self.expression()?);
            // A colon parts the further results of a macro from its arguments.
            if !self.take(",") && !self.take(":") {
                break;
            }
        }
        self.expect(")")?;
        Ok(Expression::Call(Call { name, subscripts, arguments, span: Span { end, ..span } }))
    }

    /// What stands in brackets.
    pub(crate) fn subscripts(&mut self) -> Result<Vec<Subscript>, Diagnostic> {
        self.expect("[")?;
        let mut found = Vec::new();
        while !self.at_sign("]") {
            found.push(self.subscript()?);
            if !self.take(",") {
                break;
            }
        }
        self.expect("]")?;
        Ok(found)
    }

    fn subscript(&mut self) -> Result<Subscript, Diagnostic> {
        if self.at_sign("*") && matches!(self.peek_after(), Token::Sign("," | "]" | ":")) {
            self.advance();
            // `*:dimension` names the dimension that is gone through.
            if self.take(":") {
                if let Token::Word(word) = self.advance() {
                    return Ok(Subscript::Every(Name::new(&word)));
                }
                return Err(self.unexpected("a dimension", "维度名"));
            }
            return Ok(Subscript::Wildcard);
        }
        if self.take("@") {
            return match self.advance() {
                Token::Number(place) if (1.0..1000.0).contains(&place) => Ok(Subscript::Position(place as usize)),
                _ => Err(self.unexpected("the number of a dimension", "维度序号")),
            };
        }
        let plain = match (self.peek(), self.peek_after()) {
            (Token::Word(word), Token::Sign("," | "]")) => Some((Name::new(word), 1, false)),
            (Token::Word(word), Token::Sign("!")) => Some((Name::new(word), 2, true)),
            _ => None,
        };
        if let Some((name, length, every)) = plain {
            self.at += length;
            // XMILE writes `dim.*` for every element.
            return Ok(match name.as_str().strip_suffix('.') {
                Some(dimension) if self.take("*") => Subscript::Every(Name::new(dimension)),
                _ if every => Subscript::Every(name),
                _ => Subscript::Name(name),
            });
        }
        if let (Token::Word(word), Token::Sign("*")) = (self.peek(), self.peek_after())
            && let Some(dimension) = word.strip_suffix('.')
        {
            let name = Name::new(dimension);
            self.at += 2;
            return Ok(Subscript::Every(name));
        }
        let from = self.expression()?;
        if self.take(":") {
            let to = self.expression()?;
            return Ok(Subscript::Range(Box::new(from), Box::new(to)));
        }
        Ok(Subscript::Index(Box::new(from)))
    }

    /// Whether what stands here in parentheses is points: `((1,2),…)`, `([(0,0)-(1,1)],…)`.
    fn table_starts(&self) -> bool {
        let sign = |offset: usize, wanted: &str| matches!(self.tokens.get(self.at + offset), Some((Token::Sign(found), _)) if *found == wanted);
        let number = |offset: usize| {
            let offset = if sign(offset, "-") { offset + 1 } else { offset };
            matches!(self.tokens.get(self.at + offset), Some((Token::Number(_), _))).then_some(offset + 1)
        };
        if sign(1, "[") {
            return true;
        }
        sign(1, "(") && number(2).is_some_and(|comma| sign(comma, ","))
    }

    /// The call inside `name( GET XLS LOOKUPS(…) )`, with its parentheses taken.
    pub(crate) fn external_table(&mut self) -> Result<Option<Call>, Diagnostic> {
        if !matches!(self.peek_after(), Token::Word(_)) {
            return Ok(None);
        }
        self.expect("(")?;
        match self.atom()? {
            Expression::Call(call) => {
                self.expect(")")?;
                Ok(Some(call))
            }
            _ => Err(self.unexpected("points", "数据点")),
        }
    }

    pub(crate) fn signed_number(&mut self) -> Result<f64, Diagnostic> {
        let mut factor = 1.0;
        loop {
            if self.take("-") {
                factor = -factor;
            } else if !self.take("+") {
                break;
            }
        }
        match self.peek().clone() {
            Token::Number(value) => {
                self.advance();
                Ok(factor * value)
            }
            _ => Err(self.unexpected("a number", "数字")),
        }
    }

    fn point(&mut self) -> Result<(f64, f64), Diagnostic> {
        self.expect("(")?;
        let x = self.signed_number()?;
        self.expect(",")?;
        let y = self.signed_number()?;
        self.expect(")")?;
        Ok((x, y))
    }

    /// `([(0,0)-(10,10)],(0,1),(10,2))`, or Vensim's older `(x1,x2,…,y1,y2,…)`.
    pub(crate) fn table(&mut self) -> Result<Table, Diagnostic> {
        let start = self.span();
        self.expect("(")?;
        if self.take("[") {
            // The frame of the picture, and points of a reference curve: they hold no values.
            while !self.at_sign("]") {
                if *self.peek() == Token::End {
                    return Err(self.unexpected("`]`", "「]」"));
                }
                self.advance();
            }
            self.expect("]")?;
            self.take(",");
        }
        let mut points = Vec::new();
        let mut flat = Vec::new();
        while !self.at_sign(")") {
            if self.at_sign("(") {
                points.push(self.point()?);
            } else {
                flat.push(self.signed_number()?);
            }
            if !self.take(",") {
                break;
            }
        }
        let span = Span { start: start.start, end: self.span().end };
        self.expect(")")?;
        if points.is_empty() {
            let (x, y) = flat.split_at(flat.len() / 2);
            points = x.iter().copied().zip(y.iter().copied()).collect();
        }
        Ok(Table::new(points, TableKind::Continuous, span))
    }
}
