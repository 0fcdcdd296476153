//! All bushes with the traffic that they make together.

use std::sync::Mutex;

use rayon::prelude::*;

use super::bush::{Bush, Room};
use super::certificate::{Certificate, Terms};
use super::leap::Leaps;
use super::round::{Ahead, BEYOND};
use super::shift::Trails;
use super::solve::{Class, Start};
use super::traffic::Traffic;
use crate::demand::Demand;
use crate::network::Network;
use crate::shortest::Tree;

/// Bushes that one core takes at a time.
const TOGETHER: usize = 16;
/// Destinations and volumes of the trips from one zone.
type Trips = Vec<(u32, f64)>;

/// Bushes on their way to equilibrium.
pub(super) struct Work<'a> {
    pub(super) network: &'a Network,
    pub(super) classes: &'a [Class],
    pub(super) traffic: Traffic<'a>,
    pub(super) bushes: Vec<Bush>,
    pub(super) trips: Vec<Trips>,
    pub(super) room: Room,
    /// One for each core.
    pub(super) rooms: Vec<Mutex<Room>>,
    pub(super) trails: Trails,
    pub(super) ahead: Ahead,
    /// How far sweeps go beyond Newton's step, and the excess that the last round began with.
    pub(super) beyond: f64,
    pub(super) begun: f64,
    pub(super) leaps: Leaps,
    pub(super) unreached: Vec<(usize, u32, u32, f64)>,
}

impl<'a> Work<'a> {
    /// All trips on the bushes of `start`; without one on the paths that are cheapest when they are put on, one origin after
    /// the other.
    pub(super) fn new(terms: &Terms<'a>, start: &Start) -> Self {
        let (network, classes) = (terms.network, terms.classes);
        let mut work = Self {
            network,
            classes,
            traffic: Traffic::new(terms.delays, terms.fixed),
            bushes: Vec::new(),
            trips: Vec::new(),
            room: Room::new(network),
            rooms: (0..rayon::current_num_threads()).map(|_| Mutex::new(Room::new(network))).collect(),
            trails: Trails::default(),
            ahead: Ahead::default(),
            beyond: BEYOND,
            begun: f64::INFINITY,
            leaps: Leaps::default(),
            unreached: Vec::new(),
        };
        let with_trips = |(class, origin): &(usize, usize)| {
            classes.get(*class).is_some_and(|class| class.demand.from(*origin).next().is_some())
        };
        let zones = classes
            .iter()
            .enumerate()
            .flat_map(|(number, class)| (0..class.demand.zones()).map(move |zone| (number, zone)));
        let zones: Vec<(usize, usize)> = zones.filter(with_trips).collect();
        let first = First {
            network,
            start,
            opened: network.links().iter().zip(&start.open).any(|(link, was)| link.is_open() && !was),
        };
        if start.bushes.is_empty() {
            let mut tree = Tree::default();
            let mut flow = vec![0.0; terms.delays.len()];
            for (class, zone) in zones {
                let mut bush = first.bush(&mut work.room, &mut tree, &work.traffic, (class, zone));
                flow.fill(0.0);
                let trips = work.take(class, zone, &bush);
                bush.load(&mut work.room, &trips, &mut flow);
                for (link, flow) in flow.iter().copied().enumerate().filter(|(_, flow)| *flow > 0.0) {
                    work.traffic.add(link, flow);
                }
                work.bushes.push(bush);
                work.trips.push(trips);
            }
        } else {
            work.traffic.set(&start.flow);
            let room = || (Room::new(network), Tree::default());
            let one =
                |(room, tree): &mut (Room, Tree), zone: &(usize, usize)| first.bush(room, tree, &work.traffic, *zone);
            let bushes: Vec<Bush> = zones.par_iter().map_init(room, one).collect();
            for ((class, zone), bush) in zones.into_iter().zip(bushes) {
                let trips = work.take(class, zone, &bush);
                work.bushes.push(bush);
                work.trips.push(trips);
            }
        }
        work.settle();
        work
    }

