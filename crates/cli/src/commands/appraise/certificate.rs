//! A page for every unit: what it scored in each item and why, its class, what changed it, what follows, by which rules.

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use lantu_appraisal::explain::{Line, why};
use lantu_appraisal::rules::{Method, Sourced};
use lantu_blueprint::Lang;

use super::graded::{Graded, shown};
use super::page::{Safe, banner, head, mark, objections, sources, whole};
use super::sentences::{consequence, reasons};
use crate::arguments_appraise::Pages;
use crate::commands::say;
use crate::commands::told::text;

/// Longest part of a name in a file name, in signs.
const LONGEST: usize = 40;

/// Writes all pages and an index of them.
pub(super) fn write(graded: &Graded<'_>, pages: &Pages, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let put = |name: &str, page: String| {
        let path = folder.join(name);
        std::fs::write(&path, page).with_context(|| path.display().to_string())
    };
    // The same at the foot of every page.
    let sources = sources(graded);
    let banner = banner(graded, pages);
    for row in 0..graded.len() {
        put(&file_name(graded, row), one(graded, pages, row, banner.as_deref(), &sources))?;
    }
    put("index.html", index(graded, banner.as_deref()))
}

/// The number of the row, so that no two are the same, and what of the name every file system takes.
fn file_name(graded: &Graded<'_>, row: usize) -> String {
    let digits = graded.len().to_string().len();
    let safe = |sign: char| if sign.is_alphanumeric() || sign == '-' { sign } else { '_' };
    let name: String = graded.name(row).chars().take(LONGEST).map(safe).collect();
    format!("{:0digits$}-{name}.html", row + 1)
}

fn index(graded: &Graded<'_>, banner: Option<&str>) -> String {
    let lang = graded.lang;
    let name = text(&graded.rules.name, lang);
    let title = match lang {
        Lang::Zh => format!("{name}：评价结果通知单"),
        Lang::En => format!("{name}: certificates"),
    };
    let mut body = head(graded, &title);
    let _ = writeln!(
        body,
        "<table><thead><tr><th>{}</th><th>{}</th><th>{}</th><th class=\"n\">{}</th></tr></thead><tbody>",
        say(lang, "名称", "name"),
        say(lang, "组别", "group"),
        say(lang, "档次", "class"),
        say(lang, "总分", "total"),
    );
    for row in 0..graded.len() {
        let _ = writeln!(
            body,
            "<tr><td><a href=\"{}\">{}</a></td><td>{}</td><td>{}</td><td class=\"n\">{}</td></tr>",
            Safe(&file_name(graded, row)),
            Safe(if graded.name(row).is_empty() { "–" } else { graded.name(row) }),
            Safe(graded.group(row).map_or("", |group| graded.group_name(group))),
            Safe(graded.class(row).map_or(say(lang, "未评价", "not graded"), |class| text(&class.name, lang))),
            graded.shown_total(row),
        );
    }
    body.push_str("</tbody></table>\n");
    whole(&title, banner, &body, lang)
}

fn one(graded: &Graded<'_>, pages: &Pages, row: usize, banner: Option<&str>, sources: &str) -> String {
    let lang = graded.lang;
    let name = graded.name(row);
    let mut body = head(graded, text(&graded.rules.name, lang));
    let _ = writeln!(
        body,
        "<h2>{}{}</h2>",
        say(lang, "评价结果通知单：", "Certificate: "),
        Safe(if name.is_empty() { "–" } else { name })
    );
    let found = why(graded.prepared, &graded.prepared.weights, graded.found, row);
    body.push_str(&result(graded, row, found.as_ref().map_or(0, |found| found.ranked)));
    body.push_str(&items(graded, row, found.as_ref().map_or([].as_slice(), |found| &found.lines)));
    body.push_str(&said(say(lang, "说明", "Remarks"), &reasons(graded, row)));
    body.push_str(&follows(graded, row));
    body.push_str(&objections(pages, lang));
    body.push_str(sources);
    whole(&format!("{name} · {}", text(&graded.rules.name, lang)), banner, &body, lang)
}

/// Class, total and place.
fn result(graded: &Graded<'_>, row: usize, ranked: usize) -> String {
    let lang = graded.lang;
    let last = graded.classes().len().saturating_sub(1);
    let kind = match graded.class_at(row) {
        Some(0) => " class=\"first\"",
        Some(at) if at == last => " class=\"last\"",
        _ => "",
    };
    let class = graded.class(row).map_or(say(lang, "未评价", "not graded"), |class| text(&class.name, lang));
    let mut out = String::from("<ul class=\"result\">\n");
    let mut box_of = |kind: &str, name: &str, value: &str| {
        let _ = writeln!(out, "<li{kind}>{name}<b>{}</b></li>", Safe(value));
    };
    if let Some(group) = graded.group(row).map(|group| graded.group_name(group)).filter(|name| !name.is_empty()) {
        box_of("", say(lang, "组别", "group"), group);
    }
    box_of(kind, say(lang, "档次", "class"), class);
    box_of("", say(lang, "总分", "total"), &graded.shown_total(row));
    if let Some(rank) = graded.rank(row) {
        box_of("", say(lang, "名次", "rank"), &format!("{rank} / {ranked}"));
    }
    out.push_str("</ul>\n");
    out
}

