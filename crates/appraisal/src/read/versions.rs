//! Whether rules hold together: classes that share or leave out values, and rule sets of one series that overlap in time.

use crate::diagnostic::{Code, Diagnostic};
use crate::rules::{Aggregate, Benchmark, Classes, Item, Method, PerGroup, RuleSet, Share};

/// What is wrong within one set.
pub(super) fn within(set: &RuleSet) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if let Some(end) = set.valid_to.filter(|end| *end < set.valid_from) {
        problems.push(Diagnostic::error(
            Code::Validity,
            1,
            format!("有效期结束日 {end} 早于开始日 {}", set.valid_from),
            format!("the last day {end} is before the first one, {}", set.valid_from),
        ));
    }
    if let Some(classes) = &set.classes {
        shares(set, classes, &mut problems);
        bounds(set.better_high, classes, &mut problems);
    }
    problems.extend(set.items.iter().filter_map(|item| against_itself(set, item)));
    for (group, name) in set.groups.iter().enumerate().map(|(at, group)| (at, group.id.as_str())) {
        problems.extend(set.items.iter().filter_map(|item| unstated(set, item, group, name)));
    }
    problems
}

/// An item that is for a group and has no weight, or no benchmark, for it.
fn unstated(set: &RuleSet, item: &Item, group: usize, name: &str) -> Option<Diagnostic> {
    let numbers = match &item.normalise.method {
        Method::Ratio { benchmark: Benchmark::Given(numbers), .. } => [Some(("benchmark", numbers)), None],
        Method::BaseTarget { base, target } => [Some(("base", base)), Some(("target", target))],
        Method::Goalposts { low, high, .. } => [Some(("low", low)), Some(("high", high))],
        _ => [None, None],
    };
    let mut all = [Some(("weight", &item.weight))].into_iter().chain(numbers).flatten();
    let (key, _) = all.find(|(_, numbers)| set.counts(item, group) && numbers.of(group).is_none())?;
    Some(Diagnostic::error(
        Code::MissingKey,
        item.line,
        format!("「{}」的 {key} 没有写组「{name}」的；不用于这一组的，写 groups = […]", item.id),
        format!(
            "`{key}` of `{}` does not say group `{name}`; where it is not for that group, say groups = […]",
            item.id
        ),
    ))
}

/// An item whose better values make the total worse: mostly a wrong method for `better`.
fn against_itself(set: &RuleSet, item: &Item) -> Option<Diagnostic> {
    let aggregate = set.dimensions.get(item.parent)?.aggregate;
    if aggregate == Aggregate::Topsis || item.weight.each().all(|weight| weight.value == 0.0) {
        return None;
    }
    let method = &item.normalise.method;
    let good_scores_more = if method.turns() { true } else { method.rises()? == item.better_high };
    (good_scores_more != set.better_high).then(|| {
        Diagnostic::warning(
            Code::BadValue,
            item.line,
            format!("「{}」的值越好，总分反而越差：method、better 与 [total] 的 better 对不上", item.id),
            format!(
                "the better `{}` is, the worse the total: method, better and the better of [total] do not fit",
                item.id
            ),
        )
    })
}

/// Shares grow from class to class and end at all units, in every group.
fn shares(set: &RuleSet, classes: &Classes, problems: &mut Vec<Diagnostic>) {
    let shared: Vec<_> = classes
        .list
        .iter()
        .filter_map(|class| match &class.share {
            Share::Until(until) => Some((class, until)),
            _ => None,
        })
        .collect();
    let Some((last, _)) = shared.last() else { return };
    if shared.len() != classes.list.iter().filter(|class| class.share != Share::Nobody).count() {
        problems.push(Diagnostic::error(
            Code::ClassBounds,
            last.line,
            "档次要么都按份额，要么都按分数界线",
            "classes go either all by share or all by bounds of the total",
        ));
        return;
    }
    // Shares that are the same for all are wrong once.
    let same = shared.iter().all(|(_, until)| matches!(until, PerGroup::Same(_)));
    for group in 0..if same { 1 } else { set.groups.len().max(1) } {
        let name = match set.groups.get(group) {
            Some(group) if !same => format!(" ({})", group.id),
            _ => String::new(),
        };
        let mut before = 0.0;
        for (class, until) in &shared {
            let Some(share) = until.of(group) else {
                problems.push(Diagnostic::error(
                    Code::ClassBounds,
                    class.line,
                    format!("档次「{}」没有写这一组的份额{name}", class.id),
                    format!("class `{}` has no share for this group{name}", class.id),
                ));
                continue;
            };
            if share.value < before {
                problems.push(Diagnostic::error(
                    Code::ClassBounds,
                    class.line,
                    format!("累计份额应由小到大：{} 在 {before} 之后{name}", share.value),
                    format!("shares are cumulative and ascend: {} stands after {before}{name}", share.value),
                ));
            }
            before = share.value;
        }
        if before != 1.0 {
            problems.push(Diagnostic::error(
                Code::ClassBounds,
                last.line,
                format!("最后一个档次的累计份额应为 1，这里是 {before}{name}"),
                format!("the last class should end at a share of 1, not {before}{name}"),
            ));
        }
    }
}

