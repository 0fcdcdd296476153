//! The cheapest choice of sites, with proof: bounds, then branches on sites that the bounds leave open.
#![expect(clippy::indexing_slicing, reason = "sites and demands are numbered below the lengths of these lists")]

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;

use rayon::prelude::*;

use super::bound::{Dual, Effort, ascend};
use super::cover::mend;
use super::grain::grain;
use super::reduce::reduce;
use super::search::{exchange, fill};
use super::table::{Settled, Table};

/// How far to go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// The gap to prove, as a share of the value; 0 proves that nothing is better, to nine digits.
    pub gap: f64,
    /// Branches to look at, at most.
    pub branches: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { gap: 0.0, branches: 2_000 }
    }
}

/// What was found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) value: f64,
    pub(super) bound: f64,
    pub(super) open: Vec<usize>,
    pub(super) branches: usize,
}

/// At the root, where prices are a guess, and in a branch, where they are good already.
const ROOT: Effort = Effort { rounds: 3_000, step: 1.0 };
const BRANCH: Effort = Effort { rounds: 300, step: 0.02 };
/// Times that a cover is broken and mended.
const MENDED: usize = 30_000;
/// Branches that are looked at together, whatever the number of cores, so that the outcome is the same for any.
const TOGETHER: usize = 8;
/// Values that agree to this share are the same.
const SAME: f64 = 1e-9;

/// Some sites settled, with what is known about the rest.
#[derive(Clone, Debug)]
struct Branch {
    settled: Vec<Settled>,
    /// Of all demands.
    prices: Arc<Vec<f64>>,
    bound: f64,
    number: usize,
}

impl Ord for Branch {
    /// The lowest bound comes first; of the same, the later one, which is closer to a choice.
    fn cmp(&self, other: &Self) -> Ordering {
        other.bound.total_cmp(&self.bound).then(self.number.cmp(&other.number))
    }
}

impl PartialOrd for Branch {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Branch {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Branch {}

/// A choice of sites, by whether each is open, and its value.
type Choice = (f64, Vec<bool>);

struct Solver<'a> {
    table: &'a Table,
    grain: Option<f64>,
    gap: f64,
}

/// Solves a table of which some sites are open already. With `enough` it is only settled whether a choice can be as cheap as
/// that.
pub(super) fn solve(table: &Table, settled: Vec<Settled>, options: &Options, enough: Option<f64>) -> Found {
    let solver = Solver { table, grain: grain(table), gap: options.gap };
    let Some(free) = open_part(table, &settled) else {
        return Found { value: f64::INFINITY, bound: f64::INFINITY, open: Vec::new(), branches: 0 };
    };
    let mut open = vec![false; free.opening.len()];
    fill(&free, &mut open);
    if free.is_cover() {
        mend(&free, &mut open, MENDED);
    }
    let value = exchange(&free, &mut open);
    let mut best = (value, whole(&settled, &free, &open));
    let prices = Arc::new(first_prices(table, &free, &open));
    let root = Branch { settled, prices, bound: f64::NEG_INFINITY, number: 0 };
    let (mut waiting, mut branches, mut numbers) = (BinaryHeap::from([root]), 0, 0);
    let mut proven = f64::NEG_INFINITY;
    loop {
        let cutoff = solver.cutoff(best.0);
        let room = TOGETHER.min(options.branches.saturating_sub(branches));
        let mut next = Vec::new();
        while next.len() < room && waiting.peek().is_some_and(|branch| branch.bound < cutoff) {
            next.extend(waiting.pop());
        }
        let Some(lowest) = next.first().map(|branch| branch.bound) else { break };
        if enough.is_some_and(|enough| best.0 <= enough || solver.lifted(lowest) > enough) {
            waiting.extend(next);
            break;
        }
        let effort = if branches == 0 { ROOT } else { BRANCH };
        // All that are looked at side by side start from the same value.
        let looked: Vec<Looked> = next.par_iter().map(|branch| solver.look(branch, best.0, effort)).collect();
        for looked in looked {
            if branches == 0 {
                proven = looked.bound;
            }
            if let Some(better) = looked.better.filter(|(found, _)| *found < best.0) {
                best = better;
            }
            for child in looked.children {
                numbers += 1;
                waiting.push(Branch { number: numbers, ..child });
            }
        }
        branches += next.len();
    }
    // Whatever was left out costs at least the cutoff.
    let left = waiting.peek().map_or(f64::INFINITY, |branch| branch.bound);
    let bound = solver.lifted(proven.max(left.min(solver.cutoff(best.0))));
    // Anew from the whole table: sums depend on the order in which they were cut.
    let value = table.value(&best.1);
    let open = best.1.iter().enumerate().filter(|(_, open)| **open).map(|(site, _)| site).collect();
    Found { value, bound: bound.min(value), open, branches }
}

/// Prices for all demands of a table: between what they pay in a choice and what they would if their site closed.
fn first_prices(table: &Table, free: &Table, open: &[bool]) -> Vec<f64> {
    let mut prices = vec![0.0; table.other.len()];
    for (demand, name) in free.rows.iter().enumerate() {
        let mut serving = free.row(demand).filter(|(site, _)| open[*site]).map(|(_, cost)| cost);
        let near = serving.next().unwrap_or(free.other[demand]);
        let far = serving.next().unwrap_or(free.other[demand]).min(2.0 * near + 1.0);
        prices[*name as usize] = 0.5 * (near + far);
    }
    prices
}

/// What looking at a branch gave.
struct Looked {
    /// No choice of the branch costs less.
    bound: f64,
    better: Option<Choice>,
    children: Vec<Branch>,
}

impl Solver<'_> {
    /// A branch whose bound is not below this holds nothing that is better by what counts.
    fn cutoff(&self, value: f64) -> f64 {
        // Twice, so that a bound at the cutoff is lifted to the value.
        let step = self.grain.map_or(0.0, |grain| grain - 2.0 * slack(grain, value));
        value - step.max(SAME * value.abs()).max(self.gap * value.abs())
    }

