//! CRITIC: an item weighs as much as it spreads the units and as it disagrees with the other items.
//!
//! Diakoulaki, Mavrotas and Papayannakis (1995), *Determining objective weights in multiple criteria problems: the CRITIC
//! method*: values are brought to 0…1 by the item's least and most, turned where less is better; the weight is the standard
//! deviation times the sum of `1 − r` over all items, `r` being the correlation of two.

use super::columns::{Ready, standard};
use super::{Refusal, Weights};
use crate::direction::Direction;

/// Below this a disagreement is what rounding leaves of items that move together.
const ROUNDING: f64 = 1e-24;

/// Weights from columns, one for each item, and which way each counts; NaN where a value is missing. Items without spread
/// are taken for absent: they weigh 0 and disagree with none. A single item with spread weighs 1.
///
/// # Errors
///
/// Where the columns are no table, no item has spread, or all of two or more move together.
pub fn critic(columns: &[Vec<f64>], directions: &[Direction]) -> Result<Weights, Refusal> {
    if directions.len() != columns.len() {
        return Err(Refusal::Directions { items: columns.len(), there: directions.len() });
    }
    let ready = Ready::new(columns, 2)?;
    let spread = ready.spread()?;
    if spread.kept.len() == 1 {
        return Ok(ready.weights(spread, &[1.0]));
    }
    let scaled: Vec<Vec<f64>> = spread
        .kept
        .iter()
        .map(|(item, column)| scaled(column, directions.get(*item).copied().unwrap_or(Direction::Benefit)))
        .collect();
    let standards: Vec<Vec<f64>> = scaled.iter().map(|column| standard(column)).collect();
    let found: Vec<f64> = scaled
        .iter()
        .zip(&standards)
        .map(|(column, own)| deviation(column) * standards.iter().map(|other| disagreement(own, other)).sum::<f64>())
        .collect();
    if found.iter().sum::<f64>() <= ROUNDING {
        return Err(Refusal::NoConflict);
    }
    Ok(ready.weights(spread, &found))
}

/// `1 − r` as half the square of the distance of two standardised columns: never below 0, and exact where they agree.
fn disagreement(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum::<f64>() / 2.0
}

fn scaled(column: &[f64], direction: Direction) -> Vec<f64> {
    let least = column.iter().fold(f64::INFINITY, |least: f64, value| least.min(*value));
    let most = column.iter().fold(f64::NEG_INFINITY, |most: f64, value| most.max(*value));
    let scale = |value: &f64| match direction {
        Direction::Benefit => (value - least) / (most - least),
        Direction::Cost => (most - value) / (most - least),
    };
    column.iter().map(scale).collect()
}

fn deviation(column: &[f64]) -> f64 {
    let mean = column.iter().sum::<f64>() / column.len() as f64;
    (column.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / column.len() as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{near, turned};
    use super::{Direction, Refusal, critic};
    use Direction::{Benefit, Cost};

    /// The firms of Diakoulaki and others (1995), table 1.
    const FIRMS: [[f64; 3]; 8] = [
        [61.0, 1.08, 4.33],
        [20.7, 0.26, 4.34],
        [16.3, 1.98, 2.53],
        [9.0, 3.29, 1.65],
        [5.4, 2.77, 2.33],
        [4.0, 4.12, 1.21],
        [-6.1, 3.52, 2.10],
        [-34.6, 3.31, 0.98],
    ];

    /// `test_CRITIC_diakoulaki1995determining` of `scikit-criteria`, and the same with an item that counts the other way;
    /// digits of version 0.10.
    #[test]
    fn firms_of_the_paper() {
        let found = critic(&turned(&FIRMS), &[Benefit; 3]).unwrap();
        near(&found.weights, &[0.202_225_539_787_78, 0.480_901_729_019_719_5, 0.316_872_731_192_500_6], 1e-14);
        let found = critic(&turned(&FIRMS), &[Benefit, Cost, Benefit]).unwrap();
        near(&found.weights, &[0.386_253_309_617_436_6, 0.362_888_526_679_734_6, 0.250_858_163_702_828_7], 1e-14);
    }

    /// Tuş and Adalı (2019), as in `test_weights.py` of `pymcdm`; digits of version 1.4.0, which turns no item.
    #[test]
    fn software_for_time_sheets() {
        let rows = [
            [5000.0, 3.0, 3.0, 4.0, 3.0, 2.0],
            [680.0, 5.0, 3.0, 2.0, 2.0, 1.0],
            [2000.0, 3.0, 2.0, 3.0, 4.0, 3.0],
            [600.0, 4.0, 3.0, 1.0, 2.0, 2.0],
            [800.0, 2.0, 4.0, 3.0, 3.0, 4.0],
        ];
        let expected = [
            0.157_003_432_041_533,
            0.249_489_243_163_641_43,
            0.167_675_249_192_696_8,
            0.121_100_222_430_223_7,
            0.154_099_291_585_947_6,
            0.150_632_561_585_957_6,
        ];
        near(&critic(&turned(&rows), &[Benefit; 6]).unwrap().weights, &expected, 1e-14);
    }

    #[test]
    fn items_without_spread_are_as_if_absent() {
        let mut columns = turned(&FIRMS);
        let alone = critic(&columns, &[Benefit; 3]).unwrap().weights;
        columns.insert(1, vec![7.0; 8]);
        let found = critic(&columns, &[Benefit; 4]).unwrap();
        assert_eq!(found.weights, [alone[0], 0.0, alone[1], alone[2]]);
        assert_eq!(found.flat, [1]);
        assert_eq!(critic(&[vec![7.0; 3], vec![1.0, 2.0, 4.0]], &[Benefit; 2]).unwrap().weights, [0.0, 1.0]);
        assert_eq!(critic(&[vec![7.0; 3]], &[Benefit]), Err(Refusal::NoSpread));
    }

    /// Items that move together would be weighed by what rounding leaves; that is refused. Against each other they weigh
    /// the same.
    #[test]
    fn items_that_move_together_cannot_be_weighed() {
        let columns = [vec![0.1, 0.7, 0.3], vec![0.1 * 3.0 + 0.7, 0.7 * 3.0 + 0.7, 0.3 * 3.0 + 0.7]];
        assert_eq!(critic(&columns, &[Benefit; 2]), Err(Refusal::NoConflict));
        near(&critic(&columns, &[Benefit, Cost]).unwrap().weights, &[0.5, 0.5], 1e-14);
        let refusal = critic(&columns, &[Benefit]).unwrap_err();
        assert_eq!(refusal, Refusal::Directions { items: 2, there: 1 });
    }
}
