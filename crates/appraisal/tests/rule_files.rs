//! What holds for every rule file: it reads without a problem, versions do not overlap, no number claims a better source than
//! it has, and the table of rules/README.md is complete.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::support::{file, rules_of};
use lantu_appraisal::read::versions::between;
use lantu_appraisal::rules::{Confidence, RuleSet, Share};

/// Names of all rule files, in order.
fn names() -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.filter_map(|name| name.strip_suffix(".toml").map(str::to_owned)).collect();
    names.sort();
    names
}

fn all() -> Vec<(String, RuleSet)> {
    names().into_iter().map(|name| (name.clone(), rules_of(&name))).collect()
}

#[test]
fn every_file_reads_without_a_problem() {
    // `rules_of` stops at the first problem.
    assert!(all().len() >= 25);
}

#[test]
fn versions_of_a_series_follow_each_other() {
    let all = all();
    let sets: Vec<(&str, &RuleSet)> = all.iter().map(|(name, rules)| (name.as_str(), rules)).collect();
    let problems = between(&sets);
    assert!(problems.is_empty(), "{problems:#?}");
    // Were one of them let out, it would be seen.
    let twice: Vec<(&str, &RuleSet)> = sets.iter().chain(&sets).copied().collect();
    assert!(between(&twice).len() >= sets.len());
}

/// Marks of all numbers, exceptions and consequences of a set.
fn marks(rules: &RuleSet) -> BTreeSet<Confidence> {
    let mut origins: Vec<usize> = Vec::new();
    for item in &rules.items {
        origins.extend(item.numbers().iter().map(|number| number.origin));
    }
    for class in rules.classes.iter().flat_map(|classes| &classes.list) {
        match &class.share {
            Share::Until(until) => origins.extend(until.each().map(|number| number.origin)),
            Share::Total(limits) => {
                origins.extend([limits.from, limits.to].into_iter().flatten().map(|(number, _)| number.origin));
            }
            Share::Nobody => {}
        }
    }
    origins.extend(rules.exceptions.iter().map(|exception| exception.origin));
    origins.extend(rules.consequences.iter().map(|consequence| consequence.origin));
    origins.extend(rules.consequences.iter().flat_map(|consequence| &consequence.steps).map(|step| step.origin));
    // A weight that the file does not write is nobody's number.
    let written =
        origins.iter().map(|origin| &rules.origins[*origin]).filter(|origin| origin.source < rules.sources.len());
    written.map(|origin| origin.confidence).collect()
}

#[test]
fn no_number_claims_a_better_source_than_it_has() {
    for (name, rules) in all() {
        for origin in &rules.origins {
            let Some(source) = rules.sources.get(origin.source) else { continue };
            assert!(origin.confidence >= source.confidence, "{name}, line {}: {}", origin.line, source.title.zh);
        }
        for source in &rules.sources {
            // What counts as official can be looked up.
            assert!(
                !source.confidence.is_official() || source.url.is_some() || source.clause.is_some(),
                "{name}: {}",
                source.title.zh
            );
        }
    }
}

/// Sets of which the text of those who set the rule was not read: no number of theirs is official.
#[test]
fn what_was_not_read_is_not_official() {
    let unofficial = [
        "aqi-hj633-2012-1h",
        "aqi-hj633-2012-24h",
        "anhui-city-per-mu-2021",
        "guangyuan-lights-2018",
        "huaian-per-mu-2024",
        "lec-risk",
        "longchang-lights-2020",
        "ncfi",
        "risk-matrix-5x5",
        "sanming-lights-2017",
        "sme-little-giant-2022",
        "sme-specialised-2022",
        "suqian-lights-2025",
        "water-gb3838-2002-lake",
        "water-gb3838-2002-river",
        "yinchuan-lights-2025",
        "zhejiang-carbon-code-2021",
        "zhejiang-credit-firms-2020",
    ];
    for name in unofficial {
        let official: Vec<Confidence> = marks(&rules_of(name)).into_iter().filter(|mark| mark.is_official()).collect();
        assert!(official.is_empty(), "{name}: {official:?}");
    }
    // Numbers that nobody published stand beside official ones and show it.
    for (name, mark) in [
        ("huangyan-per-mu-2022", Confidence::Assumed),
        ("fenghua-surcharge-2022", Confidence::Own),
        ("zhejiang-future-factory-2025", Confidence::Own),
    ] {
        let marks = marks(&rules_of(name));
        assert!(marks.contains(&mark) && marks.iter().any(|mark| mark.is_official()), "{name}: {marks:?}");
    }
}

#[test]
fn both_languages_everywhere() {
    let cjk = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    for (name, rules) in all() {
        let texts = [&rules.name, &rules.jurisdiction, &rules.unit].into_iter().chain(&rules.note);
        let texts = texts.chain(rules.exceptions.iter().map(|exception| &exception.reason));
        let texts = texts.chain(rules.consequences.iter().map(|consequence| &consequence.name));
        let texts = texts.chain(rules.items.iter().map(|item| &item.name));
        for text in texts {
            assert!(!text.zh.is_empty() && !text.en.is_empty() && !cjk(&text.en), "{name}: {text:?}");
        }
        assert!(rules.note.is_some(), "{name} says what it leaves open");
    }
}

#[test]
fn the_table_of_rules_is_complete() {
    let table = file("rules/README.md");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| ["))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let all = all();
    let listed: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    let wanted: Vec<String> = all.iter().map(|(name, _)| format!("[{name}]({name}.toml)")).collect();
    assert_eq!(listed, wanted, "one row per file, in the order of the alphabet");
    for ((name, rules), row) in all.iter().zip(&rows) {
        assert_eq!(row.len(), 6, "{name}");
        assert_eq!(row[1], format!("{}<br>{}", rules.jurisdiction.zh, rules.jurisdiction.en));
        let end = rules.valid_to.map_or(String::new(), |end| end.to_string());
        assert_eq!(row[2], format!("{} – {end}", rules.valid_from).trim());
        // Rules without a number of their own have the mark of their source.
        let sources = rules.sources.iter().map(|source| source.confidence);
        let marks: Vec<Confidence> = marks(rules).into_iter().collect();
        let marks: Vec<Confidence> = if marks.is_empty() { sources.collect() } else { marks };
        let marks: Vec<&str> = marks.into_iter().map(Confidence::word).collect();
        assert_eq!(row[3], marks.join(", "), "{name}");
        // What is left open, in both languages.
        assert!(row[5].contains("<br>"), "{name}");
    }
}
