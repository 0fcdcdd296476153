//! From link flows to the flows on routes: of all that add up to the same links, the likeliest ones.
//!
//! An equilibrium fixes what links carry, not who of them goes which way. The likeliest split (Rossi et al. 1989, Bar-Gera 2006) has
//! the greatest entropy, and with it the property planners expect: where two ways part and meet, trips from everywhere split in the same
//! proportion. Such route flows have the form `trips · Π w / W` with a weight w for each link, so that the weights are the
//! unknowns of a smooth convex problem: its gradient is what the links carry by these weights less what they should.
#![expect(
    clippy::indexing_slicing,
    reason = "positions, links and nodes are numbered below the lengths of their lists, which `Ways::new` makes"
)]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::bush::{Bush, Labels};
use super::descent::{Function, least};
use super::solve::{Class, Solution};
use crate::network::Network;
use crate::shortest::NONE;

/// What counts as a route, and how far to go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RouteOptions {
    /// A way is as cheap as the cheapest when its cost is above it by no more than this share.
    pub slack: f64,
    /// How near the links should come to the flows of the solution, as a share of the largest.
    pub within: f64,
    /// Routes that would carry less than this share of the trips of their pair are left out.
    pub least_share: f64,
    /// Steps at most.
    pub steps: usize,
}

impl Default for RouteOptions {
    fn default() -> Self {
        Self { slack: 1e-7, within: 1e-8, least_share: 1e-4, steps: 5_000 }
    }
}

/// Trips that go the same way.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Class of the trips.
    pub class: usize,
    /// Zone they begin in.
    pub from: u32,
    /// Zone they end in.
    pub to: u32,
    /// Links in the order they are gone along.
    pub links: Vec<u32>,
    /// Trips.
    pub flow: f64,
}

/// The likeliest route flows of a solution.
#[derive(Clone, Debug)]
pub struct Routes {
    ways: Vec<Ways>,
    /// By class, then link: logarithms of the weights.
    weights: Vec<Vec<f64>>,
    least_share: f64,
    /// The largest difference between what a link carries by all routes and by the solution, in trips.
    pub flow_error: f64,
    /// Steps taken.
    pub steps: usize,
}

/// Trips of one pair: destination as a position, its zone, and how many.
type Pair = (u32, u32, f64);

/// The cheapest ways of one class from one zone.
#[derive(Clone, Debug)]
struct Ways {
    class: usize,
    origin: u32,
    pairs: Vec<Pair>,
    /// Number of nodes reached, in the order of the bush; the origin is first.
    nodes: usize,
    /// Links into the node at position p: `start[p]..start[p + 1]`.
    start: Vec<u32>,
    links: Vec<u32>,
    /// Positions of the nodes that they leave.
    tails: Vec<u32>,
}

/// Origins that one core takes at a time.
const TOGETHER: usize = 16;

impl Routes {
    /// The likeliest route flows that add up to the links of a solution.
    #[must_use]
    pub fn of(network: &Network, classes: &[Class], solution: &Solution, options: &RouteOptions) -> Self {
        let mut found =
            Self { ways: Vec::new(), weights: Vec::new(), least_share: options.least_share, flow_error: 0.0, steps: 0 };
        for (number, (class, wanted)) in classes.iter().zip(&solution.flows).enumerate() {
            let costs = class.costs(network, &solution.times);
            let Some(demand) = solution.demands.get(number) else { continue };
            let usable: Vec<bool> = wanted.iter().map(|flow| *flow > 0.0).collect();
            let of_bush = |labels: &mut Labels, bush: &Bush| {
                bush.label(labels, &costs);
                let trips: Vec<(u32, f64)> = demand.from(bush.origin as usize).collect();
                Ways::new(network, &costs, &usable, bush, labels, options.slack, &trips)
            };
            let own = solution.start.bushes.par_iter().filter(|bush| bush.class as usize == number);
            let ways: Vec<Ways> = own.map_init(Labels::default, of_bush).collect();
            let split = Split { ways: &ways, wanted };
            let largest = wanted.iter().copied().fold(0.0, f64::max);
            // A link with much flow needs a small step of its weight.
            let scale: Vec<f64> = wanted.iter().map(|flow| if *flow > 0.0 { 1.0 / flow } else { 0.0 }).collect();
            let weights = least(&split, vec![0.0; wanted.len()], &scale, options.within * largest, options.steps);
            found.flow_error = found.flow_error.max(weights.slope);
            found.steps += weights.steps;
            found.weights.push(weights.at);
            found.ways.extend(ways);
        }
        found
    }

