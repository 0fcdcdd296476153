//! The tables of a unit's page: item by item, and the data that were used.

use std::fmt::Write;

use lantu_appraisal::evaluate::{Event, ageing};
use lantu_appraisal::explain::{Line, Why};
use lantu_appraisal::expression::Lookup;
use lantu_blueprint::Lang;

use super::basis::{self, From};
use super::graded::Graded;
use super::lines::{self, Entry, benchmark, fixed, notes, unit};
use super::numbers::shown;
use super::page::{Safe, mark};
use super::words::reference;
use crate::commands::say;
use crate::models::output::number;

/// A column of the table: whether it is there, and of numbers.
struct Columns {
    benchmark: bool,
    points: bool,
    share: bool,
    digits: usize,
}

/// Value, benchmark, where it comes from, points and their share of the total, in the order of the tree.
pub(super) fn items(graded: &Graded<'_>, why: &Why) -> String {
    let entries = lines::of(graded, why);
    if entries.is_empty() {
        return String::new();
    }
    let (lang, row) = (graded.lang, why.row);
    let ranked = graded.rank(row).is_some();
    // A column that is empty in every line is left out.
    let lines = || entries.iter().filter_map(|entry| entry.line);
    let columns = Columns {
        benchmark: lines().any(|line| !benchmark(graded, row, line).is_empty()),
        points: ranked,
        share: entries.iter().any(|entry| entry.share.is_some()),
        digits: lines::digits(&entries).max(if ranked { graded.tally.decimals } else { 0 }),
    };
    let title = say(lang, "逐项得分", "Item by item");
    let mut out = format!(
        "<h2>{title}</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\">\n<table class=\"items\"><thead><tr><th scope=\"col\">{}</th>",
        say(lang, "指标", "item")
    );
    let heads = [
        (true, "n", "数值", "value"),
        (columns.benchmark, "n", "基准", "benchmark"),
        (true, "n", "权重", "weight"),
        (columns.points, "n", "得分", "points"),
        (columns.share, "n", "占总分", "share"),
        (true, "", "依据", "taken from"),
    ];
    for (_, kind, zh, en) in heads.iter().filter(|(there, ..)| *there) {
        let _ = write!(out, "<th scope=\"col\" class=\"{kind}\">{}</th>", say(lang, zh, en));
    }
    out.push_str("</tr></thead><tbody>\n");
    entries.iter().for_each(|entry| out.push_str(&line(graded, row, entry, &columns)));
    if ranked {
        let mut cells = String::from("<td></td>");
        cells.push_str(if columns.benchmark { "<td></td>" } else { "" });
        let total = graded.total(row).unwrap_or(f64::NAN);
        let _ = write!(cells, "<td></td><td class=\"n\">{}</td>", fixed(total, columns.digits));
        cells.push_str(if columns.share { "<td class=\"n\">100%</td>" } else { "" });
        let name = say(lang, "总分", "total");
        let _ = writeln!(out, "<tr class=\"sum\"><th scope=\"row\">{name}</th>{cells}<td></td></tr>");
    }
    out.push_str("</tbody></table>\n</div>\n");
    out
}

fn line(graded: &Graded<'_>, row: usize, entry: &Entry<'_>, columns: &Columns) -> String {
    let kind = if entry.line.is_none() { " class=\"dimension\"" } else { "" };
    let mut out = format!("<tr{kind}><th scope=\"row\" class=\"d{}\">{}", entry.depth.min(3), Safe(entry.name));
    if let Some(found) = entry.line {
        let formula = graded.item(found.item).filter(|item| item.formula != item.id).map(|item| &item.formula);
        let formula = formula.map_or(String::new(), |formula| format!("<br><code>{}</code>", Safe(formula)));
        let _ = write!(out, "<span class=\"small\">{}{formula}</span>", Safe(&unit(graded, found.item)));
        for note in notes(graded, row, found) {
            let _ = write!(out, " <span class=\"mark bound\">{}</span>", Safe(&note));
        }
    }
    out.push_str("</th>");
    let mut cell = |text: &str| {
        let _ = write!(out, "<td class=\"n\">{text}</td>");
    };
    let of = |line: &Line, text: fn(&Line) -> f64| shown(text(line));
    cell(
        &entry.line.map_or(String::new(), |line| if line.value.is_nan() { "–".into() } else { of(line, |l| l.value) }),
    );
    if columns.benchmark {
        cell(&Safe(&entry.line.map_or(String::new(), |line| benchmark(graded, row, line))).to_string());
    }
    cell(&entry.line.map_or(String::new(), |line| of(line, |line| line.weight)));
    if columns.points {
        cell(&fixed(entry.points, columns.digits));
    }
    if columns.share {
        cell(&entry.share.map_or(String::new(), |share| format!("{:.1}%", 100.0 * share)));
    }
    let rests = entry.line.map_or(String::new(), |line| rests(graded, row, line));
    let _ = writeln!(out, "<td class=\"small\">{rests}</td></tr>");
    out
}

