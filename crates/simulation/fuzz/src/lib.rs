//! What both readers' targets do with a model once it is read: everything that `lantu simulate check` and a run do.

use lantu_simulation::external::Nothing;
use lantu_simulation::model::Model;
use lantu_simulation::structure::{self, Seen};
use lantu_simulation::{Options, compile, units};

/// Values of a run that a fuzz target still waits for.
const SHORT: usize = 10_000;

/// Units, structure, and a run where it is short.
pub fn whole(model: &Model) {
    let _ = units::check(model);
    let (simulation, _) = compile(model, &Options::default(), &Nothing);
    let short = simulation.filter(|simulation| simulation.moments() * simulation.outputs().len() < SHORT);
    let seen = short.map(|simulation| Seen::new(&simulation, &simulation.run(&[], 1))).unwrap_or_default();
    let _ = structure::of(model, &seen);
}
