//! What an expression uses, and how: which way it is moved, and whether only its first value is.

use super::macros::Macros;
use super::names::{Names, slope};
use super::range::of_value;
use super::sign::{Sign, of_parts};
use crate::model::{Call, Content, Expression, Name, Subscript, Unary, Variable};

/// One use of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) source: usize,
    pub(super) way: Way,
}

/// How something is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) sign: Sign,
    /// Only at the first moment.
    pub(super) initial: bool,
    /// What it does shows at a later moment: a stock, a smooth or a delay lies between.
    pub(super) held: bool,
}

impl Way {
    /// The expression is the variable.
    pub(super) const PLAIN: Self = Self { sign: Sign::Plus, initial: false, held: false };

    pub(super) fn signed(self, sign: Sign) -> Self {
        Self { sign: self.sign.times(sign), ..self }
    }

    fn unknown(self) -> Self {
        Self { sign: Sign::Unknown, ..self }
    }

    pub(super) fn at_first(self) -> Self {
        Self { initial: true, ..self.unknown() }
    }

    fn later(self) -> Self {
        Self { held: true, ..self }
    }

    /// Two uses in one equation: what is used at every moment counts, not what is used at the first as well.
    pub(super) fn beside(self, other: Self) -> Self {
        match (self.initial, other.initial) {
            (false, true) => self,
            (true, false) => other,
            _ => Self { sign: self.sign.beside(other.sign), initial: self.initial, held: self.held || other.held },
        }
    }
}

/// How the argument at a place is used by a function that keeps something from step to step. `None`: like any other.
fn kept(name: &str, place: usize, way: Way) -> Option<Way> {
    // What is smoothed or delayed goes on the way it came.
    let way = if place == 0 { way } else { way.unknown() };
    Some(match (name, place) {
        // An order is worked out once, like an initial value.
        ("smooth_n" | "delay_n" | "smthn" | "delayn", 2 | 3) => way.at_first(),
        ("smoothi" | "smooth3i" | "smth1" | "smth3" | "delay1" | "delay1i" | "delay3" | "delay3i", 2) => way.at_first(),
        ("delay" | "delay_fixed" | "trend" | "sample_if_true" | "sample_until", 2) => way.at_first(),
        ("forecast" | "forcst", 3) | ("active_initial" | "previous", 1) => way.at_first(),
        ("initial" | "init" | "reinitial", _) => way.at_first(),
        ("smooth" | "smoothi" | "smooth3" | "smooth3i" | "smooth_n" | "smth1" | "smth3" | "smthn", _) => way.later(),
        // What leaves a delay is its content over its time: the time shows at once.
        ("delay1" | "delay1i" | "delay3" | "delay3i" | "delay_n" | "delayn", 0) => way.later(),
        ("delay" | "delay_fixed" | "previous", _) => way.later(),
        _ => return None,
    })
}

/// Which way the argument at a place moves what a function gives that keeps nothing.
fn passed_on(call: &Call, place: usize, names: &dyn Names) -> Sign {
    let argument = |place: usize| call.arguments.get(place);
    let sign = |place| argument(place).map_or(Sign::Unknown, |part| of_value(part, names).sign());
    match (call.name.as_str(), place) {
        ("min" | "max" | "sum" | "vmin" | "vmax", _) => Sign::Plus,
        ("sqrt" | "exp" | "ln" | "log10" | "int" | "integer" | "arctan" | "active_initial" | "game", 0) => Sign::Plus,
        ("if_then_else", 1 | 2) | ("xidz", 2) => Sign::Plus,
        ("zidz" | "xidz" | "safediv", 0) => sign(1),
        ("zidz" | "xidz" | "safediv", 1) => sign(0).flipped(),
        ("with_lookup", 0) => match argument(1) {
            Some(Expression::Table(table)) => slope(table),
            _ => Sign::Unknown,
        },
        ("lookup" | "lookup_extrapolate", 1) => match argument(0) {
            Some(Expression::Reference(table)) => {
                names.find(&table.name).map_or(Sign::Unknown, |table| names.slope(table))
            }
            _ => Sign::Unknown,
        },
        _ => Sign::Unknown,
    }
}

