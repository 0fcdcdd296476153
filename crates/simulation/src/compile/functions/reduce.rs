//! Functions that go through the elements of arrays and come to one number.

use crate::compile::context::{Axis, Context};
use crate::compile::dimensions::{DimensionId, Element};
use crate::compile::graph::NodeId;
use crate::compile::lower::Lowering;
use crate::compile::scope::Found;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Call, Dialect, Expression, Name, Span, Subscript};
use crate::operation::{NOT_AVAILABLE, One, Three, Two};

/// More terms than a sum in any model has.
const MOST_TERMS: usize = 1_000_000;

/// Functions that go through elements themselves: what stands in them is theirs.
const OWN: [&str; 9] = ["sum", "prod", "vmin", "vmax", "mean", "stddev", "size", "vector_select", "elmcount"];

impl<'m> Lowering<'m> {
    /// Dimensions that an expression is to be gone through by: `[d!]`, `[*]`, `[a:b]`, and arrays without brackets.
    pub(super) fn axes(&mut self, expression: &'m Expression, context: &Context, found: &mut Vec<Axis>) {
        match expression {
            Expression::Reference(reference) => {
                self.axes_of(&reference.name, &reference.subscripts, context, reference.span, found);
            }
            Expression::Call(call) => {
                if OWN.contains(&call.name.as_str()) {
                    return;
                }
                if !call.subscripts.is_empty() {
                    self.axes_of(&call.name, &call.subscripts, context, call.span, found);
                }
                for argument in &call.arguments {
                    // A graphical function named as an argument is not gone through.
                    let table = matches!(argument, Expression::Reference(r) if self.is_table(&r.name, context));
                    if !table {
                        self.axes(argument, context, found);
                    }
                }
            }
            Expression::Unary(_, inner) => self.axes(inner, context, found),
            Expression::Chain(first, rest) => {
                self.axes(first, context, found);
                rest.iter().for_each(|(_, next)| self.axes(next, context, found));
            }
            Expression::If(parts) => parts.iter().for_each(|part| self.axes(part, context, found)),
            Expression::Number(_) | Expression::Text(_) | Expression::Table(_) => {}
        }
    }

    fn axes_of(
        &mut self,
        name: &Name,
        subscripts: &'m [Subscript],
        context: &Context,
        span: Span,
        found: &mut Vec<Axis>,
    ) {
        let (shape, add) = match self.scopes.find(context.scope, name) {
            Some(Found::Variable(id)) => {
                (self.scopes.variable(id).map(|p| p.shape.axes.clone()).unwrap_or_default(), true)
            }
            Some(Found::Argument(expression, outer)) => {
                let outer = outer.at(context.mode);
                self.axes(expression, &outer, found);
                (Vec::new(), false)
            }
            None => (Vec::new(), false),
        };
        let mut push = |axis: Axis| {
            if !found.contains(&axis) {
                found.push(axis);
            }
        };
        if subscripts.is_empty() && add {
            shape.into_iter().for_each(|dimension| push(Axis::Every(dimension)));
            return;
        }
        for (place, subscript) in subscripts.iter().enumerate() {
            match subscript {
                Subscript::Every(name) => {
                    if let Some(dimension) = self.dimensions.find(name) {
                        push(Axis::Every(dimension));
                    }
                }
                // XMILE: a dimension that nothing on the left side decides.
                Subscript::Name(name) if self.model.dialect == Dialect::Xmile => {
                    let dimension = self.dimensions.find(name).filter(|id| self.meant(*id, context).is_none());
                    if let Some(dimension) = dimension {
                        push(Axis::Every(dimension));
                    }
                }
                Subscript::Wildcard => {
                    if let Some(dimension) = shape.get(place) {
                        push(Axis::Every(*dimension));
                    }
                }
                Subscript::Range(..) => {
                    let part = shape.get(place).and_then(|axis| self.range(subscript, *axis, context, span));
                    if let Some(dimension) = part {
                        push(Axis::Every(dimension));
                    }
                }
                _ => {}
            }
        }
    }

