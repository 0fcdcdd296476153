//! Files with rules of appraisal: found, read, and held against each other; and the one that is in force on a day.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use lantu_appraisal::diagnostic::Diagnostic;
use lantu_appraisal::read::rules::{is_rule_set, read};
use lantu_appraisal::read::versions::between;
use lantu_appraisal::rules::{Day, RuleSet};
use lantu_blueprint::Lang;

use super::say;
use super::told::text;
use crate::text::file;

/// A file as it was read.
pub(crate) struct RuleFile {
    pub(crate) path: PathBuf,
    /// Nothing where something in it is an error.
    pub(crate) set: Option<RuleSet>,
    pub(crate) problems: Vec<Diagnostic>,
}

/// Rule files of a folder, by name; files of other kinds lie there too.
pub(crate) fn in_folder(folder: &Path, lang: Lang) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let named = || folder.display().to_string();
    for entry in std::fs::read_dir(folder).with_context(named)? {
        let path = entry.with_context(named)?.path();
        let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        if is_toml && path.is_file() && is_rule_set(&file::read(&path, lang)?) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The files that were named and those in folders that were, each once.
pub(crate) fn open(paths: &[PathBuf], lang: Lang) -> anyhow::Result<Vec<RuleFile>> {
    let (mut files, mut known) = (Vec::new(), BTreeSet::new());
    for path in paths {
        let below = if path.is_dir() { in_folder(path, lang)? } else { vec![path.clone()] };
        if below.is_empty() {
            bail!("{}: {}", path.display(), say(lang, "没有评价规则", "there are no rules of appraisal"));
        }
        for path in below {
            let content = file::read(&path, lang)?;
            if known.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
                let (set, problems) = read(&content);
                files.push(RuleFile { path, set, problems });
            }
        }
    }
    let names: Vec<String> = files.iter().map(|file| short(&file.path)).collect();
    // Places among the files that hold a set.
    let places: Vec<usize> = (0..files.len()).filter(|at| files.get(*at).is_some_and(|f| f.set.is_some())).collect();
    let sets: Vec<(&str, &RuleSet)> =
        files.iter().zip(&names).filter_map(|(file, name)| file.set.as_ref().map(|set| (name.as_str(), set))).collect();
    let clashes = between(&sets);
    for (at, problem) in clashes {
        if let Some(file) = places.get(at).and_then(|at| files.get_mut(*at)) {
            file.problems.push(problem);
        }
    }
    Ok(files)
}

fn short(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// From when to when a set holds.
pub(crate) fn period(set: &RuleSet, lang: Lang) -> String {
    match (set.valid_to, lang) {
        (Some(to), Lang::Zh) => format!("{} 至 {to}", set.valid_from),
        (Some(to), Lang::En) => format!("{} to {to}", set.valid_from),
        (None, Lang::Zh) => format!("{} 起", set.valid_from),
        (None, Lang::En) => format!("from {}", set.valid_from),
    }
}

/// Whether a set is in force on a day.
pub(crate) fn holds(set: &RuleSet, day: Day) -> bool {
    set.valid_from <= day && set.valid_to.is_none_or(|to| day <= to)
}

/// The set that is in force. One file alone is taken whatever the day.
pub(crate) fn in_force(files: &[RuleFile], day: Option<Day>, lang: Lang) -> anyhow::Result<(&Path, &RuleSet)> {
    let sets: Vec<(&Path, &RuleSet)> =
        files.iter().filter_map(|file| file.set.as_ref().map(|set| (file.path.as_path(), set))).collect();
    // Who names one file wants that one; whether it holds on the day is told by who applies it.
    if let [(path, set)] = sets.as_slice() {
        return Ok((*path, *set));
    }
    let list = |sets: &[&(&Path, &RuleSet)]| {
        let lines = sets
            .iter()
            .map(|(path, set)| format!("\n  {} · {} · {}", path.display(), text(&set.name, lang), period(set, lang)));
        lines.collect::<String>()
    };
    let Some(day) = day else {
        bail!(
            "{}{}",
            say(
                lang,
                "规则不止一份；用 --as-of 说按哪一天的",
                "there is more than one rule set; --as-of says of which day"
            ),
            list(&sets.iter().collect::<Vec<_>>())
        );
    };
    let there: Vec<&(&Path, &RuleSet)> = sets.iter().filter(|(_, set)| holds(set, day)).collect();
    match there.as_slice() {
        [(path, set)] => Ok((*path, *set)),
        [] => bail!(
            "{day}: {}{}",
            say(lang, "这一天没有有效的规则", "no rules are in force on that day"),
            list(&sets.iter().collect::<Vec<_>>())
        ),
        several => bail!(
            "{day}: {}{}",
            say(
                lang,
                "这一天有效的规则不止一份；请只给其中一份",
                "more than one rule set is in force on that day; name one of them"
            ),
            list(several)
        ),
    }
}
