//! What changes when roads do: links added, changed or closed, each scenario solved from the solution without them.

use crate::assignment::{Class, Goal, Options, Response, Solution, solve};
use crate::network::{Link, Network};
use crate::skim::pairs;
use crate::spread;

/// A network with the links of all scenarios, closed where a scenario does not have them.
#[derive(Clone, Debug)]
pub struct Scenarios {
    /// Without any of the changes.
    pub base: Network,
    /// Name and links of each scenario, in the order of the base network.
    pub changed: Vec<(String, Vec<Link>)>,
}

/// A number with how far it can be off because no solution is exact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// As worked out.
    pub value: f64,
    /// The exact number is no further away than this.
    pub error: f64,
}

/// What a scenario comes to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// Flows and what they say about themselves.
    pub solution: Solution,
    /// What all trips cost together with the changes, less without; none where the number of trips answers to the cost, and
    /// where other trips have a road than before.
    pub cost_change: Option<Estimate>,
    /// What those who travel gain beside the costs of the base as worked out: the change of consumer surplus, in the unit of the cost times trips. Where the number of trips answers to
    /// their cost.
    pub benefit: Option<Estimate>,
    /// For each zone what a trip from there costs on average with the changes, less without; none where no trips begin,
    /// or where some lose or gain their path. Trips are those of the demand as given. Empty for a system optimum, in which trips
    /// are not on the paths that are cheapest to them.
    pub zone_change: Vec<Option<Estimate>>,
}

/// Solves the base, then every scenario from there; scenarios are spread over the cores. With an elasticity the number of trips
/// answers in the scenarios to what they cost beside the base, in user equilibrium.
#[must_use]
pub fn sweep(
    scenarios: &Scenarios,
    classes: &[Class],
    goal: Goal,
    options: &Options,
    elasticity: Option<f64>,
) -> (Solution, Vec<Outcome>) {
    let base = solve(&scenarios.base, classes, goal, options, None);
    let equilibrium = goal == Goal::UserEquilibrium;
    let before = equilibrium.then(|| Paid::of(&scenarios.base, classes, &base));
    let answering: Vec<Class> = classes
        .iter()
        .enumerate()
        .map(|(at, class)| {
            let known_costs = before
                .as_ref()
                .and_then(|paid| paid.pairs.get(at))
                .map(|pairs| pairs.iter().map(|pair| pair.now).collect());
            let response =
                elasticity.zip(known_costs).map(|(elasticity, known_costs)| Response { elasticity, known_costs });
            Class { response, ..class.clone() }
        })
        .collect();
    let outcome = |(name, links): &(String, Vec<Link>)| {
        let network = scenarios.base.with(links.clone())?;
        let solution = solve(&network, &answering, goal, options, Some(&base.start));
        let cost_change = cost_change(&solution, &base);
        let after = equilibrium.then(|| Paid::of(&network, &answering, &solution));
        let both = before.as_ref().zip(after.as_ref());
        let zone_change = both.map(|(before, after)| after.zones(classes, before)).unwrap_or_default();
        let benefit = both.and_then(|(before, after)| after.benefit(&answering, before));
        Some(Outcome { name: name.clone(), solution, cost_change, benefit, zone_change })
    };
    let outcomes = spread::each(&scenarios.changed, outcome).into_iter().flatten().collect();
    (base, outcomes)
}

/// What all trips cost together in one solution, less in another; none where other trips have a road: their sums are of different
/// things.
pub(crate) fn cost_change(own: &Solution, base: &Solution) -> Option<Estimate> {
    if own.unreached != base.unreached {
        return None;
    }
    let (error, base_error) = own.total_cost_error.zip(base.total_cost_error)?;
    let value = own.certificate.total_cost - base.certificate.total_cost;
    Some(Estimate { value, error: error + base_error })
}

/// The cheapest cost of a pair of zones, and between which the exact one lies.
#[derive(Clone, Copy, Debug)]
struct Pair {
    now: f64,
    low: f64,
    high: f64,
}

/// What trips pay: for each class its pairs in the order of the demand.
struct Paid {
    pairs: Vec<Vec<Pair>>,
}

impl Paid {
    fn of(network: &Network, classes: &[Class], solution: &Solution) -> Self {
        let moved = |by: f64| -> Vec<f64> {
            solution.times.iter().zip(&solution.time_errors).map(|(time, error)| (time + by * error).max(0.0)).collect()
        };
        let of_class = |class: &Class| -> Vec<Pair> {
            let [now, low, high] =
                [0.0, -1.0, 1.0].map(|by| pairs(network, &class.costs(network, &moved(by)), &class.demand));
            now.into_iter().zip(low).zip(high).map(|((now, low), high)| Pair { now, low, high }).collect()
        };
        Self { pairs: classes.iter().map(of_class).collect() }
    }

    /// How the average cost from each zone has changed since `before`.
    fn zones(&self, classes: &[Class], before: &Self) -> Vec<Option<Estimate>> {
        let zones = classes.iter().map(|class| class.demand.zones()).max().unwrap_or(0);
        let mut sums = vec![(0.0, Estimate { value: 0.0, error: 0.0 }); zones];
        for ((class, after), before) in classes.iter().zip(&self.pairs).zip(&before.pairs) {
            for (zone, (trips, change)) in sums.iter_mut().enumerate() {
                for (place, (_, volume)) in (class.demand.first(zone)..).zip(class.demand.from(zone)) {
                    let Some((after, before)) = after.get(place).zip(before.get(place)) else { continue };
                    // No road before and none after is no change.
                    if after.now.is_infinite() && before.now.is_infinite() {
                        continue;
                    }
                    *trips += volume;
                    change.value += volume * (after.now - before.now);
                    change.error += volume * (after.error() + before.error());
                }
            }
        }
        let average = |(trips, sum): (f64, Estimate)| Estimate { value: sum.value / trips, error: sum.error / trips };
        sums.into_iter().map(|sum| Some(average(sum)).filter(|change| change.value.is_finite())).collect()
    }

    /// What those who travel gain; none where no trips answer.
    fn benefit(&self, classes: &[Class], before: &Self) -> Option<Estimate> {
        let mut benefit = Estimate { value: 0.0, error: 0.0 };
        for ((class, after), before) in classes.iter().zip(&self.pairs).zip(&before.pairs) {
            let response = class.response.as_ref()?;
            for (place, ((after, before), volume)) in after.iter().zip(before).zip(class.demand.volumes()).enumerate() {
                let gain = |cost: f64| {
                    response.curve(place, *volume).map_or(volume * (before.now - cost), |curve| curve.benefit(cost))
                };
                if !after.now.is_finite() || !before.now.is_finite() {
                    // Trips that lose or gain their path are told apart; no benefit without end.
                    continue;
                }
                let value = gain(after.now);
                benefit.value += value;
                benefit.error += f64::max(gain(after.low) - value, value - gain(after.high));
            }
        }
        Some(benefit)
    }
}

impl Pair {
    fn error(&self) -> f64 {
        f64::max(self.now - self.low, self.high - self.now)
    }
}
