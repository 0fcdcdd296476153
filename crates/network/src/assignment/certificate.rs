//! How good a solution is, worked out from its flows alone.

use rayon::prelude::*;

use super::bush::{Bush, Labels};
use super::solve::Class;
use super::sum::{Sum, sum};
use crate::delay::Delay;
use crate::demand::Demand;
use crate::network::Network;
use crate::shortest::Tree;

/// What a solution's flows say about themselves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Certificate {
    /// Beckmann's objective: the areas below the delays, and what is paid beside the time; less what trips are worth where
    /// their number answers to the cost.
    pub objective: f64,
    /// No flows have a lower objective than this.
    pub dual_bound: f64,
    /// What the objective can still fall by: what all trips together pay beyond their cheapest paths, and what is lost by trips that
    /// are not worth their cost or not made though they are.
    pub excess: f64,
    /// `excess` as a share of what all trips pay. With a fixed demand 1 − (cheapest cost of all trips) ÷ (their cost).
    pub relative_gap: f64,
    /// Flow × (time and what is paid beside it), over all links and classes, in the network's unit of time.
    pub total_cost: f64,
    /// The same with the costs that the goal counts.
    pub(super) paid: f64,
    /// Flow × time, over all links, in the network's unit of time.
    pub total_travel_time: f64,
}

/// A problem as it is certified: what is the same for all flows.
pub(super) struct Terms<'a> {
    pub(super) network: &'a Network,
    pub(super) classes: &'a [Class],
    /// What each class pays on each link beside the time.
    pub(super) fixed: &'a [Vec<f64>],
    /// Delays as the goal counts them.
    pub(super) delays: &'a [Delay<'a>],
    /// Delays as they are.
    pub(super) times: &'a [Delay<'a>],
}

impl Certificate {
    /// `flows` of each class on each link, and the trips of each class that they carry. The bushes tell but where to begin
    /// looking for cheapest paths: no link leads anywhere cheaper than what is found.
    pub(super) fn of(terms: &Terms<'_>, flows: &[Vec<f64>], demands: &[Demand], bushes: &[Bush]) -> Self {
        let total: Vec<f64> =
            (0..terms.delays.len()).map(|link| flows.iter().filter_map(|flow| flow.get(link)).sum()).collect();
        let times: Vec<f64> = terms.delays.iter().zip(&total).map(|(delay, flow)| delay.at(*flow).0).collect();
        let areas = sum(used(terms.delays, &total).map(|(delay, flow)| delay.area(flow)));
        let [mut paid, mut beside, mut least, mut loss, mut worth] = [Sum::default(); 5];
        for (number, ((fixed, flow), demand)) in terms.fixed.iter().zip(flows).zip(demands).enumerate() {
            let cost: Vec<f64> = times.iter().zip(fixed).map(|(time, fixed)| time + fixed).collect();
            let carried = flow.iter().zip(&cost).filter(|(flow, _)| **flow > 0.0);
            paid.add(sum(carried.map(|(flow, cost)| flow * cost)));
            beside.add(sum(flow.iter().zip(fixed).map(|(flow, fixed)| flow * fixed)));
            let of_bush = |(tree, labels): &mut (Tree, Labels), bush: &Bush| {
                bush.label(labels, &cost);
                tree.grow_from(terms.network, &cost, bush.origin as usize, bush.costs(labels));
                terms.class_from(number, bush.origin as usize, demand, tree)
            };
            let own = bushes.par_iter().filter(|bush| bush.class as usize == number);
            let parts: Vec<[f64; 3]> = own.map_init(Default::default, of_bush).collect();
            for part in parts {
                [&mut least, &mut loss, &mut worth].into_iter().zip(part).for_each(|(all, part)| all.add(part));
            }
        }
        let [paid, beside, least, loss, worth] = [paid, beside, least, loss, worth].map(Sum::value);
        let objective = areas + beside - worth;
        // Below 0 only by rounding; what is no number is not 0.
        let excess = if paid - least + loss < 0.0 { 0.0 } else { paid - least + loss };
        let total_travel_time = sum(used(terms.times, &total).map(|(delay, flow)| flow * delay.at(flow).0));
        Self {
            objective,
            // The objective is convex: its tangent at these flows is below it everywhere.
            dual_bound: objective - excess,
            excess,
            relative_gap: if excess == 0.0 { 0.0 } else { excess / paid },
            total_cost: total_travel_time + beside,
            paid,
            total_travel_time,
        }
    }
}

impl Terms<'_> {
    /// For the trips of a class from one zone: what they would pay on their cheapest paths, what is lost by their number, and what
    /// they are worth.
    fn class_from(&self, class: usize, origin: usize, demand: &Demand, tree: &Tree) -> [f64; 3] {
        let mut sums = [Sum::default(); 3];
        let Some(class) = self.classes.get(class) else { return [0.0; 3] };
        for (place, (to, volume)) in (demand.first(origin)..).zip(demand.from(origin)) {
            let cost = tree.cost.get(to as usize).copied().unwrap_or(f64::INFINITY);
            if !cost.is_finite() {
                continue;
            }
            let known = class.demand.volumes().get(place).copied().unwrap_or(0.0);
            let curve = class.response.as_ref().and_then(|response| response.curve(place, known));
            let (lost, worth) = curve.map_or((0.0, 0.0), |curve| (curve.loss(volume, cost), curve.surplus(volume)));
            sums.iter_mut().zip([cost * volume, lost, worth]).for_each(|(sum, part)| sum.add(part));
        }
        sums.map(Sum::value)
    }
}

/// A closed link costs without end and carries nothing.
fn used<'a>(delays: &'a [Delay<'a>], flow: &'a [f64]) -> impl Iterator<Item = (&'a Delay<'a>, f64)> {
    delays.iter().zip(flow.iter().copied()).filter(|(_, flow)| *flow > 0.0)
}
