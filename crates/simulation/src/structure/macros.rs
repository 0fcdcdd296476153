//! Macros in short: which arguments reach the result, at every moment or only at the first, at once or later.

use std::collections::BTreeMap;

use super::mention::{Mention, Reader, Way};
use super::names::{Glance, Names, Place};
use super::range::Range;
use super::sign::Sign;
use crate::model::{Macro, Model, Name};

/// How something reaches the result of a macro.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    initial: bool,
    held: bool,
}

impl Reach {
    /// The use of an argument where the macro's result is used like `way`. No sign is handed through a macro.
    pub(super) fn after(self, way: Way) -> Way {
        Way { sign: Sign::Unknown, initial: way.initial || self.initial, held: way.held || self.held }
    }
}

/// What reaches the result of a macro.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Summary {
    /// For each parameter; `None` where it does not reach the result.
    pub(super) parameters: Vec<Option<Reach>>,
    /// Variables of the model that the macro uses by itself.
    pub(super) outside: Vec<(usize, Reach)>,
}

/// All macros of a model.
#[derive(Debug, Default)]
pub(super) struct Macros<'m>(BTreeMap<&'m Name, Summary>);

impl<'m> Macros<'m> {
    pub(super) fn get(&self, name: &Name) -> Option<&Summary> {
        self.0.get(name)
    }

    /// A macro that uses others is known once they are; each round gets at least one more right, so as many rounds
    /// as there are macros are enough.
    pub(super) fn new(model: &'m Model, root: &Place<'_, '_>) -> Self {
        let mut found = Self(model.macros.keys().map(|name| (name, Summary::default())).collect());
        for _ in 0..=model.macros.len() {
            let next = Self(model.macros.iter().map(|(name, one)| (name, summary(one, root, &found))).collect());
            let settled = next.0 == found.0;
            found = next;
            if settled {
                break;
            }
        }
        found
    }
}

/// Names inside a macro: its parameters, its variables, then those of the model.
struct Inside<'a> {
    places: BTreeMap<&'a Name, usize>,
    glances: Vec<Glance>,
    parameters: usize,
    root: &'a Place<'a, 'a>,
}

impl Inside<'_> {
    /// Where the variables of the model begin.
    fn outside(&self) -> usize {
        self.parameters + self.glances.len()
    }
}

impl Names for Inside<'_> {
    fn find(&self, name: &Name) -> Option<usize> {
        // `name$` is the model's own.
        let own = name.as_str().strip_suffix('$').map(Name::new);
        let outside = || Some(self.of_model(self.root.find(own.as_ref().unwrap_or(name))?));
        self.places.get(name).copied().or_else(outside)
    }

    fn index(&self, name: &Name) -> Option<usize> {
        if self.root.dimensions.subject(name).is_some() { None } else { self.find(name) }
    }

    fn is_curve(&self, variable: usize) -> bool {
        match (variable.checked_sub(self.parameters), variable.checked_sub(self.outside())) {
            (_, Some(of_model)) => self.root.is_curve(of_model),
            (Some(own), None) => self.glances.get(own).is_some_and(|glance| glance.curve),
            // A parameter that is called like a function is one.
            (None, None) => true,
        }
    }

    fn range(&self, _: usize) -> Range {
        Range::ANY
    }

    fn slope(&self, _: usize) -> Sign {
        Sign::Unknown
    }

    fn of_model(&self, variable: usize) -> usize {
        self.outside() + variable
    }
}

/// Ways of reaching the result, as bits: at once, later, only at the first moment.
const AT_ONCE: u8 = 1;
const LATER: u8 = 2;
const AT_FIRST: u8 = 4;

fn through(bits: u8, way: Way) -> u8 {
    let mut found = bits & AT_FIRST;
    if way.initial {
        found |= AT_FIRST;
    } else if way.held && bits & (AT_ONCE | LATER) != 0 {
        found |= LATER;
    } else if !way.held {
        found |= bits;
    }
    found
}

fn summary(written: &Macro, root: &Place<'_, '_>, known: &Macros<'_>) -> Summary {
    let parameters = written.parameters.len();
    let names = written.parameters.iter().map(|(name, _)| name).chain(written.body.variables.iter().map(|v| &v.name));
    let mut places = BTreeMap::new();
    for (place, name) in names.enumerate() {
        places.entry(name).or_insert(place);
    }
    let glances = written.body.variables.iter().map(Glance::of).collect();
    let inside = Inside { places, glances, parameters, root };
    let Some(result) = inside.places.get(&written.name).copied() else { return Summary::default() };
    let mut mentions: Vec<Vec<Mention>> = Vec::new();
    for (_, default) in &written.parameters {
        let mut reader = Reader::new(&inside, known);
        if let Some(default) = default {
            reader.expression(default, Way::PLAIN);
        }
        mentions.push(reader.found);
    }
    for variable in &written.body.variables {
        let mut reader = Reader::new(&inside, known);
        reader.variable(variable, false);
        mentions.push(reader.found);
    }
    let mut reached: BTreeMap<usize, u8> = BTreeMap::from([(result, AT_ONCE)]);
    let mut open = vec![result];
    while let Some(at) = open.pop() {
        let bits = reached.get(&at).copied().unwrap_or(0);
        for Mention { source, way } in mentions.get(at).map(Vec::as_slice).unwrap_or_default() {
            let entry = reached.entry(*source).or_insert(0);
            let more = *entry | through(bits, *way);
            if more != *entry {
                *entry = more;
                open.push(*source);
            }
        }
    }
    let reach = |bits: u8| Reach { initial: bits & (AT_ONCE | LATER) == 0, held: bits & LATER != 0 };
    Summary {
        parameters: (0..parameters).map(|at| reached.get(&at).map(|bits| reach(*bits))).collect(),
        outside: reached
            .iter()
            .filter_map(|(at, bits)| Some((at.checked_sub(inside.outside())?, reach(*bits))))
            .collect(),
    }
}
