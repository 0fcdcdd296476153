//! Posteriors that are known in closed form.

use std::ops::ControlFlow;

use super::super::{CalibrationError, ErrorModel, Noise, Observation, Parameter, Problem, Scale, Spacing, unwatched};
use super::diagnostics::mean_and_variance;
use super::{Draw, Options, Posterior, explore, sample};

const GAUSSIAN: Noise = Noise { errors: ErrorModel::Gaussian, factor: None };

fn line_parameters() -> [Parameter; 2] {
    ["level", "slope"].map(|name| Parameter::new(name, -10.0, 10.0, Spacing::Linear).unwrap())
}

fn line(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    rows.iter().map(|row| (0..8).map(|t| row[0] + row[1] * f64::from(t)).collect()).collect()
}

/// y = 1 + 0.5 t with made-up errors.
const SEEN: [f64; 8] = [1.3, 1.2, 2.3, 2.1, 3.4, 3.3, 3.7, 4.9];

fn line_observations(sd: f64) -> Vec<Observation> {
    let seen = |(t, y): (usize, &f64)| Observation::new(0, t as f64, *y, *y, Scale::Absolute(sd)).unwrap();
    SEEN.iter().enumerate().map(seen).collect()
}

/// Least squares: estimates, the entries of (XᵀX)⁻¹ (level, slope, both), and the residual sum of squares.
fn least_squares() -> ([f64; 2], [f64; 3], f64) {
    let times: Vec<f64> = (0..8).map(f64::from).collect();
    let (n, sum, squares) = (8.0, times.iter().sum::<f64>(), times.iter().map(|t| t * t).sum::<f64>());
    let determinant = n * squares - sum * sum;
    let (y, ty) = (SEEN.iter().sum::<f64>(), SEEN.iter().zip(&times).map(|(y, t)| y * t).sum::<f64>());
    let (level, slope) = ((squares * y - sum * ty) / determinant, (n * ty - sum * y) / determinant);
    let residuals = SEEN.iter().zip(&times).map(|(y, t)| (y - level - slope * t).powi(2)).sum();
    ([level, slope], [squares / determinant, n / determinant, -sum / determinant], residuals)
}

fn moments(posterior: &Posterior, of: impl Fn(&Draw) -> f64) -> (f64, f64) {
    mean_and_variance(&posterior.draws.iter().map(of).collect::<Vec<_>>())
}

#[test]
fn a_correlated_gaussian_has_its_mean_and_covariance() {
    let (mean, sd, rho) = ([0.4, 0.6], [0.01, 0.08], 0.9);
    let log_density = |points: &[Vec<f64>]| {
        let z = |p: &Vec<f64>| ((p[0] - mean[0]) / sd[0], (p[1] - mean[1]) / sd[1]);
        points.iter().map(z).map(|(a, b)| -(a * a - 2.0 * rho * a * b + b * b) / (2.0 - 2.0 * rho * rho)).collect()
    };
    let chains = explore(&log_density, 2, &[], &Options::default(), &unwatched).unwrap();
    let points: Vec<&Vec<f64>> = chains.walkers.iter().flatten().map(|(point, _)| point).collect();
    let column = |place: usize| points.iter().map(|point| point[place]).collect::<Vec<f64>>();
    for place in 0..2 {
        let (found, variance) = mean_and_variance(&column(place));
        assert!((found - mean[place]).abs() < 0.06 * sd[place], "{found}");
        assert!((variance.sqrt() / sd[place] - 1.0).abs() < 0.05, "{variance}");
    }
    let product = points.iter().map(|p| (p[0] - mean[0]) * (p[1] - mean[1])).sum::<f64>() / points.len() as f64;
    assert!((product / (sd[0] * sd[1]) - rho).abs() < 0.05, "{product}");
    assert!(chains.acceptance > 0.2 && chains.acceptance < 0.9, "{}", chains.acceptance);
}

#[test]
fn a_line_has_the_posterior_of_least_squares() {
    let (parameters, observations) = (line_parameters(), line_observations(0.4));
    let problem = Problem::new(&line, &parameters, &observations).unwrap();
    let posterior = sample(&problem, GAUSSIAN, &[], &Options::default(), &unwatched).unwrap();
    // Flat prior, known sd: normal with mean the estimate and covariance sd²(XᵀX)⁻¹.
    let (estimate, inverse, _) = least_squares();
    for place in 0..2 {
        let (summary, sd) = (&posterior.summaries[place], 0.4 * inverse[place].sqrt());
        assert!((summary.mean - estimate[place]).abs() < 0.08 * sd, "{summary:?}");
        assert!((summary.sd / sd - 1.0).abs() < 0.05, "{summary:?} {sd}");
        assert!(summary.r_hat < 1.05 && summary.effective > 1_000.0, "{summary:?}");
    }
    let both = moments(&posterior, |d| (d.values[0] - estimate[0]) * (d.values[1] - estimate[1])).0;
    assert!((both / (0.16 * inverse[2]) - 1.0).abs() < 0.08, "{both}");
    assert_eq!(posterior, sample(&problem, GAUSSIAN, &[], &Options::default(), &unwatched).unwrap());
}

