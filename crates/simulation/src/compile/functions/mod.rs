//! Calls to values: graphical functions by name, macros, and the built-in functions of the list.

mod allocation;
pub(crate) mod belts;
pub(crate) mod delays;
pub(crate) mod kept;
pub(crate) mod list;
mod macros;
mod money;
mod plain;
mod random;
mod reduce;
mod tables;
mod time;
mod vectors;

use self::list::{FUNCTIONS, Meaning, find};
use super::context::Context;
use super::graph::NodeId;
use super::lower::Lowering;
use super::shape::nearest;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Call, Expression, Name, Span};

/// The value of a call.
pub(crate) fn call<'m>(lowering: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    // What the author defined goes before what is built in.
    if let Some(value) = tables::by_name(lowering, call, context) {
        return value;
    }
    if let Some(definition) = lowering.model.macros.get(&call.name) {
        return macros::expand(lowering, definition, call, context);
    }
    let Some(function) = find(call.name.as_str(), lowering.model.dialect) else {
        unknown(lowering, call, context);
        return lowering.graph.number(f64::NAN);
    };
    let (least, most) = function.arguments;
    if !(least..=most).contains(&call.arguments.len()) {
        let (zh, en) = match (least, most) {
            (least, most) if least == most => (format!("{least} 个"), format!("{least}")),
            (least, list_end) if list_end >= 1_000 => (format!("至少 {least} 个"), format!("at least {least}")),
            (least, most) => (format!("{least} 到 {most} 个"), format!("{least} to {most}")),
        };
        lowering.say_once(Diagnostic::error(
            Code::WrongArguments,
            call.span,
            format!("「{}」有 {} 个参数，应为{zh}", call.name, call.arguments.len()),
            format!("`{}` has {} arguments, expected {en}", call.name, call.arguments.len()),
        ));
        return lowering.graph.number(f64::NAN);
    }
    match function.meaning {
        Meaning::One(operation) => {
            let x = lowering.argument(call, 0, context);
            lowering.graph.one(operation, x)
        }
        Meaning::Two(operation) => {
            let (x, y) = (lowering.argument(call, 0, context), lowering.argument(call, 1, context));
            lowering.graph.two(operation, x, y)
        }
        Meaning::Random(kind) => random::draw(lowering, kind, most - 1, call, context),
        Meaning::Special(build) => build(lowering, call, context),
    }
}

fn unknown(lowering: &mut Lowering<'_>, call: &Call, context: &Context) {
    let label = lowering.scopes.label(context.cell, &lowering.dimensions);
    let mut found = Diagnostic::error(
        Code::UnknownFunction,
        call.span,
        format!("「{label}」用到未知函数「{}」", call.name),
        format!("`{label}` calls `{}`, which is no function known here", call.name),
    );
    let names: Vec<Name> = FUNCTIONS.iter().map(|f| Name::new(f.name)).collect();
    if let Some(near) = nearest(&call.name, names.iter().chain(lowering.scopes.names(context.scope))) {
        found = found.hint(format!("是不是「{near}」？"), format!("did you mean `{near}`?"));
    }
    lowering.say_once(found);
}

impl<'m> Lowering<'m> {
    /// The value of an argument; NaN where there is none, which the number of arguments has ruled out.
    pub(crate) fn argument(&mut self, call: &'m Call, place: usize, context: &Context) -> NodeId {
        match call.arguments.get(place) {
            Some(argument) => self.lower(argument, context),
            None => self.graph.number(f64::NAN),
        }
    }

    /// The value of an argument that may be left out.
    pub(crate) fn optional(&mut self, call: &'m Call, place: usize, default: f64, context: &Context) -> NodeId {
        match call.arguments.get(place) {
            Some(argument) => self.lower(argument, context),
            None => self.graph.number(default),
        }
    }

    /// An argument that shapes the program and must be known before it runs: the order of a delay.
    pub(crate) fn whole(&mut self, call: &'m Call, place: usize, context: &Context) -> Option<f64> {
        let value = self.argument(call, place, &context.at(super::context::Mode::Initial));
        if self.is_unfinished() {
            return None;
        }
        let known = self.evaluate(value);
        if known.is_none() {
            let label = self.scopes.label(context.cell, &self.dimensions);
            self.say_once(Diagnostic::error(
                Code::WrongArguments,
                call.span,
                format!("「{label}」：「{}」的第 {} 个参数应为常数", call.name, place + 1),
                format!("`{label}`: argument {} of `{}` must be a constant", place + 1, call.name),
            ));
        }
        known
    }

    /// Says that an argument is not what the function takes.
    pub(crate) fn wrong(&mut self, span: Span, name: &Name, zh: &str, en: &str) -> NodeId {
        self.say_once(Diagnostic::error(
            Code::WrongArguments,
            span,
            format!("「{name}」的参数应为{zh}"),
            format!("`{name}` takes {en}"),
        ));
        self.graph.number(f64::NAN)
    }
}

/// The texts among the arguments of a call.
pub(crate) fn texts(call: &Call) -> Vec<String> {
    let text = |argument: &Expression| match argument {
        Expression::Text(text) => Some(text.clone()),
        _ => None,
    };
    call.arguments.iter().filter_map(text).collect()
}
