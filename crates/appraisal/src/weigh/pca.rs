//! Weights from principal components: items weigh as much as they share in what all have in common.
//!
//! OECD and JRC (2008), *Handbook on constructing composite indicators*, 6.1, after Nicoletti, Scarpetta and Boylaud (2000).
//! Components of the correlations are kept that explain more than one item does (eigenvalue above 1), or as many as the
//! caller says; they are turned by varimax, each item goes to the one of whose variance it is the largest part, and weighs
//! that part times the share of the variance that the component explains. Weights say what moves together, not what
//! matters: two items that measure the same thing weigh more, not less.

use super::columns::{Ready, standard};
use super::jacobi::{Pair, eigen};
use super::varimax::varimax;
use super::{Refusal, Weights};

/// Items at most: the effort grows with their third power.
const MOST: usize = 200;

/// Eigenvalues this close to each other, or to 1, are the same but for rounding.
const SAME: f64 = 1e-9;

/// Which components count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Those with an eigenvalue above 1 (Kaiser 1960).
    AboveOne,
    /// So many, those that explain most.
    Count(usize),
}

/// Weights and the components behind them.
#[derive(Clone, Debug, PartialEq)]
pub struct Components {
    /// Weights of the items.
    pub weights: Weights,
    /// Variance that each component explains, in items, the largest first; of items with spread.
    pub eigenvalues: Vec<f64>,
    /// How many components count.
    pub kept: usize,
}

/// Weights from columns, one for each item; NaN where a value is missing. Items without spread weigh 0 and are left out of
/// the components; a single item with spread weighs 1. Directions play no part: loadings are squared.
///
/// # Errors
///
/// Where the columns are no table, no item has spread, nothing is in common, or so many components are not there.
pub fn pca(columns: &[Vec<f64>], keep: Keep) -> Result<Components, Refusal> {
    if columns.len() > MOST {
        return Err(Refusal::TooManyItems { there: columns.len(), most: MOST });
    }
    let ready = Ready::new(columns, 2)?;
    let spread = ready.spread()?;
    let items = spread.kept.len();
    let pairs = eigen(&correlations(&spread.kept));
    let eigenvalues: Vec<f64> = pairs.iter().map(|pair| pair.value.max(0.0)).collect();
    if items == 1 {
        return Ok(Components { weights: ready.weights(spread, &[1.0]), eigenvalues, kept: 1 });
    }
    let count = match keep {
        Keep::AboveOne => eigenvalues.iter().filter(|value| **value > 1.0 + SAME).count(),
        Keep::Count(wanted) if wanted == 0 || wanted > items => {
            return Err(Refusal::Components { wanted, there: items });
        }
        Keep::Count(wanted) => wanted,
    };
    if count == 0 {
        return Err(Refusal::NothingInCommon);
    }
    let loadings = loadings(pairs.get(..count).unwrap_or_default());
    let found = grouped(&varimax(&loadings));
    Ok(Components { weights: ready.weights(spread, &found), eigenvalues, kept: count })
}

fn correlations(kept: &[(usize, &[f64])]) -> Vec<Vec<f64>> {
    let standards: Vec<Vec<f64>> = kept.iter().map(|(_, column)| standard(column)).collect();
    let correlation = |a: &Vec<f64>, b: &Vec<f64>| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    standards.iter().map(|one| standards.iter().map(|other| correlation(one, other)).collect()).collect()
}

/// `loadings[item][component]`: correlations of item and component.
fn loadings(pairs: &[Pair]) -> Vec<Vec<f64>> {
    let items = pairs.first().map_or(0, |pair| pair.vector.len());
    let of = |item: usize| {
        let loading = |pair: &Pair| pair.vector.get(item).map(|entry| entry * pair.value.max(0.0).sqrt());
        pairs.iter().filter_map(loading).collect()
    };
    (0..items).map(of).collect()
}

