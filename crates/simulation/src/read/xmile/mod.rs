//! XMILE 1.0 (`.xmile`, `.stmx`, `.itmx`) to a model.
//!
//! The standard: OASIS, XML Interchange Language for System Dynamics (XMILE) Version 1.0, 2015.

mod belts;
mod document;
mod limits;
mod table;
mod variable;

use std::collections::BTreeMap;

use roxmltree::Node;

use self::document::{Look, declared, parse, spelling};
use self::variable::{Defaults, read as equation_of, variable};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Body, Content, Dialect, Dimension, Elements, Equation, Expression, Instance, Macro, Method, Model, Name, Role,
    Specs, Variable, tidy,
};

/// Reads an XMILE file. What cannot be read is left out and said; `None` where there is no model at all.
#[must_use]
pub fn read(text: &str) -> (Option<Model>, Vec<Diagnostic>) {
    let text = declared(text);
    let document = match parse(&text) {
        Ok(document) => document,
        Err(problem) => return (None, vec![problem]),
    };
    let root = document.root_element();
    let mut problems = Vec::new();
    let models: Vec<_> = root.all("model").collect();
    if !root.is("xmile") || models.is_empty() {
        problems.push(
            Diagnostic::error(
                Code::NotAModel,
                root.span(),
                format!("根元素「{}」不含 XMILE 模型", root.tag_name().name()),
                format!("the root element `{}` holds no XMILE model", root.tag_name().name()),
            )
            .hint("应为 <xmile>，内含 <model>", "expected `<xmile>` with a `<model>` inside"),
        );
        return (None, problems);
    }
    let specs = specs(root.child("sim_specs"), &mut problems);
    let defaults = defaults(root.child("behavior"));
    let dimensions = root.child("dimensions").map(|node| dimensions(node, &mut problems)).unwrap_or_default();
    let elements: BTreeMap<Name, Vec<Name>> = dimensions.iter().map(|d| (d.name.clone(), names_of(d))).collect();
    let mut body = Body::default();
    let mut modules = BTreeMap::new();
    for (place, node) in models.iter().enumerate() {
        let found = read_body(*node, defaults, &elements, &mut problems);
        // The model without a name is the whole; in files that name them all it is the first.
        match node.named("name") {
            Some(name) if place > 0 => {
                modules.insert(Name::new(name), found);
            }
            _ if place == 0 => body = found,
            _ => problems.push(Diagnostic::warning(
                Code::Unsupported,
                node.span(),
                "第二个没有名字的 <model> 没有用：没有模块能引用它",
                "a second `<model>` without a name is left out: no module can refer to it",
            )),
        }
    }
    let macros = root.all("macro").filter_map(|node| read_macro(node, defaults, &elements, &mut problems)).collect();
    let mut model = Model {
        name: root.child("header").and_then(|header| header.value("name")).map(|n| tidy(&n)).unwrap_or_default(),
        dialect: Dialect::Xmile,
        specs,
        dimensions,
        body,
        modules,
        macros,
        unit_names: root.child("model_units").map(unit_names).unwrap_or_default(),
    };
    // Looks within a step see a stock half emptied, not what the whole step may take: there a stock only stops at zero.
    if model.specs.method == Method::Euler {
        let inner = model.modules.values_mut().chain(model.macros.values_mut().map(|of| &mut of.body));
        inner.chain([&mut model.body]).for_each(limits::link);
    }
    (Some(model), problems)
}

