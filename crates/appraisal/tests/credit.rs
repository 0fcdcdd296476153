//! Public credit of firms, the parts that were read: points of the published table, and the five years of the regulation.

use super::support::rules_of;
use lantu_appraisal::diagnostic::Severity;
use lantu_appraisal::evaluate::{Appraisal, Context, appraise};
use lantu_appraisal::read::units::events;
use lantu_appraisal::rules::{Confidence, Method, RuleSet};
use lantu_appraisal::units::Units;

const NAME: &str = "zhejiang-credit-firms-2020";

fn as_of(rules: &RuleSet, rows: &str, day: &str) -> Appraisal {
    let units = Units::new(vec!["firm".into(), "other".into()]);
    let (events, problems) = events(&format!("unit,item,date,points\n{rows}"), rules, &units);
    assert!(problems.is_empty(), "{problems:?}");
    let context = Context { events: Some((events.as_deref().unwrap(), day.parse().unwrap())), ..Context::default() };
    let (found, problems) = appraise(rules, &units, &context);
    // That an event is still to come is said, and is no mistake.
    assert!(problems.iter().all(|problem| problem.severity == Severity::Note), "{problems:?}");
    found
}

#[test]
fn full_points_are_those_of_the_table() {
    let rules = rules_of(NAME);
    let found = as_of(&rules, "", "2022-01-01");
    assert_eq!(found.totals, [365.0, 365.0]);
    let of = |id: &str| {
        let at = rules.dimensions.iter().position(|dimension| dimension.id == id).unwrap();
        found.dimensions[at][0]
    };
    for (id, points) in [
        ("basic", 80.0),
        ("key_persons", 40.0),
        ("operation", 40.0),
        ("finance_and_tax", 195.0),
        ("finance", 135.0),
        ("tax", 60.0),
        ("governance", 90.0),
    ] {
        assert_eq!(of(id), points, "{id}");
    }
    // The name says that these are not all points, and there are no grades.
    assert!(rules.name.zh.contains("已读到的部分") && rules.name.en.contains("the parts that were read"));
    assert!(rules.classes.is_none());
}

/// Found on 1 March 2020, it is kept until 1 March 2025.
#[test]
fn bad_information_counts_for_five_years() {
    let rules = rules_of(NAME);
    let rows = "firm,quality,2020-03-01,12\n";
    for (day, total) in [
        ("2020-02-29", 365.0),
        ("2020-03-01", 353.0),
        ("2025-02-28", 353.0),
        ("2025-03-01", 365.0),
        ("2030-01-01", 365.0),
    ] {
        let found = as_of(&rules, rows, day);
        assert_eq!(found.totals, [total, 365.0], "{day}");
    }
}

#[test]
fn the_list_of_serious_dishonesty_does_not_age() {
    let rules = rules_of(NAME);
    let found = as_of(&rules, "firm,serious_dishonesty,2018-01-01,20\n", "2024-01-01");
    assert_eq!(found.totals[0], 345.0);
}

#[test]
fn no_item_falls_below_zero() {
    let rules = rules_of(NAME);
    let rows = "firm,debt_evasion,2021-01-01,10\nfirm,debt_evasion,2021-06-01,10\n";
    assert_eq!(as_of(&rules, rows, "2022-01-01").totals[0], 350.0);
}

#[test]
fn each_number_has_its_own_source() {
    let rules = rules_of(NAME);
    for item in &rules.items {
        let Method::Deduction { full, ageing } = &item.normalise.method else { panic!("{} is a deduction", item.id) };
        let confidence = |number| rules.origin(number).unwrap().0.confidence;
        assert_eq!(confidence(*full), Confidence::Secondary);
        assert_eq!(confidence(item.normalise.floor.unwrap()), Confidence::Assumed);
        assert_eq!(ageing.is_empty(), item.id == "serious_dishonesty");
        for age in ageing {
            // Five years are the law's, taking off in full until then is not.
            assert_eq!((age.below_months, confidence(age.share)), (60, Confidence::Assumed));
        }
    }
}
