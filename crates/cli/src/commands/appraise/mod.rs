//! `lantu appraise`: units graded by a dated rule file.

mod basis;
mod borders;
mod certificate;
mod certificate_items;
mod compare;
mod compare_table;
mod compare_text;
mod compared;
mod differences;
mod explain;
mod explain_json;
mod facts;
mod folder;
mod graded;
mod inputs;
mod json;
mod lifted;
mod lines;
mod notice;
mod numbers;
mod origins;
mod page;
mod people;
mod sentences;
mod sources;
mod table;
mod tally;
mod uncertainty;
mod words;

use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};
use lantu_appraisal::evaluate::prepare;
use lantu_appraisal::explain::Certainty;
use lantu_appraisal::rules::{Day, RuleSet, Source};
use lantu_blueprint::{Date, Lang};

use self::graded::Graded;
use self::inputs::Inputs;
use self::tally::Tally;
use super::told::{tell_appraisal, text};
use super::{put, rule_files, say};
use crate::Outcome;
use crate::arguments_appraise::Appraise;
use crate::arguments_output::Shape;
use crate::models::output;
use crate::text::{file, style};

pub(crate) fn run(command: &Appraise, lang: Lang) -> anyhow::Result<Outcome> {
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
    let out_of_force = day.filter(|day| !rule_files::holds(set, *day)).map(|day| out_of_force(set, day, lang));
    if let Some(line) = &out_of_force {
        anstream::eprintln!("{} {}: {line}", style::bad("!"), path.display());
        findings = true;
    }
    if command.group.is_some() && set.group_column.is_none() {
        bail!(say(
            lang,
            "--group：这份规则不分组（没有 group_column），组别不起作用；请去掉 --group，或在规则里写 group_column",
            "--group: these rules know no groups (no group_column), so that it would do nothing; leave it out, or give the rules a group_column"
        ));
    }
    let rules = renamed(set, command);
    if command.compare.compare_rules.is_some() || command.compare.compare_data.is_some() {
        findings |= compare::run(command, (path, &rules), day, lang)?;
        return Ok(if findings { Outcome::Findings } else { Outcome::Fine });
    }
    let wanted = inputs::wanted(&[&rules], command);
    let (inputs, told) = Inputs::read(command, &command.data, &rules, &wanted, day, lang)?;
    findings |= told;
    let Some(inputs) = inputs else { return Ok(Outcome::Findings) };
    let context = inputs.context();
    let (prepared, problems) = prepare(&rules, &inputs.units, &context);
    findings |= tell_appraisal(&problems, path, lang);
    let found = prepared.appraise(&prepared.weights, context.previous);
    ensure!(found.totals.len() == inputs.units.len(), "units went missing");
    let graded = Graded {
        rules: &rules,
        prepared: &prepared,
        found: &found,
        context: &context,
        tally: &Tally::of(&prepared, &found),
        data: &command.data,
        id: &inputs.id,
        title: rules.name_column.as_deref(),
        out_of_force: out_of_force.as_deref(),
        lang,
    };
    let certainty = uncertainty::of(&graded, &command.draws)?;
    match &command.explain {
        Some(asked) => explained(&graded, command, asked, certainty.as_ref())?,
        None => all(&graded, command, path, certainty.as_ref())?,
    }
    let ungraded = (0..graded.len()).any(|row| graded.is_ungraded_by_data(row));
    Ok(if findings || ungraded { Outcome::Findings } else { Outcome::Fine })
}

/// One unit, on its page too where pages are asked for.
fn explained(
    graded: &Graded<'_>,
    command: &Appraise,
    asked: &str,
    certainty: Option<&Certainty>,
) -> anyhow::Result<()> {
    let explained = explain::Explained::of(graded, asked, certainty)?;
    match command.output.shape() {
        Shape::Json => put::json(&command.output, &explain_json::of(&explained))?,
        _ => put::text(&command.output, &explained.as_text())?,
    }
    let Some(folder) = &command.pages.certificates else { return Ok(()) };
    certificate::write_one(graded, command, folder, explained.why.row)
}

