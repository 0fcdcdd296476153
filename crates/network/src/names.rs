//! What the files call zones and nodes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// More nodes than any network of a country has; a made-up number must not use up the memory.
pub(crate) const MOST_NODES: u32 = 5_000_000;

/// Names of zones, then of the other nodes. Empty where the files number their nodes from 1.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub(crate) zones: List,
    pub(crate) nodes: List,
    /// Whether links of the files lead to zones themselves.
    pub(crate) zones_are_nodes: bool,
}

/// Names that differ, each with its place.
#[derive(Clone, Debug, Default)]
pub(crate) struct List {
    names: Vec<Arc<str>>,
    places: HashMap<Arc<str>, u32>,
}

impl List {
    /// The place of a name, and whether it is new.
    pub(crate) fn add(&mut self, name: &str) -> (u32, bool) {
        if let Some(place) = self.get(name) {
            return (place, false);
        }
        let (name, place): (Arc<str>, u32) = (name.into(), self.names.len() as u32);
        self.names.push(Arc::clone(&name));
        self.places.insert(name, place);
        (place, true)
    }

    pub(crate) fn get(&self, name: &str) -> Option<u32> {
        self.places.get(name).copied()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }
}

impl Names {
    fn are_numbers(&self) -> bool {
        self.nodes.names.is_empty() && self.zones.names.is_empty()
    }

    /// How many zones there are; none where nothing has a name.
    #[must_use]
    pub fn zones(&self) -> Option<usize> {
        (!self.are_numbers()).then(|| self.zones.len())
    }

    /// The number of a node in the network; zones that are no node of the files have none.
    #[must_use]
    pub fn node(&self, name: &str) -> Option<u32> {
        if self.are_numbers() {
            let number = name.parse::<u32>().ok().filter(|number| (1..=MOST_NODES).contains(number));
            return number.map(|number| number - 1);
        }
        let zone = || self.zones.get(name).filter(|_| self.zones_are_nodes);
        self.nodes.get(name).map(|place| self.zones.len() as u32 + place).or_else(zone)
    }

    /// What the files call a node of the network.
    #[must_use]
    pub fn of(&self, node: u32) -> Cow<'_, str> {
        let place = node as usize;
        let beyond = place.checked_sub(self.zones.len());
        let name = beyond.map_or(self.zones.names.get(place), |place| self.nodes.names.get(place));
        name.map_or_else(|| Cow::Owned((place + 1).to_string()), |name| Cow::Borrowed(&**name))
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn zones_and_nodes_may_have_the_same_name() {
        let mut names = Names::default();
        assert_eq!((names.node("7"), names.node("0"), names.of(6).as_ref()), (Some(6), None, "7"));
        assert_eq!(
            (names.zones.add("1"), names.nodes.add("a"), names.nodes.add("1")),
            ((0, true), (0, true), (1, true))
        );
        assert_eq!(names.nodes.add("a"), (0, false));
        assert_eq!((names.node("1"), names.node("b")), (Some(2), None));
        assert_eq!([0, 1, 2].map(|node| names.of(node).into_owned()), ["1", "a", "1"]);
    }
}
