//! Names of units: which spellings are one, which mean no unit, and how they are shown.

use std::collections::BTreeMap;

use super::parse::{Unreadable, parse};
use super::unit::Unit;
use crate::model::{Dialect, Model};

/// Names of a plain number. Per cent is one too: whether 5 or 0.05 is meant is no matter of units.
const NO_UNIT: &[&str] = &[
    "dmnl",
    "dimensionless",
    "dimensionle",
    "unitless",
    "unitle",
    "no unit",
    "none",
    "fraction",
    "ratio",
    "percent",
    "percentage",
    "%",
    "-",
];

/// Spellings that are one wherever they stand: first as it comes out of `singular`, then the one kept.
const SAME: &[(&str, &str)] = &[
    ("people", "person"),
    ("dollar", "$"),
    ("usd", "$"),
    ("us$", "$"),
    ("yr", "year"),
    ("hr", "hour"),
    ("wk", "week"),
    ("deg", "degree"),
];

/// The unit of time, whatever it is.
const TIME: &str = "time";

/// The names of one model.
#[derive(Debug)]
pub(super) struct Names {
    /// What the model says is the same, by name.
    same: BTreeMap<String, Unit>,
    /// How a name was first written.
    spellings: BTreeMap<String, String>,
    /// `a-b` is a product in XMILE; in Vensim it is a name.
    dash: bool,
    time: Option<Unit>,
}

impl Names {
    pub(super) fn new(model: &Model) -> Self {
        let dash = model.dialect == Dialect::Xmile;
        let mut names = Self { same: BTreeMap::new(), spellings: BTreeMap::new(), dash, time: None };
        for row in &model.unit_names {
            let Some((first, others)) = row.split_first() else { continue };
            let Ok(Some(kept)) = names.unit(first) else { continue };
            for other in others {
                names.same.entry(key(other)).or_insert_with(|| kept.clone());
            }
        }
        names.time = names.unit(&model.specs.units).ok().flatten().filter(|unit| !unit.is_none());
        // Stella writes `people/time` until the author says which time.
        if let Some(time) = names.time.clone() {
            names.same.entry(TIME.to_owned()).or_insert(time);
        }
        names
    }

    /// The unit of time, where the model says it.
    pub(super) fn time(&self) -> Option<&Unit> {
        self.time.as_ref()
    }

    /// The unit behind a text as written, range included; `None` where it says nothing.
    pub(super) fn unit(&mut self, text: &str) -> Result<Option<Unit>, Unreadable> {
        let text = text.split('[').next().unwrap_or_default().trim();
        if text.chars().all(|character| character == '?' || character.is_whitespace()) {
            return Ok(None);
        }
        let dash = self.dash;
        let unit = parse(text, dash, &mut |name| self.base(name))?;
        // `people/time` where the model does not say which time may be any.
        Ok((!Self::has(&unit, TIME)).then_some(unit))
    }

    fn base(&mut self, name: &str) -> Unit {
        let key = key(name);
        if NO_UNIT.contains(&key.as_str()) {
            return Unit::none();
        }
        if let Some(unit) = self.same.get(&key) {
            return unit.clone();
        }
        self.spellings.entry(key.clone()).or_insert_with(|| name.replace('_', " "));
        Unit::base(&key)
    }

    /// A name of the model that may stand where a unit does, as `key` has it.
    pub(super) fn has(unit: &Unit, name: &str) -> bool {
        let key = key(name);
        unit.names().any(|part| part == key)
    }

    /// A unit as the author spells it; empty for a plain number.
    pub(super) fn written(&self, unit: &Unit) -> String {
        unit.written(|key| self.spellings.get(key).map_or(key, String::as_str).to_owned())
    }
}

/// The form in which two spellings of a name are equal: lower case, single spaces, every word in the singular.
fn key(name: &str) -> String {
    let name = name.trim().trim_matches('"').replace('_', " ").to_lowercase();
    let name = name.split_whitespace().map(singular).collect::<Vec<_>>().join(" ");
    SAME.iter().find(|(other, _)| *other == name).map_or(name, |(_, kept)| (*kept).to_owned())
}

/// A word without the ending of a plural. The result need not be a word: it is only compared.
fn singular(word: &str) -> String {
    let stem = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.len() > 1);
    if let Some(stem) = stem("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    for ending in ["xes", "ches", "shes", "sses"] {
        if word.ends_with(ending) {
            return word.strip_suffix("es").unwrap_or(word).to_owned();
        }
    }
    let kept = ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    match stem("s") {
        Some(stem) if !kept => stem.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::vensim;

    fn names(dash: bool) -> Names {
        let (mut model, _) = vensim::read("TIME STEP = 1 ~ Month ~|");
        model.unit_names = vec![vec!["Widget".into(), "Gadgets".into()], vec!["kg*m/s^2".into(), "newton".into()]];
        model.dialect = if dash { Dialect::Xmile } else { Dialect::Vensim };
        Names::new(&model)
    }

    #[test]
    fn spellings_of_one_unit_are_equal() {
        for (one, other) in [
            ("people/year", "Persons / Years"),
            ("$/(year*person)", "dollars/person/year"),
            ("1/Month", "/months"),
            ("dmnl [0,1]", "Dimensionless"),
            ("%", "1"),
            ("fraction/week", "1/weeks"),
            ("m^2", "M*m"),
            ("m²", "m^(4/2)"),
            ("kg*m/s^2", "newtons"),
            ("s^-2", "1/s/s"),
            ("pollution_units", "Pollution  unit [0,?,1]"),
            ("people per year", "person/yr"),
            ("gadgets", "widget"),
            ("widgets/time", "widget/month"),
            ("companies", "company"),
            ("boxes", "box"),
            ("m**0.5", "m^(1/2)"),
        ] {
            let mut names = names(false);
            let (left, right) = (names.unit(one), names.unit(other));
            assert!(left.as_ref().is_ok_and(Option::is_some), "{one}: {left:?}");
            assert_eq!(left, right, "{one} and {other}");
        }
    }

    #[test]
    fn a_dash_is_a_product_in_xmile_and_part_of_a_name_in_vensim() {
        let mut xmile = names(true);
        assert_eq!(xmile.unit("person-years/year"), xmile.unit("people"));
        assert_eq!(xmile.unit("m^-2"), xmile.unit("1/m/m"));
        let mut vensim = names(false);
        assert_ne!(vensim.unit("CO2-eq"), vensim.unit("CO2*eq"));
    }

    #[test]
    fn nothing_said_is_no_unit_and_no_problem() {
        for text in ["", "  ", "?", "[0,1]"] {
            assert_eq!(names(false).unit(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn what_is_no_unit_is_refused() {
        for text in ["people/", "(people", "people)", "*", "a b (c)", "m^x", "m^99", &"(".repeat(5000)] {
            assert_eq!(names(false).unit(text), Err(Unreadable::Form), "{text}");
        }
        assert_eq!(names(false).unit("1000*people"), Err(Unreadable::Number));
    }

    #[test]
    fn units_are_shown_in_the_first_spelling() {
        let mut names = names(false);
        let _ = names.unit("Veg_equiv kgs");
        let unit = names.unit("veg equiv kg/(Hectare*YEAR)").ok().flatten().expect("a unit");
        assert_eq!(names.written(&unit), "Veg equiv kgs/(Hectare*YEAR)");
    }
}
