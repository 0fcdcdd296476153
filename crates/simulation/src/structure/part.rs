//! What part each variable has: stock, flow, constant and so on, and which flows a stock has.

use super::names::Names;
use super::sign::is_sum;
use crate::compile::dimensions::{DimensionId, Dimensions};
use crate::compile::shape::Shape;
use crate::model::{self, Binary, Content, Expression, Model, Name, Role, Unary};

/// The part a variable has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Carried from one step to the next by its flows: XMILE's stock, conveyor and queue, Vensim's `INTEG`.
    Stock,
    /// Fills or drains a stock. In Vensim: what stands as a plain name in the sum that is the rate of an `INTEG`.
    Flow,
    /// Worked out from other variables or from time.
    Auxiliary,
    /// A number, or one that is worked out from numbers alone or read from a file once.
    Constant,
    /// A graphical function to be called.
    Table,
    /// A series in time from outside the model.
    Data,
}

/// The kind as far as its own equations tell: a flow of Vensim is known by its stock alone.
pub(super) fn kind(variable: &model::Variable, connected: bool) -> Kind {
    let any = |wanted: fn(&Content) -> bool| variable.equations.iter().any(|equation| wanted(&equation.content));
    match variable.role {
        // The ghost of a stock of another module is no second stock.
        _ if connected => Kind::Auxiliary,
        Role::Stock { .. } | Role::Conveyor(_) | Role::Queue { .. } => Kind::Stock,
        Role::Flow => Kind::Flow,
        Role::Auxiliary if any(|content| rate(content).is_some()) => Kind::Stock,
        Role::Auxiliary if any(|c| matches!(c, Content::Table(_) | Content::ExternalTable(_))) => Kind::Table,
        Role::Auxiliary if any(|content| matches!(content, Content::Data(..))) => Kind::Data,
        Role::Auxiliary if variable.equations.is_empty() => Kind::Auxiliary,
        Role::Auxiliary if variable.equations.iter().all(|equation| is_constant(&equation.content)) => Kind::Constant,
        Role::Auxiliary => Kind::Auxiliary,
    }
}

fn is_constant(content: &Content) -> bool {
    match content {
        Content::Numbers(_) => true,
        Content::Expression(expression) => {
            let mut constant = true;
            expression.walk(&mut |part| {
                constant &= match part {
                    Expression::Reference(_) => false,
                    Expression::Call(call) => matches!(
                        call.name.as_str(),
                        "get_xls_constants"
                            | "get_direct_constants"
                            | "pi"
                            | "sqrt"
                            | "exp"
                            | "ln"
                            | "game"
                            | "min"
                            | "max"
                    ),
                    _ => true,
                }
            });
            constant
        }
        _ => false,
    }
}

/// The rate, where the whole right side is an `INTEG`.
fn rate(content: &Content) -> Option<&Expression> {
    match content {
        Content::Expression(Expression::Call(call)) if call.name.as_str() == "integ" => call.arguments.first(),
        _ => None,
    }
}

/// The variables that fill a stock and those that drain it, as written, each once.
pub(super) fn flows(variable: &model::Variable, names: &dyn Names) -> (Vec<usize>, Vec<usize>) {
    let (mut inflows, mut outflows) = (Vec::new(), Vec::new());
    let mut note = |name: &Name, inflow: bool| {
        let Some(flow) = names.find(name) else { return };
        let list: &mut Vec<usize> = if inflow { &mut inflows } else { &mut outflows };
        if !list.contains(&flow) {
            list.push(flow);
        }
    };
    let written = match &variable.role {
        Role::Stock { inflows, outflows } | Role::Queue { inflows, outflows } => Some((inflows, outflows)),
        Role::Conveyor(belt) => Some((&belt.inflows, &belt.outflows)),
        Role::Flow | Role::Auxiliary => None,
    };
    match written {
        Some((filled, drained)) => {
            filled.iter().for_each(|name| note(name, true));
            drained.iter().for_each(|name| note(name, false));
        }
        None => {
            let rates = variable.equations.iter().filter_map(|equation| rate(&equation.content));
            rates.for_each(|rate| terms(rate, true, &mut note));
        }
    }
    (inflows, outflows)
}

/// The plain names of a sum, each with whether it is added.
fn terms(expression: &Expression, added: bool, note: &mut dyn FnMut(&Name, bool)) {
    match expression {
        Expression::Reference(reference) => note(&reference.name, added),
        Expression::Unary(Unary::Negative, inner) => terms(inner, !added, note),
        Expression::Chain(first, rest) if is_sum(rest) => {
            terms(first, added, note);
            rest.iter().for_each(|(sign, next)| terms(next, added == (*sign == Binary::Add), note));
        }
        _ => {}
    }
}

/// Dimensions as the author spells them; a list of elements where they make up no dimension.
pub(super) fn dimensions(
    model: &Model,
    variable: &model::Variable,
    shape: &Shape,
    resolved: &Dimensions,
) -> Vec<String> {
    let spelled = |name: &Name| model.dimensions.iter().find(|d| d.name == *name).map(|d| d.spelling.clone());
    if shape.axes.is_empty() {
        // What cannot be resolved is given as it stands on the left side.
        let first = variable.equations.first().map(|equation| equation.subscripts.as_slice()).unwrap_or_default();
        return first.iter().map(|name| spelled(name).unwrap_or_else(|| name.to_string())).collect();
    }
    let axis = |axis: &DimensionId| {
        let dimension = resolved.get(*axis);
        let elements = || dimension.elements.iter().map(|one| resolved.spelling(*one)).collect::<Vec<_>>().join(", ");
        spelled(&dimension.name).unwrap_or_else(elements)
    };
    shape.axes.iter().map(axis).collect()
}

/// Whether the equations of a variable give only its first value: what XMILE's belts and queues hold.
pub(super) fn is_only_first(variable: &model::Variable) -> bool {
    matches!(variable.role, Role::Conveyor(_) | Role::Queue { .. })
}
