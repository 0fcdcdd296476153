//! A page for every unit: what it scored in each item and why, its class, what changed it, what follows, by which rules.

use std::fmt::Write;
use std::path::Path;

use lantu_appraisal::explain::why;
use lantu_appraisal::rules::Sourced;
use lantu_blueprint::Lang;

use super::borders::{decisive, last_year, next, ties};
use super::certificate_items::{data, items};
use super::graded::Graded;
use super::page::{Safe, banner, head, mark, mark_of_classes, objections, sentence, whole};
use super::sentences::{consequence, reasons};
use super::words::reference;
use super::{folder, source_title, sources};
use crate::arguments_appraise::Appraise;
use crate::commands::say;
use crate::commands::told::text;

/// Longest part of a name in a file name, in signs.
const LONGEST: usize = 40;

/// Writes all pages and an index of them.
pub(super) fn write(graded: &Graded<'_>, command: &Appraise, to: &Path) -> anyhow::Result<()> {
    folder::emptied(to, graded.lang)?;
    // The same at the foot of every page of a group.
    let count = graded.prepared.groups.names.len();
    let mut foot: Vec<Option<String>> = vec![None; count];
    let nowhere = sources::of(graded, None);
    for row in 0..graded.len() {
        let group = graded.group(row).filter(|group| *group < count);
        let sources = match group.and_then(|group| foot.get_mut(group)) {
            Some(known) => known.get_or_insert_with(|| sources::of(graded, group)),
            None => &nowhere,
        };
        folder::put(to, &file_name(graded, row), &one(graded, command, row, sources), graded.lang)?;
    }
    folder::put(to, "index.html", &index(graded, command), graded.lang)
}

/// Writes the page of one unit.
pub(super) fn write_one(graded: &Graded<'_>, command: &Appraise, to: &Path, row: usize) -> anyhow::Result<()> {
    std::fs::create_dir_all(to)?;
    let page = one(graded, command, row, &sources::of(graded, graded.group(row)));
    folder::put(to, &file_name(graded, row), &page, graded.lang)
}

/// The number of the row, so that no two are the same, and what of the name every file system takes.
fn file_name(graded: &Graded<'_>, row: usize) -> String {
    let digits = graded.len().to_string().len();
    let safe = |sign: char| if sign.is_alphanumeric() || sign == '-' { sign } else { '_' };
    let name: String = graded.name(row).chars().take(LONGEST).map(safe).collect();
    format!("{:0digits$}-{name}.html", row + 1)
}

fn index(graded: &Graded<'_>, command: &Appraise) -> String {
    let lang = graded.lang;
    let name = text(&graded.rules.name, lang);
    let title = match lang {
        Lang::Zh => format!("{name}：评价结果通知单"),
        Lang::En => format!("{name}: certificates"),
    };
    let classed = !graded.classes().is_empty();
    let mut body = head(graded, &title, command, None);
    let mut heads = vec![("", graded.id_head())];
    heads.extend(graded.title.map(|title| ("", graded.title_head(title))));
    if graded.grouped() {
        heads.push(("", say(lang, "组别", "group")));
    }
    if classed {
        heads.push(("", say(lang, "档次", "class")));
    }
    heads.push(("n", say(lang, "总分", "total")));
    body.push_str("<table><thead><tr>");
    for (kind, head) in heads {
        let _ = write!(body, "<th scope=\"col\" class=\"{kind}\">{}</th>", Safe(head));
    }
    body.push_str("</tr></thead><tbody>\n");
    for row in 0..graded.len() {
        let (file, name) = (file_name(graded, row), graded.called(row));
        let _ = write!(body, "<tr><th scope=\"row\"><a href=\"{}\">{}</a></th>", Safe(&file), Safe(&name));
        if graded.title.is_some() {
            let _ = write!(body, "<td>{}</td>", Safe(graded.title(row)));
        }
        if graded.grouped() {
            let group = graded.group(row).map_or("", |group| graded.group_name(group));
            let _ = write!(body, "<td>{}</td>", Safe(group));
        }
        if classed {
            let _ = write!(body, "<td>{}</td>", Safe(&graded.class_in_words(row).unwrap_or_default()));
        }
        let _ = writeln!(body, "<td class=\"n\">{}</td></tr>", graded.shown_total(row));
    }
    body.push_str("</tbody></table>\n");
    body.push_str(&sources::of(graded, None));
    whole(&title, banner(graded, &command.pages).as_deref(), &body, lang)
}

