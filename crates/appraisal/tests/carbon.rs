//! The carbon code: borders of grades and levels as the method states them.

use super::support::{class, graded, rules_of, units_for};
use lantu_appraisal::evaluate::{NO_CLASS, Reason, prepare};
use lantu_appraisal::rules::{Confidence, Method};

/// CO2 and value added of one industry come to the same sum, so that its mean is 1 and K is L.
const EVEN: &str = "id,industry,co2_t,zero_carbon_co2_t,sink_co2_t,va_wan
a,C17,60,,,100
b,C17,61,,,100
c,C17,80,,,100
d,C17,120,,,100
e,C17,200,,,100
f,C17,201,,,100
rest,C17,100,,,222
";

#[test]
fn borders_of_grades_and_levels() {
    let rules = rules_of("zhejiang-carbon-code-2021");
    let units = units_for(&rules, EVEN);
    let found = graded(&rules, &units);
    let (prepared, _) = prepare(&rules, &units, &Default::default());
    let level = rules.item("level").unwrap();
    let Method::Steps(steps) = &rules.items[level].normalise.method else { panic!("levels are steps") };
    let names: Vec<&str> = steps.iter().map(|step| step.name.as_ref().unwrap().en.as_str()).collect();
    for (row, (k, grade, name)) in [
        (0.6, "1", "low"),
        (0.61, "2", "medium"),
        (0.8, "2", "medium"),
        (1.2, "3", "medium"),
        (2.0, "4", "medium"),
        (2.01, "5", "high"),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(found.totals[row], k);
        assert_eq!(class(&rules, &found, row), grade, "K {k}");
        assert_eq!(names[prepared.scores[level][row] as usize - 1], name, "L {k}");
    }
    // Less is better.
    assert_eq!(found.ranks, [2, 3, 4, 5, 6, 7, 1]);
}

/// The mean of an industry is the ratio of its sums: 3 t from 30 and 1 t from 2 is 4 / 32, not the mean of 0.1 and 0.5.
#[test]
fn an_industry_is_compared_with_itself() {
    let rules = rules_of("zhejiang-carbon-code-2021");
    let table = "id,industry,co2_t,zero_carbon_co2_t,sink_co2_t,va_wan
large,C17,3,,,30
small,C17,1,,,2
alone,C26,500,,,10
green,C30,10,6,1,10
dirty,C30,10,,,10
";
    let found = graded(&rules, &units_for(&rules, table));
    let expected = [0.1 * 8.0, 0.5 * 8.0, 1.0, 0.3 / 0.65, 1.0 / 0.65];
    for (total, expected) in found.totals.iter().zip(expected) {
        assert!((total - expected).abs() < 1e-9, "{total} is not {expected}");
    }
}

/// 1.23 by 1.025 is 1.2 and not a bit more.
#[test]
fn a_border_is_not_missed_for_being_computed() {
    let rules = rules_of("zhejiang-carbon-code-2021");
    let table = "id,industry,co2_t,zero_carbon_co2_t,sink_co2_t,va_wan\na,C17,123,,,100\nb,C17,82,,,100\n";
    let found = graded(&rules, &units_for(&rules, table));
    assert_eq!((found.totals[0], class(&rules, &found, 0)), (1.2, "3"));
}

#[test]
fn without_value_added_there_is_no_grade() {
    let rules = rules_of("zhejiang-carbon-code-2021");
    let table = "id,industry,co2_t,zero_carbon_co2_t,sink_co2_t,va_wan
zero,C17,10,,,0
loss,C17,10,,,-5
plain,C17,10,,,10
other,C17,30,,,10
no-industry,,10,,,10
";
    let found = graded(&rules, &units_for(&rules, table));
    for row in [0, 1] {
        assert_eq!(found.classes[row], NO_CLASS);
        assert!(found.reasons_of(row).any(|reason| matches!(reason, Reason::Exempted { .. })));
    }
    // The mean is that of the two that are graded.
    assert_eq!((found.totals[2], found.totals[3]), (0.5, 1.5));
    assert_eq!(found.classes[4], NO_CLASS);
}

#[test]
fn the_neutrality_rate_is_shown_and_does_not_count() {
    let rules = rules_of("zhejiang-carbon-code-2021");
    let item = &rules.items[rules.item("neutrality").unwrap()];
    let weight = item.weight.of(0).unwrap();
    assert_eq!(weight.value, 0.0);
    assert_eq!(rules.origin(weight).unwrap().0.confidence, Confidence::Assumed);
    let table = "id,industry,co2_t,zero_carbon_co2_t,sink_co2_t,va_wan\na,C17,100,30,10,100\n";
    let units = units_for(&rules, table);
    let (prepared, _) = prepare(&rules, &units, &Default::default());
    assert_eq!(prepared.scores[rules.item("neutrality").unwrap()], [0.4]);
    assert_eq!(graded(&rules, &units).totals, [1.0]);
}
