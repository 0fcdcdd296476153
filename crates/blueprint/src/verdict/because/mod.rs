//! The reasons of a verdict, from what it holds: target, figure, start, rule, what is missing, what to do next.

mod goal;
mod unmeasured;

use self::unmeasured::cumulative_first;
use super::cause::Cause;
use super::interval::Interval;
use super::unit::Unit;
use super::wording::{figure, number, period_text, points, rounded};
use super::{Assessment, TargetVerdict, Verdict};
use crate::model::{Form, Indicator, Observation, Plan, Stage, Target, Trust};
use crate::{Period, Text};

pub(super) fn sentences(assessment: &Assessment, plan: &Plan, verdict: &TargetVerdict) -> Vec<Text> {
    told(assessment, plan, verdict).map(|teller| teller.said).unwrap_or_default()
}

pub(super) fn headline(assessment: &Assessment, plan: &Plan, verdict: &TargetVerdict) -> Text {
    let teller = told(assessment, plan, verdict);
    teller.and_then(|teller| teller.said.into_iter().nth(teller.headline)).unwrap_or_default()
}

fn told<'a>(assessment: &'a Assessment, plan: &'a Plan, verdict: &'a TargetVerdict) -> Option<Teller<'a>> {
    let target = plan.targets.get(verdict.target)?;
    let indicator = target.indicator.as_deref().and_then(|id| plan.indicator(id));
    let unit = Unit::of(indicator.map_or("", |i| &i.unit));
    let mut teller = Teller { assessment, plan, verdict, target, indicator, unit, said: Vec::new(), headline: 0 };
    teller.goal();
    teller.figures();
    teller.headline = teller.said.len();
    teller.decision();
    teller.overdue();
    Some(teller)
}

struct Teller<'a> {
    assessment: &'a Assessment,
    plan: &'a Plan,
    verdict: &'a TargetVerdict,
    target: &'a Target,
    indicator: Option<&'a Indicator>,
    unit: Unit<'a>,
    said: Vec<Text>,
    /// Which of the sentences says most.
    headline: usize,
}

