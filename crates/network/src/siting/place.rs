//! The problems of siting, and what a plan says about itself.

use super::center::center;
use super::costs::Costs;
use super::solve::{Found, Options, solve};
use super::table::{Settled, Table};

/// A place where something may open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Site {
    /// What opening it costs, in the unit of the goal's value; counts in [`Goal::SetCover`] only. Not below 0.
    pub opening: f64,
    /// Is there already, and stays.
    pub existing: bool,
}

/// What is wanted. Sites that exist count among `sites`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// The p-median (Hakimi 1964): so many sites, and the sum of weight × cost is least.
    Median {
        /// How many open.
        sites: usize,
    },
    /// Maximal coverage (Church and ReVelle 1974): so many sites, and most weight is within a cost of one.
    MaxCover {
        /// How many open.
        sites: usize,
        /// The standard, in the unit of the costs.
        within: f64,
    },
    /// Set cover (Toregas and others 1971): all demand within a cost of a site, with the fewest or cheapest sites.
    SetCover {
        /// The standard, in the unit of the costs.
        within: f64,
    },
    /// The p-center (Hakimi 1964): so many sites, and the cost of the demand that is worst off is least.
    Center {
        /// How many open.
        sites: usize,
    },
}

/// Why there is nothing to solve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody asks for anything that a site can give.
    #[error("no demand can reach a site")]
    NoDemand,
    /// More sites wanted than there are.
    #[error("{wanted} sites are wanted and there are {there}")]
    TooFewSites {
        /// Wanted.
        wanted: usize,
        /// There.
        there: usize,
    },
    /// Fewer sites wanted than exist, or none.
    #[error("{wanted} sites are wanted and {existing} exist")]
    TooFewWanted {
        /// Wanted.
        wanted: usize,
        /// That exist.
        existing: usize,
    },
}

/// Sites chosen, with what is proven about them.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Of the goal: weight × cost, weight covered, cost of the sites, or the worst cost. Infinite where these sites do not
    /// serve all demand that could be served.
    pub value: f64,
    /// No plan is better than this: a value below all, for [`Goal::MaxCover`] above all. Infinite where it is proven that so many
    /// sites cannot serve all.
    pub bound: f64,
    /// Sites that open, those that exist among them.
    pub open: Vec<usize>,
    /// For each demand the open site that is cheapest to get to, and its cost.
    pub served: Vec<Option<(usize, f64)>>,
    /// Demands with weight that no site could serve (within the standard, where there is one); they are left out, but for
    /// [`Goal::MaxCover`], where they count among those not covered.
    pub out_of_reach: Vec<usize>,
    /// Branches that were looked at.
    pub branches: usize,
}

impl Plan {
    /// How far the value can be from the best there is, as a share of it.
    #[must_use]
    pub fn gap(&self) -> f64 {
        if self.value == self.bound {
            return 0.0;
        }
        // A plan that does not serve all is infinitely far from one that does.
        if self.value.is_infinite() { f64::INFINITY } else { (self.value - self.bound).abs() / self.value.abs() }
    }
}

/// Chooses sites. `weights[demand]` is not negative; demands of weight 0 ask for nothing.
///
/// # Errors
///
/// Where no choice is possible.
pub fn locate(costs: &Costs, weights: &[f64], sites: &[Site], goal: Goal, options: &Options) -> Result<Plan, Refusal> {
    let existing = sites.iter().filter(|site| site.existing).count();
    if let Some(wanted) = goal.sites() {
        if wanted > sites.len() {
            return Err(Refusal::TooFewSites { wanted, there: sites.len() });
        }
        if wanted == 0 || wanted < existing {
            return Err(Refusal::TooFewWanted { wanted, existing });
        }
    }
    let weight = |demand: usize| weights.get(demand).copied().unwrap_or(0.0).max(0.0);
    let near = |demand: usize| {
        costs.row(demand).filter(|(site, cost)| (*site as usize) < sites.len() && *cost <= goal.within())
    };
    let asking = |demand: &usize| weight(*demand) > 0.0;
    let (reach, out_of_reach): (Vec<usize>, Vec<usize>) =
        (0..costs.demands()).filter(asking).partition(|demand| near(*demand).next().is_some());
    if reach.is_empty() {
        return Err(Refusal::NoDemand);
    }
    let settled: Vec<Settled> =
        sites.iter().map(|site| if site.existing { Settled::Open } else { Settled::Free }).collect();
    let nothing = vec![0.0; sites.len()];
    let all: f64 = reach.iter().map(|demand| weight(*demand)).sum();
    let covered = |demand: &usize| near(*demand).map(|(site, _)| (site, 0.0)).collect::<Vec<_>>();
    let (value, bound, found) = match goal {
        Goal::Median { sites } => {
            let paid = |demand: &usize| {
                let weight = weight(*demand);
                near(*demand).map(move |(site, cost)| (site, weight * cost)).collect::<Vec<_>>()
            };
            let dearest = |demand| paid(demand).iter().fold(0.0, |most: f64, (_, cost)| most.max(*cost));
            let unserved = above(reach.iter().map(dearest).sum());
            let table = Table::new(reach.iter().map(paid), vec![unserved; reach.len()], nothing, Some(sites));
            serving_all(solve(&table, settled, options, None), unserved)
        }
        Goal::SetCover { .. } => {
            let opening: Vec<f64> = sites.iter().map(|site| site.opening.max(0.0)).collect();
            let unserved = above(opening.iter().sum());
            let table = Table::new(reach.iter().map(covered), vec![unserved; reach.len()], opening, None);
            serving_all(solve(&table, settled, options, None), unserved)
        }
        Goal::MaxCover { sites, .. } => {
            let uncovered = reach.iter().map(|demand| weight(*demand)).collect();
            let table = Table::new(reach.iter().map(covered), uncovered, nothing, Some(sites));
            let found = solve(&table, settled, options, None);
            (all - found.value, all - found.bound, found)
        }
        Goal::Center { sites } => {
            let rows: Vec<Vec<(u32, f64)>> = reach.iter().map(|demand| near(*demand).collect()).collect();
            let found = center(&rows, &settled, sites, options);
            (found.value, found.bound, found)
        }
    };
    let open_now = |site: u32| found.open.binary_search(&(site as usize)).is_ok();
    let serving = |demand: usize| {
        let open = costs.row(demand).filter(|(site, _)| open_now(*site));
        open.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(site, cost)| (site as usize, cost))
    };
    let served = (0..costs.demands()).map(serving).collect();
    Ok(Plan { value, bound, open: found.open, served, out_of_reach, branches: found.branches })
}

impl Goal {
    /// How many sites open, where that is given.
    #[must_use]
    pub fn sites(&self) -> Option<usize> {
        match self {
            Self::Median { sites } | Self::MaxCover { sites, .. } | Self::Center { sites } => Some(*sites),
            Self::SetCover { .. } => None,
        }
    }

    /// The standard; infinite where there is none.
    #[must_use]
    pub fn within(&self) -> f64 {
        match self {
            Self::MaxCover { within, .. } | Self::SetCover { within } => *within,
            Self::Median { .. } | Self::Center { .. } => f64::INFINITY,
        }
    }
}

/// What a demand that is not served counts as: twice what all others can cost together, so that none is left without need.
fn above(most: f64) -> f64 {
    if most > 0.0 { 2.0 * most } else { 1.0 }
}

/// Value and bound, infinite where not all are served.
fn serving_all(found: Found, unserved: f64) -> (f64, f64, Found) {
    let whole = |value: f64| if value > unserved / 2.0 { f64::INFINITY } else { value };
    (whole(found.value), whole(found.bound), found)
}
