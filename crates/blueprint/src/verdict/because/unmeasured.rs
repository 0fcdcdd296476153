//! Why nothing can be said, and what to add so that something can.

use super::super::cause::Cause;
use super::super::interval::Interval;
use super::super::wording::period_text;
use super::super::{Verdict, cumulative};
use super::Teller;
use crate::model::Target;
use crate::{Period, Text};

impl Teller<'_> {
    pub(super) fn unmeasured(&mut self, cause: Cause) {
        let id = self.target.indicator.clone().unwrap_or_default();
        let text = match cause {
            Cause::NoIndicator => Text::new(
                "没有写明用哪个指标衡量；请补充 indicator。",
                "It names no indicator to measure it by; add one (indicator).",
            ),
            Cause::UnknownIndicator => Text::new(
                format!("指标目录中没有「{id}」；请补充该指标或改正编号。"),
                format!("The catalogue has no indicator \"{id}\"; add it or correct the id."),
            ),
            Cause::Flawed => {
                let flaw = self.target.flaw.clone().unwrap_or_default();
                Text::new(
                    format!("这项目标的定义有一处读不出来：{}；请改正。", flaw.zh),
                    format!("A part of this target's definition cannot be read: {}; correct it.", flaw.en),
                )
            }
            Cause::NoForm => Text::new(
                "没有可以据以判断的数值；写明数值后才能衡量。",
                "It states no number to judge by; it can be measured once one is set.",
            ),
            Cause::NoDeadline => {
                Text::new("没有完成期限；请补充 by 或 in。", "No deadline is set; add one (by or in).")
            }
            Cause::BadNumber => Text::new("目标数值不成立；请改正。", "The number to reach cannot be one; correct it."),
            Cause::UnitDiffers => self.units(),
            Cause::NoAreas => Text::new("areas.csv 中没有这一层级的区域。", "areas.csv has no area of this level."),
            Cause::NoDirection => Text::new(
                "指标没有写明方向，不知道升还是降算变差；请补充 direction。",
                "The indicator's direction is not declared, so nobody can tell what is worse; declare it (direction).",
            ),
            Cause::NotAFlow => Text::new(
                "累计目标需要流量指标，该指标不是；请改正 nature 或目标形式。",
                "A sum needs an indicator that is a flow, and this is none; correct its nature or the form of the target.",
            ),
            Cause::BadSpan => Text::new(
                "累计的起始期无法逐期数到截止期；请改正 since。",
                "The periods from the first to the deadline cannot be counted through; correct since.",
            ),
            Cause::NoBaseline => Text::new(
                "没有写明基期，无法换算成数值；请补充 baseline。",
                "No baseline is stated, so there is no number to reach; add one (baseline).",
            ),
            Cause::BaselineNotObserved => self.baseline_not_observed(),
            Cause::BaselineNotPositive => Text::new(
                "基期值不大于零，倍数和增速没有意义。",
                "The baseline is not above zero, so a multiple or a growth of it means nothing.",
            ),
            Cause::BaselineOpen => Text::new(
                "基期值是一个区间，不能确定大于零；需要更精确的基期值。",
                "The baseline is a range that may not be above zero; a more exact one is needed.",
            ),
            Cause::DefinitionChanged(period) => {
                let when = period_text(period);
                Text::new(
                    format!("指标口径在{}改变，前后不可比；请补充新口径的基期值。", when.zh),
                    format!(
                        "The indicator's definition changed in {}, so start and figure cannot be compared; add a baseline by the new definition.",
                        when.en
                    ),
                )
            }
            Cause::NoObservation => self.no_observation(),
            Cause::OnlyPartial => Text::new(
                "只有部分时段的数据，不能据以判断；等待完整数据。",
                "Only figures that cover a part of their period are on record; they decide nothing. A full figure is needed.",
            ),
            Cause::OtherLengths => Text::new(
                "已有数据的时段长度与目标不同，不能相比；请补充同样长度时段的数据。",
                "The figures on record describe periods of another length and cannot be compared with the target; add figures of the same length.",
            ),
            Cause::NotOut => return self.not_out(),
            Cause::NoPathStart => return self.no_path_start(),
            Cause::BeforeStart => Text::new(
                "最新数据早于路径起点，起点之后还没有数据。",
                "The newest figure is older than the start of the path; there is none since.",
            ),
            Cause::AtStart => Text::new(
                "最新数据就是路径起点那一期的，之后还没有数据，看不出快慢。",
                "The newest figure is that of the start of the path; there is none since, so nobody can tell ahead from behind.",
            ),
            Cause::NoPathLength => Text::new(
                "起点不早于截止期，画不出路径；请改正 baseline。",
                "The start is not before the deadline, so no path can be drawn; correct the baseline.",
            ),
            _ => return,
        };
        self.said.push(text);
    }

    fn units(&self) -> Text {
        let wanted = self.target.unit.clone().unwrap_or_default();
        let unit = self.indicator.map_or("", |i| &i.unit);
        Text::new(
            format!("目标的单位「{wanted}」与指标的单位「{unit}」不同，不作比较；请改正。"),
            format!(
                "The target's unit \"{wanted}\" is not the indicator's \"{unit}\", so nothing is compared; correct it."
            ),
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
            format!(
                "The figure for {} is not out yet; it is expected by {} and overdue after {}.",
                when.en, due.expected, due.limit
            ),
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
            false => self.say(format!("尚未达到目标{}。", gap.zh), format!("The target is not reached yet{}.", gap.en)),
        }
        self.say(
            "没有基期值，画不出预期路径，无法判断快慢；请补充 baseline。",
            "There is no baseline: a path cannot be drawn, so nobody can tell ahead from behind; add one (baseline).",
        );
    }
}

/// The first period of a sum: the figure that is waited for until the first one is out.
pub(super) fn cumulative_first(target: &Target) -> Option<Period> {
    cumulative::since(target.form?)
}
