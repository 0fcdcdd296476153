//! The binary as a user meets it: the template, Ningbo, and input that is broken in every way we could think of.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod appraise;
mod appraise_pages;
mod appraise_told;
mod bad_input;
mod efficiency;
mod inequality;
mod models;
mod ningbo;
mod reach;
mod roads;
mod siting;
mod transit;
mod verbs;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Runs `lantu`; the date is fixed so that the answers are.
fn lantu(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lantu")).args(arguments).env_remove("LANTU_LANG").output().expect("lantu runs")
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", text(output)))
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("killed: {}", text(output)))
}

fn city(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cities").join(name)
}

/// A new town made by `lantu new`.
fn town() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("town");
    let made = lantu(&["new", root.to_str().unwrap()]);
    assert_eq!(code(&made), 0, "{}", text(&made));
    (folder, root)
}

/// Changes one file of a town.
fn edit(root: &Path, file: &str, change: impl FnOnce(String) -> String) {
    let path = root.join(file);
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    std::fs::write(&path, change(old)).expect("written");
}
