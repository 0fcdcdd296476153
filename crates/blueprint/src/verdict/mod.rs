//! Verdicts: where every commitment stands on a date, and why. A pure function of
//! (plan, observations, as-of date): the same input gives the same verdicts in the same order.
//!
//! | file | what |
//! |---|---|
//! | `series` | observations by indicator and area, the best of every period first |
//! | `task` | a target made ready to judge, or why it cannot be judged |
//! | `case` | one target in one area on one day |
//! | `judge`, `cumulative` | the rules |
//! | `path` | the expected path, the lag behind it, the light |
//! | `calendar` | when a figure is due and when it is overdue |
//! | `because`, `wording`, `unit` | the reasons in both languages, written only when somebody asks |
//! | `links` | what a target belongs to; filters |
//! | `rollup` | counts, coverage and freshness by measure, programme, goal, transformation, area and owner |

mod because;
mod calendar;
mod case;
mod cause;
mod cumulative;
mod interval;
mod judge;
mod links;
mod milestone;
mod path;
mod rollup;
mod series;
mod task;
mod unit;
mod wording;

use std::sync::Arc;

use crate::model::{Form, LightRule, Observation, Plan, Target};
use crate::{Date, Period, Text};

pub use calendar::Due;
pub use cause::Cause;
pub use interval::Interval;
pub use links::{Belongs, Filter, Links};
pub use milestone::MilestoneVerdict;
pub use rollup::{Coverage, Freshness, GroupBy, Rollup, Summary, Totals, rollups, totals};
pub use series::{Observations, Series};
pub use unit::Unit;
pub use wording::{number, period_text, rounded};

/// What follows for a target at a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// 已实现
    Met,
    /// 提前实现
    MetEarly,
    /// 未实现
    Missed,
    /// 正常
    OnTrack,
    /// 滞后
    Slipping,
    /// 严重滞后
    OffTrack,
    /// 无法判定
    Undecidable,
    /// 数据过期
    Stale,
    /// 未量化
    Unmeasured,
}

impl Verdict {
    /// Every verdict, its code on the wire and its names, in the order of every list and legend.
    pub const ALL: [(Verdict, &'static str, &'static str, &'static str); 9] = [
        (Verdict::Met, "met", "已实现", "met"),
        (Verdict::MetEarly, "met_early", "提前实现", "met early"),
        (Verdict::OnTrack, "on_track", "正常", "on track"),
        (Verdict::Slipping, "slipping", "滞后", "slipping"),
        (Verdict::OffTrack, "off_track", "严重滞后", "off track"),
        (Verdict::Missed, "missed", "未实现", "missed"),
        (Verdict::Undecidable, "undecidable", "无法判定", "undecidable"),
        (Verdict::Stale, "stale", "数据过期", "stale"),
        (Verdict::Unmeasured, "unmeasured", "未量化", "unmeasured"),
    ];

    /// The code on the wire.
    pub fn code(self) -> &'static str {
        Verdict::ALL.iter().find(|(v, ..)| *v == self).map_or("unmeasured", |(_, code, ..)| code)
    }

    /// The verdict of a code, if it is one.
    pub fn from_code(code: &str) -> Option<Verdict> {
        Verdict::ALL.iter().find(|(_, c, ..)| *c == code).map(|(v, ..)| *v)
    }

    /// The name in both languages.
    pub fn name(self) -> Text {
        let found = Verdict::ALL.iter().find(|(v, ..)| *v == self);
        found.map_or_else(Text::default, |(_, _, zh, en)| Text::new(*zh, *en))
    }

    /// True when the observations decide it one way or the other.
    pub fn is_decided(self) -> bool {
        !matches!(self, Verdict::Undecidable | Verdict::Stale | Verdict::Unmeasured)
    }

    /// The light this verdict shows.
    pub fn light(self) -> Light {
        match self {
            Verdict::Met | Verdict::MetEarly | Verdict::OnTrack => Light::Green,
            Verdict::Slipping => Light::Yellow,
            Verdict::OffTrack | Verdict::Missed => Light::Red,
            Verdict::Undecidable | Verdict::Stale | Verdict::Unmeasured => Light::Grey,
        }
    }
}

/// A verdict seen as a light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Light {
    /// 绿灯
    Green,
    /// 黄灯
    Yellow,
    /// 红灯
    Red,
    /// 灰灯
    Grey,
}

impl Light {
    /// Every light, best first.
    pub const ALL: [Light; 4] = [Light::Green, Light::Yellow, Light::Red, Light::Grey];

    /// The code on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Light::Green => "green",
            Light::Yellow => "yellow",
            Light::Red => "red",
            Light::Grey => "grey",
        }
    }
}

/// Where the target should be on its path, at the period of the observation used.
#[derive(Debug, Clone, PartialEq)]
pub struct PathPoint {
    /// Period of the starting value; for a sum its first period, at whose first day the sum is 0.
    pub start: Period,
    /// Starting value.
    pub base: f64,
    /// True when the starting value is an observation, not a statement of the plan.
    pub base_observed: bool,
    /// Value expected at the period of the observation.
    pub expected: f64,
    /// How far behind the path the printed figure is, in percentage points of the path; negative is ahead.
    pub lag_pp: f64,
    /// The same for every value the figure can stand for; an end may be infinite.
    pub lag: Interval,
}

