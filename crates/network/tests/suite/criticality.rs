//! Every link closed in turn: known by hand for Braess, by solutions from nothing for Sioux Falls.

use lantu_network::assignment::{Class, Goal, Options};
use lantu_network::criticality::{Closed, criticality};
use lantu_network::demand::Demand;
use lantu_network::network::{Link, Network};
use lantu_network::read::tntp;

use crate::{equilibrium, frank_wolfe, load};

fn all(network: &Network, demand: &Demand, gap: f64) -> Vec<Closed> {
    let class = [Class { demand: demand.clone(), ..Class::default() }];
    criticality(network, usize::MAX, &class, Goal::UserEquilibrium, &Options { gap, ..Options::default() }).1
}

/// A network that never had the link.
fn without(network: &Network, closed: usize) -> Network {
    let mut links: Vec<Link> = network.links().to_vec();
    links.remove(closed);
    Network::new(network.zones, network.nodes(), 0, &links)
}

/// Six people take 83 minutes each without the fifth link, 92 with it.
#[test]
fn a_road_that_makes_everybody_slower_is_worth_less_than_nothing() {
    let (network, demand) = load("", "Braess");
    let found = all(&network, &demand, 1e-13);
    let fifth =
        found.iter().find(|closed| network.links()[closed.link].from == 2 && network.links()[closed.link].to == 3);
    let fifth = fifth.unwrap();
    let change = fifth.change.unwrap();
    assert!((change.value + 54.0).abs() <= change.error && change.error < 1e-3 && fifth.unreached == 0.0, "{fifth:?}");
    let places: Vec<usize> = found.iter().map(|closed| network.places()[closed.link]).collect();
    assert_eq!(places, [0, 1, 2, 3, 4]);
}

/// From the solution with it, from nothing, and by another method.
#[test]
fn closing_a_link_ends_where_other_ways_do() {
    let (network, demand) = load("", "SiouxFalls");
    let found = all(&network, &demand, 1e-12);
    let base = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-12).certificate;
    assert_eq!(found.len(), 76);
    for (from, to) in [(1, 3), (6, 8), (10, 15)] {
        let ends = |closed: &&Closed| {
            (network.links()[closed.link].from + 1, network.links()[closed.link].to + 1) == (from, to)
        };
        let closed = found.iter().find(ends).unwrap();
        let network = without(&network, closed.link);
        let cold = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-12).certificate;
        let change = cold.total_travel_time - base.total_travel_time;
        let found = closed.change.unwrap();
        assert!((found.value - change).abs() < 1e-9 * base.total_travel_time, "{from} to {to}: {closed:?} {change}");
        assert!(change.abs() > 1e2 * found.error, "{closed:?}");
        let rough = frank_wolfe::frank_wolfe(&network, &demand, 500) / cold.objective - 1.0;
        assert!((-1e-12..1e-3).contains(&rough), "{from} to {to}: {rough}");
    }
}

/// A link that nobody takes changes nothing; the only way to a zone leaves its trips without a road.
#[test]
fn links_nobody_takes_and_links_nobody_can_do_without() {
    let net = "<NUMBER OF ZONES> 3\n<END OF METADATA>\n1 2 9 1 1 0.15 4;\n2 3 9 1 1 0.15 4;\n1 3 9 1 90 0.15 4;\n";
    let network = tntp::network(net).0.unwrap();
    let (demand, _) = tntp::trips("Origin 1\n2 : 4; 3 : 2;\n", network.zones);
    let found = all(&network, &demand, 1e-12);
    let lost: Vec<f64> = found.iter().map(|closed| closed.unreached).collect();
    assert_eq!(lost, [4.0, 0.0, 0.0]);
    assert_eq!(found[2].change.unwrap().value, 0.0);
    // Four of six have no road without the first: what the others pay is no change of what all paid.
    assert!(found[0].change.is_none());
    // Without the second the two to zone 3 go round, and the four to zone 2 have their road to themselves.
    let minutes = |free: f64, flow: f64| flow * free * (1.0 + 0.15 * (flow / 9.0).powi(4));
    let change = minutes(1.0, 4.0) + minutes(90.0, 2.0) - minutes(1.0, 6.0) - minutes(1.0, 2.0);
    assert!((found[1].change.unwrap().value - change).abs() < 1e-9, "{found:?}");
}

/// The same bytes whichever core takes which link.
#[test]
fn cores_do_not_change_the_result() {
    let (network, demand) = load("", "SiouxFalls");
    let on = |cores: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(cores).build().unwrap();
        pool.install(|| all(&network, &demand, 1e-6))
    };
    assert_eq!(on(1), on(3));
}
