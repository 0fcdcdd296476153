//! Any text as a Vensim model. Nothing may panic or hang.
#![no_main]

use lantu_simulation::read;
use lantu_simulation_fuzz::whole;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (model, _) = read::vensim::read(&String::from_utf8_lossy(bytes));
    whole(&model);
});
