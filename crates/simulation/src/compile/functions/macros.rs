//! Functions the author wrote: each call opens the macro's variables anew, with the arguments in place.

use crate::compile::context::Context;
use crate::compile::graph::NodeId;
use crate::compile::lower::Lowering;
use crate::compile::scope::{Found, ScopeId};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Call, Expression, Macro};

/// Macros within macros beyond this use themselves.
const DEEPEST: usize = 30;

/// The value of a call of a macro.
pub(super) fn expand<'m>(l: &mut Lowering<'m>, definition: &'m Macro, call: &'m Call, context: &Context) -> NodeId {
    let Some(scope) = scope_of(l, definition, call, context) else { return l.graph.number(f64::NAN) };
    match l.scopes.find(scope, &definition.name) {
        Some(Found::Variable(id)) => {
            let inside = Context { scope, ..context.clone() };
            l.variable(id, &[], &inside, call.span)
        }
        _ => {
            l.say_once(Diagnostic::error(
                Code::MissingEquation,
                definition.span,
                format!("宏「{}」里没有同名的结果变量", definition.name),
                format!("macro `{}` has no variable of its own name to be the result", definition.name),
            ));
            l.graph.number(f64::NAN)
        }
    }
}

/// `macro_output#(call, place)`: a further result of a call.
pub(super) fn output<'m>(l: &mut Lowering<'m>, asked: &'m Call, context: &Context) -> NodeId {
    let [Expression::Call(call), place] = asked.arguments.as_slice() else { return l.graph.number(f64::NAN) };
    let place = place.as_number().unwrap_or(0.0) as usize;
    let found =
        l.model.macros.get(&call.name).and_then(|definition| Some((definition, definition.outputs.get(place)?)));
    let Some((definition, name)) = found else { return l.graph.number(f64::NAN) };
    let Some(scope) = scope_of(l, definition, call, context) else { return l.graph.number(f64::NAN) };
    match l.scopes.find(scope, name) {
        Some(Found::Variable(id)) => {
            let inside = Context { scope, ..context.clone() };
            l.variable(id, &[], &inside, call.span)
        }
        _ => l.graph.number(f64::NAN),
    }
}

fn scope_of<'m>(l: &mut Lowering<'m>, definition: &'m Macro, call: &'m Call, context: &Context) -> Option<ScopeId> {
    let site = context.site(call.span, 0);
    if let Some(scope) = l.scope_of_site.get(&site) {
        return Some(*scope);
    }
    let needed = definition.parameters.iter().filter(|(_, default)| default.is_none()).count();
    let most = definition.parameters.len() + definition.outputs.len();
    if call.arguments.len() < needed || call.arguments.len() > most {
        let (given, wanted) = (call.arguments.len(), definition.parameters.len());
        l.say_once(Diagnostic::error(
            Code::WrongArguments,
            call.span,
            format!("宏「{}」有 {given} 个参数，应为 {wanted} 个", definition.name),
            format!("macro `{}` has {given} arguments, expected {wanted}", definition.name),
        ));
        return None;
    }
    if l.scopes.scope(context.scope).is_some_and(|scope| scope.depth > DEEPEST) {
        l.say_once(Diagnostic::error(
            Code::TooDeep,
            definition.span,
            format!("宏「{}」调用自身，或宏嵌套过深", definition.name),
            format!("macro `{}` calls itself, or macros are nested too deep", definition.name),
        ));
        return None;
    }
    if l.scopes.is_full() {
        l.say_once(crate::compile::scope::too_many(definition.span));
        return None;
    }
    let scope =
        l.scopes.open(l.model, &definition.body, Some(context.scope), "", false, &mut l.dimensions, &mut l.problems);
    let inside = Context { scope, ..context.clone() };
    let arguments = definition.parameters.iter().enumerate().filter_map(|(place, (name, default))| {
        match (call.arguments.get(place), default) {
            (Some(argument), _) => Some((name.clone(), (argument, context.clone()))),
            (None, Some(default)) => Some((name.clone(), (default, inside.clone()))),
            (None, None) => None,
        }
    });
    let arguments = arguments.collect();
    if let Some(found) = l.scopes.scope_mut(scope) {
        found.arguments = arguments;
    }
    l.scope_of_site.insert(site, scope);
    Some(scope)
}