/// Value, benchmark, where it comes from, points and their share of the total.
fn items(graded: &Graded<'_>, row: usize, lines: &[Line]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let lang = graded.lang;
    let mut out = format!("<h2>{}</h2>\n<table><thead><tr>", say(lang, "逐项得分", "Item by item"));
    let heads = [
        ("", "指标", "item"),
        (" class=\"n\"", "数值", "value"),
        (" class=\"n\"", "基准", "benchmark"),
        (" class=\"n\"", "权重", "weight"),
        (" class=\"n\"", "得分", "points"),
        (" class=\"n\"", "占总分", "share"),
        ("", "依据", "taken from"),
    ];
    for (kind, zh, en) in heads {
        let _ = write!(out, "<th{kind}>{}</th>", say(lang, zh, en));
    }
    out.push_str("</tr></thead><tbody>\n");
    for line in lines {
        out.push_str(&item(graded, row, line));
    }
    for (at, dimension) in graded.rules.dimensions.iter().enumerate() {
        let is_total = at == 0;
        let name = if is_total { say(lang, "总分", "total") } else { text(&dimension.name, lang) };
        let score = graded.dimension(at, row);
        let shown = if is_total { graded.shown_total(row) } else { shown(score) };
        let kind = if is_total { " class=\"sum\"" } else { "" };
        let _ = writeln!(
            out,
            "<tr{kind}><td>{}</td><td></td><td></td><td></td><td class=\"n\">{shown}</td><td></td><td></td></tr>",
            Safe(name)
        );
    }
    out.push_str("</tbody></table>\n");
    out
}

fn item(graded: &Graded<'_>, row: usize, line: &Line) -> String {
    let lang = graded.lang;
    let Some(item) = graded.item(line.item) else { return String::new() };
    let unit = item.unit.as_ref().map_or(String::new(), |unit| format!(" ({})", text(unit, lang)));
    let benchmark = line.benchmark.map_or_else(|| in_words(&item.normalise.method, lang).to_owned(), shown);
    let mut notes = Vec::new();
    if line.filled {
        notes.push(say(lang, "数值缺，按规则补", "filled in by the rules"));
    }
    if line.bounded {
        notes.push(say(lang, "到封顶或保底", "at its cap or floor"));
    }
    let notes = if notes.is_empty() { String::new() } else { format!("<br>{}", notes.join(say(lang, "，", ", "))) };
    let points = line.points.map_or_else(|| shown(graded.score(line.item, row)), shown);
    let share = line.share.map_or(String::new(), |share| format!("{:.1}%", 100.0 * share));
    let weight = item.weight.of(graded.group(row).unwrap_or(0));
    let value = if line.value.is_nan() { "–".to_owned() } else { shown(line.value) };
    format!(
        "<tr><td>{}<span class=\"small\">{}<br><code>{}</code>{notes}</span></td><td class=\"n\">{value}</td><td class=\"n\">{benchmark}</td><td class=\"n\">{}</td><td class=\"n\">{points}</td><td class=\"n\">{share}</td><td class=\"small\">{}</td></tr>\n",
        Safe(text(&item.name, lang)),
        Safe(&unit),
        Safe(&item.formula),
        shown(line.weight),
        line.given.or(weight).map_or(String::new(), |number| origin(graded, number)),
    )
}

/// What stands for a benchmark where no single number does.
fn in_words(method: &Method, lang: Lang) -> &'static str {
    match method {
        Method::Steps(_) => say(lang, "分段", "steps"),
        Method::Piecewise { .. } => say(lang, "折线", "curve"),
        Method::Rank => say(lang, "名次", "rank"),
        _ => "–",
    }
}

/// Source, clause and mark of a number.
fn origin(graded: &Graded<'_>, number: Sourced) -> String {
    let Some((origin, source)) = graded.rules.origin(number) else { return String::new() };
    let clause = origin.clause.as_ref().map_or(String::new(), |clause| format!(" {}", Safe(clause)));
    format!("{} {}{clause}", mark(origin.confidence, graded.lang), Safe(text(&source.title, graded.lang)))
}

fn said(title: &str, sentences: &[String]) -> String {
    if sentences.is_empty() {
        return String::new();
    }
    let lines: String = sentences.iter().map(|sentence| format!("<li>{}</li>\n", Safe(sentence))).collect();
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
            Some(format!("<li>{} <span class=\"small\">{from}</span></li>\n", Safe(&consequence(graded, outcome))))
        })
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    format!("<h2>{}</h2>\n<ul>\n{}</ul>\n", say(graded.lang, "结果应用", "What follows"), lines.concat())
}
