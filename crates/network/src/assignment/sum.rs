//! Sums of many numbers that lose next to nothing by rounding.

/// A sum with what rounding has taken from it (Neumaier 1974): as exact as if it were added up with twice the digits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    sum: f64,
    lost: f64,
}

impl Sum {
    pub(super) fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        // Sums without end have lost nothing.
        if sum.is_finite() {
            self.lost +=
                if self.sum.abs() >= value.abs() { (self.sum - sum) + value } else { (value - sum) + self.sum };
        }
        self.sum = sum;
    }

    pub(super) fn value(self) -> f64 {
        self.sum + self.lost
    }
}

/// What numbers add up to.
pub(super) fn sum(values: impl Iterator<Item = f64>) -> f64 {
    let mut all = Sum::default();
    values.for_each(|value| all.add(value));
    all.value()
}

#[cfg(test)]
mod tests {
    #[test]
    fn small_numbers_are_not_lost_beside_large_ones() {
        assert_eq!(super::sum([1.0, 1e100, 1.0, -1e100].into_iter()), 2.0);
        assert_eq!(super::sum(std::iter::repeat_n(0.1, 10_000_000)), 1_000_000.0);
        assert_eq!(super::sum([1.0, f64::INFINITY].into_iter()), f64::INFINITY);
        assert_eq!(super::sum(std::iter::empty()).to_bits(), 0);
    }
}
