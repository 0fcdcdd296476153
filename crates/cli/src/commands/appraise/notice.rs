//! The public notice: who is in which class, by group, how to object, and where the rules come from.

use std::fmt::Write;

use lantu_appraisal::rules::Class;
use lantu_blueprint::{Date, Lang};

use super::graded::Graded;
use super::page::{Safe, banner, head, objections, sources, whole};
use super::sentences::{between, consequences, reasons};
use crate::arguments_appraise::Pages;
use crate::commands::say;
use crate::commands::told::text;

/// The page.
pub(super) fn of(graded: &Graded<'_>, pages: &Pages, as_of: Option<Date>) -> String {
    let lang = graded.lang;
    let name = text(&graded.rules.name, lang);
    let title = match lang {
        Lang::Zh => format!("{name}：评价结果公示"),
        Lang::En => format!("{name}: notice of grades"),
    };
    let mut body = head(graded, &title);
    if let Some(day) = as_of {
        let _ = writeln!(body, "<p class=\"lead\">{}{day}</p>", say(lang, "评价日期：", "Graded as of "));
    }
    body.push_str(&objections(pages, lang));
    body.push_str(&summary(graded));
    let grouped = graded.rules.group_column.is_some();
    for group in 0..graded.prepared.groups.names.len() {
        let rows = ordered(graded, group);
        if grouped && !rows.is_empty() {
            let _ = writeln!(body, "<h2>{}</h2>", Safe(graded.group_name(group)));
        }
        for (at, class) in graded.classes().iter().enumerate() {
            let within: Vec<usize> = rows.iter().copied().filter(|row| graded.class_at(*row) == Some(at)).collect();
            body.push_str(&list(graded, Some(class), &within));
        }
        let plain: Vec<usize> = rows.iter().copied().filter(|row| graded.class_at(*row).is_none()).collect();
        body.push_str(&list(graded, None, &plain));
    }
    body.push_str(&ungraded(graded));
    body.push_str(&sources(graded));
    whole(&title, banner(graded, pages).as_deref(), &body, lang)
}

/// Graded units of a group, best first; those put into a class without a rank of their own last.
fn ordered(graded: &Graded<'_>, group: usize) -> Vec<usize> {
    let mut rows: Vec<usize> =
        (0..graded.len()).filter(|row| graded.group(*row) == Some(group) && graded.is_graded(*row)).collect();
    rows.sort_by_key(|row| (graded.rank(*row).unwrap_or(u32::MAX), *row));
    rows
}

/// How many of each group are in which class.
fn summary(graded: &Graded<'_>) -> String {
    let lang = graded.lang;
    let mut out = format!("<table><thead><tr><th>{}</th>", Safe(text(&graded.rules.unit, lang)));
    let mut heads = vec![say(lang, "合计", "all")];
    heads.extend(graded.classes().iter().map(|class| text(&class.name, lang)));
    heads.push(say(lang, "未评价", "not graded"));
    for head in heads {
        let _ = write!(out, "<th class=\"n\">{}</th>", Safe(head));
    }
    out.push_str("</tr></thead><tbody>\n");
    let mut row = |name: &str, group: Option<usize>, sort: &str| {
        let _ = write!(out, "<tr{sort}><td>{}</td><td class=\"n\">{}</td>", Safe(name), graded.count(group, |_| true));
        for at in 0..graded.classes().len() {
            let count = graded.count(group, |row| graded.class_at(row) == Some(at));
            let _ = write!(out, "<td class=\"n\">{count}</td>");
        }
        let _ = writeln!(out, "<td class=\"n\">{}</td></tr>", graded.count(group, |row| !graded.is_graded(row)));
    };
    if graded.rules.group_column.is_some() {
        for group in 0..graded.prepared.groups.names.len() {
            row(graded.group_name(group), Some(group), "");
        }
    }
    row(say(lang, "全部", "all"), None, " class=\"sum\"");
    out.push_str("</tbody></table>\n");
    out
}

/// Units of one class.
fn list(graded: &Graded<'_>, class: Option<&Class>, rows: &[usize]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let lang = graded.lang;
    let mut out = String::new();
    if let Some(class) = class {
        let name = text(&class.name, lang);
        let _ = match lang {
            Lang::Zh => writeln!(out, "<h3>档次 {}（{} 个）</h3>", Safe(name), rows.len()),
            Lang::En => writeln!(out, "<h3>Class {} ({})</h3>", Safe(name), rows.len()),
        };
    }
    let _ = writeln!(
        out,
        "<table class=\"list\"><thead><tr><th class=\"n\">{}</th><th>{}</th><th class=\"n\">{}</th><th>{}</th></tr></thead><tbody>",
        say(lang, "名次", "rank"),
        say(lang, "名称", "name"),
        say(lang, "总分", "total"),
        say(lang, "说明与结果应用", "remarks and consequences"),
    );
    for row in rows {
        let mut remarks = reasons(graded, *row);
        remarks.extend(consequences(graded, *row));
        let remarks = remarks.join(between(lang));
        let _ = writeln!(
            out,
            "<tr><td class=\"n\">{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"small\">{}</td></tr>",
            graded.rank(*row).map_or(String::new(), |rank| rank.to_string()),
            Safe(graded.name(*row)),
            graded.shown_total(*row),
            Safe(&remarks)
        );
    }
    out.push_str("</tbody></table>\n");
    out
}

/// Units without a grade, each with its reason.
fn ungraded(graded: &Graded<'_>) -> String {
    let lang = graded.lang;
    let rows: Vec<usize> = (0..graded.len()).filter(|row| !graded.is_graded(*row)).collect();
    if rows.is_empty() {
        return String::new();
    }
    let mut out = match lang {
        Lang::Zh => format!("<h2>未评价（{} 个）</h2>\n", rows.len()),
        Lang::En => format!("<h2>Not graded ({})</h2>\n", rows.len()),
    };
    let _ = writeln!(
        out,
        "<table><thead><tr><th>{}</th><th>{}</th></tr></thead><tbody>",
        say(lang, "名称", "name"),
        say(lang, "原因", "reason")
    );
    for row in rows {
        let why = reasons(graded, row).join(between(lang));
        let _ = writeln!(out, "<tr><td>{}</td><td>{}</td></tr>", Safe(graded.name(row)), Safe(&why));
    }
    out.push_str("</tbody></table>\n");
    out
}
