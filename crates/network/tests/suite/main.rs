//! The crate seen from outside: networks with known solutions, another method, and input that is broken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod bad_input;
mod conformance;
mod criticality;
mod curves;
mod elastic;
mod errors;
mod frank_wolfe;
mod gmns;
mod known;
mod orlib;
mod properties;
mod routes;
mod scenarios;
mod siting;
mod transit;

use std::path::PathBuf;

use lantu_network::assignment::{Class, Goal, Options, Solution, solve};
use lantu_network::demand::Demand;
use lantu_network::network::Network;
use lantu_network::read::tntp;

pub(crate) fn text(folder: &str, file: &str) -> String {
    let path = if folder.is_empty() {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/networks/tntp").join(file)
    } else {
        PathBuf::from(folder).join(file)
    };
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

pub(crate) fn load(folder: &str, name: &str) -> (Network, Demand) {
    let network = tntp::network(&text(folder, &format!("{name}_net.tntp"))).0.expect("a network");
    let (demand, problems) = tntp::trips(&text(folder, &format!("{name}_trips.tntp")), network.zones);
    assert!(problems.is_empty(), "{problems:?}");
    (network, demand)
}

pub(crate) fn equilibrium(network: &Network, demand: &Demand, weights: (f64, f64), goal: Goal, gap: f64) -> Solution {
    let class = Class { demand: demand.clone(), toll_weight: weights.0, distance_weight: weights.1, response: None };
    solve(network, &[class], goal, &Options { gap, ..Options::default() }, None)
}
