//! The grades for people: whose rules, how many in which class, the best, and what kept units from being graded.

use std::fmt::Write;

use lantu_blueprint::Lang;

use super::graded::Graded;
use super::origins::{lines_on_screen, unofficial};
use super::sentences::{between, consequences, reasons};
use super::tally::Counts;
use crate::commands::rule_files::period;
use crate::commands::say;
use crate::commands::told::text;
use crate::text::style;
use crate::text::table::{Cell, render, render_on_screen};

/// Rows shown of each list of ranks.
const FIRST: usize = 10;
/// Things with numbers that are not official and are named, of each mark; the pages and JSON have all.
const NUMBERS: usize = 8;
/// Groups whose counts are shown.
const GROUPS: usize = 20;
/// Least width of remarks, however narrow the screen.
const REMARKS: usize = 30;
/// Lists of ranks that are shown.
const LISTS: usize = 4;
/// Units without a grade that are named.
const NAMED: usize = 10;

pub(super) fn of(graded: &Graded<'_>) -> String {
    let mut out = head(graded, None);
    out.push_str(&origin(graded));
    out.push('\n');
    out.push_str(&classes(graded));
    out.push_str(&best(graded));
    out.push_str(&ungraded(graded));
    out
}

/// Whose rules they are, when they hold, and which of their numbers are not official: of a group, or of all.
pub(super) fn head(graded: &Graded<'_>, group: Option<usize>) -> String {
    let (rules, lang) = (graded.rules, graded.lang);
    let mut out = format!("{}\n", style::strong(text(&rules.name, lang)));
    let _ = writeln!(
        out,
        "{} · {}{}",
        text(&rules.jurisdiction, lang),
        say(lang, "有效期：", "in force "),
        period(rules, lang)
    );
    let warn = |line: &str| style::severity(lantu_blueprint::Severity::Warning, &format!("! {line}"));
    if let Some(line) = graded.out_of_force {
        let _ = writeln!(out, "{}", warn(line));
    }
    let lines = lines_on_screen(&unofficial(rules, group, lang), NUMBERS, lang);
    if !lines.is_empty() {
        let _ = writeln!(out, "{}", warn(say(lang, "不是官方规定的数字：", "numbers that are not official:")));
    }
    for line in lines {
        let _ = writeln!(out, "  {line}");
    }
    out
}

/// Where the rules come from, and what they leave open.
fn origin(graded: &Graded<'_>) -> String {
    let (rules, lang) = (graded.rules, graded.lang);
    let mut out = String::new();
    for source in &rules.sources {
        let clause = source.clause.as_ref().map_or(String::new(), |clause| format!(" · {clause}"));
        let url = source.url.as_ref().map_or(String::new(), |url| format!(" {}", style::dim(url)));
        let _ = writeln!(out, "  [{}] {}{clause}{url}", source.confidence.word(), super::source_title(source, lang));
    }
    if let Some(note) = &rules.note {
        let _ = writeln!(out, "{}", style::dim(text(note, lang)));
    }
    out
}

fn headed(names: &[&str]) -> Vec<Cell> {
    // All but the first are above numbers.
    let cell = |(at, name): (usize, &&str)| if at == 0 { Cell::text(*name) } else { Cell::number(*name) };
    names.iter().enumerate().map(cell).map(|cell| cell.painted(style::dim)).collect()
}

/// How many of each group are in which class.
fn classes(graded: &Graded<'_>) -> String {
    let lang = graded.lang;
    let unit = text(&graded.rules.unit, lang);
    let mut names = vec![unit, say(lang, "合计", "all")];
    names.extend(graded.classes().iter().map(|class| text(&class.name, lang)));
    names.push(say(lang, "未评价", "not graded"));
    let row = |name: &str, counts: &Counts| {
        let mut row = vec![Cell::text(name), Cell::number(counts.units.to_string())];
        row.extend(counts.classes.iter().map(|count| Cell::number(count.to_string())));
        row.push(Cell::number((counts.units - counts.graded).to_string()));
        row
    };
    let mut rows = vec![headed(&names)];
    let mut more = 0;
    if graded.grouped() {
        rows.extend(graded.groups().take(GROUPS).map(|(group, counts)| row(graded.group_name(group), counts)));
        more = graded.groups().skip(GROUPS).count();
    }
    rows.push(row(say(lang, "全部", "all"), &graded.tally.all));
    let more = match (more, lang) {
        (0, _) => String::new(),
        (more, Lang::Zh) => format!("……还有 {more} 组；--format json 列出全部\n"),
        (more, Lang::En) => format!("… and {more} more groups; --format json lists all\n"),
    };
    format!("{}{more}\n", render(&rows, &[30], 0))
}

/// The first of every list of ranks.
fn best(graded: &Graded<'_>) -> String {
    let lang = graded.lang;
    let mut out = String::new();
    let (grouped, classed) = (graded.grouped(), !graded.classes().is_empty());
    let named = graded.title.is_some();
    let (id, title) = (if named { 16 } else { 30 }, named.then_some(24));
    let widest = [Some(6), Some(id), title, grouped.then_some(16), Some(12), classed.then_some(20)];
    let widest: Vec<usize> = widest.into_iter().flatten().collect();
    let bands: Vec<_> = graded.found.ranking.bands.iter().filter(|band| !band.rows.is_empty()).collect();
    for band in bands.iter().take(LISTS) {
        let mut head = vec![Cell::number(say(lang, "名次", "rank")), Cell::text(graded.id_head())];
        head.extend(graded.title.map(|title| Cell::text(graded.title_head(title))));
        if grouped {
            head.push(Cell::text(say(lang, "组别", "group")));
        }
        head.push(Cell::number(say(lang, "总分", "total")));
        if classed {
            head.push(Cell::text(say(lang, "档次", "class")));
        }
        head.push(Cell::text(say(lang, "说明", "remarks")));
        let mut rows = vec![head.into_iter().map(|cell| cell.painted(style::dim)).collect::<Vec<_>>()];
        for row in band.rows.iter().take(FIRST).map(|row| *row as usize) {
            let mut remarks = reasons(graded, row);
            remarks.extend(consequences(graded, row));
            let mut cells = vec![
                Cell::number(graded.rank(row).map_or(String::new(), |rank| rank.to_string())),
                Cell::text(graded.name(row)),
            ];
            cells.extend(graded.title.map(|_| Cell::text(graded.title(row))));
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
        out.push_str(&render_on_screen(&rows, &widest, REMARKS));
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
        .map(|row| {
            vec![
                Cell::text(format!("{} {}", graded.called(*row), graded.title(*row)).trim()),
                Cell::text(reasons(graded, *row).join(between(lang))),
            ]
        })
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
