//! How good a forecast with a spread was: CRPS, bands, and where the truth fell in the ensemble.
//!
//! The continuous ranked probability score (Gneiting & Raftery 2007) is in the unit of the quantity; lower is better, and
//! for a forecast without spread it is the absolute error.

use std::f64::consts::{FRAC_1_SQRT_2, PI, SQRT_2};

/// How the spread of an ensemble of `M` counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Estimator {
    /// The ensemble is the forecast: mean distance between members with divisor `M²` (Gneiting & Raftery 2007, eq. 21).
    Empirical,
    /// The ensemble is a sample of the forecast: divisor `M(M − 1)`, which does not punish small ensembles (Ferro 2014).
    Fair,
}

/// CRPS of an ensemble: `mean |xᵢ − truth| − ½ mean |xᵢ − xⱼ|`. NaN for no members, for one with [`Estimator::Fair`], and
/// when a member is not finite.
#[must_use]
pub fn crps_ensemble(members: &[f64], truth: f64, estimator: Estimator) -> f64 {
    let sorted = sorted(members);
    let count = sorted.len() as f64;
    let distance = sorted.iter().map(|member| (member - truth).abs()).sum::<f64>() / count;
    // Σ |xᵢ − xⱼ| over pairs i < j of the sorted members, where the k-th counts 2k − M + 1 times. Measured from the truth,
    // so that large values do not cancel.
    let counted = |(rank, member): (usize, &f64)| (2.0 * rank as f64 - count + 1.0) * (member - truth);
    let pairs: f64 = sorted.iter().enumerate().map(counted).sum();
    let divisor = match estimator {
        Estimator::Empirical => count * count,
        Estimator::Fair => count * (count - 1.0),
    };
    distance - pairs / divisor
}

/// CRPS of a normal forecast (Gneiting & Raftery 2007, eq. 5 with the sign turned); the absolute error when `sd` is 0.
#[must_use]
pub fn crps_normal(mean: f64, sd: f64, truth: f64) -> f64 {
    crps_normal_interval(mean, sd, truth, truth)
}

/// CRPS of a normal forecast when the truth is only known to lie in `[low, high]`, either end may be infinite: what lies
/// inside costs nothing. It is the threshold-weighted CRPS `∫ (F(x) − 1{x ≥ truth})² w(x) dx` with weight 0 inside and 1
/// outside (Gneiting & Ranjan 2011), the same as the CRPS of the signed distance to the interval.
#[must_use]
pub fn crps_normal_interval(mean: f64, sd: f64, low: f64, high: f64) -> f64 {
    if sd == 0.0 {
        return (low - mean).max(mean - high).max(0.0);
    }
    let below = if low.is_infinite() { 0.0 } else { squared_tail((low - mean) / sd) };
    let above = if high.is_infinite() { 0.0 } else { squared_tail((mean - high) / sd) };
    sd * (below + above)
}

/// `∫ Φ(x)² dx` from −∞ to `z`, which is `zΦ(z)² + 2φ(z)Φ(z) − Φ(√2·z)/√π`.
fn squared_tail(z: f64) -> f64 {
    let below = |z: f64| libm::erfc(-z * FRAC_1_SQRT_2) / 2.0;
    let density = libm::exp(-z * z / 2.0) / libm::sqrt(2.0 * PI);
    let tail = below(z);
    z * tail * tail + 2.0 * density * tail - below(SQRT_2 * z) / libm::sqrt(PI)
}

/// The central band that holds this share of the ensemble, `share` in (0, 1): quantiles `(1 ∓ share)/2`, with straight
/// lines between members (type 7 of Hyndman & Fan 1996). NaN for no members.
#[must_use]
pub fn central_band(members: &[f64], share: f64) -> (f64, f64) {
    let sorted = sorted(members);
    (quantile(&sorted, (1.0 - share) / 2.0), quantile(&sorted, (1.0 + share) / 2.0))
}

