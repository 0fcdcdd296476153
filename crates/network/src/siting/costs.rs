//! What it costs to get from demands to sites.

/// Costs by demand. Demands and sites are numbered from 0; a pair that is not there has no way between.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Costs {
    start: Vec<usize>,
    site: Vec<u32>,
    cost: Vec<f64>,
}

impl Costs {
    /// From triples of demand, site and cost. Costs that are no finite number from 0 up are no way; of several between the
    /// same pair the cheapest counts.
    #[must_use]
    pub fn new(demands: usize, mut pairs: Vec<(u32, u32, f64)>) -> Self {
        pairs.retain(|(demand, _, cost)| (*demand as usize) < demands && cost.is_finite() && *cost >= 0.0);
        pairs.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
        pairs.dedup_by_key(|(demand, site, _)| (*demand, *site));
        let mut start = vec![0; demands + 1];
        for (demand, ..) in &pairs {
            if let Some(count) = start.get_mut(*demand as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut start {
            sum += *count;
            *count = sum;
        }
        Self { start, site: pairs.iter().map(|pair| pair.1).collect(), cost: pairs.iter().map(|pair| pair.2).collect() }
    }

    /// Number of demands.
    #[must_use]
    pub fn demands(&self) -> usize {
        self.start.len().saturating_sub(1)
    }

    /// Sites that a demand has a way to, and what it costs.
    pub fn row(&self, demand: usize) -> impl Iterator<Item = (u32, f64)> + '_ {
        let range = match (self.start.get(demand), self.start.get(demand + 1)) {
            (Some(begin), Some(end)) => *begin..*end,
            _ => 0..0,
        };
        let sites = self.site.get(range.clone()).unwrap_or_default();
        let costs = self.cost.get(range).unwrap_or_default();
        sites.iter().copied().zip(costs.iter().copied())
    }
}
