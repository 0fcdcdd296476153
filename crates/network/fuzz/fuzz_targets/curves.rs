//! Any text as delays of a small network, solved for both goals. Nothing may panic or hang.
#![no_main]

use lantu_network::assignment::{Class, Goal, Options, solve};
use lantu_network::read::{curves::curves, tntp};
use libfuzzer_sys::fuzz_target;

const NET: &str = "<NUMBER OF ZONES> 2\n<NUMBER OF NODES> 4\n<END OF METADATA>\n\
    1 3 5 1 1 0.15 4 0 0 1;\n3 2 5 1 2 0.15 4 0 0 2;\n1 4 5 1 2 0.15 4 0 0 1;\n4 2 5 1 1 0.15 4 0 0 a;\n2 1 5 1 1 0.15 4;\n";

fuzz_target!(|bytes: &[u8]| {
    let (Some(mut network), _) = tntp::network(NET) else { return };
    let (demand, _) = tntp::trips("Origin 1\n2 : 9;\nOrigin 2\n1 : 3;\n", network.zones);
    let _ = curves(&String::from_utf8_lossy(bytes), &mut network);
    for goal in [Goal::UserEquilibrium, Goal::SystemOptimum] {
        let classes = [Class { demand: demand.clone(), ..Class::default() }];
        let _ = solve(&network, &classes, goal, &Options { gap: 1e-6, rounds: 20 }, None);
    }
});
