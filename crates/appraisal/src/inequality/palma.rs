//! The Palma ratio: what the highest 10 per cent have for what the lowest 40 per cent have (Palma 2011).

use super::{Sample, Undefined};

impl Sample {
    /// The ratio of both shares. A row through which a border runs is divided between both sides, as in
    /// [`Sample::share_of_lowest`].
    ///
    /// # Errors
    ///
    /// Where the values add up to 0 or less, or the lowest 40 per cent have nothing.
    pub fn palma(&self) -> Result<f64, Undefined> {
        let (highest, lowest) = (self.share_of_highest(0.1)?, self.share_of_lowest(0.4)?);
        if lowest > 0.0 { Ok(highest / lowest) } else { Err(Undefined::BottomHasNothing) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lorenz::tests::MEXICO;
    use super::super::{Sample, Undefined};

    fn palma(values: &[f64], weights: Option<&[f64]>) -> Result<f64, Undefined> {
        Sample::new(values, weights).unwrap().palma()
    }

    /// By hand: ten rows have no border inside a row (10 ÷ 10); of five, the highest half of one counts (2.5 ÷ 3); equal
    /// values come to 10 ÷ 40.
    #[test]
    fn small_cases() {
        let ten: Vec<f64> = (1..=10).map(f64::from).collect();
        assert!((palma(&ten, None).unwrap() - 1.0).abs() < 1e-14);
        assert!((palma(&[1.0, 2.0, 3.0, 4.0, 5.0], None).unwrap() - 2.5 / 3.0).abs() < 1e-14);
        assert!((palma(&[7.0; 3], None).unwrap() - 0.25).abs() < 1e-14);
    }

    /// Read off PySAL's `lorenz_curve` (`inequality` 1.1.2) by `numpy.interp`; the second with rows as many times as their
    /// weight.
    #[test]
    fn states_of_mexico_and_weighted_rows() {
        assert!((palma(&MEXICO, None).unwrap() - 1.497_092_457_082_440_4).abs() < 1e-13);
        let (values, weights) = ([3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0], [2.0, 7.0, 1.0, 8.0, 2.0, 8.0, 1.0, 8.0]);
        assert!((palma(&values, Some(&weights)).unwrap() - 2.25).abs() < 1e-13);
    }

    #[test]
    fn the_bottom_may_have_nothing() {
        assert_eq!(palma(&[0.0, 0.0, 1.0], None), Err(Undefined::BottomHasNothing));
        assert_eq!(palma(&[-4.0, 1.0, 9.0], None), Err(Undefined::BottomHasNothing));
        assert_eq!(palma(&[-4.0, 1.0, 1.0], None), Err(Undefined::NothingToShare));
    }
}