fn specs(node: Option<Node<'_, '_>>, problems: &mut Vec<Diagnostic>) -> Specs {
    let mut number = |name: &str, default: f64| {
        let Some(child) = node.and_then(|n| n.child(name)) else { return default };
        match child.words().trim().parse::<f64>() {
            Ok(value) if child.named("reciprocal") == Some("true") => 1.0 / value,
            Ok(value) => value,
            Err(_) => {
                problems.push(Diagnostic::error(
                    Code::BadTime,
                    child.span(),
                    format!("<{name}> 不是数字：{}", child.words().trim()),
                    format!("`<{name}>` is no number: {}", child.words().trim()),
                ));
                default
            }
        }
    };
    let (start, stop, step) = (number("start", 0.0), number("stop", 100.0), number("dt", 1.0));
    let save = node.and_then(|n| n.child("savestep")).map(|_| number("savestep", step));
    let interval = || node?.named("save_interval")?.trim().parse::<f64>().ok().filter(|interval| *interval > 0.0);
    let save = save.or_else(interval);
    // Several methods stand in order of preference, parted by commas.
    let methods = node.and_then(|n| n.named("method")).unwrap_or("euler").to_lowercase();
    let method = methods.split(',').find_map(|method| match method.trim() {
        "euler" => Some(Method::Euler),
        "rk2" => Some(Method::RungeKutta2),
        // Methods with a step of their own choice are carried out with the classical one.
        "rk4" | "rk45" | "gear" => Some(Method::RungeKutta4),
        _ => None,
    });
    if let (None, Some(node)) = (method, node) {
        problems.push(Diagnostic::warning(
            Code::Unsupported,
            node.span(),
            format!("没有积分方法「{methods}」，按欧拉法计算；有 euler、rk2、rk4"),
            format!("no method `{methods}`; run by Euler's method; there are euler, rk2, rk4"),
        ));
    }
    Specs {
        start: Expression::Number(start),
        stop: Expression::Number(stop),
        step: Expression::Number(step),
        save: save.map(Expression::Number),
        method: method.unwrap_or_default(),
        units: node.and_then(|n| n.named("time_units")).map(spelling).unwrap_or_default(),
    }
}

/// `<behavior>`: what holds for all stocks or flows.
fn defaults(node: Option<Node<'_, '_>>) -> Defaults {
    let says = |inner: Option<Node<'_, '_>>| {
        inner.and_then(|n| n.child("non_negative")).is_some_and(|n| n.words().trim() != "false")
    };
    let all = says(node);
    Defaults {
        stocks: all || says(node.and_then(|n| n.child("stock"))),
        flows: all || says(node.and_then(|n| n.child("flow"))),
    }
}

fn read_body(
    node: Node<'_, '_>,
    defaults: Defaults,
    elements: &BTreeMap<Name, Vec<Name>>,
    problems: &mut Vec<Diagnostic>,
) -> Body {
    let defaults = match node.child("behavior") {
        Some(behavior) => self::defaults(Some(behavior)),
        None => defaults,
    };
    let mut body = Body::default();
    // Files older than the standard have the variables right in the model.
    let list = node.child("variables").unwrap_or(node);
    // Groups hold nothing of their own in 1.0; older files nest variables in them.
    let nested = list.all("group").flat_map(|group| group.children());
    for child in list.children().chain(nested).filter(Node::is_element) {
        match child.tag_name().name() {
            "stock" | "flow" | "aux" => body.variables.extend(variable(child, defaults, elements, problems)),
            "gf" => body.variables.extend(lone_table(child, problems)),
            "module" => body.instances.push(module(child)),
            _ => {}
        }
    }
    belts::link(&mut body);
    body
}

/// A `<gf name="…">` that stands by itself.
fn lone_table(node: Node<'_, '_>, problems: &mut Vec<Diagnostic>) -> Option<Variable> {
    let written = node.named("name")?;
    let span = node.span();
    let content = Content::Table(table::table(node, problems));
    Some(Variable {
        name: Name::new(written),
        spelling: spelling(written),
        role: Role::Auxiliary,
        equations: vec![Equation { subscripts: Vec::new(), except: Vec::new(), content, initial: None, span }],
        non_negative: false,
        units: node.value("units"),
        documentation: node.value("doc").unwrap_or_default(),
        span,
    })
}

