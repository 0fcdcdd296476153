//! The grades for people: whose rules, how many in which class, the best, and what kept units from being graded.

use std::fmt::Write;

use lantu_blueprint::Lang;

use super::graded::Graded;
use super::origins::{is_stand_in, meaning, unofficial};
use super::sentences::{between, consequences, reasons};
use crate::commands::rule_files::period;
use crate::commands::say;
use crate::commands::told::text;
use crate::text::style;
use crate::text::table::{Cell, render};

/// Rows shown of each list of ranks.
const FIRST: usize = 10;
/// Numbers that are not official and are named one by one; the pages and JSON have all.
const STAND_INS: usize = 8;
/// Lists of ranks that are shown.
const LISTS: usize = 4;
/// Units without a grade that are named.
const NAMED: usize = 10;

pub(super) fn of(graded: &Graded<'_>) -> String {
    let mut out = head(graded);
    out.push('\n');
    out.push_str(&classes(graded));
    out.push_str(&best(graded));
    out.push_str(&ungraded(graded));
    out
}

fn head(graded: &Graded<'_>) -> String {
    let (rules, lang) = (graded.rules, graded.lang);
    let mut out = format!("{}\n", style::strong(text(&rules.name, lang)));
    let _ = writeln!(
        out,
        "{} · {}{}",
        text(&rules.jurisdiction, lang),
        say(lang, "有效期：", "in force "),
        period(rules, lang)
    );
    for source in &rules.sources {
        let clause = source.clause.as_ref().map_or(String::new(), |clause| format!(" · {clause}"));
        let url = source.url.as_ref().map_or(String::new(), |url| format!(" {}", style::dim(url)));
        let _ = writeln!(out, "  [{}] {}{clause}{url}", source.confidence.word(), text(&source.title, lang));
    }
    let stand_ins: Vec<_> = unofficial(rules).into_iter().filter(|number| is_stand_in(number.mark)).collect();
    let mut marks: Vec<_> = stand_ins.iter().map(|number| number.mark).collect();
    marks.sort();
    marks.dedup();
    for mark in marks {
        let named: Vec<String> =
            stand_ins.iter().filter(|number| number.mark == mark).map(|number| number.said(lang)).collect();
        let first = named.get(..STAND_INS).unwrap_or(&named);
        let more = match (named.len() - first.len(), lang) {
            (0, _) => String::new(),
            (_, Lang::Zh) => format!(" 等 {} 项", named.len()),
            (more, Lang::En) => format!(" and {more} more"),
        };
        let line = match lang {
            Lang::Zh => format!("! 这些数字是{}：{}{}", meaning(mark, lang), first.join("、"), more),
            Lang::En => format!("! these numbers are {}: {}{}", meaning(mark, lang), first.join("; "), more),
        };
        let _ = writeln!(out, "{}", style::severity(lantu_blueprint::Severity::Warning, &line));
    }
    if let Some(note) = &rules.note {
        let _ = writeln!(out, "{}", style::dim(text(note, lang)));
    }
    out
}

fn headed(names: &[&str]) -> Vec<Cell> {
    names.iter().map(|name| Cell::text(*name).painted(style::dim)).collect()
}

/// How many of each group are in which class.
fn classes(graded: &Graded<'_>) -> String {
    let lang = graded.lang;
    let unit = text(&graded.rules.unit, lang);
    let mut names = vec![unit, say(lang, "合计", "all")];
    names.extend(graded.classes().iter().map(|class| text(&class.name, lang)));
    names.push(say(lang, "未评价", "not graded"));
    let row = |name: &str, group: Option<usize>| {
        let mut row = vec![Cell::text(name), Cell::number(graded.count(group, |_| true).to_string())];
        for at in 0..graded.classes().len() {
            row.push(Cell::number(graded.count(group, |row| graded.class_at(row) == Some(at)).to_string()));
        }
        row.push(Cell::number(graded.count(group, |row| !graded.is_graded(row)).to_string()));
        row
    };
    let mut rows = vec![headed(&names)];
    if graded.rules.group_column.is_some() {
        rows.extend((0..graded.prepared.groups.names.len()).map(|group| row(graded.group_name(group), Some(group))));
    }
    rows.push(row(say(lang, "全部", "all"), None));
    format!("{}\n", render(&rows, &[30], 0))
}

