//! PRIM on boxes that are known.

use super::*;
use crate::sampling::sobol;

fn near(found: Option<f64>, expected: f64) -> bool {
    found.is_some_and(|found| (found - expected).abs() < 0.02)
}

/// Success when x₀ > 0.7 and x₁ < 0.4 and never elsewhere: the box is found, complete and pure.
#[test]
fn finds_a_known_box() {
    let design = sobol(Some(1), 4096, 4).unwrap();
    let success: Vec<bool> = design.rows().map(|x| x[0] > 0.7 && x[1] < 0.4).collect();
    let found = boxes(&design, &success, &Settings::default()).unwrap();
    let best = widest(&found, 0.98).unwrap();
    assert!(best.coverage > 0.97, "{best:?}");
    let [a, b] = best.restrictions[..] else { panic!("{best:?}") };
    assert!(a.parameter == 0 && near(a.low, 0.7) && a.high.is_none(), "{a:?}");
    assert!(b.parameter == 1 && near(b.high, 0.4) && b.low.is_none(), "{b:?}");
    assert!(a.p_value < 1e-50 && b.p_value < 1e-50);
    let first = &found[0];
    assert!(first.restrictions.is_empty() && first.coverage == 1.0 && first.mass == 1.0);
    assert!((first.density - 0.12).abs() < 0.002);
}

/// Every count told is the count of the runs within the limits told, and only pasting makes a box larger.
#[test]
fn counts_are_those_of_the_box() {
    let design = sobol(Some(3), 1000, 3).unwrap();
    let success: Vec<bool> = design.rows().map(|x| (x[0] - 0.5).abs() + (x[1] - 0.4).abs() < 0.3).collect();
    let found = boxes(&design, &success, &Settings { least_mass: 0.02, ..Settings::default() }).unwrap();
    assert!(found.len() > 20);
    for pair in found.windows(2) {
        assert_eq!(pair[1].pasted, pair[1].runs > pair[0].runs);
    }
    for found in &found {
        let inside = |row: &[f64]| {
            found.restrictions.iter().all(|r| {
                let x = row[r.parameter];
                r.low.is_none_or(|low| x >= low) && r.high.is_none_or(|high| x <= high)
            })
        };
        let runs = design.rows().filter(|row| inside(row)).count();
        let successes = design.rows().zip(&success).filter(|(row, met)| inside(row) && **met).count();
        assert_eq!((runs, successes), (found.runs, found.successes), "{found:?}");
        assert_eq!(found.density, successes as f64 / runs as f64);
    }
}

/// Four runs, the box x > 2.5 holds both successes of 2. Without it 2 of 4 succeed, so that two of two succeed with
/// chance 1/4.
#[test]
fn quasi_p_value_by_hand() {
    let design = Matrix::new(4, 1, vec![1.0, 2.0, 3.0, 4.0]).unwrap();
    let found = boxes(&design, &[false, false, true, true], &Settings::default()).unwrap();
    let last = found.last().unwrap();
    let [restriction] = last.restrictions[..] else { panic!("{last:?}") };
    assert_eq!((restriction.low, restriction.high), (Some(2.5), None));
    assert!((restriction.p_value - 0.25).abs() < 1e-14);
    assert_eq!((last.coverage, last.density, last.mass), (1.0, 1.0, 0.5));
}

#[test]
fn few_values_and_none_at_all() {
    // Two values of which one is the success, and a column that never changes.
    let design = Matrix::new(6, 2, [0.0, 5.0, 1.0, 5.0].repeat(3)).unwrap();
    let success = [false, true].repeat(3);
    let found = boxes(&design, &success, &Settings::default()).unwrap();
    let last = found.last().unwrap();
    assert_eq!((last.restrictions[0].low, last.density, last.coverage), (Some(0.5), 1.0, 1.0));
    assert_eq!(last.restrictions.len(), 1);
    // Nothing to cut.
    let still = Matrix::zeros(6, 2).unwrap();
    assert_eq!(boxes(&still, &success, &Settings::default()).unwrap().len(), 1);
    assert_eq!(widest(&found, 1.1), None);
}

#[test]
fn refusals() {
    let design = Matrix::zeros(2, 1).unwrap();
    let none = boxes(&design, &[false, false], &Settings::default());
    assert_eq!(none, Err(SensitivityError::NoContrast { successes: 0, runs: 2 }));
    let nan = Settings { peel: f64::NAN, ..Settings::default() };
    assert!(matches!(boxes(&design, &[true, false], &nan), Err(SensitivityError::Setting { what: "peel", .. })));
    let infinite = Matrix::new(2, 1, vec![0.0, f64::INFINITY]).unwrap();
    let expected = SensitivityError::NotFinite { of: "design", row: 1, column: 0 };
    assert_eq!(boxes(&infinite, &[true, false], &Settings::default()), Err(expected));
}
