//! The Gini coefficient: twice the area between the Lorenz curve and the line of equal shares.

use super::{Sample, Undefined};
use crate::sum::sum;

impl Sample {
    /// From 0, all have the same, towards 1, one has all.
    ///
    /// The area under the Lorenz curve by trapezoids, added up by rows instead of by steps:
    /// `Σ wᵢ xᵢ (Cᵢ₋₁ + Cᵢ − C) / (C Σ wᵢ xᵢ)` with `C` the weights up to a row and of all rows. Without weights that is
    /// `Σ (2i − n − 1) xᵢ / (n Σ xᵢ)`. Values below 0 are taken as they are as long as there is something to share; the figure
    /// can then be above 1.
    ///
    /// # Errors
    ///
    /// Where the values add up to 0 or less.
    pub fn gini(&self) -> Result<f64, Undefined> {
        let mean = self.shared()?;
        // Those terms add up to 0 for a constant, so that the least value can be taken away: what all have in common then
        // costs no digits, and equal values come to 0 exactly.
        let least = self.values.first().copied().unwrap_or(0.0);
        let mut below = 0.0;
        let term = |(value, weight): (f64, f64)| {
            let place = 2.0 * below + weight - self.all;
            below += weight;
            weight * (value - least) * place
        };
        Ok(sum(self.pairs().map(term)) / (self.all * self.all * mean))
    }
}

#[cfg(test)]
mod tests {
    use super::super::lorenz::tests::MEXICO;
    use super::super::{Sample, Undefined};

    fn gini(values: &[f64]) -> f64 {
        Sample::new(values, None).unwrap().gini().unwrap()
    }

    /// Worked out by hand with the sum formula.
    #[test]
    fn small_cases() {
        assert!((gini(&[1.0, 2.0, 3.0, 4.0, 5.0]) - 4.0 / 15.0).abs() < 1e-16);
        assert_eq!(gini(&[1.0; 4]), 0.0);
        assert_eq!(gini(&[0.1; 7]), 0.0);
        assert_eq!(gini(&[0.0, 0.0, 0.0, 1.0]), 0.75);
        assert_eq!(gini(&[5.0]), 0.0);
    }

    /// `inequality` 1.1.2 of PySAL, `test_gini.py`: states of Mexico, product per head 1940; then with zeros, and with a
    /// value below 0.
    #[test]
    fn states_of_mexico() {
        assert!((gini(&MEXICO) - 0.353_723_711_734_528_5).abs() < 1e-15);
        assert!((gini(&[0.0, 0.0, 1.0, 3.0]) - 0.625).abs() < 1e-15);
        assert!((gini(&[-1.0, 2.0, 3.0, 6.0]) - 0.55).abs() < 1e-15);
    }

    #[test]
    fn nothing_to_share_has_no_gini() {
        for values in [[0.0, 0.0], [-3.0, 1.0], [-1.0, 1.0]] {
            assert_eq!(Sample::new(&values, None).unwrap().gini(), Err(Undefined::NothingToShare));
        }
    }
}