    /// Every route, by class, zone of origin, destination; those of a pair with the most trips first.
    pub fn each(&self, mut with: impl FnMut(Route)) {
        let mut room = Room::default();
        for ways in &self.ways {
            let Some(weights) = self.weights.get(ways.class) else { continue };
            ways.label(&mut room, weights);
            for (position, to, trips) in &ways.pairs {
                let mut routes = ways.back(&room, weights, *position, self.least_share);
                if routes.is_empty() {
                    // More ways than can be named, none with much of a share: the one that most take at every node.
                    routes.push((ways.likeliest(&room, weights, *position), 1.0));
                }
                let all: f64 = routes.iter().map(|(_, share)| share).sum();
                routes.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
                for (links, share) in routes {
                    // What is left out goes the ways that are named.
                    with(Route { class: ways.class, from: ways.origin, to: *to, links, flow: trips * share / all });
                }
            }
        }
    }
}

/// Labels of the nodes of one origin.
#[derive(Clone, Debug, Default)]
struct Room {
    /// Logarithm of the sum over all ways to a node of the products of their weights.
    sum: Vec<f64>,
    through: Vec<f64>,
}

impl Ways {
    /// Every link with flow of the bush leads forward, so that what the links carry can be had.
    fn new(
        network: &Network,
        costs: &[f64],
        usable: &[bool],
        bush: &Bush,
        labels: &Labels,
        slack: f64,
        trips: &[(u32, f64)],
    ) -> Self {
        let (class, origin) = (bush.class as usize, bush.origin as usize);
        let carrying: Vec<(u32, u32, u32)> = bush.carrying().collect();
        // Positions of the bush in the order taken here.
        let order = order(bush.order().len(), &carrying, labels);
        let mut at = vec![0_u32; order.len()];
        let mut position = vec![NONE; network.nodes];
        for (new, old) in order.iter().enumerate() {
            at[*old as usize] = new as u32;
            position[bush.order()[*old as usize] as usize] = new as u32;
        }
        let moved = |(head, link, tail): (u32, u32, u32)| (at[head as usize], link, at[tail as usize]);
        let mut entering: Vec<(u32, u32, u32)> = carrying.into_iter().map(moved).collect();
        for (tail, old) in order.iter().enumerate() {
            let node = bush.order()[*old as usize] as usize;
            if !network.passes(node, origin) {
                continue;
            }
            for link in network.out[node]..network.out[node + 1] {
                let head = position[network.head[link as usize] as usize];
                let forward = head != NONE && head as usize > tail;
                let cheap = |head: u32| {
                    let most = labels.low[order[head as usize] as usize] * (1.0 + slack);
                    labels.low[*old as usize] + costs[link as usize] <= most
                };
                if forward && usable[link as usize] && cheap(head) {
                    entering.push((head, link, tail as u32));
                }
            }
        }
        // Where the bush carries nothing and nothing cheap is used, its cheapest link is the way.
        let mut entered = vec![false; order.len()];
        entering.iter().for_each(|(head, ..)| entered[*head as usize] = true);
        let lacking = order.iter().enumerate().skip(1).filter(|(new, _)| !entered[*new]);
        let cheapest = lacking.filter_map(|(_, old)| bush.cheapest(labels, *old)).map(moved);
        entering.extend(cheapest.filter(|(head, _, tail)| tail < head).collect::<Vec<_>>());
        entering.sort_unstable();
        entering.dedup();
        let mut start = vec![0_u32; order.len() + 1];
        entering.iter().for_each(|(head, ..)| start[*head as usize + 1] += 1);
        let mut sum = 0;
        for count in &mut start {
            sum += *count;
            *count = sum;
        }
        let pair = |(to, volume): &(u32, f64)| {
            let position = position[*to as usize];
            (position != NONE && position != 0 && *volume > 0.0).then_some((position, *to, *volume))
        };
        Self {
            class,
            origin: origin as u32,
            pairs: trips.iter().filter_map(pair).collect(),
            nodes: order.len(),
            start,
            links: entering.iter().map(|(_, link, _)| *link).collect(),
            tails: entering.iter().map(|(.., tail)| *tail).collect(),
        }
    }

    fn into(&self, position: usize) -> std::ops::Range<usize> {
        self.start[position] as usize..self.start[position + 1] as usize
    }

    fn label(&self, room: &mut Room, weights: &[f64]) {
        room.sum.clear();
        room.sum.resize(self.nodes, f64::NEG_INFINITY);
        room.sum[0] = 0.0;
        for position in 1..self.nodes {
            let into = self.into(position);
            let part = |place: usize| room.sum[self.tails[place] as usize] + weights[self.links[place] as usize];
            let most = into.clone().map(part).fold(f64::NEG_INFINITY, f64::max);
            let sum =
                if into.len() < 2 { 0.0 } else { libm::log(into.map(|place| libm::exp(part(place) - most)).sum()) };
            room.sum[position] = most + sum;
        }
    }

