//! What it costs to get from zones to zones.

use rayon::prelude::*;

use crate::demand::Demand;
use crate::network::Network;
use crate::shortest::Tree;

/// Cheapest costs from each of some zones to every zone, for what each link costs. Infinite where no path leads.
#[must_use]
pub fn skim(network: &Network, costs: &[f64], origins: &[usize]) -> Vec<Vec<f64>> {
    let from = |tree: &mut Tree, origin: &usize| {
        if *origin >= network.nodes() || costs.len() != network.links().len() {
            return vec![f64::INFINITY; network.zones];
        }
        tree.grow(network, costs, *origin);
        tree.cost.iter().take(network.zones).copied().collect()
    };
    origins.par_iter().map_init(Tree::default, from).collect()
}

/// The cheapest cost of every pair of the demand, in its order.
#[must_use]
pub fn pairs(network: &Network, costs: &[f64], demand: &Demand) -> Vec<f64> {
    let from = |tree: &mut Tree, origin: usize| -> Vec<f64> {
        let mut ends = demand.from(origin).map(|(to, _)| to as usize).peekable();
        if ends.peek().is_none() {
            return Vec::new();
        }
        if origin >= network.nodes() || costs.len() != network.links().len() {
            return ends.map(|_| f64::INFINITY).collect();
        }
        tree.grow(network, costs, origin);
        ends.map(|to| tree.cost.get(to).copied().unwrap_or(f64::INFINITY)).collect()
    };
    let rows: Vec<Vec<f64>> = (0..demand.zones()).into_par_iter().map_init(Tree::default, from).collect();
    rows.concat()
}

/// Cheapest costs from one zone to every node; infinite where no path leads.
#[must_use]
pub fn to_nodes(network: &Network, costs: &[f64], origin: usize) -> Vec<f64> {
    if origin >= network.nodes() || costs.len() != network.links().len() {
        return vec![f64::INFINITY; network.nodes()];
    }
    let mut tree = Tree::default();
    tree.grow(network, costs, origin);
    tree.cost
}
