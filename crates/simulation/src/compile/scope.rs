//! Where names are looked up: the model, its modules, and each use of a macro.

use std::collections::HashMap;

use super::context::Context;
use super::dimensions::{Dimensions, index};
use super::shape::{CellId, Shape, VariableId};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{self, Body, Expression, Model, Name, Span};

/// A scope by its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ScopeId(pub(crate) u32);

/// The model itself.
pub(crate) const ROOT: ScopeId = ScopeId(0);

/// One place where names mean something.
#[derive(Debug, Default)]
pub(crate) struct Scope<'m> {
    parent: Option<ScopeId>,
    /// How deep it stands; macros that use themselves are stopped by it.
    pub(crate) depth: usize,
    variables: HashMap<Name, VariableId>,
    modules: HashMap<Name, ScopeId>,
    /// Inputs of a module: what they are connected to, outside.
    connections: HashMap<Name, Name>,
    /// Where the module stands.
    span: Span,
    /// Arguments of a macro: what stands at the call.
    pub(crate) arguments: HashMap<Name, (&'m Expression, Context)>,
}

/// A variable in its scope.
#[derive(Debug)]
pub(crate) struct Placed<'m> {
    pub(crate) written: &'m model::Variable,
    pub(crate) scope: ScopeId,
    /// With the names of the modules around it.
    pub(crate) spelling: String,
    pub(crate) shape: Shape,
    pub(crate) first: CellId,
    /// Whether people see it: parts of macros they do not.
    pub(crate) shown: bool,
}

/// What a name means.
#[derive(Clone, Copy)]
pub(crate) enum Found<'s, 'm> {
    Variable(VariableId),
    Argument(&'m Expression, &'s Context),
}

/// All scopes, variables and cells.
#[derive(Debug, Default)]
pub(crate) struct Scopes<'m> {
    scopes: Vec<Scope<'m>>,
    variables: Vec<Placed<'m>>,
    cells: Vec<VariableId>,
}

/// Modules within modules beyond this lead in a circle.
const DEEPEST: usize = 50;
/// Modules and calls of macros beyond this: a few lines can ask for billions.
const MOST_SCOPES: usize = 50_000;

/// What is said once modules and macros are too many.
pub(crate) fn too_many(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::TooLarge,
        span,
        format!("模块和宏展开后超过 {MOST_SCOPES} 处"),
        format!("modules and macros make more than {MOST_SCOPES} copies of their equations"),
    )
}

impl<'m> Scopes<'m> {
    pub(crate) fn new(model: &'m Model, dimensions: &mut Dimensions, problems: &mut Vec<Diagnostic>) -> Self {
        let mut found = Self::default();
        found.open(model, &model.body, None, "", true, dimensions, problems);
        problems.extend(found.loose_ends());
        found
    }

    /// Connections whose ends are no variables: the input keeps its own equation then.
    fn loose_ends(&self) -> Vec<Diagnostic> {
        let mut said = Vec::new();
        for scope in &self.scopes {
            let Some(parent) = scope.parent else { continue };
            let mut ends: Vec<&Name> = Vec::new();
            for (to, from) in &scope.connections {
                if !scope.variables.contains_key(to) {
                    ends.push(to);
                }
                let outside = self.within(parent, from, DEEPEST).or_else(|| self.within(ROOT, from, DEEPEST));
                if outside.is_none() {
                    ends.push(from);
                }
            }
            ends.sort();
            said.extend(ends.into_iter().map(|end| {
                Diagnostic::warning(
                    Code::UnknownName,
                    scope.span,
                    format!("模块的连接「{end}」没有对应的变量；该输入用自己的方程"),
                    format!("`{end}` of a connection of the module is no variable; the input keeps its own equation"),
                )
            }));
        }
        said
    }