/// Collects the uses in expressions.
pub(super) struct Reader<'a> {
    names: &'a dyn Names,
    macros: &'a Macros<'a>,
    pub(super) found: Vec<Mention>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(names: &'a dyn Names, macros: &'a Macros<'a>) -> Self {
        Self { names, macros, found: Vec::new() }
    }

    pub(super) fn name(&mut self, name: &Name, way: Way) {
        if let Some(source) = self.names.find(name) {
            self.note(source, way);
        }
    }

    fn note(&mut self, source: usize, way: Way) {
        self.found.push(Mention { source, way });
    }

    /// All equations of a variable. `only_first`: they give initial values and no more.
    pub(super) fn variable(&mut self, variable: &Variable, only_first: bool) {
        let way = if only_first { Way::PLAIN.at_first() } else { Way::PLAIN };
        for equation in &variable.equations {
            match &equation.content {
                Content::Expression(expression) => self.expression(expression, way),
                Content::TableOf(table, input) => self.expression(input, way.signed(slope(table))),
                Content::Numbers(_) | Content::Table(_) | Content::ExternalTable(_) | Content::Data(..) => {}
            }
            if let Some(initial) = &equation.initial {
                self.expression(initial, way.at_first());
            }
        }
    }

    /// An expression and everything in it. As deep as the expression, which the parser bounds.
    pub(super) fn expression(&mut self, expression: &Expression, way: Way) {
        match expression {
            Expression::Number(_) | Expression::Text(_) | Expression::Table(_) => {}
            Expression::Reference(reference) => {
                self.name(&reference.name, way);
                self.subscripts(&reference.subscripts, way);
            }
            Expression::Call(call) => self.call(call, way),
            Expression::Unary(Unary::Negative, inner) => self.expression(inner, way.signed(Sign::Minus)),
            Expression::Unary(Unary::Not, inner) => self.expression(inner, way.unknown()),
            Expression::Chain(first, rest) => {
                let parts = std::iter::once(&**first).chain(rest.iter().map(|(_, next)| next));
                for (part, sign) in parts.zip(of_parts(first, rest, self.names)) {
                    self.expression(part, way.signed(sign));
                }
            }
            // What is chosen moves the whole its own way; the choice itself may do anything.
            Expression::If(parts) => {
                for (place, part) in parts.iter().enumerate() {
                    self.expression(part, if place == 0 { way.unknown() } else { way });
                }
            }
        }
    }

    fn subscripts(&mut self, subscripts: &[Subscript], way: Way) {
        for subscript in subscripts {
            match subscript {
                Subscript::Name(name) => {
                    if let Some(source) = self.names.index(name) {
                        self.note(source, way.unknown());
                    }
                }
                Subscript::Index(index) => self.expression(index, way.unknown()),
                Subscript::Range(from, to) => {
                    self.expression(from, way.unknown());
                    self.expression(to, way.unknown());
                }
                Subscript::Every(_) | Subscript::Wildcard | Subscript::Position(_) => {}
            }
        }
    }

    /// What the author defined goes before what is built in, as when the model is compiled.
    fn call(&mut self, call: &Call, way: Way) {
        self.subscripts(&call.subscripts, way);
        let curve = self.names.find(&call.name).filter(|at| call.arguments.len() == 1 && self.names.is_curve(*at));
        if let Some(curve) = curve {
            self.note(curve, way.unknown());
            let slope = self.names.slope(curve);
            call.arguments.iter().for_each(|argument| self.expression(argument, way.signed(slope)));
        } else if let Some(summary) = self.macros.get(&call.name) {
            for (argument, reach) in call.arguments.iter().zip(&summary.parameters) {
                if let Some(reach) = reach {
                    self.expression(argument, reach.after(way));
                }
            }
            for (source, reach) in &summary.outside {
                self.note(self.names.of_model(*source), reach.after(way));
            }
        } else {
            for (place, argument) in call.arguments.iter().enumerate() {
                let inner = match (call.name.as_str(), place) {
                    ("integ", 0) => way.later(),
                    ("integ", _) => way.at_first(),
                    (name, place) => {
                        kept(name, place, way).unwrap_or_else(|| way.signed(passed_on(call, place, self.names)))
                    }
                };
                self.expression(argument, inner);
            }
        }
    }
}
