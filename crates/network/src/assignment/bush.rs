//! Bushes: for the trips of one class from one zone the links that they use, without circles.
//!
//! Dial (2006), *A path-based user-equilibrium traffic assignment algorithm that obviates path storage and
//! enumeration* (Algorithm B): flow is moved from the dearest used to the cheapest path between the node where they part
//! and the node where they meet, within the bush; then the bush gets the links that would make its paths cheaper.
#![expect(
    clippy::indexing_slicing,
    reason = "positions within a bush, nodes and links are numbered below the lengths of their lists, which `rebuild` makes"
)]

use crate::network::Network;
use crate::shortest::{NONE, Tree};

/// Nodes in an order in which every link leads forward, and the links into each.
#[derive(Clone, Debug)]
pub(super) struct Bush {
    pub(super) origin: u32,
    pub(super) class: u32,
    /// The origin first.
    pub(super) nodes: Vec<u32>,
    /// Links into the node at position p: `start[p]..start[p + 1]`.
    pub(super) start: Vec<u32>,
    pub(super) links: Vec<u32>,
    /// Positions of the nodes that they leave.
    pub(super) tails: Vec<u32>,
    pub(super) flow: Vec<f64>,
}

/// Costs of paths within a bush by position, and the links that they enter by.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels {
    /// Cheapest paths over all links.
    pub(super) low: Vec<f64>,
    /// Dearest paths over links with flow.
    pub(super) high: Vec<f64>,
    pub(super) low_in: Vec<u32>,
    pub(super) high_in: Vec<u32>,
    /// What the flow costs beyond the cheapest paths.
    pub(super) excess: f64,
}

/// Room for the work on one bush, used again for the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Room {
    // By node or link of the network.
    pub(super) position: Vec<u32>,
    pub(super) entering: Vec<u32>,
    pub(super) member: Vec<bool>,
    pub(super) carried: Vec<f64>,
    pub(super) through: Vec<f64>,
    pub(super) ready: Vec<u32>,
    /// Cheapest costs by node; below 0 where the bush does not lead.
    pub(super) near: Vec<f64>,
    /// Links that a bush is made of anew.
    pub(super) list: Vec<u32>,
    /// The same in the order of the nodes that they leave, with the positions of these.
    pub(super) sequence: Vec<(u32, u32)>,
}

impl Room {
    pub(super) fn new(network: &Network) -> Self {
        Self {
            position: vec![NONE; network.nodes],
            entering: vec![0; network.nodes],
            member: vec![false; network.links.len()],
            carried: vec![0.0; network.links.len()],
            ..Self::default()
        }
    }
}

impl Bush {
    /// The tree of shortest paths as a bush, without flow.
    pub(super) fn new(network: &Network, room: &mut Room, tree: &Tree, origin: u32, class: u32) -> Self {
        let mut bush = Self {
            origin,
            class,
            nodes: Vec::new(),
            start: Vec::new(),
            links: Vec::new(),
            tails: Vec::new(),
            flow: Vec::new(),
        };
        room.list.clear();
        room.list.extend(tree.link.iter().filter(|link| **link != NONE));
        room.list.iter().for_each(|link| room.carried[*link as usize] = 0.0);
        bush.rebuild(network, room);
        bush
    }

    /// Takes in nodes that it does not reach, by the links of a tree of shortest paths: they lead nowhere else yet, so no
    /// circle can come about.
    pub(super) fn extend(&mut self, network: &Network, room: &mut Room, tree: &Tree) {
        let reached = self.reaches(network);
        let lacking = |(node, link): (usize, &u32)| (*link != NONE && !reached[node]).then_some(*link);
        let further: Vec<u32> = tree.link.iter().enumerate().filter_map(lacking).collect();
        if further.is_empty() {
            return;
        }
        self.links.iter().zip(&self.flow).for_each(|(link, flow)| room.carried[*link as usize] = *flow);
        further.iter().for_each(|link| room.carried[*link as usize] = 0.0);
        room.list.clear();
        room.list.extend(self.links.iter().chain(&further));
        self.rebuild(network, room);
    }

