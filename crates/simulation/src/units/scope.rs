//! Which unit a name has, in a model, a module or a macro.

use std::collections::BTreeMap;

use super::names::Names;
use super::report;
use super::unit::Unit;
use crate::diagnostic::Diagnostic;
use crate::model::{Body, Macro, Model, Name, Variable};

/// A body with its name: none for the model itself.
#[derive(Clone, Copy)]
pub(super) struct Part<'m> {
    /// What stands before the names of its variables.
    pub(super) name: Option<&'m Name>,
    pub(super) body: &'m Body,
    macro_: Option<&'m Macro>,
}

impl Part<'_> {
    /// Whether it is what modules are made of.
    pub(super) fn is_module(&self) -> bool {
        self.name.is_some() && self.macro_.is_none()
    }

    /// A variable as people know it.
    pub(super) fn label(&self, variable: &Variable) -> String {
        self.name.map_or_else(|| variable.spelling.clone(), |name| format!("{name}.{}", variable.spelling))
    }
}

/// The model, its modules and its macros.
pub(super) fn parts(model: &Model) -> impl Iterator<Item = Part<'_>> {
    let modules = model.modules.iter().map(|(name, body)| Part { name: Some(name), body, macro_: None });
    let macros =
        model.macros.iter().map(|(name, found)| Part { name: Some(name), body: &found.body, macro_: Some(found) });
    [Part { name: None, body: &model.body, macro_: None }].into_iter().chain(modules).chain(macros)
}

/// The units that the variables of one body declare.
#[derive(Debug, Default)]
pub(super) struct Scope<'m> {
    declared: BTreeMap<&'m Name, Unit>,
    /// Modules placed here, and what they are made of.
    instances: BTreeMap<&'m Name, &'m Name>,
}

impl<'m> Scope<'m> {
    /// Reads the units of a body; what cannot be read is said and left out.
    pub(super) fn new(part: Part<'m>, names: &mut Names, problems: &mut Vec<Diagnostic>) -> Self {
        let mut scope = Self::default();
        for variable in &part.body.variables {
            match variable.units.as_deref().map(|text| names.unit(text)) {
                // In a macro the name of an argument stands for the unit of what is given for it.
                Some(Ok(Some(unit))) if !names_argument(&unit, part.macro_) => {
                    scope.declared.insert(&variable.name, unit);
                }
                Some(Err(problem)) => problems.push(report::unreadable(variable, &part.label(variable), problem)),
                _ => {}
            }
        }
        scope.instances = part.body.instances.iter().map(|placed| (&placed.name, &placed.model)).collect();
        scope
    }

    /// What a variable of this body declares.
    pub(super) fn declared(&self, name: &Name) -> Option<&Unit> {
        self.declared.get(name)
    }
}

fn names_argument(unit: &Unit, macro_: Option<&Macro>) -> bool {
    macro_.is_some_and(|found| {
        let arguments = found.parameters.iter().map(|(name, _)| name).chain(&found.outputs);
        arguments.chain([&found.name]).any(|name| Names::has(unit, name.as_str()))
    })
}

/// The scopes of all modules, by the names of the models they are made of.
#[derive(Debug, Default)]
pub(super) struct Modules<'m> {
    pub(super) scopes: BTreeMap<&'m Name, Scope<'m>>,
}

impl<'m> Modules<'m> {
    /// The unit of a name as a body sees it: its own variable, or one inside a module placed in it.
    pub(super) fn find<'s>(&'s self, scope: &'s Scope<'m>, name: &Name) -> Option<&'s Unit> {
        if let Some(unit) = scope.declared(name) {
            return Some(unit);
        }
        let (head, tail) = name.split()?;
        self.find(self.scopes.get(scope.instances.get(&head)?)?, &tail)
    }

    /// Gives inputs of modules that declare nothing the unit of what they are connected to, where all uses agree.
    pub(super) fn connect(&mut self, root: &Scope<'m>, model: &'m Model) {
        let mut wanted: BTreeMap<(&Name, &Name), Option<Unit>> = BTreeMap::new();
        let modules = self.scopes.iter().filter_map(|(name, scope)| Some((scope, model.modules.get(*name)?)));
        for (scope, body) in [(root, &model.body)].into_iter().chain(modules) {
            for placed in &body.instances {
                for (to, from) in &placed.connections {
                    let unit = self.find(scope, from).cloned();
                    let kept = wanted.entry((&placed.model, to)).or_insert_with(|| unit.clone());
                    if *kept != unit {
                        *kept = None;
                    }
                }
            }
        }
        for ((module, input), unit) in wanted {
            if let (Some(scope), Some(unit)) = (self.scopes.get_mut(module), unit) {
                scope.declared.entry(input).or_insert(unit);
            }
        }
    }
}
