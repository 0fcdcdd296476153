//! The Human Development Index of 2022: all 204 countries and areas that have one, to the three decimals printed, and the group
//! of each. The table is UNDP's (tests/appraisal/README.md); its columns `hdi` and `group` are what is expected.

use super::support::{file, graded, rules_of, units_for};

#[test]
fn every_published_value_and_group() {
    let table = file("tests/appraisal/hdi/hdr_2023_24.csv");
    let rules = rules_of("undp-hdi");
    let found = graded(&rules, &units_for(&rules, &table));
    let published: Vec<(Option<f64>, &str)> = table
        .lines()
        .skip(1)
        .map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            (cells[1].parse().ok(), cells[2])
        })
        .collect();
    assert_eq!(published.iter().filter(|(value, _)| value.is_some()).count(), 204);
    let classes = &rules.classes.as_ref().unwrap().list;
    for (row, (value, group)) in published.iter().enumerate() {
        let Some(value) = value else {
            assert!(found.totals[row].is_nan());
            continue;
        };
        assert_eq!(found.totals[row], *value);
        // Aggregates of regions have a value and no group.
        if !group.is_empty() {
            assert_eq!(classes[usize::from(found.classes[row])].name.en, group.to_lowercase());
        }
    }
}
