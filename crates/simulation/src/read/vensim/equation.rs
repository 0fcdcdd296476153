//! One entry of a `.mdl` file to a variable, a dimension, or nothing.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Call, Content, DataMode, Dialect, Dimension, Elements, Equation, Expression, Mapping, Name, Span, Subscript, tidy,
};
use crate::operation::NOT_AVAILABLE;
use crate::read::expression::{Parser, Token};

/// What an entry defines.
pub(super) enum Defined {
    /// A dimension.
    Dimension(Dimension),
    /// `new <-> old`: another name for a dimension.
    Alias { name: Name, spelling: String, of: Name },
    /// One equation of a variable.
    Variable { name: Name, spelling: String, equation: Box<Equation> },
    /// Headings of groups, checks and test inputs: nothing that is run.
    Nothing,
}

/// Reads the part before the first `~`.
pub(super) fn equation(text: &str, base: usize, span: Span) -> Result<Defined, Diagnostic> {
    if text.trim().is_empty() || text.starts_with("***") {
        return Ok(Defined::Nothing);
    }
    let mut parser = Parser::new(text, Dialect::Vensim, base)?;
    let Token::Word(word) = parser.peek().clone() else {
        return Err(parser.unexpected("the name of a variable", "变量名"));
    };
    parser.advance();
    let (name, spelling) = (Name::new(&word), tidy(&word));
    if parser.take("<") {
        return alias(parser, name, spelling);
    }
    if parser.at_sign(":") && !parser.then_sign("=") {
        parser.advance();
        return dimension(parser, name, spelling, span).map(Defined::Dimension);
    }
    let mut equation = Equation {
        subscripts: Vec::new(),
        except: Vec::new(),
        content: Content::Data(DataMode::Interpolate, None),
        initial: None,
        span,
    };
    if parser.at_sign("[") {
        equation.subscripts = names(&mut parser)?;
    }
    let mut mode = DataMode::Interpolate;
    while let Token::Keyword(word) = parser.peek().clone() {
        parser.advance();
        match word.as_str() {
            "EXCEPT" => loop {
                equation.except.push(names(&mut parser)?);
                if !parser.take(",") {
                    break;
                }
            },
            "RAW" => mode = DataMode::Raw,
            "HOLD BACKWARD" => mode = DataMode::HoldBackward,
            "LOOK FORWARD" => mode = DataMode::LookForward,
            "INTERPOLATE" => mode = DataMode::Interpolate,
            // Reality checks say what must hold; they are no part of a run.
            _ => return Ok(Defined::Nothing),
        }
    }
    equation.content = content(&mut parser, mode)?;
    parser.end()?;
    Ok(Defined::Variable { name, spelling, equation: Box::new(equation) })
}

fn content(parser: &mut Parser, mode: DataMode) -> Result<Content, Diagnostic> {
    match parser.peek() {
        Token::End => return Ok(Content::Data(mode, None)),
        Token::Sign("(") => return lookup(parser),
        _ => {}
    }
    if parser.take(":") {
        // `:=` of a data equation.
        parser.expect("=")?;
    } else if !parser.take("==") {
        parser.expect("=")?;
    }
    // An empty right side is how Vensim keeps a variable that has no equation yet.
    if *parser.peek() == Token::End {
        return Ok(Content::Expression(Expression::Number(NOT_AVAILABLE)));
    }
    if matches!(parser.peek(), Token::Word(word) if Name::new(word).as_str() == "tabbed_array") {
        parser.advance();
        return tabbed(parser);
    }
    let first = parser.expression()?;
    if parser.at_sign(",") || parser.at_sign(";") {
        return numbers(parser, &first);
    }
    match first {
        Expression::Call(call) => called(call, mode),
        // A table where a value should be: `x = ((0,0),(1,1))`.
        Expression::Table(table) => Ok(Content::Table(*table)),
        other => Ok(Content::Expression(other)),
    }
}

/// Right sides that name data outside the model.
fn called(call: Call, mode: DataMode) -> Result<Content, Diagnostic> {
    Ok(match call.name.as_str() {
        "get_xls_data" | "get_direct_data" => Content::Data(mode, Some(texts(&call)?)),
        "get_xls_lookups" | "get_direct_lookups" => Content::ExternalTable(texts(&call)?),
        _ => Content::Expression(Expression::Call(call)),
    })
}

fn texts(call: &Call) -> Result<Vec<String>, Diagnostic> {
    let text = |argument: &Expression| match argument {
        Expression::Text(text) => Ok(text.clone()),
        _ => Err(Diagnostic::error(
            Code::WrongArguments,
            call.span,
            format!("「{}」的参数应为单引号内的文本", call.name),
            format!("`{}` takes texts in single quotes", call.name),
        )),
    };
    call.arguments.iter().map(text).collect()
}

/// `name( (x,y),… )`, or the name of a file in the parentheses.
fn lookup(parser: &mut Parser) -> Result<Content, Diagnostic> {
    let external = parser.external_table()?;
    match external {
        Some(call) => Ok(Content::ExternalTable(texts(&call)?)),
        None => parser.table().map(Content::Table),
    }
}

