//! What every link is worth: each closed in turn, solved from the solution with all of them.

use crate::assignment::{Class, Goal, Options, Solution, solve};
use crate::network::Network;
use crate::scenario::{Estimate, cost_change};
use crate::spread;

/// What closing one link comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Closed {
    /// The link, in the network's order.
    pub link: usize,
    /// What all trips cost together, less what they cost with the link. None where some have no road without it, and where the
    /// number of trips answers to the cost.
    pub change: Option<Estimate>,
    /// Trips that have no road without it, and had one with it.
    pub unreached: f64,
    /// Of the solution without it.
    pub relative_gap: f64,
}

/// Solves the network, then closes in turn every open link whose place in the file is below `roads`: links beyond are not
/// those of a file. The results are in the order of the file; no more solutions are held at a time than there are cores.
#[must_use]
pub fn criticality(
    network: &Network,
    roads: usize,
    classes: &[Class],
    goal: Goal,
    options: &Options,
) -> (Solution, Vec<Closed>) {
    let base = solve(network, classes, goal, options, None);
    let before = lost(&base);
    let close = |link: &usize| {
        let link = *link;
        // Without a link that nobody takes, the same flows are in equilibrium.
        let carries = base.flows.iter().any(|flow| flow.get(link).is_some_and(|flow| *flow > 0.0));
        let without = carries.then(|| {
            let mut links = network.links().to_vec();
            links.get_mut(link)?.free_flow_time = f64::INFINITY;
            Some(solve(&network.with(links)?, classes, goal, options, Some(&base.start)))
        });
        let without = without.flatten();
        let own = without.as_ref().unwrap_or(&base);
        Closed {
            link,
            change: cost_change(own, &base),
            unreached: lost(own) - before,
            relative_gap: own.certificate.relative_gap,
        }
    };
    let mut links: Vec<usize> = (0..network.links().len()).collect();
    let place = |link: &usize| network.places().get(*link).copied().unwrap_or(usize::MAX);
    links.retain(|link| place(link) < roads && network.links().get(*link).is_some_and(|link| link.is_open()));
    links.sort_by_key(place);
    let closed = spread::each(&links, close);
    (base, closed)
}

fn lost(solution: &Solution) -> f64 {
    solution.unreached.iter().map(|(.., volume)| volume).sum()
}
