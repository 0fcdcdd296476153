//! How good a solution is, worked out from its flows alone.

use rayon::prelude::*;

use super::solve::Class;
use crate::delay::Delay;
use crate::network::Network;
use crate::shortest::Tree;

/// What a solution's flows say about themselves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Certificate {
    /// Beckmann's objective: the areas below the delays, and what is paid beside the time.
    pub objective: f64,
    /// No flows have a lower objective than this.
    pub dual_bound: f64,
    /// 1 − (cheapest cost of all trips) ÷ (their cost).
    pub relative_gap: f64,
    /// What all trips together pay beyond their cheapest paths: how exact `total_cost` is, in its unit.
    pub excess: f64,
    /// Flow × cost, over all links and classes; the costs that the goal counts.
    pub total_cost: f64,
    /// Flow × time, over all links, in the network's unit of time.
    pub total_travel_time: f64,
}

impl Certificate {
    /// `flows` of each class on each link; `delays` those of the goal, `times` the real ones.
    pub(super) fn of(
        network: &Network,
        classes: &[Class],
        fixed: &[Vec<f64>],
        delays: &[Delay],
        times: &[Delay],
        flows: &[Vec<f64>],
    ) -> Self {
        let total: Vec<f64> =
            (0..delays.len()).map(|link| flows.iter().filter_map(|flow| flow.get(link)).sum()).collect();
        let seconds: Vec<f64> = delays.iter().zip(&total).map(|(delay, flow)| delay.at(*flow).0).collect();
        let mut objective: f64 = used(delays, &total).map(|(delay, flow)| delay.area(flow)).sum();
        let (mut paid, mut least) = (0.0, 0.0);
        for ((class, fixed), flow) in classes.iter().zip(fixed).zip(flows) {
            let cost: Vec<f64> = seconds.iter().zip(fixed).map(|(time, fixed)| time + fixed).collect();
            let carried = flow.iter().zip(&cost).filter(|(flow, _)| **flow > 0.0);
            paid += carried.map(|(flow, cost)| flow * cost).sum::<f64>();
            objective += flow.iter().zip(fixed).map(|(flow, fixed)| flow * fixed).sum::<f64>();
            let of_origin = |tree: &mut Tree, origin: usize| {
                if class.demand.from(origin).next().is_none() {
                    return 0.0;
                }
                tree.grow(network, &cost, origin);
                let reached = class.demand.from(origin).map(|(to, volume)| {
                    let cost = tree.cost.get(to as usize).copied().unwrap_or(f64::INFINITY);
                    if cost.is_finite() { cost * volume } else { 0.0 }
                });
                reached.sum()
            };
            let parts: Vec<f64> =
                (0..class.demand.zones()).into_par_iter().map_init(Tree::default, of_origin).collect();
            least += parts.iter().sum::<f64>();
        }
        Self {
            objective,
            // The objective is convex: its tangent at these flows is below it everywhere.
            dual_bound: objective - (paid - least),
            excess: (paid - least).max(0.0),
            // Below 0 only by rounding.
            relative_gap: if paid > 0.0 { (1.0 - least / paid).max(0.0) } else { 0.0 },
            total_cost: paid,
            total_travel_time: used(times, &total).map(|(delay, flow)| flow * delay.at(flow).0).sum(),
        }
    }
}

/// A closed link costs without end and carries nothing.
fn used<'a>(delays: &'a [Delay<'a>], flow: &'a [f64]) -> impl Iterator<Item = (Delay<'a>, f64)> {
    delays.iter().copied().zip(flow.iter().copied()).filter(|(_, flow)| *flow > 0.0)
}
