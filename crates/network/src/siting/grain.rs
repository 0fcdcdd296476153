//! The grain of a problem: the number of which the value of every choice is a whole multiple. Whole people times tenths of
//! minutes give tenths, and a bound that is more than a tenth below the value leaves room for nothing but the value.

use super::table::Table;

/// Powers of ten that are tried: whole numbers, tenths, …
const POWERS: [f64; 7] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];
/// Whole numbers above this are not told apart from their neighbours once they are added up.
const LARGEST: f64 = 1e15;

/// The grain, if there is one.
pub(super) fn grain(table: &Table) -> Option<f64> {
    let numbers = || table.costs().iter().chain(&table.other).chain(&table.opening).copied();
    let power = POWERS.into_iter().find(|power| numbers().all(|number| whole(number * power).is_some()))?;
    let common = numbers().filter_map(|number| whole(number * power)).fold(0, divisor);
    (common > 0).then(|| common as f64 / power)
}

fn whole(number: f64) -> Option<u64> {
    let near = number.round();
    ((number - near).abs() <= 1e-12 * near.abs().max(1.0) && (0.0..LARGEST).contains(&near)).then_some(near as u64)
}

fn divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
