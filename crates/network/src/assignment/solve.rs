//! From trips to flows in equilibrium.

use super::bush::Bush;
use super::certificate::{Certificate, Terms};
use super::margin;
use super::response::Response;
use super::work::Work;
use crate::delay::Delay;
use crate::demand::Demand;
use crate::network::{Link, Network};

/// Trips that see the same costs.
#[derive(Clone, Debug, Default)]
pub struct Class {
    /// The trips, in the unit of the capacities.
    pub demand: Demand,
    /// Units of time that a unit of toll counts as.
    pub toll_weight: f64,
    /// Units of time that a unit of length counts as.
    pub distance_weight: f64,
    /// How the number of trips answers to their cost; none where it does not.
    pub response: Option<Response>,
}

impl Class {
    /// What it pays on each link: the time, and what tolls and lengths count as.
    #[must_use]
    pub fn costs(&self, network: &Network, times: &[f64]) -> Vec<f64> {
        network.links().iter().zip(times).map(|(link, time)| time + self.beside(link)).collect()
    }

    /// Trips of all pairs that could ever be made.
    fn most_trips(&self) -> f64 {
        let of_pair = |(place, trips): (usize, &f64)| {
            let curve = self.response.as_ref().and_then(|response| response.curve(place, *trips));
            curve.map_or(*trips, |curve| curve.most())
        };
        self.demand.volumes().iter().enumerate().map(of_pair).sum()
    }

    /// What it pays on a link beside the time.
    fn beside(&self, link: &Link) -> f64 {
        self.toll_weight * link.toll + self.distance_weight * link.length
    }
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
    /// How far each of these times can be from that of the exact solution.
    pub time_errors: Vec<f64>,
    /// Trips of each class as they are made: pairs as in its demand.
    pub demands: Vec<Demand>,
    /// How good it is.
    pub certificate: Certificate,
    /// How far the certificate's `total_cost` can be from that of the exact solution; none where the number of trips answers
    /// to the cost.
    pub total_cost_error: Option<f64>,
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
    pub(super) bushes: Vec<Bush>,
    /// Links that were open.
    pub(super) open: Vec<bool>,
    pub(super) nodes: usize,
    /// What all bushes carried together.
    pub(super) flow: Vec<f64>,
}

impl Start {
    pub(super) fn of(&self, class: u32, origin: u32) -> Option<&Bush> {
        let place = self.bushes.binary_search_by_key(&(class, origin), |bush| (bush.class, bush.origin)).ok()?;
        self.bushes.get(place)
    }
}

/// Rounds in which the gap does not fall by a hundredth before it is taken to be as small as rounding lets it be.
const STALLED: usize = 1_000;

/// Flows in equilibrium, from an empty network or from the solution of another problem on the same one.
#[must_use]
pub fn solve(network: &Network, classes: &[Class], goal: Goal, options: &Options, start: Option<&Start>) -> Solution {
    // Within the pool: its cores can then be called upon a hundred times a round at little cost.
    rayon::scope(|_| within_pool(network, classes, goal, options, start))
}

fn within_pool(network: &Network, classes: &[Class], goal: Goal, options: &Options, start: Option<&Start>) -> Solution {
    let times: Vec<Delay> = network.delays();
    let delays: Vec<Delay> = match goal {
        Goal::UserEquilibrium => times.clone(),
        Goal::SystemOptimum => times.iter().map(|delay| delay.marginal()).collect(),
    };
    let fixed: Vec<Vec<f64>> =
        classes.iter().map(|class| network.links().iter().map(|link| class.beside(link)).collect()).collect();
    let terms = Terms { network, classes, fixed: &fixed, delays: &delays, times: &times };
    // The bushes of another network lead nowhere in this one.
    let fits = |start: &&Start| start.open.len() == delays.len() && start.nodes == network.nodes();
    let mut work = Work::new(&terms, start.filter(fits).unwrap_or(&Start::default()));
    let (mut rounds, mut best, mut since) = (0, f64::INFINITY, 0);
    let mut certified: Option<(Certificate, Vec<Vec<f64>>, Vec<Demand>)> = None;
    while rounds < options.rounds
        && since < STALLED
        && certified.as_ref().is_none_or(|(found, ..)| found.relative_gap > options.gap)
    {
        rounds += 1;
        let gap = work.round(options.gap);
        since += 1;
        if gap < 0.99 * best {
            (best, since) = (gap, 0);
        }
        if gap <= options.gap {
            certified = Some(work.certify(&terms));
        }
    }
    if certified.as_ref().is_some_and(|(found, ..)| found.relative_gap > options.gap) {
        certified = None;
    }
    let (certificate, flows, demands) = certified.unwrap_or_else(|| work.certify(&terms));
    let total: Vec<f64> =
        (0..times.len()).map(|link| flows.iter().filter_map(|flow| flow.get(link)).sum::<f64>()).collect();
    let budget = margin::budget(certificate.excess, certificate.paid);
    let trips: f64 = classes.iter().map(Class::most_trips).sum();
    let bounds: Vec<(f64, f64)> =
        delays.iter().zip(&total).map(|(delay, flow)| margin::bounds(delay, *flow, budget, trips)).collect();
    let total_cost_error = match goal {
        _ if classes.iter().any(|class| class.response.is_some()) => None,
        Goal::UserEquilibrium => Some(margin::total_cost(delays.iter().zip(bounds.iter().copied()), budget)),
        // There the cost of all trips is the objective.
        Goal::SystemOptimum => Some(budget),
    };
    let time_error = |((delay, flow), (low, high)): ((&Delay, &f64), &(f64, f64))| {
        let now = delay.at(*flow).0;
        // Closed links have no time.
        if now.is_finite() { f64::max(now - delay.at(*low).0, delay.at(*high).0 - now) } else { 0.0 }
    };
    Solution {
        times: times.iter().zip(&total).map(|(delay, flow)| delay.at(*flow).0).collect(),
        time_errors: times.iter().zip(&total).zip(&bounds).map(time_error).collect(),
        total_cost_error,
        flows,
        demands,
        certificate,
        rounds,
        threads: rayon::current_num_threads(),
        unreached: work.unreached,
        start: Start {
            bushes: work.bushes,
            open: network.links().iter().map(Link::is_open).collect(),
            nodes: network.nodes(),
            flow: total,
        },
    }
}
