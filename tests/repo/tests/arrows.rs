//! Which crate may depend on which, and which packages may never appear under a crate: `arrows.toml` against what
//! cargo resolves.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

use crate::tree;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Policy {
    crates: BTreeMap<String, Rule>,
    only: BTreeMap<String, Vec<String>>,
    pub(crate) web: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    ours: Vec<String>,
    never: Vec<String>,
}

pub(crate) fn policy() -> Policy {
    toml::from_str(&tree::read("tests/repo/arrows.toml")).expect("arrows.toml")
}

/// What cargo resolves for this platform.
pub(crate) fn metadata() -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let about = Command::new("rustc").arg("-vV").output().expect("rustc").stdout;
    let about = String::from_utf8_lossy(&about).into_owned();
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).expect("the host").to_owned();
    // Other platforms are left out: what they need is never downloaded here.
    let arguments = ["metadata", "--format-version", "1", "--locked", "--filter-platform", &host];
    let out = Command::new(cargo).args(arguments).current_dir(tree::root()).output().expect("cargo");
    assert!(out.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("JSON")
}

/// Normal dependencies by package name. Two versions of one package count as one.
struct Graph {
    members: BTreeSet<String>,
    uses: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    fn resolved() -> Graph {
        let metadata = metadata();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let names: BTreeMap<String, String> =
            list(&metadata["packages"]).iter().map(|p| (text(&p["id"]), text(&p["name"]))).collect();
        let members = list(&metadata["workspace_members"]).iter().map(|id| names[&text(id)].clone()).collect();
        let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for node in list(&metadata["resolve"]["nodes"]) {
            let normal = |dep: &Value| list(&dep["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
            let below = list(&node["deps"]).into_iter().filter(normal).map(|dep| names[&text(&dep["pkg"])].clone());
            uses.entry(names[&text(&node["id"])].clone()).or_default().extend(below);
        }
        Graph { members, uses }
    }

    /// Everything under a package, each with the package that brings it in.
    fn under(&self, name: &str) -> BTreeMap<&str, &str> {
        let mut found: BTreeMap<&str, &str> = BTreeMap::new();
        let mut open = vec![self.uses.get_key_value(name).map_or("", |(name, _)| name)];
        while let Some(at) = open.pop() {
            for below in self.uses.get(at).into_iter().flatten() {
                if !found.contains_key(below.as_str()) {
                    found.insert(below, at);
                    open.push(below);
                }
            }
        }
        found
    }
}

#[test]
fn crates_depend_downwards_only() {
    let (policy, graph) = (policy(), Graph::resolved());
    let mut wrong = Vec::new();
    let known: BTreeSet<String> = policy.crates.keys().cloned().collect();
    for name in graph.members.symmetric_difference(&known) {
        wrong.push(format!("{name}: in the workspace or in arrows.toml, but not in both"));
    }
    for (name, rule) in &policy.crates {
        let direct = graph.uses.get(name).into_iter().flatten().filter(|below| graph.members.contains(*below));
        for below in direct.filter(|below| !rule.ours.contains(below)) {
            wrong.push(format!("{name} may not use {below}"));
        }
        let under = graph.under(name);
        for never in &rule.never {
            if let Some(through) = under.get(never.as_str()) {
                wrong.push(format!("{name} must never contain {never}, and gets it through {through}"));
            }
        }
    }
    tree::none(&wrong);
}

#[test]
fn packages_whose_types_must_not_leak_stay_in_their_crate() {
    let (policy, graph) = (policy(), Graph::resolved());
    let mut wrong = Vec::new();
    for (package, homes) in &policy.only {
        let users: Vec<&String> = graph.members.iter().filter(|m| graph.uses[*m].contains(package)).collect();
        wrong.extend(users.iter().filter(|u| !homes.contains(u)).map(|u| format!("{u} may not name {package}")));
        if users.is_empty() {
            wrong.push(format!("arrows.toml speaks of {package}, which nothing uses"));
        }
    }
    tree::none(&wrong);
}