/// The grades in the shape asked for, and pages.
fn all(graded: &Graded<'_>, command: &Appraise, path: &Path, certainty: Option<&Certainty>) -> anyhow::Result<()> {
    match command.output.shape() {
        Shape::Csv | Shape::Parquet => {
            let mut table = table::of(graded);
            table.extend(certainty.iter().flat_map(|found| uncertainty::columns(graded, found)));
            put::table(&command.output, table)?;
        }
        Shape::Json => put::through(&command.output, |out| json::write(graded, path, certainty, out))?,
        Shape::Text => {
            let mut said = people::of(graded);
            said.extend(certainty.iter().map(|found| uncertainty::as_text(graded, found, &command.draws)));
            put::text(&command.output, &said)?;
        }
    }
    if let Some(path) = &command.pages.notice {
        output::write(notice::of(graded, command).as_bytes(), Some(path))?;
    }
    command.pages.certificates.as_ref().map_or(Ok(()), |folder| certificate::write(graded, command, folder))
}

/// Outputs that would take the place of inputs, or of each other, and what cannot be asked for together.
fn refuse(command: &Appraise, files: &[rule_files::RuleFile], lang: Lang) -> anyhow::Result<()> {
    let (pages, out) = (&command.pages, &command.output.out);
    let index = pages.certificates.as_ref().map(|folder| folder.join("index.html"));
    file::distinct(&[out, &pages.notice, &index], lang)?;
    // Pages of an earlier run are removed from their folder, and others refused: nothing else is written into it.
    let within = |path: &&PathBuf| {
        pages.certificates.as_ref().is_some_and(|folder| file::place(path).starts_with(file::place(folder)))
    };
    if let Some(path) = [out, &pages.notice].into_iter().flatten().find(within) {
        let line = say(lang, "通知单的文件夹里不写别的", "nothing else is written into the folder of certificates");
        bail!("{}: {line}", path.display());
    }
    let rules = files.iter().map(|file| &file.path);
    let compared = command.compare.compare_rules.iter().chain(&command.compare.compare_data);
    let inputs = rules.chain([&command.data]).chain(&command.previous).chain(&command.events).chain(compared);
    let inputs: Vec<_> = inputs.collect();
    for output in [&pages.notice, &index].into_iter().flatten() {
        file::apart(output, inputs.iter().copied(), lang)?;
    }
    put::refuse(&command.output, inputs, lang)?;
    if command.explain.is_none() {
        pages.certificates.as_ref().map_or(Ok(()), |to| folder::refuse(to, lang))?;
    }
    if command.explain.is_some() && matches!(command.output.shape(), Shape::Csv | Shape::Parquet) {
        bail!(say(lang, "--explain 的格式是 text 或 json", "--explain has the formats text and json"));
    }
    if let Some((issued, until)) = pages.issued.zip(pages.objections_until).filter(|(issued, until)| until < issued) {
        bail!(match lang {
            Lang::Zh => format!("--objections-until {until} 早于 --issued {issued}"),
            Lang::En => format!("--objections-until {until} is before --issued {issued}"),
        });
    }
    Ok(())
}

/// The rules with the columns that the table has.
fn renamed(set: &RuleSet, command: &Appraise) -> RuleSet {
    let mut rules = set.clone();
    if command.id.is_some() {
        rules.id_column.clone_from(&command.id);
    }
    if command.group.is_some() && rules.group_column.is_some() {
        rules.group_column.clone_from(&command.group);
    }
    if command.name.is_some() {
        rules.name_column.clone_from(&command.name);
    }
    rules
}

/// Title of a source.
fn source_title(source: &Source, lang: Lang) -> &str {
    text(&source.title, lang)
}

/// Rules that do not hold on the day that was asked for are applied all the same, which is said wherever results are.
fn out_of_force(set: &RuleSet, day: Day, lang: Lang) -> String {
    let period = rule_files::period(set, lang);
    match lang {
        Lang::Zh => format!("规则在 {day} 不在有效期内（{period}）；以下结果仍按它算出，不能当作这一天的评价"),
        Lang::En => format!(
            "the rules are not in force on {day} ({period}); results are by them all the same, and are no grades of that day"
        ),
    }
}

/// A day in the words of the kernel.
fn day(date: Date) -> anyhow::Result<Day> {
    date.to_string().parse().map_err(|()| anyhow::anyhow!("{date}"))
}
