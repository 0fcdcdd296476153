//! Equations to values of the graph, each cell once per mode, in the order in which they need each other.
//!
//! A cell is tried; what it lacks is worked out first and the cell is tried again. A cell that is lacked while it is
//! itself being tried is part of a circle. No recursion over cells: a chain of a million is no deeper than one of two.

mod cell;
mod expression;
mod reference;

use std::collections::{BTreeMap, HashMap};

use super::context::{Context, Mode, Site};
use super::dimensions::{Dimensions, index};
use super::graph::{Graph, NodeId};
use super::scope::{ROOT, ScopeId, Scopes};
use super::shape::CellId;
use super::states::{State, StateId};
use crate::diagnostic::{Code, Diagnostic};
use crate::external::External;
use crate::model::{Expression, Model, Name, Span};

/// The moments of a run, known before anything else is worked out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moments {
    pub(crate) start: f64,
    pub(crate) stop: f64,
    pub(crate) step: f64,
}

/// Names of a long algebraic loop that are told from either end.
const LOOP_ENDS: usize = 8;

/// A constant of the model that a run can be given another value for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter {
    pub(crate) cell: CellId,
    pub(crate) value: f64,
}

/// A value of the first moment that is kept.
#[derive(Debug)]
pub(crate) struct Held<'m> {
    expression: &'m Expression,
    context: Context,
    pub(crate) value: Option<NodeId>,
}

/// Something to be worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Goal {
    Cell(CellId, Mode),
    /// What a state holds at first.
    First(StateId),
    /// What changes a state.
    Next(StateId),
    /// What a kept value is.
    Held(u32),
}

/// Everything known while a model is compiled.
pub(crate) struct Lowering<'m> {
    pub(crate) model: &'m Model,
    pub(crate) external: &'m dyn External,
    pub(crate) dimensions: Dimensions,
    pub(crate) scopes: Scopes<'m>,
    pub(crate) graph: Graph,
    pub(crate) moments: Moments,
    pub(crate) problems: Vec<Diagnostic>,
    pub(crate) states: Vec<State<'m>>,
    pub(crate) state_of_site: HashMap<Site, StateId>,
    pub(crate) scope_of_site: HashMap<Site, ScopeId>,
    pub(crate) helds: Vec<Held<'m>>,
    held_of_site: HashMap<Site, u32>,
    random_of_site: HashMap<Site, u32>,
    pub(crate) parameters: Vec<Parameter>,
    parameter_of_cell: HashMap<CellId, u32>,
    /// Values that take the place of an equation.
    pub(crate) given: BTreeMap<CellId, f64>,
    values: HashMap<(CellId, Mode), NodeId>,
    missing: Vec<Goal>,
    /// A graphical function asked for more than once is read from its file once.
    pub(super) external_curves: HashMap<CellId, Option<crate::operation::Curve>>,
}

impl<'m> Lowering<'m> {
    pub(crate) fn new(model: &'m Model, external: &'m dyn External, problems: Vec<Diagnostic>) -> Self {
        let mut problems = problems;
        let mut dimensions = Dimensions::new(model, external, &mut problems);
        let scopes = Scopes::new(model, &mut dimensions, &mut problems);
        Self {
            model,
            external,
            dimensions,
            scopes,
            graph: Graph::default(),
            moments: Moments { start: 0.0, stop: 0.0, step: 1.0 },
            problems,
            states: Vec::new(),
            state_of_site: HashMap::new(),
            scope_of_site: HashMap::new(),
            helds: Vec::new(),
            held_of_site: HashMap::new(),
            random_of_site: HashMap::new(),
            parameters: Vec::new(),
            parameter_of_cell: HashMap::new(),
            given: BTreeMap::new(),
            values: HashMap::new(),
            missing: Vec::new(),
            external_curves: HashMap::new(),
        }
    }

