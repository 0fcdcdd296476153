//! `lantu check` of a file with rules of appraisal, or of a folder of them that is no blueprint.

use std::path::{Path, PathBuf};

use lantu_blueprint::Lang;

use super::check::Found;
use super::rule_files::{in_folder, open, period};
use super::told::{appraisal_severity, text};
use crate::text::style;

/// The rule files meant by a path; none where it is a blueprint folder, or something else altogether.
pub(super) fn meant(path: &Path, lang: Lang) -> anyhow::Result<Option<Vec<PathBuf>>> {
    if path.is_file() {
        let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        return Ok(is_toml.then(|| vec![path.to_owned()]));
    }
    if !path.is_dir() || path.join("blueprint.toml").exists() {
        return Ok(None);
    }
    Ok(Some(in_folder(path, lang)?).filter(|files| !files.is_empty()))
}

/// Every problem of them, and a line about each.
pub(super) fn check(paths: &[PathBuf], lang: Lang) -> anyhow::Result<(Vec<Found>, String)> {
    let files = open(paths, lang)?;
    let (mut found, mut about) = (Vec::new(), String::new());
    for file in files {
        let path = file.path.display().to_string();
        match &file.set {
            Some(set) => {
                let (name, place) = (text(&set.name, lang), text(&set.jurisdiction, lang));
                about.push_str(&format!("{} {path} · {name} · {place} · {}\n", style::good("✔"), period(set, lang)));
            }
            None => about.push_str(&format!("{} {path}\n", style::bad("✘"))),
        }
        found.extend(file.problems.into_iter().map(|problem| Found {
            code: problem.code.word(),
            severity: appraisal_severity(problem.severity),
            message: text(&problem.message, lang).to_owned(),
            file: path.clone(),
            line: u32::try_from(problem.line.max(1)).unwrap_or(u32::MAX),
            column: 1,
            hint: String::new(),
        }));
    }
    Ok((found, about))
}
