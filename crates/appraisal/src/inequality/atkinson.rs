//! The Atkinson index: the share of all that could be given up if the rest were shared equally and nobody the worse for it
//! (Atkinson 1970).

use super::{Sample, Undefined};
use crate::sum::sum;

impl Sample {
    /// From 0 to 1, for an aversion to inequality from 0 (none): `1 − (Σ (w/W) (x/μ)^(1−ε))^(1/(1−ε))`, and with ε = 1 one less
    /// the geometric mean over the mean. From an aversion of 1 a value of 0 makes it 1.
    ///
    /// # Errors
    ///
    /// Where a value is below 0, all are 0, or the aversion is no number from 0.
    pub fn atkinson(&self, aversion: f64) -> Result<f64, Undefined> {
        if !(0.0..f64::INFINITY).contains(&aversion) {
            return Err(Undefined::Aversion);
        }
        let mean = self.not_below_zero()?;
        if self.has_zero() && aversion >= 1.0 {
            return Ok(1.0);
        }
        let power = 1.0 - aversion;
        if power == 0.0 {
            return Ok((-libm::expm1(-self.theil_l()?)).clamp(0.0, 1.0));
        }
        // By the least value where it counts most, so that no power of a small one has no end; and as a distance from 1, so
        // that powers near 0 keep their digits.
        let base = if power < 0.0 { self.values.first().copied().unwrap_or(mean) } else { mean };
        let terms = self.pairs().map(|(value, weight)| weight * libm::expm1(power * libm::log(value / base)));
        let equal = libm::exp(libm::log1p(sum(terms) / self.all) / power) * (base / mean);
        Ok((1.0 - equal).clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::super::lorenz::tests::MEXICO;
    use super::super::{Sample, Undefined};

    fn atkinson(values: &[f64], weights: Option<&[f64]>, aversion: f64) -> f64 {
        Sample::new(values, weights).unwrap().atkinson(aversion).unwrap()
    }

    /// `inequality` 1.1.2 of PySAL: the example of its documentation, the states of Mexico, and rows as many times as their
    /// weight.
    #[test]
    fn cases_of_pysal() {
        let (values, weights) = ([3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0], [2.0, 7.0, 1.0, 8.0, 2.0, 8.0, 1.0, 8.0]);
        let example = [10.0, 20.0, 30.0, 40.0, 50.0];
        let cases = [
            (atkinson(&example, None, 0.5), 0.063_153_392_227_086_16),
            (atkinson(&example, None, 1.0), 0.131_609_638_434_215_91),
            (atkinson(&MEXICO, None, 0.5), 0.098_432_223_988_009_1),
            (atkinson(&MEXICO, None, 2.0), 0.315_598_058_020_461_7),
            (atkinson(&values, Some(&weights), 0.5), 0.157_773_360_863_357_47),
            (atkinson(&values, Some(&weights), 1.0), 0.316_318_177_185_752_95),
            (atkinson(&values, Some(&weights), 2.0), 0.542_003_460_715_673_1),
        ];
        for (found, expected) in cases {
            assert!((found - expected).abs() < 1e-13, "{found} is not {expected}");
        }
    }

    /// At an aversion of 1 PySAL 1.1.2 multiplies roots, which costs it digits; next to 1 the index is next to it.
    #[test]
    fn an_aversion_of_one() {
        assert!((atkinson(&MEXICO, None, 1.0) - 0.183_680_056_954_902_3).abs() < 1e-11);
        for aversion in [1.0 - 1e-12, 1.0 + 1e-12] {
            assert!((atkinson(&MEXICO, None, aversion) - atkinson(&MEXICO, None, 1.0)).abs() < 1e-12);
        }
    }

    #[test]
    fn ends_are_defined() {
        assert_eq!(atkinson(&[0.0, 5.0], None, 1.0), 1.0);
        assert!((atkinson(&[0.0, 4.0], None, 0.5) - 0.5).abs() < 1e-15);
        assert_eq!(atkinson(&[1.0, 5.0], None, 0.0), 0.0);
        assert_eq!(atkinson(&[2.0; 3], None, 3.0), 0.0);
        let loss = Sample::new(&[-1.0, 5.0], None).unwrap();
        assert_eq!(loss.atkinson(0.5), Err(Undefined::BelowZero));
        for aversion in [-0.1, f64::NAN, f64::INFINITY] {
            assert_eq!(loss.atkinson(aversion), Err(Undefined::Aversion));
        }
    }
}
