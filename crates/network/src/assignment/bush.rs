//! Bushes: for the trips of one class from one zone the links that they use, without circles.
//!
//! Dial (2006), *A path-based user-equilibrium traffic assignment algorithm that obviates path storage and
//! enumeration* (Algorithm B): flow is moved from the dearest used to the cheapest path between the node where they part
//! and the node where they meet, within the bush; then the bush gets the links that would make its paths cheaper.
#![expect(
    clippy::indexing_slicing,
    reason = "positions within a bush, nodes and links are numbered below the lengths of their lists, which `rebuild` makes"
)]

use super::traffic::Traffic;
use crate::network::Network;
use crate::shortest::{NONE, Tree};

/// Enough to come from any flow to its last digits.
const HALVINGS: usize = 100;

/// Nodes in an order in which every link leads forward, and the links into each.
#[derive(Clone, Debug)]
pub(crate) struct Bush {
    pub(crate) origin: u32,
    pub(crate) class: u32,
    /// The origin first.
    nodes: Vec<u32>,
    /// Links into the node at position p: `start[p]..start[p + 1]`.
    start: Vec<u32>,
    links: Vec<u32>,
    /// Positions of the nodes that they leave.
    tails: Vec<u32>,
    flow: Vec<f64>,
}

/// Room for the work on one bush, used again for the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Room {
    low: Vec<f64>,
    high: Vec<f64>,
    low_in: Vec<u32>,
    high_in: Vec<u32>,
    dear: Vec<u32>,
    cheap: Vec<u32>,
    // By node or link of the network.
    position: Vec<u32>,
    entering: Vec<u32>,
    member: Vec<bool>,
    carried: Vec<f64>,
    through: Vec<f64>,
    ready: Vec<u32>,
}

