//! Any text as a network and its trips, parted by a line of equals signs: read, and solved where it is small. Nothing may
//! panic or hang.
#![no_main]

use lantu_network::assignment::{Class, Goal, Options, solve};
use lantu_network::read::named::numbered;
use lantu_network::read::tntp;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (net, trips) = text.split_once("====").unwrap_or((&text, ""));
    let named = numbered(net, trips);
    let (net, trips) = named.as_ref().map_or((net, trips), |named| (named.net.as_str(), named.trips.as_str()));
    let (Some(network), _) = tntp::network(net) else { return };
    let (demand, _) = tntp::trips(trips, network.zones);
    if network.nodes() < 1_000 && network.zones < 100 {
        let class = Class { demand, toll_weight: 0.5, distance_weight: 0.1, response: None };
        let options = Options { gap: 1e-6, rounds: 20 };
        let _ = solve(&network, &[class], Goal::UserEquilibrium, &options, None);
    }
});