/// The verdict on one target in one area.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetVerdict {
    /// Target id; for a target that speaks of every area of a level, `id@area`.
    pub id: String,
    /// Position of the target in `plan.targets`.
    pub target: usize,
    /// Area judged.
    pub area: Arc<str>,
    /// Verdict.
    pub verdict: Verdict,
    /// What the last data said, when they are stale and said something.
    pub was: Option<Verdict>,
    /// What decided, in one word; [`Assessment::because`] says it in sentences.
    pub cause: Cause,
    /// Value to reach, in the indicator's unit, when it is one number (baseline multiplied out).
    pub threshold: Option<f64>,
    /// The same with what an observed baseline leaves open.
    pub reach: Option<Interval>,
    /// Observation that decides (for a sum the newest full one), or the newest on record when none does.
    pub observed: Option<Arc<Observation>>,
    /// Observation the starting value comes from, when the plan does not state it.
    pub baseline: Option<Arc<Observation>>,
    /// Sum so far, for a cumulative target.
    pub sum: Option<Interval>,
    /// Periods without a full figure inside that sum.
    pub missing: Vec<Period>,
    /// Place on the path, when there is one.
    pub path: Option<PathPoint>,
    /// When the next figure should be out, as long as the deadline has none.
    pub due: Option<Due>,
}

impl TargetVerdict {
    /// The light.
    pub fn light(&self) -> Light {
        self.verdict.light()
    }

    /// Points of the expected path from its start to the deadline, about one per year; empty without a path.
    pub fn expected_path(&self, plan: &Plan) -> Vec<(Date, f64)> {
        let target = plan.targets.get(self.target);
        let parts = (|| Some((self.path.as_ref()?, self.threshold?, target?.form?, target?.deadline?)))();
        let Some((path, threshold, form, deadline)) = parts else { return Vec::new() };
        let start = match form {
            Form::Cumulative { .. } => path.start.start().yesterday().unwrap_or(path.start.start()),
            _ => path.start.end(),
        };
        let end = deadline.period().end();
        let mut days = vec![start];
        for year in 1..=100 {
            let day = start.saturating_add(jiff::Span::new().years(year));
            if day >= end {
                break;
            }
            days.push(day);
        }
        days.push(end);
        let value = |day| path.base + (threshold - path.base) * path::expected_share(form, start, day, end);
        days.into_iter().map(|day| (day, value(day))).filter(|(_, v)| v.is_finite()).collect()
    }
}

/// Rules of one assessment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AssessmentRules {
    /// When a lag turns yellow or red.
    pub lights: LightRule,
}

/// Every verdict of a plan on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The day: nothing published after it is used.
    pub as_of: Date,
    /// The rules used.
    pub rules: AssessmentRules,
    /// Verdicts on targets, in the order of the plan; within a target in the order of `areas.csv`.
    pub targets: Vec<TargetVerdict>,
    /// Verdicts on milestones, in the order of the plan.
    pub milestones: Vec<MilestoneVerdict>,
}

impl Assessment {
    /// Why a target stands where it stands: one sentence each, in both languages.
    pub fn because(&self, plan: &Plan, verdict: &TargetVerdict) -> Vec<Text> {
        because::sentences(self, plan, verdict)
    }

    /// The one reason that says most: why it is decided so, or what is missing.
    pub fn headline(&self, plan: &Plan, verdict: &TargetVerdict) -> Text {
        because::headline(self, plan, verdict)
    }
}

/// Judges every target and milestone of `plan` by what was public on `as_of`.
pub fn assess(plan: &Plan, observations: &Observations, as_of: Date, rules: AssessmentRules) -> Assessment {
    let areas = task::Areas::of(plan);
    let judge = |first: usize, part: &[Target]| {
        let mut verdicts = Vec::with_capacity(part.len());
        for (at, target) in part.iter().enumerate() {
            let task = task::Task::of(plan, target, observations);
            for (id, area) in areas.of_target(plan, target) {
                let mut out = task::blank(id, first + at, area);
                match areas.has_level(target) {
                    true => judge::judge(&task, as_of, rules.lights, &mut out),
                    false => out.cause = Cause::NoAreas,
                }
                verdicts.push(out);
            }
        }
        verdicts
    };
    let targets = in_parts(&plan.targets, &judge);
    let milestones = milestone::assess(plan, as_of);
    Assessment { as_of, rules, targets, milestones }
}

/// Targets are judged one by one, so a large plan is cut into a fixed number of parts, judged side by side and put
/// together in order: neither machine nor thread count shows in the result.
fn in_parts(
    targets: &[Target],
    judge: &(impl Fn(usize, &[Target]) -> Vec<TargetVerdict> + Sync),
) -> Vec<TargetVerdict> {
    const PARTS: usize = 4;
    const WORTH_A_THREAD: usize = 2_000;
    let size = targets.len().div_ceil(PARTS);
    if size < WORTH_A_THREAD {
        return judge(0, targets);
    }
    std::thread::scope(|scope| {
        let parts = targets.chunks(size).enumerate();
        let running: Vec<_> = parts.map(|(at, part)| scope.spawn(move || judge(at * size, part))).collect();
        let mut all = Vec::new();
        for part in running {
            match part.join() {
                Ok(mut verdicts) if all.is_empty() => std::mem::swap(&mut all, &mut verdicts),
                Ok(mut verdicts) => all.append(&mut verdicts),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}
