//! What changed against another year or other rules, unit by unit, and how much of it is the data, the benchmarks, the weights
//! and the rest of the rules.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use lantu_appraisal::explain::{Change, Changed, change};
use lantu_appraisal::read::units::Wanted;
use lantu_appraisal::rules::{Day, RuleSet};
use lantu_blueprint::Lang;

use super::graded::shown;
use super::inputs::Inputs;
use super::renamed;
use crate::arguments_appraise::{Appraise, AppraiseFormat};
use crate::arguments_models::ModelFormat;
use crate::commands::told::{tell_appraisal, text};
use crate::commands::{rule_files, say};
use crate::models::output::{self, Column, Table};
use crate::text::style;
use crate::text::table::{Cell, render};

/// Units that are shown to people.
const SHOWN: usize = 20;

/// What is compared with: rules and tables, each the same as the new ones where no other is named.
struct Both {
    old: RuleSet,
    before: Inputs,
    after: Inputs,
}

/// The comparison in the format asked for; whether anything is wrong. Nothing where something cannot be read.
pub(super) fn of(
    command: &Appraise,
    rules: &RuleSet,
    day: Option<Day>,
    lang: Lang,
) -> anyhow::Result<(Option<Vec<u8>>, bool)> {
    let (both, told) = read(command, rules, day, lang)?;
    let Some(Both { old, before, after }) = both else { return Ok((None, true)) };
    let found = change((&old, &before.units, &before.context()), (rules, &after.units, &after.context()));
    let bytes = match command.format() {
        AppraiseFormat::Text => as_text(&found, &old, rules, &before, &after, lang).into_bytes(),
        AppraiseFormat::Csv => output::table(as_table(&found, &before, &after), ModelFormat::Csv)?,
        AppraiseFormat::Json => output::table(as_table(&found, &before, &after), ModelFormat::Json)?,
        AppraiseFormat::Parquet => output::table(as_table(&found, &before, &after), ModelFormat::Parquet)?,
    };
    Ok((Some(bytes), told))
}

fn read(command: &Appraise, rules: &RuleSet, day: Option<Day>, lang: Lang) -> anyhow::Result<(Option<Both>, bool)> {
    let (mut old, mut told) = (rules.clone(), false);
    if let Some(path) = &command.compare.compare_rules {
        for file in rule_files::open(std::slice::from_ref(path), lang)? {
            told |= tell_appraisal(&file.problems, &file.path, lang);
            let Some(set) = &file.set else { return Ok((None, true)) };
            old = renamed(set, command);
        }
    }
    // Mixtures of old and new rules are applied to both tables: each has to have the columns of both.
    let wanted = Wanted::by(rules).and(Wanted::by(&old));
    let mut open = |data: &Path, rules: &RuleSet| -> anyhow::Result<Option<Inputs>> {
        let (found, problems) = Inputs::read(command, data, rules, &wanted, day, lang)?;
        told |= problems;
        Ok(found)
    };
    let before: &PathBuf = command.compare.compare_data.as_ref().unwrap_or(&command.data);
    let Some(before) = open(before, &old)? else { return Ok((None, true)) };
    let Some(after) = open(&command.data, rules)? else { return Ok((None, true)) };
    Ok((Some(Both { old, before, after }), told))
}

fn as_table(found: &Change, before: &Inputs, after: &Inputs) -> Table {
    let name = |inputs: &Inputs, row: usize| inputs.units.ids.get(row).cloned().unwrap_or_default();
    let units = &found.units;
    let (joined, left) = (found.joined.len(), found.left.len());
    let ids = units.iter().map(|unit| name(after, unit.rows.1));
    let ids = ids.chain(found.joined.iter().map(|row| name(after, *row)));
    let ids = ids.chain(found.left.iter().map(|row| name(before, *row)));
    let kinds = std::iter::repeat_n("kept", units.len());
    let kinds = kinds.chain(std::iter::repeat_n("joined", joined)).chain(std::iter::repeat_n("left", left));
    let others = joined + left;
    let number = |of: &dyn Fn(&Changed) -> f64| {
        Column::Known(units.iter().map(of).chain(std::iter::repeat_n(f64::NAN, others)).collect())
    };
    let rank = |of: &dyn Fn(&Changed) -> u32| {
        let ranks = units.iter().map(|unit| Some(of(unit)).filter(|rank| *rank > 0));
        Column::Count(ranks.chain(std::iter::repeat_n(None, others)).collect())
    };
    let class = |of: &dyn Fn(&Changed) -> Option<String>| {
        let classes = units.iter().map(|unit| of(unit).unwrap_or_default());
        Column::Text(classes.chain(std::iter::repeat_n(String::new(), others)).collect())
    };
    let part = |at: usize| number(&|unit| part(unit, at));
    vec![
        (after.id.clone(), Column::Text(ids.collect())),
        ("units".into(), Column::Text(kinds.map(str::to_owned).collect())),
        ("total_before".into(), number(&|unit| totals(unit).0)),
        ("total_after".into(), number(&|unit| totals(unit).1)),
        ("rank_before".into(), rank(&|unit| unit.ranks.0)),
        ("rank_after".into(), rank(&|unit| unit.ranks.1)),
        ("class_before".into(), class(&|unit| unit.classes.0.clone())),
        ("class_after".into(), class(&|unit| unit.classes.1.clone())),
        ("by_data".into(), part(0)),
        ("by_benchmarks".into(), part(1)),
        ("by_weights".into(), part(2)),
        ("by_rules".into(), part(3)),
    ]
}

