//! `<stock>`, `<flow>`, `<aux>` and `<gf>` to variables.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::document::{Look, spelling};
use super::table::table;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Binary, Content, Conveyor, Dialect, Equation, Expression, Leak, Name, Role, Span, Table, Unary, Variable, tidy,
};
use crate::read::expression::expression;

/// Which variables never fall below zero where they do not say so themselves.
#[derive(Clone, Copy, Default)]
pub(super) struct Defaults {
    pub(super) stocks: bool,
    pub(super) flows: bool,
}

/// Reads one variable; what is wrong in it is said and left out.
pub(super) fn variable(
    node: Node<'_, '_>,
    defaults: Defaults,
    elements: &BTreeMap<Name, Vec<Name>>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Variable> {
    let written = node.named("name").unwrap_or_default();
    let name = Name::new(written);
    if name.as_str().is_empty() {
        problems.push(Diagnostic::error(Code::Syntax, node.span(), "变量没有名称", "a variable has no name"));
        return None;
    }
    let role = role(node, problems);
    let default = match node.tag_name().name() {
        "stock" => defaults.stocks,
        "flow" => defaults.flows,
        _ => false,
    };
    let non_negative = node.child("non_negative").map_or(default, |n| n.words().trim() != "false");
    let range = node.range();
    Some(Variable {
        equations: equations(node, &role, elements, problems),
        name,
        spelling: spelling(written),
        role,
        non_negative,
        units: node.value("units").map(|text| tidy(&text)),
        documentation: node.value("doc").map(|text| tidy(&text)).unwrap_or_default(),
        span: Span { start: range.start, end: range.start + node.tag_name().name().len() + 1 },
    })
}

fn role(node: Node<'_, '_>, problems: &mut Vec<Diagnostic>) -> Role {
    let names = |tag: &'static str| node.all(tag).map(|n| Name::new(&n.words())).collect::<Vec<_>>();
    match node.tag_name().name() {
        "stock" => {
            let (inflows, outflows) = (names("inflow"), names("outflow"));
            if let Some(belt) = node.child("conveyor") {
                return conveyor(belt, inflows, outflows, problems);
            }
            match node.child("queue") {
                Some(_) => Role::Queue { inflows, outflows },
                None => Role::Stock { inflows, outflows },
            }
        }
        "flow" => Role::Flow,
        _ => Role::Auxiliary,
    }
}

fn conveyor(belt: Node<'_, '_>, inflows: Vec<Name>, outflows: Vec<Name>, problems: &mut Vec<Diagnostic>) -> Role {
    let mut part = |name: &str| {
        let child = belt.child(name)?;
        let text = child.words();
        (!text.trim().is_empty()).then(|| read(&text, child.span(), problems)).flatten()
    };
    let transit_time = part("len");
    let (capacity, inflow_limit) = (part("capacity"), part("in_limit"));
    let (sample, arrest) = (part("sample"), part("arrest"));
    let exponential = belt.named("exponential_leak") == Some("true");
    let leak = |flow: &Name| leak(belt, flow, exponential, problems);
    Role::Conveyor(Box::new(Conveyor {
        leaks: outflows.iter().filter_map(leak).collect(),
        transit_time: transit_time.unwrap_or(Expression::Number(1.0)),
        inflows,
        outflows,
        capacity,
        inflow_limit,
        sample,
        arrest,
    }))
}

/// The leak that a flow of this name is, if it is one. The flow stands beside the stock.
fn leak(belt: Node<'_, '_>, flow: &Name, exponential: bool, problems: &mut Vec<Diagnostic>) -> Option<Leak> {
    let beside = belt.parent()?.parent()?;
    let node = beside.all("flow").find(|n| n.named("name").is_some_and(|written| Name::new(written) == *flow))?;
    let tag = node.child("leak")?;
    let zone = |name: &str, default: f64| {
        tag.named(name).or(node.named(name)).and_then(|text| text.trim().parse().ok()).unwrap_or(default)
    };
    // The fraction stands in the tag or, as Stella writes it, in the place of the equation.
    let (text, span) = match tag.words() {
        text if text.trim().is_empty() => (node.value("eqn")?, node.child("eqn")?.span()),
        text => (text, tag.span()),
    };
    Some(Leak {
        flow: flow.clone(),
        fraction: read(&text, span, problems)?,
        exponential,
        zone: (zone("leak_start", 0.0), zone("leak_end", 1.0)),
    })
}

/// Elements of an array that are gone through to find one without an equation.
const MOST_COMBINATIONS: usize = 100_000;

fn equations(
    node: Node<'_, '_>,
    role: &Role,
    elements: &BTreeMap<Name, Vec<Name>>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Equation> {
    let dimensions: Vec<Name> = node
        .child("dimensions")
        .map(|list| list.all("dim").filter_map(|dim| dim.named("name").map(Name::new)).collect())
        .unwrap_or_default();
    let mut found: Vec<Equation> = Vec::new();
    if node.all("eqn").count() > 1 {
        // One equation for each element, the last dimension fastest.
        let rows = combinations(&dimensions, elements);
        let pairs = node.all("eqn").zip(rows);
        return pairs.filter_map(|(tag, row)| equation_at(Some(tag), node, role, row, None, problems)).collect();
    }
    let own = node.child("gf").map(|gf| table(gf, problems));
    let all = dimensions.clone();
    let whole = equation(node, role, dimensions, own.clone(), problems);
    for element in node.all("element") {
        let written = element.named("subscript").unwrap_or_default();
        let subscripts = written.split(',').map(Name::new).collect();
        // A function of the whole array holds for elements that bring none.
        let inner = element.child("gf").map(|gf| table(gf, problems)).or_else(|| own.clone());
        found.extend(equation(element, role, subscripts, inner, problems));
    }
    // An equation for all elements stands first: one for a single element is an exception to it.
    match whole {
        Some(whole) if found.is_empty() || node.value("eqn").is_some() => found.insert(0, whole),
        _ => problems.extend(left_out(node, &all, elements, &found)),
    }
    found
}

/// Elements of an array that no equation is for.
fn left_out(
    node: Node<'_, '_>,
    dimensions: &[Name],
    elements: &BTreeMap<Name, Vec<Name>>,
    found: &[Equation],
) -> Option<Diagnostic> {
    let sizes = dimensions.iter().map(|dimension| elements.get(dimension).map_or(0, Vec::len));
    let all = sizes.fold(1_usize, usize::saturating_mul);
    if found.is_empty() || all > MOST_COMBINATIONS {
        return None;
    }
    // What names a dimension in place of an element is for many; such an array is left to the compiler.
    let single = |equation: &Equation| {
        equation
            .subscripts
            .iter()
            .zip(dimensions)
            .all(|(name, d)| elements.get(d).is_some_and(|list| list.contains(name)))
    };
    let written: BTreeSet<&[Name]> = found.iter().map(|equation| equation.subscripts.as_slice()).collect();
    let missing = combinations(dimensions, elements).into_iter().find(|row| !written.contains(row.as_slice()));
    let missing = missing.filter(|_| found.iter().all(single))?;
    let names = missing.iter().map(Name::as_str).collect::<Vec<_>>().join(",");
    let name = node.named("name").unwrap_or_default();
    Some(Diagnostic::error(
        Code::MissingEquation,
        node.span(),
        format!("「{name}[{names}]」没有方程"),
        format!("`{name}[{names}]` has no equation"),
    ))
}

fn combinations(dimensions: &[Name], elements: &BTreeMap<Name, Vec<Name>>) -> Vec<Vec<Name>> {
    let mut rows: Vec<Vec<Name>> = vec![Vec::new()];
    for dimension in dimensions {
        let list = elements.get(dimension).map(Vec::as_slice).unwrap_or_default();
        let longer = |row: &Vec<Name>| {
            let row = row.clone();
            list.iter().map(move |element| row.iter().chain([element]).cloned().collect())
        };
        rows = rows.iter().flat_map(longer).collect();
    }
    rows
}

fn equation(
    node: Node<'_, '_>,
    role: &Role,
    subscripts: Vec<Name>,
    table: Option<Table>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Equation> {
    equation_at(node.child("eqn"), node, role, subscripts, table, problems)
}

fn equation_at(
    tag: Option<Node<'_, '_>>,
    node: Node<'_, '_>,
    role: &Role,
    subscripts: Vec<Name>,
    table: Option<Table>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Equation> {
    let span = tag.map_or(node.span(), |tag| tag.span());
    let text = tag.map(|tag| tag.words()).filter(|text| !is_blank(text));
    let plain = !matches!(role, Role::Stock { .. });
    if let (Some(text), None, true) = (&text, &table, plain)
        && let Some(numbers) = numbers(text)
    {
        return Some(Equation {
            subscripts,
            except: Vec::new(),
            content: Content::Numbers(numbers),
            initial: None,
            span,
        });
    }
    let written = match &text {
        // Stella writes question marks where nothing is written yet.
        Some(text) if text.trim().chars().all(|c| c == '?') => {
            Some(Expression::call("a_function_of", Vec::new(), span))
        }
        Some(text) => Some(read(text, span, problems)?),
        None => None,
    };
    let initial = node.child("init_eqn").and_then(|tag| read(&tag.words(), tag.span(), problems));
    let content = match (written, table) {
        (written, None) => Content::Expression(match role {
            Role::Stock { inflows, outflows } => integral(inflows, outflows, written?, span),
            _ => written?,
        }),
        (None, Some(table)) => Content::Table(table),
        (Some(input), Some(table)) => Content::TableOf(table, input),
    };
    Some(Equation { subscripts, except: Vec::new(), content, initial, span })
}

/// Nothing but white space and comments.
fn is_blank(text: &str) -> bool {
    let mut rest = text.trim();
    while let Some(inside) = rest.strip_prefix('{') {
        match inside.split_once('}') {
            Some((_, after)) => rest = after.trim_start(),
            None => return false,
        }
    }
    rest.is_empty()
}

/// `1, 2; 3, 4`: numbers for the elements, as files made from Vensim's have them.
fn numbers(text: &str) -> Option<Vec<f64>> {
    let parts: Vec<&str> = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    (parts.len() > 1).then(|| parts.iter().map(|part| part.parse().ok()).collect()).flatten()
}

/// What Vensim would write: `INTEG(inflows - outflows, initial)`.
fn integral(inflows: &[Name], outflows: &[Name], initial: Expression, span: Span) -> Expression {
    let flows = inflows.iter().map(|n| (Binary::Add, n)).chain(outflows.iter().map(|n| (Binary::Subtract, n)));
    let mut flows = flows.map(|(sign, name)| (sign, Expression::name(name.clone())));
    let net = match flows.next() {
        None => Expression::Number(0.0),
        Some((sign, first)) => {
            let first = match sign {
                Binary::Subtract => Expression::Unary(Unary::Negative, Box::new(first)),
                _ => first,
            };
            let rest: Vec<_> = flows.collect();
            if rest.is_empty() { first } else { Expression::Chain(Box::new(first), rest) }
        }
    };
    Expression::call("integ", vec![net, initial], span)
}

/// Reads an equation that stands at a place of the file.
pub(super) fn read(text: &str, span: Span, problems: &mut Vec<Diagnostic>) -> Option<Expression> {
    match expression(text, Dialect::Xmile, span.start) {
        Ok(found) => Some(found),
        Err(problem) => {
            // Escapes such as `&lt;` make the text shorter than the file; the place then is that of the equation.
            let exact = span.end - span.start == text.len();
            problems.push(if exact { problem } else { Diagnostic { span, ..problem } });
            None
        }
    }
}
