//! The reasons of a verdict, from what it holds: target, figure, start, rule, what is missing, what to do next.

use super::cause::Cause;
use super::interval::Interval;
use super::wording::{figure, number, period_text, points, rounded, unit_text};
use super::{Assessment, TargetVerdict, Verdict};
use crate::model::{Deadline, Direction, Form, Indicator, Observation, Plan, Stage, Target, Trust};
use crate::{Period, Text};

pub(super) fn sentences(assessment: &Assessment, plan: &Plan, verdict: &TargetVerdict) -> Vec<Text> {
    let Some(target) = plan.targets.get(verdict.target) else { return Vec::new() };
    let indicator = target.indicator.as_deref().and_then(|id| plan.indicator(id));
    let unit = indicator.map_or_else(Text::default, |i| unit_text(&i.unit));
    let mut teller = Teller { assessment, plan, verdict, target, indicator, unit, said: Vec::new() };
    teller.goal();
    teller.figures();
    teller.decision();
    teller.overdue();
    teller.said
}

struct Teller<'a> {
    assessment: &'a Assessment,
    plan: &'a Plan,
    verdict: &'a TargetVerdict,
    target: &'a Target,
    indicator: Option<&'a Indicator>,
    unit: Text,
    said: Vec<Text>,
}

impl Teller<'_> {
    fn say(&mut self, zh: impl Into<String>, en: impl Into<String>) {
        self.said.push(Text::new(zh, en));
    }

    fn value(&self, value: f64) -> Text {
        figure(value, Interval::exact(value), &self.unit)
    }

    /// What has to be true, in numbers.
    fn goal(&mut self) {
        let (Some(form), Some(deadline)) = (self.target.form, self.target.deadline) else { return };
        let when = period_text(deadline.period());
        let (zh, en) = match deadline {
            Deadline::By(_) => (format!("到{}", when.zh), format!("by {}", when.en)),
            Deadline::In(_) => (when.zh.clone(), format!("in {}", when.en)),
        };
        let least = |v: &Text| Text::new(format!("不低于 {}", v.zh), format!("at least {}", v.en));
        let most = |v: &Text| Text::new(format!("不高于 {}", v.zh), format!("at most {}", v.en));
        let up = self.indicator.is_none_or(|i| i.direction != Direction::Down);
        let what = match form {
            Form::AtLeast(v) => least(&self.value(v)),
            Form::AtMost(v) => most(&self.value(v)),
            Form::Between(a, b) => {
                let (a, b) = (number(a), self.value(b));
                Text::new(format!("在 {a} 至 {} 之间", b.zh), format!("between {a} and {}", b.en))
            }
            Form::TimesBaseline(k) => {
                let k = number(k);
                Text::new(format!("达到基期值的 {k} 倍"), format!("{k} times the baseline"))
            }
            Form::GrowthPerYear(g) => {
                let g = number(g);
                Text::new(format!("自基期起年均增长 {g}%"), format!("a mean growth of {g} % per year since the baseline"))
            }
            Form::Cumulative { total, since } => {
                let (total, since) = (self.value(total), period_text(since));
                Text::new(
                    format!("自{}起累计不低于 {}", since.zh, total.zh),
                    format!("a sum of at least {} from {} on", total.en, since.en),
                )
            }
            Form::RankAtMost(n) => {
                let n = number(n);
                Text::new(format!("排名第 {n} 位或更前"), format!("rank {n} or better"))
            }
            Form::Hold if up => Text::new("不低于基期值", "not below the baseline"),
            Form::Hold => Text::new("不高于基期值", "not above the baseline"),
            Form::CoverAll => Text::new("覆盖率达到 100%", "100 % covered"),
        };
        let relative = self.verdict.reach.filter(|_| form.is_relative());
        let (mut more_zh, mut more_en) = (String::new(), String::new());
        if let (Some(reach), Some(printed)) = (relative, self.verdict.threshold) {
            // A product of the baseline is computed here; the baseline itself is a published figure.
            let shown = if matches!(form, Form::GrowthPerYear(_)) && reach.is_exact() {
                let v = rounded(printed);
                Text::new(format!("{v}{}", self.unit.zh), format!("{v}{}", self.unit.en))
            } else {
                figure(printed, reach, &self.unit)
            };
            (more_zh, more_en) = (format!("，即 {}", shown.zh), format!(" (that is {})", shown.en));
        }
        self.say(format!("目标：{zh}{}{more_zh}。", what.zh), format!("Target: {}{more_en} {en}.", what.en));
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
            Cause::Reached => self.say("截止期的数据公布之前已经达到目标值。", "The target is reached before the figure of the deadline is out."),
            Cause::Kept => match said {
                Verdict::OnTrack => self.say("目前保持在要求之内；截止期的数据公布后作结论。", "It is kept so far; the figure of the deadline will decide."),
                Verdict::OffTrack => self.say("目前不在要求之内。", "It is not kept at present."),
                _ => self.unclear(),
            },
            Cause::FellBack => match said {
                Verdict::OffTrack => self.say("起点已达到目标值，现在又未达到。", "The start had reached the target already; the newest figure does not."),
                _ => self.unclear(),
            },
            Cause::OnPath => self.path(said),
            cause => self.unmeasured(cause),
        }
        let used = self.verdict.cause_uses_figure();
        if forecast && used {
            self.say("按预计数判断，不是终值；终值公布后重新判断。", "Judged by forecast, not a final figure; the final figure will be judged anew.");
        }
    }

    fn at_deadline(&mut self, said: Verdict) {
        if self.verdict.cause == Cause::AfterDeadline {
            self.say("截止期没有数据，用其后最早的数据。", "There is no figure for the deadline; the first one after it is used.");
        }
        match said {
            Verdict::Met => self.say("达到目标，判为已实现。", "It reaches the target: met."),
            Verdict::Missed => {
                let gap = self.gap();
                self.say(format!("没有达到目标{}，判为未实现。", gap.zh), format!("It does not reach the target{}: missed.", gap.en));
            }
            _ => self.unclear(),
        }
    }

    /// How much is missing to a number, when both are exact.
    fn gap(&self) -> Text {
        let value = self.verdict.sum.or(self.verdict.observed.as_deref().map(Interval::of));
        let both = value.filter(|v| v.is_exact()).zip(self.verdict.reach.filter(|r| r.is_exact()));
        both.map_or_else(Text::default, |(value, reach)| {
            let gap = rounded((reach.low - value.low).abs());
            Text::new(format!("，差 {gap}{}", self.unit.zh), format!(", {gap}{} away from it", self.unit.en))
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
        let (base, expected) = (self.value(path.base), rounded(path.expected));
        let from = match (self.target.form, path.base_observed) {
            (Some(Form::Cumulative { .. }), _) => Text::new(format!("{}初的 0 ", start.zh), format!("0 at the start of {}", start.en)),
            (_, true) => Text::new(format!("{}的 {}（观测值）", start.zh, base.zh), format!("{} in {} (observed)", base.en, start.en)),
            (_, false) => Text::new(format!("{}的 {}（计划写明）", start.zh, base.zh), format!("{} in {} (as the plan states)", base.en, start.en)),
        };
        let (expected_zh, expected_en) = (format!("{expected}{}", self.unit.zh), format!("{expected}{}", self.unit.en));
        let (zh, en) = behind(path.lag, borders);
        let when = self.verdict.observed.as_ref().map_or_else(Text::default, |o| period_text(o.period));
        self.say(
            format!("预期路径从{}起，{}应为 {expected_zh}；{zh}。", from.zh, when.zh),
            format!("The expected path starts from {} and leads to {expected_en} in {}; the figure is {en}.", from.en, when.en),
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

    fn unmeasured(&mut self, cause: Cause) {
        let id = self.target.indicator.clone().unwrap_or_default();
        let text = match cause {
            Cause::NoIndicator => Text::new("没有写明用哪个指标衡量；请补充 indicator。", "It names no indicator to measure it by; add one (indicator)."),
            Cause::UnknownIndicator => Text::new(
                format!("指标目录中没有「{id}」；请补充该指标或改正编号。"),
                format!("The catalogue has no indicator \"{id}\"; add it or correct the id."),
            ),
            Cause::NoForm => Text::new("只有方向，没有要达到的数值；写明数值后才能衡量。", "It is a wish without a number; it can be measured once a number is set."),
            Cause::NoDeadline => Text::new("没有完成期限；请补充 by 或 in。", "No deadline is set; add one (by or in)."),
            Cause::BadNumber => Text::new("目标数值不成立；请改正。", "The number to reach cannot be one; correct it."),
            Cause::UnitDiffers => self.units(),
            Cause::NoAreas => Text::new("areas.csv 中没有这一层级的区域。", "areas.csv has no area of this level."),
            Cause::NoDirection => Text::new("指标没有写明方向，不知道升还是降算变差；请补充 direction。", "The indicator's direction is not declared, so nobody can tell what is worse; declare it (direction)."),
            Cause::NotAFlow => Text::new("累计目标需要流量指标，该指标不是；请改正 nature 或目标形式。", "A sum needs an indicator that is a flow, and this is none; correct its nature or the form of the target."),
            Cause::BadSpan => Text::new("累计的起始期无法逐期数到截止期；请改正 since。", "The periods from the first to the deadline cannot be counted through; correct since."),
            Cause::NoBaseline => Text::new("没有写明基期，无法换算成数值；请补充 baseline。", "No baseline is stated, so there is no number to reach; add one (baseline)."),
            Cause::BaselineNotObserved => self.baseline_not_observed(),
            Cause::BaselineNotPositive => Text::new("基期值不大于零，倍数和增速没有意义。", "The baseline is not above zero, so a multiple or a growth of it means nothing."),
            Cause::DefinitionChanged(period) => {
                let when = period_text(period);
                Text::new(
                    format!("指标口径在{}改变，前后不可比；请补充新口径的基期值。", when.zh),
                    format!("The indicator's definition changed in {}, so start and figure cannot be compared; add a baseline by the new definition.", when.en),
                )
            }
            Cause::NoObservation => self.no_observation(),
            Cause::OnlyPartial => Text::new("只有部分时段的数据，不能据以判断；等待完整数据。", "Only figures that cover a part of their period are on record; they decide nothing. A full figure is needed."),
            Cause::OtherLengths => Text::new("已有数据的时段长度与目标不同，不能相比；请补充同样长度时段的数据。", "The figures on record describe periods of another length and cannot be compared with the target; add figures of the same length."),
            Cause::NotOut => return self.not_out(),
            Cause::NoPathStart => return self.no_path_start(),
            Cause::BeforeStart => Text::new("最新数据早于路径起点，起点之后还没有数据。", "The newest figure is older than the start of the path; there is none since."),
            Cause::NoPathLength => Text::new("起点不早于截止期，画不出路径；请改正 baseline。", "The start is not before the deadline, so no path can be drawn; correct the baseline."),
            _ => return,
        };
        self.said.push(text);
    }

    fn units(&self) -> Text {
        let wanted = self.target.unit.clone().unwrap_or_default();
        let unit = self.indicator.map_or("", |i| &i.unit);
        Text::new(
            format!("目标的单位「{wanted}」与指标的单位「{unit}」不同，不作比较；请改正。"),
            format!("The target's unit \"{wanted}\" is not the indicator's \"{unit}\", so nothing is compared; correct it."),
        )
    }

    fn baseline_not_observed(&self) -> Text {
        let when = self.target.baseline.as_ref().map_or_else(Text::default, |b| period_text(b.period));
        Text::new(
            format!("基期{}没有数据，计划也没有写明数值；请补充其一。", when.zh),
            format!("There is no figure for the baseline {} and the plan states none; add one of them.", when.en),
        )
    }

    fn no_observation(&self) -> Text {
        let (area, as_of) = (self.verdict.area.as_ref(), self.assessment.as_of);
        let name = self.plan.areas.iter().find(|a| a.id == area).map_or_else(|| Text::same(area), |a| a.name.clone());
        Text::new(
            format!("截至 {as_of} 没有{}的任何数据；请补充该指标的数据。", name.get(crate::Lang::Zh)),
            format!("No figure for {} was public on {as_of}; add data of this indicator.", name.get(crate::Lang::En)),
        )
    }

    fn not_out(&mut self) {
        let Some(deadline) = self.target.deadline else { return };
        let when = period_text(cumulative_first(self.target).unwrap_or(deadline.period()));
        let Some(due) = self.verdict.due.filter(|_| self.verdict.verdict != Verdict::Stale) else { return };
        self.say(
            format!("{}的数据尚未公布，预计 {} 前公布，{} 后视为过期。", when.zh, due.expected, due.limit),
            format!("The figure for {} is not out yet; it is expected by {} and overdue after {}.", when.en, due.expected, due.limit),
        );
    }

    fn no_path_start(&mut self) {
        let gap = self.gap();
        let value = self.verdict.observed.as_deref().map(Interval::of);
        let open = value.zip(self.verdict.reach).is_some_and(|(v, r)| v.low <= r.high && r.low <= v.high);
        match open {
            true => self.say(
                "数据代表一个区间，是否已达到目标不能确定。",
                "The figure stands for a range that holds the number to reach; whether it is reached cannot be told.",
            ),
            false => self.say(
                format!("尚未达到目标{}。", gap.zh),
                format!("The target is not reached yet{}.", gap.en),
            ),
        }
        self.say(
            "没有基期值，画不出预期路径，无法判断快慢；请补充 baseline。",
            "There is no baseline: a path cannot be drawn, so nobody can tell ahead from behind; add one (baseline).",
        );
    }

    fn overdue(&mut self) {
        let Some(due) = self.verdict.due.filter(|_| self.verdict.verdict == Verdict::Stale) else { return };
        let as_of = self.assessment.as_of;
        self.say(
            format!("数据过期：新数据应在 {} 前公布，宽限到 {}，截至 {as_of} 没有收到。", due.expected, due.limit),
            format!("Out of date: a newer figure was expected by {} (patience to {}), and none is on record on {as_of}.", due.expected, due.limit),
        );
        if let Some(was) = self.verdict.was {
            let name = was.name();
            self.say(format!("旧数据的判断：{}。", name.zh), format!("The old figure said: {}.", name.en));
        }
        self.say("请补充新数据。", "Add the newer figure.");
    }
}

impl TargetVerdict {
    fn cause_uses_figure(&self) -> bool {
        use Cause::{AfterDeadline, AtDeadline, FellBack, Kept, OnPath, Reached};
        matches!(self.cause, AtDeadline | AfterDeadline | Reached | Kept | FellBack | OnPath)
    }
}

fn cumulative_first(target: &Target) -> Option<Period> {
    super::cumulative::since(target.form?)
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
            both(format!("至少落后 {low} 个百分点（负数为领先）"), format!("at least {low} percentage points behind (negative: ahead)"))
        }
        (false, true) => {
            let high = pp(lag.high);
            both(format!("至多落后 {high} 个百分点（负数为领先）"), format!("at most {high} percentage points behind (negative: ahead)"))
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
