//! Any text as an XMILE model. Nothing may panic or hang.
#![no_main]

use lantu_simulation::read;
use lantu_simulation_fuzz::whole;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let (Some(model), _) = read::xmile::read(&String::from_utf8_lossy(bytes)) {
        whole(&model);
    }
});
