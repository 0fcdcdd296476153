//! ASEM Sustainable Connectivity: 51 countries, 49 items, every stage on the way to the index against the object `ASEM_COIN` that
//! COINr holds for its own tests (tests/appraisal/README.md).

use lantu_appraisal::evaluate::{Appraisal, Context, Prepared, Treated, prepare};

use super::sheet::Sheet;
use super::support::{file, rules_of, units_for};

const FOLDER: &str = "tests/appraisal/asem";
/// Relative. The files have 15 digits.
const NEAR: f64 = 1e-13;

fn with(look: impl FnOnce(&Prepared<'_>, &Appraisal)) {
    let rules = rules_of("asem-2018");
    let units = units_for(&rules, &file(&format!("{FOLDER}/units.csv")));
    assert_eq!((units.len(), rules.items.len()), (51, 49));
    let (prepared, problems) = prepare(&rules, &units, &Context::default());
    assert!(problems.is_empty(), "{problems:#?}");
    look(&prepared, &prepared.appraise(&prepared.weights, &[]));
}

fn expected(name: &str) -> Sheet {
    Sheet::open(&format!("{FOLDER}/{name}.csv"))
}

/// A column of results under the name that COINr has for it.
fn hold(stage: &Sheet, name: &str, codes: &[String], found: &[f64]) {
    assert_eq!((&stage.rows[..], found.len()), (codes, codes.len()));
    for (code, found) in codes.iter().zip(found) {
        let wanted = stage.number(code, name);
        let near = (found - wanted).abs() <= NEAR * wanted.abs() || (found.is_nan() && wanted.is_nan());
        assert!(near, "{code}, {name}: {found} is not {wanted}");
    }
}

#[test]
fn denominated_imputed_treated_normalised() {
    let names = ["denominated", "imputed", "treated", "aggregated"];
    let [denominated, imputed, treated, normalised] = names.map(expected);
    with(|prepared, _| {
        let codes = &prepared.units.ids;
        let mut filled = 0;
        for (at, item) in prepared.rules.items.iter().enumerate() {
            let (values, columns) = (&prepared.values[at], &prepared.items[at]);
            filled += values.iter().filter(|value| value.is_nan()).count();
            hold(&denominated, &item.id, codes, values);
            hold(&imputed, &item.id, codes, columns.imputed.as_ref().unwrap_or(values));
            let scored: Vec<f64> = (0..codes.len()).map(|row| prepared.scored(at, row)).collect();
            hold(&treated, &item.id, codes, &scored);
            hold(&normalised, &item.id, codes, &prepared.scores[at]);
        }
        // `ASEM_COIN$Analysis$Imputed$NImputed`.
        assert_eq!(filled, 65);
    });
}

#[test]
fn points_drawn_in() {
    let points = expected("treated_points");
    with(|prepared, _| {
        for (item, columns) in prepared.rules.items.iter().zip(&prepared.items) {
            let (low, high) = match columns.treatment {
                Treated::Untouched => (0, 0),
                Treated::DrawnIn { low, high } => (low, high),
                Treated::Transformed(_) => panic!("{} was transformed", item.id),
            };
            let wanted = (points.number(&item.id, "low"), points.number(&item.id, "high"));
            assert_eq!((low as f64, high as f64), wanted, "{}", item.id);
        }
    });
}

#[test]
fn dimensions_scores_and_ranks() {
    let names = ["aggregated", "results_scores", "results_ranks"];
    let [aggregated, scores, ranks] = names.map(expected);
    with(|prepared, found| {
        let codes = &prepared.units.ids;
        for (dimension, column) in prepared.rules.dimensions.iter().zip(&found.dimensions) {
            let name = if dimension.id == "total" { "Index" } else { dimension.id.as_str() };
            hold(&aggregated, name, codes, column);
            // Printed with two decimals, and ranked as printed: two dimensions have countries that share a place by that.
            let printed: Vec<f64> = column.iter().map(|score| (score * 100.0).round()).collect();
            for (code, score) in codes.iter().zip(&printed) {
                assert_eq!(*score, (scores.number(code, name) * 100.0).round(), "{code}, {name}");
                let rank = 1 + printed.iter().filter(|other| *other > score).count();
                assert_eq!(rank as f64, ranks.number(code, name), "{code}, {name}");
            }
        }
        for (code, rank) in codes.iter().zip(&found.ranks) {
            assert_eq!(f64::from(*rank), ranks.number(code, "Index"), "{code}");
        }
        assert_eq!((scores.rows.len(), ranks.rows.len()), (51, 51));
    });
}
