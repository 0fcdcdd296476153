//! Broken input: a located diagnostic or a clear message with exit code 1 or 2, never a panic, and the rest of the plan
//! still assessed.

use std::path::Path;

use super::{code, edit, json, lantu, text, town};

const AS_OF: &str = "2026-06-30";

struct Seen {
    code: i32,
    diagnostics: Vec<serde_json::Value>,
}

/// Checks the town, and makes sure that `status` still judges what is left.
fn check(root: &Path) -> Seen {
    let root = root.to_str().unwrap();
    let checked = lantu(&["check", root, "--as-of", AS_OF, "--format", "json"]);
    let all = text(&checked);
    assert!(!all.contains("panicked"), "{all}");
    let status = lantu(&["status", root, "--as-of", AS_OF, "--format", "json"]);
    assert_eq!(code(&status), 0, "{}", text(&status));
    assert!(!json(&status)["targets"].as_array().unwrap().is_empty(), "the rest of the plan is lost");
    Seen { code: code(&checked), diagnostics: json(&checked).as_array().unwrap().clone() }
}

fn has(seen: &Seen, wanted_code: &str, file: &str, line: u64) -> bool {
    seen.diagnostics.iter().any(|d| d["code"] == wanted_code && d["file"] == file && d["line"] == line)
}

/// Adds a data file with an entry in the manifest, checksum and all.
fn add_table(root: &Path, name: &str, bytes: &[u8], role: &str) {
    std::fs::write(root.join("data").join(name), bytes).unwrap();
    edit(root, "data/MANIFEST.toml", |manifest| {
        format!(
            "{manifest}\n[[file]]\npath = \"{name}\"\nrole = \"{role}\"\ntitle = {{ zh = \"坏\", en = \"Bad\" }}\nsource = \"test\"\nlicence = \"CC0\"\nsha256 = \"0\"\ninvented = true\n"
        )
    });
}

#[test]
fn broken_toml_in_a_target() {
    let (_folder, root) = town();
    edit(&root, "plan/01-river.zh.md", |plan| format!("{plan}\n```target\nid = = 1\n```\n"));
    let seen = check(&root);
    assert_eq!(seen.code, 1);
    assert!(
        seen.diagnostics.iter().any(|d| d["code"] == "bad-toml" && d["file"] == "plan/01-river.zh.md"),
        "{:?}",
        seen.diagnostics
    );
}

#[test]
fn broken_sql() {
    let (_folder, root) = town();
    edit(&root, "indicators/density.sql", |sql| sql.replace("SELECT", "SELEKT"));
    let seen = check(&root);
    assert_eq!(seen.code, 1);
    assert!(seen.diagnostics.iter().any(|d| d["code"] == "bad-sql" && d["file"] == "indicators/density.sql"));
}

#[test]
fn sql_that_cannot_run_fails_the_tests_only_there() {
    let (_folder, root) = town();
    edit(&root, "indicators/density.sql", |sql| sql.replacen("SELECT", "SELECT no_such_column,", 1));
    let output = lantu(&["test", root.to_str().unwrap(), "--as-of", AS_OF]);
    assert_eq!(code(&output), 1, "{}", text(&output));
    assert!(text(&output).contains("density"), "{}", text(&output));
}

#[test]
fn csv_with_wrong_columns_nan_commas_and_gbk() {
    let (_folder, root) = town();
    let rows = "indicator,area,period,value\nvisits_x,nowhere,2025,1\na,b\nlibrary_card_holders,sampleton,2025,NaN\nlibrary_card_holders,sampleton,2025,\"3,14\"\n";
    add_table(&root, "bad.csv", rows.as_bytes(), "observations");
    let seen = check(&root);
    assert_eq!(seen.code, 1);
    for line in [2, 3, 4, 5] {
        let there = seen.diagnostics.iter().any(|d| d["file"] == "data/bad.csv" && d["line"] == line);
        assert!(there, "line {line}: {:#?}", seen.diagnostics);
    }
    let (_folder, root) = town();
    add_table(&root, "gbk.csv", b"name,value\n\xC4\xFE\xB2\xA8,1\n", "table");
    let seen = check(&root);
    assert!(has(&seen, "not-utf8", "data/gbk.csv", 2), "{:#?}", seen.diagnostics);
}

#[test]
fn a_byte_order_mark_is_no_problem() {
    let (_folder, root) = town();
    add_table(&root, "bom.csv", b"\xEF\xBB\xBFname,value\nx,1\n", "table");
    let seen = check(&root);
    let about: Vec<_> = seen.diagnostics.iter().filter(|d| d["file"] == "data/bom.csv").collect();
    assert!(about.is_empty(), "{about:?}");
    let rows = json(&lantu(&["query", root.to_str().unwrap(), "SELECT name FROM bom", "--format", "json"]));
    assert_eq!(rows[0]["name"], "x");
}

