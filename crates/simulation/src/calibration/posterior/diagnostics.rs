//! Whether the walkers agree and how much their draws are worth: split R-hat and effective sample size, as in Gelman et
//! al., Bayesian Data Analysis, 3rd edition, 11.4 and 11.5, with the stopping rule of Geyer 1992 that Stan uses.

/// Mean, and variance with divisor n − 1; NaN when there are too few values.
pub(super) fn mean_and_variance(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (mean, squares / (count - 1.0))
}

/// Each chain in two halves of equal length, so that a drift shows as a difference; `None` when a half has fewer than 2
/// draws. An odd draw in the middle is left out.
fn halves(chains: &[Vec<f64>]) -> Option<Vec<&[f64]>> {
    let length = chains.iter().map(Vec::len).min()?;
    let half = length / 2;
    if half < 2 {
        return None;
    }
    chains.iter().flat_map(|chain| [chain.get(..half), chain.get(length - half..length)]).collect()
}

/// The pieces shared by both measures.
struct Variances {
    /// Mean of the chains' own variances, W.
    within: f64,
    /// Estimate of the whole variance, (n − 1)/n·W + B/n.
    whole: f64,
}

fn variances(chains: &[&[f64]]) -> Variances {
    let length = chains.first().map_or(0, |chain| chain.len()) as f64;
    let (means, own): (Vec<f64>, Vec<f64>) = chains.iter().map(|chain| mean_and_variance(chain)).unzip();
    let within = own.iter().sum::<f64>() / own.len() as f64;
    let between = mean_and_variance(&means).1;
    Variances { within, whole: (length - 1.0) / length * within + between }
}

/// Split R-hat of chains of one quantity. NaN with fewer than 4 draws a chain or when all are equal, infinite when only the
/// chains differ.
#[must_use]
pub fn r_hat(chains: &[Vec<f64>]) -> f64 {
    let Some(chains) = halves(chains) else { return f64::NAN };
    let Variances { within, whole } = variances(&chains);
    libm::sqrt(whole / within)
}

/// Effective sample size for the mean, from the autocorrelations of all split chains together, summed in pairs until a
/// pair is negative, the pairs made to fall. NaN with fewer than 4 draws a chain or when all are equal.
#[must_use]
pub fn effective_size(chains: &[Vec<f64>]) -> f64 {
    let Some(chains) = halves(chains) else { return f64::NAN };
    let Variances { within, whole } = variances(&chains);
    let length = chains.first().map_or(0, |chain| chain.len());
    let total = (length * chains.len()) as f64;
    let means: Vec<f64> = chains.iter().map(|chain| mean_and_variance(chain).0).collect();
    let correlation = |lag: usize| {
        let covariance = |(chain, mean): (&&[f64], &f64)| {
            let later = chain.iter().skip(lag);
            chain.iter().zip(later).map(|(now, later)| (now - mean) * (later - mean)).sum::<f64>() / length as f64
        };
        let covariance = chains.iter().zip(&means).map(covariance).sum::<f64>() / chains.len() as f64;
        if lag == 0 { 1.0 } else { 1.0 - (within - covariance) / whole }
    };
    if whole.is_nan() || whole <= 0.0 {
        return f64::NAN;
    }
    let (mut sum, mut least) = (0.0, f64::INFINITY);
    for lag in (0..length.saturating_sub(1)).step_by(2) {
        let (even, odd) = (correlation(lag), correlation(lag + 1));
        if even + odd <= 0.0 {
            // Stan counts the last even term once, for chains that swing.
            sum += even.max(0.0) / 2.0;
            break;
        }
        least = least.min(even + odd);
        sum += least;
    }
    let time = 2.0 * sum - 1.0;
    // Chains that swing may be worth more than their length; Stan's bound keeps that finite.
    total / time.max(1.0 / libm::log10(total))
}

#[cfg(test)]
mod tests {
    use super::{effective_size, r_hat};

    /// An autoregression on the noise of a linear congruential generator, the same in any language.
    fn chain(seed: u64, phi: f64) -> Vec<f64> {
        let (mut state, mut value) = (seed, 0.0);
        let mut next = || {
            state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
            value = phi * value + state as f64 / 2_147_483_648.0 - 0.5;
            value
        };
        (0..201).map(|_| next()).collect()
    }

    /// arviz 0.23.4: `rhat(method="split")` and `ess(method="mean")` of four such chains, seeds 1 to 4.
    #[test]
    fn as_arviz_has_them() {
        for (phi, expected_r_hat, expected_size) in [
            (0.0, 0.997_155_304_836_616_4, 774.252_940_566_278),
            (0.8, 1.013_585_208_947_299_4, 135.986_655_612_351_7),
            (-0.5, 0.995_711_320_793_480_3, 2_322.471_989_593_555),
        ] {
            let chains: Vec<Vec<f64>> = (1..=4).map(|seed| chain(seed, phi)).collect();
            assert!((r_hat(&chains) - expected_r_hat).abs() < 1e-10, "{phi}: {}", r_hat(&chains));
            assert!((effective_size(&chains) / expected_size - 1.0).abs() < 1e-9, "{phi}: {}", effective_size(&chains));
        }
    }

    #[test]
    fn too_little_is_not_a_number() {
        for chains in [vec![], vec![vec![]], vec![vec![1.0, 2.0, 3.0]], vec![vec![5.0; 10]; 3]] {
            assert!(r_hat(&chains).is_nan() && effective_size(&chains).is_nan(), "{chains:?}");
        }
    }
}
