//! Types of links, as files call them: motorway, 3, residential.

use crate::curve::Curve;
use crate::names::List;

/// A delay that users give to a type, in place of the BPR curves of its links.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Points(Curve),
    /// Conical, with this steepness.
    Conical(f64),
}

/// The type of each link by its place in the file, and the delays of those types that have their own.
#[derive(Clone, Debug, Default)]
pub struct Types {
    names: List,
    of: Vec<u32>,
    shapes: Vec<Option<Shape>>,
}

impl Types {
    /// The type of the next link of the file.
    pub(crate) fn add(&mut self, name: &str) {
        let (place, new) = self.names.add(name);
        self.of.push(place);
        if new {
            self.shapes.push(None);
        }
    }

    /// Gives all links of a type a delay; false where there is no such link.
    pub(crate) fn set(&mut self, name: &str, shape: Shape) -> bool {
        let slot = self.names.get(name).and_then(|place| self.shapes.get_mut(place as usize));
        slot.map(|slot| *slot = Some(shape)).is_some()
    }

    /// The delay of the link at a place of the file, where its type has one.
    pub(crate) fn shape(&self, place: usize) -> Option<&Shape> {
        self.shapes.get(*self.of.get(place)? as usize)?.as_ref()
    }
}
