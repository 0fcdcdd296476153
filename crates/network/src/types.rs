//! Types of links, as files call them: motorway, 3, residential.

use crate::curve::Curve;
use crate::names::List;

/// The type of each link by its place in the file, and the curves of those types that have one.
#[derive(Clone, Debug, Default)]
pub struct Types {
    names: List,
    of: Vec<u32>,
    curves: Vec<Option<Curve>>,
}

impl Types {
    /// The type of the next link of the file.
    pub(crate) fn add(&mut self, name: &str) {
        let (place, new) = self.names.add(name);
        self.of.push(place);
        if new {
            self.curves.push(None);
        }
    }

    /// Gives all links of a type a curve; false where there is no such link.
    pub(crate) fn set(&mut self, name: &str, curve: Curve) -> bool {
        let slot = self.names.get(name).and_then(|place| self.curves.get_mut(place as usize));
        slot.map(|slot| *slot = Some(curve)).is_some()
    }

    /// The curve of the link at a place of the file.
    pub(crate) fn curve(&self, place: usize) -> Option<&Curve> {
        self.curves.get(*self.of.get(place)? as usize)?.as_ref()
    }
}
