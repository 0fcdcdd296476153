//! Which border decides a class, and what total the next one needs.

use lantu_appraisal::evaluate::NO_CLASS;
use lantu_appraisal::rules::{PerGroup, Share, Ties};
use lantu_blueprint::Lang;

use super::facts::range;
use super::graded::Graded;
use super::words::share;
use crate::commands::say;
use crate::commands::told::text;

/// The border by which the total of a unit gave its class, before exceptions.
pub(super) fn decisive(graded: &Graded<'_>, row: usize, ranked: usize) -> Option<String> {
    let lang = graded.lang;
    let at = *graded.found.by_total.get(row).filter(|class| **class != NO_CLASS)?;
    let classes = graded.classes();
    let class = classes.get(usize::from(at))?;
    let name = text(&class.name, lang);
    match &class.share {
        Share::Total(limits) => {
            let range = range(limits, say(lang, "总分", "total"));
            Some(match lang {
                Lang::Zh => format!("{range} 为 {name}"),
                Lang::En => format!("{range} is {name}"),
            })
        }
        Share::Until(until) => {
            let group = graded.group(row)?;
            let before = classes.iter().take(usize::from(at)).rev().find_map(|class| match &class.share {
                Share::Until(until) => until.of(group),
                _ => None,
            });
            let span = share(before.map_or(0.0, |before| before.value), until.of(group)?.value, lang);
            let gap = if span.ends_with('）') { "" } else { " " };
            Some(match lang {
                Lang::Zh => format!("{span}{gap}为 {name}，共 {ranked} 个参加排名"),
                Lang::En => format!("{span} of {ranked} ranked: {name}"),
            })
        }
        Share::Nobody => None,
    }
}

/// What the total has to be for the next better class, others staying as they are.
pub(super) fn next(graded: &Graded<'_>, row: usize) -> Option<String> {
    let lang = graded.lang;
    let rules = graded.rules;
    let from = usize::from(*graded.found.by_total.get(row).filter(|class| **class != NO_CLASS)?);
    let classes = graded.classes();
    let to = (0..from).rev().find(|class| classes.get(*class).is_some_and(|class| class.share != Share::Nobody))?;
    let (needed, more) = match &classes.get(to)?.share {
        Share::Total(limits) => {
            let end = if rules.better_high { limits.from } else { limits.to };
            end.map(|(end, closed)| (end.value, !closed))?
        }
        Share::Until(until) => {
            // One list of ranks with borders of its own for each group has no single total at which a class ends.
            if !rules.rank_within_groups && matches!(until, PerGroup::ByGroup(_)) {
                return None;
            }
            let band = if rules.rank_within_groups { graded.group(row)? } else { 0 };
            let last = graded.tally.lasts.get(band)?.get(to).copied().flatten()?;
            let ties = rules.classes.as_ref().map(|classes| classes.ties);
            (last, ties == Some(Ties::Worse) || !rules.then_by.is_empty())
        }
        Share::Nobody => return None,
    };
    let digits = graded.tally.decimals.max(super::numbers::decimals(needed));
    Some(needs(graded, &format!("{needed:.digits$}"), more, text(&classes.get(to)?.name, lang)))
}

/// A total that is enough for a class.
pub(super) fn needs(graded: &Graded<'_>, needed: &str, more: bool, class: &str) -> String {
    let sign = match (graded.rules.better_high, more) {
        (true, true) => ">",
        (true, false) => "≥",
        (false, true) => "<",
        (false, false) => "≤",
    };
    match graded.lang {
        Lang::Zh => format!("总分 {sign} {needed} 就到「{class}」（别的都不变）"),
        Lang::En => format!("a total {sign} {needed} is `{class}`, all else as it is"),
    }
}

/// The class of the newest earlier result.
pub(super) fn last_year<'a>(graded: &Graded<'a>, row: usize) -> Option<&'a str> {
    graded.context.previous.first().and_then(|history| history.classes.get(graded.name(row))).map(String::as_str)
}

/// What decides between equal totals.
pub(super) fn ties(graded: &Graded<'_>) -> Option<String> {
    let lang = graded.lang;
    let names: Vec<&str> = graded.rules.then_by.iter().map(|item| graded.item_name(*item)).collect();
    if names.is_empty() {
        return None;
    }
    let names = names.join(say(lang, "、", ", then "));
    Some(match lang {
        Lang::Zh => format!("总分相同的，按{names}排。"),
        Lang::En => format!("Equal totals are ranked by {names}."),
    })
}