fn module(node: Node<'_, '_>) -> Instance {
    let name = Name::new(node.named("name").unwrap_or_default());
    // `resource` may name a model of this file; a path to another file is not followed.
    let model = node.named("resource").filter(|r| !r.contains("://")).map_or_else(|| name.clone(), Name::new);
    // Stella writes every connection twice; the second, marked `connect2`, is for older readers.
    let connections = node.all("connect").filter_map(|c| {
        let to = Name::new(c.named("to")?);
        let from = Name::new(c.named("from")?.trim_start_matches('.'));
        let to = to.split().filter(|(head, _)| *head == name).map_or(to.clone(), |(_, tail)| tail);
        Some((to, from))
    });
    Instance { connections: connections.collect(), name, model, span: node.span() }
}

fn read_macro(
    node: Node<'_, '_>,
    defaults: Defaults,
    elements: &BTreeMap<Name, Vec<Name>>,
    problems: &mut Vec<Diagnostic>,
) -> Option<(Name, Macro)> {
    let written = node.named("name")?;
    let name = Name::new(written);
    let span = node.span();
    let parameters = node.all("parm").map(|parameter| {
        let default = parameter.named("default").and_then(|text| equation_of(text, parameter.span(), problems));
        (Name::new(&parameter.words()), default)
    });
    let parameters = parameters.collect();
    let mut body = read_body(node, defaults, elements, problems);
    // The result stands beside the variables; in Vensim it is one of them.
    if body.variables.iter().all(|v| v.name != name) {
        let tag = node.child("eqn")?;
        let content = Content::Expression(equation_of(&tag.words(), tag.span(), problems)?);
        body.variables.push(Variable {
            name: name.clone(),
            spelling: spelling(written),
            role: Role::Auxiliary,
            equations: vec![Equation {
                subscripts: Vec::new(),
                except: Vec::new(),
                content,
                initial: None,
                span: tag.span(),
            }],
            non_negative: false,
            units: None,
            documentation: String::new(),
            span,
        });
    }
    Some((name.clone(), Macro { name, parameters, outputs: Vec::new(), body, span }))
}

fn dimensions(node: Node<'_, '_>, problems: &mut Vec<Diagnostic>) -> Vec<Dimension> {
    let read = |dim: Node<'_, '_>| {
        let written = dim.named("name")?;
        let mut elements: Vec<Elements> = dim
            .all("elem")
            .filter_map(|elem| elem.named("name"))
            .map(|name| Elements::One(Name::new(name), spelling(name)))
            .collect();
        if elements.is_empty()
            && let Some(size) = dim.named("size").and_then(|size| size.trim().parse().ok())
        {
            elements.push(Elements::Numbered(String::new(), 1, size));
        }
        let span = dim.span();
        if matches!(elements.as_slice(), [] | [Elements::Numbered(_, _, ..1)]) {
            problems.push(Diagnostic::error(
                Code::UnknownDimension,
                span,
                format!("维度「{}」没有元素：size 应为正整数，或逐一写出 <elem>", spelling(written)),
                format!(
                    "dimension `{}` has no elements: give a whole `size` above 0 or each `<elem>`",
                    spelling(written)
                ),
            ));
        }
        Some(Dimension { name: Name::new(written), spelling: spelling(written), elements, mappings: Vec::new(), span })
    };
    node.all("dim").filter_map(read).collect()
}

fn names_of(dimension: &Dimension) -> Vec<Name> {
    let names = |part: &Elements| match part {
        Elements::One(name, _) => vec![name.clone()],
        Elements::Numbered(stem, first, last) => {
            (*first..=(*last).min(first.saturating_add(100_000))).map(|n| Name::new(&format!("{stem}{n}"))).collect()
        }
        Elements::External(..) => Vec::new(),
    };
    dimension.elements.iter().flat_map(names).collect()
}

/// `<unit name="…"><eqn/><alias/></unit>`
fn unit_names(node: Node<'_, '_>) -> Vec<Vec<String>> {
    let names = |unit: Node<'_, '_>| {
        let first = unit.value("eqn").or_else(|| unit.named("name").map(str::to_owned))?;
        let others = unit.all("alias").map(|alias| alias.words());
        let name = unit.named("name").map(str::to_owned);
        Some([first].into_iter().chain(name).chain(others).map(|n| tidy(&n)).collect())
    };
    node.all("unit").filter_map(names).collect()
}
