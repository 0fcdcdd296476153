//! The SDG Index of 2023 from its published goals: 166 countries, to the digits printed. The five in
//! tests/appraisal/sdg/deviations.csv do not agree as the copy stands, for the reason given there; that is tested too.

use lantu_appraisal::units::{Column, Units};

use super::sheet::Sheet;
use super::support::{file, graded, rules_of, units_for};

const FOLDER: &str = "tests/appraisal/sdg";
/// One in the last digit printed: the goals are rounded to it as well.
const LAST_DIGIT: f64 = 1e-8;

/// Countries whose total is not the one published.
fn others(units: &Units) -> Vec<String> {
    let published = Sheet::open(&format!("{FOLDER}/goals_2023.csv"));
    let found = graded(&rules_of("un-sdg-2023"), units);
    assert_eq!((&published.rows, units.len()), (&units.ids, 166));
    let differs = |(code, total): (&String, &f64)| {
        let near = (total - published.number(code, "overall")).abs() <= LAST_DIGIT;
        (!near).then(|| code.clone())
    };
    let mut all: Vec<String> = units.ids.iter().zip(&found.totals).filter_map(differs).collect();
    all.sort();
    all
}

#[test]
fn every_published_total_but_those_listed() {
    let mut units = units_for(&rules_of("un-sdg-2023"), &file(&format!("{FOLDER}/goals_2023.csv")));
    let listed = Sheet::open(&format!("{FOLDER}/deviations.csv"));
    let mut wanted = listed.rows.clone();
    wanted.sort();
    assert_eq!(others(&units), wanted, "one that agrees has no place in the list");
    // What the list says: the blank is a zero.
    for code in &listed.rows {
        let row = units.row(code).unwrap();
        let Some(Column::Numbers(goal)) = units.columns.get_mut(listed.text(code, "goal")) else { panic!("{code}") };
        assert!(goal[row].is_nan());
        goal[row] = 0.0;
    }
    assert_eq!(others(&units), [""; 0]);
    // The copy has the countries in the published order.
    let ranks = graded(&rules_of("un-sdg-2023"), &units).ranks;
    assert_eq!(ranks, (1..=166).collect::<Vec<u32>>());
}
