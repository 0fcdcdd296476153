//! Any text as a Vensim model: read, compile, and run where the run is short. Nothing may panic or hang.
#![no_main]

use lantu_simulation::external::Nothing;
use lantu_simulation::{Options, compile, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (model, _) = read::vensim::read(&text);
    if let (Some(simulation), _) = compile(&model, &Options::default(), &Nothing)
        && simulation.moments() * simulation.outputs().len() < 10_000
    {
        simulation.run(&[], 1);
    }
});
