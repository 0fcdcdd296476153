//! Bounds of values, seen in a run: what the equations alone do not tell.

use std::collections::BTreeMap;

use super::range::Range;
use crate::model::Name;
use crate::run::{Run, Simulation};

/// Between which bounds variables lay at the kept moments of a run; an array, with all its elements.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    ranges: BTreeMap<Name, Range>,
}

impl Seen {
    /// Those of a run. Variables that are not among the outputs are not seen.
    #[must_use]
    pub fn new(simulation: &Simulation, run: &Run) -> Self {
        let mut ranges: BTreeMap<Name, Range> = BTreeMap::new();
        for (place, output) in simulation.outputs().iter().enumerate() {
            let variable = output.split('[').next().unwrap_or(output);
            let range = Range::of(run.column(place));
            ranges.entry(Name::new(variable)).and_modify(|known| *known = known.hull(range)).or_insert(range);
        }
        Self { ranges }
    }

    pub(super) fn range(&self, variable: &str) -> Range {
        self.ranges.get(&Name::new(variable)).copied().unwrap_or(Range::ANY)
    }
}