/// Going from the worst to the best, each class begins where the one before it ended.
fn bounds(better_high: bool, classes: &Classes, problems: &mut Vec<Diagnostic>) {
    let mut bounded: Vec<_> = classes
        .list
        .iter()
        .filter_map(|class| match &class.share {
            Share::Total(limits) => Some((class, limits)),
            _ => None,
        })
        .collect();
    if better_high {
        bounded.reverse();
    }
    for (class, limits) in &bounded {
        if let Some(((low, _), (high, _))) = limits.from.zip(limits.to)
            && low.value > high.value
        {
            problems.push(Diagnostic::error(
                Code::ClassBounds,
                class.line,
                format!("档次「{}」的下界 {} 高于上界 {}", class.id, low.value, high.value),
                format!("class `{}` begins at {} and ends at {}", class.id, low.value, high.value),
            ));
        }
    }
    // Going from the worst to the best: nothing may be below the first one or above the last.
    for (ended, class) in [
        bounded.first().and_then(|(class, limits)| Some((limits.from?, *class))),
        bounded.last().and_then(|(class, limits)| Some((limits.to?, *class))),
    ]
    .into_iter()
    .flatten()
    {
        problems.push(Diagnostic::error(
            Code::ClassBounds,
            class.line,
            format!("档次「{}」在 {} 处到头，再往外的总分没有档次：最外面的一端不要写界线", class.id, ended.0.value),
            format!(
                "class `{}` ends at {}, and totals beyond it have no class: the outermost end has no bound",
                class.id, ended.0.value
            ),
        ));
    }
    for ((lower, below), (upper, above)) in bounded.iter().zip(bounded.iter().skip(1)) {
        // Where only one of two neighbours states the bound, the other one takes what is left by it: not guessed, but asked for.
        let Some(((end, closed), (begin, opened))) = below.to.zip(above.from) else {
            problems.push(Diagnostic::error(
                Code::ClassBounds,
                upper.line,
                format!("档次「{}」与「{}」之间的界线要两边都写：界上的值归谁要说清", lower.id, upper.id),
                format!(
                    "the bound between classes `{}` and `{}` has to be stated on both sides: whose the value on it is",
                    lower.id, upper.id
                ),
            ));
            continue;
        };
        let (zh, en) = if end.value > begin.value || (end.value == begin.value && closed && opened) {
            ("重叠", "share values")
        } else if end.value < begin.value || !(closed || opened) {
            ("之间有空当", "leave out values")
        } else {
            continue;
        };
        problems.push(Diagnostic::error(
            Code::ClassBounds,
            upper.line,
            format!("档次「{}」（到 {}）与「{}」（从 {}）{zh}", lower.id, end.value, upper.id, begin.value),
            format!("classes `{}` (to {}) and `{}` (from {}) {en}", lower.id, end.value, upper.id, begin.value),
        ));
    }
}

/// What is wrong between sets: of one series and place, two in force on the same day, or none between two. By the place in
/// `sets` of the one that begins later.
#[must_use]
pub fn between(sets: &[(&str, &RuleSet)]) -> Vec<(usize, Diagnostic)> {
    let mut order: Vec<usize> = (0..sets.len()).collect();
    order.sort_by_key(|at| sets.get(*at).map(|(name, set)| (&set.series, &set.jurisdiction.zh, set.valid_from, *name)));
    let mut problems = Vec::new();
    for (earlier, later) in order.iter().zip(order.iter().skip(1)) {
        let (Some((before_name, before)), Some((_, after))) = (sets.get(*earlier), sets.get(*later)) else { continue };
        if before.series != after.series || before.jurisdiction != after.jurisdiction {
            continue;
        }
        let problem = match before.valid_to {
            Some(end) if end < after.valid_from && end.next() == after.valid_from => continue,
            Some(end) if end < after.valid_from => Diagnostic::warning(
                Code::Validity,
                1,
                format!("「{before_name}」到 {end} 为止，这一份从 {} 开始：中间没有规则", after.valid_from),
                format!(
                    "`{before_name}` ends on {end} and this one begins on {}: nothing holds in between",
                    after.valid_from
                ),
            ),
            _ => Diagnostic::error(
                Code::Validity,
                1,
                format!("与「{before_name}」的有效期重叠：{} 起两份都有效", after.valid_from),
                format!("overlaps with `{before_name}`: from {} on both are in force", after.valid_from),
            ),
        };
        problems.push((*later, problem));
    }
    problems
}
