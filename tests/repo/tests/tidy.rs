//! Every file is small, says what it is for, and holds nothing that belongs elsewhere.

use serde::Deserialize;

use crate::tree::{self, File};

const OVER_NEEDS_A_REASON: usize = 500;
const NEVER_OVER: usize = 800;
const MEDIAN: usize = 150;
/// Written by a program from the API's description.
const GENERATED: [&str; 1] = ["web/src/api/schema.ts"];
/// Hashes and names of packages, written by the package managers.
const LOCKS: [&str; 3] = ["Cargo.lock", "fuzz/Cargo.lock", "web/package-lock.json"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exceptions {
    file: Vec<Exception>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    path: String,
    reason: String,
}

fn rust() -> impl Iterator<Item = &'static File> {
    tree::files().iter().filter(|f| f.is(&[".rs"]))
}

fn web() -> impl Iterator<Item = &'static File> {
    let generated = |f: &File| GENERATED.contains(&f.path.as_str());
    tree::files().iter().filter(move |f| f.path.starts_with("web/src/") && f.is(&[".ts", ".svelte"]) && !generated(f))
}

fn texts() -> impl Iterator<Item = &'static File> {
    tree::files().iter().filter(|f| !LOCKS.contains(&f.path.as_str()))
}

/// Lines that are neither blank nor comment.
fn code_lines(text: &str) -> usize {
    let mut end_of_comment = None;
    let mut count = 0;
    for line in text.lines().map(str::trim) {
        if let Some(end) = end_of_comment {
            if line.contains(end) {
                end_of_comment = None;
            }
            continue;
        }
        let opened = [("/*", "*/"), ("<!--", "-->")].into_iter().find(|(open, _)| line.starts_with(open));
        match opened {
            Some((_, end)) if !line.contains(end) => end_of_comment = Some(end),
            Some((_, end)) if line.ends_with(end) => {}
            _ if line.is_empty() || line.starts_with("//") => {}
            _ => count += 1,
        }
    }
    count
}

#[test]
fn every_rust_file_says_what_it_is_for() {
    let silent = |f: &&File| !f.text.starts_with("//! ") || f.text.lines().next().is_some_and(|l| l.len() < 10);
    tree::none(&rust().filter(silent).map(|f| format!("{}: opens without `//!`", f.path)).collect::<Vec<_>>());
}

#[test]
fn files_are_small() {
    let exceptions: Exceptions = toml::from_str(&tree::read("tests/repo/size-exceptions.toml")).expect("exceptions");
    let mut wrong = Vec::new();
    let mut needed = Vec::new();
    for file in rust().chain(web()) {
        let lines = code_lines(&file.text);
        if lines > OVER_NEEDS_A_REASON {
            needed.push(file.path.as_str());
        }
        let excused = exceptions.file.iter().any(|e| e.path == file.path && !e.reason.is_empty());
        if lines > NEVER_OVER || (lines > OVER_NEEDS_A_REASON && !excused) {
            wrong.push(format!("{}: {lines} code lines", file.path));
        }
    }
    let stale = exceptions.file.iter().filter(|e| !needed.contains(&e.path.as_str()));
    wrong.extend(stale.map(|e| format!("size-exceptions.toml: {} needs no exception", e.path)));
    for (name, mut sizes) in [
        ("rust", rust().map(|f| code_lines(&f.text)).collect::<Vec<_>>()),
        ("web/src", web().map(|f| code_lines(&f.text)).collect::<Vec<_>>()),
    ] {
        sizes.sort_unstable();
        let median = sizes.get(sizes.len() / 2).copied().unwrap_or(0);
        if median > MEDIAN {
            wrong.push(format!("{name}: the median file has {median} code lines, over {MEDIAN}"));
        }
    }
    tree::none(&wrong);
}

#[test]
fn nothing_is_left_for_later() {
    // Put together here, so that this file does not find itself.
    let words = [["TO", "DO"], ["FIX", "ME"], ["X", "XX"]].map(|parts| parts.concat());
    let macros = [["todo", "!("], ["unimplemented", "!("]].map(|parts| parts.concat());
    let mut wrong = Vec::new();
    for file in texts() {
        for (at, line) in file.text.lines().enumerate() {
            let mut tokens = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let open = tokens.any(|t| words.iter().any(|w| w == t)) || macros.iter().any(|m| line.contains(m.as_str()));
            if open {
                wrong.push(format!("{}:{}: {}", file.path, at + 1, line.trim()));
            }
        }
    }
    tree::none(&wrong);
}

#[test]
fn lines_end_where_they_end() {
    let written =
        [".rs", ".ts", ".svelte", ".css", ".html", ".mjs", ".md", ".toml", ".sql", ".yaml", ".yml", "Makefile"];
    let mut wrong = Vec::new();
    for file in tree::files().iter().filter(|f| f.is(&written)) {
        for (at, line) in file.text.split('\n').enumerate() {
            let place = format!("{}:{}", file.path, at + 1);
            if line.ends_with([' ', '\t', '\r']) {
                wrong.push(format!("{place}: white space at the end of the line"));
            }
            if file.is(&[".rs"]) && line.contains('\t') {
                wrong.push(format!("{place}: a tab"));
            }
        }
    }
    tree::none(&wrong);
}

#[test]
fn nothing_points_at_one_machine() {
    let folders = ["work", "home", "root", "Users"].map(|name| format!("/{name}/"));
    // In `https://host/home/` it is the middle of a longer path.
    let inside = |c: char| c.is_alphanumeric() || "_-.}".contains(c);
    let mut wrong = Vec::new();
    for file in texts() {
        for (at, line) in file.text.lines().enumerate() {
            let mut starts = folders.iter().flat_map(|folder| line.match_indices(folder.as_str()));
            if starts.any(|(start, _)| !line[..start].ends_with(inside)) {
                wrong.push(format!("{}:{}: {}", file.path, at + 1, line.trim()));
            }
        }
    }
    tree::none(&wrong);
}

#[test]
fn nothing_names_where_packages_are_fetched_from() {
    let words = ["registry", "artifactory", "nexus", "mirror", "proxy", "npmjs", "pypi", "pythonhosted", "crates.io"];
    let mut wrong = Vec::new();
    for file in texts() {
        for rest in file.text.split("://").skip(1) {
            let host =
                rest.split(|c: char| !c.is_ascii_alphanumeric() && !"-.:".contains(c)).next().unwrap_or_default();
            if words.iter().any(|word| host.contains(word)) {
                wrong.push(format!("{}: {host}", file.path));
            }
        }
    }
    let resolved = tree::read("web/package-lock.json").matches("\"resolved\": \"http").count();
    if resolved > 0 {
        wrong.push(format!(
            "web/package-lock.json: {resolved} addresses; `npm install` with omit-lockfile-registry-resolved"
        ));
    }
    tree::none(&wrong);
}

#[test]
fn code_lines_are_counted_without_comments() {
    assert_eq!(code_lines("//! head\n\nfn f() {} // why\n/* a\n b */\n<!-- x -->\n<p>\n"), 2);
}
