//! Two gradings compared, for people.

use std::fmt::Write;
use std::path::Path;

use lantu_appraisal::explain::Changed;
use lantu_appraisal::rules::RuleSet;
use lantu_blueprint::{Lang, Severity};

use super::compare_table::points;
use super::compared::{Compared, part, totals};
use super::differences;
use super::graded::id_head;
use super::numbers::shown;
use super::origins::{lines_on_screen, unofficial};
use crate::commands::rule_files::period;
use crate::commands::say;
use crate::commands::told::text;
use crate::text::style;
use crate::text::table::{Cell, render};

/// Units that are shown to people.
const SHOWN: usize = 20;
/// Things with numbers that are not official and are named, of each mark.
const NUMBERS: usize = 4;

const PARTS: [(&str, &str); 4] =
    [("数据", "data"), ("基准", "benchmarks"), ("权重", "weights"), ("其他规则", "other rules")];

/// Both sets with their dates and files, and where they differ.
fn head(compared: &Compared<'_>) -> String {
    let (old, new, lang) = (&compared.old, &compared.new, compared.lang);
    let mut out = String::new();
    let set = |name: &str, rules: &RuleSet| format!("{name}{}", style::strong(text(&rules.name, lang)));
    for (at, side) in [old, new].into_iter().enumerate() {
        let arrow = if at == 0 { "  " } else { "→ " };
        let _ = writeln!(out, "{}", set(arrow, side.rules));
        let place = text(&side.rules.jurisdiction, lang);
        let (rules, data) = (called(side.path, old.path, new.path), called(side.data, old.data, new.data));
        let line = format!("{place} · {} · {rules} · {data}", period(side.rules, lang));
        let _ = writeln!(out, "  {}", style::dim(&line));
    }
    let numbers = lines_on_screen(&unofficial(new.rules, None, lang), NUMBERS, lang);
    if !numbers.is_empty() {
        let line = format!("! {}", say(lang, "不是官方规定的数字：", "numbers that are not official:"));
        let _ = writeln!(out, "{}", style::severity(Severity::Warning, &line));
    }
    for line in numbers {
        let _ = writeln!(out, "  {line}");
    }
    if old.path != new.path {
        out.push_str(&differences::as_text(&compared.differences, lang));
    }
    out.push('\n');
    out
}

