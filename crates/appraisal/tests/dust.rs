//! What computing leaves over decides nothing: 0.1 + 0.2 is not 0.3 in a computer, and for the rules it is.

use lantu_appraisal::evaluate::{Context, appraise};
use lantu_appraisal::rules::RuleSet;

use super::support::{graded, made_up, read_rules, units_for};

/// Three units of the same sum.
const SAME: &str = "id,p,q\nx,0.1,0.2\ny,0.3,0\nz,0.15,0.15\n";

fn rules(value: &str, method: &str, more: &str) -> RuleSet {
    let item =
        format!("[[item]]\nid = \"s\"\nname = \"s\"\nvalue = \"{value}\"\nnormalise = {{ method = \"{method}\" }}\n");
    let classes = "[[class]]\nid = \"A\"\nat_least = 0\n[[class]]\nid = \"B\"\nbelow = 0\n";
    read_rules(&made_up(&format!("[total]\naggregate = \"sum\"\n{item}{classes}{more}")))
}

#[test]
fn the_same_values_score_the_same() {
    for (method, middle) in [("min_max", 0.5), ("rank", 0.5), ("z_score", 0.0)] {
        let rules = rules("p + q", method, "");
        let (found, told) = appraise(&rules, &units_for(&rules, SAME), &Context::default());
        assert_eq!((found.totals, told.len()), (vec![middle; 3], 1), "{method}");
    }
    // Beside one that is behind, and one that is ahead: three of the others' middle.
    let rules = rules("p + q", "rank", "");
    let found = graded(&rules, &units_for(&rules, &format!("{SAME}low,0,0\nhigh,1,0\n")));
    assert_eq!(found.totals, [0.5, 0.5, 0.5, 0.0, 1.0]);
}

#[test]
fn comparisons_are_of_numbers_as_they_are_meant() {
    for (formula, truth) in [
        ("p + q <= 0.3", 1.0),
        ("p + q >= 0.3", 1.0),
        ("p + q == 0.3", 1.0),
        ("p + q != 0.3", 0.0),
        ("p + q < 0.3", 0.0),
        ("p + q > 0.3", 0.0),
        ("p + q > 0.2999999", 1.0),
        ("p + q < 0.3000001", 1.0),
    ] {
        let rules = rules(formula, "as_is", "");
        assert_eq!(graded(&rules, &units_for(&rules, SAME)).totals, [truth; 3], "{formula}");
    }
    let exception = "[[exception]]\nid = \"x\"\nreason = \"x\"\nwhen = \"total > 0.3\"\nset = \"B\"\n";
    let rules = rules("p + q", "as_is", exception);
    assert_eq!(graded(&rules, &units_for(&rules, SAME)).classes, [0; 3]);
}