    /// Works out a goal and everything it needs.
    pub(crate) fn reach(&mut self, goal: Goal) {
        let mut stack = vec![(goal, false)];
        let mut open: HashMap<Goal, usize> = HashMap::new();
        while let Some((goal, tried)) = stack.last().copied() {
            if self.done(goal) {
                open.remove(&goal);
                stack.pop();
                continue;
            }
            let problems_before = self.problems.len();
            self.missing.clear();
            let value = self.attempt(goal);
            let missing = std::mem::take(&mut self.missing);
            if missing.is_empty() {
                self.finish(goal, value);
                open.remove(&goal);
                stack.pop();
                continue;
            }
            // What was said about an unfinished value is said again when it is finished.
            self.problems.truncate(problems_before);
            let circle = missing.iter().copied().find(|lacking| *lacking == goal || open.contains_key(lacking));
            if let Some(lacking) = circle.filter(|lacking| *lacking == goal || tried || open.contains_key(lacking)) {
                self.say_circle(lacking, goal, &stack, &open);
                // Anything will do: the model is not run. What depends on it can be looked at.
                let nothing = vec![self.graph.number(f64::NAN)];
                self.finish(goal, nothing);
                open.remove(&goal);
                stack.pop();
                continue;
            }
            if let Some(top) = stack.last_mut() {
                top.1 = true;
            }
            open.insert(goal, stack.len());
            stack.extend(missing.into_iter().map(|goal| (goal, false)));
        }
    }

    /// Values worked out so far are worked out anew; what was said about them is said again.
    pub(crate) fn forget(&mut self) {
        self.values.clear();
        self.states.clear();
        self.state_of_site.clear();
        self.helds.clear();
        self.held_of_site.clear();
        self.problems.retain(|problem| {
            matches!(
                problem.code,
                Code::UnknownDimension
                    | Code::DuplicateName
                    | Code::SubscriptMismatch
                    | Code::TooLarge
                    | Code::TooDeep
                    | Code::ExternalData
                    | Code::UnknownName
                    | Code::BadTime
            )
        });
    }

    fn done(&self, goal: Goal) -> bool {
        match goal {
            Goal::Cell(cell, mode) => self.values.contains_key(&(cell, mode)),
            Goal::First(state) => self.state(state).is_none_or(|state| state.first.is_some()),
            Goal::Next(state) => self.state(state).is_none_or(|state| state.next.is_some()),
            Goal::Held(place) => self.helds.get(place as usize).is_none_or(|held| held.value.is_some()),
        }
    }

    fn attempt(&mut self, goal: Goal) -> Vec<NodeId> {
        match goal {
            Goal::Cell(cell, mode) => vec![self.cell(cell, mode)],
            Goal::First(state) => self.first(state),
            Goal::Next(state) => self.next(state),
            Goal::Held(place) => match self.helds.get(place as usize) {
                Some(held) => {
                    let (expression, context) = (held.expression, held.context.at(Mode::Initial));
                    vec![self.lower(expression, &context)]
                }
                None => Vec::new(),
            },
        }
    }

    fn finish(&mut self, goal: Goal, nodes: Vec<NodeId>) {
        match goal {
            Goal::Cell(cell, mode) => {
                if let Some(node) = nodes.first() {
                    self.values.insert((cell, mode), *node);
                }
            }
            Goal::First(id) => {
                if let Some(state) = self.states.get_mut(id.0 as usize) {
                    state.first = Some(nodes);
                }
            }
            Goal::Next(id) => {
                if let Some(state) = self.states.get_mut(id.0 as usize) {
                    state.next = Some(nodes);
                }
            }
            Goal::Held(place) => {
                if let Some(held) = self.helds.get_mut(place as usize) {
                    held.value = nodes.first().copied();
                }
            }
        }
    }

    /// The circle is what lies on the stack from the goal that is lacked to the one that lacks it.
    fn say_circle(&mut self, lacking: Goal, goal: Goal, stack: &[(Goal, bool)], open: &HashMap<Goal, usize>) {
        let from = open.get(&lacking).map_or(stack.len(), |depth| depth - 1);
        let on_way = stack.get(from..).unwrap_or_default().iter().map(|(goal, _)| *goal);
        let on_way = on_way.filter(|on| open.contains_key(on) || *on == goal);
        let mut names: Vec<String> = Vec::new();
        let mut span = Span::default();
        for on in on_way.chain((lacking == goal).then_some(goal)) {
            let cell = match on {
                Goal::Cell(cell, _) => Some(cell),
                Goal::First(state) | Goal::Next(state) => self.state(state).map(|state| state.context.cell),
                Goal::Held(place) => self.helds.get(place as usize).map(|held| held.context.cell),
            };
            let Some(cell) = cell else { continue };
            let label = self.scopes.label(cell, &self.dimensions);
            if names.last() != Some(&label) {
                if names.is_empty() {
                    span = self.scopes.span(cell);
                }
                names.push(label);
            }
        }
        names.extend(names.first().cloned());
        let initial = matches!(lacking, Goal::Cell(_, Mode::Initial) | Goal::First(_) | Goal::Held(_));
        if names.len() > 2 * LOOP_ENDS + 1 {
            let left_out = names.len() - 2 * LOOP_ENDS;
            names.splice(LOOP_ENDS..names.len() - LOOP_ENDS, [format!("… ({left_out})")]);
        }
        let path = names.join(" → ");
        let found = if initial {
            Diagnostic::error(
                Code::AlgebraicLoop,
                span,
                format!("初始值互相依赖：{path}"),
                format!("initial values need each other: {path}"),
            )
            .hint(
                "请用 ACTIVE INITIAL（XMILE：init_eqn）给其中一个变量初始值",
                "give one of them an initial value of its own (`ACTIVE INITIAL`, in XMILE `init_eqn`)",
            )
        } else {
            Diagnostic::error(
                Code::AlgebraicLoop,
                span,
                format!("代数环，同一时刻互相依赖：{path}"),
                format!("algebraic loop, each needs the other at the same moment: {path}"),
            )
            .hint("请在环中加入存量或延迟", "put a stock or a delay into the loop")
        };
        self.problems.push(found);
    }

