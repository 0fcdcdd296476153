//! Shortest paths from one node, by Dijkstra's algorithm.
#![expect(
    clippy::indexing_slicing,
    reason = "nodes and links are numbered below the lengths of the lists of their network"
)]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::network::Network;

/// A tree of shortest paths from one node.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    /// Cost of the cheapest path to each node; infinite where there is none.
    pub(crate) cost: Vec<f64>,
    /// Its last link; [`NONE`] at the root and where there is none.
    pub(crate) link: Vec<u32>,
    heap: BinaryHeap<Reverse<(u64, u32)>>,
}

/// No link.
pub(crate) const NONE: u32 = u32::MAX;

impl Tree {
    /// Fills the tree anew. Costs of links are not negative; the bits of such numbers are in their order.
    pub(crate) fn grow(&mut self, network: &Network, costs: &[f64], root: usize) {
        self.empty(network, root);
        self.heap.push(Reverse((0, root as u32)));
        self.settle(network, costs, root);
    }

    /// Fills the tree anew from costs that some paths to nodes are known to have: fast where few of them can be undercut.
    pub(crate) fn grow_from(
        &mut self,
        network: &Network,
        costs: &[f64],
        root: usize,
        known: impl Iterator<Item = (u32, f64)>,
    ) {
        self.empty(network, root);
        known.for_each(|(node, cost)| self.cost[node as usize] = cost);
        for node in 0..network.nodes {
            if self.cost[node].is_finite() && network.passes(node, root) {
                self.leave(network, costs, node);
            }
        }
        self.settle(network, costs, root);
    }

    fn empty(&mut self, network: &Network, root: usize) {
        self.cost.clear();
        self.cost.resize(network.nodes, f64::INFINITY);
        self.link.clear();
        self.link.resize(network.nodes, NONE);
        self.heap.clear();
        self.cost[root] = 0.0;
    }

    /// Goes on from the nodes of the heap until no link leads anywhere cheaper.
    fn settle(&mut self, network: &Network, costs: &[f64], root: usize) {
        while let Some(Reverse((bits, node))) = self.heap.pop() {
            let (so_far, node) = (f64::from_bits(bits), node as usize);
            if so_far <= self.cost[node] && network.passes(node, root) {
                self.leave(network, costs, node);
            }
        }
    }

    /// Looks along the links that leave a node.
    #[inline]
    fn leave(&mut self, network: &Network, costs: &[f64], node: usize) {
        let so_far = self.cost[node];
        for link in network.out[node]..network.out[node + 1] {
            let head = network.head[link as usize] as usize;
            let cost = so_far + costs[link as usize];
            if cost < self.cost[head] {
                self.cost[head] = cost;
                self.link[head] = link;
                self.heap.push(Reverse((cost.to_bits(), head as u32)));
            }
        }
    }
}