    /// The share of those who come to a node that come by a link into it.
    fn share(&self, room: &Room, weights: &[f64], position: usize, place: usize) -> f64 {
        if self.start[position + 1] - self.start[position] < 2 {
            return 1.0;
        }
        let part = room.sum[self.tails[place] as usize] + weights[self.links[place] as usize];
        libm::exp(part - room.sum[position])
    }

    /// Puts the trips on the links, and gives the sum of trips × logarithm of what leads to their destination.
    fn load(&self, room: &mut Room, weights: &[f64], total: &mut [f64]) -> f64 {
        self.label(room, weights);
        room.through.clear();
        room.through.resize(self.nodes, 0.0);
        let mut sum = 0.0;
        for (position, _, trips) in &self.pairs {
            room.through[*position as usize] += trips;
            sum += trips * room.sum[*position as usize];
        }
        for position in (1..self.nodes).rev() {
            let through = room.through[position];
            if through == 0.0 {
                continue;
            }
            for place in self.into(position) {
                let flow = through * self.share(room, weights, position, place);
                room.through[self.tails[place] as usize] += flow;
                total[self.links[place] as usize] += flow;
            }
        }
        sum
    }

    /// Back from a position by the link that most come by.
    fn likeliest(&self, room: &Room, weights: &[f64], position: u32) -> Vec<u32> {
        let (mut position, mut links) = (position as usize, Vec::new());
        while position != 0 {
            let share = |place: &usize| self.share(room, weights, position, *place);
            let Some(place) = self.into(position).max_by(|a, b| share(a).total_cmp(&share(b))) else { break };
            links.push(self.links[place]);
            position = self.tails[place] as usize;
        }
        links.reverse();
        links
    }

    /// All ways to a position with the share of the trips on each, but those below the least.
    fn back(&self, room: &Room, weights: &[f64], position: u32, least: f64) -> Vec<(Vec<u32>, f64)> {
        let mut found = Vec::new();
        // Position, share so far, and how many links of the trail lead there.
        let mut open = vec![(position as usize, 1.0, 0_usize, NONE)];
        let mut trail: Vec<u32> = Vec::new();
        while let Some((position, share, depth, link)) = open.pop() {
            trail.truncate(depth.saturating_sub(1));
            if link != NONE {
                trail.push(link);
            }
            if position == 0 {
                found.push((trail.iter().rev().copied().collect(), share));
                continue;
            }
            for place in self.into(position) {
                let share = share * self.share(room, weights, position, place);
                if share >= least {
                    open.push((self.tails[place] as usize, share, depth + 1, self.links[place]));
                }
            }
        }
        found
    }
}

/// Positions of a bush by their cost, but behind all from which its flow comes: a link without cost may lead to a node that is
/// cheaper by a rounding.
fn order(count: usize, carrying: &[(u32, u32, u32)], labels: &Labels) -> Vec<u32> {
    let mut leaving: Vec<(u32, u32)> = carrying.iter().map(|(head, _, tail)| (*tail, *head)).collect();
    leaving.sort_unstable();
    let mut waits = vec![0_u32; count];
    leaving.iter().for_each(|(_, head)| waits[*head as usize] += 1);
    let key = |at: u32| Reverse((labels.low[at as usize].to_bits(), at));
    let mut ready: BinaryHeap<_> = (0..count as u32).filter(|at| waits[*at as usize] == 0).map(key).collect();
    let mut order = Vec::with_capacity(count);
    while let Some(Reverse((_, at))) = ready.pop() {
        order.push(at);
        let first = leaving.partition_point(|(tail, _)| *tail < at);
        for (_, head) in leaving[first..].iter().take_while(|(tail, _)| *tail == at) {
            waits[*head as usize] -= 1;
            if waits[*head as usize] == 0 {
                ready.push(key(*head));
            }
        }
    }
    order
}

/// The problem whose unknowns are the logarithms of the weights.
struct Split<'a> {
    ways: &'a [Ways],
    wanted: &'a [f64],
}

impl Function for Split<'_> {
    fn at(&self, weights: &[f64], slope: &mut [f64]) -> f64 {
        let carried = |room: &mut Room, ways: &[Ways]| {
            let mut total = vec![0.0; weights.len()];
            let sum: f64 = ways.iter().map(|ways| ways.load(room, weights, &mut total)).sum();
            (sum, total)
        };
        let parts: Vec<(f64, Vec<f64>)> = self.ways.par_chunks(TOGETHER).map_init(Room::default, carried).collect();
        let mut value = 0.0;
        slope.iter_mut().zip(self.wanted).for_each(|(slope, wanted)| *slope = -wanted);
        // Sums are made in one order, whoever made their parts.
        for (sum, total) in parts {
            value += sum;
            slope.iter_mut().zip(total).for_each(|(slope, total)| *slope += total);
        }
        value - weights.iter().zip(self.wanted).map(|(weight, wanted)| weight * wanted).sum::<f64>()
    }
}