    /// Every combination of elements, the last dimension fastest.
    pub(super) fn combinations(&mut self, axes: &[Axis], span: Span) -> Vec<Vec<(Axis, Element)>> {
        let dimension = |axis: &Axis| match axis {
            Axis::Every(id) | Axis::Plain(id) => *id,
        };
        let sizes = axes.iter().map(|axis| self.dimensions.get(dimension(axis)).elements.len());
        let count = sizes.fold(1_usize, usize::saturating_mul);
        if count > MOST_TERMS {
            self.say_once(Diagnostic::error(
                Code::TooLarge,
                span,
                format!("一次求和超过 {MOST_TERMS} 项"),
                format!("one function goes through more than {MOST_TERMS} elements"),
            ));
            return Vec::new();
        }
        let mut found: Vec<Vec<(Axis, Element)>> = vec![Vec::new()];
        for axis in axes {
            let elements = &self.dimensions.get(dimension(axis)).elements;
            let longer = |row: &Vec<(Axis, Element)>| {
                let row = row.clone();
                elements.iter().map(move |element| row.iter().copied().chain([(*axis, *element)]).collect())
            };
            found = found.iter().flat_map(longer).collect();
        }
        found
    }

    /// The values of an expression for each combination of what it is gone through by.
    fn terms(&mut self, expression: &'m Expression, context: &Context, span: Span) -> Vec<NodeId> {
        let mut axes = Vec::new();
        self.axes(expression, context, &mut axes);
        let rows = self.combinations(&axes, span);
        rows.iter().map(|row| self.lower(expression, &context.with(row))).collect()
    }

    /// The terms of all arguments.
    fn all_terms(&mut self, call: &'m Call, context: &Context) -> Vec<NodeId> {
        call.arguments.iter().flat_map(|argument| self.terms(argument, context, call.span)).collect()
    }

    pub(super) fn folded(&mut self, operation: Two, terms: &[NodeId], empty: f64) -> NodeId {
        let Some((first, rest)) = terms.split_first() else { return self.graph.number(empty) };
        rest.iter().fold(*first, |sum, term| self.graph.two(operation, sum, *term))
    }
}

/// `SUM(x[d!])`, `SUM(x)`
pub(super) fn sum<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let terms = l.all_terms(call, context);
    l.folded(Two::Add, &terms, 0.0)
}

/// `PROD(x[d!])`
pub(super) fn product<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let terms = l.all_terms(call, context);
    l.folded(Two::Multiply, &terms, 1.0)
}

/// `MIN(a, b)`, `MIN(x)` over an array, `VMIN(x[d!])`
pub(super) fn minimum<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let terms = extremes(l, call, context);
    l.folded(Two::Minimum, &terms, f64::NAN)
}

/// `MAX(a, b)`, `MAX(x)` over an array, `VMAX(x[d!])`
pub(super) fn maximum<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let terms = extremes(l, call, context);
    l.folded(Two::Maximum, &terms, f64::NAN)
}

/// One argument is gone through. Of several, arrays whose elements the left side decides are compared element by
/// element; others are gone through as well: `MIN(A, 0)`.
fn extremes<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> Vec<NodeId> {
    if call.arguments.len() == 1 {
        return l.all_terms(call, context);
    }
    let mut terms = Vec::with_capacity(call.arguments.len());
    for argument in &call.arguments {
        let mut axes = Vec::new();
        l.axes(argument, context, &mut axes);
        let decided = axes.iter().all(|axis| match axis {
            Axis::Every(dimension) | Axis::Plain(dimension) => l.meant(*dimension, context).is_some(),
        });
        if decided {
            terms.push(l.lower(argument, context));
        } else {
            terms.extend(l.terms(argument, context, call.span));
        }
    }
    terms
}

/// `MEAN(x)`
pub(super) fn mean<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let terms = l.all_terms(call, context);
    average(l, &terms)
}

fn average(l: &mut Lowering<'_>, terms: &[NodeId]) -> NodeId {
    let (sum, count) = (l.folded(Two::Add, terms, 0.0), l.graph.number(terms.len() as f64));
    l.graph.two(Two::Divide, sum, count)
}