#[test]
fn an_unknown_error_has_the_posterior_of_the_residuals() {
    // sd 1, so that the factor is the standard deviation itself.
    let (parameters, observations) = (line_parameters(), line_observations(1.0));
    let problem = Problem::new(&line, &parameters, &observations).unwrap();
    let noise = Noise { factor: Some((0.01, 100.0)), ..GAUSSIAN };
    let start = vec![vec![1.0, 0.5]];
    let options = Options { steps: 10_000, ..Options::default() };
    let posterior = sample(&problem, noise, &start, &options, &unwatched).unwrap();
    // Prior 1/σ: 1/σ² is gamma with mean (n − p)/RSS (Gelman et al., Bayesian Data Analysis, 14.2).
    let (estimate, _, residuals) = least_squares();
    let precision = moments(&posterior, |draw| draw.noise.powi(-2)).0;
    assert!((precision * residuals / 6.0 - 1.0).abs() < 0.03, "{precision}");
    let variance = moments(&posterior, |draw| draw.noise.powi(2)).0;
    assert!((variance / (residuals / 4.0) - 1.0).abs() < 0.08, "{variance}");
    assert!((posterior.summaries[1].mean - estimate[1]).abs() < 0.01);
    assert_eq!(posterior.summaries[2].name, None);
}

#[test]
fn a_lower_bound_alone_gives_the_normal_distribution_function() {
    let parameters = [Parameter::new("x", 0.0, 10.0, Spacing::Linear).unwrap()];
    let observations = [Observation::new(0, 0.0, 6.0, f64::INFINITY, Scale::Absolute(1.0)).unwrap()];
    let model = |rows: &[Vec<f64>]| rows.to_vec();
    let problem = Problem::new(&model, &parameters, &observations).unwrap();
    let posterior = sample(&problem, GAUSSIAN, &[], &Options::default(), &unwatched).unwrap();
    // Density ∝ Φ(x − 6) on [0, 10]; ∫Φ(z) = zΦ + φ and ∫zΦ(z) = (z²Φ − Φ + zφ)/2, here from −6 to 4:
    // 4.0000071 and 7.5000301, so the mean is 7.8750042 (mpmath 1.4.1 by quadrature says the same).
    assert!((posterior.summaries[0].mean - 7.875).abs() < 0.05, "{:?}", posterior.summaries[0]);
}

#[test]
fn where_the_model_breaks_nothing_is_drawn() {
    let parameters = [Parameter::new("x", 0.0, 10.0, Spacing::Linear).unwrap()];
    let observations = [Observation::new(0, 0.0, 5.0, 5.0, Scale::Absolute(1.0)).unwrap()];
    let model = |rows: &[Vec<f64>]| rows.iter().map(|row| vec![libm::sqrt(row[0] - 5.0) + 5.0]).collect::<Vec<_>>();
    let problem = Problem::new(&model, &parameters, &observations).unwrap();
    let options = Options { burn_in: 0, steps: 50, thin: 1, ..Options::default() };
    let posterior = sample(&problem, GAUSSIAN, &[], &options, &unwatched).unwrap();
    assert!(posterior.draws.iter().all(|draw| draw.values[0] >= 5.0 && draw.log_posterior.is_finite()));
}

#[test]
fn bad_input_is_an_answer() {
    let (parameters, observations) = (line_parameters(), line_observations(1.0));
    let broken = |rows: &[Vec<f64>]| vec![vec![f64::NAN; 8]; rows.len()];
    let problem = Problem::new(&broken, &parameters, &observations).unwrap();
    let short = Options { burn_in: 5, steps: 5, thin: 1, ..Options::default() };
    let run = |options: Options| sample(&problem, GAUSSIAN, &[], &options, &unwatched).err();
    assert_eq!(run(short), Some(CalibrationError::NoFiniteRun));
    assert_eq!(
        run(Options { walkers: 2, ..short }),
        Some(CalibrationError::TooFewWalkers { walkers: 2, dimensions: 2 })
    );
    for options in [
        Options { thin: 0, ..short },
        Options { steps: 0, ..short },
        Options { ensembles: 0, ..short },
        Options { ensembles: usize::MAX, ..short },
    ] {
        assert!(matches!(run(options), Some(CalibrationError::BadSetting { .. })));
    }
    let starts = [vec![1.0]];
    let error = sample(&problem, GAUSSIAN, &starts, &short, &unwatched).err();
    assert_eq!(error, Some(CalibrationError::BadStart { given: 1, needed: 2 }));
    let noise = Noise { factor: Some((0.0, 1.0)), ..GAUSSIAN };
    assert!(matches!(sample(&problem, noise, &[], &short, &unwatched), Err(CalibrationError::BadSetting { .. })));
    let stopped = sample(&problem, GAUSSIAN, &[], &short, &|_| ControlFlow::Break(()));
    assert_eq!(stopped.err(), Some(CalibrationError::Cancelled));
}