    /// Takes out links that are closed now. A node that has no other gets the cheapest link from a node before it, so that no
    /// circle can come about. False where there is none: the bush has to be made anew.
    pub(super) fn repair(&mut self, network: &Network, room: &mut Room, cost: &[f64]) -> bool {
        if self.links.iter().all(|link| cost[*link as usize].is_finite()) {
            return true;
        }
        for (position, node) in self.nodes.iter().enumerate() {
            room.position[*node as usize] = position as u32;
        }
        let mut low = vec![0.0; self.nodes.len()];
        let mut members: Vec<u32> = Vec::with_capacity(self.links.len());
        let mut whole = true;
        for position in 1..self.nodes.len() {
            low[position] = f64::INFINITY;
            for place in self.start[position] as usize..self.start[position + 1] as usize {
                let link = self.links[place];
                if cost[link as usize].is_finite() {
                    low[position] = f64::min(low[position], low[self.tails[place] as usize] + cost[link as usize]);
                    members.push(link);
                    room.carried[link as usize] = self.flow[place];
                }
            }
            if low[position].is_finite() {
                continue;
            }
            // Rare: all links are looked through.
            let node = self.nodes[position];
            let cheapest = network
                .links()
                .iter()
                .enumerate()
                .filter(|(_, link)| link.to == node && network.passes(link.from as usize, self.origin as usize))
                .filter(|(_, link)| room.position[link.from as usize] < position as u32)
                .map(|(at, link)| (low[room.position[link.from as usize] as usize] + cost[at], at))
                .min_by(|a, b| a.0.total_cmp(&b.0));
            match cheapest {
                Some((found, at)) if found.is_finite() => {
                    low[position] = found;
                    members.push(at as u32);
                    room.carried[at] = 0.0;
                }
                _ => {
                    whole = false;
                    break;
                }
            }
        }
        self.nodes.iter().for_each(|node| room.position[*node as usize] = NONE);
        if whole {
            room.list = members;
            self.rebuild(network, room);
        }
        whole
    }

    /// Nodes that the trips can reach.
    pub(super) fn reaches(&self, network: &Network) -> Vec<bool> {
        let mut found = vec![false; network.nodes];
        self.nodes.iter().for_each(|node| found[*node as usize] = true);
        found
    }

    /// Labels anew.
    pub(super) fn label(&self, labels: &mut Labels, cost: &[f64]) {
        let count = self.nodes.len();
        labels.low.resize(count, 0.0);
        labels.high.resize(count, 0.0);
        labels.low_in.resize(count, NONE);
        labels.high_in.resize(count, NONE);
        (labels.low[0], labels.high[0]) = (0.0, 0.0);
        let mut excess = 0.0;
        for position in 1..count {
            let (mut low, mut low_in) = (f64::INFINITY, NONE);
            let (mut high, mut high_in) = (f64::NEG_INFINITY, NONE);
            let (mut carried, mut paid) = (0.0, 0.0);
            for place in self.start[position]..self.start[position + 1] {
                let at = place as usize;
                let (tail, cost) = (self.tails[at] as usize, cost[self.links[at] as usize]);
                let cheap = labels.low[tail] + cost;
                if cheap < low {
                    (low, low_in) = (cheap, place);
                }
                let flow = self.flow[at];
                if flow > 0.0 {
                    carried += flow;
                    paid += flow * cheap;
                    let dear = labels.high[tail] + cost;
                    if dear > high {
                        (high, high_in) = (dear, place);
                    }
                }
            }
            excess += paid - carried * low;
            (labels.low[position], labels.low_in[position]) = (low, low_in);
            (labels.high[position], labels.high_in[position]) = (high, high_in);
        }
        labels.excess = excess.max(0.0);
    }

    /// The flow on each of its links.
    pub(super) fn flow(&self) -> &[f64] {
        &self.flow
    }

    /// Its nodes in their order.
    pub(super) fn order(&self) -> &[u32] {
        &self.nodes
    }

    /// Links with flow: position they lead to, link, and position that they leave.
    pub(super) fn carrying(&self) -> impl Iterator<Item = (u32, u32, u32)> {
        let places = |head: usize| self.start[head] as usize..self.start[head + 1] as usize;
        let all = (1..self.nodes.len()).flat_map(move |head| places(head).map(move |place| (head as u32, place)));
        all.filter(|(_, place)| self.flow[*place] > 0.0)
            .map(|(head, place)| (head, self.links[place], self.tails[place]))
    }

    /// The link by which the cheapest path comes to a position.
    pub(super) fn cheapest(&self, labels: &Labels, head: u32) -> Option<(u32, u32, u32)> {
        let place = labels.low_in[head as usize];
        (place != NONE).then(|| (head, self.links[place as usize], self.tails[place as usize]))
    }

    /// Adds what its links carry.
    pub(super) fn add_to(&self, total: &mut [f64]) {
        self.links.iter().zip(&self.flow).for_each(|(link, flow)| total[*link as usize] += flow);
    }

    /// Gives its links the flows that they had.
    pub(super) fn set(&mut self, flow: &[f64]) {
        self.flow.copy_from_slice(flow);
    }

