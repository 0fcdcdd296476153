//! Functions with known minima, and curves with known parameters.

use std::ops::ControlFlow;

use super::super::{CalibrationError, Loss, Observation, Parameter, Problem, Scale, Spacing, unwatched};
use super::{Options, Stop, fit, minimise};

/// Ends of a function over `[low, high]^dimensions`, mapped to that box.
fn ends(f: fn(&[f64]) -> f64, dimensions: usize, (low, high): (f64, f64), options: &Options) -> Vec<(Vec<f64>, f64)> {
    let place = |unit: &Vec<f64>| unit.iter().map(|u| low + u * (high - low)).collect::<Vec<f64>>();
    let evaluate = |points: &[Vec<f64>]| points.iter().map(|point| f(&place(point))).collect();
    let ends = minimise(&evaluate, dimensions, options, &unwatched).unwrap();
    ends.iter().map(|end| (place(&end.point), end.loss)).collect()
}

fn rosenbrock(x: &[f64]) -> f64 {
    x.windows(2).map(|pair| 100.0 * (pair[1] - pair[0] * pair[0]).powi(2) + (1.0 - pair[0]).powi(2)).sum()
}

fn rastrigin(x: &[f64]) -> f64 {
    x.iter().map(|x| x * x - 10.0 * (2.0 * std::f64::consts::PI * x).cos() + 10.0).sum()
}

fn powell(x: &[f64]) -> f64 {
    (x[0] + 10.0 * x[1]).powi(2)
        + 5.0 * (x[2] - x[3]).powi(2)
        + (x[1] - 2.0 * x[2]).powi(4)
        + 10.0 * (x[0] - x[3]).powi(4)
}

#[test]
fn rosenbrock_ends_at_one() {
    for (point, loss) in ends(rosenbrock, 2, (-5.0, 10.0), &Options::default()) {
        assert!(loss < 1e-12 && point.iter().all(|x| (x - 1.0).abs() < 1e-5), "{point:?} {loss}");
    }
    // In five dimensions there is a second, local minimum (Shang & Qiu 2006), so only the best is asked for.
    let five = ends(rosenbrock, 5, (-5.0, 10.0), &Options::default());
    let best = five.iter().map(|end| end.1).fold(f64::INFINITY, f64::min);
    assert!(best < 1e-10, "{best}");
}

#[test]
fn rastrigin_ends_at_nought() {
    for dimensions in [1, 2, 3] {
        let all = ends(rastrigin, dimensions, (-5.12, 5.12), &Options::default());
        let agreeing = all.iter().filter(|(_, loss)| *loss < 1e-9).count();
        assert!(agreeing > all.len() / 2, "{dimensions} dimensions: {all:?}");
    }
}

#[test]
fn powell_singular_ends_at_nought() {
    for (point, loss) in ends(powell, 4, (-4.0, 5.0), &Options::default()) {
        // The Hessian is singular at the minimum: the loss is flat to the fourth power.
        assert!(loss < 1e-9 && point.iter().all(|x| x.abs() < 1e-2), "{point:?} {loss}");
    }
}

#[test]
fn a_minimum_on_a_corner_is_reached() {
    for (point, _) in ends(|x| x.iter().sum(), 3, (2.0, 3.0), &Options::default()) {
        assert!(point.iter().all(|x| *x >= 2.0 && *x < 2.0 + 1e-8), "{point:?}");
    }
}

fn parameter(name: &str, low: f64, high: f64, spacing: Spacing) -> Parameter {
    Parameter::new(name, low, high, spacing).unwrap()
}