    /// A bound, lifted to the next value that there can be.
    fn lifted(&self, bound: f64) -> f64 {
        let Some(grain) = self.grain else { return bound };
        bound.max(((bound - slack(grain, bound)) / grain).ceil() * grain)
    }

    /// Prices and better choices for a branch, and two branches where it may hold something better still.
    fn look(&self, branch: &Branch, mut value: f64, mut effort: Effort) -> Looked {
        let mut looked = Looked { bound: f64::INFINITY, better: None, children: Vec::new() };
        // From when sites are settled by the cutoff it is that of the choices that are better.
        let mut bound = branch.bound;
        let mut settled = branch.settled.clone();
        let mut prices = Vec::clone(&branch.prices);
        loop {
            let Some(free) = open_part(self.table, &settled) else { return looked };
            let own = free.rows.iter().map(|row| prices[*row as usize]).collect();
            let mut seen: Option<Choice> = None;
            let see = |open: &[bool]| {
                let found = free.value(open);
                if seen.as_ref().is_none_or(|seen| found < seen.0) {
                    seen = Some((found, open.to_vec()));
                }
            };
            let dual = ascend(&free, own, value, self.cutoff(value), effort, see);
            effort = BRANCH;
            for (row, price) in free.rows.iter().zip(&dual.prices) {
                prices[*row as usize] = *price;
            }
            bound = bound.max(dual.bound);
            looked.bound = looked.bound.min(bound);
            let (_, mut open) = seen.unwrap_or_else(|| (0.0, vec![false; free.opening.len()]));
            fill(&free, &mut open);
            let found = exchange(&free, &mut open);
            if found < value {
                value = found;
                looked.better = Some((found, whole(&settled, &free, &open)));
            }
            let cutoff = self.cutoff(value);
            if bound >= cutoff {
                return looked;
            }
            let before = free.opening.len();
            let after = settle(&mut settled, &free, &dual, cutoff);
            // Worth going on where much was settled.
            if 5 * after < 4 * before {
                continue;
            }
            let Some(site) = unclear(&settled, &free, &dual) else { return looked };
            let prices = Arc::new(prices);
            for state in [Settled::Closed, Settled::Open] {
                let mut settled = settled.clone();
                settled[site] = state;
                looked.children.push(Branch { settled, prices: Arc::clone(&prices), bound, number: 0 });
            }
            return looked;
        }
    }
}

/// What is left to decide.
fn open_part(table: &Table, settled: &[Settled]) -> Option<Table> {
    let free = table.cut(settled, None)?;
    Some(if free.is_cover() { reduce(free) } else { free })
}

/// How far sums that should be multiples of the grain may be off.
fn slack(grain: f64, value: f64) -> f64 {
    SAME * value.abs() + 1e-6 * grain
}

/// The choice of a cut table as one of the whole.
fn whole(settled: &[Settled], free: &Table, open: &[bool]) -> Vec<bool> {
    let mut all: Vec<bool> = settled.iter().map(|state| *state == Settled::Open).collect();
    free.sites.iter().zip(open).for_each(|(site, open)| all[*site as usize] = *open);
    all
}

/// Settles the sites whose other state would cost no less than the cutoff; gives how many are free after that.
fn settle(settled: &mut [Settled], free: &Table, dual: &Dual, cutoff: f64) -> usize {
    let mut order: Vec<usize> = (0..dual.net.len()).collect();
    order.sort_by(|a, b| dual.net[*a].total_cmp(&dual.net[*b]).then(a.cmp(b)));
    // What a site that opens must be cheaper than, and one that closes dearer.
    let (used, last, next) = match free.count {
        None => (order.iter().take_while(|site| dual.net[**site] < 0.0).count(), 0.0, 0.0),
        Some(count) => {
            let net = |at: Option<usize>| at.and_then(|at| order.get(at)).map(|site| dual.net[*site]);
            (count, net(count.checked_sub(1)).unwrap_or(f64::NEG_INFINITY), net(Some(count)).unwrap_or(f64::INFINITY))
        }
    };
    let mut left = 0;
    for (at, site) in order.iter().enumerate() {
        let net = dual.net[*site];
        let other = if at < used { next - net } else { net - last };
        if dual.bound + other >= cutoff {
            settled[free.sites[*site] as usize] = if at < used { Settled::Open } else { Settled::Closed };
        } else {
            left += 1;
        }
    }
    left
}

/// The free site of which it is least clear whether it opens.
fn unclear(settled: &[Settled], free: &Table, dual: &Dual) -> Option<usize> {
    let sites = free.sites.iter().zip(&dual.share).map(|(site, share)| (*site as usize, (share - 0.5).abs()));
    let open = sites.filter(|(site, _)| settled[*site] == Settled::Free);
    open.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(site, _)| site)
}
