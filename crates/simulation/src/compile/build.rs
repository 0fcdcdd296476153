//! From a model to something that can be run: what is asked for, the moments, the values, the program.

use std::collections::{BTreeSet, HashSet};

use super::context::Mode;
use super::dimensions::index;
use super::graph::{Node, NodeId, Pace};
use super::lower::{Goal, Lowering, Moments};
use super::schedule::{Wanted, schedule};
use super::scope::{Found, Placed, ROOT};
use super::shape::{CellId, nearest};
use super::states::StateId;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::external::External;
use crate::model::{Content, Expression, Method, Model, Name, Role, Span};
use crate::run::Simulation;

/// What is asked of a model.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Values that take the place of the model's own, by name: `name`, `name[a,b]`, or `name` for a whole array. Of a
    /// stock it is the first value.
    pub set: Vec<(String, f64)>,
    /// Names whose values each run brings along, in the order of the columns of its row.
    pub vary: Vec<String>,
    /// Names of what is kept: variables, whole arrays, or single elements; everything where it is empty.
    pub save: Vec<String>,
}

/// More steps than any run has; a made-up step of 1e-12 must not run for a week.
const MOST_STEPS: f64 = 10_000_000.0;
/// More operations than fit in memory comfortably.
const MOST_NODES: usize = 20_000_000;

/// Compiles a model. `None` where an error keeps it from running; the errors say why.
#[must_use]
pub fn compile(model: &Model, options: &Options, external: &dyn External) -> (Option<Simulation>, Vec<Diagnostic>) {
    let mut lowering = Lowering::new(model, external, Vec::new());
    let simulation = lowering.simulation(options);
    let problems = lowering.problems;
    let broken = problems.iter().any(|problem| problem.severity == Severity::Error);
    (simulation.filter(|_| !broken), problems)
}

