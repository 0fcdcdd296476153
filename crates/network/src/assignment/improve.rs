//! Which links a bush has: those that carry its flow, and those that would make its paths cheaper.
#![expect(
    clippy::indexing_slicing,
    reason = "positions and places within a bush, nodes and links are numbered below the lengths of their lists"
)]

use super::bush::{Bush, Labels, Room};
use crate::network::Network;
use crate::shortest::NONE;

impl Bush {
    /// Takes in links that would make a cheapest path cheaper, and drops those without flow that are on none; whether any was
    /// taken in. What makes a path cheaper by less than a share `slack` is not worth the work. The labels are those of the bush as it
    /// becomes.
    pub(super) fn improve(
        &mut self,
        network: &Network,
        room: &mut Room,
        labels: &mut Labels,
        cost: &[f64],
        slack: f64,
    ) -> bool {
        self.label(labels, cost);
        // No link of the bush shortens a path, so what shortens one is not in it.
        self.shorter(network, room, labels, cost, slack);
        if room.ready.is_empty() {
            return false;
        }
        for (position, node) in self.nodes.iter().enumerate() {
            room.position[*node as usize] = position as u32;
        }
        self.keep(room, labels, cost);
        // What rises along the dearest paths as well cannot close a circle with what is there.
        let rises = |from: usize, to: usize, link: usize| labels.high[from] + cost[link] < labels.high[to];
        let ends = |room: &Room, link: u32| {
            let position = |node: u32| room.position[node as usize] as usize;
            (position(network.links[link as usize].from), position(network.head[link as usize]))
        };
        let mut taken = std::mem::take(&mut room.ready);
        taken.retain(|link| {
            let (from, to) = ends(room, *link);
            rises(from, to, *link as usize)
        });
        if taken.is_empty() {
            self.gather(network, room, |room, from, to, link| !room.member[link] && rises(from, to, link));
            taken = std::mem::take(&mut room.ready);
        }
        taken.iter().for_each(|link| room.carried[*link as usize] = 0.0);
        room.list.extend_from_slice(&taken);
        self.rebuild(network, room);
        room.ready = taken;
        self.label(labels, cost);
        true
    }

    /// Links that lead to a node cheaper than the bush does, by more than a share `slack`. They are gone through in the order of
    /// the network, which is that of the memory.
    fn shorter(&self, network: &Network, room: &mut Room, labels: &Labels, cost: &[f64], slack: f64) {
        room.ready.clear();
        // Nodes that are not reached are never worse than what leads to them.
        room.near.clear();
        room.near.resize(network.nodes, f64::NEG_INFINITY);
        for (node, low) in self.nodes.iter().zip(&labels.low) {
            room.near[*node as usize] = *low;
        }
        for node in 0..network.nodes {
            let low = room.near[node];
            if low < 0.0 || !network.passes(node, self.origin as usize) {
                continue;
            }
            for link in network.out[node]..network.out[node + 1] {
                let to = room.near[network.head[link as usize] as usize];
                if low + cost[link as usize] < to * (1.0 - slack) {
                    room.ready.push(link);
                }
            }
        }
    }

    /// Links between nodes of the bush that hold to a rule: positions of both ends, and the link.
    fn gather(&self, network: &Network, room: &mut Room, rule: impl Fn(&Room, usize, usize, usize) -> bool) {
        let mut ready = std::mem::take(&mut room.ready);
        ready.clear();
        for (position, node) in self.nodes.iter().enumerate() {
            let node = *node as usize;
            if !network.passes(node, self.origin as usize) {
                continue;
            }
            for link in network.out[node]..network.out[node + 1] {
                let to = room.position[network.head[link as usize] as usize];
                if to != NONE && to != 0 && rule(room, position, to as usize, link as usize) {
                    ready.push(link);
                }
            }
        }
        room.ready = ready;
    }

    /// Lists and marks the links that stay, those with flow or on a cheapest path, and labels the dearest paths over them.
    fn keep(&self, room: &mut Room, labels: &mut Labels, cost: &[f64]) {
        room.list.clear();
        for position in 1..self.nodes.len() {
            let mut high = 0.0_f64;
            for place in self.start[position]..self.start[position + 1] {
                let at = place as usize;
                if self.flow[at] > 0.0 || place == labels.low_in[position] {
                    let link = self.links[at] as usize;
                    high = high.max(labels.high[self.tails[at] as usize] + cost[link]);
                    room.member[link] = true;
                    room.carried[link] = self.flow[at];
                    room.list.push(link as u32);
                }
            }
            labels.high[position] = high;
        }
    }
}
