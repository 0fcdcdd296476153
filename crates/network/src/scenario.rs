//! What changes when roads do: links added, changed or closed, each scenario solved from the solution without them.

use rayon::prelude::*;

use crate::assignment::{Certificate, Class, Goal, Options, Solution, solve};
use crate::network::{Link, Network};
use crate::skim::skim;

/// A network with the links of all scenarios, closed where a scenario does not have them.
#[derive(Clone, Debug)]
pub struct Scenarios {
    /// Without any of the changes.
    pub base: Network,
    /// Name and links of each scenario, in the order of the base network.
    pub changed: Vec<(String, Vec<Link>)>,
}

/// What a scenario comes to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// Flows and what they say about themselves.
    pub solution: Solution,
    /// For each zone what a trip from there costs on average with the changes, less without; none where no trips begin,
    /// or where some lose or gain their path.
    pub zone_change: Vec<Option<f64>>,
}

impl Outcome {
    /// The change of the time of all trips together, and how far it can be off.
    #[must_use]
    pub fn change(&self, base: &Certificate) -> (f64, f64) {
        change(&self.solution.certificate, base)
    }
}

/// The change of the time of all trips together, and how far it can be off: what both solutions still are above their
/// cheapest paths, and the rounding of both sums.
pub(crate) fn change(own: &Certificate, base: &Certificate) -> (f64, f64) {
    let rounding = f64::EPSILON * (own.total_travel_time + base.total_travel_time);
    (own.total_travel_time - base.total_travel_time, own.excess + base.excess + rounding)
}

/// Solves the base, then every scenario from there; scenarios are spread over the cores.
#[must_use]
pub fn sweep(scenarios: &Scenarios, classes: &[Class], goal: Goal, options: &Options) -> (Solution, Vec<Outcome>) {
    let base = solve(&scenarios.base, classes, goal, options, None);
    let before = averages(&scenarios.base, classes, &base);
    let outcome = |(name, links): &(String, Vec<Link>)| {
        let network = scenarios.base.with(links.clone())?;
        let solution = solve(&network, classes, goal, options, Some(&base.start));
        let after = averages(&network, classes, &solution);
        let change = |(after, before): (Option<f64>, &Option<f64>)| Some(after? - (*before)?);
        let zone_change = after.into_iter().zip(&before).map(change).collect();
        Some(Outcome { name: name.clone(), solution, zone_change })
    };
    let outcomes = scenarios.changed.par_iter().filter_map(outcome).collect();
    (base, outcomes)
}

/// The average cost of the trips that begin in each zone, all classes together.
fn averages(network: &Network, classes: &[Class], solution: &Solution) -> Vec<Option<f64>> {
    let origins: Vec<usize> = (0..network.zones).collect();
    let mut sums = vec![(0.0, 0.0); network.zones];
    for class in classes {
        let cost =
            |(link, time): (&Link, &f64)| class.toll_weight * link.toll + class.distance_weight * link.length + time;
        let costs: Vec<f64> = network.links().iter().zip(&solution.times).map(cost).collect();
        for ((origin, row), (sum, trips)) in skim(network, &costs, &origins).iter().enumerate().zip(&mut sums) {
            for (to, volume) in class.demand.from(origin) {
                *sum += volume * row.get(to as usize).copied().unwrap_or(f64::INFINITY);
                *trips += volume;
            }
        }
    }
    sums.into_iter().map(|(sum, trips)| Some(sum / trips).filter(|average| average.is_finite())).collect()
}