/// Totals before and after of those that were ranked: one that is exempted has no total that counts.
fn totals(unit: &Changed) -> (f64, f64) {
    let of = |rank: u32, total: f64| if rank > 0 { total } else { f64::NAN };
    (of(unit.ranks.0, unit.totals.0), of(unit.ranks.1, unit.totals.1))
}

/// What one factor adds, in the order of `Factor::ALL`.
fn part(unit: &Changed, at: usize) -> f64 {
    let (before, after) = totals(unit);
    if before.is_nan() || after.is_nan() {
        return f64::NAN;
    }
    unit.parts.and_then(|parts| parts.get(at).copied()).unwrap_or(f64::NAN)
}

fn as_text(found: &Change, old: &RuleSet, rules: &RuleSet, before: &Inputs, after: &Inputs, lang: Lang) -> String {
    let mut out = format!("{} → {}\n", text(&old.name, lang), style::strong(text(&rules.name, lang)));
    let place = |rules: &RuleSet, class: &Option<String>| {
        let list = rules.classes.as_ref()?.list.iter();
        class.as_ref().and_then(|class| list.clone().position(|known| known.id == *class))
    };
    // Classes are compared by their place: best first in both.
    let moved = |unit: &&Changed| place(old, &unit.classes.0).zip(place(rules, &unit.classes.1));
    let up = found.units.iter().filter(|unit| moved(unit).is_some_and(|(was, is)| is < was)).count();
    let down = found.units.iter().filter(|unit| moved(unit).is_some_and(|(was, is)| is > was)).count();
    let (kept, joined, left) = (found.units.len(), found.joined.len(), found.left.len());
    let _ = match lang {
        Lang::Zh => writeln!(out, "两边都有 {kept} 个：升档 {up}，降档 {down}；新增 {joined}，退出 {left}"),
        Lang::En => {
            writeln!(out, "{kept} in both: {up} go up a class or more, {down} down; {joined} joined, {left} left")
        }
    };
    let heads = [
        after.id.as_str(),
        say(lang, "总分", "total"),
        "",
        say(lang, "变化", "change"),
        say(lang, "名次", "rank"),
        say(lang, "档次", "class"),
        say(lang, "数据", "data"),
        say(lang, "基准", "benchmarks"),
        say(lang, "权重", "weights"),
        say(lang, "其他规则", "other rules"),
    ];
    let mut rows = vec![heads.iter().map(|head| Cell::text(*head).painted(style::dim)).collect::<Vec<_>>()];
    let by = |unit: &Changed| totals(unit).1 - totals(unit).0;
    let mut order: Vec<&Changed> = found.units.iter().filter(|unit| !by(unit).is_nan()).collect();
    // Whose class changed comes first: that is what is asked of a changed rule.
    let stays = |unit: &Changed| moved(&unit).is_none_or(|(was, is)| was == is);
    order.sort_by(|one, other| {
        let size = by(other).abs().total_cmp(&by(one).abs());
        stays(one).cmp(&stays(other)).then(size).then(one.rows.1.cmp(&other.rows.1))
    });
    let signed = |number: f64| if number.is_nan() { String::new() } else { format!("{number:+.2}") };
    let rank = |rank: u32| if rank == 0 { "–".to_owned() } else { rank.to_string() };
    for unit in order.iter().take(SHOWN) {
        let class = |class: &Option<String>| class.clone().unwrap_or_else(|| "–".to_owned());
        let mut row = vec![
            Cell::text(before.units.ids.get(unit.rows.0).cloned().unwrap_or_default()),
            Cell::number(shown(unit.totals.0)),
            Cell::number(shown(unit.totals.1)),
            Cell::number(signed(by(unit))),
            Cell::text(format!("{}→{}", rank(unit.ranks.0), rank(unit.ranks.1))),
            Cell::text(format!("{}→{}", class(&unit.classes.0), class(&unit.classes.1))),
        ];
        row.extend((0..4).map(|at| Cell::number(signed(part(unit, at)))));
        rows.push(row);
    }
    out.push_str(&render(&rows, &[30, 12, 12, 10, 12, 20, 12, 12, 12, 12], 0));
    if order.len() > SHOWN {
        let more = order.len() - SHOWN;
        let _ = match lang {
            Lang::Zh => writeln!(out, "……还有 {more} 个；--format csv 列出全部"),
            Lang::En => writeln!(out, "… and {more} more; --format csv lists all"),
        };
    }
    out
}
