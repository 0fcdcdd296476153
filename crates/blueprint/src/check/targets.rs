//! Targets that say something the catalogue or the plan period contradicts.

use super::Context;
use crate::model::{Deadline, Direction, Form, Target};
use crate::{Code, Diagnostic, Text};

/// Units, deadlines, baselines.
pub(super) fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for target in &context.plan.targets {
        check_unit(context, target, out);
        check_deadline(context, target, out);
        check_baseline(target, out);
    }
}

fn check_unit(context: &Context<'_>, target: &Target, out: &mut Vec<Diagnostic>) {
    let Some(indicator) = target.indicator.as_deref().and_then(|id| context.plan.indicator(id)) else { return };
    let unit = target.unit.as_deref().unwrap_or(&indicator.unit);
    let wanted = match target.form {
        Some(Form::CoverAll) => "%",
        _ => indicator.unit.as_str(),
    };
    if unit != wanted || indicator.unit != wanted {
        out.push(
            Diagnostic::new(
                Code::UnitMismatch,
                target.place_of(if target.unit.is_some() { "unit" } else { "indicator" }),
                Text::new(
                    format!(
                        "目标「{}」的单位是 {unit}，应为 {wanted}（指标「{}」的单位是 {}）",
                        target.id, indicator.id, indicator.unit
                    ),
                    format!(
                        "target `{}` is in {unit}, expected {wanted} (indicator `{}` is in {})",
                        target.id, indicator.id, indicator.unit
                    ),
                ),
            )
            .hint(Text::new(
                "请换算数值，或改用单位相同的指标",
                "convert the number, or use an indicator in the same unit",
            )),
        );
    }
    if target.form == Some(Form::Hold) && indicator.direction == Direction::Neutral {
        out.push(
            Diagnostic::new(
                Code::BadValue,
                target.place_of("hold"),
                Text::new(
                    format!("「保持」需要知道好坏方向，而指标「{}」没有方向", indicator.id),
                    format!("`hold` needs to know which way is better, and indicator `{}` does not say", indicator.id),
                ),
            )
            .hint(Text::new("在指标目录里写 direction = up 或 down", "write direction = up or down in the catalogue")),
        );
    }
}

fn check_deadline(context: &Context<'_>, target: &Target, out: &mut Vec<Diagnostic>) {
    let city = &context.plan.city;
    let Some(deadline) = target.deadline else { return };
    // Only the plan's own targets are bound to its period; those quoted from other texts have their own.
    let source = target.source.as_deref();
    let own = source.is_none_or(|id| context.plan.sources.iter().any(|s| s.id == id && s.own));
    let (Some(from), Some(to), true) = (city.from, city.to, own) else { return };
    let end = deadline.period().end();
    if end < from.start() || end > to.end() {
        let period = deadline.period();
        out.push(
            Diagnostic::new(
                Code::DeadlineOutsidePeriod,
                target.place_of(if matches!(deadline, Deadline::In(_)) { "in" } else { "by" }),
                Text::new(
                    format!("目标「{}」的期限 {period} 不在规划期 {from}–{to} 之内", target.id),
                    format!("the deadline {period} of target `{}` lies outside the plan period {from}–{to}", target.id),
                ),
            )
            .hint(Text::new(
                "请核对年份；若来自其他文件，请写明 source",
                "check the year; if another text set it, name that source",
            )),
        );
    }
}

fn check_baseline(target: &Target, out: &mut Vec<Diagnostic>) {
    if target.form.is_some_and(Form::is_relative) && target.baseline.is_none() {
        out.push(
            Diagnostic::new(
                Code::RelativeWithoutBaseline,
                target.location.clone(),
                Text::new(
                    format!("目标「{}」相对于基数，但没有写基数，因此无法量化", target.id),
                    format!("target `{}` is relative and has no baseline, so it cannot be measured", target.id),
                ),
            )
            .hint(Text::new(
                "补上 baseline = { period = …, value = … }；原文没有基数时可以不改",
                "add baseline = { period = …, value = … }; leave it when the text gives none",
            )),
        );
    }
}
