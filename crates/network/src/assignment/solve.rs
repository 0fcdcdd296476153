//! From trips to flows in equilibrium.

use rayon::prelude::*;

use super::bush::{Bush, Room};
use super::certificate::Certificate;
use super::traffic::Traffic;
use crate::delay::Delay;
use crate::demand::Demand;
use crate::network::{Link, Network};
use crate::shortest::Tree;

/// Trips that see the same costs.
#[derive(Clone, Debug, Default)]
pub struct Class {
    /// The trips, in the unit of the capacities.
    pub demand: Demand,
    /// Units of time that a unit of toll counts as.
    pub toll_weight: f64,
    /// Units of time that a unit of length counts as.
    pub distance_weight: f64,
}

/// What the flows should be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Goal {
    /// Nobody can get there cheaper by another route (Wardrop's first principle).
    #[default]
    UserEquilibrium,
    /// The cost of all together is least (Wardrop's second).
    SystemOptimum,
}

/// How far to go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// The relative gap to reach.
    pub gap: f64,
    /// Rounds of improving all bushes at most.
    pub rounds: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { gap: 1e-10, rounds: 10_000 }
    }
}

/// Flows with what they say about themselves.
#[derive(Clone, Debug)]
pub struct Solution {
    /// By class, then link in the network's order.
    pub flows: Vec<Vec<f64>>,
    /// Time of each link.
    pub times: Vec<f64>,
    /// How good it is.
    pub certificate: Certificate,
    /// Rounds of improving all bushes that were needed.
    pub rounds: usize,
    /// Threads that were there.
    pub threads: usize,
    /// Trips that no path carries: class, origin, destination, volume.
    pub unreached: Vec<(usize, u32, u32, f64)>,
    /// From where a like problem can go on.
    pub start: Start,
}

/// The bushes of a solution. Another problem on the same network (other times, tolls, trips, links closed) is solved faster
/// from here than from an empty network, and to the same gap.
#[derive(Clone, Debug, Default)]
pub struct Start {
    bushes: Vec<Bush>,
    /// Links that were open.
    open: Vec<bool>,
}

impl Start {
    fn of(&self, class: u32, origin: u32) -> Option<&Bush> {
        let place = self.bushes.binary_search_by_key(&(class, origin), |bush| (bush.class, bush.origin)).ok()?;
        self.bushes.get(place)
    }
}

/// A link that makes a path cheaper by less than this share of the gap is not taken in.
const UNWORTHY: f64 = 0.1;
/// Bushes that one core takes at a time.
const TOGETHER: usize = 16;
/// Destinations and volumes of the trips from one zone.
type Trips = Vec<(u32, f64)>;

/// Sweeps over all bushes in a round, at most.
const SWEEPS: usize = 20;
/// Bushes with less than this share of the average excess are left out of a sweep.
const IDLE: f64 = 0.2;

/// Flows in equilibrium, from an empty network or from the solution of another problem on the same one.
#[must_use]
pub fn solve(network: &Network, classes: &[Class], goal: Goal, options: &Options, start: Option<&Start>) -> Solution {
    let times: Vec<Delay> = network.delays();
    let delays: Vec<Delay> = match goal {
        Goal::UserEquilibrium => times.clone(),
        Goal::SystemOptimum => times.iter().map(|delay| delay.marginal()).collect(),
    };
    let fixed: Vec<Vec<f64>> = classes
        .iter()
        .map(|class| {
            let pays = |link: &Link| class.toll_weight * link.toll + class.distance_weight * link.length;
            network.links().iter().map(pays).collect()
        })
        .collect();
    let mut work = Work::new(network, classes, &delays, &fixed, start.unwrap_or(&Start::default()));
    let mut rounds = 0;
    let (mut certificate, mut flows) = work.certify(&fixed, &delays, &times);
    while certificate.relative_gap > options.gap && rounds < options.rounds {
        rounds += 1;
        let gap = work.round(options.gap);
        if gap <= options.gap || rounds == options.rounds {
            (certificate, flows) = work.certify(&fixed, &delays, &times);
        }
    }
    let total = |link: usize| flows.iter().filter_map(|flow| flow.get(link)).sum::<f64>();
    Solution {
        times: times.iter().enumerate().map(|(link, delay)| delay.at(total(link)).0).collect(),
        flows,
        certificate,
        rounds,
        threads: rayon::current_num_threads(),
        unreached: work.unreached,
        start: Start { bushes: work.bushes, open: network.links().iter().map(Link::is_open).collect() },
    }
}

struct Work<'a> {
    network: &'a Network,
    classes: &'a [Class],
    traffic: Traffic<'a>,
    bushes: Vec<Bush>,
    trips: Vec<Trips>,
    room: Room,
    unreached: Vec<(usize, u32, u32, f64)>,
}