/// Where the truth fell in the ensemble: the share of members below it, ties counted half (the probability integral
/// transform). Over many good forecasts it is uniform on [0, 1]. NaN for no members.
#[must_use]
pub fn pit(members: &[f64], truth: f64) -> f64 {
    let below = members.iter().filter(|member| **member < truth).count() as f64;
    let equal = members.iter().filter(|member| **member == truth).count() as f64;
    (below + equal / 2.0) / members.len() as f64
}

fn sorted(members: &[f64]) -> Vec<f64> {
    let mut sorted = members.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share.clamp(0.0, 1.0) * sorted.len().saturating_sub(1) as f64;
    let from = libm::floor(place) as usize;
    match (sorted.get(from), sorted.get(from + 1)) {
        (Some(low), Some(high)) => low + (place - libm::floor(place)) * (high - low),
        (Some(last), None) => *last,
        (None, _) => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::{Estimator, central_band, crps_ensemble, crps_normal, crps_normal_interval, pit};

    const MEMBERS: [f64; 7] = [0.3, -1.2, 2.5, 0.9, 1.1, -0.4, 3.2];

    fn close(got: f64, expected: f64) {
        assert!((got - expected).abs() < 1e-13, "{got} {expected}");
    }

    /// properscoring 0.1 `crps_ensemble` (empirical) and scoringrules 0.10.0 `crps_ensemble(estimator="fair")`.
    #[test]
    fn ensembles_as_properscoring_and_scoringrules_have_them() {
        for (truth, empirical, fair) in [
            (0.5, 0.406_122_448_979_591_7, 0.271_428_571_428_571_1),
            (-3.0, 3.106_122_448_979_591_8, 2.971_428_571_428_571_4),
            (2.5, 0.977_551_020_408_163_3, 0.842_857_142_857_142_7),
        ] {
            close(crps_ensemble(&MEMBERS, truth, Estimator::Empirical), empirical);
            close(crps_ensemble(&MEMBERS, truth, Estimator::Fair), fair);
        }
        assert_eq!(crps_ensemble(&[4.0], 1.0, Estimator::Empirical), 3.0);
        assert!(crps_ensemble(&[4.0], 1.0, Estimator::Fair).is_nan());
        assert!(crps_ensemble(&[], 1.0, Estimator::Fair).is_nan());
    }

    /// properscoring 0.1 `crps_gaussian` and scoringrules 0.10.0 `crps_normal`, which agree.
    #[test]
    fn normals_as_properscoring_has_them() {
        close(crps_normal(0.0, 1.0, 0.5), 0.331_403_531_254_855_8);
        close(crps_normal(1.0, 2.0, -3.0), 2.905_583_643_371_806_5);
        close(crps_normal(9.9, 0.1, 10.0), 0.060_244_135_762_761_386);
        assert_eq!(crps_normal(1.0, 0.0, 3.5), 2.5);
    }

    /// mpmath 1.4.1, `quad` of `F²` below the interval and `(1 − F)²` above it, normal with mean 0.5 and sd 1.5.
    #[test]
    fn intervals_as_quadrature_has_them() {
        let inf = f64::INFINITY;
        for (low, high, expected) in [
            (1.0, 2.0, 0.346_947_610_826_271_7),
            (-1.0, 4.0, 0.010_878_192_458_041_55),
            (3.0, inf, 1.712_438_110_066_455),
            (-inf, -1.0, 0.892_809_421_202_386_6),
        ] {
            close(crps_normal_interval(0.5, 1.5, low, high), expected);
        }
    }

    #[test]
    fn bands_and_places() {
        let members: Vec<f64> = (0..=100).map(f64::from).collect();
        assert_eq!(central_band(&members, 0.5), (25.0, 75.0));
        assert_eq!(central_band(&[1.0, 2.0], 0.5), (1.25, 1.75));
        assert!(central_band(&[], 0.5).0.is_nan());
        assert_eq!(pit(&MEMBERS, 0.3), 2.5 / 7.0);
    }
}
