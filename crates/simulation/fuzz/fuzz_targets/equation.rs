//! Any text as an equation of either dialect.
#![no_main]

use lantu_simulation::model::Dialect;
use lantu_simulation::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for dialect in [Dialect::Xmile, Dialect::Vensim] {
        let _ = read::equation(&text, dialect);
    }
});
