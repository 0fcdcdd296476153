//! The columns of a program: those of units, which lie in the table of the user, and few beside them.

/// Columns that are priced at once: what is worked on stays in the nearest cache.
const BLOCK: usize = 128;

/// One equation: scale × (sum of values × λ) + what stands in the other columns = bound.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    /// Of each unit.
    pub(crate) values: &'a [f64],
    /// Brings the values to size 1; negative where the side is changed.
    pub(crate) scale: f64,
    /// Right side, not negative.
    pub(crate) bound: f64,
}

/// Minimise each goal in turn; no variable is negative. Units cost nothing in any goal.
#[derive(Clone, Debug)]
pub(crate) struct Program<'a> {
    pub(crate) rows: Vec<Row<'a>>,
    /// Columns beside those of units, such as slacks: an entry for each row.
    pub(crate) extras: Vec<Vec<f64>>,
    /// For each goal the cost of each extra column.
    pub(crate) goals: Vec<Vec<f64>>,
    /// Units that take no part.
    pub(crate) barred: Vec<usize>,
}

impl Program<'_> {
    pub(crate) fn units(&self) -> usize {
        self.rows.first().map_or(0, |row| row.values.len())
    }

    /// The column of a unit, as it stands in the rows.
    pub(crate) fn unit(&self, unit: usize) -> impl Iterator<Item = f64> {
        self.rows.iter().map(move |row| row.scale * row.values.get(unit).copied().unwrap_or(0.0))
    }

    /// One over the largest entry of each unit's column; 0 for a unit that takes no part.
    pub(crate) fn sizes(&self) -> Vec<f64> {
        let mut sizes = vec![0.0_f64; self.units()];
        for row in &self.rows {
            let scale = row.scale.abs();
            for (size, value) in sizes.iter_mut().zip(row.values) {
                *size = size.max(value.abs() * scale);
            }
        }
        sizes.iter_mut().filter(|size| **size > 0.0).for_each(|size| *size = 1.0 / *size);
        for unit in &self.barred {
            sizes.get_mut(*unit).into_iter().for_each(|size| *size = 0.0);
        }
        sizes
    }

    /// Goes through the blocks of units with their reduced costs at these prices of rows, times `sizes`.
    pub(crate) fn price(&self, prices: &[f64], sizes: &[f64], mut with: impl FnMut(usize, &[f64])) {
        let mut costs = [0.0_f64; BLOCK];
        for (block, sizes) in sizes.chunks(BLOCK).enumerate() {
            let begin = block * BLOCK;
            let costs = costs.get_mut(..sizes.len()).unwrap_or_default();
            costs.fill(0.0);
            for (row, price) in self.rows.iter().zip(prices) {
                let price = price * row.scale;
                let values = row.values.get(begin..begin + sizes.len()).unwrap_or_default();
                for (cost, value) in costs.iter_mut().zip(values) {
                    *cost -= price * value;
                }
            }
            for (cost, size) in costs.iter_mut().zip(sizes) {
                *cost *= size;
            }
            with(begin, costs);
        }
    }

    /// The most favourable unit of each block, where one is below `nothing`.
    pub(crate) fn favourable(&self, prices: &[f64], sizes: &[f64], nothing: f64) -> Vec<usize> {
        let mut found = Vec::new();
        self.price(prices, sizes, |begin, costs| {
            let least = costs.iter().copied().fold(f64::INFINITY, f64::min);
            if least < nothing {
                found.extend(costs.iter().position(|cost| *cost == least).map(|at| begin + at));
            }
        });
        found
    }
}

/// Sum of products.
pub(crate) fn dot(a: &[f64], b: impl IntoIterator<Item = f64>) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
