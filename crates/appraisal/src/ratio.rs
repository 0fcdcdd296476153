//! Terms of entropies, from the ratio of a value to the mean, written so that digits stay where values are close to it.
//!
//! Over all values the distances from the mean add up to 0, so that they can be taken away from each term without a change
//! to the sum: what is left of a term is not below 0, and no longer the small difference of large numbers.

/// Below this distance from the mean, in means, the start of the series is exact to all digits.
const CLOSE: f64 = 1e-3;

/// `r ln r − (r − 1)` with `r = value / mean`; 1 where the value is 0, as the limit is. The mean is above 0.
pub(crate) fn spread(value: f64, mean: f64) -> f64 {
    let (ratio, apart) = (value / mean, (value - mean) / mean);
    if ratio == 0.0 {
        1.0
    } else if apart.abs() < CLOSE {
        apart * apart * (0.5 - apart * (1.0 / 6.0 - apart * (1.0 / 12.0 - apart * (1.0 / 20.0 - apart / 30.0))))
    } else {
        ratio * libm::log(ratio) - apart
    }
}

/// `(r − 1) − ln r` with `r = value / mean`. Value and mean are above 0.
pub(crate) fn lag(value: f64, mean: f64) -> f64 {
    let (ratio, apart) = (value / mean, (value - mean) / mean);
    if apart.abs() < CLOSE {
        apart * apart * (0.5 - apart * (1.0 / 3.0 - apart * (0.25 - apart * (0.2 - apart * (1.0 / 6.0 - apart / 7.0)))))
    } else {
        apart - libm::log(ratio)
    }
}

#[cfg(test)]
mod tests {
    use super::{lag, spread};

    /// Both ways of writing a term meet where one ends.
    #[test]
    fn series_and_formula_meet() {
        for term in [spread, lag] {
            for side in [-1.0, 1.0] {
                let (inside, outside) = (term(1.0 + side * 0.999_999e-3, 1.0), term(1.0 + side * 1.000_001e-3, 1.0));
                let slope = outside / inside - 1.0;
                assert!((slope - 4e-6).abs() < 1e-8, "{slope}");
            }
        }
    }

    /// Values anyone can look up: 2 ln 2 − 1, 1 − ln 2, and the limits.
    #[test]
    fn terms_that_are_known() {
        assert!((spread(6.0, 3.0) - 0.386_294_361_119_890_6).abs() < 1e-15);
        assert!((lag(6.0, 3.0) - 0.306_852_819_440_054_7).abs() < 1e-15);
        assert_eq!([spread(0.0, 2.0), spread(2.0, 2.0), lag(2.0, 2.0)], [1.0, 0.0, 0.0]);
    }
}