#[test]
fn a_line_of_ten_megabytes() {
    let (_folder, root) = town();
    let mut bytes = b"name,value\n".to_vec();
    bytes.extend(std::iter::repeat_n(b'x', 10 * 1024 * 1024));
    bytes.extend(b",1\n");
    add_table(&root, "long.csv", &bytes, "table");
    let seen = check(&root);
    assert!(seen.code == 1 && seen.diagnostics.iter().any(|d| d["file"] == "data/long.csv"), "{:#?}", seen.diagnostics);
}

#[test]
fn a_workbook_that_is_none() {
    let (_folder, root) = town();
    add_table(&root, "broken.xlsx", b"PK\x03\x04 not a workbook", "table");
    let seen = check(&root);
    assert!(
        seen.diagnostics.iter().any(|d| d["code"] == "bad-table" && d["file"] == "data/broken.xlsx"),
        "{:#?}",
        seen.diagnostics
    );
}

#[test]
fn duplicate_keys_absent_files_and_a_manifest_that_lies() {
    let (_folder, root) = town();
    edit(&root, "blueprint.toml", |text| format!("format = 1\n{text}"));
    std::fs::remove_file(root.join("data/visits.jsonl")).unwrap();
    edit(&root, "data/figures.csv", |text| format!("{text}\n"));
    std::fs::write(root.join("data/stray.csv"), "a\n1\n").unwrap();
    let seen = check(&root);
    assert_eq!(seen.code, 1);
    for wanted in ["bad-toml", "missing-file", "checksum-mismatch", "not-in-manifest"] {
        assert!(seen.diagnostics.iter().any(|d| d["code"] == wanted), "{wanted}: {:#?}", seen.diagnostics);
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let (folder, root) = town();
    std::fs::write(folder.path().join("secret.csv"), "secret\n1\n").unwrap();
    std::os::unix::fs::symlink("../../secret.csv", root.join("data/secret.csv")).unwrap();
    std::os::unix::fs::symlink("..", root.join("plan/loop")).unwrap();
    let seen = check(&root);
    assert_eq!(seen.code, 1);
    assert!(has(&seen, "unreadable-file", "data/secret.csv", 1), "{:#?}", seen.diagnostics);
    assert!(has(&seen, "unreadable-file", "plan/loop", 1), "{:#?}", seen.diagnostics);
}

#[test]
fn ids_in_chinese() {
    let (_folder, root) = town();
    edit(&root, "plan/01-river.zh.md", |plan| {
        format!("{plan}\n## 新举措 {{#新举措 owner=\"某局\"}}\n```target\nid = \"目标甲\"\ntitle = \"甲\"\n```\n")
    });
    check(&root);
    let why = lantu(&["why", root.to_str().unwrap(), "目标甲", "--as-of", AS_OF]);
    assert_eq!(code(&why), 0, "{}", text(&why));
}

#[test]
fn a_date_before_the_plan() {
    let (_folder, root) = town();
    let output = lantu(&["status", root.to_str().unwrap(), "--as-of", "1990-01-01", "--format", "json"]);
    let status = json(&output);
    let summary = status["summary"].as_object().unwrap();
    let total = status["targets"].as_array().unwrap().len() as u64;
    assert_eq!(summary["unmeasured"].as_u64().unwrap(), total, "nothing was known then: {summary:?}");
    assert_eq!(code(&lantu(&["status", root.to_str().unwrap(), "--as-of", "someday"])), 2);
}

#[test]
fn a_locale_with_decimal_commas_changes_nothing() {
    let (_folder, root) = town();
    let arguments = ["status", root.to_str().unwrap(), "--as-of", AS_OF, "--format", "csv"];
    let german = std::process::Command::new(env!("CARGO_BIN_EXE_lantu"))
        .args(arguments)
        .env("LC_ALL", "de_DE.UTF-8")
        .env("LANG", "de_DE.UTF-8")
        .output()
        .unwrap();
    assert_eq!(german.stdout, lantu(&arguments).stdout);
}

#[test]
fn folders_that_are_no_blueprint() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().to_str().unwrap();
    assert_eq!(code(&lantu(&["check", empty])), 1);
    assert_eq!(code(&lantu(&["status", "/no/such/folder"])), 2);
    assert_eq!(code(&lantu(&["status", "/dev/null"])), 2);
    assert_eq!(code(&lantu(&["query", empty, "DROP TABLE x"])), 2);
}
