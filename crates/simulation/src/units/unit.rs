//! A unit as a product of names with powers: `people/year` is people to the 1 and year to the -1.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Powers closer together than this are one: a third three times is a whole.
const CLOSE: f64 = 1e-6;

/// A product of names with powers. Empty for a plain number.
#[derive(Clone, Debug, Default)]
pub struct Unit(BTreeMap<Arc<str>, f64>);

impl Unit {
    /// The unit of a plain number.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// A name to the power of 1. The name is taken as it is.
    #[must_use]
    pub fn base(name: &str) -> Self {
        Self(BTreeMap::from([(name.into(), 1.0)]))
    }

    /// Whether it is the unit of a plain number.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// This unit times another.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        let mut product = self.0.clone();
        for (name, power) in &other.0 {
            *product.entry(name.clone()).or_insert(0.0) += power;
        }
        Self::tidied(product)
    }

    /// This unit divided by another.
    #[must_use]
    pub fn per(&self, other: &Self) -> Self {
        self.times(&other.to(-1.0))
    }

    /// This unit to a power.
    #[must_use]
    pub fn to(&self, power: f64) -> Self {
        Self::tidied(self.0.iter().map(|(name, own)| (name.clone(), own * power)).collect())
    }

    fn tidied(mut powers: BTreeMap<Arc<str>, f64>) -> Self {
        powers.retain(|_, power| power.abs() > CLOSE);
        Self(powers)
    }

    /// Its names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(AsRef::as_ref)
    }

    /// As people write it: `kg*m/s^2`, `$/(person*year)`. Names are spelt as `spelling` says; empty for a plain number.
    #[must_use]
    pub fn written(&self, spelling: impl Fn(&str) -> String) -> String {
        let part = |above: bool| {
            let parts = self.0.iter().filter(move |(_, power)| (**power > 0.0) == above);
            parts.map(|(name, power)| factor(&spelling(name), power.abs())).collect::<Vec<_>>()
        };
        let (above, below) = (part(true), part(false));
        let head = if above.is_empty() && !below.is_empty() { "1".to_owned() } else { above.join("*") };
        match below.as_slice() {
            [] => head,
            [one] => format!("{head}/{one}"),
            many => format!("{head}/({})", many.join("*")),
        }
    }
}

impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.per(other).is_none()
    }
}

fn factor(name: &str, power: f64) -> String {
    if (power - 1.0).abs() <= CLOSE { name.to_owned() } else { format!("{name}^{}", (power * 1e3).round() / 1e3) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_add_up_and_cancel() {
        let (people, year) = (Unit::base("people"), Unit::base("year"));
        let rate = people.per(&year);
        assert_eq!(rate.times(&year), people);
        assert!(people.per(&people).is_none());
        assert_eq!(people.to(1.0 / 3.0).to(3.0), people);
        assert_ne!(rate, people);
    }

    #[test]
    fn units_are_written_as_people_write_them() {
        let unit = |names: &[(&str, f64)]| {
            names.iter().fold(Unit::none(), |unit, (name, power)| unit.times(&Unit::base(name).to(*power)))
        };
        for (parts, wanted) in [
            (&[("m", 1.0), ("kg", 1.0), ("s", -2.0)][..], "kg*m/s^2"),
            (&[("$", 1.0), ("person", -1.0), ("year", -1.0)], "$/(person*year)"),
            (&[("year", -1.0)], "1/year"),
            (&[("m", 0.5)], "m^0.5"),
            (&[], ""),
        ] {
            assert_eq!(unit(parts).written(str::to_owned), wanted);
        }
    }
}
