//! Targets for one indicator, area and deadline that no value can meet together.

use std::collections::BTreeMap;

use super::Context;
use crate::model::{Direction, Form, Target, TargetArea};
use crate::{Code, Date, Diagnostic, Text};

/// Compares each target with the tightest bounds that the ones before it set.
pub(super) fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut tightest: BTreeMap<(&str, &TargetArea, Date), Bounds<'_>> = BTreeMap::new();
    for target in &context.plan.targets {
        let indicator = target.indicator.as_deref().and_then(|id| context.plan.indicator(id));
        let up = indicator.is_none_or(|i| i.direction != Direction::Down);
        let (Some(indicator), Some(deadline), Some((low, high))) =
            (&target.indicator, target.deadline, range(target, up))
        else {
            continue;
        };
        let bounds = tightest.entry((indicator, &target.area, deadline.period().end())).or_default();
        let below = bounds.high.filter(|(bound, _)| low > *bound);
        let above = bounds.low.filter(|(bound, _)| high < *bound);
        if let Some((_, other)) = below.or(above) {
            out.push(clash(target, other));
            continue;
        }
        if bounds.low.is_none_or(|(bound, _)| low > bound) {
            bounds.low = Some((low, target));
        }
        if bounds.high.is_none_or(|(bound, _)| high < bound) {
            bounds.high = Some((high, target));
        }
    }
}

/// The highest lower and the lowest upper bound so far, with the targets that set them.
#[derive(Default)]
struct Bounds<'a> {
    low: Option<(f64, &'a Target)>,
    high: Option<(f64, &'a Target)>,
}

fn clash(target: &Target, other: &Target) -> Diagnostic {
    let (a, b, place) = (&target.id, &other.id, &other.location);
    Diagnostic::new(
        Code::ContradictoryTargets,
        target.location.clone(),
        Text::new(
            format!("「{a}」与「{b}」（{place}）期限相同，却没有数值能同时满足"),
            format!("`{a}` and `{b}` ({place}) share a deadline and no value meets both"),
        ),
    )
    .hint(Text::new("请核对两处原文，弃用其一或写明 draft", "check both texts; drop one or mark it as draft"))
}

/// Values that meet a target, when that is known without any observation.
fn range(target: &Target, up: bool) -> Option<(f64, f64)> {
    if target.draft {
        return None;
    }
    let stated = target.baseline.as_ref().and_then(|b| b.value);
    match target.form? {
        Form::AtLeast(v) => Some((v, f64::INFINITY)),
        Form::AtMost(v) | Form::RankAtMost(v) => Some((f64::NEG_INFINITY, v)),
        Form::Between(low, high) => Some((low, high)),
        Form::CoverAll => Some((100.0, f64::INFINITY)),
        // On which side the number lies depends on the indicator's direction.
        Form::TimesBaseline(k) if k >= 1.0 && up => stated.map(|base| (k * base, f64::INFINITY)),
        Form::TimesBaseline(_) | Form::GrowthPerYear(_) | Form::Cumulative { .. } | Form::Hold => None,
    }
}
