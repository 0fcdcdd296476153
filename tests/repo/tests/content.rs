//! Counts of the content that come from outside it: what was collected, what the census says, what is invented.

use std::collections::BTreeMap;

use lantu_blueprint::model::Plan;
use lantu_blueprint::{Sources, check};

use crate::tree;

/// The definitions of a city, without its data files.
fn plan(city: &str) -> Plan {
    let folder = format!("cities/{city}/");
    let mut sources = Sources { name: city.to_owned(), ..Sources::default() };
    for file in tree::files() {
        let Some(path) = file.path.strip_prefix(&folder) else { continue };
        if !path.starts_with("data/") || path == "data/MANIFEST.toml" {
            sources.texts.insert(path.to_owned(), file.text.clone().into_bytes());
        }
    }
    check::read(&sources, "2026-11-23".parse().expect("a day")).0
}

fn rows(path: &str) -> Vec<BTreeMap<String, String>> {
    let text = tree::read(path);
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

#[test]
fn ningbo_holds_every_figure_and_target_that_was_collected() {
    assert_eq!(rows("cities/ningbo/data/facts.csv").len(), 1_293, "published figures");
    let plan = plan("ningbo");
    assert_eq!(plan.targets.len(), 134, "targets");
    let own = |source: &Option<String>| plan.sources.iter().any(|s| s.own && Some(&s.id) == source.as_ref());
    assert_eq!(plan.targets.iter().filter(|t| own(&t.source)).count(), 24, "targets of the report itself");
    assert_eq!((plan.goals.len(), plan.transformations.len(), plan.programmes.len()), (6, 6, 9));
}

#[test]
fn every_commitment_of_ningbo_names_its_source() {
    let plan = plan("ningbo");
    let targets = plan.targets.iter().filter(|t| t.source.is_none()).map(|t| t.id.clone());
    let milestones = plan.milestones.iter().filter(|m| m.source.is_none()).map(|m| m.id.clone());
    tree::none(&targets.chain(milestones).collect::<Vec<_>>());
}

#[test]
fn every_figure_of_ningbo_names_its_source() {
    let mut wrong = Vec::new();
    for (at, row) in rows("cities/ningbo/data/facts.csv").iter().enumerate() {
        // What a third party quotes has no address of its own; what we read ourselves has.
        let address = if row["trust"] == "secondary" { "source" } else { "source_url" };
        for column in ["source", "unit", "trust", address].into_iter().filter(|column| row[*column].is_empty()) {
            wrong.push(format!("facts.csv:{}: no {column}", at + 2));
        }
    }
    tree::none(&wrong);
}

#[test]
fn the_districts_of_the_census_add_up_to_the_city() {
    let all = rows("cities/ningbo/data/census2020_ningbo_districts.csv");
    let count = |row: &BTreeMap<String, String>| row["人口数_合计"].parse::<u64>().expect("a count");
    let (city, districts): (Vec<_>, Vec<_>) = all.iter().partition(|row| row["区划代码"] == "330200");
    assert_eq!(districts.len(), 10, "districts, counties and county-level cities");
    assert_eq!(city.iter().map(|row| count(row)).collect::<Vec<_>>(), [9_404_283]);
    assert_eq!(districts.iter().map(|row| count(row)).sum::<u64>(), 9_404_283);
}

#[test]
fn everything_in_the_template_says_that_it_is_invented() {
    let plan = plan("template");
    assert!(!plan.data.is_empty(), "the template has data");
    tree::none(&plan.data.iter().filter(|file| !file.invented).map(|file| file.path.clone()).collect::<Vec<_>>());
}
