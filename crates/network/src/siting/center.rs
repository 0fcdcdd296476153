//! The p-center: the least cost within which so many sites reach all, found among the costs by halving. Within a cost, a set cover
//! tells whether so many are enough (Minieka 1970, *The m-center problem*).

use super::search::fill;
use super::solve::{Found, Options, solve};
use super::table::{Settled, Table};

/// Value, bound and the sites. `rows[demand]` holds sites and costs, at least one each.
pub(super) fn center(rows: &[Vec<(u32, f64)>], settled: &[Settled], sites: usize, options: &Options) -> Found {
    // Every demand needs a site: the one whose cheapest is dearest gives the first bound.
    let cheapest = |row: &Vec<(u32, f64)>| row.iter().map(|(_, cost)| *cost).fold(f64::INFINITY, f64::min);
    let least = rows.iter().map(cheapest).fold(0.0, f64::max);
    let mut costs: Vec<f64> = rows.iter().flatten().map(|(_, cost)| *cost).filter(|cost| *cost >= least).collect();
    costs.sort_unstable_by(f64::total_cmp);
    costs.dedup();
    let cover = |within: f64| {
        let near = rows.iter().map(|row| {
            row.iter().filter(|(_, cost)| *cost <= within).map(|(site, _)| (*site, 0.0)).collect::<Vec<_>>()
        });
        let unserved = 2.0 * settled.len() as f64;
        let table = Table::new(near, vec![unserved; rows.len()], vec![1.0; settled.len()], None);
        solve(&table, settled.to_vec(), &Options { gap: 0.0, ..*options }, Some(sites as f64))
    };
    let (mut branches, mut best) = (0, None);
    // Below `proven` so many sites are not enough; below `tried` none were found.
    let (mut proven, mut tried, mut high) = (0, 0, costs.len());
    while tried < high {
        let middle = tried + (high - tried) / 2;
        let Some(within) = costs.get(middle) else { break };
        let found = cover(*within);
        branches += found.branches;
        if found.value <= sites as f64 {
            high = middle;
            best = Some((0..settled.len()).map(|site| found.open.binary_search(&site).is_ok()).collect::<Vec<bool>>());
            continue;
        }
        tried = middle + 1;
        if found.bound > sites as f64 {
            proven = tried;
        }
    }
    let at = |place: usize| costs.get(place).copied().unwrap_or(f64::INFINITY);
    // Where none reach all, those that exist are where to begin.
    let found = best.unwrap_or_else(|| settled.iter().map(|state| *state == Settled::Open).collect());
    let open = filled(rows, found, sites);
    Found { value: at(high), bound: at(proven.min(high)), open, branches }
}

/// Opens further sites up to the number wanted, those that shorten most ways.
fn filled(rows: &[Vec<(u32, f64)>], mut open: Vec<bool>, sites: usize) -> Vec<usize> {
    let far = 1.0 + rows.iter().flatten().map(|(_, cost)| cost).sum::<f64>();
    let table = Table::new(rows.iter().cloned(), vec![far; rows.len()], vec![0.0; open.len()], Some(sites));
    fill(&table, &mut open);
    open.iter().enumerate().filter(|(_, open)| **open).map(|(site, _)| site).collect()
}