impl Teller<'_> {
    fn say(&mut self, zh: impl Into<String>, en: impl Into<String>) {
        self.said.push(Text::new(zh, en));
    }

    fn value(&self, value: f64) -> Text {
        figure(value, Interval::exact(value), &self.unit)
    }

    /// The figures used, with what is to be known of them.
    fn figures(&mut self) {
        if let (Some(baseline), true) = (&self.verdict.baseline, self.verdict.path.is_none()) {
            let shown = self.observation(baseline);
            self.say(format!("基期：{}。", shown.zh), format!("Baseline: {}.", shown.en));
        } else if let (Some(start), true, true) =
            (&self.target.baseline, self.verdict.path.is_none(), self.verdict.reach.is_some())
            && let Some(value) = start.value
        {
            let (when, value) = (period_text(start.period), self.value(value));
            self.say(
                format!("基期：{}，{}（计划写明）。", when.zh, value.zh),
                format!("Baseline: {} in {}, as the plan states.", value.en, when.en),
            );
        }
        let Some(observed) = &self.verdict.observed else { return };
        let shown = self.observation(observed);
        let used = matches!(self.verdict.cause, Cause::AtDeadline | Cause::AfterDeadline);
        match used {
            true => self.say(format!("依据：{}。", shown.zh), format!("Figure: {}.", shown.en)),
            false => self.say(format!("最新数据：{}。", shown.zh), format!("Newest figure: {}.", shown.en)),
        }
        if let Some(sum) = self.verdict.sum {
            self.sum(sum);
        }
    }

    fn sum(&mut self, sum: Interval) {
        let shown = figure((sum.low + sum.high) / 2.0, sum, &self.unit);
        if sum.low.is_finite() || sum.high.is_finite() {
            self.say(format!("已知累计 {}。", shown.zh), format!("Sum known: {}.", shown.en));
        }
        if !self.verdict.missing.is_empty() {
            let (zh, en) = list(&self.verdict.missing);
            match sum.low.is_finite() {
                true => self.say(
                    format!("缺少{zh}的完整数据，累计只能作为下限。"),
                    format!("Full figures of {en} are missing, so the sum is a lower bound."),
                ),
                false => self.say(
                    format!("缺少{zh}的完整数据，而该指标可能为负，累计无法确定。"),
                    format!("Full figures of {en} are missing and the indicator can be negative, so the sum is open."),
                ),
            }
        }
    }

    fn observation(&self, observation: &Observation) -> Text {
        let when = period_text(observation.period);
        let value = figure(observation.value, Interval::of(observation), &self.unit);
        let mut remarks = Vec::new();
        if observation.stage == Stage::Forecast {
            remarks.push(("预计数，非终值", "a forecast, not a final figure"));
        }
        if observation.stage == Stage::Partial {
            remarks.push(("部分时段", "covers a part of the period"));
        }
        if observation.trust == Trust::Secondary {
            remarks.push(("第三方转引", "quoted by a third party"));
        }
        let zh: Vec<&str> = remarks.iter().map(|(zh, _)| *zh).collect();
        let en: Vec<&str> = remarks.iter().map(|(_, en)| *en).collect();
        match remarks.is_empty() {
            true => Text::new(format!("{} {}", when.zh, value.zh), format!("{} in {}", value.en, when.en)),
            false => Text::new(
                format!("{} {}（{}）", when.zh, value.zh, zh.join("；")),
                format!("{} in {} ({})", value.en, when.en, en.join("; ")),
            ),
        }
    }

    fn decision(&mut self) {
        let forecast = self.verdict.observed.as_ref().is_some_and(|o| o.stage == Stage::Forecast);
        let said = self.verdict.was.unwrap_or(self.verdict.verdict);
        match self.verdict.cause {
            Cause::AtDeadline | Cause::AfterDeadline => self.at_deadline(said),
            Cause::Reached => self.say(
                "截止期的数据公布之前已经达到目标值。",
                "The target is reached before the figure of the deadline is out.",
            ),
            Cause::Kept => match said {
                Verdict::OnTrack => self.say(
                    "目前保持在要求之内；截止期的数据公布后作结论。",
                    "It is kept so far; the figure of the deadline will decide.",
                ),
                Verdict::OffTrack => self.say("目前不在要求之内。", "It is not kept at present."),
                _ => self.unclear(),
            },
            Cause::Foretold => match said {
                Verdict::OnTrack => self.say(
                    "该期还没有结束；预计数达到目标。",
                    "The period has not passed; by the forecast it will reach the target.",
                ),
                Verdict::OffTrack => self.say(
                    "该期还没有结束；预计数没有达到目标。",
                    "The period has not passed; by the forecast it will not reach the target.",
                ),
                _ => self.unclear(),
            },
            Cause::FellBack => match said {
                Verdict::OffTrack => self.say(
                    "起点已达到目标值，现在又未达到。",
                    "The start had reached the target already; the newest figure does not.",
                ),
                _ => self.unclear(),
            },
            Cause::OnPath => self.path(said),
            cause => self.unmeasured(cause),
        }
        let used = self.verdict.cause_uses_figure();
        if forecast && used {
            self.say(
                "按预计数判断，不是终值；终值公布后重新判断。",
                "Judged by forecast, not a final figure; the final figure will be judged anew.",
            );
        }
    }

    fn at_deadline(&mut self, said: Verdict) {
        if self.verdict.cause == Cause::AfterDeadline {
            self.say(
                "截止期没有数据，用其后最早的数据。",
                "There is no figure for the deadline; the first one after it is used.",
            );
            self.headline = self.said.len();
        }
        match said {
            Verdict::Met => self.say("达到目标，判为已实现。", "It reaches the target: met."),
            Verdict::Missed => {
                let gap = self.gap();
                self.say(
                    format!("没有达到目标{}，判为未实现。", gap.zh),
                    format!("It does not reach the target{}: missed.", gap.en),
                );
            }
            _ => self.unclear(),
        }
    }

    /// How much is missing to a number, when both are exact.
    fn gap(&self) -> Text {
        let value = self.verdict.sum.or(self.verdict.observed.as_deref().map(Interval::of));
        let both = value.filter(|v| v.is_exact()).zip(self.verdict.reach.filter(|r| r.is_exact()));
        both.map_or_else(Text::default, |(value, reach)| {
            let gap = (reach.low - value.low).abs();
            // A difference of percentages is no percentage.
            let gap = match self.indicator.map(|i| i.unit.as_str()) {
                Some("%") => {
                    let gap = rounded(gap);
                    Text::new(format!("{gap} 个百分点"), format!("{gap} percentage points"))
                }
                _ => self.unit.with("", gap, rounded),
            };
            Text::new(format!("，差 {}", gap.zh), format!(", {} away from it", gap.en))
        })
    }

    fn unclear(&mut self) {
        self.say(
            "数据代表一个区间，目标值落在其中，无法判定；需要更精确的数据。",
            "The figure stands for a range that holds the number to reach, so nothing is decided; a more exact figure is needed.",
        );
    }

    fn path(&mut self, said: Verdict) {
        let rule = self.assessment.rules.lights;
        let Some(path) = &self.verdict.path else { return self.unclear() };
        let borders = [rule.slipping_from_pp, rule.off_track_above_pp];
        let start = period_text(path.start);
        let (base, expected) = (self.value(path.base), self.unit.with("", path.expected, rounded));
        let from = match (self.target.form, path.base_observed) {
            (Some(Form::Cumulative { .. }), _) => {
                Text::new(format!("{}初的 0 ", start.zh), format!("0 at the start of {}", start.en))
            }
            (_, true) => Text::new(
                format!("{}的 {}（观测值）", start.zh, base.zh),
                format!("{} in {} (observed)", base.en, start.en),
            ),
            (_, false) => Text::new(
                format!("{}的 {}（计划写明）", start.zh, base.zh),
                format!("{} in {} (as the plan states)", base.en, start.en),
            ),
        };
        let (zh, en) = behind(path.lag, borders);
        let when = self.verdict.observed.as_ref().map_or_else(Text::default, |o| period_text(o.period));
        self.say(
            format!("预期路径从{}起，{}应为 {}；{zh}。", from.zh, when.zh, expected.zh),
            format!(
                "The expected path starts from {} and leads to {} in {}; the figure is {en}.",
                from.en, expected.en, when.en
            ),
        );
        let name = self.plan.city.light_rules.as_ref().and_then(|id| self.plan.rule_sets.iter().find(|r| r.id == *id));
        let (name_zh, name_en) = name.map_or_else(Default::default, |r| {
            (format!("（{}）", r.name.get(crate::Lang::Zh)), format!(" ({})", r.name.get(crate::Lang::En)))
        });
        let [slipping, off] = borders.map(number);
        self.say(
            format!("规则{name_zh}：落后 {slipping} 个百分点起为滞后，超过 {off} 个百分点为严重滞后。"),
            format!("Rule{name_en}: slipping from {slipping} percentage points behind, off track above {off}."),
        );
        if said == Verdict::Undecidable {
            self.say(
                "数据代表一个区间，跨过规则的界限，无法判定；需要更精确的数据。",
                "The figure stands for a range that crosses a limit of the rule, so nothing is decided; a more exact figure is needed.",
            );
        }
    }

    fn overdue(&mut self) {
        let Some(due) = self.verdict.due.filter(|_| self.verdict.verdict == Verdict::Stale) else { return };
        let as_of = self.assessment.as_of;
        // A later figure may be there and still not be the one that an `in` target asks for.
        let wanted = match (self.verdict.cause, self.target.deadline) {
            (Cause::NotOut, Some(deadline)) => {
                let when = period_text(cumulative_first(self.target).unwrap_or(deadline.period()));
                Text::new(format!("{}的数据", when.zh), format!("the figure for {}", when.en))
            }
            (Cause::AtDeadline | Cause::AfterDeadline, _) => Text::new("终值", "the final figure"),
            _ => Text::new("新数据", "a newer figure"),
        };
        let (expected, limit) = (due.expected, due.limit);
        self.headline = self.said.len();
        self.say(
            format!("数据过期：{}应在 {expected} 前公布，宽限到 {limit}，截至 {as_of} 没有收到。", wanted.zh),
            format!(
                "Out of date: {} was expected by {expected} (patience to {limit}), and none is on record on {as_of}.",
                wanted.en
            ),
        );
        if let Some(was) = self.verdict.was {
            let name = was.name();
            self.say(format!("旧数据的判断：{}。", name.zh), format!("The old figure said: {}.", name.en));
        }
        self.say(format!("请补充{}。", wanted.zh), format!("Add {}.", wanted.en));
    }
}