impl Lowering<'_> {
    fn simulation(&mut self, options: &Options) -> Option<Simulation> {
        for (name, value) in &options.set {
            for cell in self.cells_named(name) {
                self.given.insert(cell, *value);
            }
        }
        let mut varied = Vec::new();
        for name in &options.vary {
            let cells = self.cells_named(name);
            self.refuse_moments(name);
            if cells.iter().any(|cell| self.given.contains_key(cell)) {
                self.say_once(Diagnostic::error(
                    Code::DuplicateName,
                    Span::default(),
                    format!("「{name}」既给了一个值，又逐次变动；请去掉其中之一"),
                    format!("`{name}` is given a value and varied as well; take one of the two out"),
                ));
            }
            for cell in &cells {
                // Its own value where it is a number, so that a model looked at alone stays what it was.
                let own = self.given.get(cell).copied().or_else(|| self.own_number(*cell));
                self.given.insert(*cell, own.unwrap_or(f64::NAN));
            }
            varied.push(cells);
        }
        self.moments()?;
        let outputs = self.outputs(&options.save);
        let nodes = self.everything(&outputs)?;
        let helds: Vec<Option<NodeId>> = self.helds.iter().map(|held| held.value).collect();
        let wanted = Wanted {
            graph: &self.graph,
            states: &self.states,
            helds: &helds,
            parameters: self.parameters.len(),
            outputs: &nodes,
        };
        let program = schedule(&wanted);
        let (every, method) = (self.every()?, self.method());
        let place = |cell: &CellId| self.parameters.iter().position(|parameter| parameter.cell == *cell);
        Some(Simulation {
            program,
            method,
            start: self.moments.start,
            step: self.moments.step,
            steps: self.steps(),
            every,
            outputs: outputs.iter().map(|cell| self.scopes.label(*cell, &self.dimensions)).collect(),
            order: nodes.iter().map(|node| node.0).collect(),
            defaults: self.parameters.iter().map(|parameter| parameter.value).collect(),
            parameters: self.parameters.iter().map(|p| self.scopes.label(p.cell, &self.dimensions)).collect(),
            varied: varied.iter().map(|cells| cells.iter().filter_map(place).collect()).collect(),
        })
    }

    /// Belts and queues move whole steps, so what they let out has no rate within one: models with them go by Euler's
    /// method, as in Stella.
    fn method(&mut self) -> Method {
        let asked = self.model.specs.method;
        let whole_steps = |role: &Role| matches!(role, Role::Conveyor(_) | Role::Queue { .. });
        let found = self.scopes.variables().find(|(_, placed)| whole_steps(&placed.written.role));
        let (Some((_, placed)), true) = (found, asked != Method::Euler) else { return asked };
        let problem = Diagnostic::warning(
            Code::Unsupported,
            placed.written.span,
            format!("「{}」按整步移动，模型改用欧拉法", placed.written.spelling),
            format!("`{}` moves by whole steps; the model is run by Euler's method", placed.written.spelling),
        );
        self.say_once(problem);
        Method::Euler
    }

    /// The number that is the whole equation of a cell.
    fn own_number(&self, cell: CellId) -> Option<f64> {
        match &self.definition(cell, Mode::Step)?.1.content {
            Content::Expression(expression) => expression.as_number(),
            _ => None,
        }
    }

    /// The cells a name stands for; says so where there are none.
    fn cells_named(&mut self, written: &str) -> Vec<CellId> {
        if let Some(cell) = self.find_cell(written) {
            return vec![cell];
        }
        let name = Name::new(written);
        if let Some(Found::Variable(id)) = self.scopes.find(ROOT, &name)
            && let Some(placed) = self.scopes.variable(id)
        {
            let (first, size) = (placed.first.0, placed.shape.size());
            return (0..size).map(|place| CellId(first + index(place))).collect();
        }
        let mut found = Diagnostic::error(
            Code::UnknownName,
            Span::default(),
            format!("模型里没有「{written}」"),
            format!("the model has no `{written}`"),
        );
        if let Some(near) = nearest(&name, self.scopes.names(ROOT)) {
            found = found.hint(format!("是不是「{near}」？"), format!("did you mean `{near}`?"));
        }
        self.say_once(found);
        Vec::new()
    }

    /// Runs of one batch share their moments: what decides these cannot differ from run to run.
    fn refuse_moments(&mut self, name: &str) {
        let specs = &self.model.specs;
        let decides = |expression: &Expression| matches!(expression, Expression::Reference(reference) if reference.name == Name::new(name));
        if [&specs.start, &specs.stop, &specs.step].into_iter().chain(&specs.save).any(decides) {
            self.say_once(Diagnostic::error(
                Code::BadTime,
                Span::default(),
                format!("「{name}」决定运行的时刻，不能逐次变动；请用 --set"),
                format!("`{name}` decides the moments of all runs and cannot be varied; use --set"),
            ));
        }
    }

    /// The value of an expression of the model itself, before any run.
    fn known(&mut self, expression: &Expression) -> Option<f64> {
        if let Some(value) = expression.as_number() {
            return Some(value);
        }
        let Expression::Reference(reference) = expression else { return None };
        let Some(Found::Variable(id)) = self.scopes.find(ROOT, &reference.name) else { return None };
        let cell = self.scopes.variable(id)?.first;
        self.reach(Goal::Cell(cell, Mode::Initial));
        let node = self.value(cell, Mode::Initial);
        if self.graph.pace(node) != Pace::Constant {
            let label = self.scopes.label(cell, &self.dimensions);
            self.say_once(Diagnostic::warning(
                Code::BadTime,
                self.scopes.span(cell),
                format!("「{label}」随时间变化；运行中按起始时刻的值"),
                format!("`{label}` changes with time; its value at the start holds for the whole run"),
            ));
        }
        self.evaluate(node)
    }

    fn moments(&mut self) -> Option<()> {
        let specs = &self.model.specs;
        let (start, stop, step) = (self.known(&specs.start), self.known(&specs.stop), self.known(&specs.step));
        let mut bad = |zh: String, en: String| {
            self.problems.push(Diagnostic::error(Code::BadTime, Span::default(), zh, en));
            None
        };
        let (Some(start), Some(stop), Some(step)) = (start, stop, step) else {
            return bad(
                "起始、结束时间和步长应为运行前已知的数".to_owned(),
                "start, stop and step must be known before the run".to_owned(),
            );
        };
        let sound = [start, stop, step].iter().all(|value| value.is_finite()) && step > 0.0 && stop >= start;
        if !sound {
            return bad(
                format!("时间设置无法运行：从 {start} 到 {stop}，步长 {step}"),
                format!("from {start} to {stop} in steps of {step} cannot be run"),
            );
        }
        if (stop - start) / step > MOST_STEPS {
            return bad(
                format!("从 {start} 到 {stop}、步长 {step}，超过 {MOST_STEPS} 步"),
                format!("from {start} to {stop} in steps of {step} are more than {MOST_STEPS} steps"),
            );
        }
        self.moments = Moments { start, stop, step };
        // What was worked out with the stand-ins before may hold an old step: it is worked out again.
        self.forget();
        Some(())
    }

    fn steps(&self) -> usize {
        let Moments { start, stop, step } = self.moments;
        ((stop - start) / step + 1e-6).floor().max(0.0) as usize
    }

    /// After how many steps each moment is kept.
    fn every(&mut self) -> Option<f64> {
        let step = self.moments.step;
        let Some(save) = &self.model.specs.save else { return Some(step) };
        Some(self.known(save).filter(|save| *save > step).unwrap_or(step))
    }

    /// The cells that are kept, in the order of the model or of the list.
    fn outputs(&mut self, save: &[String]) -> Vec<CellId> {
        let mut found = Vec::new();
        for name in save {
            // An input of a module is shown under its own name, wherever its value comes from.
            let own = self.scopes.own(&Name::new(name)).and_then(|id| self.scopes.variable(id));
            match own.map(|placed| (placed.first.0, placed.shape.size())) {
                Some((first, size)) => found.extend((0..size).map(|place| CellId(first + index(place)))),
                None => found.extend(self.cells_named(name)),
            }
        }
        if save.is_empty() {
            self.say_what_has_no_equation();
            for (_, placed) in self.scopes.variables().filter(|(_, placed)| placed.shown) {
                let has_value = |place: usize| {
                    let equation = placed.shape.owner(place).and_then(|at| placed.written.equations.get(at as usize));
                    equation.is_some_and(|e| !matches!(e.content, Content::Table(_) | Content::ExternalTable(_)))
                };
                let places = (0..placed.shape.size()).filter(|place| has_value(*place));
                found.extend(places.map(|place| CellId(placed.first.0 + index(place))));
            }
        }
        let mut seen = HashSet::new();
        found.retain(|cell| seen.insert(*cell));
        found
    }

    /// Variables of the model itself that are nothing yet. One that something needs is an error besides.
    fn say_what_has_no_equation(&mut self) {
        let nothing =
            |placed: &&Placed<'_>| placed.shown && placed.scope == ROOT && placed.written.equations.is_empty();
        let found: Vec<Diagnostic> = self
            .scopes
            .variables()
            .map(|(_, placed)| placed)
            .filter(nothing)
            .map(|placed| {
                Diagnostic::warning(
                    Code::MissingEquation,
                    placed.written.span,
                    format!("「{}」没有方程，不在输出中", placed.spelling),
                    format!("`{}` has no equation and is not among the outputs", placed.spelling),
                )
            })
            .collect();
        found.into_iter().for_each(|problem| self.say_once(problem));
    }

    /// Works out the outputs and whatever states and kept values they rest on, and no more.
    fn everything(&mut self, outputs: &[CellId]) -> Option<Vec<NodeId>> {
        let mut nodes = Vec::with_capacity(outputs.len());
        for cell in outputs {
            self.reach(Goal::Cell(*cell, Mode::Step));
            nodes.push(self.value(*cell, Mode::Step));
        }
        let mut seen: BTreeSet<NodeId> = BTreeSet::new();
        let mut stack = nodes.clone();
        while let Some(id) = stack.pop() {
            if self.graph.len() > MOST_NODES {
                self.problems.push(Diagnostic::error(
                    Code::TooLarge,
                    Span::default(),
                    format!("模型展开后超过 {MOST_NODES} 步运算"),
                    format!("the model comes to more than {MOST_NODES} operations"),
                ));
                return None;
            }
            if !seen.insert(id) {
                continue;
            }
            stack.extend_from_slice(self.graph.operands(id).as_slice());
            match self.graph.node(id) {
                Node::State(place) => {
                    let state = StateId(place);
                    self.reach(Goal::First(state));
                    self.reach(Goal::Next(state));
                    let state = self.state(state)?;
                    stack.extend(state.first.iter().chain(&state.next).flatten());
                }
                Node::Held(place) => {
                    self.reach(Goal::Held(place));
                    stack.extend(self.helds.get(place as usize).and_then(|held| held.value));
                }
                _ => {}
            }
        }
        Some(nodes)
    }
}
