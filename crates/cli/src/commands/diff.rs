//! `lantu diff`

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use lantu_blueprint::Lang;
use lantu_blueprint::verdict::Verdict;
use lantu_city::{City, PlanDiff, diff};
use serde_json::json;

use super::{open, say};
use crate::Outcome;
use crate::arguments::{Diff, Format};
use crate::text::table::{Cell, render};
use crate::text::{csv, print, print_json, style};

pub(crate) fn run(command: &Diff, lang: Lang) -> anyhow::Result<Outcome> {
    let as_of = command.at.as_of();
    let new = open(&command.at, lang)?;
    // Kept until the old city has been read.
    let checkout;
    let folder = if Path::new(&command.other).is_dir() {
        PathBuf::from(&command.other)
    } else {
        checkout = tempfile::tempdir()?;
        revision(&command.at.city, &command.other, checkout.path())?
    };
    let old = City::open(&folder, as_of)?;
    let found = diff(&old, &new, as_of);
    match command.format {
        Format::Json => print_json(&as_json(&found))?,
        Format::Csv => print(&as_csv(&found))?,
        Format::Text => print(&as_text(&found, lang))?,
    }
    Ok(Outcome::Fine)
}

/// The folder as it was in a Git revision, written below `into`.
fn revision(city: &Path, revision: &str, into: &Path) -> anyhow::Result<PathBuf> {
    if revision.starts_with('-') {
        bail!("{revision}: 不是 Git 版本或文件夹 / neither a Git revision nor a folder");
    }
    // An index of our own: the user's is not touched.
    let index = into.join("index");
    let git = |place: &Path, arguments: &[&str]| -> anyhow::Result<String> {
        let output = Command::new("git").arg("-C").arg(place).args(arguments).env("GIT_INDEX_FILE", &index).output();
        let output = output.context("git")?;
        if !output.status.success() {
            let message = String::from_utf8_lossy(&output.stderr);
            bail!("{revision}: 不是 Git 版本或文件夹 / neither a Git revision nor a folder ({})", message.trim());
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let commit = git(city, &["rev-parse", "--verify", "--end-of-options", &format!("{revision}^{{commit}}")])?;
    let prefix = git(city, &["rev-parse", "--show-prefix"])?;
    let top = PathBuf::from(git(city, &["rev-parse", "--show-toplevel"])?);
    let name = city.canonicalize()?.file_name().map(|name| name.to_owned()).unwrap_or_else(|| "city".into());
    let folder = into.join(name);
    fs::create_dir_all(&folder)?;
    // The tree of the city's folder alone; links stay links.
    git(&top, &["read-tree", &format!("{commit}:{}", prefix.trim_end_matches('/'))])?;
    git(&top, &["checkout-index", "--all", &format!("--prefix={}/", folder.display())])?;
    if !folder.join("blueprint.toml").exists() {
        bail!("{revision}: 那个版本里没有这个蓝图 / this blueprint is not in that revision");
    }
    Ok(folder)
}

fn code(verdict: Option<Verdict>) -> Option<&'static str> {
    verdict.map(Verdict::code)
}

fn as_json(found: &PlanDiff) -> serde_json::Value {
    let definitions = found.definitions.iter().map(|d| {
        json!({ "kind": d.kind, "id": d.id, "change": d.difference.word().0, "file": &*d.location.file, "line": d.location.line })
    });
    let verdicts = found.verdicts.iter().map(
        |v| json!({ "id": v.id, "title": v.title.zh, "title_en": v.title.en, "from": code(v.from), "to": code(v.to) }),
    );
    json!({ "definitions": definitions.collect::<Vec<_>>(), "verdicts": verdicts.collect::<Vec<_>>() })
}

fn as_csv(found: &PlanDiff) -> String {
    let mut out = csv::line(["kind", "id", "change", "file", "line"]);
    for d in &found.definitions {
        out.push_str(&csv::line([
            d.kind,
            &d.id,
            d.difference.word().0,
            &d.location.file,
            &d.location.line.to_string(),
        ]));
    }
    for v in &found.verdicts {
        let change = format!("{} > {}", code(v.from).unwrap_or("-"), code(v.to).unwrap_or("-"));
        out.push_str(&csv::line(["verdict", &v.id, &change, "", ""]));
    }
    out
}

fn as_text(found: &PlanDiff, lang: Lang) -> String {
    let mut out = String::new();
    let heading = |zh, en, count: usize| format!("{}\n", style::strong(&format!("{} ({count})", say(lang, zh, en))));
    out.push_str(&heading("改动的定义和数据", "definitions and data that changed", found.definitions.len()));
    let rows: Vec<Vec<Cell>> = found
        .definitions
        .iter()
        .map(|d| {
            let place = format!("{}:{}", d.location.file, d.location.line);
            let (_, word) = d.difference.word();
            vec![
                Cell::text(word.get(lang)),
                Cell::text(d.kind),
                Cell::text(&d.id),
                Cell::text(place).painted(style::dim),
            ]
        })
        .collect();
    out.push_str(&render(&rows, &[], 2));
    let _ = writeln!(out);
    out.push_str(&heading("随之改变的结论", "verdicts that moved", found.verdicts.len()));
    let name = |verdict: Option<Verdict>| match verdict {
        Some(verdict) => format!("{} {}", style::mark(verdict), verdict.name().get(lang)),
        None => "∅".to_owned(),
    };
    let rows: Vec<Vec<Cell>> = found
        .verdicts
        .iter()
        .map(|v| {
            vec![
                Cell::text(name(v.from)),
                Cell::text("→"),
                Cell::text(name(v.to)),
                Cell::text(&v.id),
                Cell::text(v.title.get(lang)),
            ]
        })
        .collect();
    out.push_str(&render(&rows, &[], 2));
    out
}