impl TargetVerdict {
    fn cause_uses_figure(&self) -> bool {
        use Cause::{AfterDeadline, AtDeadline, FellBack, Foretold, Kept, OnPath, Reached};
        matches!(self.cause, AtDeadline | AfterDeadline | Reached | Foretold | Kept | FellBack | OnPath)
    }
}

/// The first few of a list of periods, and how many more.
fn list(periods: &[Period]) -> (String, String) {
    let names: Vec<Text> = periods.iter().take(5).map(|p| period_text(*p)).collect();
    let mut zh = names.iter().map(|t| t.zh.as_str()).collect::<Vec<_>>().join("、");
    let mut en = names.iter().map(|t| t.en.as_str()).collect::<Vec<_>>().join(", ");
    if let Some(more) = periods.len().checked_sub(names.len()).filter(|n| *n > 0) {
        zh.push_str(&format!("等 {} 个时段", periods.len()));
        en.push_str(&format!(" and {more} more"));
    }
    (zh, en)
}

/// How far behind the path, in words.
fn behind(lag: Interval, borders: [f64; 2]) -> (String, String) {
    let pp = |value: f64| points(value, borders);
    let both = |zh: String, en: String| (zh, en);
    match (lag.low.is_finite(), lag.high.is_finite()) {
        (false, false) => both("落后多少无法计算".into(), "behind or ahead by an amount that cannot be told".into()),
        (true, false) => {
            let low = pp(lag.low);
            both(
                format!("至少落后 {low} 个百分点（负数为领先）"),
                format!("at least {low} percentage points behind (negative: ahead)"),
            )
        }
        (false, true) => {
            let high = pp(lag.high);
            both(
                format!("至多落后 {high} 个百分点（负数为领先）"),
                format!("at most {high} percentage points behind (negative: ahead)"),
            )
        }
        _ if !lag.is_exact() => {
            let (low, high) = (pp(lag.low), pp(lag.high));
            both(
                format!("落后 {low} 至 {high} 个百分点（负数为领先）"),
                format!("{low} to {high} percentage points behind (negative: ahead)"),
            )
        }
        _ => {
            let shown = pp(lag.low.abs());
            match lag.low {
                _ if shown == "0" => both("与路径一致".into(), "on the path".into()),
                l if l > 0.0 => both(format!("落后 {shown} 个百分点"), format!("{shown} percentage points behind")),
                _ => both(format!("领先 {shown} 个百分点"), format!("{shown} percentage points ahead")),
            }
        }
    }
}
