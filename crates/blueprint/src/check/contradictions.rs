//! Targets for one indicator, area and deadline that no value can meet together.

use std::collections::BTreeMap;

use super::Context;
use crate::model::{Form, Target, TargetArea};
use crate::{Code, Date, Diagnostic, Text};

/// Compares each target with the range the ones before it leave open.
pub(super) fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    type Key<'a> = (&'a str, &'a TargetArea, Date);
    let mut groups: BTreeMap<(&str, String, Date), Vec<(&Target, f64, f64)>> = BTreeMap::new();
    for target in &context.plan.targets {
        let (Some(indicator), Some(deadline), Some((low, high))) = (&target.indicator, target.deadline, range(target)) else {
            continue;
        };
        let key: Key<'_> = (indicator, &target.area, deadline.period().end());
        groups.entry((key.0, format!("{:?}", key.1), key.2)).or_default().push((target, low, high));
    }
    for group in groups.values() {
        for (at, (target, low, high)) in group.iter().enumerate() {
            let clash = group.iter().take(at).find(|(_, l, h)| low > h || l > high);
            if let Some((other, ..)) = clash {
                out.push(
                    Diagnostic::new(
                        Code::ContradictoryTargets,
                        target.location.clone(),
                        Text::new(
                            format!("「{}」与「{}」（{}）期限相同，却没有数值能同时满足", target.id, other.id, other.location),
                            format!("`{}` and `{}` ({}) share a deadline and no value meets both", target.id, other.id, other.location),
                        ),
                    )
                    .hint(Text::new("请核对两处原文，弃用其一或写明 draft", "check both texts; drop one or mark it as draft")),
                );
            }
        }
    }
}

/// Values that meet a target, when that is known without any observation.
fn range(target: &Target) -> Option<(f64, f64)> {
    if target.draft {
        return None;
    }
    let stated = target.baseline.as_ref().and_then(|b| b.value);
    match target.form? {
        Form::AtLeast(v) => Some((v, f64::INFINITY)),
        Form::AtMost(v) | Form::RankAtMost(v) => Some((f64::NEG_INFINITY, v)),
        Form::Between(low, high) => Some((low, high)),
        Form::CoverAll => Some((100.0, f64::INFINITY)),
        Form::TimesBaseline(k) => stated.map(|base| (k * base, f64::INFINITY)),
        Form::GrowthPerYear(_) | Form::Cumulative { .. } | Form::Hold => None,
    }
}
