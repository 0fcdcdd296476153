//! The public notice: who is in which class, by group, how to object, and where the rules come from.

use std::fmt::Write;

use lantu_blueprint::Lang;

use super::borders::ties;
use super::graded::Graded;
use super::page::{Safe, banner, head, mark_of_classes, objections, sentence, whole};
use super::sentences::{between, consequences, reasons};
use super::sources;
use super::tally::Counts;
use crate::arguments_appraise::Appraise;
use crate::commands::say;
use crate::commands::told::text;

/// Classes that stand side by side in the summary; more stand below each other.
const WIDEST: usize = 5;

/// The page.
pub(super) fn of(graded: &Graded<'_>, command: &Appraise) -> String {
    let lang = graded.lang;
    let name = text(&graded.rules.name, lang);
    let title = match lang {
        Lang::Zh => format!("{name}：评价结果公示"),
        Lang::En => format!("{name}: notice of grades"),
    };
    let mut body = head(graded, &title, command, None);
    body.push_str(&objections(&command.pages, lang));
    body.push_str(&summary(graded));
    if let Some(line) = ties(graded) {
        let _ = writeln!(body, "<p class=\"small\">{}</p>", Safe(&line));
    }
    for (group, rows) in graded.tally.rows.iter().enumerate().filter(|(_, rows)| !rows.is_empty()) {
        let named = if graded.grouped() { graded.group_name(group) } else { say(lang, "名单", "List") };
        let _ = writeln!(body, "<h2>{}</h2>", Safe(named));
        // Each class and, at the end, who has a rank and no class.
        let mut lists: Vec<Vec<usize>> = vec![Vec::new(); graded.classes().len() + 1];
        for row in rows {
            let at = graded.class_at(*row).unwrap_or(graded.classes().len());
            lists.get_mut(at).into_iter().for_each(|list| list.push(*row));
        }
        for (class, rows) in lists.iter().enumerate().filter(|(_, rows)| !rows.is_empty()) {
            list(graded, group, class, rows, &mut body);
        }
    }
    body.push_str(&ungraded(graded));
    body.push_str(&sources::of(graded, None));
    whole(&title, banner(graded, &command.pages).as_deref(), &body, lang)
}

/// Where the list of a class of a group is.
fn anchor(graded: &Graded<'_>, group: usize, class: usize) -> String {
    let plain = |id: &str| id.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let id = graded.classes().get(class).map_or(String::new(), |class| plain(&class.id));
    format!("g{}-{}", group + 1, if id.is_empty() { (class + 1).to_string() } else { id })
}

/// How many of each group are in which class.
fn summary(graded: &Graded<'_>) -> String {
    let lang = graded.lang;
    let groups: Vec<(String, Option<usize>, &Counts)> = if graded.grouped() {
        graded.groups().map(|(at, counts)| (graded.group_name(at).to_owned(), Some(at), counts)).collect()
    } else {
        Vec::new()
    };
    let all = (say(lang, "全部", "all").to_owned(), (!graded.grouped()).then_some(0), &graded.tally.all);
    let columns: Vec<_> = groups.into_iter().chain([all]).collect();
    let mut cells: Vec<(String, Vec<String>)> = vec![(
        say(lang, "合计", "all").to_owned(),
        columns.iter().map(|(_, _, counts)| counts.units.to_string()).collect(),
    )];
    for (at, class) in graded.classes().iter().enumerate() {
        let linked = |(_, group, counts): &(String, Option<usize>, &Counts)| {
            let count = counts.classes.get(at).copied().unwrap_or(0);
            match group.filter(|_| count > 0) {
                Some(group) => format!("<a href=\"#{}\">{count}</a>", anchor(graded, group, at)),
                None => count.to_string(),
            }
        };
        cells.push((text(&class.name, lang).to_owned(), columns.iter().map(linked).collect()));
    }
    cells.push((
        say(lang, "未评价", "not graded").to_owned(),
        columns.iter().map(|(_, _, counts)| (counts.units - counts.graded).to_string()).collect(),
    ));
    let names: Vec<String> = columns.into_iter().map(|(name, ..)| name).collect();
    let upright = graded.classes().len() > WIDEST && names.len() <= WIDEST;
    let (heads, rows): (Vec<String>, Vec<(String, Vec<String>)>) = if upright {
        (names, cells)
    } else {
        let row = |(at, name): (usize, String)| {
            (name, cells.iter().filter_map(|(_, column)| column.get(at).cloned()).collect())
        };
        let rows = names.into_iter().enumerate().map(row).collect();
        (cells.iter().map(|(name, _)| name.clone()).collect(), rows)
    };
    let mut out = format!(
        "<table><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>",
        say(lang, "各档多少个", "Units by class"),
        Safe(text(&graded.rules.unit, lang))
    );
    for head in &heads {
        let _ = write!(out, "<th scope=\"col\" class=\"n\">{}</th>", Safe(head));
    }
    out.push_str("</tr></thead><tbody>\n");
    let last = rows.len().saturating_sub(1);
    for (at, (name, cells)) in rows.iter().enumerate() {
        let sum = if at == last && !upright { " class=\"sum\"" } else { "" };
        let cells: String = cells.iter().map(|cell| format!("<td class=\"n\">{cell}</td>")).collect();
        let _ = writeln!(out, "<tr{sum}><th scope=\"row\">{}</th>{cells}</tr>", Safe(name));
    }
    out.push_str("</tbody></table>\n");
    out
}