    pub(crate) fn state(&self, id: StateId) -> Option<&State<'m>> {
        self.states.get(id.0 as usize)
    }

    /// The value of a cell, or a stand-in while it is lacked.
    pub(crate) fn value(&mut self, cell: CellId, mode: Mode) -> NodeId {
        match self.values.get(&(cell, mode)) {
            Some(node) => *node,
            None => self.lacks(Goal::Cell(cell, mode)),
        }
    }

    /// What a state holds, in either mode.
    pub(crate) fn held_by(&mut self, id: StateId, mode: Mode) -> NodeId {
        match mode {
            Mode::Step => self.graph.state(id.0),
            Mode::Initial => {
                match self.state(id).and_then(|state| state.first.as_ref()).and_then(|nodes| nodes.first()) {
                    Some(node) => *node,
                    None => self.lacks(Goal::First(id)),
                }
            }
        }
    }

    /// The value of the first moment, kept.
    pub(crate) fn initial_of(&mut self, expression: &'m Expression, context: &Context, span: Span) -> NodeId {
        if context.mode == Mode::Initial {
            return self.lower(expression, context);
        }
        let site = context.site(span, 0);
        let place = match self.held_of_site.get(&site) {
            Some(place) => *place,
            None => {
                let place = index(self.helds.len());
                self.helds.push(Held { expression, context: context.clone(), value: None });
                self.held_of_site.insert(site, place);
                place
            }
        };
        self.graph.held(place)
    }

    fn lacks(&mut self, goal: Goal) -> NodeId {
        self.missing.push(goal);
        self.graph.time()
    }

    /// Whether something lacked so far, so that what follows from the values is not worth saying.
    pub(crate) fn is_unfinished(&self) -> bool {
        !self.missing.is_empty()
    }

    pub(crate) fn parameter(&mut self, cell: CellId, value: f64) -> NodeId {
        let place = match self.parameter_of_cell.get(&cell) {
            Some(place) => *place,
            None => {
                let place = index(self.parameters.len());
                self.parameters.push(Parameter { cell, value });
                self.parameter_of_cell.insert(cell, place);
                place
            }
        };
        self.graph.parameter(place)
    }

    /// The number of a random function's place, the same each time it is asked.
    pub(crate) fn random_place(&mut self, context: &Context, span: Span) -> u32 {
        let next = index(self.random_of_site.len());
        *self.random_of_site.entry(context.site(span, 0)).or_insert(next)
    }

    pub(crate) fn find_cell(&self, label: &str) -> Option<CellId> {
        let (name, brackets) = match label.trim().strip_suffix(']').and_then(|open| open.rsplit_once('[')) {
            Some((name, brackets)) => (name, Some(brackets)),
            None => (label, None),
        };
        let Some(super::scope::Found::Variable(id)) = self.scopes.find(ROOT, &Name::new(name)) else { return None };
        let placed = self.scopes.variable(id)?;
        let elements = match brackets {
            Some(list) => {
                list.split(',').map(|e| self.dimensions.element(&Name::new(e))).collect::<Option<Vec<_>>>()?
            }
            None => Vec::new(),
        };
        let place = placed.shape.place(&elements, &self.dimensions)?;
        Some(CellId(placed.first.0 + index(place)))
    }
}
