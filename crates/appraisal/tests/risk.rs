//! Grades of risk: cases worked out by hand from the usual tables, every border, and what is outside.

use super::support::{classes, graded, rules_of, units_for};

#[test]
fn lec_cases_and_borders() {
    let table = "id,likelihood,exposure,severity
a,3,6,15
b,6,6,15
c,1,6,7
border-70,1,10,7
below-70,0.5,10,13.9
border-160,1,4,40
below-160,1,10,15.9
border-320,2,4,40
above-320,2,4,40.1
";
    let rules = rules_of("lec-risk");
    let found = graded(&rules, &units_for(&rules, table));
    assert_eq!(found.totals[..3], [270.0, 540.0, 42.0]);
    let expected = ["orange", "red", "blue", "yellow", "blue", "orange", "yellow", "orange", "red"];
    assert_eq!(classes("lec-risk", table), expected);
    // 0.2 × 6 × 100 is 120.00000000000001 before rounding.
    assert_eq!(graded(&rules, &units_for(&rules, "id,likelihood,exposure,severity\na,0.2,6,100\n")).totals, [120.0]);
}

#[test]
fn outside_the_ranges_nothing_is_graded() {
    let table = "id,likelihood,exposure,severity\na,0,6,15\nb,11,6,15\nc,1,0.4,7\nd,1,6,101\ne,-3,-6,15\nf,,6,15\n";
    assert_eq!(classes("lec-risk", table), [""; 6]);
    let table = "id,likelihood,severity\na,0,3\nb,6,1\nc,2.5,2\nd,1,1.5\ne,,3\n";
    assert_eq!(classes("risk-matrix-5x5", table), [""; 5]);
}

#[test]
fn every_cell_of_the_matrix() {
    let mut table = "id,likelihood,severity\n".to_owned();
    for likelihood in 1..=5 {
        for severity in 1..=5 {
            table += &format!("{likelihood}x{severity},{likelihood},{severity}\n");
        }
    }
    // 1-4 blue, 5-9 yellow, 10-15 orange, 16-25 red; a word per likelihood.
    let colours: String = classes("risk-matrix-5x5", &table).iter().map(|class| &class[..1]).collect();
    assert_eq!(colours, "bbbby bbyyo byyoo byorr yoorr".replace(' ', ""));
}
