//! The p-center: the least cost within which so many sites serve all, found among the costs by halving.

use super::solve::{Found, Options, solve};
use super::table::{Settled, Table};

/// Value, bound and the sites. `rows[demand]` holds sites and costs, at least one each; `nothing` is what opening costs.
pub(super) fn center(
    rows: &[Vec<(u32, f64)>],
    nothing: &[f64],
    settled: &[Settled],
    sites: usize,
    options: &Options,
) -> (f64, f64, Found) {
    // Every demand must have a site: the one whose cheapest is dearest gives the first bound.
    let cheapest = |row: &Vec<(u32, f64)>| row.iter().map(|(_, cost)| *cost).fold(f64::INFINITY, f64::min);
    let least = rows.iter().map(cheapest).fold(0.0, f64::max);
    let mut costs: Vec<f64> = rows.iter().flatten().map(|(_, cost)| *cost).filter(|cost| *cost >= least).collect();
    costs.sort_unstable_by(f64::total_cmp);
    costs.dedup();
    let uncovered = |within: f64| {
        let near = rows.iter().map(|row| {
            row.iter().filter(|(_, cost)| *cost <= within).map(|(site, _)| (*site, 0.0)).collect::<Vec<_>>()
        });
        let table = Table::new(near, vec![1.0; rows.len()], nothing.to_vec(), Some(sites));
        solve(&table, settled.to_vec(), &Options { gap: 0.0, ..*options }, 0.0)
    };
    let mut branches = 0;
    let mut best = None;
    // Below `low` it is proven that all cannot be served; up to `told` it was not found how.
    let (mut low, mut told, mut high) = (0, 0, costs.len());
    while told < high {
        let middle = told + (high - told) / 2;
        let Some(within) = costs.get(middle) else { break };
        let found = uncovered(*within);
        branches += found.branches;
        if found.value == 0.0 {
            high = middle;
            best = Some(found);
        } else {
            if found.bound > 0.0 && low == told {
                low = middle + 1;
            }
            told = middle + 1;
        }
    }
    let at = |place: usize| costs.get(place).copied().unwrap_or(f64::INFINITY);
    let found = best.unwrap_or_else(|| uncovered(f64::INFINITY));
    (at(high), at(low).min(at(high)), Found { branches, ..found })
}
