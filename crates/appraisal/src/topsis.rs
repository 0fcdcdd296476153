//! TOPSIS (优劣解距离法): units by how near they are to the best that was seen, and how far from the worst.
//!
//! Hwang and Yoon (1981), *Multiple attribute decision making*, 3.2.3: items are brought to the same length, weighed, and for
//! each the best and the worst value of all units make an ideal and an anti-ideal; closeness is the distance from the
//! anti-ideal over the sum of both distances, 0 for the worst of all and 1 for the best. Closeness is relative to the units
//! that are compared: it changes when another joins.

use crate::direction::Direction;
use crate::sum::power;

/// Closenesses this near to each other share a place: rounding tells them apart, not the figures.
const SAME: f64 = 1e-12;

/// How items are made comparable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scaling {
    /// Each item over the root of the sum of its squares, as in the book.
    Vector,
    /// As they are: the caller has made them comparable.
    AsGiven,
}

/// Why units cannot be compared. Items and units are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Nothing to compare by.
    #[error("there is no item to compare by")]
    NoItems,
    /// Not one weight and one direction for each item.
    #[error("{items} items have {weights} weights and {directions} directions")]
    Lengths {
        /// Items.
        items: usize,
        /// Weights.
        weights: usize,
        /// Directions.
        directions: usize,
    },
    /// Columns of different lengths.
    #[error("item {item} has {there} values and {wanted} are expected")]
    Length {
        /// The item.
        item: usize,
        /// Its values.
        there: usize,
        /// What the first has.
        wanted: usize,
    },
    /// A value without end.
    #[error("item {item} of unit {unit} is infinite")]
    Infinite {
        /// The item.
        item: usize,
        /// The unit.
        unit: usize,
    },
    /// A weight below 0, or none.
    #[error("item {item} weighs {weight}, and a weight that is not below 0 is expected")]
    Weight {
        /// The item.
        item: usize,
        /// Its weight.
        weight: f64,
    },
    /// Best and worst are the same: no two units with all values differ in an item that weighs.
    #[error("no two units differ in an item that has a weight")]
    NoSpread,
}

/// Units compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// For each unit, 0 to 1; none for a unit that lacks a value, which plays no part in ideals and lengths either.
    pub closeness: Vec<Option<f64>>,
    /// The place of each unit, from 1. Units with the same closeness share the better place, and the next is left free.
    pub places: Vec<Option<usize>>,
    /// The best of each item, made comparable and weighed (weights of a sum of 1).
    pub ideal: Vec<f64>,
    /// The worst of each item.
    pub anti_ideal: Vec<f64>,
}

/// Compares units by columns, one for each item; NaN where a value is missing. Weights are brought to a sum of 1. An item
/// without spread, or with a weight of 0, moves nobody.
///
/// # Errors
///
/// Where the columns are no table, a weight is none, or no two units differ.
pub fn topsis(
    columns: &[Vec<f64>],
    weights: &[f64],
    directions: &[Direction],
    scaling: Scaling,
) -> Result<Ranking, Refusal> {
    let units = checked(columns, weights, directions)?;
    let whole: Vec<bool> =
        (0..units).map(|unit| columns.iter().all(|column| column.get(unit).is_some_and(|v| !v.is_nan()))).collect();
    let kept: Vec<Vec<f64>> = columns.iter().map(|column| of_whole(column, &whole)).collect();
    let (weighed, power) = comparable(columns, &kept, &to_one(weights), scaling);
    let ends: Vec<(f64, f64)> =
        weighed.iter().zip(directions).map(|(column, direction)| ends(&of_whole(column, &whole), *direction)).collect();
    let widest = ends.iter().fold(0.0, |widest: f64, (best, worst)| widest.max((best - worst).abs()));
    if widest == 0.0 {
        return Err(Refusal::NoSpread);
    }
    // Measured in the widest spread, so that no square vanishes that counts.
    let distance = |unit: usize, end: fn(&(f64, f64)) -> f64| {
        let apart =
            weighed.iter().zip(&ends).filter_map(|(column, ends)| Some((column.get(unit)? - end(ends)) / widest));
        apart.map(|apart| apart * apart).sum::<f64>().sqrt()
    };
    let closeness = |(unit, whole): (usize, &bool)| {
        let (to_best, to_worst) = (distance(unit, |ends| ends.0), distance(unit, |ends| ends.1));
        whole.then_some(to_worst / (to_best + to_worst))
    };
    let closeness: Vec<Option<f64>> = whole.iter().enumerate().map(closeness).collect();
    let back = |value: f64| libm::ldexp(value, power);
    let (ideal, anti_ideal) = ends.iter().map(|(best, worst)| (back(*best), back(*worst))).unzip();
    Ok(Ranking { places: places(&closeness), closeness, ideal, anti_ideal })
}

