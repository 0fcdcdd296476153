//! Plans as text with the wanted diagnostics inline: `cases/*.txt`.
//!
//! A case holds files (`--- path`) and, last, `--- expect`: one line `code file:line:column` per diagnostic, all of
//! them, sorted. Files a case does not give are those of `base.txt`, which is clean.

mod robust;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use lantu_blueprint::{Code, DataFact, Date, Diagnostic, Sources, check};

/// Codes that need a data file to be read, a query to run or another crate to look; tested where that is done.
const ELSEWHERE: [Code; 5] =
    [Code::UnreadableFile, Code::FailedQuery, Code::LostInterval, Code::BadRules, Code::DoubtfulRules];

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check")
}

fn as_of() -> Date {
    "2026-06-30".parse().expect("a date")
}

fn files(text: &str) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut name = String::new();
    for line in text.lines() {
        match line.strip_prefix("--- ") {
            Some(path) => {
                name = path.to_owned();
                files.insert(name.clone(), String::new());
            }
            None if name.is_empty() => {}
            None => {
                let file = files.get_mut(&name).expect("a file");
                file.push_str(line);
                file.push('\n');
            }
        }
    }
    files
}

/// The files of a case over those of the base. `data/x sha256` lines stand for data files.
fn sources(case: &BTreeMap<String, String>) -> Sources {
    let base = std::fs::read_to_string(folder().join("base.txt")).expect("the base");
    let mut all = files(&base);
    all.extend(case.clone());
    let mut sources = Sources { name: "case".to_owned(), ..Sources::default() };
    for (path, text) in all {
        if path == "data" {
            for (path, sha256) in text.lines().filter_map(|line| line.split_once(' ')) {
                sources.data.insert(path.to_owned(), DataFact { sha256: sha256.to_owned(), size: 1 });
            }
        } else if path != "expect" && text != "absent\n" {
            sources.texts.insert(path, text.replace("\\xC4\\xE3", "\u{1}").into_bytes());
        }
    }
    // The one byte sequence that a text file of cases cannot hold: GBK.
    for bytes in sources.texts.values_mut() {
        if let Some(at) = bytes.iter().position(|b| *b == 1) {
            bytes.splice(at..=at, [0xC4, 0xE3]);
        }
    }
    sources
}

fn found(sources: &Sources) -> Vec<Diagnostic> {
    check::read(sources, as_of()).1
}

#[test]
fn every_case_gives_exactly_its_diagnostics() {
    let mut wrong = String::new();
    let mut codes: BTreeSet<String> = BTreeSet::new();
    let mut paths: Vec<_> =
        std::fs::read_dir(folder().join("cases")).expect("cases").map(|e| e.expect("entry").path()).collect();
    paths.sort();
    for path in paths {
        let case = files(&std::fs::read_to_string(&path).expect("a case"));
        let wanted: Vec<&str> = case.get("expect").map(|text| text.lines().collect()).unwrap_or_default();
        let got: Vec<String> = found(&sources(&case)).iter().map(|d| format!("{} {}", d.code, d.location)).collect();
        codes.extend(wanted.iter().filter_map(|line| line.split(" ").next()).map(str::to_owned));
        if wanted != got {
            wrong.push_str(&format!("{}\n  wanted {wanted:#?}\n  got    {got:#?}\n", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let untested: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !ELSEWHERE.contains(code))
        .map(|code| code.word())
        .filter(|word| !codes.contains(*word))
        .collect();
    assert!(untested.is_empty(), "codes without a case: {untested:?}");
}

#[test]
fn every_message_is_in_both_languages() {
    for entry in std::fs::read_dir(folder().join("cases")).expect("cases") {
        let case = files(&std::fs::read_to_string(entry.expect("entry").path()).expect("a case"));
        for d in found(&sources(&case)) {
            assert!(!d.message.zh.is_empty() && !d.message.en.is_empty(), "{d:?}");
            assert_eq!(d.hint.zh.is_empty(), d.hint.en.is_empty(), "{d:?}");
            assert!(d.message.zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{d:?}");
        }
    }
}

#[test]
fn a_slip_of_the_hand_gets_a_suggestion() {
    let case = files(&std::fs::read_to_string(folder().join("cases/unknown-indicator.txt")).expect("a case"));
    let all = found(&sources(&case));
    let hint = &all.iter().find(|d| d.code == Code::UnknownIndicator).expect("the diagnostic").hint;
    assert_eq!(hint.en, "did you mean `school_places`?");
}
