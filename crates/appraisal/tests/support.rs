//! Opening rule files and tables of the repository.

use std::path::PathBuf;

use lantu_appraisal::evaluate::{Appraisal, Context, appraise};
use lantu_appraisal::read::{rules, units};
use lantu_appraisal::rules::RuleSet;
use lantu_appraisal::units::Units;

/// The repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file of the repository.
pub(crate) fn file(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A rule file without a single problem.
pub(crate) fn rules_of(name: &str) -> RuleSet {
    read_rules(&file(&format!("rules/{name}.toml")))
}

/// Rules from text, without a single problem.
pub(crate) fn read_rules(text: &str) -> RuleSet {
    let (rules, problems) = rules::read(text);
    assert!(problems.is_empty(), "{problems:#?}");
    rules.unwrap()
}

/// A table without a single problem, with what rules need.
pub(crate) fn units_for(rules: &RuleSet, text: &str) -> Units {
    let (units, problems) = units::read(text, &units::Wanted::by(rules));
    assert!(problems.is_empty(), "{problems:#?}");
    units.unwrap()
}

/// Both, graded.
pub(crate) fn graded(rules: &RuleSet, units: &Units) -> Appraisal {
    let (found, problems) = appraise(rules, units, &Context::default());
    assert!(problems.is_empty(), "{problems:#?}");
    assert_eq!(found.totals.len(), units.len());
    found
}

/// Name of the class of a row; empty where it has none.
pub(crate) fn class<'a>(rules: &'a RuleSet, found: &Appraisal, row: usize) -> &'a str {
    let list = rules.classes.as_ref().map_or([].as_slice(), |classes| &classes.list);
    list.get(usize::from(found.classes[row])).map_or("", |class| class.id.as_str())
}

/// Classes of a table, row by row.
pub(crate) fn classes(name: &str, table: &str) -> Vec<String> {
    let rules = rules_of(name);
    let found = graded(&rules, &units_for(&rules, table));
    (0..found.totals.len()).map(|row| class(&rules, &found, row).to_owned()).collect()
}

/// Rules that are made up for a test, from `[total]` on.
pub(crate) fn made_up(rules: &str) -> String {
    MADE_UP.to_owned() + rules
}

const MADE_UP: &str = r#"
kind = "appraisal"
series = "made-up"
name = "made up"
jurisdiction = "nowhere"
unit = "unit"
valid_from = 2020-01-01
source = "own"
[[sources]]
id = "own"
title = "made up for a test"
confidence = "own"
"#;
