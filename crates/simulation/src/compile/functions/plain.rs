//! Arithmetic that is more than one operation.

use crate::compile::context::Context;
use crate::compile::graph::NodeId;
use crate::compile::lower::Lowering;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Call;
use crate::operation::{NOT_AVAILABLE, One, Three, Two};

/// `LOG(x, base)`; XMILE's `LOG` with one argument is decimal.
pub(super) fn log<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let x = l.argument(call, 0, context);
    if call.arguments.len() == 1 {
        return l.graph.one(One::DecimalLog, x);
    }
    let base = l.argument(call, 1, context);
    let (x, base) = (l.graph.one(One::NaturalLog, x), l.graph.one(One::NaturalLog, base));
    l.graph.two(Two::Divide, x, base)
}

pub(super) fn percent<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let (x, hundred) = (l.argument(call, 0, context), l.graph.number(100.0));
    l.graph.two(Two::Multiply, x, hundred)
}

pub(super) fn power<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let (x, y) = (l.argument(call, 0, context), l.argument(call, 1, context));
    l.power(x, y)
}

pub(super) fn root<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let (x, n, one) = (l.argument(call, 0, context), l.argument(call, 1, context), l.graph.number(1.0));
    let exponent = l.graph.two(Two::Divide, one, n);
    l.graph.two(Two::Power, x, exponent)
}

pub(super) fn xidz<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let [x, y, other] = [0, 1, 2].map(|place| l.argument(call, place, context));
    l.graph.three(Three::DivideOr, x, y, other)
}

pub(super) fn safe_division<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let [x, y] = [0, 1].map(|place| l.argument(call, place, context));
    let other = l.optional(call, 2, 0.0, context);
    l.safe_divide(x, y, other)
}

pub(super) fn if_then_else<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let [condition, yes, no] = [0, 1, 2].map(|place| l.argument(call, place, context));
    l.graph.three(Three::Select, condition, yes, no)
}

/// `X IF MISSING(x, other)`
pub(super) fn if_missing<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let ([x, other], nothing) = ([0, 1].map(|place| l.argument(call, place, context)), l.graph.number(NOT_AVAILABLE));
    let missing = l.graph.two(Two::Equal, x, nothing);
    l.graph.three(Three::Select, missing, other, x)
}

pub(super) fn pi<'m>(l: &mut Lowering<'m>, _call: &'m Call, _context: &Context) -> NodeId {
    l.graph.number(std::f64::consts::PI)
}

pub(super) fn same<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    l.argument(call, 0, context)
}

/// What Vensim writes for an equation that its author has not written yet.
pub(super) fn unwritten<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let label = l.scopes.label(context.cell, &l.dimensions);
    l.say_once(
        Diagnostic::error(
            Code::MissingEquation,
            call.span,
            format!("「{label}」的方程尚未写出（A FUNCTION OF）"),
            format!("the equation of `{label}` is not written yet (`A FUNCTION OF`)"),
        )
        .hint("请在原软件中写出方程", "write the equation in the program the model came from"),
    );
    l.graph.number(f64::NAN)
}
