//! Units of calls: what goes into a function, and what comes out.

use super::equation::Inference;
use super::found::Found;
use super::functions::{Pattern, pattern};
use super::numbers::has_bare_number;
use super::report::written;
use super::unit::Unit;
use crate::diagnostic::Text;
use crate::model::{Call, Expression};

/// Units of an angle, as `Names` has them.
const ANGLES: &[&str] = &["radian", "rad", "degree", "deg"];

impl Inference<'_, '_> {
    /// The unit of a call.
    pub(super) fn call(&mut self, call: &Call) -> Found {
        let arguments: Vec<Found> = call.arguments.iter().map(|argument| self.infer(argument)).collect();
        // A graphical function gives what it declares, whatever it is asked for.
        let table = self.variable(&call.name);
        if table != Found::Unknown || self.context.model.macros.contains_key(&call.name) {
            return table;
        }
        let at = |place: usize| arguments.get(place).cloned().unwrap_or(Found::Number);
        match pattern(call.name.as_str(), self.dialect()) {
            None => Found::Unknown,
            Some(Pattern::Keep(same, times)) => {
                self.times(call, &arguments, times);
                let given = same.iter().filter_map(|place| arguments.get(*place).cloned()).collect();
                self.all(call, given)
            }
            Some(Pattern::All) => self.all(call, arguments),
            Some(Pattern::Number(times)) => {
                self.times(call, &arguments, times);
                Found::Number
            }
            Some(Pattern::Pure) => {
                self.pure(call, &arguments, &[]);
                Found::Unit(Unit::none())
            }
            Some(Pattern::Angle) => {
                self.pure(call, &arguments, ANGLES);
                // `10 + 5*SIN(…)`: what swings has the unit of the number before it, which is not written.
                Found::Number
            }
            Some(Pattern::Quotient) => {
                let quotient = at(0).times(&at(1), -1.0);
                let otherwise = arguments.get(2).cloned().unwrap_or_else(|| quotient.clone());
                self.all(call, vec![quotient, otherwise])
            }
            Some(Pattern::Power) => match call.arguments.get(1) {
                Some(exponent) => self.power(&at(0), exponent),
                None => Found::Unknown,
            },
            Some(Pattern::Root) => match call.arguments.get(1).and_then(Expression::as_number) {
                Some(degree) => at(0).to(1.0 / degree),
                None => Found::Unknown,
            },
            Some(Pattern::SquareRoot) => at(0).to(0.5),
            Some(Pattern::Integral) => {
                let gathered = self.over_time(&at(0), 1.0);
                self.all(call, vec![gathered, at(1)])
            }
            Some(Pattern::Trend) => {
                self.times(call, &arguments, &[1]);
                Found::Number.times(&self.time(), -1.0)
            }
            Some(Pattern::Pulse) => {
                self.times(call, &arguments, &[1, 2]);
                self.over_time(&at(0), -1.0)
            }
            Some(Pattern::Ramp) => {
                self.times(call, &arguments, &[1, 2]);
                self.over_time(&at(0), 1.0)
            }
        }
    }

    /// Times the unit of time, or by it. A number as written is in whatever unit is needed.
    pub(super) fn over_time(&self, found: &Found, power: f64) -> Found {
        match found {
            Found::Number => Found::Number,
            other => other.times(&self.time(), power),
        }
    }

    fn all(&mut self, call: &Call, units: Vec<Found>) -> Found {
        let mut units = units.into_iter();
        let Some(mut left) = units.next() else { return Found::Unknown };
        let said = self.problems.len();
        for right in units {
            left = self.same(left, right, |a, b| {
                let name = shown(call);
                Text::new(
                    format!("在「{name}」中并用{}与{}", a.zh, b.zh),
                    format!("puts {} and {} into `{name}`", a.en, b.en),
                )
            });
        }
        if self.problems.len() > said { Found::Unknown } else { left }
    }

    /// Arguments that are moments or lengths of time.
    fn times(&mut self, call: &Call, arguments: &[Found], places: &[usize]) {
        let Found::Unit(time) = self.time() else { return };
        for found in places.iter().filter_map(|place| arguments.get(*place)) {
            let Found::Unit(unit) = found else { continue };
            if *unit == time {
                continue;
            }
            let (name, unit) = (shown(call), written(unit, self.context.names));
            let does = Text::new(
                format!("把{}作为「{name}」的时间", unit.zh),
                format!("gives `{name}` a time in {}", unit.en),
            );
            self.say(&does, &written(&time, self.context.names));
        }
    }

    /// Arguments that have no unit, or one of those allowed.
    fn pure(&mut self, call: &Call, arguments: &[Found], allowed: &[&str]) {
        for (found, argument) in arguments.iter().zip(&call.arguments) {
            let Found::Unit(unit) = found else { continue };
            // `SIN(2*PI*TIME/12)`: the number is a period, and its unit was not written.
            if unit.names().all(|name| allowed.contains(&name)) || has_bare_number(argument) {
                continue;
            }
            let (name, unit) = (shown(call), written(unit, self.context.names));
            let does = Text::new(format!("把{}放进「{name}」", unit.zh), format!("puts {} into `{name}`", unit.en));
            self.say(&does, &written(&Unit::none(), self.context.names));
        }
    }
}

/// The name of a function as manuals write it.
fn shown(call: &Call) -> String {
    call.name.as_str().replace('_', " ").to_uppercase()
}