/// How many units there are.
fn checked(columns: &[Vec<f64>], weights: &[f64], directions: &[Direction]) -> Result<usize, Refusal> {
    let wanted = columns.first().ok_or(Refusal::NoItems)?.len();
    if weights.len() != columns.len() || directions.len() != columns.len() {
        let (weights, directions) = (weights.len(), directions.len());
        return Err(Refusal::Lengths { items: columns.len(), weights, directions });
    }
    for (item, column) in columns.iter().enumerate() {
        if column.len() != wanted {
            return Err(Refusal::Length { item, there: column.len(), wanted });
        }
        if let Some(unit) = column.iter().position(|value| value.is_infinite()) {
            return Err(Refusal::Infinite { item, unit });
        }
    }
    let bad = weights.iter().enumerate().find(|(_, weight)| !(0.0..f64::INFINITY).contains(*weight));
    bad.map_or(Ok(wanted), |(item, weight)| Err(Refusal::Weight { item, weight: *weight }))
}

/// Values of units that have all.
fn of_whole(column: &[f64], whole: &[bool]) -> Vec<f64> {
    column.iter().zip(whole).filter(|(_, whole)| **whole).map(|(value, _)| *value).collect()
}

/// The best and the worst; none is as good as any where there are no units.
fn ends(kept: &[f64], direction: Direction) -> (f64, f64) {
    let Some(first) = kept.first() else { return (0.0, 0.0) };
    let (least, most) =
        kept.iter().fold((*first, *first), |(least, most), value| (least.min(*value), most.max(*value)));
    match direction {
        Direction::Benefit => (most, least),
        Direction::Cost => (least, most),
    }
}

/// Weights of a sum of 1, the largest taken first for one, so that the sum of very large ones is a number.
fn to_one(weights: &[f64]) -> Vec<f64> {
    let most = weights.iter().fold(0.0, |most: f64, weight| most.max(*weight));
    let sum: f64 = weights.iter().map(|weight| weight / most).sum();
    weights.iter().map(|weight| if most > 0.0 { weight / most / sum } else { 0.0 }).collect()
}

/// Items made comparable, times their weights, and the power of two by which they are too small: values are first brought
/// to at most 1, which changes no digit, so that squares do not overflow.
fn comparable(columns: &[Vec<f64>], kept: &[Vec<f64>], weights: &[f64], scaling: Scaling) -> (Vec<Vec<f64>>, i32) {
    match scaling {
        Scaling::AsGiven => {
            let power = power(kept.iter().flatten());
            let scale = |(column, weight): (&Vec<f64>, &f64)| -> Vec<f64> {
                column.iter().map(|value| libm::ldexp(*value, -power) * weight).collect()
            };
            (columns.iter().zip(weights).map(scale).collect(), power)
        }
        Scaling::Vector => {
            let scale = |((column, kept), weight): ((&Vec<f64>, &Vec<f64>), &f64)| -> Vec<f64> {
                let power = power(kept.iter());
                let tame = |value: &f64| libm::ldexp(*value, -power);
                let length = kept.iter().map(|value| tame(value) * tame(value)).sum::<f64>().sqrt();
                column.iter().map(|value| if length > 0.0 { tame(value) / length * weight } else { 0.0 }).collect()
            };
            (columns.iter().zip(kept).zip(weights).map(scale).collect(), 0)
        }
    }
}