/// Units of one class of a group.
fn list(graded: &Graded<'_>, group: usize, class: usize, rows: &[usize], out: &mut String) {
    let lang = graded.lang;
    let group_name = if graded.grouped() { graded.group_name(group) } else { "" };
    let mut which = group_name.to_owned();
    if let Some(named) = graded.classes().get(class) {
        let name = text(&named.name, lang);
        let said = match lang {
            Lang::Zh => format!("{name} · {} 个", rows.len()),
            Lang::En => format!("{name} · {}", rows.len()),
        };
        let mark = mark_of_classes(graded, Some(group));
        let _ = writeln!(out, "<h3 id=\"{}\">{}{mark}</h3>", anchor(graded, group, class), Safe(&said));
        which = format!("{group_name} {name}").trim().to_owned();
    }
    let remarks = |row: usize| {
        let mut remarks = reasons(graded, row);
        remarks.extend(consequences(graded, row));
        remarks.join(between(lang))
    };
    let remarks: Vec<String> = rows.iter().map(|row| remarks(*row)).collect();
    let some = remarks.iter().any(|remark| !remark.is_empty());
    let mut heads = vec![("n", "r", say(lang, "名次", "rank")), ("", "i", graded.id_head())];
    if let Some(title) = graded.title {
        heads.push(("", "t", graded.title_head(title)));
    }
    heads.push(("n", "s", say(lang, "总分", "total")));
    if some {
        heads.push(("", "m", say(lang, "说明与结果应用", "remarks and consequences")));
    }
    out.push_str(if graded.title.is_some() {
        "<table class=\"list named\"><colgroup>"
    } else {
        "<table class=\"list\"><colgroup>"
    });
    heads.iter().for_each(|(_, column, _)| out.push_str(&format!("<col class=\"{column}\">")));
    out.push_str("</colgroup><thead>");
    if !which.is_empty() {
        let _ = write!(
            out,
            "<tr class=\"which\"><th scope=\"colgroup\" colspan=\"{}\">{}</th></tr>",
            heads.len(),
            Safe(&which)
        );
    }
    out.push_str("<tr>");
    for (kind, _, head) in &heads {
        let _ = write!(out, "<th scope=\"col\" class=\"{kind}\">{}</th>", Safe(head));
    }
    out.push_str("</tr></thead><tbody>\n");
    for (row, remark) in rows.iter().zip(&remarks) {
        let _ = write!(
            out,
            "<tr><td class=\"n\">{}</td><th scope=\"row\">{}</th>",
            graded.rank(*row).map_or(String::new(), |rank| rank.to_string()),
            Safe(&graded.called(*row)),
        );
        if graded.title.is_some() {
            let _ = write!(out, "<td>{}</td>", Safe(graded.title(*row)));
        }
        let _ = write!(out, "<td class=\"n\">{}</td>", graded.shown_total(*row));
        if some {
            let _ = write!(out, "<td class=\"small\">{}</td>", sentence(remark));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table>\n");
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
        "<table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>",
        say(lang, "名称", "name"),
        say(lang, "原因", "reason")
    );
    for row in rows {
        let why = reasons(graded, row).join(between(lang));
        let name = format!("{} {}", graded.called(row), graded.title(row));
        let _ = writeln!(out, "<tr><th scope=\"row\">{}</th><td>{}</td></tr>", Safe(name.trim()), sentence(&why));
    }
    out.push_str("</tbody></table>\n");
    out
}