    /// The variable of this very place, whatever it is connected to: `module.name`.
    pub(crate) fn own(&self, name: &Name) -> Option<VariableId> {
        let (mut scope, mut name) = (self.scope(ROOT)?, name.clone());
        loop {
            if let Some(id) = scope.variables.get(&name) {
                return Some(*id);
            }
            let (module, rest) = name.split()?;
            (scope, name) = (self.scope(*scope.modules.get(&module)?)?, rest);
        }
    }

    /// The cell that a cell of a connected input takes its value from.
    pub(crate) fn source(&self, cell: CellId) -> Option<CellId> {
        let (placed, place) = self.cell(cell)?;
        let scope = self.scope(placed.scope)?;
        let outer = scope.connections.get(&placed.written.name)?;
        let found = self.within(scope.parent?, outer, DEEPEST).or_else(|| self.within(ROOT, outer, DEEPEST));
        let Some(Found::Variable(id)) = found else { return None };
        let source = self.variable(id)?;
        (source.shape.size() == placed.shape.size()).then(|| CellId(source.first.0 + index(place)))
    }

    /// Whether there are as many scopes as can be held.
    pub(crate) fn is_full(&self) -> bool {
        self.scopes.len() >= MOST_SCOPES
    }

    /// Adds a scope for a body, modules in it included.
    #[expect(clippy::too_many_arguments, reason = "called at two places; a struct for it would say the same twice")]
    pub(crate) fn open(
        &mut self,
        model: &'m Model,
        body: &'m Body,
        parent: Option<ScopeId>,
        prefix: &str,
        shown: bool,
        dimensions: &mut Dimensions,
        problems: &mut Vec<Diagnostic>,
    ) -> ScopeId {
        let id = ScopeId(index(self.scopes.len()));
        let depth = parent.map_or(0, |parent| self.scope(parent).map_or(0, |scope| scope.depth) + 1);
        self.scopes.push(Scope { parent, depth, ..Scope::default() });
        for variable in &body.variables {
            self.place(id, variable, prefix, shown, dimensions, problems);
        }
        for instance in &body.instances {
            let Some(inner) = model.modules.get(&instance.model) else {
                problems.push(Diagnostic::error(
                    Code::UnknownName,
                    instance.span,
                    format!("模块「{}」的模型「{}」不在文件中", instance.name, instance.model),
                    format!("module `{}` is made of `{}`, which is not in the file", instance.name, instance.model),
                ));
                continue;
            };
            if self.is_full() {
                problems.push(too_many(instance.span));
                return id;
            }
            if depth > DEEPEST {
                problems.push(Diagnostic::error(
                    Code::TooDeep,
                    instance.span,
                    format!("模块「{}」嵌套超过 {DEEPEST} 层", instance.name),
                    format!("module `{}` is nested more than {DEEPEST} deep", instance.name),
                ));
                continue;
            }
            let prefix = format!("{prefix}{}.", instance.name);
            let scope = self.open(model, inner, Some(id), &prefix, shown, dimensions, problems);
            if let Some(scope) = self.scopes.get_mut(scope.0 as usize) {
                scope.connections = instance.connections.iter().cloned().collect();
                scope.span = instance.span;
            }
            if let Some(outer) = self.scopes.get_mut(id.0 as usize) {
                outer.modules.insert(instance.name.clone(), scope);
            }
        }
        id
    }

    fn place(
        &mut self,
        scope: ScopeId,
        variable: &'m model::Variable,
        prefix: &str,
        shown: bool,
        dimensions: &mut Dimensions,
        problems: &mut Vec<Diagnostic>,
    ) {
        let id = VariableId(index(self.variables.len()));
        let Some(inside) = self.scopes.get_mut(scope.0 as usize) else { return };
        if inside.variables.insert(variable.name.clone(), id).is_some() {
            problems.push(Diagnostic::error(
                Code::DuplicateName,
                variable.span,
                format!("「{}」定义了两次", variable.spelling),
                format!("`{}` is defined twice", variable.spelling),
            ));
        }
        let shape = Shape::new(variable, dimensions, problems);
        let first = CellId(index(self.cells.len()));
        self.cells.extend(std::iter::repeat_n(id, shape.size()));
        let spelling = format!("{prefix}{}", variable.spelling);
        self.variables.push(Placed { written: variable, scope, spelling, shape, first, shown });
    }

