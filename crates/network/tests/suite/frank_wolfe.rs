//! Another way to the same flows: Frank and Wolfe's method, slow and simple, written here from its textbook form.

use lantu_network::assignment::Goal;
use lantu_network::demand::Demand;
use lantu_network::network::Network;

use crate::{equilibrium, load};

/// Cheapest costs from one node by Bellman and Ford's method, and the last link of each path.
fn paths(network: &Network, costs: &[f64], origin: usize) -> Vec<Option<usize>> {
    let mut cost = vec![f64::INFINITY; network.nodes()];
    let mut last = vec![None; network.nodes()];
    cost[origin] = 0.0;
    loop {
        let mut changed = false;
        for (place, link) in network.links().iter().enumerate() {
            let through = cost[link.from as usize] + costs[place];
            if through < cost[link.to as usize] {
                (cost[link.to as usize], last[link.to as usize], changed) = (through, Some(place), true);
            }
        }
        if !changed {
            return last;
        }
    }
}

fn all_or_nothing(network: &Network, demand: &Demand, costs: &[f64]) -> Vec<f64> {
    let mut flow = vec![0.0; costs.len()];
    for origin in 0..demand.zones() {
        let last = paths(network, costs, origin);
        for (to, volume) in demand.from(origin) {
            let mut node = to as usize;
            while let Some(link) = last[node] {
                flow[link] += volume;
                node = network.links()[link].from as usize;
            }
        }
    }
    flow
}

/// Step by step towards all-or-nothing, each step to where the objective stops falling.
pub(crate) fn frank_wolfe(network: &Network, demand: &Demand, steps: usize) -> f64 {
    let delays = network.delays();
    let costs = |flow: &[f64]| delays.iter().zip(flow).map(|(delay, flow)| delay.at(*flow).0).collect::<Vec<_>>();
    let mut flow = all_or_nothing(network, demand, &costs(&vec![0.0; delays.len()]));
    for _ in 0..steps {
        let towards = all_or_nothing(network, demand, &costs(&flow));
        let at = |step: f64| flow.iter().zip(&towards).map(|(a, b)| a + step * (b - a)).collect::<Vec<_>>();
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..50 {
            let middle = 0.5 * (low + high);
            let falls: f64 =
                costs(&at(middle)).iter().zip(flow.iter().zip(&towards)).map(|(cost, (a, b))| cost * (b - a)).sum();
            if falls < 0.0 { low = middle } else { high = middle }
        }
        flow = at(0.5 * (low + high));
    }
    delays.iter().zip(&flow).map(|(delay, flow)| delay.area(*flow)).sum()
}

/// It comes down to the objective from above and stays there.
#[test]
fn the_objective_is_where_another_method_goes() {
    for (name, steps, within) in [("SiouxFalls", 2_000, 1e-4), ("EMA", 300, 1e-3)] {
        let (network, demand) = load("", name);
        let exact = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-12).certificate.objective;
        let rough = frank_wolfe(&network, &demand, steps);
        assert!(rough >= exact * (1.0 - 1e-12) && rough / exact - 1.0 < within, "{name}: {rough}, exact {exact}");
    }
}