/// The first of every list of ranks.
fn best(graded: &Graded<'_>) -> String {
    let lang = graded.lang;
    let mut out = String::new();
    let (grouped, classed) = (graded.rules.group_column.is_some(), !graded.classes().is_empty());
    let widest = [Some(6), Some(30), grouped.then_some(16), Some(12), classed.then_some(20), Some(60)];
    let widest: Vec<usize> = widest.into_iter().flatten().collect();
    let bands: Vec<_> = graded.found.ranking.bands.iter().filter(|band| !band.rows.is_empty()).collect();
    for band in bands.iter().take(LISTS) {
        let mut head = vec![say(lang, "名次", "rank"), graded.id];
        if grouped {
            head.push(say(lang, "组别", "group"));
        }
        head.push(say(lang, "总分", "total"));
        if classed {
            head.push(say(lang, "档次", "class"));
        }
        head.push(say(lang, "说明", "remarks"));
        let mut rows = vec![headed(&head)];
        for row in band.rows.iter().take(FIRST).map(|row| *row as usize) {
            let mut remarks = reasons(graded, row);
            remarks.extend(consequences(graded, row));
            let mut cells = vec![
                Cell::number(graded.rank(row).map_or(String::new(), |rank| rank.to_string())),
                Cell::text(graded.name(row)),
            ];
            if grouped {
                cells.push(Cell::text(graded.group(row).map_or("", |group| graded.group_name(group))));
            }
            cells.push(Cell::number(graded.shown_total(row)));
            if classed {
                cells.push(Cell::text(graded.class(row).map_or("", |class| text(&class.name, lang))));
            }
            cells.push(Cell::text(remarks.join(between(lang))));
            rows.push(cells);
        }
        out.push_str(&render(&rows, &widest, 0));
        let more = band.rows.len().saturating_sub(FIRST);
        if more > 0 {
            let _ = match lang {
                Lang::Zh => writeln!(out, "……还有 {more} 个；--format csv 列出全部"),
                Lang::En => writeln!(out, "… and {more} more; --format csv lists all"),
            };
        }
        out.push('\n');
    }
    if bands.len() > LISTS {
        let more = bands.len() - LISTS;
        let _ = match lang {
            Lang::Zh => writeln!(out, "……还有 {more} 组"),
            Lang::En => writeln!(out, "… and {more} more groups"),
        };
    }
    out
}

/// Units without a grade, and why.
fn ungraded(graded: &Graded<'_>) -> String {
    let lang = graded.lang;
    let rows: Vec<usize> = (0..graded.len()).filter(|row| !graded.is_graded(*row)).collect();
    if rows.is_empty() {
        return String::new();
    }
    let title = match lang {
        Lang::Zh => format!("未评价 {} 个：", rows.len()),
        Lang::En => format!("{} not graded:", rows.len()),
    };
    let mut out = format!("{}\n", style::bad(&title));
    let named: Vec<Vec<Cell>> = rows
        .iter()
        .take(NAMED)
        .map(|row| vec![Cell::text(graded.name(*row)), Cell::text(reasons(graded, *row).join(between(lang)))])
        .collect();
    out.push_str(&render(&named, &[30, 100], 2));
    if rows.len() > NAMED {
        let more = rows.len() - NAMED;
        let _ = match lang {
            Lang::Zh => writeln!(out, "  ……还有 {more} 个"),
            Lang::En => writeln!(out, "  … and {more} more"),
        };
    }
    out
}
