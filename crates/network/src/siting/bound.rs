//! How cheap any choice of sites can be: Lagrangian relaxation.
//!
//! Every demand offers a price for being served. A site that opens earns from each demand what its price is above its cost; the
//! sites that earn most open, though a demand may then be served twice or not at all. What this costs together is no more than
//! the cheapest true choice, for any prices. Prices rise where demands are left and fall where several sites serve: the
//! volume algorithm (Barahona and Anbil 2000, *The volume algorithm: producing primal solutions with a subgradient method*).
#![expect(clippy::indexing_slicing, reason = "sites and demands are numbered below the lengths of these lists")]

use super::table::Table;

/// What prices prove.
#[derive(Clone, Debug)]
pub(super) struct Dual {
    /// Of each demand.
    pub(super) prices: Vec<f64>,
    /// No choice costs less.
    pub(super) bound: f64,
    /// How often each site opened of late, from 0 to 1.
    pub(super) share: Vec<f64>,
    /// What opening each site costs, less what it earns.
    pub(super) net: Vec<f64>,
}

/// Rounds without gain until steps are made smaller.
const PATIENCE: usize = 20;
/// Rounds after which the gain is looked at.
const LOOK: usize = 100;

/// One set of prices worked out.
struct Trial {
    net: Vec<f64>,
    open: Vec<bool>,
    /// 1 where a demand is served by nobody, −1 where by two.
    left: Vec<f64>,
    order: Vec<u32>,
}

impl Trial {
    fn new(table: &Table) -> Self {
        let (sites, demands) = (table.opening.len(), table.other.len());
        Self { net: vec![0.0; sites], open: vec![false; sites], left: vec![0.0; demands], order: Vec::new() }
    }

    /// The bound of these prices.
    fn work_out(&mut self, table: &Table, prices: &[f64]) -> f64 {
        self.net.copy_from_slice(&table.opening);
        for (demand, price) in prices.iter().enumerate() {
            for (site, cost) in table.row(demand).take_while(|(_, cost)| cost < price) {
                self.net[site] -= price - cost;
            }
        }
        choose(&self.net, table.count, &mut self.order, &mut self.open);
        let mut bound = table.settled;
        for (demand, price) in prices.iter().enumerate() {
            let serve =
                table.row(demand).take_while(|(_, cost)| cost < price).filter(|(site, _)| self.open[*site]).count();
            // A price at what it costs to go without is met by going without.
            self.left[demand] = if serve == 0 && *price >= table.other[demand] { 0.0 } else { 1.0 - serve as f64 };
            bound += price;
        }
        bound + self.net.iter().zip(&self.open).filter(|(_, open)| **open).map(|(net, _)| net).sum::<f64>()
    }
}

/// Opens the sites of the lowest net cost: so many, or all that earn something.
fn choose(net: &[f64], count: Option<usize>, order: &mut Vec<u32>, open: &mut [bool]) {
    let Some(count) = count else {
        open.iter_mut().zip(net).for_each(|(open, net)| *open = *net < 0.0);
        return;
    };
    open.fill(false);
    order.clear();
    order.extend(0..net.len() as u32);
    if count > 0 && count < order.len() {
        order.select_nth_unstable_by(count - 1, |a, b| net[*a as usize].total_cmp(&net[*b as usize]).then(a.cmp(b)));
    }
    order.iter().take(count).for_each(|site| open[*site as usize] = true);
}

/// How long to look for prices, and how far they move at first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    pub(super) rounds: usize,
    /// Of the way to the target.
    pub(super) step: f64,
}

/// Looks for good prices from given ones. Stops where the bound passes `cutoff`; `seen` is shown the sites that open whenever
/// the bound has risen.
pub(super) fn ascend(
    table: &Table,
    start: Vec<f64>,
    target: f64,
    cutoff: f64,
    effort: Effort,
    mut seen: impl FnMut(&[bool]),
) -> Dual {
    let cheapest: Vec<f64> =
        (0..table.other.len()).map(|demand| table.row(demand).next().map_or(0.0, |(_, cost)| cost)).collect();
    let within = |demand: usize, price: f64| price.max(cheapest[demand]).min(table.other[demand]);
    let mut trial = Trial::new(table);
    let mut best: Vec<f64> = start.iter().enumerate().map(|(demand, price)| within(demand, *price)).collect();
    let mut bound = trial.work_out(table, &best);
    let mut net = trial.net.clone();
    let mut share: Vec<f64> = trial.open.iter().map(|open| f64::from(u8::from(*open))).collect();
    let mut left = trial.left.clone();
    let mut prices = best.clone();
    let (mut step, mut weight, mut idle) = (effort.step, 0.1, 0);
    let mut looked = bound;
    for round in 1..=effort.rounds {
        let norm: f64 = left.iter().map(|left| left * left).sum();
        if bound >= cutoff || norm < 1e-12 {
            break;
        }
        let length = step * (target - bound).max(1e-9 * target.abs()) / norm;
        for (demand, price) in prices.iter_mut().enumerate() {
            *price = within(demand, best[demand] + length * left[demand]);
        }
        let found = trial.work_out(table, &prices);
        let along: f64 = left.iter().zip(&trial.left).map(|(a, b)| a * b).sum();
        let own: f64 = trial.left.iter().map(|left| left * left).sum();
        // The share of the new point that leaves least undone.
        let apart = own - 2.0 * along + norm;
        let ideal = if apart > 0.0 { (norm - along) / apart } else { weight };
        let take = ideal.clamp(weight / 10.0, weight);
        left.iter_mut().zip(&trial.left).for_each(|(left, new)| *left += take * (new - *left));
        for (share, open) in share.iter_mut().zip(&trial.open) {
            *share += take * (f64::from(u8::from(*open)) - *share);
        }
        if found > bound {
            if along >= 0.0 {
                step = (step * 1.1_f64).min(2.0);
            }
            bound = found;
            idle = 0;
            best.copy_from_slice(&prices);
            net.copy_from_slice(&trial.net);
            seen(&trial.open);
        } else {
            idle += 1;
            if idle >= PATIENCE {
                step *= 0.66;
                idle = 0;
            }
        }
        if round % LOOK == 0 {
            if bound - looked < 0.01 * (target - looked) {
                weight = (weight / 2.0_f64).max(1e-3);
            }
            if bound - looked < 0.002 * (target - bound) || step < 1e-4 {
                break;
            }
            looked = bound;
        }
    }
    Dual { prices: best, bound, share, net }
}
