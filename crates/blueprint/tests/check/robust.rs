//! No bytes make the reader panic, and nothing wrong in one place loses what is right in another.

use std::collections::BTreeMap;

use lantu_blueprint::check;
use lantu_blueprint::model::LightRule;
use lantu_blueprint::verdict::{AssessmentRules, Observations, assess};
use proptest::prelude::*;

use super::{as_of, files, folder, sources};

const PATHS: [&str; 9] = [
    "blueprint.toml",
    "sources.toml",
    "areas.csv",
    "plan/01-a.zh.md",
    "plan/01-a.en.md",
    "indicators/indicators.csv",
    "indicators/x.sql",
    "indicators/x.test.yaml",
    "data/MANIFEST.toml",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_in_any_file(path in 0..PATHS.len(), bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut all = sources(&BTreeMap::new());
        all.texts.insert(PATHS[path].to_owned(), bytes);
        check::read(&all, as_of());
    }

    #[test]
    fn any_cut_of_the_clean_plan(path in 0..PATHS.len(), cut in 0.0..1.0f64, insert in "\\PC{0,12}") {
        let mut all = sources(&BTreeMap::new());
        if let Some(bytes) = all.texts.get_mut(PATHS[path]) {
            let at = (bytes.len() as f64 * cut) as usize;
            bytes.splice(at..at, insert.into_bytes());
        }
        check::read(&all, as_of());
    }
}

#[test]
fn a_broken_target_leaves_the_others() {
    let mut case = files(&std::fs::read_to_string(folder().join("base.txt")).expect("the base"));
    let plan = case.get_mut("plan/01-a.zh.md").expect("the plan");
    plan.push_str(
        "\n```target\nid = \"broken\nat_least = = 3\n```\n\n```target\nid = \"after\"\ntitle = \"后\"\n```\n",
    );
    let (plan, diagnostics) = check::read(&sources(&case), as_of());
    let ids: Vec<&str> = plan.targets.iter().map(|t| t.id.as_str()).collect();
    assert!(ids.contains(&"places") && ids.contains(&"after"), "{ids:?}");
    assert!(diagnostics.iter().any(|d| d.code.word() == "bad-toml"), "{diagnostics:?}");
}

/// A number that cannot be read is not a wish without a number.
#[test]
fn what_cannot_be_read_is_not_taken_for_absent() {
    let mut case = files(&std::fs::read_to_string(folder().join("base.txt")).expect("the base"));
    let plan = case.get_mut("plan/01-a.zh.md").expect("the plan");
    plan.push_str("\n```target\nid = \"typo\"\ntitle = \"错\"\nindicator = \"school_places\"\nat_least = \"many\"\nby = 2028\n```\n\n```target\nid = \"wish\"\ntitle = \"愿\"\nindicator = \"school_places\"\nby = 2028\n```\n");
    let (plan, _) = check::read(&sources(&case), as_of());
    let rules = AssessmentRules { lights: LightRule { slipping_from_pp: 10.0, off_track_above_pp: 30.0 } };
    let assessment = assess(&plan, &Observations::default(), as_of(), rules);
    let headline = |id: &str| {
        let verdict = assessment.targets.iter().find(|v| v.id == id).expect("the target");
        assessment.headline(&plan, verdict).en
    };
    assert!(headline("typo").contains("`at_least` has a value of the wrong kind"), "{}", headline("typo"));
    assert!(headline("wish").contains("no number to judge by"), "{}", headline("wish"));
}

#[test]
fn a_hundred_thousand_targets_are_read() {
    let mut text = String::from("# 计划 {#p .programme}\n\n## 举措 {#m owner=\"局\"}\n");
    for n in 0..100_000 {
        text.push_str(&format!("\n```target\nid = \"t{n}\"\ntitle = \"目标\"\nindicator = \"school_places\"\nat_least = {n}\nby = 2028\n```\n"));
    }
    let mut all = sources(&BTreeMap::new());
    all.texts.insert("plan/02-many.zh.md".to_owned(), text.into_bytes());
    let (plan, _) = check::read(&all, as_of());
    assert_eq!(plan.targets.len(), 100_001);
}

#[test]
fn ids_may_be_chinese() {
    let mut all = sources(&BTreeMap::new());
    let text = "# 计划 {#计划 .programme}\n\n## 举措 {#举措一 owner=\"局\" needs=\"举措一\"}\n";
    all.texts.insert("plan/02-zh.zh.md".to_owned(), text.as_bytes().to_vec());
    let (plan, _) = check::read(&all, as_of());
    assert!(plan.measures.iter().any(|m| m.id == "举措一" && m.owner.as_deref() == Some("局")));
}