    /// Trips of a class from a zone; notes those that its bush does not reach.
    fn take(&mut self, class: usize, zone: usize, bush: &Bush) -> Trips {
        let trips: Trips = self.classes.get(class).map(|class| class.demand.from(zone).collect()).unwrap_or_default();
        let reached = bush.reaches(self.network);
        let lost = trips.iter().filter(|(to, _)| !reached.get(*to as usize).copied().unwrap_or(false));
        self.unreached.extend(lost.map(|(to, volume)| (class, zone as u32, *to, *volume)));
        trips
    }

    /// Adds up what the bushes carry.
    pub(super) fn settle(&mut self) {
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

    /// What is to be as low as can be, with the trips as they are made.
    pub(super) fn objective(&self) -> f64 {
        let beside = |bush: &Bush| self.traffic.fixed.get(bush.class as usize).map_or(0.0, |fixed| bush.beside(fixed));
        self.traffic.areas() + self.bushes.iter().map(beside).sum::<f64>()
    }

    pub(super) fn paid(&self) -> f64 {
        let of = |bush: &Bush| self.traffic.cost.get(bush.class as usize).map_or(0.0, |cost| bush.paid(cost));
        self.bushes.iter().map(of).sum()
    }

    /// What the bushes carry, by class and link.
    fn flows(&self) -> Vec<Vec<f64>> {
        let mut flows = vec![vec![0.0; self.traffic.flow.len()]; self.classes.len()];
        for bush in &self.bushes {
            if let Some(total) = flows.get_mut(bush.class as usize) {
                bush.add_to(total);
            }
        }
        flows
    }

    /// Trips of each class as they are made.
    fn demands(&self) -> Vec<Demand> {
        let mut volumes: Vec<Vec<f64>> = self.classes.iter().map(|class| class.demand.volumes().to_vec()).collect();
        for (bush, trips) in self.bushes.iter().zip(&self.trips) {
            let Some(class) = self.classes.get(bush.class as usize) else { continue };
            let first = class.demand.first(bush.origin as usize);
            let own = volumes.get_mut(bush.class as usize).and_then(|volumes| volumes.get_mut(first..));
            own.into_iter().flatten().zip(trips).for_each(|(volume, (_, made))| *volume = *made);
        }
        self.classes.iter().zip(volumes).map(|(class, volumes)| class.demand.with(volumes)).collect()
    }

    /// The flows and trips as they are, with what they say about themselves.
    pub(super) fn certify(&self, terms: &Terms<'_>) -> (Certificate, Vec<Vec<f64>>, Vec<Demand>) {
        let (flows, demands) = (self.flows(), self.demands());
        (Certificate::of(terms, &flows, &demands, &self.bushes), flows, demands)
    }
}

/// The bushes that a solution begins with.
struct First<'a> {
    network: &'a Network,
    start: &'a Start,
    /// Whether links are open that were closed in the start.
    opened: bool,
}

impl First<'_> {
    /// The bush of the start, made fit for the links that are open now; without one the cheapest paths at the costs as they are.
    fn bush(&self, room: &mut Room, tree: &mut Tree, traffic: &Traffic<'_>, (class, zone): (usize, usize)) -> Bush {
        let Self { network, start, opened } = *self;
        let cost = traffic.cost.get(class).map(Vec::as_slice).unwrap_or_default();
        let known = start.of(class as u32, zone as u32).cloned();
        let mut known = known.and_then(|mut bush| bush.repair(network, room, cost).then_some(bush));
        if known.is_none() || opened {
            tree.grow(network, cost, zone);
        }
        if let Some(bush) = known.as_mut().filter(|_| opened) {
            // A link that is open now may lead where nothing led before.
            bush.extend(network, room, tree);
        }
        known.unwrap_or_else(|| Bush::new(network, room, tree, zone as u32, class as u32))
    }
}
