//! What a user can name is documented: diagnostics, verdicts, forms, rules, verbs. The lists in the code are the
//! truth, the pages are held against them.

use std::collections::BTreeSet;

use lantu_blueprint::model::Form;
use lantu_blueprint::verdict::Verdict;
use lantu_blueprint::{Code, Severity};

use crate::tree;

const DIAGNOSTICS: &str = "docs/diagnostics/";
const CASES: &str = "crates/blueprint/tests/check/cases/";
/// Their examples are no plan text: reading data, running queries and rules of appraisal are tested in other crates.
const WITHOUT_CASE: [Code; 5] =
    [Code::UnreadableFile, Code::FailedQuery, Code::LostInterval, Code::BadRules, Code::DoubtfulRules];

fn files_in(folder: &str) -> impl Iterator<Item = &'static tree::File> {
    tree::files().iter().filter(move |f| f.path.starts_with(folder))
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "**错误 · error**",
        Severity::Warning => "**警告 · warning**",
        Severity::Note => "**提示 · note**",
    }
}

#[test]
fn every_diagnostic_has_a_page_and_every_page_a_diagnostic() {
    let wanted: BTreeSet<String> = Code::ALL
        .iter()
        .map(|code| format!("{DIAGNOSTICS}{code}.md"))
        .chain([format!("{DIAGNOSTICS}README.md")])
        .collect();
    let found: BTreeSet<String> = files_in(DIAGNOSTICS).map(|f| f.path.clone()).collect();
    tree::none(&wanted.symmetric_difference(&found).cloned().collect::<Vec<_>>());
}

#[test]
fn every_page_of_a_diagnostic_is_complete() {
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let page = tree::read(&format!("{DIAGNOSTICS}{code}.md"));
        let parts = [
            &format!("# {code} · "),
            severity(code.severity()),
            "## 中文",
            "## English",
            "## 例 · Example",
            &format!("[{code}]"),
        ];
        let mut rest = page.as_str();
        for part in parts {
            match rest.split_once(part) {
                Some((_, after)) => rest = after,
                None => wrong.push(format!("{code}: no \"{part}\" in its place")),
            }
        }
    }
    tree::none(&wrong);
}

#[test]
fn examples_of_diagnostics_are_cases_that_run() {
    let mut wrong = Vec::new();
    for code in Code::ALL.iter().filter(|code| !WITHOUT_CASE.contains(code)) {
        let page = tree::read(&format!("{DIAGNOSTICS}{code}.md"));
        let example = page.split("````").nth(1).unwrap_or_default();
        let lines: Vec<&str> = example.lines().skip(1).filter(|line| !line.trim().is_empty()).collect();
        let gives = |case: &str| case.lines().any(|line| line.split(' ').next() == Some(code.word()));
        let shown = |case: &str| lines.iter().all(|line| case.lines().any(|other| other.trim_end() == *line));
        if lines.is_empty() || !files_in(CASES).any(|case| gives(&case.text) && shown(&case.text)) {
            wrong.push(format!("{code}: the example is not part of a case under {CASES}"));
        }
    }
    tree::none(&wrong);
}

#[test]
fn the_index_lists_the_diagnostics_in_the_order_of_the_code() {
    let index = tree::read("docs/diagnostics/README.md");
    let listed: Vec<&str> =
        index.lines().filter_map(|line| line.strip_prefix("| [")?.split_once(']').map(|(code, _)| code)).collect();
    assert_eq!(listed, Code::ALL.iter().map(|code| code.word()).collect::<Vec<_>>());
    for code in Code::ALL {
        let row = index.lines().find(|line| line.starts_with(&format!("| [{code}]({code}.md)"))).unwrap_or_default();
        assert!(row.contains(code.severity().word()), "{code}: the index does not say {}", code.severity().word());
    }
}

