//! An expression to a value.

use super::Lowering;
use crate::compile::context::Context;
use crate::compile::functions;
use crate::compile::graph::NodeId;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Binary, Expression, Unary};
use crate::operation::{One, Three, Two};

impl<'m> Lowering<'m> {
    pub(crate) fn lower(&mut self, expression: &'m Expression, context: &Context) -> NodeId {
        match expression {
            Expression::Number(value) => self.graph.number(*value),
            Expression::Reference(reference) => self.reference(reference, context),
            Expression::Call(call) => functions::call(self, call, context),
            Expression::Unary(operation, inner) => {
                let inner = self.lower(inner, context);
                let operation = match operation {
                    Unary::Negative => One::Negative,
                    Unary::Not => One::Not,
                };
                self.graph.one(operation, inner)
            }
            Expression::Chain(first, rest) => {
                let mut value = self.lower(first, context);
                for (operation, next) in rest {
                    let next = self.lower(next, context);
                    value = self.binary(*operation, value, next);
                }
                value
            }
            Expression::If(parts) => {
                let [condition, yes, no] = parts.each_ref().map(|part| self.lower(part, context));
                self.graph.three(Three::Select, condition, yes, no)
            }
            Expression::Text(text) => {
                self.misplaced(context, &format!("「{text}」"), &format!("the text '{text}'"));
                self.graph.number(f64::NAN)
            }
            Expression::Table(_) => {
                self.misplaced(context, "图形函数", "a graphical function");
                self.graph.number(f64::NAN)
            }
        }
    }

    fn misplaced(&mut self, context: &Context, zh: &str, en: &str) {
        let label = self.scopes.label(context.cell, &self.dimensions);
        self.say_once(Diagnostic::error(
            Code::Syntax,
            self.scopes.span(context.cell),
            format!("「{label}」：{zh}不能当作数值"),
            format!("`{label}`: {en} stands where a value is needed"),
        ));
    }

    pub(crate) fn binary(&mut self, operation: Binary, a: NodeId, b: NodeId) -> NodeId {
        let operation = match operation {
            Binary::Add => Two::Add,
            Binary::Subtract => Two::Subtract,
            Binary::Multiply => Two::Multiply,
            Binary::Divide => Two::Divide,
            Binary::SafeDivide => {
                let zero = self.graph.number(0.0);
                return self.safe_divide(a, b, zero);
            }
            Binary::Modulo => Two::ModuloFloor,
            Binary::Power => return self.power(a, b),
            Binary::Less => Two::Less,
            Binary::LessEqual => Two::LessEqual,
            Binary::Greater => Two::Greater,
            Binary::GreaterEqual => Two::GreaterEqual,
            Binary::Equal => Two::Equal,
            Binary::NotEqual => Two::NotEqual,
            Binary::And => Two::And,
            Binary::Or => Two::Or,
        };
        self.graph.two(operation, a, b)
    }

    /// A square is a product: exact, and a hundred times faster than a power.
    pub(crate) fn power(&mut self, a: NodeId, b: NodeId) -> NodeId {
        if self.graph.as_number(b) == Some(2.0) {
            return self.graph.two(Two::Multiply, a, a);
        }
        self.graph.two(Two::Power, a, b)
    }

    /// `other` where the divisor is 0, and only there.
    pub(crate) fn safe_divide(&mut self, a: NodeId, b: NodeId, other: NodeId) -> NodeId {
        let quotient = self.graph.two(Two::Divide, a, b);
        self.graph.three(Three::Select, b, quotient, other)
    }
}