impl<'a> Work<'a> {
    /// All trips on the bushes of `start`, or where there is none on the paths that are cheapest when they are put on, one
    /// origin after the other.
    fn new(
        network: &'a Network,
        classes: &'a [Class],
        delays: &'a [Delay<'a>],
        fixed: &'a [Vec<f64>],
        start: &Start,
    ) -> Self {
        let mut work = Self {
            network,
            classes,
            traffic: Traffic::new(delays, fixed),
            bushes: Vec::new(),
            trips: Vec::new(),
            room: Room::new(network),
            unreached: Vec::new(),
        };
        let mut tree = Tree::default();
        let mut flow = vec![0.0; delays.len()];
        let opened = network.links().iter().zip(&start.open).any(|(link, was)| link.is_open() && !was);
        for (number, class) in classes.iter().enumerate() {
            for origin in 0..class.demand.zones() {
                let trips: Trips = class.demand.from(origin).collect();
                let Some(cost) = work.traffic.cost.get(number).filter(|_| !trips.is_empty()) else { continue };
                let known = start.of(number as u32, origin as u32).cloned();
                let mut known = known.and_then(|mut bush| bush.repair(network, &mut work.room, cost).then_some(bush));
                if known.is_none() || opened {
                    tree.grow(network, cost, origin);
                }
                if let Some(bush) = known.as_mut().filter(|_| opened) {
                    // A link that is open now may lead where nothing led before.
                    bush.extend(network, &mut work.room, &tree);
                }
                let mut bush =
                    known.unwrap_or_else(|| Bush::new(network, &mut work.room, &tree, origin as u32, number as u32));
                let reached = bush.reaches(network);
                let reaches = |to: u32| reached.get(to as usize).copied().unwrap_or(false);
                let lost = trips.iter().filter(|(to, _)| !reaches(*to));
                work.unreached.extend(lost.map(|(to, volume)| (number, origin as u32, *to, *volume)));
                flow.fill(0.0);
                bush.load(&mut work.room, &trips, &mut flow);
                for (link, flow) in flow.iter().copied().enumerate().filter(|(_, flow)| *flow > 0.0) {
                    work.traffic.add(link, flow);
                }
                work.bushes.push(bush);
                work.trips.push(trips);
            }
        }
        work.settle();
        work
    }

    /// One round: every bush gets better links and moves its flow, then all move on until they are well within what the
    /// round can bring. Gives the gap within the bushes.
    fn round(&mut self, wanted: f64) -> f64 {
        let mut excess = vec![0.0; self.bushes.len()];
        let paid = self.paid();
        let nothing = UNWORTHY * wanted * paid / self.bushes.len().max(1) as f64;
        // One after the other: a bush that sees what the one before has done needs fewer rounds than cores would save.
        for (bush, excess) in self.bushes.iter_mut().zip(&mut excess) {
            let Some(cost) = self.traffic.cost.get(bush.class as usize) else { continue };
            let (own, taken) = bush.improve(self.network, &mut self.room, cost, UNWORTHY * wanted);
            let still = taken == 0 && own <= nothing;
            *excess = if still { own } else { bush.equilibrate(&mut self.room, &mut self.traffic) };
        }
        let begun: f64 = excess.iter().sum();
        let enough = 0.1 * f64::max(begun, wanted * paid);
        let mut left = begun;
        for _ in 0..SWEEPS {
            // Bushes with little left to gain wait for the next round: most of them, after a change at one place.
            let little = IDLE * left / self.bushes.len() as f64;
            for (bush, excess) in self.bushes.iter_mut().zip(&mut excess).filter(|(_, excess)| **excess > little) {
                *excess = bush.equilibrate(&mut self.room, &mut self.traffic);
            }
            left = excess.iter().sum();
            if left <= enough {
                break;
            }
        }
        self.settle();
        begun / paid
    }

    /// Adds up what the bushes carry.
    fn settle(&mut self) {
        let (network, links) = (self.network, self.traffic.flow.len());
        let carried = |room: &mut Room, (bushes, trips): (&mut [Bush], &[Trips])| {
            let mut total = vec![0.0; links];
            bushes.iter_mut().zip(trips).for_each(|(bush, trips)| bush.load(room, trips, &mut total));
            total
        };
        let chunks = self.bushes.par_chunks_mut(TOGETHER).zip(self.trips.par_chunks(TOGETHER));
        let parts: Vec<Vec<f64>> = chunks.map_init(|| Room::new(network), carried).collect();
        // Sums are made in one order, whoever made their parts.
        let mut total = vec![0.0; links];
        for part in parts {
            total.iter_mut().zip(part).for_each(|(total, part)| *total += part);
        }
        self.traffic.set(&total);
    }

    fn paid(&self) -> f64 {
        let of = |bush: &Bush| self.traffic.cost.get(bush.class as usize).map_or(0.0, |cost| bush.paid(cost));
        self.bushes.iter().map(of).sum()
    }

    fn flows(&mut self) -> Vec<Vec<f64>> {
        let mut flows = vec![vec![0.0; self.traffic.flow.len()]; self.classes.len()];
        for (bush, trips) in self.bushes.iter_mut().zip(&self.trips) {
            if let Some(total) = flows.get_mut(bush.class as usize) {
                bush.load(&mut self.room, trips, total);
            }
        }
        flows
    }

    /// The flows as they are, with what they say about themselves.
    fn certify(&mut self, fixed: &[Vec<f64>], delays: &[Delay], times: &[Delay]) -> (Certificate, Vec<Vec<f64>>) {
        let flows = self.flows();
        (Certificate::of(self.network, self.classes, fixed, delays, times, &flows), flows)
    }
}