#[test]
fn every_word_of_verdicts_forms_and_rules_is_documented() {
    let (format, verdicts) = (tree::read("docs/format.md"), tree::read("docs/verdicts.md"));
    let mut wrong = Vec::new();
    for word in Form::WORDS {
        for (name, page) in [("format.md", &format), ("verdicts.md", &verdicts)] {
            let named = page.contains(&format!("`{word}`")) || page.contains(&format!("`{word} ="));
            wrong.extend((!named).then(|| format!("{name}: no form {word}")));
        }
    }
    for (_, code, zh, en) in Verdict::ALL {
        let row = verdicts.lines().find(|line| line.starts_with(&format!("| `{code}`"))).unwrap_or_default();
        if !row.contains(zh) || !row.contains(en) {
            wrong.push(format!("verdicts.md: no row `{code}` with {zh} and {en}"));
        }
    }
    for set in
        tree::files().iter().filter(|f| f.path.starts_with("cities/") && f.path.contains("/rules/") && f.is(&[".toml"]))
    {
        let table: toml::Table = toml::from_str(&set.text).expect("a rule set");
        // Rules of appraisal lie in the same folder.
        if table.contains_key("kind") {
            continue;
        }
        let lights = table["lights"].as_table().expect("lights");
        for key in lights.keys() {
            for (name, page) in [("format.md", &format), ("verdicts.md", &verdicts)] {
                wrong.extend((!page.contains(key.as_str())).then(|| format!("{name}: no rule {key}")));
            }
        }
        let id = set.path.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or_default();
        wrong.extend((!verdicts.contains(&format!("`{id}`"))).then(|| format!("verdicts.md: no rule set {id}")));
    }
    tree::none(&wrong);
}

/// The variants of `Command`, as they are typed.
fn verbs() -> Vec<String> {
    let text = tree::read("crates/cli/src/arguments.rs");
    let body = text.split("enum Command {").nth(1).and_then(|rest| rest.split("\n}").next()).expect("the verbs");
    let variant = |line: &str| line.trim().split_once('(').map(|(name, _)| name.to_lowercase());
    let lines = body.lines().filter(|line| line.trim().starts_with(|c: char| c.is_ascii_uppercase()));
    lines.filter_map(variant).collect()
}

#[test]
fn every_verb_is_in_both_readmes() {
    let verbs = verbs();
    assert!(verbs.len() >= 8, "{verbs:?}");
    let mut wrong = Vec::new();
    for page in ["README.md", "README.zh.md"] {
        let text = tree::read(page);
        let named = |verb: &String| text.contains(&format!("lantu {verb}")) || text.contains(&format!("`{verb}`"));
        wrong.extend(verbs.iter().filter(|verb| !named(verb)).map(|verb| format!("{page}: no `lantu {verb}`")));
    }
    tree::none(&wrong);
}

#[test]
fn the_changelog_speaks_of_this_version() {
    let workspace: toml::Table = toml::from_str(&tree::read("Cargo.toml")).expect("Cargo.toml");
    let version = workspace["workspace"]["package"]["version"].as_str().expect("a version");
    let changelog = tree::read("CHANGELOG.md");
    assert!(changelog.lines().any(|line| line.starts_with(&format!("## {version} "))), "no entry for {version}");
    let package: serde_json::Value = serde_json::from_str(&tree::read("web/package.json")).expect("package.json");
    assert_eq!(package["version"].as_str(), Some(version), "web/package.json");
}

#[test]
fn every_diagnostic_of_models_is_on_its_page() {
    let page = tree::read("docs/model-diagnostics.md");
    let codes = lantu_simulation::diagnostic::Code::ALL.iter().map(|code| code.word());
    let missing = codes.filter(|word| !page.contains(&format!("`{word}`")) && !page.contains(&format!("[{word}]")));
    tree::none(&missing.map(|word| format!("model-diagnostics.md: no {word}")).collect::<Vec<_>>());
}

#[test]
fn every_diagnostic_of_networks_is_on_its_page() {
    let page = tree::read("docs/roads.md") + &tree::read("docs/transit.md");
    let codes = lantu_network::diagnostic::Code::ALL.iter().map(|code| code.word());
    tree::none(&codes.filter(|word| !page.contains(&format!("| `{word}` |"))).map(str::to_owned).collect::<Vec<_>>());
}

#[test]
fn every_function_of_models_is_on_its_page() {
    let page = tree::read("docs/model-functions.md");
    let named: BTreeSet<&str> = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let known: BTreeSet<&str> = lantu_simulation::functions().map(|(name, ..)| name).collect();
    tree::none(
        &named.symmetric_difference(&known).map(|name| format!("model-functions.md: {name}")).collect::<Vec<_>>(),
    );
}
