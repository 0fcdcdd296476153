//! `lantu appraise`: units graded by a dated rule file.

mod certificate;
mod compare;
mod explain;
mod graded;
mod inputs;
mod json;
mod notice;
mod origins;
mod page;
mod people;
mod sentences;
mod table;
mod uncertainty;

use std::path::Path;

use anyhow::{bail, ensure};
use lantu_appraisal::evaluate::prepare;
use lantu_appraisal::read::units::Wanted;
use lantu_appraisal::rules::{Day, RuleSet};
use lantu_blueprint::{Date, Lang};

use self::graded::Graded;
use self::inputs::Inputs;
use super::told::tell_appraisal;
use super::{rule_files, say};
use crate::Outcome;
use crate::arguments_appraise::{Appraise, AppraiseFormat};
use crate::arguments_models::ModelFormat;
use crate::models::output;
use crate::text::{file, print};

pub(crate) fn run(command: &Appraise, lang: Lang) -> anyhow::Result<Outcome> {
    let format = command.format();
    if format == AppraiseFormat::Parquet && command.out.is_none() {
        bail!(say(lang, "parquet 要写入文件：请给 --out", "parquet goes into a file: --out is needed"));
    }
    let files = rule_files::open(&command.rules, lang)?;
    refuse(command, &files, lang)?;
    let mut findings = false;
    for file in &files {
        findings |= tell_appraisal(&file.problems, &file.path, lang);
    }
    // A file that cannot be read may be the one that is in force.
    if files.iter().any(|file| file.set.is_none()) {
        return Ok(Outcome::Findings);
    }
    let day = command.as_of.map(day).transpose()?;
    let (path, set) = rule_files::in_force(&files, day, lang)?;
    let rules = renamed(set, command);
    if command.compare.compare_rules.is_some() || command.compare.compare_data.is_some() {
        let (bytes, told) = compare::of(command, &rules, day, lang)?;
        let Some(bytes) = bytes else { return Ok(Outcome::Findings) };
        put(&bytes, format, command)?;
        return Ok(if findings || told { Outcome::Findings } else { Outcome::Fine });
    }
    let (inputs, told) = Inputs::read(command, &command.data, &rules, &wanted(&rules, command), day, lang)?;
    findings |= told;
    let Some(inputs) = inputs else { return Ok(Outcome::Findings) };
    let context = inputs.context();
    let (prepared, problems) = prepare(&rules, &inputs.units, &context);
    findings |= tell_appraisal(&problems, path, lang);
    let found = prepared.appraise(&prepared.weights, context.previous);
    ensure!(found.totals.len() == inputs.units.len(), "units went missing");
    let graded = Graded { rules: &rules, prepared: &prepared, found: &found, id: &inputs.id, lang };
    put(&bytes(&graded, command, path)?, format, command)?;
    if let Some(path) = &command.pages.notice {
        output::write(notice::of(&graded, &command.pages, command.as_of).as_bytes(), Some(path))?;
    }
    if let Some(folder) = &command.pages.certificates {
        certificate::write(&graded, &command.pages, folder)?;
    }
    let ungraded = (0..graded.len()).any(|row| graded.is_ungraded_by_data(row));
    Ok(if findings || ungraded { Outcome::Findings } else { Outcome::Fine })
}

/// The grades, or one of them explained, in the format asked for.
fn bytes(graded: &Graded<'_>, command: &Appraise, path: &Path) -> anyhow::Result<Vec<u8>> {
    if let Some(id) = &command.explain {
        let explained = explain::Explained::of(graded, id)?;
        return Ok(match command.format() {
            AppraiseFormat::Json => format!("{}\n", serde_json::to_string_pretty(&explained.as_json())?).into_bytes(),
            AppraiseFormat::Text => explained.as_text().into_bytes(),
            AppraiseFormat::Csv | AppraiseFormat::Parquet => {
                bail!(say(graded.lang, "--explain 的格式是 text 或 json", "--explain has the formats text and json"))
            }
        });
    }
    let certainty = uncertainty::of(graded, &command.draws)?;
    let table = |format: ModelFormat| {
        let mut table = table::of(graded);
        table.extend(certainty.iter().flat_map(|found| uncertainty::columns(graded, found)));
        output::table(table, format)
    };
    match command.format() {
        AppraiseFormat::Csv => table(ModelFormat::Csv),
        AppraiseFormat::Parquet => table(ModelFormat::Parquet),
        AppraiseFormat::Json => {
            let all = json::of(graded, path, certainty.as_ref());
            Ok(format!("{}\n", serde_json::to_string_pretty(&all)?).into_bytes())
        }
        AppraiseFormat::Text => {
            let mut text = people::of(graded);
            text.extend(certainty.iter().map(|found| uncertainty::as_text(graded, found, &command.draws)));
            Ok(text.into_bytes())
        }
    }
}

/// Into the file asked for, or on standard output; without colours where nobody sees them.
fn put(bytes: &[u8], format: AppraiseFormat, command: &Appraise) -> anyhow::Result<()> {
    if format != AppraiseFormat::Text {
        return output::write(bytes, command.out.as_deref());
    }
    let text = String::from_utf8_lossy(bytes);
    match &command.out {
        Some(path) => output::write(anstream::adapter::strip_str(&text).to_string().as_bytes(), Some(path)),
        None => print(&text),
    }
}

/// Outputs that would take the place of inputs, or of each other.
fn refuse(command: &Appraise, files: &[rule_files::RuleFile], lang: Lang) -> anyhow::Result<()> {
    let pages = &command.pages;
    let index = pages.certificates.as_ref().map(|folder| folder.join("index.html"));
    file::distinct(&[&command.out, &pages.notice, &index], lang)?;
    let rules = files.iter().map(|file| &file.path);
    let compared = command.compare.compare_rules.iter().chain(&command.compare.compare_data);
    let inputs = rules.chain([&command.data]).chain(&command.previous).chain(&command.events).chain(compared);
    let inputs: Vec<_> = inputs.collect();
    for output in [&command.out, &pages.notice, &index].into_iter().flatten() {
        file::apart(output, inputs.iter().copied(), lang)?;
    }
    Ok(())
}

/// Columns that the rules need of the table.
fn wanted(rules: &RuleSet, command: &Appraise) -> Wanted {
    if command.events.is_some() { Wanted::with_events(rules) } else { Wanted::by(rules) }
}

/// The rules with the columns that the table has.
fn renamed(set: &RuleSet, command: &Appraise) -> RuleSet {
    let mut rules = set.clone();
    if command.id.is_some() {
        rules.id_column.clone_from(&command.id);
    }
    if command.group.is_some() {
        rules.group_column.clone_from(&command.group);
    }
    rules
}

/// A day in the words of the kernel.
fn day(date: Date) -> anyhow::Result<Day> {
    date.to_string().parse().map_err(|()| anyhow::anyhow!("{date}"))
}
