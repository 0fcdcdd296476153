//! Reasons and consequences as sentences.

use lantu_appraisal::evaluate::{NO_CLASS, Outcome, Reason};
use lantu_appraisal::expression::Cause;
use lantu_appraisal::rules::Missing;
use lantu_blueprint::Lang;

use super::graded::Graded;
use super::numbers::shown;
use super::words;
use crate::commands::say;
use crate::commands::told::text;

/// What parts two sentences.
pub(super) fn between(lang: Lang) -> &'static str {
    say(lang, "；", "; ")
}

/// Every reason of a unit.
pub(super) fn reasons(graded: &Graded<'_>, row: usize) -> Vec<String> {
    graded.found.reasons_of(row).map(|one| reason(graded, row, one)).collect()
}

/// Everything that follows for a unit.
pub(super) fn consequences(graded: &Graded<'_>, row: usize) -> Vec<String> {
    graded.found.outcomes_of(row).map(|one| consequence(graded, one)).collect()
}

fn class(graded: &Graded<'_>, at: u8) -> String {
    graded.classes().get(usize::from(at)).map_or(String::new(), |class| text(&class.name, graded.lang).to_owned())
}

fn reason(graded: &Graded<'_>, row: usize, reason: &Reason) -> String {
    let lang = graded.lang;
    let rule = |exception: &usize| {
        graded.rules.exceptions.get(*exception).map_or("", |exception| text(&exception.reason, lang))
    };
    match reason {
        Reason::Double if graded.name(row).is_empty() => {
            say(lang, "没有名称，不评价", "it has no name and is not graded").into()
        }
        Reason::Double => {
            say(lang, "同名的不止一行，都不评价", "more than one row has this name; none is graded").into()
        }
        Reason::NoGroup => no_group(graded, row),
        Reason::NoTotal => say(
            graded.lang,
            "没有总分：各项都没有得分，或权重都是 0，或负的得分没有这种平均",
            "no total: there is no score, or no weight, or such a mean of scores below zero does not exist",
        )
        .to_owned(),
        Reason::NoValue { item, cause, refused } => no_value(graded, row, *item, cause.as_ref(), *refused),
        Reason::Exempted { exception, treated } => {
            let treated = treated.and_then(|at| graded.classes().get(at)).map(|class| text(&class.name, lang));
            match (treated, lang) {
                (Some(class), Lang::Zh) => format!("{}：不参加评价，按「{class}」对待", rule(exception)),
                (Some(class), Lang::En) => format!("{}: not graded, treated as `{class}`", rule(exception)),
                (None, Lang::Zh) => format!("{}：不参加评价", rule(exception)),
                (None, Lang::En) => format!("{}: not graded", rule(exception)),
            }
        }
        Reason::Excepted { exception, before, after } => {
            let (rule, old, new) = (rule(exception), class(graded, *before), class(graded, *after));
            match (*before == NO_CLASS, before == after, lang) {
                (true, _, Lang::Zh) => format!("{rule}：定为 {new}"),
                (true, _, Lang::En) => format!("{rule}: put into {new}"),
                (_, true, Lang::Zh) => format!("{rule}：仍为 {new}"),
                (_, true, Lang::En) => format!("{rule}: stays {new}"),
                (_, _, Lang::Zh) => format!("{rule}：由 {old} 改为 {new}"),
                (_, _, Lang::En) => format!("{rule}: from {old} to {new}"),
            }
        }
        Reason::Undecided { exception, column } => match lang {
            Lang::Zh => format!("{}：缺「{}」，未作判断", rule(exception), named(graded, column)),
            Lang::En => format!("{}: no `{}`, not judged", rule(exception), named(graded, column)),
        },
        Reason::Decides { item } => match lang {
            Lang::Zh => format!("总分由「{}」决定", graded.item_name(*item)),
            Lang::En => format!("the total is that of {}", graded.item_name(*item)),
        },
    }
}

