//! Solves one TNTP network and tells how long it took, a line of JSON: `assign <net> <trips> <gap> [toll weight] [distance
//! weight] [scale] [edits]`; with edits a further line for each scenario, solved from the solution without them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a program for those who work on this one")]

use std::time::Instant;

use lantu_network::assignment::{Class, Goal, Options, Start, solve};
use lantu_network::names::Names;
use lantu_network::network::Network;
use lantu_network::read::edits::edits;
use lantu_network::read::tntp;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize, default: f64| arguments.get(place).map_or(default, |text| text.parse().unwrap());
    let text = |place: usize| std::fs::read_to_string(arguments.get(place).expect("a file")).unwrap();
    let (network, _) = tntp::network(&text(0));
    let network = network.unwrap();
    let (demand, _) = tntp::trips(&text(1), network.zones);
    let classes = [Class {
        demand: demand.scaled(number(5, 1.0)),
        toll_weight: number(3, 0.0),
        distance_weight: number(4, 0.0),
        response: None,
    }];
    let options = Options { gap: number(2, 1e-10), ..Options::default() };
    let timed = |name: &str, network: &Network, start: Option<&Start>| {
        let begun = Instant::now();
        let found = solve(network, &classes, Goal::UserEquilibrium, &options, start);
        let seconds = begun.elapsed().as_secs_f64();
        let certificate = found.certificate;
        println!(
            "{{\"name\": \"{name}\", \"seconds\": {seconds:.4}, \"rounds\": {}, \"gap\": {:e}, \"objective\": {}, \"total_travel_time\": {}}}",
            found.rounds, certificate.relative_gap, certificate.objective, certificate.total_travel_time
        );
        found
    };
    let Some(edited) = arguments.get(6) else {
        timed("", &network, None);
        return;
    };
    let scenarios = edits(&std::fs::read_to_string(edited).unwrap(), &network, &Names::default()).0.unwrap();
    let base = timed("", &scenarios.base, None);
    for (name, links) in &scenarios.changed {
        timed(name, &scenarios.base.with(links.clone()).unwrap(), Some(&base.start));
    }
}