/// What the score rests on: the least reliable mark first, then each number with its source.
fn rests(graded: &Graded<'_>, row: usize, line: &Line) -> String {
    let lang = graded.lang;
    let all = basis::of(graded, row, line);
    let worst = basis::worst(graded, &all).map_or(String::new(), |found| format!("{} ", mark(found, lang)));
    let each = all.iter().map(|basis| {
        let from = match basis.from {
            From::Text(origin) => graded.rules.origins.get(origin).map_or(String::new(), |origin| {
                let clause = origin.clause.as_ref().map_or(String::new(), |clause| format!(" {}", Safe(clause)));
                format!("{} {}{clause}", origin.confidence.word(), reference(graded.rules, origin.source, lang))
            }),
            other => basis::in_words(other, lang).unwrap_or_default().to_owned(),
        };
        format!("{}{}{from}", basis.names(lang), say(lang, "：", ": "))
    });
    format!("{worst}{}", each.collect::<Vec<_>>().join(say(lang, "；", "; ")))
}

/// Every column of the unit that the rules look at, with what stands there, for the unit to confirm; and its events.
pub(super) fn data(graded: &Graded<'_>, row: usize) -> String {
    let (rules, lang) = (graded.rules, graded.lang);
    let mut named: Vec<&str> = Vec::new();
    let mut add = |name: &'_ str| {
        let known = graded.prepared.units.columns.get_key_value(name);
        if let Some((name, _)) = known.filter(|(name, _)| !named.contains(&name.as_str())) {
            named.push(name);
        }
    };
    let items = rules.items.iter().enumerate().filter(|(at, _)| graded.prepared.applies(*at, row));
    items.for_each(|(_, item)| item.value.columns(&mut |name, _| add(name)));
    rules.exceptions.iter().for_each(|exception| exception.when.columns(&mut |name, _| add(name)));
    let follow = rules.consequences.iter().flat_map(|one| [&one.unless, &one.other]).flatten();
    follow.for_each(|formula| formula.columns(&mut |name, _| add(name)));
    let mut out = String::new();
    if !named.is_empty() {
        let title = say(lang, "所用数据（请核对）", "Data used (please confirm)");
        let _ = writeln!(out, "<h2>{title}</h2>\n<ul class=\"data\">");
        for name in named {
            let units = graded.prepared.units;
            let found = units.number(name, row);
            // Numbers that a query worked out have more digits than anybody can confirm.
            let digits = format!("{found:.6}");
            let long = number(found).len() > digits.len();
            let word = || units.word(name, row).unwrap_or_default().to_owned();
            let said = if found.is_nan() { word() } else { Some(digits).filter(|_| long).unwrap_or(number(found)) };
            let said = if said.is_empty() { "–" } else { &said };
            let kind = if found.is_nan() { "" } else { " class=\"number\"" };
            let name = graded.column_with_unit(name);
            let _ = writeln!(out, "<li><span>{}</span> <b{kind}>{}</b></li>", Safe(&name), Safe(said));
        }
        out.push_str("</ul>\n");
    }
    out.push_str(&events(graded, row));
    out
}

/// Single events that took points off, the oldest first, and how much of each still counts.
fn events(graded: &Graded<'_>, row: usize) -> String {
    let lang = graded.lang;
    let Some((all, until)) = graded.context.events else { return String::new() };
    let mut own: Vec<&Event> = all.iter().filter(|event| event.row as usize == row && event.day <= until).collect();
    if own.is_empty() {
        return String::new();
    }
    own.sort_by_key(|event| event.day);
    let mut out = format!("<h2>{}</h2>\n<ul>\n", say(lang, "扣分事项", "Events that take points off"));
    for event in own {
        let (day, item, points) = (event.day, graded.item_name(event.item as usize), shown(event.points));
        let left = event.left(graded.item(event.item as usize).and_then(ageing).unwrap_or_default(), until);
        let counted = shown(event.points * left);
        let line = match (left, lang) {
            (1.0, Lang::Zh) => format!("{day} {item}：扣 {points} 分"),
            (1.0, Lang::En) => format!("{day} {item}: {points} points off"),
            (0.0, Lang::Zh) => format!("{day} {item}：扣 {points} 分，按规则已过期，不计"),
            (0.0, Lang::En) => format!("{day} {item}: {points} points off; too old by the rules, not counted"),
            (_, Lang::Zh) => format!("{day} {item}：扣 {points} 分，按规则折减，计 {counted} 分"),
            (_, Lang::En) => format!("{day} {item}: {points} points off; less by its age, counts {counted}"),
        };
        let _ = writeln!(out, "<li>{}</li>", Safe(&line));
    }
    out.push_str("</ul>\n");
    out
}
