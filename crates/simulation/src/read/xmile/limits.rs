//! Stocks that cannot fall below zero: their outflows take no more than there is, the first one first.
//!
//! XMILE 1.0, section 4.2, has the order of the outflows as their priority; Stella cuts them back so, and nothing arrives that
//! has not left. An outflow that two stocks name has two sources and is left as it is: such a stock stops at zero.

use std::collections::{BTreeMap, BTreeSet};

use super::belts::{change, reference, sum};
use crate::model::{Binary, Body, Content, Expression, Name, Role, Variable};

/// Writes the limits into the equations of the outflows.
pub(super) fn link(body: &mut Body) {
    let stocks: Vec<Variable> = body
        .variables
        .iter()
        .filter(|variable| variable.non_negative && matches!(variable.role, Role::Stock { .. }))
        .cloned()
        .collect();
    if stocks.is_empty() {
        return;
    }
    let shared = drained_twice(body);
    for stock in &stocks {
        let Role::Stock { inflows, outflows } = &stock.role else { continue };
        for (number, flow) in outflows.iter().enumerate() {
            let earlier = outflows.get(..number).unwrap_or_default();
            if shared.contains(flow) || !alike(body, stock, flow) || reaches(body, earlier, flow) {
                continue;
            }
            // An inflow that waits for this outflow cannot be counted before it.
            let entering = if reaches(body, inflows, flow) { &[] } else { inflows.as_slice() };
            let there = Expression::Chain(
                Box::new(reference(&stock.name)),
                vec![(Binary::Divide, Expression::name(Name::new("dt")))],
            );
            let left = Expression::Chain(
                Box::new(there),
                vec![(Binary::Add, sum(entering)), (Binary::Subtract, sum(earlier))],
            );
            change(body, flow, |wanted, span| {
                let most = Expression::call("max", vec![Expression::Number(0.0), left.clone()], span);
                Expression::call("min", vec![wanted, most], span)
            });
        }
    }
}

fn drained_twice(body: &Body) -> BTreeSet<Name> {
    let mut counts: BTreeMap<&Name, usize> = BTreeMap::new();
    for variable in &body.variables {
        let outflows = match &variable.role {
            Role::Stock { outflows, .. } | Role::Queue { outflows, .. } => outflows,
            Role::Conveyor(belt) => &belt.outflows,
            Role::Flow | Role::Auxiliary => continue,
        };
        outflows.iter().for_each(|flow| *counts.entry(flow).or_default() += 1);
    }
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(flow, _)| flow.clone()).collect()
}

/// Whether a flow is of this model and has the elements of the stock.
fn alike(body: &Body, stock: &Variable, flow: &Name) -> bool {
    let subscripts = |variable: &Variable| -> BTreeSet<Vec<Name>> {
        variable.equations.iter().map(|equation| equation.subscripts.clone()).collect()
    };
    let found = body.variables.iter().find(|variable| variable.name == *flow);
    found.is_some_and(|flow| matches!(flow.role, Role::Flow) && subscripts(flow) == subscripts(stock))
}

/// Whether any of these variables needs another one at the same moment.
fn reaches(body: &Body, from: &[Name], to: &Name) -> bool {
    let mut seen: BTreeSet<Name> = BTreeSet::new();
    let mut open: Vec<Name> = from.to_vec();
    while let Some(name) = open.pop() {
        if name == *to {
            return true;
        }
        let Some(variable) = body.variables.iter().find(|variable| variable.name == name) else { continue };
        let stock = matches!(variable.role, Role::Stock { .. } | Role::Conveyor(_) | Role::Queue { .. });
        if stock || !seen.insert(name) {
            continue;
        }
        for equation in &variable.equations {
            if let Content::Expression(expression) | Content::TableOf(_, expression) = &equation.content {
                expression.walk(&mut |part| {
                    if let Expression::Reference(reference) = part {
                        open.push(reference.name.clone());
                    }
                });
            }
        }
    }
    false
}