/// A file by its name, or by its path where both have one name.
fn called(path: &Path, old: &Path, new: &Path) -> String {
    let apart = old == new || old.file_name() != new.file_name();
    path.file_name()
        .filter(|_| apart)
        .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn signed(number: f64) -> String {
    if number.is_nan() { String::new() } else { format!("{number:+.2}") }
}

fn fixed(number: f64) -> String {
    if number.is_nan() { "–".to_owned() } else { format!("{number:.2}") }
}

fn rank(rank: u32) -> String {
    if rank == 0 { "–".to_owned() } else { rank.to_string() }
}

/// Name of a class by its id.
fn class(rules: &RuleSet, id: Option<&String>, lang: Lang) -> String {
    let classes = rules.classes.iter().flat_map(|classes| &classes.list);
    let named = |id: &String| classes.clone().find(|class| class.id == *id).map(|class| text(&class.name, lang));
    id.map_or("–", |id| named(id).unwrap_or(id)).to_owned()
}

fn classes(compared: &Compared<'_>, unit: &Changed) -> String {
    let (old, new) = (compared.old.rules, compared.new.rules);
    let lang = compared.lang;
    format!("{}→{}", class(old, unit.classes.0.as_ref(), lang), class(new, unit.classes.1.as_ref(), lang))
}

/// Places of the class before and after: best first in both.
fn moved(compared: &Compared<'_>, unit: &Changed) -> Option<(usize, usize)> {
    let place = |rules: &RuleSet, class: Option<&String>| {
        let list = &rules.classes.as_ref()?.list;
        class.and_then(|class| list.iter().position(|known| known.id == *class))
    };
    place(compared.old.rules, unit.classes.0.as_ref()).zip(place(compared.new.rules, unit.classes.1.as_ref()))
}

/// Counts, and the units that changed most.
pub(super) fn of_all(compared: &Compared<'_>) -> String {
    let (found, lang) = (&compared.found, compared.lang);
    let mut out = head(compared);
    let moves = || found.units.iter().filter_map(|unit| moved(compared, unit));
    let (up, down) = (moves().filter(|(was, is)| is < was).count(), moves().filter(|(was, is)| is > was).count());
    let (kept, joined, left) = (found.units.len(), found.joined.len(), found.left.len());
    let _ = match lang {
        Lang::Zh => writeln!(out, "两边都有 {kept} 个：升档 {up}，降档 {down}；新增 {joined}，退出 {left}"),
        Lang::En => {
            writeln!(out, "{kept} in both: {up} go up a class or more, {down} down; {joined} joined, {left} left")
        }
    };
    let mut heads = vec![
        Cell::text(id_head(compared.new.rules, &compared.new.inputs.id, compared.title.is_some(), lang)),
        Cell::number(say(lang, "总分", "total")),
        Cell::number(say(lang, "名次", "rank")),
        Cell::text(say(lang, "档次", "class")),
    ];
    heads.extend(PARTS.map(|(zh, en)| Cell::number(say(lang, zh, en))));
    let mut rows = vec![heads.into_iter().map(|head| head.painted(style::dim)).collect::<Vec<_>>()];
    let by = |unit: &Changed| totals(unit).1 - totals(unit).0;
    let mut order: Vec<&Changed> = found.units.iter().filter(|unit| !by(unit).is_nan()).collect();
    // Whose class changed comes first: that is what is asked of a changed rule.
    let stays = |unit: &Changed| moved(compared, unit).is_none_or(|(was, is)| was == is);
    order.sort_by(|one, other| {
        let size = by(other).abs().total_cmp(&by(one).abs());
        stays(one).cmp(&stays(other)).then(size).then(one.rows.1.cmp(&other.rows.1))
    });
    for unit in order.iter().take(SHOWN) {
        let (before, after) = totals(unit);
        let mut row = vec![
            Cell::text(compared.new.name(unit.rows.1)),
            Cell::number(format!("{}→{}", fixed(before), fixed(after))),
            Cell::number(format!("{}→{}", rank(unit.ranks.0), rank(unit.ranks.1))),
            Cell::text(classes(compared, unit)),
        ];
        row.extend((0..4).map(|at| Cell::number(signed(part(unit, at)))));
        rows.push(row);
    }
    out.push_str(&render(&rows, &[24, 20, 12, 20, 12, 12, 12, 12], 0));
    if order.len() > SHOWN {
        let more = order.len() - SHOWN;
        let _ = match lang {
            Lang::Zh => writeln!(out, "……还有 {more} 个；--format csv 列出全部"),
            Lang::En => writeln!(out, "… and {more} more; --format csv lists all"),
        };
    }
    out
}

/// One unit: its change in four parts, and item by item.
pub(super) fn of_unit(compared: &Compared<'_>, unit: &Changed) -> String {
    let lang = compared.lang;
    let column = compared.title.and_then(|title| compared.new.inputs.units.columns.get(title));
    let title = column.and_then(|column| column.word(unit.rows.1)).unwrap_or_default();
    let name = format!("{} {title}", compared.new.name(unit.rows.1));
    let mut out = format!("{}\n{}", style::strong(name.trim()), head(compared));
    let (before, after) = totals(unit);
    let change = signed(after - before);
    let totals = match (change.is_empty(), lang) {
        (true, _) => format!("{} → {}", fixed(before), fixed(after)),
        (false, Lang::Zh) => format!("{} → {}（{change}）", fixed(before), fixed(after)),
        (false, Lang::En) => format!("{} → {} ({change})", fixed(before), fixed(after)),
    };
    let mut facts = vec![
        (say(lang, "总分", "total").to_owned(), totals),
        (say(lang, "名次", "rank").to_owned(), format!("{} → {}", rank(unit.ranks.0), rank(unit.ranks.1))),
    ];
    if unit.classes.0.is_some() || unit.classes.1.is_some() {
        facts.push((say(lang, "档次", "class").to_owned(), classes(compared, unit).replace('→', " → ")));
    }
    let parts = PARTS.into_iter().enumerate().map(|(at, (zh, en))| {
        let by = match lang {
            Lang::Zh => format!("因{zh}"),
            Lang::En => format!("by {en}"),
        };
        (by, signed(part(unit, at)))
    });
    facts.extend(parts.filter(|(_, said)| !said.is_empty()));
    let facts: Vec<Vec<Cell>> =
        facts.into_iter().map(|(name, said)| vec![Cell::text(name).painted(style::dim), Cell::text(said)]).collect();
    let _ = writeln!(out, "{}", render(&facts, &[20, 60], 0));
    let items = compared.items();
    if items.is_empty() {
        return out;
    }
    let heads = [("得分", "points"), ("之前", "before"), ("之后", "after"), ("变化", "change")];
    let head = |(at, (zh, en))| {
        let head = say(lang, zh, en);
        (if at == 0 { Cell::text(head) } else { Cell::number(head) }).painted(style::dim)
    };
    let mut rows = vec![heads.into_iter().enumerate().map(head).collect::<Vec<_>>()];
    for id in items {
        let rules = [compared.new.rules, compared.old.rules];
        let item = rules.iter().find_map(|rules| rules.items.get(rules.item(id)?));
        let (before, after) = points(compared, unit, id);
        if before.is_nan() && after.is_nan() {
            continue;
        }
        let zero = |points: f64| if points.is_nan() { 0.0 } else { points };
        rows.push(vec![
            Cell::text(item.map_or(id, |item| text(&item.name, lang))),
            Cell::number(shown(before)),
            Cell::number(shown(after)),
            Cell::number(signed(zero(after) - zero(before))),
        ]);
    }
    out.push_str(&render(&rows, &[36, 12, 12, 10], 0));
    out
}