#[test]
fn a_logistic_curve_gives_its_parameters_back_despite_a_wild_value() {
    let curve = |row: &[f64], t: f64| row[0] / (1.0 + (-row[1] * (t - row[2])).exp());
    let truth = [800.0, 0.35, 12.0];
    let observed = |t: usize| {
        let wild = if t == 9 { 500.0 } else { 0.0 };
        let value = curve(&truth, t as f64) + wild;
        Observation::new(0, t as f64, value, value, Scale::Absolute(5.0)).unwrap()
    };
    let observations: Vec<Observation> = (0..25).map(observed).collect();
    let model = |rows: &[Vec<f64>]| {
        rows.iter().map(|row| (0..25).map(|t| curve(row, f64::from(t))).collect()).collect::<Vec<Vec<f64>>>()
    };
    let parameters = [
        parameter("capacity", 10.0, 1e5, Spacing::Log),
        parameter("rate", 0.01, 2.0, Spacing::Log),
        parameter("midpoint", 0.0, 30.0, Spacing::Linear),
    ];
    let problem = Problem::new(&model, &parameters, &observations).unwrap();
    let best = fit(&problem, Loss::Absolute, &Options::default(), &unwatched).unwrap();
    for (found, truth) in best.best.iter().zip(truth) {
        assert!((found / truth - 1.0).abs() < 1e-5, "{best:?}");
    }
    assert!(best.near_best(1e-3).count() >= 6, "{best:?}");
    // Twice the same, to the last bit.
    assert_eq!(best, fit(&problem, Loss::Absolute, &Options::default(), &unwatched).unwrap());
}

#[test]
fn lower_bounds_alone_are_met_at_no_cost() {
    let observed =
        |t: i32| Observation::new(0, t.into(), f64::from(t).exp(), f64::INFINITY, Scale::Relative(0.1)).unwrap();
    let observations: Vec<Observation> = (0..5).map(observed).collect();
    let model = |rows: &[Vec<f64>]| {
        rows.iter().map(|row| (0..5).map(|t| (row[0] * f64::from(t)).exp()).collect()).collect::<Vec<Vec<f64>>>()
    };
    let parameters = [parameter("growth", 0.0, 3.0, Spacing::Linear)];
    let problem = Problem::new(&model, &parameters, &observations).unwrap();
    let best = fit(&problem, Loss::Squared, &Options::default(), &unwatched).unwrap();
    assert!(best.loss == 0.0 && best.best[0] >= 1.0, "{best:?}");
}

#[test]
fn nothing_hangs_and_nothing_crashes() {
    let parameters = [parameter("x", 0.0, 1.0, Spacing::Linear)];
    let observations = [Observation::new(0, 0.0, 0.3, 0.3, Scale::Absolute(1.0)).unwrap()];
    let broken = |rows: &[Vec<f64>]| vec![vec![f64::NAN]; rows.len()];
    let problem = Problem::new(&broken, &parameters, &observations).unwrap();
    assert_eq!(fit(&problem, Loss::Squared, &Options::default(), &unwatched), Err(CalibrationError::NoFiniteRun));

    let model = |rows: &[Vec<f64>]| rows.to_vec();
    let problem = Problem::new(&model, &parameters, &observations).unwrap();
    let run = |options: Options| fit(&problem, Loss::Squared, &options, &unwatched);
    assert!((run(Options::default()).unwrap().best[0] - 0.3).abs() < 1e-6);
    assert_eq!(run(Options { evaluations: 0, ..Options::default() }), Err(CalibrationError::NoFiniteRun));
    let short = run(Options { evaluations: 400, ..Options::default() }).unwrap();
    assert!(short.ends.iter().any(|end| end.stop == Stop::Budget), "{short:?}");
    for options in [
        Options { starts: 0, ..Options::default() },
        Options { starts: usize::MAX, ..Options::default() },
        Options { population: 3, ..Options::default() },
        Options { tolerance: f64::NAN, ..Options::default() },
    ] {
        assert!(matches!(run(options), Err(CalibrationError::BadSetting { .. })));
    }
    let stopped = fit(&problem, Loss::Squared, &Options::default(), &|_| ControlFlow::Break(()));
    assert_eq!(stopped, Err(CalibrationError::Cancelled));
}
