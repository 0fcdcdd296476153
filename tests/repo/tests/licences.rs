//! Licences and origins of everything that is built in: `deny.toml` against what cargo and npm resolve. `cargo deny`
//! reads the same file and looks at licence texts too; this test needs nothing installed.

use serde_json::Value;
use spdx::{Expression, ParseMode};

use crate::{arrows, tree};

/// True when a licence expression can be met with the licences that `deny.toml` allows.
fn allowed(expression: &str, allow: &[String]) -> bool {
    // Old crates write `MIT/Apache-2.0`.
    let Ok(expression) = Expression::parse_mode(expression, ParseMode::LAX) else { return false };
    expression.evaluate(|wanted| allow.iter().any(|name| *name == wanted.to_string()))
}

fn allow_list() -> Vec<String> {
    let deny: toml::Table = toml::from_str(&tree::read("deny.toml")).expect("deny.toml");
    let list = deny["licenses"]["allow"].as_array().expect("a list");
    list.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

#[test]
fn every_crate_has_an_allowed_licence_and_comes_from_the_registry() {
    let allow = allow_list();
    let metadata = arrows::metadata();
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 100, "only {} packages", packages.len());
    let mut wrong = Vec::new();
    for package in packages {
        let (name, licence) = (&package["name"], package["license"].as_str().unwrap_or_default());
        if !allowed(licence, &allow) {
            wrong.push(format!("{name}: `{licence}` is not allowed by deny.toml"));
        }
        let source = package["source"].as_str();
        if source.is_some_and(|source| !source.starts_with("registry+")) {
            wrong.push(format!("{name}: comes from {source:?}"));
        }
    }
    tree::none(&wrong);
}

#[test]
fn every_package_in_the_pages_has_an_allowed_licence() {
    let allow = allow_list();
    let lock: Value = serde_json::from_str(&tree::read("web/package-lock.json")).expect("the lock file");
    let packages = lock["packages"].as_object().expect("packages").iter();
    // What only builds and tests is not handed on.
    let shipped = packages.filter(|(path, package)| !path.is_empty() && package["dev"] != Value::Bool(true));
    let licences: Vec<(&String, &str)> =
        shipped.map(|(path, package)| (path, package["license"].as_str().unwrap_or_default())).collect();
    assert!(licences.iter().any(|(path, _)| path.ends_with("/maplibre-gl")), "the map is shipped");
    let wrong = licences.iter().filter(|(_, licence)| !allowed(licence, &allow));
    tree::none(&wrong.map(|(path, licence)| format!("{path}: `{licence}`")).collect::<Vec<_>>());
}

#[test]
fn expressions_are_read_as_they_are_meant() {
    let allow = ["MIT".to_owned(), "Apache-2.0 WITH LLVM-exception".to_owned()];
    for (expression, wanted) in [
        ("MIT", true),
        ("MIT/GPL-3.0", true),
        ("GPL-3.0", false),
        ("MIT AND GPL-3.0-only", false),
        ("Apache-2.0 WITH LLVM-exception OR GPL-3.0-only", true),
        ("", false),
    ] {
        assert_eq!(allowed(expression, &allow), wanted, "{expression}");
    }
}
