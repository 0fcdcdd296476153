//! The whole check: names, declared units, then every equation.

use super::body::{CONTROL, body};
use super::equation::Context;
use super::names::Names;
use super::scope::{Modules, Scope, parts};
use crate::diagnostic::Diagnostic;
use crate::model::Model;

/// Every unit that cannot be read, then every equation whose units clash, each in the order of the file. Nothing where
/// no variable declares a unit.
#[must_use]
pub fn check(model: &Model) -> Vec<Diagnostic> {
    // The unit of the time step alone is no ground to judge equations on.
    let declares = parts(model)
        .flat_map(|part| &part.body.variables)
        .any(|variable| variable.units.is_some() && !CONTROL.contains(&variable.name.as_str()));
    if !declares {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let mut names = Names::new(model);
    let scopes: Vec<_> = parts(model).map(|part| (part, Scope::new(part, &mut names, &mut problems))).collect();
    // Macros and modules may share names; only modules are looked into from outside.
    let mut modules = Modules::default();
    let mut others = Vec::new();
    for (part, scope) in scopes {
        match part.name {
            Some(name) if part.is_module() => {
                modules.scopes.insert(name, scope);
            }
            _ => others.push((part, scope)),
        }
    }
    if let Some((_, root)) = others.first() {
        modules.connect(root, model);
    }
    for part in parts(model) {
        let own = || others.iter().find(|(other, _)| other.name == part.name).map(|(_, scope)| scope);
        let inside = || part.name.and_then(|name| modules.scopes.get(name));
        let scope = if part.is_module() { inside() } else { own() };
        let Some(scope) = scope else { continue };
        body(part, &Context { model, names: &names, modules: &modules, scope }, &mut problems);
    }
    problems
}