    /// What its flow pays beside the time.
    pub(super) fn beside(&self, fixed: &[f64]) -> f64 {
        self.links.iter().zip(&self.flow).map(|(link, flow)| flow * fixed[*link as usize]).sum()
    }

    /// Moves so many times again what it has moved since `before`.
    pub(super) fn go_on(&mut self, before: &[f64], times: f64) {
        for (flow, before) in self.flow.iter_mut().zip(before) {
            *flow = (*flow + times * (*flow - before)).max(0.0);
        }
    }

    /// Nodes with what the cheapest path to them costs by the labels.
    pub(super) fn costs(&self, labels: &Labels) -> impl Iterator<Item = (u32, f64)> {
        self.nodes.iter().copied().zip(labels.low.iter().copied())
    }

    /// Lays out anew the links of the room's list, with the flow they carry.
    pub(super) fn rebuild(&mut self, network: &Network, room: &mut Room) {
        let members = room.list.len();
        room.list.iter().for_each(|link| room.member[*link as usize] = true);
        let mut entering = std::mem::take(&mut room.entering);
        for link in &room.list {
            entering[network.head[*link as usize] as usize] += 1;
        }
        room.sequence.clear();
        let into: Vec<u32> = entering.clone();
        // Kahn's order: a node comes once all links into it have come.
        self.nodes.clear();
        self.nodes.push(self.origin);
        let mut next = 0;
        while next < self.nodes.len() {
            let node = self.nodes[next] as usize;
            for link in network.out[node]..network.out[node + 1] {
                if room.member[link as usize] {
                    let head = network.head[link as usize] as usize;
                    room.sequence.push((link, next as u32));
                    entering[head] -= 1;
                    if entering[head] == 0 {
                        self.nodes.push(head as u32);
                    }
                }
            }
            next += 1;
        }
        debug_assert!(entering.iter().all(|left| *left == 0), "a circle in a bush");
        entering.iter_mut().for_each(|left| *left = 0);
        room.entering = entering;
        self.start.clear();
        self.start.push(0);
        let mut sum = 0;
        for node in &self.nodes {
            sum += into[*node as usize];
            self.start.push(sum);
        }
        self.links.clear();
        self.links.resize(members, 0);
        self.tails.clear();
        self.tails.resize(members, 0);
        self.flow.clear();
        self.flow.resize(members, 0.0);
        let mut cursor = self.start.clone();
        for (position, node) in self.nodes.iter().enumerate() {
            room.position[*node as usize] = position as u32;
        }
        for (link, from) in &room.sequence {
            let at = *link as usize;
            let head = room.position[network.head[at] as usize] as usize;
            let place = cursor[head] as usize;
            cursor[head] += 1;
            (self.links[place], self.tails[place], self.flow[place]) = (*link, *from, room.carried[at]);
        }
        self.nodes.iter().for_each(|node| room.position[*node as usize] = NONE);
        self.links.iter().for_each(|link| room.member[*link as usize] = false);
    }

    /// Puts the trips on the links anew, in the shares that the links into each node have: what rounding has lost comes
    /// back. A node without flow so far takes the first of its links. Adds the flow to `total`.
    pub(super) fn load(&mut self, room: &mut Room, trips: &[(u32, f64)], total: &mut [f64]) {
        let count = self.nodes.len();
        room.through.clear();
        room.through.resize(count, 0.0);
        for (position, node) in self.nodes.iter().enumerate() {
            room.position[*node as usize] = position as u32;
        }
        for (to, volume) in trips {
            let position = room.position[*to as usize];
            if position != NONE {
                room.through[position as usize] += volume;
            }
        }
        self.nodes.iter().for_each(|node| room.position[*node as usize] = NONE);
        for position in (1..count).rev() {
            let places = self.start[position] as usize..self.start[position + 1] as usize;
            let through = room.through[position];
            let carried: f64 = self.flow[places.clone()].iter().sum();
            for place in places.clone() {
                let flow = if carried > 0.0 {
                    self.flow[place] * (through / carried)
                } else if place == places.start {
                    through
                } else {
                    0.0
                };
                self.flow[place] = flow;
                room.through[self.tails[place] as usize] += flow;
                total[self.links[place] as usize] += flow;
            }
        }
    }

    /// What the flow pays.
    pub(super) fn paid(&self, cost: &[f64]) -> f64 {
        // A closed link costs without end and carries nothing.
        let carried = self.links.iter().zip(&self.flow).filter(|(_, flow)| **flow > 0.0);
        carried.map(|(link, flow)| flow * cost[*link as usize]).sum()
    }
}
