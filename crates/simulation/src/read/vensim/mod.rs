//! Vensim's `.mdl` text to a model.

mod entries;
mod equation;

use std::collections::{BTreeMap, BTreeSet};

use self::entries::{Entry, entries, parts};
use self::equation::{Defined, equation};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Body, Content, Dialect, Dimension, Elements, Equation, Expression, Macro, Mapping, Method, Model, Name, Role, Span,
    Specs, Variable, tidy,
};
use crate::read::expression::{Parser, Token};

/// Reads a `.mdl` file. What cannot be read is left out and said.
#[must_use]
pub fn read(text: &str) -> (Model, Vec<Diagnostic>) {
    let (equations, settings) = parts(text);
    let mut reader = Reader::default();
    for entry in entries(equations) {
        reader.entry(&entry);
    }
    reader.finish(settings)
}

/// Collects the variables of one body: several equations of one name are one variable.
#[derive(Default)]
struct Collector {
    variables: Vec<Variable>,
    places: BTreeMap<Name, usize>,
}

impl Collector {
    fn add(&mut self, name: Name, spelling: String, equation: Equation, units: &str, comment: &str) {
        let units = units.trim();
        let comment = tidy(comment.split('~').next().unwrap_or_default());
        let place = *self.places.entry(name.clone()).or_insert(self.variables.len());
        if place == self.variables.len() {
            self.variables.push(Variable {
                name,
                spelling,
                role: Role::Auxiliary,
                equations: Vec::new(),
                non_negative: false,
                units: None,
                documentation: String::new(),
                span: equation.span,
            });
        }
        let Some(variable) = self.variables.get_mut(place) else { return };
        // Only the last of several equations carries unit and comment.
        if !units.is_empty() {
            variable.units = Some(tidy(units));
        }
        if !comment.is_empty() {
            variable.documentation = comment;
        }
        variable.equations.push(equation);
    }
}

#[derive(Default)]
struct Reader {
    body: Collector,
    open: Option<(Macro, Collector)>,
    macros: BTreeMap<Name, Macro>,
    dimensions: Vec<Dimension>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn entry(&mut self, entry: &Entry<'_>) {
        match entry {
            Entry::MacroBegins { head, base } => match macro_head(head, *base) {
                Ok(found) => self.open = Some((found, Collector::default())),
                Err(problem) => self.diagnostics.push(problem),
            },
            Entry::MacroEnds => {
                if let Some((mut found, body)) = self.open.take() {
                    found.body.variables = body.variables;
                    self.macros.insert(found.name.clone(), found);
                }
            }
            Entry::Equation { text, base, units, comment } => match equation(text, *base, entry.span()) {
                Ok(Defined::Variable { name, spelling, equation }) => {
                    if text.trim_end().ends_with('=') {
                        self.diagnostics.push(Diagnostic::warning(
                            Code::MissingEquation,
                            entry.span(),
                            format!("「{spelling}」等号右边是空的；按 Vensim 的做法，计为没有值（:NA:）"),
                            format!("nothing stands right of the equals sign of `{spelling}`; as in Vensim it has no value (:NA:)"),
                        ));
                    }
                    let body = self.open.as_mut().map_or(&mut self.body, |(_, body)| body);
                    body.add(name, spelling, *equation, units, comment);
                }
                Ok(Defined::Dimension(dimension)) => self.dimensions.push(dimension),
                Ok(Defined::Alias { name, spelling, of }) => self.dimensions.push(Dimension {
                    mappings: vec![Mapping { to: of.clone(), elements: Vec::new() }],
                    elements: vec![Elements::One(of, String::new())],
                    name,
                    spelling,
                    span: entry.span(),
                }),
                Ok(Defined::Nothing) => {}
                Err(problem) => self.diagnostics.push(problem),
            },
        }
    }

