//! Conveyors and queues: what leaves them is theirs to say, whatever stands in the equations of the flows.
//!
//! XMILE 1.0, section 3.7. The flows of a conveyor get equations that ask the belt; names with a number sign cannot be
//! written by an author, so these functions are the reader's alone.

use std::collections::BTreeSet;

use crate::model::{Binary, Body, Content, Conveyor, Equation, Expression, Name, Reference, Role, Span, Variable};

/// Writes the equations that conveyors and queues imply.
pub(super) fn link(body: &mut Body) {
    gather(body);
    let variables = body.variables.clone();
    // Queues first: what one lets out may be what a conveyor takes in.
    for (place, variable) in variables.iter().enumerate() {
        if let Role::Queue { inflows, outflows } = &variable.role {
            queue(body, place, variable, inflows, outflows);
        }
    }
    for (place, variable) in variables.iter().enumerate() {
        if let Role::Conveyor(conveyor) = &variable.role {
            belt(body, place, conveyor);
            flows_of_belt(body, variable, conveyor);
        }
    }
}

/// A flow with elements fills a stock without by their sum.
fn gather(body: &mut Body) {
    let arrays: BTreeSet<Name> = body
        .variables
        .iter()
        .filter(|variable| variable.equations.iter().any(|equation| !equation.subscripts.is_empty()))
        .map(|variable| variable.name.clone())
        .collect();
    for variable in &mut body.variables {
        let flows = match &variable.role {
            Role::Stock { inflows, outflows } => inflows.iter().chain(outflows),
            _ => continue,
        };
        let wide = flows.filter(|flow| arrays.contains(*flow)).cloned().collect::<BTreeSet<_>>();
        if wide.is_empty() || arrays.contains(&variable.name) {
            continue;
        }
        for equation in &mut variable.equations {
            if let Content::Expression(Expression::Call(call)) = &mut equation.content
                && let Some(net) = call.arguments.first_mut()
            {
                add_up(net, &wide);
            }
        }
    }
}

fn add_up(expression: &mut Expression, wide: &BTreeSet<Name>) {
    match expression {
        Expression::Reference(flow) if wide.contains(&flow.name) => {
            let span = flow.span;
            *expression = Expression::call("sum", vec![reference(&flow.name.clone())], span);
        }
        Expression::Unary(_, inner) => add_up(inner, wide),
        Expression::Chain(first, rest) => {
            add_up(first, wide);
            rest.iter_mut().for_each(|(_, next)| add_up(next, wide));
        }
        _ => {}
    }
}

pub(super) fn reference(name: &Name) -> Expression {
    Expression::Reference(Reference { name: name.clone(), subscripts: Vec::new(), span: Span::default() })
}

pub(super) fn sum(names: &[Name]) -> Expression {
    let mut terms = names.iter().map(reference);
    match terms.next() {
        None => Expression::Number(0.0),
        Some(first) => {
            let rest: Vec<_> = terms.map(|term| (Binary::Add, term)).collect();
            if rest.is_empty() { first } else { Expression::Chain(Box::new(first), rest) }
        }
    }
}

/// `conveyor#(initial, inflow, transit time, arrest, exponential, fraction, start, end, …)`
fn belt(body: &mut Body, place: usize, conveyor: &Conveyor) {
    let Some(variable) = body.variables.get_mut(place) else { return };
    for equation in &mut variable.equations {
        let Content::Expression(initial) = &equation.content else { continue };
        let exponential = conveyor.leaks.iter().any(|leak| leak.exponential);
        let mut arguments = vec![
            initial.clone(),
            sum(&conveyor.inflows),
            transit_time(conveyor, equation.span),
            conveyor.arrest.clone().unwrap_or(Expression::Number(0.0)),
            Expression::Number(if exponential { 1.0 } else { 0.0 }),
        ];
        for leak in &conveyor.leaks {
            let (start, end) = leak.zone;
            arguments.extend([leak.fraction.clone(), Expression::Number(start), Expression::Number(end)]);
        }
        equation.content = Content::Expression(Expression::call("conveyor#", arguments, equation.span));
    }
}