    pub(crate) fn scope(&self, id: ScopeId) -> Option<&Scope<'m>> {
        self.scopes.get(id.0 as usize)
    }

    pub(crate) fn scope_mut(&mut self, id: ScopeId) -> Option<&mut Scope<'m>> {
        self.scopes.get_mut(id.0 as usize)
    }

    pub(crate) fn variables(&self) -> impl Iterator<Item = (VariableId, &Placed<'m>)> {
        self.variables.iter().enumerate().map(|(at, placed)| (VariableId(index(at)), placed))
    }

    pub(crate) fn variable(&self, id: VariableId) -> Option<&Placed<'m>> {
        self.variables.get(id.0 as usize)
    }

    /// The variable of a cell and the cell's place in it.
    pub(crate) fn cell(&self, cell: CellId) -> Option<(&Placed<'m>, usize)> {
        let placed = self.variable(*self.cells.get(cell.0 as usize)?)?;
        Some((placed, (cell.0 - placed.first.0) as usize))
    }

    /// What a name means in a scope: a variable there, an argument, what an input is connected to, something in a
    /// module, or at last something of the model itself.
    pub(crate) fn find(&self, scope: ScopeId, name: &Name) -> Option<Found<'_, 'm>> {
        self.within(scope, name, DEEPEST).or_else(|| {
            // `name$` in a macro of Vensim is the model's own.
            let own = name.as_str().strip_suffix('$').map(Name::new);
            self.within(ROOT, own.as_ref().unwrap_or(name), DEEPEST)
        })
    }

    fn within(&self, scope: ScopeId, name: &Name, left: usize) -> Option<Found<'_, 'm>> {
        let inside = self.scope(scope)?;
        let left = left.checked_sub(1)?;
        if let Some((expression, context)) = inside.arguments.get(name) {
            return Some(Found::Argument(expression, context));
        }
        if let (Some(outer), Some(parent)) = (inside.connections.get(name), inside.parent)
            && let Some(found) = self.within(parent, outer, left).or_else(|| self.within(ROOT, outer, left))
        {
            return Some(found);
        }
        if let Some(id) = inside.variables.get(name) {
            return Some(Found::Variable(*id));
        }
        let (module, rest) = name.split()?;
        self.within(*inside.modules.get(&module)?, &rest, left)
    }

    /// Names that could have been meant.
    pub(crate) fn names(&self, scope: ScopeId) -> impl Iterator<Item = &Name> {
        let lists = [Some(scope), (scope != ROOT).then_some(ROOT)];
        lists
            .into_iter()
            .flatten()
            .filter_map(|id| self.scope(id))
            .flat_map(|s| s.variables.keys().chain(s.arguments.keys()))
    }

    /// Where the equation of a cell stands.
    pub(crate) fn span(&self, cell: CellId) -> Span {
        let Some((placed, place)) = self.cell(cell) else { return Span::default() };
        let equation = placed.shape.owner(place).and_then(|at| placed.written.equations.get(at as usize));
        equation.map_or(placed.written.span, |equation| equation.span)
    }

    /// As people call a cell: `name[a,b]`.
    pub(crate) fn label(&self, cell: CellId, dimensions: &Dimensions) -> String {
        let Some((placed, place)) = self.cell(cell) else { return String::new() };
        let elements = placed.shape.elements(place, dimensions);
        if elements.is_empty() {
            return placed.spelling.clone();
        }
        let names: Vec<&str> = elements.iter().map(|element| dimensions.spelling(*element)).collect();
        format!("{}[{}]", placed.spelling, names.join(","))
    }
}