/// `1,2;3,4;`
fn numbers(parser: &mut Parser, first: &Expression) -> Result<Content, Diagnostic> {
    let number = |expression: &Expression, parser: &Parser| {
        expression.as_number().ok_or_else(|| parser.unexpected("a list of numbers", "数字列表"))
    };
    let mut found = vec![number(first, parser)?];
    while parser.take(",") || parser.take(";") {
        if *parser.peek() == Token::End {
            break;
        }
        let next = parser.expression()?;
        found.push(number(&next, parser)?);
    }
    Ok(Content::Numbers(found))
}

/// `TABBED ARRAY( 1 2 3 … )`: numbers parted by white space.
fn tabbed(parser: &mut Parser) -> Result<Content, Diagnostic> {
    parser.expect("(")?;
    let mut found = Vec::new();
    while !parser.at_sign(")") {
        if parser.take(",") || parser.take(";") {
            continue;
        }
        found.push(parser.signed_number()?);
    }
    parser.expect(")")?;
    Ok(Content::Numbers(found))
}

/// Names in brackets on the left side.
fn names(parser: &mut Parser) -> Result<Vec<Name>, Diagnostic> {
    let span = parser.span();
    let name = |subscript: Subscript| match subscript {
        Subscript::Name(name) | Subscript::Every(name) => Ok(name),
        _ => Err(Diagnostic::error(
            Code::Syntax,
            span,
            "等号左边的方括号里应为维度或元素名",
            "brackets on the left side hold names of dimensions and elements",
        )),
    };
    parser.subscripts()?.into_iter().map(name).collect()
}

fn alias(mut parser: Parser, name: Name, spelling: String) -> Result<Defined, Diagnostic> {
    parser.expect("-")?;
    parser.expect(">")?;
    match parser.advance() {
        Token::Word(word) => Ok(Defined::Alias { name, spelling, of: Name::new(&word) }),
        _ => Err(parser.unexpected("the name of a dimension", "维度名")),
    }
}

/// `name: a, b, (c1-c9) -> other, (another: d, e)`
fn dimension(mut parser: Parser, name: Name, spelling: String, span: Span) -> Result<Dimension, Diagnostic> {
    let mut found = Dimension { name, spelling, elements: Vec::new(), mappings: Vec::new(), span };
    loop {
        match parser.peek().clone() {
            Token::Sign("(") => found.elements.push(numbered(&mut parser)?),
            Token::Word(word) => {
                let at = parser.span();
                parser.advance();
                let name = Name::new(&word);
                if matches!(name.as_str(), "get_xls_subscript" | "get_direct_subscript") && parser.at_sign("(") {
                    found.elements.push(external(&mut parser, at)?);
                } else {
                    found.elements.push(Elements::One(name, tidy(&word)));
                }
            }
            _ => return Err(parser.unexpected("an element", "元素名")),
        }
        if !parser.take(",") {
            break;
        }
    }
    if parser.take("-") {
        parser.expect(">")?;
        loop {
            found.mappings.push(mapping(&mut parser)?);
            if !parser.take(",") {
                break;
            }
        }
    }
    parser.end()?;
    Ok(found)
}

fn external(parser: &mut Parser, at: Span) -> Result<Elements, Diagnostic> {
    parser.expect("(")?;
    let mut found = Vec::new();
    while let Token::Text(text) = parser.peek().clone() {
        parser.advance();
        found.push(text);
        parser.take(",");
    }
    parser.expect(")")?;
    Ok(Elements::External(found, at))
}

/// `(a1-a9)`; the dash may be glued to neither.
fn numbered(parser: &mut Parser) -> Result<Elements, Diagnostic> {
    parser.expect("(")?;
    let Token::Word(from) = parser.advance() else {
        return Err(parser.unexpected("the first element", "首个元素"));
    };
    parser.expect("-")?;
    let Token::Word(to) = parser.advance() else { return Err(parser.unexpected("the last element", "末个元素")) };
    parser.expect(")")?;
    let parted = |word: &str| {
        let stem = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = word.get(stem.len()..).unwrap_or_default().parse::<u32>().ok();
        (stem.to_owned(), number)
    };
    match (parted(&from), parted(&to)) {
        ((stem, Some(first)), (other, Some(last))) if Name::new(&stem) == Name::new(&other) && first <= last => {
            Ok(Elements::Numbered(stem, first, last))
        }
        _ => Err(Diagnostic::error(
            Code::Syntax,
            parser.span(),
            format!("「({from}-{to})」不是编号范围"),
            format!("`({from}-{to})` is no range of numbers"),
        )
        .hint("两端应同名且编号递增，如 (a1-a9)", "write the same name with rising numbers, as in (a1-a9)")),
    }
}

fn mapping(parser: &mut Parser) -> Result<Mapping, Diagnostic> {
    let parenthesised = parser.take("(");
    let Token::Word(to) = parser.peek().clone() else { return Err(parser.unexpected("a dimension", "维度名")) };
    parser.advance();
    let mut found = Mapping { to: Name::new(&to), elements: Vec::new() };
    if parenthesised {
        if parser.take(":") {
            while let Token::Word(word) = parser.peek().clone() {
                parser.advance();
                found.elements.push(Name::new(&word));
                parser.take(",");
            }
        }
        parser.expect(")")?;
    }
    Ok(found)
}
