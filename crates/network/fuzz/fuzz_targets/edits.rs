//! Any text as changes to a small network, solved. Nothing may panic or hang.
#![no_main]

use lantu_network::assignment::{Class, Goal, Options};
use lantu_network::names::Names;
use lantu_network::read::edits::edits;
use lantu_network::read::tntp;
use lantu_network::scenario::sweep;
use libfuzzer_sys::fuzz_target;

const NET: &str = "<NUMBER OF ZONES> 2\n<NUMBER OF NODES> 4\n<END OF METADATA>\n\
    1 3 5 1 1 0.15 4;\n3 2 5 1 2 0.15 4;\n1 4 5 1 2 0.15 4;\n4 2 5 1 1 0.15 4;\n2 1 5 1 1 0.15 4;\n";

fuzz_target!(|bytes: &[u8]| {
    let (Some(network), _) = tntp::network(NET) else { return };
    let (demand, _) = tntp::trips("Origin 1\n2 : 9;\nOrigin 2\n1 : 3;\n", network.zones);
    let (Some(scenarios), _) = edits(&String::from_utf8_lossy(bytes), &network, &Names::default()) else { return };
    if scenarios.base.nodes() < 1_000 && scenarios.changed.len() < 10 {
        let classes = [Class { demand, ..Class::default() }];
        let _ = sweep(&scenarios, &classes, Goal::UserEquilibrium, &Options { gap: 1e-6, rounds: 20 }, Some(-0.5));
    }
});
