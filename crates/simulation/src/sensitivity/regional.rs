//! Regional sensitivity: in which parameters successful runs differ from failed ones.

use super::error::SensitivityError;
use super::{check_design, check_success};
use crate::matrix::Matrix;
use crate::special::kolmogorov_tail;

/// On which side of the failed runs the successful ones lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Successful runs have higher values of the parameter.
    Higher,
    /// Successful runs have lower values of the parameter.
    Lower,
}

/// How one parameter separates success from failure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Separation {
    /// The Kolmogorov–Smirnov distance between the parameter's distribution in successful and in failed runs; 0 to 1.
    pub distance: f64,
    /// Where the distance is largest, which side success is on; `None` when the distance is 0.
    pub side: Option<Side>,
    /// The chance of such a distance or a larger one if the parameter did not matter (the limit for many runs).
    pub p_value: f64,
}

/// Regional sensitivity analysis (Spear & Hornberger 1980): one [`Separation`] per column of `design` (runs ×
/// parameters, in any unit) for `success`, one outcome per run.
///
/// # Errors
/// [`SensitivityError`] when the numbers of runs differ, a value is not finite, or all runs succeed or all fail.
pub fn analyse(design: &Matrix, success: &[bool]) -> Result<Vec<Separation>, SensitivityError> {
    check_design(design)?;
    let runs = design.row_count();
    let successes = check_success(success, runs)?;
    let (met, missed) = (successes as f64, (runs - successes) as f64);
    let separation = |column| {
        let mut values: Vec<_> = design.column(column).zip(success.iter().copied()).collect();
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Failed minus successful: above 0 when the successful runs are still to come.
        let mut largest = 0.0_f64;
        let (mut met_below, mut missed_below) = (0_usize, 0_usize);
        for ties in values.chunk_by(|a, b| a.0 == b.0) {
            let met_here = ties.iter().filter(|(_, success)| *success).count();
            met_below += met_here;
            missed_below += ties.len() - met_here;
            let distance = missed_below as f64 / missed - met_below as f64 / met;
            if distance.abs() > largest.abs() {
                largest = distance;
            }
        }
        let side = match largest {
            up if up > 0.0 => Some(Side::Higher),
            down if down < 0.0 => Some(Side::Lower),
            _ => None,
        };
        let distance = largest.abs();
        Separation { distance, side, p_value: kolmogorov_tail(distance * libm::sqrt(met * missed / (met + missed))) }
    };
    Ok((0..design.column_count()).map(separation).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampling::sobol;
    use crate::sensitivity::test_functions::ishigami;

    /// Success when x₀ > 0.6: the values do not overlap. When x₁ < 0.5 is needed too, of the failed runs a share
    /// 0.6/0.8 has x₀ ≤ 0.6 and no successful run has; and below 0.5 lie all successful and 0.3/0.8 of the failed.
    #[test]
    fn known_distances() {
        let design = sobol(Some(1), 1 << 12, 3).unwrap();
        let one: Vec<bool> = design.rows().map(|x| x[0] > 0.6).collect();
        let found = analyse(&design, &one).unwrap();
        assert_eq!((found[0].distance, found[0].side), (1.0, Some(Side::Higher)));
        assert!(found[0].p_value < 1e-100 && found[2].distance < 0.02 && found[2].p_value > 0.9);
        let both: Vec<bool> = design.rows().map(|x| x[0] > 0.6 && x[1] < 0.5).collect();
        let found = analyse(&design, &both).unwrap();
        assert!((found[0].distance - 0.75).abs() < 2e-3 && found[0].side == Some(Side::Higher), "{found:?}");
        assert!((found[1].distance - 0.625).abs() < 2e-3 && found[1].side == Some(Side::Lower), "{found:?}");
    }

    /// `stats.ks_2samp` and `special.kolmogorov` of scipy 1.17.1 on the same runs: success is an Ishigami value above 5.
    #[test]
    fn against_scipy() {
        let design = sobol(None, 1024, 3).unwrap();
        let success: Vec<bool> = design.rows().map(|u| ishigami(u) > 5.0).collect();
        let expected = [
            (0.3890143859231958, Side::Higher, 9.782190291879063e-32),
            (0.16632980620615861, Side::Higher, 3.775923207954048e-06),
            (0.03964020842984761, Side::Higher, 0.8482844830059149),
        ];
        for (found, (distance, side, p_value)) in analyse(&design, &success).unwrap().iter().zip(expected) {
            assert!((found.distance - distance).abs() < 1e-12, "{found:?} is not {distance}");
            assert_eq!(found.side, Some(side));
            assert!((found.p_value - p_value).abs() < 1e-9 * p_value, "{found:?} is not {p_value}");
        }
    }

    #[test]
    fn refusals() {
        let design = Matrix::zeros(3, 1).unwrap();
        let short = analyse(&design, &[true]);
        assert_eq!(short, Err(SensitivityError::RowCount { expected: 3, found: 1 }));
        let all = analyse(&design, &[true; 3]);
        assert_eq!(all, Err(SensitivityError::NoContrast { successes: 3, runs: 3 }));
        let same = analyse(&design, &[true, false, true]).unwrap();
        assert_eq!(same, [Separation { distance: 0.0, side: None, p_value: 1.0 }]);
    }
}