fn one(graded: &Graded<'_>, command: &Appraise, row: usize, sources: &str) -> String {
    let lang = graded.lang;
    let called = format!("{} {}", graded.called(row), graded.title(row));
    let called = called.trim();
    let name = text(&graded.rules.name, lang);
    let mut body = head(graded, name, command, graded.group(row));
    let _ = writeln!(body, "<h2>{}{}</h2>", say(lang, "评价结果通知单：", "Certificate: "), Safe(called));
    let found = why(graded.prepared, &graded.prepared.weights, graded.found, row);
    let ranked = found.as_ref().map_or(0, |found| found.ranked);
    body.push_str(&result(graded, row, ranked));
    let remarks = said(say(lang, "说明", "Remarks"), &reasons(graded, row));
    // Why there is no grade is what a reader wants first.
    let graded_at_all = graded.is_graded(row);
    if !graded_at_all {
        body.push_str(&remarks);
    }
    let borders: Vec<String> =
        [decisive(graded, row, ranked), next(graded, row), ties(graded)].into_iter().flatten().collect();
    if !borders.is_empty() && graded.rank(row).is_some() {
        let lines = borders.iter().map(|line| sentence(line)).collect::<Vec<_>>().join("<br>");
        let _ = writeln!(body, "<p class=\"small\">{lines}</p>");
    }
    if let Some(found) = &found {
        body.push_str(&items(graded, found));
    }
    if graded_at_all {
        body.push_str(&remarks);
    }
    body.push_str(&follows(graded, row));
    body.push_str(&data(graded, row));
    body.push_str(&objections(&command.pages, lang));
    body.push_str(sources);
    whole(&format!("{called} · {name}"), banner(graded, &command.pages).as_deref(), &body, lang)
}

/// Class, total and place, and the class before.
fn result(graded: &Graded<'_>, row: usize, ranked: usize) -> String {
    let lang = graded.lang;
    let last = graded.classes().len().saturating_sub(1);
    let kind = match graded.class_at(row) {
        Some(0) => " class=\"first\"",
        Some(at) if at == last => " class=\"last\"",
        _ => "",
    };
    let mut out = String::from("<ul class=\"result\">\n");
    let mut box_of = |kind: &str, name: &str, value: &str, mark: &str| {
        let _ = writeln!(out, "<li{kind}>{name}<b>{}</b>{mark}</li>", Safe(value));
    };
    if let Some(group) = graded.group(row).map(|group| graded.group_name(group)).filter(|name| !name.is_empty()) {
        box_of("", say(lang, "组别", "group"), group, "");
    }
    if let Some(class) = graded.class_in_words(row) {
        let mark = graded.class(row).map_or(String::new(), |_| mark_of_classes(graded, graded.group(row)));
        box_of(kind, say(lang, "档次", "class"), &class, &mark);
    }
    if let Some(rank) = graded.rank(row) {
        box_of("", say(lang, "总分", "total"), &graded.shown_total(row), "");
        box_of("", say(lang, "名次", "rank"), &format!("{rank} / {ranked}"), "");
    }
    if let Some(class) = last_year(graded, row) {
        box_of("", say(lang, "上次档次", "class before"), class, "");
    }
    out.push_str("</ul>\n");
    out
}

fn said(title: &str, sentences: &[String]) -> String {
    if sentences.is_empty() {
        return String::new();
    }
    let lines: String = sentences.iter().map(|text| format!("<li>{}</li>\n", sentence(text))).collect();
    format!("<h2>{title}</h2>\n<ul>\n{lines}</ul>\n")
}

/// What follows, each with the rule that says so.
fn follows(graded: &Graded<'_>, row: usize) -> String {
    let lines: Vec<String> = graded
        .found
        .outcomes_of(row)
        .filter_map(|outcome| {
            let rule = graded.rules.consequences.get(outcome.consequence)?;
            let from = origin(graded, Sourced { value: f64::NAN, origin: rule.origin });
            Some(format!("<li>{} <span class=\"small\">{from}</span></li>\n", sentence(&consequence(graded, outcome))))
        })
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    format!("<h2>{}</h2>\n<ul>\n{}</ul>\n", say(graded.lang, "结果应用", "What follows"), lines.concat())
}

/// Source, clause and mark of a number.
fn origin(graded: &Graded<'_>, number: Sourced) -> String {
    let Some((origin, source)) = graded.rules.origin(number) else { return String::new() };
    let clause = origin.clause.as_ref().map_or(String::new(), |clause| format!(" {}", Safe(clause)));
    let title = source_title(source, graded.lang);
    let number = reference(graded.rules, origin.source, graded.lang);
    format!("{} {number} {}{clause}", mark(origin.confidence, graded.lang), Safe(title))
}
