//! What it costs to get from zones to zones.

use rayon::prelude::*;

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