impl Room {
    pub(crate) fn new(network: &Network) -> Self {
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
    pub(crate) fn new(network: &Network, room: &mut Room, tree: &Tree, origin: u32, class: u32) -> Self {
        let mut bush = Self {
            origin,
            class,
            nodes: Vec::new(),
            start: Vec::new(),
            links: Vec::new(),
            tails: Vec::new(),
            flow: Vec::new(),
        };
        for link in tree.link.iter().filter(|link| **link != NONE) {
            room.member[*link as usize] = true;
        }
        bush.rebuild(network, room, tree.link.iter().filter(|link| **link != NONE).count());
        for link in tree.link.iter().filter(|link| **link != NONE) {
            room.member[*link as usize] = false;
        }
        bush
    }

    /// Takes in nodes that it does not reach, by the links of a tree of shortest paths: they lead nowhere else yet, so no
    /// circle can come about.
    pub(crate) fn extend(&mut self, network: &Network, room: &mut Room, tree: &Tree) {
        let reached = self.reaches(network);
        let lacking = |(node, link): (usize, &u32)| (*link != NONE && !reached[node]).then_some(*link);
        let further: Vec<u32> = tree.link.iter().enumerate().filter_map(lacking).collect();
        if further.is_empty() {
            return;
        }
        for (link, flow) in self.links.iter().zip(&self.flow) {
            room.member[*link as usize] = true;
            room.carried[*link as usize] = *flow;
        }
        for link in &further {
            room.member[*link as usize] = true;
            room.carried[*link as usize] = 0.0;
        }
        self.rebuild(network, room, self.links.len() + further.len());
        self.links.iter().for_each(|link| room.member[*link as usize] = false);
    }

    /// Whether no link of it is closed.
    pub(crate) fn still_stands(&self, cost: &[f64]) -> bool {
        self.links.iter().all(|link| cost[*link as usize].is_finite())
    }

    /// Nodes that the trips can reach.
    pub(crate) fn reaches(&self, network: &Network) -> Vec<bool> {
        let mut found = vec![false; network.nodes];
        self.nodes.iter().for_each(|node| found[*node as usize] = true);
        found
    }

    /// Cheapest paths over all links, dearest ones over those with flow, and what the flow costs beyond the cheapest.
    fn label(&self, room: &mut Room, cost: &[f64]) -> f64 {
        let count = self.nodes.len();
        room.low.resize(count.max(room.low.len()), 0.0);
        room.high.resize(count.max(room.high.len()), 0.0);
        room.low_in.resize(count.max(room.low_in.len()), NONE);
        room.high_in.resize(count.max(room.high_in.len()), NONE);
        (room.low[0], room.high[0]) = (0.0, 0.0);
        let mut excess = 0.0;
        for position in 1..count {
            let (mut low, mut low_in) = (f64::INFINITY, NONE);
            let (mut high, mut high_in) = (f64::NEG_INFINITY, NONE);
            let (mut carried, mut paid) = (0.0, 0.0);
            for place in self.start[position]..self.start[position + 1] {
                let at = place as usize;
                let (tail, cost) = (self.tails[at] as usize, cost[self.links[at] as usize]);
                let cheap = room.low[tail] + cost;
                if cheap < low {
                    (low, low_in) = (cheap, place);
                }
                let flow = self.flow[at];
                if flow > 0.0 {
                    carried += flow;
                    paid += flow * cheap;
                    let dear = room.high[tail] + cost;
                    if dear > high {
                        (high, high_in) = (dear, place);
                    }
                }
            }
            excess += paid - carried * low;
            (room.low[position], room.low_in[position]) = (low, low_in);
            (room.high[position], room.high_in[position]) = (high, high_in);
        }
        excess.max(0.0)
    }

    /// Moves flow towards the cheapest paths, once at every node where paths meet. Gives what the flow cost beyond the
    /// cheapest paths of the bush before.
    pub(crate) fn equilibrate(&mut self, room: &mut Room, traffic: &mut Traffic<'_>) -> f64 {
        let class = self.class as usize;
        let excess = self.label(room, &traffic.cost[class]);
        for position in (1..self.nodes.len()).rev() {
            let (dear, cheap) = (room.high_in[position], room.low_in[position]);
            if dear == NONE || dear == cheap || self.start[position + 1] - self.start[position] < 2 {
                continue;
            }
            self.shift(room, traffic, class, dear, cheap);
        }
        excess
    }

    /// Moves flow from the dear to the cheap path into a node, from where they part: one step of Newton's method.
    fn shift(&mut self, room: &mut Room, traffic: &mut Traffic<'_>, class: usize, dear: u32, cheap: u32) {
        room.dear.clear();
        room.cheap.clear();
        room.dear.push(dear);
        room.cheap.push(cheap);
        let (mut dear, mut cheap) = (self.tails[dear as usize], self.tails[cheap as usize]);
        while dear != cheap {
            // Positions fall along both paths, so the one further on is followed back.
            if dear > cheap {
                let place = room.high_in[dear as usize];
                if place == NONE {
                    return;
                }
                room.dear.push(place);
                dear = self.tails[place as usize];
            } else {
                let place = room.low_in[cheap as usize];
                room.cheap.push(place);
                cheap = self.tails[place as usize];
            }
        }
        let cost = &traffic.cost[class];
        let (mut gain, mut slope, mut most) = (0.0, 0.0, f64::INFINITY);
        for place in &room.dear {
            let link = self.links[*place as usize] as usize;
            gain += cost[link];
            slope += traffic.slope[link];
            most = most.min(self.flow[*place as usize]);
        }
        for place in &room.cheap {
            let link = self.links[*place as usize] as usize;
            gain -= cost[link];
            slope += traffic.slope[link];
        }
        // Costs may have turned since the paths were found.
        if gain <= 0.0 {
            return;
        }
        let moved = if gain >= most * slope {
            most
        } else if slope.is_finite() {
            gain / slope
        } else {
            self.level(room, traffic, class, most)
        };
        for place in &room.dear {
            let flow = &mut self.flow[*place as usize];
            *flow = if *flow <= moved { 0.0 } else { *flow - moved };
            traffic.add(self.links[*place as usize] as usize, -moved);
        }
        for place in &room.cheap {
            self.flow[*place as usize] += moved;
            traffic.add(self.links[*place as usize] as usize, moved);
        }
    }

    /// How much to move where Newton's step would be none: at an empty link whose curve begins upright. By halving, to
    /// where both paths cost the same.
    fn level(&self, room: &Room, traffic: &Traffic<'_>, class: usize, most: f64) -> f64 {
        let cost = |places: &[u32], change: f64| {
            places
                .iter()
                .map(|place| traffic.cost_with(class, self.links[*place as usize] as usize, change))
                .sum::<f64>()
        };
        let (mut low, mut high) = (0.0, most);
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            if cost(&room.dear, -middle) > cost(&room.cheap, middle) { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    }

    /// Drops links without flow that are on no cheapest path, and takes in those that would make paths cheaper. Gives
    /// how many were taken in.
    pub(crate) fn improve(&mut self, network: &Network, room: &mut Room, cost: &[f64]) -> usize {
        self.label(room, cost);
        let count = self.nodes.len();
        // Dearest paths over all links that stay: what rises along every link keeps new ones from closing a circle.
        for position in 1..count {
            let mut high = 0.0_f64;
            for place in self.start[position]..self.start[position + 1] {
                let at = place as usize;
                if self.flow[at] > 0.0 || place == room.low_in[position] {
                    let link = self.links[at] as usize;
                    high = high.max(room.high[self.tails[at] as usize] + cost[link]);
                    room.member[link] = true;
                    room.carried[link] = self.flow[at];
                }
            }
            room.high[position] = high;
        }
        for (position, node) in self.nodes.iter().enumerate() {
            room.position[*node as usize] = position as u32;
        }
        let mut members = self.links.iter().filter(|link| room.member[**link as usize]).count();
        let kept = members;
        room.ready.clear();
        for strict in [true, false] {
            for (position, node) in self.nodes.iter().enumerate() {
                let node = *node as usize;
                if !network.passes(node, self.origin as usize) {
                    continue;
                }
                for link in network.out[node]..network.out[node + 1] {
                    let at = link as usize;
                    if room.member[at] {
                        continue;
                    }
                    let to = room.position[network.head[at] as usize];
                    if to == NONE || to == 0 {
                        continue;
                    }
                    let to = to as usize;
                    let shorter = !strict || room.low[position] + cost[at] < room.low[to];
                    if shorter && room.high[position] + cost[at] < room.high[to] {
                        room.ready.push(link);
                    }
                }
            }
            if !room.ready.is_empty() {
                break;
            }
        }
        for link in &room.ready {
            room.member[*link as usize] = true;
            room.carried[*link as usize] = 0.0;
        }
        let taken = room.ready.len();
        members += taken;
        if taken > 0 || kept < self.links.len() {
            let old = std::mem::take(&mut self.links);
            let nodes = self.nodes.clone();
            self.rebuild(network, room, members);
            for link in old.iter().chain(&self.links) {
                room.member[*link as usize] = false;
            }
            nodes.iter().for_each(|node| room.position[*node as usize] = NONE);
        } else {
            self.links.iter().for_each(|link| room.member[*link as usize] = false);
            self.nodes.iter().for_each(|node| room.position[*node as usize] = NONE);
        }
        taken
    }

    /// Lays out anew the links that are members, with the flow they carry.
    fn rebuild(&mut self, network: &Network, room: &mut Room, members: usize) {
        let mut entering = std::mem::take(&mut room.entering);
        for (link, head) in network.head.iter().enumerate() {
            if room.member[link] {
                entering[*head as usize] += 1;
            }
        }
        let into: Vec<u32> = entering.clone();
        // Kahn's order: a node comes once all links into it have come.
        self.nodes.clear();
        self.nodes.push(self.origin);
        let mut next = 0;
        while next < self.nodes.len() {
            let node = self.nodes[next] as usize;
            next += 1;
            for link in network.out[node]..network.out[node + 1] {
                if room.member[link as usize] {
                    let head = network.head[link as usize] as usize;
                    entering[head] -= 1;
                    if entering[head] == 0 {
                        self.nodes.push(head as u32);
                    }
                }
            }
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
        for (position, node) in self.nodes.iter().enumerate() {
            let node = *node as usize;
            for link in network.out[node]..network.out[node + 1] {
                let at = link as usize;
                if room.member[at] {
                    let head = room.position[network.head[at] as usize] as usize;
                    let place = cursor[head] as usize;
                    cursor[head] += 1;
                    (self.links[place], self.tails[place], self.flow[place]) =
                        (link, position as u32, room.carried[at]);
                }
            }
        }
        self.nodes.iter().for_each(|node| room.position[*node as usize] = NONE);
    }

    /// Puts the trips on the links anew, in the shares that the links into each node have: what rounding has lost comes
    /// back. A node without flow so far takes its cheapest link. Adds the flow to `total`.
    pub(crate) fn load(&mut self, room: &mut Room, trips: &[(u32, f64)], total: &mut [f64]) {
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
    pub(crate) fn paid(&self, cost: &[f64]) -> f64 {
        // A closed link costs without end and carries nothing.
        let carried = self.links.iter().zip(&self.flow).filter(|(_, flow)| **flow > 0.0);
        carried.map(|(link, flow)| flow * cost[*link as usize]).sum()
    }
}
