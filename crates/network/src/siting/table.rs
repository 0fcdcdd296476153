//! Costs laid out for solving: a row of sites for each demand, the cheapest first.
#![expect(clippy::indexing_slicing, reason = "sites and demands are numbered below the lengths of these lists")]

/// What has been settled about a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    Free,
    Open,
    Closed,
}

/// A problem of siting: every demand pays for the cheapest open site of its row, or `other`.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Row of demand i: `start[i]..start[i + 1]`, with costs that rise and are below `other[i]`.
    start: Vec<usize>,
    site: Vec<u32>,
    cost: Vec<f64>,
    /// What a demand pays where none of these sites serves it.
    pub(super) other: Vec<f64>,
    /// What opening each site costs.
    pub(super) opening: Vec<f64>,
    /// How many of these sites open; as many as pay where none.
    pub(super) count: Option<usize>,
    /// What is paid whatever opens.
    pub(super) settled: f64,
    /// What the sites and the rows are called in the table that this one was cut from.
    pub(super) sites: Vec<u32>,
    pub(super) rows: Vec<u32>,
}

impl Table {
    /// From rows of site and cost in any order; sites that cost as much as `other` are left out.
    pub(super) fn new(
        rows: impl Iterator<Item = Vec<(u32, f64)>>,
        other: Vec<f64>,
        opening: Vec<f64>,
        count: Option<usize>,
    ) -> Self {
        let (mut start, mut site, mut cost) = (vec![0], Vec::new(), Vec::new());
        for (mut row, most) in rows.zip(&other) {
            row.retain(|(_, cost)| cost < most);
            row.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            site.extend(row.iter().map(|entry| entry.0));
            cost.extend(row.iter().map(|entry| entry.1));
            start.push(site.len());
        }
        let (sites, rows) = ((0..opening.len() as u32).collect(), (0..other.len() as u32).collect());
        Self { start, site, cost, other, opening, count, settled: 0.0, sites, rows }
    }

    /// Sites and costs of a demand, the cheapest first.
    #[inline]
    pub(super) fn row(&self, demand: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.start[demand]..self.start[demand + 1];
        self.site[range.clone()].iter().map(|site| *site as usize).zip(self.cost[range].iter().copied())
    }

    /// Every cost there is.
    pub(super) fn costs(&self) -> &[f64] {
        &self.cost
    }

    /// Without the sites that are settled: what an open one costs a demand is what the demand pays where no other serves it.
    /// Demands that are not `kept` go as well. `None` where more open than may, or fewer than must are left.
    pub(super) fn cut(&self, settled: &[Settled], kept: Option<&[bool]>) -> Option<Self> {
        let opened = settled.iter().filter(|found| **found == Settled::Open).count();
        let count = self.count.map_or(Some(None), |count| count.checked_sub(opened).map(Some))?;
        let mut number = vec![0_u32; settled.len()];
        let mut cut = Self {
            start: vec![0],
            site: Vec::with_capacity(self.site.len()),
            cost: Vec::with_capacity(self.site.len()),
            other: Vec::new(),
            opening: Vec::new(),
            count,
            settled: self.settled,
            sites: Vec::new(),
            rows: Vec::new(),
        };
        for (at, state) in settled.iter().enumerate() {
            number[at] = cut.sites.len() as u32;
            match state {
                Settled::Free => {
                    cut.sites.push(self.sites[at]);
                    cut.opening.push(self.opening[at]);
                }
                Settled::Open => cut.settled += self.opening[at],
                Settled::Closed => {}
            }
        }
        if count.is_some_and(|count| count > cut.sites.len()) {
            return None;
        }
        for demand in (0..self.other.len()).filter(|demand| kept.is_none_or(|kept| kept[*demand])) {
            let begun = cut.site.len();
            let mut other = self.other[demand];
            for (site, cost) in self.row(demand) {
                match settled[site] {
                    Settled::Free => {
                        cut.site.push(number[site]);
                        cut.cost.push(cost);
                    }
                    Settled::Open => {
                        other = cost;
                        break;
                    }
                    Settled::Closed => {}
                }
            }
            // Sites that cost as much as the open one bring nothing.
            while cut.cost.len() > begun && cut.cost.last().is_some_and(|cost| *cost >= other) {
                cut.cost.pop();
                cut.site.pop();
            }
            if cut.site.len() == begun {
                cut.settled += other;
            } else {
                cut.rows.push(self.rows[demand]);
                cut.other.push(other);
                cut.start.push(cut.site.len());
            }
        }
        Some(cut)
    }

    /// Whether all sites that serve a demand do so for nothing, and as many open as are needed.
    pub(super) fn is_cover(&self) -> bool {
        self.count.is_none() && self.cost.iter().all(|cost| *cost == 0.0)
    }

    /// What these sites cost together, with what the demands pay for them.
    pub(super) fn value(&self, open: &[bool]) -> f64 {
        let opening: f64 = self.opening.iter().zip(open).filter(|(_, open)| **open).map(|(cost, _)| cost).sum();
        let paid =
            |demand: usize| self.row(demand).find(|(site, _)| open[*site]).map_or(self.other[demand], |(_, cost)| cost);
        self.settled + opening + (0..self.other.len()).map(paid).sum::<f64>()
    }
}