    fn finish(mut self, settings: &str) -> (Model, Vec<Diagnostic>) {
        if let Some((found, _)) = self.open.take() {
            self.diagnostics.push(Diagnostic::error(
                Code::Syntax,
                found.span,
                format!("宏「{}」没有「:END OF MACRO:」", found.name),
                format!("macro `{}` has no `:END OF MACRO:`", found.name),
            ));
        }
        let has = |name: &str| self.body.places.contains_key(&Name::new(name));
        let control = |name: &str| Expression::name(Name::new(name));
        for (name, zh) in [("INITIAL TIME", "起始时间"), ("FINAL TIME", "结束时间"), ("TIME STEP", "步长")] {
            if !has(name) {
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::NotAModel,
                        Span::default(),
                        format!("缺少「{name}」（{zh}）"),
                        format!("`{name}` is not defined"),
                    )
                    .hint(
                        "请确认这是完整的 Vensim 文本格式 .mdl 文件",
                        "check that this is a complete Vensim .mdl file in text format",
                    ),
                );
            }
        }
        let units = self.body.places.get(&Name::new("TIME STEP")).and_then(|at| self.body.variables.get(*at));
        let model = Model {
            name: String::new(),
            dialect: Dialect::Vensim,
            specs: Specs {
                start: control("INITIAL TIME"),
                stop: control("FINAL TIME"),
                step: control("TIME STEP"),
                save: has("SAVEPER").then(|| control("SAVEPER")),
                method: method(settings),
                units: units
                    .and_then(|v| v.units.clone())
                    .map(|u| tidy(u.split('[').next().unwrap_or("")))
                    .unwrap_or_default(),
            },
            dimensions: self.dimensions,
            body: Body { variables: self.body.variables, instances: Vec::new() },
            modules: BTreeMap::new(),
            macros: self.macros,
            unit_names: unit_names(settings),
        };
        (with_outputs(with_initials(model)), self.diagnostics)
    }
}

/// `ACTIVE INITIAL(a, b)` as the whole right side is an equation with an initial one.
fn with_initials(mut model: Model) -> Model {
    let bodies = model.macros.values_mut().map(|m| &mut m.body).chain([&mut model.body]);
    for equation in bodies.flat_map(|b| &mut b.variables).flat_map(|v| &mut v.equations) {
        if let Content::Expression(Expression::Call(call)) = &equation.content
            && call.name.as_str() == "active_initial"
            && let [active, initial] = call.arguments.as_slice()
        {
            equation.initial = Some(initial.clone());
            equation.content = Content::Expression(active.clone());
        }
    }
    model
}

/// Names after the colon of a call, `MACRO(a, b: c, d)`, are variables that the call defines.
fn with_outputs(mut model: Model) -> Model {
    let known: BTreeSet<Name> = model.body.variables.iter().map(|variable| variable.name.clone()).collect();
    let mut found: BTreeMap<Name, Variable> = BTreeMap::new();
    for variable in &model.body.variables {
        for equation in &variable.equations {
            let Content::Expression(expression) = &equation.content else { continue };
            expression.walk(&mut |part| {
                let Expression::Call(call) = part else { return };
                let Some(definition) = model.macros.get(&call.name) else { return };
                let further = call.arguments.iter().skip(definition.parameters.len()).zip(&definition.outputs);
                for (place, (argument, _)) in further.enumerate() {
                    let Expression::Reference(output) = argument else { continue };
                    let asked = vec![part.clone(), Expression::Number(place as f64)];
                    let content = Content::Expression(Expression::call("macro_output#", asked, call.span));
                    let equation = Equation { content, initial: None, ..equation.clone() };
                    found.entry(output.name.clone()).or_insert_with(|| Variable {
                        name: output.name.clone(),
                        spelling: output.name.as_str().replace('_', " "),
                        equations: vec![equation],
                        units: None,
                        documentation: String::new(),
                        ..variable.clone()
                    });
                }
            });
        }
    }
    model.body.variables.extend(found.into_values().filter(|variable| !known.contains(&variable.name)));
    model
}

/// `name(a, b: c, d)`
fn macro_head(head: &str, base: usize) -> Result<Macro, Diagnostic> {
    let span = Span { start: base, end: base + head.len() };
    let mut parser = Parser::new(head, Dialect::Vensim, base)?;
    let Token::Word(word) = parser.advance() else { return Err(parser.unexpected("the name of a macro", "宏名")) };
    let mut found =
        Macro { name: Name::new(&word), parameters: Vec::new(), outputs: Vec::new(), body: Body::default(), span };
    parser.expect("(")?;
    let mut output = false;
    while let Token::Word(word) = parser.peek().clone() {
        parser.advance();
        let name = Name::new(&word);
        if output {
            found.outputs.push(name);
        } else {
            found.parameters.push((name, None));
        }
        output |= parser.take(":");
        parser.take(",");
    }
    parser.expect(")")?;
    Ok(found)
}

/// The method of integration stands in the settings: `15:0,0,0,m,…` with m from Vensim's list.
fn method(settings: &str) -> Method {
    let line = settings.lines().find_map(|line| line.strip_prefix("15:"));
    match line.and_then(|line| line.split(',').nth(3)).map(str::trim) {
        Some("1" | "5") => Method::RungeKutta4,
        Some("3" | "4") => Method::RungeKutta2,
        _ => Method::Euler,
    }
}

/// Lines `22:$,Dollar,Dollars` of the settings.
fn unit_names(settings: &str) -> Vec<Vec<String>> {
    let line = |line: &str| line.split(',').map(|name| name.trim().to_owned()).collect();
    settings.lines().filter_map(|l| l.strip_prefix("22:")).map(line).collect()
}
