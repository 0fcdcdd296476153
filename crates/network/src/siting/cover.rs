//! Good covers: a cover is broken and mended again and again, and demands that are hard to reach come to weigh more. Gao, Weise
//! and Li (2015), *An efficient local search heuristic with row weighting for the unicost set covering problem*, here with
//! costs of sites, and without chance.
#![expect(clippy::indexing_slicing, reason = "sites and demands are numbered below the lengths of these lists")]

use super::table::Table;

/// Breaks and mends a cover so many times; gives the cheapest that was seen.
pub(super) fn mend(table: &Table, open: &mut [bool], times: usize) {
    let mut work = Work::new(table, open);
    let mut best = work.spent;
    for time in 1..=times {
        while work.bare.is_empty() {
            best = work.spent;
            open.copy_from_slice(&work.open);
            let Some(site) = work.least_missed(None) else { return };
            work.turn(site, false, time);
        }
        let Some(site) = work.least_missed(work.last) else { return };
        work.turn(site, false, time);
        while !work.bare.is_empty() {
            // Any order will do that does not favour some demands.
            let demand = work.bare[time.wrapping_mul(0x9e37_79b9) % work.bare.len()];
            let Some(wanted) = work.most_wanted(demand, site, best) else { break };
            work.turn(wanted, true, time);
            work.last = Some(wanted);
        }
        work.weigh();
    }
}

/// A choice of sites with what each gains or would be missed for.
struct Work<'a> {
    table: &'a Table,
    reached: Vec<Vec<usize>>,
    reaching: Vec<Vec<usize>>,
    open: Vec<bool>,
    spent: f64,
    /// How many open sites reach each demand, and how much it weighs.
    times: Vec<u32>,
    weight: Vec<f64>,
    /// Weight of demands that a closed site would reach alone, or that an open one does.
    score: Vec<f64>,
    /// When each site was last turned.
    turned: Vec<usize>,
    last: Option<usize>,
    /// Demands that are not reached, and the place of each among them.
    bare: Vec<usize>,
    place: Vec<usize>,
}

impl<'a> Work<'a> {
    fn new(table: &'a Table, open: &[bool]) -> Self {
        let (sites, demands) = (table.opening.len(), table.other.len());
        let reaching: Vec<Vec<usize>> =
            (0..demands).map(|demand| table.row(demand).map(|(site, _)| site).collect()).collect();
        let mut reached = vec![Vec::new(); sites];
        for (demand, row) in reaching.iter().enumerate() {
            row.iter().for_each(|site| reached[*site].push(demand));
        }
        let mut work = Self {
            table,
            score: reached.iter().map(|list| list.len() as f64).collect(),
            reached,
            reaching,
            open: vec![false; sites],
            spent: 0.0,
            times: vec![0; demands],
            weight: vec![1.0; demands],
            turned: vec![0; sites],
            last: None,
            bare: (0..demands).collect(),
            place: (0..demands).collect(),
        };
        (0..sites).filter(|site| open[*site]).for_each(|site| work.turn(site, true, 0));
        work
    }

    /// Opens or closes a site. What it would reach alone and what it does reach alone are the same, so its own score stays.
    fn turn(&mut self, site: usize, to: bool, time: usize) {
        self.open[site] = to;
        self.turned[site] = time;
        self.spent += if to { self.table.opening[site] } else { -self.table.opening[site] };
        for at in 0..self.reached[site].len() {
            let demand = self.reached[site][at];
            let before = self.times[demand];
            let now = if to { before + 1 } else { before - 1 };
            self.times[demand] = now;
            let change = if to { -self.weight[demand] } else { self.weight[demand] };
            match before.min(now) {
                0 => {
                    for other in self.reaching[demand].iter().filter(|other| **other != site) {
                        self.score[*other] += change;
                    }
                    self.list(demand, now == 0);
                }
                1 => {
                    let alone = self.reaching[demand].iter().find(|other| **other != site && self.open[**other]);
                    if let Some(alone) = alone {
                        self.score[*alone] += change;
                    }
                }
                _ => {}
            }
        }
    }

    /// Puts a demand among those not reached, or takes it from them.
    fn list(&mut self, demand: usize, bare: bool) {
        if bare {
            self.place[demand] = self.bare.len();
            self.bare.push(demand);
        } else {
            let at = self.place[demand];
            self.bare.swap_remove(at);
            if let Some(moved) = self.bare.get(at) {
                self.place[*moved] = at;
            }
        }
    }

    /// Demands that are not reached come to weigh more.
    fn weigh(&mut self) {
        for demand in &self.bare {
            self.weight[*demand] += 1.0;
            self.reaching[*demand].iter().for_each(|site| self.score[*site] += 1.0);
        }
    }

    /// What a site reaches alone for what it costs.
    fn worth(&self, site: usize) -> f64 {
        self.score[site] / self.table.opening[site].max(f64::MIN_POSITIVE)
    }

    /// The open site that would be missed least; of the same, the one that has stood longest.
    fn least_missed(&self, but: Option<usize>) -> Option<usize> {
        let open = (0..self.open.len()).filter(|site| self.open[*site] && Some(*site) != but);
        open.min_by(|a, b| self.worth(*a).total_cmp(&self.worth(*b)).then(self.turned[*a].cmp(&self.turned[*b])))
    }

    /// The site that would reach most, of those that reach a demand and leave the choice cheaper than `best`; not the one
    /// that has just closed.
    fn most_wanted(&self, demand: usize, closed: usize, best: f64) -> Option<usize> {
        let able = |site: &&usize| **site != closed && self.spent + self.table.opening[**site] < best * (1.0 - 1e-12);
        let able = self.reaching[demand].iter().filter(able);
        able.min_by(|a, b| self.worth(**b).total_cmp(&self.worth(**a)).then(self.turned[**a].cmp(&self.turned[**b])))
            .copied()
    }
}
