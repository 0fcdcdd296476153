//! Route flows: they add up to trips and links, and split in the same proportion wherever trips come from.

use std::collections::BTreeMap;

use lantu_network::assignment::{Class, Goal, Options, Route, RouteOptions, Routes, Solution, solve};
use lantu_network::demand::Demand;
use lantu_network::network::{Link, Network};

use crate::{equilibrium, load};

fn routes(network: &Network, demand: &Demand, found: &Solution) -> (Routes, Vec<Route>) {
    let class = [Class { demand: demand.clone(), ..Class::default() }];
    let routes = Routes::of(network, &class, found, &RouteOptions::default());
    let mut all = Vec::new();
    routes.each(|route| all.push(route));
    (routes, all)
}

/// Two zones send 30 and 60 over the same two roads to a third, which carry 40 and 50 in equilibrium: each zone splits 4 to 5.
#[test]
fn proportions_by_hand() {
    let link = |from, to, free: f64, rise: f64| Link {
        from,
        to,
        capacity: 1.0,
        length: 0.0,
        free_flow_time: free,
        b: rise / free,
        power: 1.0,
        toll: 0.0,
    };
    // Zones 0, 1 and 2; both roads from 3 to 4 take 100 minutes: 20 + 2 · 40 and 50 + 50.
    let links = [
        link(0, 3, 1.0, 0.0),
        link(1, 3, 1.0, 0.0),
        link(3, 4, 20.0, 2.0),
        link(3, 5, 50.0, 1.0),
        link(5, 4, 1e-9, 0.0),
        link(4, 2, 1.0, 0.0),
    ];
    let network = Network::new(3, 6, 3, &links);
    let demand = Demand::new(3, vec![(0, 2, 30.0), (1, 2, 60.0)]);
    let found = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-14);
    let (routes, all) = routes(&network, &demand, &found);
    assert!(routes.flow_error < 1e-6 && all.len() == 4, "{routes:?}");
    for (route, flow) in all.iter().zip([30.0 * 5.0 / 9.0, 30.0 * 4.0 / 9.0, 60.0 * 5.0 / 9.0, 60.0 * 4.0 / 9.0]) {
        assert!((route.flow - flow).abs() < 1e-5, "{route:?} {flow}");
    }
}

/// Beckmann's three routes of Braess, two people on each.
#[test]
fn three_routes_of_braess() {
    let (network, demand) = load("", "Braess");
    let found = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-14);
    let (_, all) = routes(&network, &demand, &found);
    assert_eq!(all.len(), 3);
    assert!(all.iter().all(|route| (route.flow - 2.0).abs() < 1e-6), "{all:?}");
}

#[test]
fn routes_add_up_to_trips_and_links() {
    let (network, demand) = load("", "SiouxFalls");
    let found = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-14);
    let (routes, all) = routes(&network, &demand, &found);
    let mut trips: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    let mut flows = vec![0.0; 76];
    for route in &all {
        *trips.entry((route.from, route.to)).or_default() += route.flow;
        let mut at = route.from;
        for link in &route.links {
            let ends = network.links()[*link as usize];
            assert_eq!(ends.from, at);
            at = ends.to;
            flows[*link as usize] += route.flow;
        }
        assert_eq!(at, route.to);
    }
    for (from, (to, volume)) in (0..24).flat_map(|from| demand.from(from).map(move |trip| (from as u32, trip))) {
        assert!((trips[&(from, to)] / volume - 1.0).abs() < 1e-12);
    }
    assert!(routes.flow_error < 1e-3, "{}", routes.flow_error);
    for (routed, solved) in flows.iter().zip(&found.flows[0]) {
        assert!((routed - solved).abs() < 0.1, "{routed} {solved}");
    }
    proportional(&all);
}

