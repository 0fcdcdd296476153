//! Any text as the files of a GMNS folder, parted by lines of equals signs: read, and solved where it is small. Nothing may panic
//! or hang.
#![no_main]

use lantu_network::assignment::{Class, Goal, Options, solve};
use lantu_network::read::gmns::{Files, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split("====\n");
    let mut next = || parts.next().unwrap_or_default();
    let files = Files { node: next(), link: next(), demand: next(), config: Some(next()) };
    let (Some(found), _) = read(&files) else { return };
    if found.network.nodes() < 1_000 && found.network.zones < 100 {
        let class = Class { demand: found.demand, toll_weight: 0.5, distance_weight: 0.1, response: None };
        let options = Options { gap: 1e-6, rounds: 20 };
        let _ = solve(&found.network, &[class], Goal::UserEquilibrium, &options, None);
    }
});