/// `STDDEV(x)`: of all elements, not of a sample.
pub(super) fn deviation<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let terms = l.all_terms(call, context);
    let mean = average(l, &terms);
    let squares: Vec<NodeId> = terms
        .iter()
        .map(|term| {
            let away = l.graph.two(Two::Subtract, *term, mean);
            l.graph.two(Two::Multiply, away, away)
        })
        .collect();
    let variance = average(l, &squares);
    l.graph.one(One::SquareRoot, variance)
}

/// `SIZE(x)`: the number of elements; of a dimension its own.
pub(super) fn size<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    if let Some(count) = dimension(l, call).map(|id| l.dimensions.get(id).elements.len()) {
        return l.graph.number(count as f64);
    }
    let count = l.all_terms(call, context).len();
    l.graph.number(count as f64)
}

fn dimension(l: &Lowering<'_>, call: &Call) -> Option<DimensionId> {
    match call.arguments.first() {
        Some(Expression::Reference(reference)) if reference.subscripts.is_empty() => l.dimensions.find(&reference.name),
        _ => None,
    }
}

/// `ELMCOUNT(d)`
pub(super) fn element_count<'m>(l: &mut Lowering<'m>, call: &'m Call, _context: &Context) -> NodeId {
    match dimension(l, call).map(|id| l.dimensions.get(id).elements.len()) {
        Some(count) => l.graph.number(count as f64),
        None => l.wrong(call.span, &call.name, "维度名", "the name of a dimension"),
    }
}

/// `VECTOR SELECT(selection[d!], expression[d!], missing, action, error)`: what the action says over the elements
/// whose selection is not 0 (Vensim Reference Manual); `missing` where there is none.
pub(super) fn select<'m>(l: &mut Lowering<'m>, call: &'m Call, context: &Context) -> NodeId {
    let [Some(selection), Some(expression)] = [0, 1].map(|place| call.arguments.get(place)) else {
        return l.graph.number(f64::NAN);
    };
    let mut axes = Vec::new();
    l.axes(selection, context, &mut axes);
    l.axes(expression, context, &mut axes);
    let mut rows = Vec::new();
    for row in l.combinations(&axes, call.span) {
        let inside = context.with(&row);
        rows.push((l.lower(selection, &inside), l.lower(expression, &inside)));
    }
    let missing = l.argument(call, 2, context);
    let (zero, one) = (l.graph.number(0.0), l.graph.number(1.0));
    let chosen: Vec<NodeId> = rows.iter().map(|(weight, _)| l.graph.three(Three::Select, *weight, one, zero)).collect();
    let count = l.folded(Two::Add, &chosen, 0.0);
    let action = l.argument(call, 3, context);
    // An action that is no plain number is chosen while the model runs.
    let mut value = l.graph.number(f64::NAN);
    for number in 0..=10 {
        let this = l.graph.number(f64::from(number));
        let asked = l.graph.two(Two::Equal, action, this);
        if l.graph.as_number(asked) != Some(0.0) {
            let found = acted(l, number, &rows, count);
            value = l.graph.three(Three::Select, asked, found, value);
        }
    }
    l.graph.three(Three::Select, count, value, missing)
}

/// One action of `VECTOR SELECT` over pairs of weight and value.
fn acted(l: &mut Lowering<'_>, action: u32, rows: &[(NodeId, NodeId)], count: NodeId) -> NodeId {
    let (operation, neutral) = match action {
        1 | 5 | 7 => (Two::Multiply, 1.0),
        2 | 8 => (Two::Minimum, f64::INFINITY),
        3 | 9 => (Two::Maximum, f64::NEG_INFINITY),
        _ => (Two::Add, 0.0),
    };
    let neutral = l.graph.number(neutral);
    let mut terms = Vec::with_capacity(rows.len());
    for (weight, value) in rows {
        let term = match action {
            0..=4 => l.graph.two(Two::Multiply, *weight, *value),
            5 => l.graph.two(Two::Power, *value, *weight),
            _ => *value,
        };
        terms.push(l.graph.three(Three::Select, *weight, term, neutral));
    }
    let whole = l.folded(operation, &terms, NOT_AVAILABLE);
    if matches!(action, 4 | 10) { l.graph.two(Two::Divide, whole, count) } else { whole }
}
