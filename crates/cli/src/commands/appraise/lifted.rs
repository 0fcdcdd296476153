//! What alone would lift a unit, told to people.

use std::fmt::Write;

use lantu_appraisal::explain::{Input, Lever, Lift, NoLift};
use lantu_appraisal::expression::Lookup;
use lantu_blueprint::Lang;

use super::borders;
use super::graded::Graded;
use super::lines::unit;
use super::numbers::shown;
use crate::commands::say;
use crate::commands::told::text;
use crate::text::table::{Cell, render};

pub(super) fn input(graded: &Graded<'_>, input: &Input) -> String {
    match input {
        Input::Column(column) => graded.column_with_unit(column),
        Input::Item(item) => graded.item_name(*item).to_owned(),
    }
}

/// What lifts a unit, or why nothing does.
pub(super) fn as_text(graded: &Graded<'_>, lift: &Result<Lift, NoLift>, row: usize) -> String {
    let lang = graded.lang;
    let lift = match lift {
        Ok(lift) => lift,
        Err(NoLift::Excepted(at)) => {
            let reason = graded.rules.exceptions.get(*at).map_or("", |exception| text(&exception.reason, lang));
            return match lang {
                Lang::Zh => format!("总分再高也升不了档：{reason}\n"),
                Lang::En => format!("no total lifts it to a better class: {reason}\n"),
            };
        }
        Err(NoLift::NotAlone) => {
            let line = say(
                lang,
                "总分是与理想点的贴近度，随所有对象而变：升一档要多少，不能只看一个",
                "the total is closeness to an ideal of all units: what lifts one cannot be told from it alone",
            );
            return format!("{line}\n");
        }
        Err(NoLift::Best | NoLift::Ungraded) => return String::new(),
    };
    let class = |at: usize| graded.classes().get(at).map_or("", |class| text(&class.name, lang));
    let digits = graded.tally.decimals.max(super::numbers::decimals(lift.needed));
    let needed = format!("{:.digits$}", lift.needed);
    let mut out = borders::needs(graded, &needed, lift.more, class(lift.by_total));
    if lift.to != lift.by_total {
        out.push_str(&match lang {
            Lang::Zh => format!("，经例外为「{}」", class(lift.to)),
            Lang::En => format!(", `{}` after exceptions", class(lift.to)),
        });
    }
    let levers: Vec<&Lever> =
        lift.levers.iter().filter(|lever| !told_by_column(graded, row, lever, &lift.levers)).collect();
    if levers.is_empty() && lift.powerless.is_empty() {
        out.push('\n');
        return out;
    }
    if levers.is_empty() {
        let _ = writeln!(out, "{}", say(lang, "；只改一个数到不了", "; no single number does it"));
        return out;
    }
    let _ = writeln!(out, "{}", say(lang, "。只改一个数：", "; one number alone:"));
    let rows: Vec<Vec<Cell>> = levers.iter().map(|lever| line(graded, lever)).collect();
    out.push_str(&render(&rows, &[36, 14, 2, 14, 10], 2));
    if !lift.powerless.is_empty() {
        let names: Vec<String> = lift.powerless.iter().map(|one| input(graded, one)).collect();
        let names = names.join(say(lang, "、", ", "));
        let _ = match lang {
            Lang::Zh => writeln!(out, "  单靠这些到不了：{names}"),
            Lang::En => writeln!(out, "  these alone cannot do it: {names}"),
        };
    }
    out
}

/// An item that rises by the same share as a column which only it is computed from says nothing new.
fn told_by_column(graded: &Graded<'_>, row: usize, lever: &Lever, all: &[Lever]) -> bool {
    let Input::Item(at) = lever.input else { return false };
    let Some(item) = graded.item(at) else { return false };
    let share = |lever: &Lever| (lever.to - lever.now) / lever.now;
    all.iter().any(|other| {
        let Input::Column(column) = &other.input else { return false };
        let mut uses = false;
        item.value.columns(&mut |name, _| uses |= name == column);
        let others = graded
            .rules
            .items
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != at && graded.prepared.applies(*place, row));
        let mut elsewhere = false;
        others.for_each(|(_, item)| item.value.columns(&mut |name, _| elsewhere |= name == column));
        // Both are short numbers, so that the shares are the same but for that.
        let apart = (share(other) - share(lever)).abs();
        let same = apart < 0.005 + 0.02 * share(lever).abs();
        uses && !elsewhere && graded.prepared.units.numbers(column).is_some() && same
    })
}

fn line(graded: &Graded<'_>, lever: &Lever) -> Vec<Cell> {
    let change = (lever.to - lever.now) / lever.now.abs();
    let unit = match lever.input {
        Input::Item(item) => unit(graded, item),
        Input::Column(_) => String::new(),
    };
    vec![
        Cell::text(format!("{}{unit}", input(graded, &lever.input))),
        Cell::number(shown(lever.now)),
        Cell::text("→"),
        Cell::number(shown(lever.to)),
        Cell::number(if change.is_finite() { format!("{:+.1}%", 100.0 * change) } else { String::new() }),
    ]
}
