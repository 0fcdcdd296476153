//! Sums of many numbers in a fixed order that lose next to nothing by rounding.

/// What numbers add up to, as exact as with twice the digits (Neumaier 1974).
pub(crate) fn sum(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut lost) = (0.0f64, 0.0);
    for value in values {
        let next = sum + value;
        lost += if sum.abs() >= value.abs() { (sum - next) + value } else { (value - next) + sum };
        sum = next;
    }
    sum + lost
}

/// The power of two that brings the largest of these to between ½ and 1 where they are divided by it. Dividing by a power
/// of two changes no digit, and what follows neither overflows nor vanishes.
pub(crate) fn power<'a>(values: impl Iterator<Item = &'a f64>) -> i32 {
    libm::frexp(values.fold(0.0, |most: f64, value| most.max(value.abs()))).1
}

#[cfg(test)]
mod tests {
    use super::{power, sum};

    #[test]
    fn small_numbers_are_not_lost_beside_large_ones() {
        assert_eq!(sum([1.0, 1e100, 1.0, -1e100].into_iter()), 2.0);
        assert_eq!(sum(std::iter::repeat_n(0.1, 1_000_000)), 100_000.0);
        assert_eq!(sum(std::iter::empty()).to_bits(), 0);
    }

    #[test]
    fn powers_of_the_largest() {
        assert_eq!([power([3.0, -5.0].iter()), power([0.0].iter()), power([].iter())], [3, 0, 0]);
        assert_eq!([power([f64::MAX].iter()), power([5e-324].iter())], [1024, -1073]);
    }
}
