//! Output per mu elsewhere: the published weights and shares of Huai'an and of a city of Anhui, by hand.

use super::support::{class, graded, rules_of, units_for};
use lantu_appraisal::evaluate::NO_CLASS;

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

/// Benchmarks are twice the county's mean: 30 and 10 give 40, so that 30 is three quarters of it.
#[test]
fn huaian_by_hand() {
    let rules = rules_of("huaian-per-mu-2024");
    let table = "id,county,land_mu,tax_wan,revenue_wan,energy_tce,plus_minus,utility,years_in_production
a,x,1,30,300,10,2,0,5
b,x,1,10,100,10,,0,5
far,y,1,1,1,1,-3,0,5
";
    let found = graded(&rules, &units_for(&rules, table));
    // Ratios to twice the mean: tax 30/40, revenue 300/400, tax per energy 3/4.
    near(found.totals[0], 0.75 * 100.0 + 2.0);
    near(found.totals[1], 0.25 * 100.0);
    // Alone in its county it is half of twice its own value.
    near(found.totals[2], 50.0 - 3.0);
    assert_eq!(found.ranks, [1, 2, 1]);
}

#[test]
fn huaian_shares_and_class_t() {
    let rules = rules_of("huaian-per-mu-2024");
    let rows: String = (0..20).map(|at| format!("f{at},x,1,{},1,1,,0,3\n", 40 - at)).collect();
    let table = format!(
        "id,county,land_mu,tax_wan,revenue_wan,energy_tce,plus_minus,utility,years_in_production\n{rows}power,x,1,99,1,1,,1,9\nnew,x,1,99,1,1,,0,1.9\n"
    );
    let found = graded(&rules, &units_for(&rules, &table));
    let count = |id: &str| (0..22).filter(|row| class(&rules, &found, *row) == id).count();
    assert_eq!([count("A"), count("B"), count("C"), count("D")], [4, 8, 7, 1]);
    assert_eq!(found.classes[20..], [NO_CLASS; 2]);
}

#[test]
fn anhui_by_hand() {
    let rules = rules_of("anhui-city-per-mu-2021");
    let table = "id,group,land_mu,tax_wan,revenue_wan,va_wan,energy_tce,rd_wan,staff,plus_minus,not_graded
a,above,1,30,100,60,10,2,3,,0
b,above,1,10,300,20,10,6,1,1,0
c,below,1,6,,,,,,,0
d,below,1,2,,,,,,,0
";
    let found = graded(&rules, &units_for(&rules, table));
    // a: tax 30/20 of 45, revenue 100/200 of 20, per energy 6/4 of 15, R&D 2 % of 2 % of 15, productivity 20/20 of 5.
    near(found.totals[0], 67.5 + 10.0 + 22.5 + 15.0 + 5.0);
    near(found.totals[1], 22.5 + 30.0 + 7.5 + 15.0 + 5.0 + 1.0);
    // Below scale tax per mu alone: 6/4 and 2/4 of 100.
    near(found.totals[2], 150.0);
    near(found.totals[3], 50.0);
}

#[test]
fn anhui_shares_and_firms_without_a_grade() {
    let rules = rules_of("anhui-city-per-mu-2021");
    let rows: String = (0..20).map(|at| format!("f{at},below,1,{},,,,,,,0\n", 40 - at)).collect();
    let table = format!(
        "id,group,land_mu,tax_wan,revenue_wan,va_wan,energy_tce,rd_wan,staff,plus_minus,not_graded\n{rows}utility,below,1,99,,,,,,,1\n"
    );
    let found = graded(&rules, &units_for(&rules, &table));
    let count = |id: &str| (0..21).filter(|row| class(&rules, &found, *row) == id).count();
    assert_eq!([count("A"), count("B"), count("C"), count("D")], [5, 9, 5, 1]);
    assert_eq!(found.classes[20], NO_CLASS);
}
