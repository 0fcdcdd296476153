//! Fenghua's surcharge on electricity, as its notice states it: 0.1, 0.3 and 0.5 yuan per kWh by years in class D.

use super::support::{class, graded, rules_of, units_for};
use lantu_appraisal::evaluate::{Context, History, Outcome, appraise};
use lantu_appraisal::rules::RuleSet;

const HEAD: &str = "id,class,other_yuan_per_kwh,exempt\n";

fn year(rows: &[(&str, &str)]) -> History {
    History { classes: rows.iter().map(|(id, class)| ((*id).to_owned(), (*class).to_owned())).collect() }
}

fn surcharge(rules: &RuleSet, table: &str, previous: &[History]) -> Vec<Outcome> {
    let units = units_for(rules, &format!("{HEAD}{table}"));
    let (found, problems) = appraise(rules, &units, &Context { previous, ..Context::default() });
    assert!(problems.is_empty(), "{problems:?}");
    found.outcomes.into_iter().filter(|outcome| rules.consequences[outcome.consequence].id == "surcharge").collect()
}

#[test]
fn the_first_the_second_and_every_later_year() {
    let rules = rules_of("fenghua-surcharge-2022");
    let past = [
        year(&[("two", "D"), ("three", "D"), ("nine", "D"), ("gap", "C")]),
        year(&[("three", "D"), ("nine", "D"), ("gap", "D")]),
    ];
    let past: Vec<History> = past.into_iter().chain((0..6).map(|_| year(&[("nine", "D")]))).collect();
    let table = "one,D,,\ntwo,D,,\nthree,D,,\nnine,D,,\ngap,D,,\nfine,C,,\n";
    let found = surcharge(&rules, table, &past);
    let values: Vec<(usize, Option<f64>)> = found.iter().map(|outcome| (outcome.years, outcome.value)).collect();
    // A year in another class begins the count anew; class C pays nothing.
    assert_eq!(values, [(1, Some(0.1)), (2, Some(0.3)), (3, Some(0.5)), (9, Some(0.5)), (1, Some(0.1))]);
    let needs = rules.consequences[0].needs.as_ref().unwrap();
    assert!(needs.en.contains("publication") && needs.zh.contains("公布"));
}

#[test]
fn only_the_highest_differential_price() {
    let rules = rules_of("fenghua-surcharge-2022");
    let found = surcharge(&rules, "low,D,0.05,\nhigh,D,0.2,\nequal,D,0.1,\n", &[]);
    let paid: Vec<f64> = found.iter().map(|outcome| outcome.other.or(outcome.value).unwrap()).collect();
    assert_eq!(paid, [0.1, 0.2, 0.1]);
}

#[test]
fn a_decision_spares_a_firm_and_another_word_is_no_class() {
    let rules = rules_of("fenghua-surcharge-2022");
    let found = surcharge(&rules, "spared,D,,1\nheld,D,,0\nunknown,D,,\n", &[]);
    assert_eq!(found.iter().map(|outcome| outcome.waived).collect::<Vec<_>>(), [true, false, false]);
    // Whether a firm is spared is not known where nothing is written: it pays, and that is said.
    let undecided: Vec<Option<&str>> = found.iter().map(|outcome| outcome.undecided.as_deref()).collect();
    assert_eq!(undecided, [None, None, Some("exempt")]);
    let found = graded(&rules, &units_for(&rules, &format!("{HEAD}a,A,,\nb,B,,\nc,C,,\nd,D,,\ne,E,,\nnone,,,\n")));
    let classes: Vec<&str> = (0..6).map(|row| class(&rules, &found, row)).collect();
    assert_eq!(classes, ["A", "B", "C", "D", "", ""]);
    // A is first, D is barred from direct trading.
    let follows =
        |row: usize| found.outcomes_of(row).map(|outcome| rules.consequences[outcome.consequence].id.as_str());
    assert_eq!(follows(0).collect::<Vec<_>>(), ["power-first"]);
    assert_eq!(follows(3).collect::<Vec<_>>(), ["surcharge", "no-direct-trading"]);
}
