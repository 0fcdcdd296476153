//! What flows into and out of a stock, and what a belt needs beside.

use super::body::{Checked, Words};
use super::found::Found;
use super::report::{clash, written};
use super::unit::Unit;
use crate::diagnostic::{Diagnostic, Text};
use crate::model::{Conveyor, Name, Role};

impl Checked<'_, '_> {
    /// Flows of stocks, and what else a belt needs.
    pub(super) fn role(mut self) -> Vec<Diagnostic> {
        let (inflows, outflows) = match &self.variable.role {
            Role::Stock { inflows, outflows } | Role::Queue { inflows, outflows } => (inflows, outflows),
            Role::Conveyor(belt) => (&belt.inflows, &belt.outflows),
            Role::Flow | Role::Auxiliary => return Vec::new(),
        };
        if let Some(unit) = self.declared
            && let Some(wanted) = self.rate(unit)
        {
            inflows.iter().for_each(|flow| self.flow(flow, &wanted, ("流入", "into")));
            outflows.iter().for_each(|flow| self.flow(flow, &wanted, ("流出", "out of")));
        }
        if let Role::Conveyor(belt) = &self.variable.role {
            self.belt(belt);
        }
        self.inference.problems
    }

    fn flow(&mut self, flow: &Name, wanted: &Unit, (zh, en): (&str, &str)) {
        let Found::Unit(unit) = self.inference.variable(flow) else { return };
        if unit == *wanted {
            return;
        }
        let (label, names) = (self.inference.label, self.inference.context.names);
        let (unit, wanted) = (written(&unit, names), written(wanted, names));
        let what = Text::new(
            format!("「{flow}」以{}{zh}「{label}」", unit.zh),
            format!("`{flow}` flows {en} `{label}` in {}", unit.en),
        );
        self.inference.problems.push(clash(self.inference.span, &what, &wanted, false));
    }

    fn belt(&mut self, belt: &Conveyor) {
        let time = self.inference.context.names.time();
        let rate = self.declared.and_then(|unit| self.rate(unit));
        let parts = [
            (Some(&belt.transit_time), time.cloned(), Words::TRANSIT),
            (belt.capacity.as_ref(), self.declared.cloned(), Words::CAPACITY),
            (belt.inflow_limit.as_ref(), rate, Words::LIMIT),
        ];
        for (expression, wanted, words) in parts {
            if let (Some(expression), Some(wanted)) = (expression, wanted) {
                let found = self.look_into(expression);
                self.compare(&found, &wanted, words);
            }
        }
    }
}
