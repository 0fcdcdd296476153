//! The variables of one body against the units they declare.

use super::equation::{Context, Inference};
use super::found::Found;
use super::numbers::has_bare_number;
use super::report::{clash, written};
use super::scope::Part;
use super::unit::Unit;
use crate::diagnostic::{Diagnostic, Text};
use crate::model::{Content, Equation, Expression, Role, Variable};

/// Variables that only say when a model runs.
pub(super) const CONTROL: &[&str] = &["initial_time", "final_time", "time_step", "saveper"];

/// Checks every variable of a body.
pub(super) fn body(part: Part<'_>, context: &Context<'_, '_>, problems: &mut Vec<Diagnostic>) {
    for variable in &part.body.variables {
        let label = part.label(variable);
        let mut found = Vec::new();
        for equation in &variable.equations {
            found.extend(Checked::new(context, variable, &label).equation(equation));
        }
        if part.name.is_none() && CONTROL.contains(&variable.name.as_str()) {
            found.extend(Checked::new(context, variable, &label).moment());
        }
        found.extend(Checked::new(context, variable, &label).role());
        // Fifty equations of one array that clash alike are one finding.
        let mut said: Vec<Diagnostic> = Vec::new();
        for problem in found {
            if said.iter().all(|earlier| earlier.message != problem.message) {
                said.push(problem);
            }
        }
        problems.extend(said);
    }
}

/// One variable under way.
pub(super) struct Checked<'c, 'm> {
    pub(super) inference: Inference<'c, 'm>,
    pub(super) variable: &'c Variable,
    pub(super) declared: Option<&'c Unit>,
}

impl<'c, 'm> Checked<'c, 'm> {
    fn new(context: &'c Context<'c, 'm>, variable: &'c Variable, label: &'c str) -> Self {
        // Findings that belong to no equation stand at the first.
        let span = variable.equations.first().map_or(variable.span, |equation| equation.span);
        let inference = Inference { context, label, span, bare_number: false, problems: Vec::new() };
        Self { inference, variable, declared: context.scope.declared(&variable.name) }
    }

    fn equation(mut self, equation: &Equation) -> Vec<Diagnostic> {
        self.inference.span = equation.span;
        match &equation.content {
            Content::Expression(Expression::Call(call)) if call.name.as_str() == "integ" => match self.declared {
                Some(unit) => self.stock(&call.arguments, unit),
                None => self.against(&Expression::Call(call.clone()), Words::EQUATION),
            },
            // The equation of a belt or a queue is what it holds at first.
            Content::Expression(expression) => {
                let holds = matches!(self.variable.role, Role::Conveyor(_) | Role::Queue { .. });
                self.against(expression, if holds { Words::INITIAL } else { Words::EQUATION });
            }
            Content::TableOf(_, input) => {
                self.look_into(input);
            }
            _ => {}
        }
        if let Some(initial) = &equation.initial {
            self.against(initial, Words::INITIAL);
        }
        self.inference.problems
    }

    pub(super) fn look_into(&mut self, expression: &Expression) -> Found {
        self.inference.bare_number = has_bare_number(expression);
        self.inference.infer(expression)
    }

    /// An expression against what the variable declares.
    fn against(&mut self, expression: &Expression, words: Words) {
        let found = self.look_into(expression);
        if let Some(wanted) = self.declared {
            self.compare(&found, wanted, words);
        }
    }

    pub(super) fn compare(&mut self, found: &Found, wanted: &Unit, words: Words) {
        let Found::Unit(unit) = found else { return };
        if unit == wanted {
            return;
        }
        let (label, names) = (self.inference.label, self.inference.context.names);
        let (unit, wanted) = (written(unit, names), written(wanted, names));
        let what = Text::new(
            format!("「{label}」的{}得出{}", words.zh, unit.zh),
            format!("the {} of `{label}` comes to {}", words.en, unit.en),
        );
        let bare_number = self.inference.bare_number;
        self.inference.problems.push(clash(self.inference.span, &what, &wanted, bare_number));
    }

    /// `INTEG(rate, initial)` as the whole of an equation.
    fn stock(&mut self, arguments: &[Expression], unit: &Unit) {
        if let Some(initial) = arguments.get(1) {
            self.against(initial, Words::INITIAL);
        }
        // The flows of a drawn stock are looked at one by one.
        if matches!(self.variable.role, Role::Stock { .. }) {
            return;
        }
        let Some(rate) = arguments.first() else { return };
        let found = self.look_into(rate);
        if let Some(wanted) = self.rate(unit) {
            self.compare(&found, &wanted, Words::RATE);
        }
    }

    /// The unit of what changes something in this unit.
    pub(super) fn rate(&self, unit: &Unit) -> Option<Unit> {
        self.inference.context.names.time().map(|time| unit.per(time))
    }

    /// A variable that says when the model runs: its own unit against that of time.
    fn moment(mut self) -> Vec<Diagnostic> {
        let names = self.inference.context.names;
        if let (Some(unit), Some(time)) = (self.declared, names.time())
            && unit != time
        {
            let (label, unit) = (self.inference.label, written(unit, names));
            let what = Text::new(format!("「{label}」以{}计", unit.zh), format!("`{label}` is in {}", unit.en));
            self.inference.problems.push(clash(self.inference.span, &what, &written(time, names), false));
        }
        self.inference.problems
    }
}

/// Which part of a variable is meant, in both languages.
#[derive(Clone, Copy)]
pub(super) struct Words {
    zh: &'static str,
    en: &'static str,
}

impl Words {
    const EQUATION: Self = Self { zh: "方程", en: "equation" };
    const INITIAL: Self = Self { zh: "初值", en: "initial value" };
    const RATE: Self = Self { zh: "净流量", en: "net flow" };
    pub(super) const TRANSIT: Self = Self { zh: "通过时间", en: "transit time" };
    pub(super) const CAPACITY: Self = Self { zh: "容量", en: "capacity" };
    pub(super) const LIMIT: Self = Self { zh: "流入上限", en: "inflow limit" };
}