/// Where two routes of one pair part once and meet again, the same two segments split in the same ratio for every pair that uses them.
fn proportional(all: &[Route]) {
    let mut ratios: BTreeMap<(Vec<u32>, Vec<u32>), Vec<f64>> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        let of_pair = all[at + 1..].iter().take_while(|other| (other.from, other.to) == (one.from, one.to));
        for other in of_pair {
            let same = one.links.iter().zip(&other.links).take_while(|(a, b)| a == b).count();
            let end = one.links.iter().rev().zip(other.links.iter().rev()).take_while(|(a, b)| a == b).count();
            let part = |links: &[u32]| links[same..links.len() - end].to_vec();
            let (a, b) = (part(&one.links), part(&other.links));
            let ratio = one.flow / (one.flow + other.flow);
            let (key, ratio) = if a < b { ((a, b), ratio) } else { ((b, a), 1.0 - ratio) };
            if one.flow.min(other.flow) > 1e-2 {
                ratios.entry(key).or_default().push(ratio);
            }
        }
    }
    let shared: Vec<&Vec<f64>> = ratios.values().filter(|ratios| ratios.len() > 1).collect();
    assert!(shared.len() > 20, "{}", shared.len());
    for ratios in shared {
        assert!(ratios.iter().all(|ratio| (ratio - ratios[0]).abs() < 1e-6), "{ratios:?}");
    }
}

/// A grid on which every way along costs the same has more ways than can be named: none is lost.
#[test]
fn more_ways_than_can_be_named() {
    let side = 14;
    let link =
        |from, to| Link { from, to, capacity: 1.0, length: 0.0, free_flow_time: 1.0, b: 0.0, power: 0.0, toll: 0.0 };
    let node = |x: u32, y: u32| 2 + y * side + x;
    let mut links = vec![link(0, node(0, 0)), link(node(side - 1, side - 1), 1)];
    for (x, y) in (0..side).flat_map(|y| (0..side).map(move |x| (x, y))) {
        links.extend((x + 1 < side).then(|| link(node(x, y), node(x + 1, y))));
        links.extend((y + 1 < side).then(|| link(node(x, y), node(x, y + 1))));
    }
    let network = Network::new(2, (2 + side * side) as usize, 2, &links);
    let demand = Demand::new(2, vec![(0, 1, 7.0)]);
    let mut found = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-9);
    // All links are used, as if many had chosen at random.
    found.flows[0].iter_mut().for_each(|flow| *flow = flow.max(1e-3));
    let class = [Class { demand, ..Class::default() }];
    let mut all = Vec::new();
    Routes::of(&network, &class, &found, &RouteOptions { steps: 20, ..RouteOptions::default() })
        .each(|route| all.push(route));
    assert!(!all.is_empty() && (all.iter().map(|route| route.flow).sum::<f64>() - 7.0).abs() < 1e-9);
    assert!(all.iter().all(|route| route.links.len() == 28));
}

/// Classes keep apart: each adds up to its own flows.
#[test]
fn each_class_has_its_own_routes() {
    let (network, demand) = load("", "Braess");
    let classes = [1.0, 2.0].map(|by| Class { demand: demand.scaled(by), ..Class::default() });
    let found = solve(&network, &classes, Goal::UserEquilibrium, &Options { gap: 1e-12, rounds: 1_000 }, None);
    let routes = Routes::of(&network, &classes, &found, &RouteOptions::default());
    let mut sums = [0.0, 0.0];
    routes.each(|route| sums[route.class] += route.flow);
    assert!((sums[0] - 6.0).abs() < 1e-9 && (sums[1] - 12.0).abs() < 1e-9);
    assert!(routes.flow_error < 1e-6);
}

/// Links without cost, such as connectors, leave nodes as cheap as each other: what is used is found all the same.
#[test]
fn links_without_cost_lose_no_route() {
    let (network, demand) = load("", "friedrichshain-center");
    let found = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-13);
    let (routes, all) = routes(&network, &demand, &found);
    let mut flows = vec![0.0; network.links().len()];
    all.iter()
        .flat_map(|route| route.links.iter().map(|link| (*link, route.flow)))
        .for_each(|(link, flow)| flows[link as usize] += flow);
    let largest = found.flows[0].iter().copied().fold(0.0, f64::max);
    let off =
        flows.iter().zip(&found.flows[0]).fold(0.0, |most, (routed, solved)| f64::max(most, (routed - solved).abs()));
    assert!(off < 1e-4 * largest && routes.flow_error < 1e-6 * largest, "{off} {} of {largest}", routes.flow_error);
}
