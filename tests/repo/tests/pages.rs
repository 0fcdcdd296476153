//! Pages that hang together: links lead somewhere, paths exist, the two READMEs say the same, indexes are complete.

use std::collections::BTreeSet;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::tree;

fn markdown() -> impl Iterator<Item = &'static tree::File> {
    tree::files().iter().filter(|f| f.is(&[".md"]))
}

fn events(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// Addresses of links and pictures that stay inside the repository, without their anchors.
fn links(text: &str) -> Vec<String> {
    let address = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    };
    let inside = |link: &String| !link.contains("://") && !link.starts_with("mailto:") && !link.starts_with('#');
    let path = |link: String| link.split('#').next().unwrap_or_default().to_owned();
    events(text).filter_map(address).filter(inside).map(path).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let root = tree::root();
    let mut wrong = Vec::new();
    for file in markdown() {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in links(&file.text) {
            if !root.join(folder).join(&link).exists() {
                wrong.push(format!("{}: {link}", file.path));
            }
        }
    }
    tree::none(&wrong);
}

#[test]
fn the_index_of_the_docs_is_complete() {
    let index: BTreeSet<String> = links(&tree::read("docs/README.md")).into_iter().collect();
    let pages = markdown().filter_map(|f| f.path.strip_prefix("docs/"));
    let wanted = pages.filter(|p| *p != "README.md" && (!p.starts_with("diagnostics/") || p.ends_with("README.md")));
    let missing = wanted.filter(|page| !index.contains(*page)).map(|page| format!("docs/README.md: no {page}"));
    tree::none(&missing.collect::<Vec<_>>());
}

/// Headings, and code blocks without what differs by language: comments and blank lines.
fn skeleton(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut headings, mut blocks, mut inside) = (Vec::new(), Vec::new(), false);
    for event in events(text) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => headings.push(level.to_string()),
            Event::Start(Tag::CodeBlock(kind)) => {
                inside = true;
                blocks.push(match kind {
                    CodeBlockKind::Fenced(word) => format!("{word}\n"),
                    CodeBlockKind::Indented => String::new(),
                });
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(code) if inside => {
                let plain =
                    |line: &str| line.split(" #").next().filter(|l| !l.starts_with('#')).map(|l| l.trim().to_owned());
                let code: Vec<String> = code.lines().filter_map(plain).filter(|line| !line.is_empty()).collect();
                blocks.extend(code);
            }
            _ => {}
        }
    }
    (headings, blocks)
}

#[test]
fn both_readmes_have_the_same_headings_and_commands() {
    let (english, chinese) = (skeleton(&tree::read("README.md")), skeleton(&tree::read("README.zh.md")));
    assert_eq!(english.0, chinese.0, "levels of the headings");
    assert_eq!(english.1, chinese.1, "code blocks");
}

/// Words of a page that are set as code, each under the crate whose heading came last.
fn code_words(text: &str) -> Vec<(String, String)> {
    let (mut found, mut home, mut heading) = (Vec::new(), String::new(), false);
    for event in events(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = true,
            Event::End(TagEnd::Heading(_)) => heading = false,
            Event::Code(word) if heading => home = word.into_string(),
            Event::Code(word) => found.push((home.clone(), word.into_string())),
            _ => {}
        }
    }
    found
}

#[test]
fn every_path_that_a_page_names_exists() {
    let tops = ["crates/", "web/", "cities/", "tests/", "docs/", "benches/", ".ci/", "scripts/"];
    // Made by building.
    let made = |path: &str| path.starts_with("web/dist") || path.contains(".lantu");
    let pages = ["ARCHITECTURE.md", "CONTRIBUTING.md", "STYLE.md", "README.md", "README.zh.md"];
    let mut wrong = Vec::new();
    for file in markdown().filter(|f| pages.contains(&f.path.as_str()) || f.path.starts_with("docs/decisions/")) {
        for (home, word) in code_words(&file.text) {
            let path = if word.starts_with("src/") || word.starts_with("tests/") && home.starts_with("crates/") {
                format!("{home}/{word}")
            } else if tops.iter().any(|top| word.starts_with(top)) {
                word
            } else {
                continue;
            };
            let pattern = path.contains(['<', '*', '…', ' ', '{']);
            if !pattern && !made(&path) && !tree::root().join(&path).exists() {
                wrong.push(format!("{}: {path}", file.path));
            }
        }
    }
    tree::none(&wrong);
}

#[test]
fn the_architecture_page_knows_every_crate() {
    let page = tree::read("ARCHITECTURE.md");
    let crates: BTreeSet<&str> =
        tree::files().iter().filter_map(|f| f.path.strip_prefix("crates/")?.split('/').next()).collect();
    let missing = crates.into_iter().filter(|name| !page.contains(&format!("### `crates/{name}`")));
    tree::none(&missing.map(str::to_owned).collect::<Vec<_>>());
}