fn places(closeness: &[Option<f64>]) -> Vec<Option<usize>> {
    let mut order: Vec<(usize, f64)> =
        closeness.iter().enumerate().filter_map(|(unit, value)| value.map(|value| (unit, value))).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut places = vec![None; closeness.len()];
    let mut shared = (0, f64::INFINITY);
    for (above, (unit, value)) in order.into_iter().enumerate() {
        // Measured from the first of those who share, so that a long row of small steps is not one place.
        if shared.1 - value > SAME {
            shared = (above + 1, value);
        }
        if let Some(place) = places.get_mut(unit) {
            *place = Some(shared.0);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::{Ranking, Refusal, Scaling, topsis};
    use crate::direction::Direction::{self, Benefit, Cost};
    use proptest::prelude::*;

    /// The four units of Tzeng and Huang (2011), *Multiple attribute decision making*, by columns.
    fn units() -> Vec<Vec<f64>> {
        vec![vec![5.0, 7.0, 8.0, 7.0], vec![8.0, 6.0, 8.0, 4.0], vec![4.0, 8.0, 6.0, 6.0]]
    }

    fn near(found: &Ranking, expected: &[f64]) {
        for (found, expected) in found.closeness.iter().zip(expected) {
            assert!((found.unwrap() - expected).abs() < 1e-14, "{found:?} is not {expected}");
        }
    }

    /// `test_TOPSIS_tzeng2011multiple` of `scikit-criteria` (published: 0.5037, 0.6581, 0.7482, 0.3340), and the same with
    /// a second item of which less is better; digits of version 0.10.
    #[test]
    fn units_of_the_book() {
        let found = topsis(&units(), &[0.3, 0.4, 0.3], &[Benefit; 3], Scaling::Vector).unwrap();
        let expected =
            [0.503_719_658_579_518_8, 0.658_084_771_961_813_8, 0.748_248_659_940_623_8, 0.333_997_436_943_342];
        near(&found, &expected);
        assert_eq!(found.places, [Some(3), Some(2), Some(1), Some(4)]);
        let ideal = [0.175_505_381_790_511_37, 0.238_513_917_599_977_6, 0.194_665_705_356_915_05];
        assert!(found.ideal.iter().zip(ideal).all(|(found, expected)| (found - expected).abs() < 1e-15));
        let found = topsis(&units(), &[3.0, 4.0, 3.0], &[Benefit, Cost, Benefit], Scaling::Vector).unwrap();
        near(&found, &[0.0, 0.658_084_771_961_813_8, 0.388_560_346_048_332_45, 0.718_231_057_229_778_1]);
        assert_eq!(found.places, [Some(4), Some(2), Some(3), Some(1)]);
    }

    /// Opricovic and Tzeng (2004), as in `test_mcdm.py` of `pymcdm`, which first brings items to 0…1 and turns the first;
    /// digits of version 1.4.0. Two units share the second place.
    #[test]
    fn items_made_comparable_before() {
        let columns = [vec![1.0, 0.75, 0.0], vec![0.0, 0.5, 1.0]];
        let found = topsis(&columns, &[0.5, 0.5], &[Benefit; 2], Scaling::AsGiven).unwrap();
        near(&found, &[0.5, 0.617_217_781_462_681_2, 0.5]);
        assert_eq!(found.places, [Some(2), Some(1), Some(2)]);
    }

    /// `test_TOPSIS` of `scikit-criteria` 0.10: figures as they are, weights all the same.
    #[test]
    fn two_units_as_they_are() {
        let columns = [vec![1.0, 0.0], vec![0.0, 5.0], vec![3.0, 6.0]];
        let found = topsis(&columns, &[1.0; 3], &[Benefit; 3], Scaling::AsGiven).unwrap();
        let rounded: Vec<f64> = found.closeness.iter().map(|c| (c.unwrap() * 1e8).round() / 1e8).collect();
        assert_eq!(rounded, [0.146_392_48, 0.853_607_52]);
    }

    /// A unit that lacks a value changes nothing for the others.
    #[test]
    fn units_with_gaps_are_left_out() {
        let mut columns = units();
        columns.iter_mut().zip([900.0, f64::NAN, -3.0]).for_each(|(column, value)| column.push(value));
        let found = topsis(&columns, &[0.3, 0.4, 0.3], &[Benefit; 3], Scaling::Vector).unwrap();
        let alone = topsis(&units(), &[0.3, 0.4, 0.3], &[Benefit; 3], Scaling::Vector).unwrap();
        assert_eq!((&found.closeness[..4], found.closeness[4], found.places[4]), (&alone.closeness[..], None, None));
        assert_eq!(found.ideal, alone.ideal);
    }

    #[test]
    fn what_cannot_be_compared_is_told() {
        let refusal = |columns: &[Vec<f64>], weights: &[f64]| {
            topsis(columns, weights, &vec![Benefit; weights.len()], Scaling::Vector).err()
        };
        assert_eq!(refusal(&[], &[]), Some(Refusal::NoItems));
        let lengths = Refusal::Lengths { items: 3, weights: 2, directions: 2 };
        assert_eq!(refusal(&units(), &[1.0, 1.0]), Some(lengths));
        assert_eq!(refusal(&units(), &[1.0, -1.0, 1.0]), Some(Refusal::Weight { item: 1, weight: -1.0 }));
        assert!(matches!(refusal(&units(), &[1.0, 1.0, f64::NAN]), Some(Refusal::Weight { item: 2, .. })));
        assert_eq!(refusal(&units(), &[0.0; 3]), Some(Refusal::NoSpread));
        assert_eq!(refusal(&[vec![2.0, 2.0], vec![1.0, 2.0]], &[1.0, 0.0]), Some(Refusal::NoSpread));
        assert_eq!(refusal(&[vec![f64::NAN, 2.0]], &[1.0]), Some(Refusal::NoSpread));
        assert_eq!(refusal(&[vec![]], &[1.0]), Some(Refusal::NoSpread));
        assert_eq!(refusal(&[vec![1.0, f64::INFINITY]], &[1.0]), Some(Refusal::Infinite { item: 0, unit: 1 }));
        let length = Refusal::Length { item: 1, there: 1, wanted: 2 };
        assert_eq!(refusal(&[vec![1.0, 2.0], vec![1.0]], &[1.0, 1.0]), Some(length));
    }

    proptest! {
        /// Closeness is between 0 and 1 and follows the unit, in whatever order and unit of measure.
        #[test]
        fn order_and_measure_do_not_matter(
            columns in proptest::collection::vec(proptest::collection::vec(-50.0..50.0f64, 6), 3),
            weights in proptest::collection::vec(0.01..1.0f64, 3),
            factor in 1e-3..1e3f64,
        ) {
            let directions = [Benefit, Cost, Benefit];
            let before = topsis(&columns, &weights, &directions, Scaling::Vector).unwrap();
            let mut other = columns;
            other.iter_mut().for_each(|column| column.reverse());
            other[1].iter_mut().for_each(|value| *value *= factor);
            let mut found = topsis(&other, &weights, &directions, Scaling::Vector).unwrap();
            found.closeness.reverse();
            for (found, before) in found.closeness.iter().zip(&before.closeness) {
                let (found, before) = (found.unwrap(), before.unwrap());
                prop_assert!((found - before).abs() < 1e-10 && (0.0..=1.0).contains(&found));
            }
        }

        #[test]
        fn nothing_breaks(
            columns in proptest::collection::vec(proptest::collection::vec(proptest::num::f64::ANY, 3), 0..4),
            weight in 0.0..1e300f64,
            given in proptest::bool::ANY,
        ) {
            let scaling = if given { Scaling::AsGiven } else { Scaling::Vector };
            let directions: Vec<Direction> = [Cost, Benefit, Cost].into_iter().take(columns.len()).collect();
            if let Ok(found) = topsis(&columns, &vec![weight; columns.len()], &directions, scaling) {
                prop_assert!(found.closeness.iter().flatten().all(|value| (0.0..=1.0).contains(value)), "{found:?}");
            }
        }
    }
}
