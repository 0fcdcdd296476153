//! Networks whose equilibrium is known: by hand, or as the collection gives it.

use std::collections::HashMap;

use lantu_network::assignment::{Goal, Solution};
use lantu_network::network::Network;

use crate::{equilibrium, load, text};

/// Flows of a `_flow.tntp` by nodes.
pub(crate) fn flows(folder: &str, file: &str) -> HashMap<(u32, u32), f64> {
    let row = |line: &str| {
        let fields: Vec<f64> = line.split_whitespace().filter_map(|field| field.parse().ok()).collect();
        (fields.len() >= 3).then(|| ((fields[0] as u32, fields[1] as u32), fields[2]))
    };
    text(folder, file).lines().filter_map(row).collect()
}

/// Every flow within a millionth of the largest: what "to 1e-6 of capacity-scale" comes to where capacities are 1. Where
/// the time does not depend on the flow several flows are in equilibrium, and the one given is one of them.
fn near(network: &Network, found: &Solution, known: &HashMap<(u32, u32), f64>) {
    assert_eq!(known.len(), network.links().len());
    let largest = known.values().fold(0.0_f64, |a, b| a.max(*b));
    for (link, flow) in network.links().iter().zip(&found.flows[0]) {
        let expected = known[&(link.from + 1, link.to + 1)];
        if link.delay().at(1.0).1 == 0.0 {
            continue;
        }
        let off = (flow - expected).abs() / largest;
        assert!(off < 1e-6, "{} to {}: {flow}, known {expected}", link.from + 1, link.to + 1);
    }
}

fn relative(found: f64, known: f64) -> f64 {
    (found / known - 1.0).abs()
}

/// Braess (1968): 92 for each of six with the fifth link, 83 without, which is the system optimum of both.
#[test]
fn a_new_road_can_make_everybody_slower() {
    let (network, demand) = load("", "Braess");
    let found = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-12);
    assert!(relative(found.certificate.total_travel_time, 6.0 * 92.0) < 1e-9, "{found:?}");
    let closed: Vec<_> = network.links().iter().copied().filter(|link| (link.from, link.to) != (2, 3)).collect();
    let without = Network::new(2, 4, 0, &closed);
    let found = equilibrium(&without, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-12);
    assert!(relative(found.certificate.total_travel_time, 6.0 * 83.0) < 1e-9, "{found:?}");
    let best = equilibrium(&network, &demand, (0.0, 0.0), Goal::SystemOptimum, 1e-12);
    assert!(relative(best.certificate.total_travel_time, 6.0 * 83.0) < 1e-9, "{best:?}");
}

/// The objective that the collection gives, 42.31335287107440 × 10⁵, and its flows.
#[test]
fn sioux_falls() {
    let (network, demand) = load("", "SiouxFalls");
    let found = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-14);
    assert!(relative(found.certificate.objective, 42.313_352_871_074_4e5) < 1e-12, "{:?}", found.certificate);
    near(&network, &found, &flows("", "SiouxFalls_flow.tntp"));
}

/// Powers between 1 and 7 and capacities of 1; connectors that nothing passes through.
#[test]
fn winnipeg() {
    let (network, demand) = load("", "Winnipeg");
    let found = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-12);
    // The value that the collection's flows have.
    assert!(relative(found.certificate.objective, 827_911.494_63) < 1e-11, "{:?}", found.certificate);
    near(&network, &found, &flows("", "Winnipeg_flow.tntp"));
}

/// Tolls and lengths weighed as the collection says: 0.02 and 0.04.
#[test]
#[ignore = "needs the collection: LANTU_TNTP=…/tntp"]
fn chicago_sketch() {
    let folder = format!("{}/Chicago-Sketch", std::env::var("LANTU_TNTP").expect("LANTU_TNTP names the folder"));
    let (network, demand) = load(&folder, "ChicagoSketch");
    let found = equilibrium(&network, &demand, (0.02, 0.04), Goal::UserEquilibrium, 1e-12);
    assert!(relative(found.certificate.total_cost, 18_935_450.262) < 1e-9, "{:?}", found.certificate);
    near(&network, &found, &flows(&folder, "ChicagoSketch_flow.tntp"));
}