/// Read at every moment, or where `<sample>` says when, held in between.
fn transit_time(conveyor: &Conveyor, span: Span) -> Expression {
    let time = conveyor.transit_time.clone();
    // What a call keeps is found by its place: the belt has the whole of it, this call its beginning.
    let span = Span { end: span.start, ..span };
    match &conveyor.sample {
        Some(when) => Expression::call("sample_if_true", vec![when.clone(), time.clone(), time], span),
        None => time,
    }
}

/// What leaves at the end, what leaks, and what may enter.
fn flows_of_belt(body: &mut Body, belt: &Variable, conveyor: &Conveyor) {
    let mut main = conveyor.outflows.iter().filter(|flow| conveyor.leaks.iter().all(|leak| leak.flow != **flow));
    if let Some(flow) = main.next() {
        ask(body, flow, belt, 0);
    }
    for (number, leak) in conveyor.leaks.iter().enumerate() {
        ask(body, &leak.flow, belt, number + 1);
    }
    let limited = conveyor.capacity.is_some() || conveyor.inflow_limit.is_some() || conveyor.arrest.is_some();
    if !limited {
        return;
    }
    let endless = || Expression::Number(f64::INFINITY);
    for (number, flow) in conveyor.inflows.iter().enumerate() {
        let earlier = conveyor.inflows.get(..number).unwrap_or_default();
        change(body, flow, |wanted, span| {
            let arguments = vec![
                wanted,
                reference(&belt.name),
                conveyor.capacity.clone().unwrap_or_else(endless),
                conveyor.inflow_limit.clone().unwrap_or_else(endless),
                conveyor.arrest.clone().unwrap_or(Expression::Number(0.0)),
                sum(earlier),
            ];
            Expression::call("conveyor_inflow#", arguments, span)
        });
    }
}

/// Makes a flow what the belt lets out: 0 for the end, 1 and up for the leaks.
fn ask(body: &mut Body, flow: &Name, belt: &Variable, number: usize) {
    let Some(variable) = body.variables.iter_mut().find(|variable| variable.name == *flow) else { return };
    if variable.equations.is_empty() {
        let like = |equation: &Equation| Equation { initial: None, except: Vec::new(), ..equation.clone() };
        variable.equations = belt.equations.iter().map(like).collect();
    }
    for equation in &mut variable.equations {
        let arguments = vec![reference(&belt.name), Expression::Number(number as f64)];
        equation.content = Content::Expression(Expression::call("conveyor_outflow#", arguments, equation.span));
    }
}

pub(super) fn change(body: &mut Body, flow: &Name, with: impl Fn(Expression, Span) -> Expression) {
    let Some(variable) = body.variables.iter_mut().find(|variable| variable.name == *flow) else { return };
    for equation in &mut variable.equations {
        if let Content::Expression(wanted) = &equation.content {
            equation.content = Content::Expression(with(wanted.clone(), equation.span));
        }
    }
}

/// A queue is a stock whose first outflow takes all that waits, within what the place it goes to lets in; the next
/// takes what that one left. The order within the queue does not show in amounts.
fn queue(body: &mut Body, place: usize, variable: &Variable, inflows: &[Name], outflows: &[Name]) {
    if let Some(stock) = body.variables.get_mut(place) {
        for equation in &mut stock.equations {
            let Content::Expression(initial) = &equation.content else { continue };
            let mut net = vec![(Binary::Add, sum(inflows))];
            net.extend(outflows.iter().map(|flow| (Binary::Subtract, reference(flow))));
            let net = Expression::Chain(Box::new(Expression::Number(0.0)), net);
            let arguments = vec![net, initial.clone()];
            equation.content = Content::Expression(Expression::call("integ", arguments, equation.span));
        }
    }
    for (number, flow) in outflows.iter().enumerate() {
        let waiting = Expression::Chain(
            Box::new(reference(&variable.name)),
            vec![(Binary::Divide, Expression::name(Name::new("dt")))],
        );
        let before = outflows.get(..number).unwrap_or_default();
        let left = Expression::Chain(Box::new(waiting), vec![(Binary::Subtract, sum(before))]);
        let Some(found) = body.variables.iter_mut().find(|other| other.name == *flow) else { continue };
        if found.equations.is_empty() {
            found.equations = variable.equations.clone();
        }
        for equation in &mut found.equations {
            equation.content = Content::Expression(left.clone());
        }
    }
}
