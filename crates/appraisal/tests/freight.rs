//! The freight index: arithmetic of a published pair of figures. 1,023.2 points on 5 September 2025 were 6.8 % less than a
//! week before, which is 1,097.3 to 1,098.5 by the decimal that was printed.

use super::support::{graded, rules_of, units_for};
use lantu_appraisal::evaluate::prepare;
use lantu_appraisal::rules::{Confidence, RuleSet};

/// A week for each level of the composite: rates go up on some routes and down on others, and the mean is the level.
fn weeks(rules: &RuleSet, levels: &[f64]) -> String {
    let names: Vec<&str> = rules.items.iter().map(|item| item.id.trim_end_matches("_index")).collect();
    let columns: Vec<String> = names.iter().map(|name| format!("{name},{name}_base")).collect();
    let mut table = format!("id,{}\n", columns.join(","));
    for (week, level) in levels.iter().enumerate() {
        let cells = (0..names.len()).map(|at| {
            let base = 200.0 + 75.0 * at as f64;
            // Ten pairs that cancel out, and one route in between.
            let apart = (at as f64 - 10.0) * 0.03;
            format!("{},{base}", base * (level / 1000.0 + apart))
        });
        table += &format!("w{week},{}\n", cells.collect::<Vec<_>>().join(","));
    }
    table
}

#[test]
fn a_published_fall_of_6_8_per_cent() {
    let rules = rules_of("ncfi");
    assert_eq!(rules.items.len(), 21);
    let before = 1023.2 / (1.0 - 0.068);
    assert!((before - 1097.85_f64).abs() < 0.01);
    let found = graded(&rules, &units_for(&rules, &weeks(&rules, &[before, 1023.2, 1000.0])));
    assert_eq!(found.totals, [1097.9, 1023.2, 1000.0]);
    let fall = (found.totals[1] / found.totals[0] - 1.0) * 100.0;
    assert_eq!((fall * 10.0).round() / 10.0, -6.8);
}

#[test]
fn each_route_has_its_own_index() {
    let rules = rules_of("ncfi");
    let units = units_for(&rules, &weeks(&rules, &[1000.0]));
    let (prepared, _) = prepare(&rules, &units, &Default::default());
    let indices: Vec<f64> = prepared.scores.iter().map(|scores| scores[0]).collect();
    for (at, index) in indices.iter().enumerate() {
        let expected = 1000.0 + 30.0 * (at as f64 - 10.0);
        assert!((index - expected).abs() < 1e-9, "{index} is not {expected}");
    }
}

#[test]
fn a_week_without_a_route_has_no_composite() {
    let rules = rules_of("ncfi");
    let table = weeks(&rules, &[1000.0]);
    let (head, row) = table.trim_end().split_once('\n').unwrap();
    let mut cells: Vec<&str> = row.split(',').collect();
    cells[1] = "";
    let found = graded(&rules, &units_for(&rules, &format!("{head}\n{}\n", cells.join(","))));
    assert!(found.totals[0].is_nan());
}

#[test]
fn weights_are_no_official_ones() {
    let rules = rules_of("ncfi");
    for item in &rules.items {
        assert_eq!(rules.origin(item.weight.of(0).unwrap()).unwrap().0.confidence, Confidence::Assumed);
    }
}