fn grouped(loadings: &[Vec<f64>]) -> Vec<f64> {
    let factors = loadings.first().map_or(0, Vec::len);
    let explained: Vec<f64> = (0..factors)
        .map(|factor| loadings.iter().filter_map(|row| row.get(factor)).map(|loading| loading * loading).sum())
        .collect();
    let of_item = |row: &Vec<f64>| {
        let parts = row.iter().zip(&explained).filter(|(_, explained)| **explained > 0.0);
        let parts = parts.map(|(loading, explained)| (loading * loading / explained, loading * loading));
        // Of two that are as large, the one that explains more comes first and stays.
        parts.fold((0.0, 0.0), |best, part| if part.0 > best.0 { part } else { best }).1
    };
    loadings.iter().map(of_item).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{near, turned};
    use super::{Keep, Refusal, pca};

    /// The technology achievement index of 23 countries, from the annex of the handbook: patents, royalties, internet,
    /// technology exports, telephones (log), electricity (log), schooling, university.
    const COUNTRIES: [[f64; 8]; 23] = [
        [187.0, 125.6, 200.2, 50.7, 3.08, 4.15, 10.0, 27.4],
        [289.0, 130.0, 179.1, 66.2, 3.00, 4.07, 12.0, 13.9],
        [271.0, 156.6, 125.8, 59.7, 3.10, 4.14, 11.4, 15.3],
        [994.0, 64.6, 49.0, 80.8, 3.00, 3.86, 9.5, 10.0],
        [779.0, 9.8, 4.8, 66.7, 2.97, 3.65, 10.8, 23.2],
        [189.0, 151.2, 136.0, 50.9, 3.02, 3.77, 9.4, 9.5],
        [82.0, 134.0, 57.4, 61.9, 3.02, 3.73, 9.4, 14.9],
        [31.0, 38.6, 108.0, 48.7, 2.94, 4.18, 11.6, 14.2],
        [75.0, 18.2, 125.9, 16.2, 2.94, 3.94, 10.9, 25.3],
        [8.0, 25.5, 72.3, 74.9, 2.95, 3.83, 7.1, 24.2],
        [235.0, 36.8, 41.2, 64.2, 2.94, 3.75, 10.2, 14.4],
        [103.0, 20.2, 193.6, 19.0, 3.12, 4.39, 11.9, 11.2],
        [106.0, 110.3, 48.6, 53.6, 2.97, 3.68, 9.4, 12.3],
        [72.0, 73.9, 58.9, 47.6, 2.91, 3.86, 9.3, 13.6],
        [103.0, 13.0, 146.7, 15.4, 2.86, 3.91, 11.7, 13.1],
        [165.0, 14.8, 84.2, 50.3, 2.99, 3.79, 8.4, 13.6],
        [205.0, 33.6, 36.4, 58.9, 2.97, 3.80, 7.9, 12.6],
        [74.0, 43.6, 43.2, 45.0, 2.96, 3.74, 9.6, 11.0],
        [42.0, 8.6, 21.0, 53.4, 2.86, 3.62, 7.3, 15.6],
        [13.0, 9.8, 30.4, 51.0, 3.00, 3.65, 7.2, 13.0],
        [28.0, 4.2, 25.0, 51.7, 2.75, 3.68, 9.5, 8.2],
        [26.0, 6.2, 21.6, 63.5, 2.73, 3.46, 9.1, 7.7],
        [105.0, 4.0, 20.3, 49.5, 2.84, 3.71, 7.1, 10.6],
    ];

    /// Table 16 of the handbook, in print to one place behind the point: 3.3 (42 per cent), 1.7, 1.0, 0.9, 0.5, 0.3, 0.2,
    /// 0.1. The digits are those of NumPy 2.4.6.
    #[test]
    fn components_of_the_handbook() {
        let found = pca(&turned(&COUNTRIES), Keep::AboveOne).unwrap();
        let numpy = [
            3.354_361_207_288_001,
            1.746_060_116_214_699_4,
            0.984_862_030_234_587,
            0.893_915_733_086_609_1,
            0.471_196_130_661_423,
            0.299_452_031_873_119_4,
            0.174_422_181_451_659_44,
            0.075_730_569_189_903_55,
        ];
        near(&found.eigenvalues, &numpy, 1e-13);
        assert_eq!((found.kept, found.weights.units), (2, 23));
    }

    /// The handbook keeps four components. The digits come from the varimax of R's formula in NumPy 2.4.6, and
    /// `factor_analyzer` 0.5.1 gives the same to 1e-9.
    #[test]
    fn weights_as_the_handbook_makes_them() {
        let expected = [
            0.167_983_817_866_126_32,
            0.154_646_367_360_165_35,
            0.111_278_315_106_979_33,
            0.056_482_745_869_742_44,
            0.086_210_762_911_943_1,
            0.118_584_447_575_671_26,
            0.138_779_524_063_522_1,
            0.166_034_019_245_850_12,
        ];
        near(&pca(&turned(&COUNTRIES), Keep::Count(4)).unwrap().weights.weights, &expected, 1e-9);
    }

    #[test]
    fn items_without_spread_or_anything_in_common() {
        let flat = pca(&[vec![1.0; 3], vec![1.0, 2.0, 4.0]], Keep::AboveOne).unwrap();
        assert_eq!((flat.weights.weights, flat.weights.flat), (vec![0.0, 1.0], vec![0]));
        assert_eq!(pca(&[vec![1.0; 3]], Keep::AboveOne), Err(Refusal::NoSpread));
        // Up and down, and up then down: the correlation is 0.
        let crossed = [vec![1.0, 1.0, -1.0, -1.0], vec![1.0, -1.0, 1.0, -1.0]];
        assert_eq!(pca(&crossed, Keep::AboveOne), Err(Refusal::NothingInCommon));
        let refusal = pca(&crossed, Keep::Count(3)).unwrap_err();
        assert_eq!(refusal, Refusal::Components { wanted: 3, there: 2 });
        let many = vec![vec![1.0, 2.0]; 201];
        assert_eq!(pca(&many, Keep::AboveOne), Err(Refusal::TooManyItems { there: 201, most: 200 }));
    }
}
