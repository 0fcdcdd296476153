//! Trips that answer to their cost: by hand, and against equilibria with the trips held fixed, again and again.

use lantu_network::assignment::{Class, Goal, Options, Response, Solution, solve};
use lantu_network::demand::Demand;
use lantu_network::names::Names;
use lantu_network::network::{Link, Network};
use lantu_network::read::edits::edits;
use lantu_network::scenario::sweep;
use lantu_network::skim::skim;

use crate::load;

const OPTIONS: Options = Options { gap: 1e-12, rounds: 1_000 };

fn answered(network: &Network, demand: &Demand, elasticity: f64, known_costs: Vec<f64>) -> Solution {
    let response = Some(Response { elasticity, known_costs });
    let class = Class { demand: demand.clone(), response, ..Class::default() };
    solve(network, &[class], Goal::UserEquilibrium, &OPTIONS, None)
}

/// One road that takes `1 + v` minutes, and trips `6 · (cost / 1)^−1`: v (1 + v) = 6, so that two travel for 3 minutes.
#[test]
fn one_road_by_hand() {
    let link = Link { from: 0, to: 1, capacity: 1.0, length: 0.0, free_flow_time: 1.0, b: 1.0, power: 1.0, toll: 0.0 };
    let network = Network::new(2, 2, 0, &[link]);
    let found = answered(&network, &Demand::new(2, vec![(0, 1, 6.0)]), -1.0, vec![1.0]);
    assert!(found.certificate.relative_gap <= 1e-12, "{:?}", found.certificate);
    assert!((found.demands[0].total() - 2.0).abs() < 1e-6 && (found.times[0] - 3.0).abs() < 1e-6, "{found:?}");
    assert!((found.flows[0][0] - found.demands[0].total()).abs() < 1e-12);
}

/// The same trips as when the equilibrium with trips held fixed and the trips wanted at its costs are worked out in turn.
#[test]
fn trips_settle_where_repeated_equilibria_do() {
    let (network, demand) = load("", "SiouxFalls");
    let origins: Vec<usize> = (0..24).collect();
    let costs = |times: &[f64]| -> Vec<f64> {
        let rows = skim(&network, times, &origins);
        origins
            .iter()
            .flat_map(|from| demand.from(*from).map(|(to, _)| (*from, to)))
            .map(|(from, to)| rows[from][to as usize])
            .collect()
    };
    let free: Vec<f64> = network.links().iter().map(|link| link.free_flow_time).collect();
    let known = costs(&free);
    let found = answered(&network, &demand, -0.6, known.clone());
    assert!(found.certificate.relative_gap <= 1e-12, "{:?}", found.certificate);
    let mut volumes = demand.volumes().to_vec();
    let pairs: Vec<(u32, u32)> =
        origins.iter().flat_map(|from| demand.from(*from).map(|(to, _)| (*from as u32, to))).collect();
    let mut start = None;
    for _ in 0..60 {
        let trips = pairs.iter().zip(&volumes).map(|((from, to), volume)| (*from, *to, *volume)).collect();
        let class = Class { demand: Demand::new(24, trips), ..Class::default() };
        let held = solve(&network, &[class], Goal::UserEquilibrium, &OPTIONS, start.as_ref());
        for ((volume, cost), (known, first)) in
            volumes.iter_mut().zip(costs(&held.times)).zip(known.iter().zip(demand.volumes()))
        {
            *volume = 0.5 * *volume + 0.5 * first * (cost / known).powf(-0.6);
        }
        start = Some(held.start);
    }
    let total: f64 = volumes.iter().sum();
    assert!(total < 0.9 * demand.total(), "{total}");
    for (found, held) in found.demands[0].volumes().iter().zip(&volumes) {
        assert!((found / held - 1.0).abs() < 1e-5, "{found} {held}");
    }
}

/// A wider road brings trips that were not made, and with them less is gained per trip than without.
#[test]
fn a_wider_road_brings_trips() {
    let (network, demand) = load("", "SiouxFalls");
    let text = "scenario,action,from,to,capacity\nwide,change,6,8,20000\nwide,change,8,6,20000\n";
    let scenarios = edits(text, &network, &Names::default()).0.unwrap();
    let class = [Class { demand: demand.clone(), ..Class::default() }];
    let run = |elasticity| sweep(&scenarios, &class, Goal::UserEquilibrium, &OPTIONS, elasticity).1.remove(0);
    let (fixed, answering) = (run(None), run(Some(-0.5)));
    let (made, held) = (answering.solution.demands[0].total(), fixed.solution.demands[0].total());
    assert!((held / demand.total() - 1.0).abs() < 1e-12 && made > held * 1.001, "{made} {held}");
    let benefit = answering.benefit.unwrap();
    assert!(benefit.value > 1e3 * benefit.error, "{benefit:?}");
    let saved = -fixed.cost_change.unwrap().value;
    assert!(benefit.value < saved && fixed.benefit.is_none() && answering.cost_change.is_none(), "{benefit:?} {saved}");
}
