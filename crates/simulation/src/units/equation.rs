//! The unit an expression comes to, from the inside out.

use super::found::Found;
use super::names::Names;
use super::numbers::number;
use super::report::{clash, written};
use super::scope::{Modules, Scope};
use super::unit::Unit;
use crate::diagnostic::{Diagnostic, Text};
use crate::model::{Binary, Dialect, Expression, Model, Name, Reference, Span, Unary};

/// Where an expression stands: what its names mean.
pub(super) struct Context<'c, 'm> {
    pub(super) model: &'m Model,
    pub(super) names: &'c Names,
    pub(super) modules: &'c Modules<'m>,
    pub(super) scope: &'c Scope<'m>,
}

/// One equation under way.
pub(super) struct Inference<'c, 'm> {
    pub(super) context: &'c Context<'c, 'm>,
    pub(super) label: &'c str,
    pub(super) span: Span,
    /// A number as a factor somewhere in it: the hint then differs.
    pub(super) bare_number: bool,
    pub(super) problems: Vec<Diagnostic>,
}

impl Inference<'_, '_> {
    pub(super) fn dialect(&self) -> Dialect {
        self.context.model.dialect
    }

    pub(super) fn time(&self) -> Found {
        Found::declared(self.context.names.time())
    }

    pub(super) fn variable(&self, name: &Name) -> Found {
        Found::declared(self.context.modules.find(self.context.scope, name))
    }

    /// The unit of an expression. Clashes inside are said on the way.
    pub(super) fn infer(&mut self, expression: &Expression) -> Found {
        match expression {
            Expression::Number(_) => Found::Number,
            Expression::Text(_) | Expression::Table(_) => Found::Unknown,
            Expression::Reference(reference) => self.reference(reference),
            Expression::Call(call) => self.call(call),
            Expression::Unary(Unary::Negative, inner) => self.infer(inner),
            Expression::Unary(Unary::Not, inner) => {
                self.infer(inner);
                Found::Number
            }
            Expression::Chain(first, rest) => self.chain(first, rest),
            Expression::If(parts) => {
                let [condition, yes, no] = parts.as_ref();
                self.infer(condition);
                let (yes, no) = (self.infer(yes), self.infer(no));
                self.same(yes, no, |a, b| {
                    Text::new(format!("在{}与{}之间选择", a.zh, b.zh), format!("chooses between {} and {}", a.en, b.en))
                })
            }
        }
    }

    fn reference(&self, reference: &Reference) -> Found {
        let found = self.variable(&reference.name);
        if found != Found::Unknown {
            return found;
        }
        match reference.name.as_str().trim_end_matches('$') {
            "time" | "dt" | "time_step" | "starttime" | "initial_time" | "stoptime" | "final_time" => self.time(),
            "pi" | "inf" | "nan" => Found::Number,
            _ => Found::Unknown,
        }
    }

    fn chain(&mut self, first: &Expression, rest: &[(Binary, Expression)]) -> Found {
        let said = self.problems.len();
        let mut left = self.infer(first);
        for (operator, right) in rest {
            left = self.binary(left, *operator, right);
        }
        // After a clash in a sum it cannot be said which of its terms is right.
        let sum = rest.iter().any(|(operator, _)| matches!(operator, Binary::Add | Binary::Subtract));
        if sum && self.problems.len() > said { Found::Unknown } else { left }
    }

    fn binary(&mut self, left: Found, operator: Binary, right: &Expression) -> Found {
        if operator == Binary::Power {
            return self.power(&left, right);
        }
        let right = self.infer(right);
        match operator {
            Binary::Multiply => left.times(&right, 1.0),
            Binary::Divide | Binary::SafeDivide => left.times(&right, -1.0),
            Binary::Add => self.same(left, right, |a, b| {
                Text::new(format!("把{}与{}相加", a.zh, b.zh), format!("adds {} and {}", a.en, b.en))
            }),
            Binary::Subtract => self.same(left, right, |a, b| {
                Text::new(format!("从{}中减去{}", a.zh, b.zh), format!("takes {} from {}", b.en, a.en))
            }),
            Binary::Modulo => self.same(left, right, |a, b| {
                Text::new(format!("取{}除以{}的余数", a.zh, b.zh), format!("takes {} modulo {}", a.en, b.en))
            }),
            Binary::And | Binary::Or | Binary::Power => Found::Number,
            _ => {
                self.same(left, right, |a, b| {
                    Text::new(format!("把{}与{}相比", a.zh, b.zh), format!("compares {} with {}", a.en, b.en))
                });
                Found::Number
            }
        }
    }

    /// A power. Where the exponent is no number as written, only a base without a unit says what comes out.
    pub(super) fn power(&mut self, base: &Found, exponent: &Expression) -> Found {
        if let Some(number) = number(exponent) {
            return base.to(number);
        }
        let found = self.infer(exponent);
        if let Found::Unit(unit) = found
            && !unit.is_none()
        {
            let unit = written(&unit, self.context.names);
            self.say(
                &Text::new(format!("的指数单位是{}", unit.zh), format!("has an exponent in {}", unit.en)),
                &written(&Unit::none(), self.context.names),
            );
        }
        match base {
            Found::Unit(unit) if !unit.is_none() => Found::Unknown,
            other => other.clone(),
        }
    }

    /// One unit from two that should be equal.
    pub(super) fn same(&mut self, left: Found, right: Found, what: impl FnOnce(&Text, &Text) -> Text) -> Found {
        match (&left, &right) {
            (Found::Unit(one), Found::Unit(other)) if one != other => {
                let (one, other) = (written(one, self.context.names), written(other, self.context.names));
                self.say(&what(&one, &other), &Text::new("同一单位", "one unit"));
                Found::Unknown
            }
            (Found::Unit(_), _) => left,
            (_, Found::Unit(_)) => right,
            (Found::Unknown, _) | (_, Found::Unknown) => Found::Unknown,
            _ => Found::Number,
        }
    }

    /// Says a clash: the variable, what its equation does, and what was expected.
    pub(super) fn say(&mut self, does: &Text, wanted: &Text) {
        let label = self.label;
        let what = Text::new(format!("「{label}」的方程{}", does.zh), format!("the equation of `{label}` {}", does.en));
        self.problems.push(clash(self.span, &what, wanted, self.bare_number));
    }
}