fn no_group(graded: &Graded<'_>, row: usize) -> String {
    let column = graded.rules.group_column.as_deref().unwrap_or_default();
    let word = graded.prepared.units.columns.get(column).and_then(|column| column.word(row)).unwrap_or_default();
    match (word.is_empty(), graded.lang) {
        (true, Lang::Zh) => format!("列「{column}」没有写组别，不评价"),
        (true, Lang::En) => format!("column `{column}` names no group; not graded"),
        (false, Lang::Zh) => format!("规则里没有组别「{word}」，不评价"),
        (false, Lang::En) => format!("the rules have no group `{word}`; not graded"),
    }
}

fn named<'a>(graded: &Graded<'a>, column: &'a str) -> &'a str {
    graded.rules.label(column).map_or(column, |label| text(&label.name, graded.lang))
}

fn no_value(graded: &Graded<'_>, row: usize, at: usize, cause: Option<&Cause>, refused: bool) -> String {
    let lang = graded.lang;
    let name = graded.item_name(at);
    let why = match (cause, lang) {
        (Some(Cause::Missing(column)), Lang::Zh) => format!("缺「{}」", named(graded, column)),
        (Some(Cause::Missing(column)), Lang::En) => format!("no `{}`", named(graded, column)),
        (Some(Cause::ZeroDivisor), _) => say(lang, "除数为零", "a divisor of zero").into(),
        (Some(Cause::OutOfDomain), _) => say(
            lang,
            "对数或根号下的数没有意义，或大得算不出",
            "a logarithm or root of what has none, or too large a number",
        )
        .into(),
        (None, _) if graded.value(at, row).is_nan() => say(lang, "没有数值", "no value").into(),
        (None, _) => {
            say(lang, "数值不在评分标准之内，或没有可比的基准", "a value beyond the scale, or nothing to compare with")
                .into()
        }
    };
    let done: String = match graded.item(at).map(|item| &item.missing) {
        _ if refused => say(lang, "不评价", "not graded").into(),
        Some(Missing::Refuse) | None => say(lang, "没有得分", "no score").into(),
        Some(missing) => words::missing(missing, lang),
    };
    match lang {
        Lang::Zh => format!("{name}：{why}，{done}"),
        Lang::En => format!("{name}: {why}, {done}"),
    }
}

/// One thing that follows, with its number and the year in a row.
pub(super) fn consequence(graded: &Graded<'_>, outcome: &Outcome) -> String {
    let lang = graded.lang;
    let Some(rule) = graded.rules.consequences.get(outcome.consequence) else { return String::new() };
    let name = text(&rule.name, lang);
    if outcome.waived {
        return match lang {
            Lang::Zh => format!("{name}：按规则免除"),
            Lang::En => format!("{name}: waived by the rules"),
        };
    }
    let unit = rule.unit.as_ref().map_or("", |unit| text(unit, lang));
    let mut said = name.to_owned();
    if let Some(value) = outcome.other.or(outcome.value) {
        said = format!("{name} {} {unit}", shown(value)).trim_end().to_owned();
    }
    let mut notes = Vec::new();
    if rule.steps.len() > 1 {
        notes.push(match (outcome.years, lang) {
            (1, _) => say(lang, "第 1 年", "first year").to_owned(),
            (years, Lang::Zh) => format!("连续第 {years} 年"),
            (years, Lang::En) => format!("year {years} in a row"),
        });
    }
    if let (Some(_), Some(own)) = (outcome.other, outcome.value) {
        notes.push(match lang {
            Lang::Zh => format!("取同类中较高者，本条为 {}", shown(own)),
            Lang::En => format!("the higher of its kind, this rule says {}", shown(own)),
        });
    }
    notes.extend(outcome.undecided.as_ref().map(|column| match lang {
        Lang::Zh => format!("缺「{}」，没有免除", named(graded, column)),
        Lang::En => format!("no `{}`: not waived", named(graded, column)),
    }));
    notes.extend(rule.needs.as_ref().map(|needs| match lang {
        Lang::Zh => format!("前提：{}", needs.zh),
        Lang::En => format!("requires {}", needs.en),
    }));
    match (notes.is_empty(), lang) {
        (true, _) => said,
        (false, Lang::Zh) => format!("{said}（{}）", notes.join("，")),
        (false, Lang::En) => format!("{said} ({})", notes.join(", ")),
    }
}
