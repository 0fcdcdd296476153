//! Backtests of worlds whose truth is known.

use super::super::{CalibrationError, ErrorModel, Observation, Parameter, Problem, Scale, Spacing, unwatched};
use super::{Options, Split, backtest, hold_back, optimise, posterior, rolling};
use crate::random::Stream;

fn options() -> Options {
    Options {
        search: optimise::Options { starts: 2, generations: 60, ..optimise::Options::default() },
        sampling: posterior::Options { burn_in: 200, steps: 400, thin: 4, ..posterior::Options::default() },
        members: 500,
        ..Options::default()
    }
}

fn exact(series: usize, time: f64, value: f64) -> Observation {
    Observation::new(series, time, value, value, Scale::Absolute(0.5)).unwrap()
}

/// A line for each of 20 series, all with one level and slope, and Gaussian errors of the standard deviation stated.
fn lines() -> Vec<Observation> {
    let mut stream = Stream::new(5, 0);
    let mut seen = |series: usize, year: usize| {
        let error = ErrorModel::Gaussian.draw(&mut stream);
        exact(series, year as f64, 3.0 + 0.4 * year as f64 + 0.5 * error)
    };
    (0..20)
        .flat_map(|series| (0..15).map(move |year| (series, year)))
        .map(|(series, year)| seen(series, year))
        .collect()
}

fn parameters() -> [Parameter; 2] {
    ["level", "slope"].map(|name| Parameter::new(name, -10.0, 10.0, Spacing::Linear).unwrap())
}

#[test]
fn a_true_model_covers_what_it_says_and_beats_the_drift() {
    let (observations, parameters) = (lines(), parameters());
    let model = |rows: &[Vec<f64>]| {
        let run = |row: &Vec<f64>| observations.iter().map(|seen| row[0] + row[1] * seen.time()).collect();
        rows.iter().map(run).collect::<Vec<Vec<f64>>>()
    };
    let problem = Problem::new(&model, &parameters, &observations).unwrap();
    let split = hold_back(&observations, 5.0).unwrap();
    assert_eq!(split.origin, 9.0);
    let report = backtest(&problem, &[split], &options(), &unwatched).unwrap();
    assert_eq!((report.overall.points, report.overall.compared, report.series.len()), (100, 100, 20));
    // Binomial standard deviations at 100 points: 5, 4 and 2.2.
    for (covered, (level, sd)) in report.overall.covered.iter().zip([(50.0, 5.0), (80.0, 4.0), (95.0, 2.2)]) {
        assert!((*covered as f64 - level).abs() < 3.0 * sd, "{:?}", report.overall);
    }
    // The CRPS of a true standard normal is 1/√π on average, 0.564.
    assert!((report.overall.crps - 0.564).abs() < 0.12, "{:?}", report.overall);
    assert!(report.overall.skill.unwrap() > 0.3, "{:?}", report.overall);
    let mean_pit = report.points.iter().filter_map(|point| point.pit).sum::<f64>() / 100.0;
    assert!((mean_pit - 0.5).abs() < 0.1, "{mean_pit}");
    assert_eq!(report, backtest(&problem, &[split], &options(), &unwatched).unwrap());

    // Two years of twenty series from each of two origins.
    let report = backtest(&problem, &rolling(9.0, 2.0, 2, 2.0), &options(), &unwatched).unwrap();
    assert_eq!((report.trials.len(), report.overall.points), (2, 80));
    let years: Vec<f64> = report.points.iter().map(|point| observations[point.observation].time()).collect();
    assert!(report.points.iter().zip(years).all(|(p, year)| [[10.0, 11.0], [12.0, 13.0]][p.split].contains(&year)));
}

#[test]
fn an_interval_is_covered_when_touched_and_has_no_place() {
    let mut observations: Vec<Observation> = (0..6).map(|year| exact(0, year.into(), 2.0 * f64::from(year))).collect();
    let bound = |low, high| Observation::new(0, 6.0, low, high, Scale::Absolute(0.5)).unwrap();
    observations.extend([bound(5.0, f64::INFINITY), bound(100.0, f64::INFINITY)]);
    let model = |rows: &[Vec<f64>]| {
        let run = |row: &Vec<f64>| (0..8).map(|place| row[0] + row[1] * f64::from(place.min(6))).collect();
        rows.iter().map(run).collect::<Vec<Vec<f64>>>()
    };
    let parameters = parameters();
    let problem = Problem::new(&model, &parameters, &observations).unwrap();
    let report = backtest(&problem, &[Split { origin: 5.0, horizon: 1.0 }], &options(), &unwatched).unwrap();
    let [met, missed] = report.points.as_slice() else { panic!("{report:?}") };
    assert_eq!((met.covered, met.crps, met.naive_crps, met.pit), ([true; 3], 0.0, Some(0.0), None));
    // The drift is a straight line to 12 without spread: 88 short of the bound.
    assert_eq!((missed.covered, missed.naive_crps), ([false; 3], Some(88.0)));
    assert!((missed.crps - 88.0).abs() < 1.5, "{}", missed.crps);
}

#[test]
fn bad_input_is_an_answer() {
    let observations = [exact(0, 2020.0, 1.0), exact(0, 2021.0, 1.0)];
    let parameters = [Parameter::new("x", 0.0, 2.0, Spacing::Linear).unwrap()];
    let model = |rows: &[Vec<f64>]| rows.iter().map(|row| vec![row[0], f64::NAN]).collect::<Vec<_>>();
    let problem = Problem::new(&model, &parameters, &observations).unwrap();
    let run = |splits: &[Split]| backtest(&problem, splits, &options(), &unwatched);
    // All held back, nothing held back, and a forecast that is not a number.
    let all = hold_back(&observations, 5.0).unwrap();
    assert_eq!(run(&[all]).err(), Some(CalibrationError::NothingToFit { origin: 2016.0 }));
    assert_eq!(run(&rolling(2021.0, 1.0, 2, 1.0)).err(), Some(CalibrationError::NothingHeldBack { origin: 2021.0 }));
    assert_eq!(run(&rolling(2020.0, 1.0, 1, 1.0)).err(), Some(CalibrationError::NoFiniteRun));
    assert!(matches!(run(&[Split { origin: f64::NAN, horizon: 1.0 }]), Err(CalibrationError::NothingToFit { .. })));
    assert_eq!(run(&[]).unwrap().overall.points, 0);
    assert_eq!(hold_back(&[], 5.0), None);
    let few = Options { members: 1, ..options() };
    assert!(matches!(backtest(&problem, &[], &few, &unwatched), Err(CalibrationError::BadSetting { .. })));
}
