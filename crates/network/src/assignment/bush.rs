//! Bushes: for the trips of one class from one zone the links that they use, without circles.
//!
//! Dial (2006), *A path-based user-equilibrium traffic assignment algorithm that obviates path storage and
//! enumeration* (Algorithm B): flow is moved from the dearest used to the cheapest path between the node where they part
//! and the node where they meet, within the bush; then the bush gets the links that would make its paths cheaper.
#![expect(
    clippy::indexing_slicing,
    reason = "positions within a bush, nodes and links are numbered below the lengths of their lists, which `rebuild` makes"
)]

use super::response::Curve;
use super::traffic::Traffic;
use crate::network::Network;
use crate::shortest::{NONE, Tree};

/// Enough to come from any flow to its last digits.
const HALVINGS: usize = 100;
/// The share of the trips wanted that is put on a path of which nothing more is known.
const FIRST: f64 = 1e-3;

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
    /// Cheapest costs by node; below 0 where the bush does not lead.
    near: Vec<f64>,
    /// Links that a bush is made of anew.
    list: Vec<u32>,
    /// The same in the order of the nodes that they leave, with the positions of these.
    sequence: Vec<(u32, u32)>,
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
        room.list.clear();
        room.list.extend(tree.link.iter().filter(|link| **link != NONE));
        room.list.iter().for_each(|link| room.carried[*link as usize] = 0.0);
        bush.rebuild(network, room);
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
        self.links.iter().zip(&self.flow).for_each(|(link, flow)| room.carried[*link as usize] = *flow);
        further.iter().for_each(|link| room.carried[*link as usize] = 0.0);
        room.list.clear();
        room.list.extend(self.links.iter().chain(&further));
        self.rebuild(network, room);
    }

    /// Takes out links that are closed now. A node that has no other gets the cheapest link from a node before it, so that no
    /// circle can come about. False where there is none: the bush has to be made anew.
    pub(crate) fn repair(&mut self, network: &Network, room: &mut Room, cost: &[f64]) -> bool {
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

    /// Lets the number of trips to each destination answer to what they cost: more along the cheapest path while they are
    /// worth it, fewer on the dearest used one while they are not; one step of Newton's method for each. Gives what is lost
    /// by the number of trips as it was.
    pub(crate) fn answer(
        &mut self,
        room: &mut Room,
        traffic: &mut Traffic<'_>,
        trips: &mut [(u32, f64)],
        curve: impl Fn(usize) -> Option<Curve>,
    ) -> f64 {
        let class = self.class as usize;
        self.label(room, &traffic.cost[class]);
        for (position, node) in self.nodes.iter().enumerate() {
            room.position[*node as usize] = position as u32;
        }
        let mut lost = 0.0;
        for (place, (to, volume)) in trips.iter_mut().enumerate() {
            let position = room.position[*to as usize];
            let Some(curve) = curve(place).filter(|_| position != NONE && position != 0) else { continue };
            lost += curve.loss(*volume, room.low[position as usize]);
            let (worth, fall) = curve.worth(*volume);
            let (cost, slope) = self.path(&mut room.cheap, &room.low_in, position, traffic);
            if worth > cost {
                // With more trips the cost only rises, so that not more than these are wanted. Where a curve begins upright
                // Newton's step would be none.
                let most = (curve.wanted(cost) - *volume).max(0.0);
                let newton = (worth - cost) / (slope + fall);
                let more = if slope.is_finite() { newton.min(most) } else { FIRST * most };
                *volume += more;
                self.put(&room.cheap, traffic, more);
                continue;
            }
            let (cost, slope) = self.path(&mut room.dear, &room.high_in, position, traffic);
            if worth < cost && !room.dear.is_empty() {
                let carried = room.dear.iter().map(|place| self.flow[*place as usize]).fold(*volume, f64::min);
                let fewer = f64::min((cost - worth) / (slope + fall), *volume - curve.wanted(cost)).clamp(0.0, carried);
                *volume -= fewer;
                self.put(&room.dear, traffic, -fewer);
            }
        }
        self.nodes.iter().for_each(|node| room.position[*node as usize] = NONE);
        lost
    }

    /// The path back from a position, by the links that enter: fills `places`, and gives what it costs now and its slope.
    /// No path where a node has no such link.
    fn path(&self, places: &mut Vec<u32>, enters: &[u32], mut position: u32, traffic: &Traffic<'_>) -> (f64, f64) {
        places.clear();
        let (mut cost, mut slope) = (0.0, 0.0);
        while position != 0 {
            let place = enters[position as usize];
            if place == NONE {
                places.clear();
                break;
            }
            let link = self.links[place as usize] as usize;
            cost += traffic.cost[self.class as usize][link];
            slope += traffic.slope[link];
            places.push(place);
            position = self.tails[place as usize];
        }
        (cost, slope)
    }

    /// Adds flow to links, or takes it off.
    fn put(&mut self, places: &[u32], traffic: &mut Traffic<'_>, flow: f64) {
        for place in places {
            let at = *place as usize;
            self.flow[at] = (self.flow[at] + flow).max(0.0);
            traffic.add(self.links[at] as usize, flow);
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

    /// Takes in links that would make a cheapest path cheaper, and drops those without flow that are on none. Gives what the flow
    /// costs beyond the cheapest paths that the bush had, and how many links were taken in. What makes a path cheaper by less than a share `slack` is not worth the work.
    pub(crate) fn improve(&mut self, network: &Network, room: &mut Room, cost: &[f64], slack: f64) -> (f64, usize) {
        let excess = self.label(room, cost);
        // No link of the bush shortens a path, so what shortens one is not in it.
        self.shorter(network, room, cost, slack);
        if room.ready.is_empty() {
            return (excess, 0);
        }
        for (position, node) in self.nodes.iter().enumerate() {
            room.position[*node as usize] = position as u32;
        }
        self.keep(room, cost);
        // What rises along the dearest paths as well cannot close a circle with what is there.
        let rises = |room: &Room, from: usize, to: usize, link: usize| room.high[from] + cost[link] < room.high[to];
        let ends = |room: &Room, link: u32| {
            let position = |node: u32| room.position[node as usize] as usize;
            (position(network.links[link as usize].from), position(network.head[link as usize]))
        };
        let mut taken = std::mem::take(&mut room.ready);
        taken.retain(|link| {
            let (from, to) = ends(room, *link);
            rises(room, from, to, *link as usize)
        });
        if taken.is_empty() {
            self.gather(network, room, |room, from, to, link| !room.member[link] && rises(room, from, to, link));
            taken = std::mem::take(&mut room.ready);
        }
        taken.iter().for_each(|link| room.carried[*link as usize] = 0.0);
        room.list.extend_from_slice(&taken);
        self.rebuild(network, room);
        let count = taken.len();
        room.ready = taken;
        (excess, count)
    }

    /// Links that lead to a node cheaper than the bush does, by more than a share `slack`. They are gone through in the order of
    /// the network, which is that of the memory.
    fn shorter(&self, network: &Network, room: &mut Room, cost: &[f64], slack: f64) {
        room.ready.clear();
        // Nodes that are not reached are never worse than what leads to them.
        room.near.clear();
        room.near.resize(network.nodes, f64::NEG_INFINITY);
        for (node, low) in self.nodes.iter().zip(&room.low) {
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
    fn keep(&self, room: &mut Room, cost: &[f64]) {
        room.list.clear();
        for position in 1..self.nodes.len() {
            let mut high = 0.0_f64;
            for place in self.start[position]..self.start[position + 1] {
                let at = place as usize;
                if self.flow[at] > 0.0 || place == room.low_in[position] {
                    let link = self.links[at] as usize;
                    high = high.max(room.high[self.tails[at] as usize] + cost[link]);
                    room.member[link] = true;
                    room.carried[link] = self.flow[at];
                    room.list.push(link as u32);
                }
            }
            room.high[position] = high;
        }
    }

    /// Lays out anew the links of the room's list, with the flow they carry.
    fn rebuild(&mut self, network: &Network, room: &mut Room) {
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
