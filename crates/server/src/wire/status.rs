//! Where every commitment stands. The same shape for `GET /api/status` and `lantu status --format json`.

use std::collections::BTreeMap;

use lantu_blueprint::Text;
use lantu_blueprint::model::{Deadline, Form, Plan, Target, TargetKind};
use lantu_blueprint::verdict::{
    Assessment, Filter, Links, MilestoneVerdict, PathPoint, Rollup, Summary, TargetVerdict, rollups, totals,
};
use lantu_city::{Change, City};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::words::{
    BoundsItem, DeadlineMode, FormWord, GroupWord, LightWord, MilestoneWord, StageWord, SummaryItem, TargetKindWord,
    TrustWord, VerdictWord,
};
use super::{IntervalItem, TextItem, finite};

/// Which commitments are wanted; everything named must hold.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StatusFilter {
    /// Date to assess on, `2026-11-23`; today when absent.
    pub as_of: Option<String>,
    /// Goal id.
    pub goal: Option<String>,
    /// Programme id.
    pub programme: Option<String>,
    /// Area id.
    pub area: Option<String>,
    /// Owner.
    pub owner: Option<String>,
}

impl From<StatusFilter> for Filter {
    fn from(filter: StatusFilter) -> Filter {
        Filter { goal: filter.goal, programme: filter.programme, area: filter.area, owner: filter.owner }
    }
}

/// Share of measures with at least one decided target.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Coverage {
    /// Measures.
    pub measures: usize,
    /// Those with a decided target.
    pub decided: usize,
    /// Decided ÷ measures; `null` without measures.
    #[schema(required = true)]
    pub share: Option<f64>,
}

impl From<lantu_blueprint::verdict::Coverage> for Coverage {
    fn from(c: lantu_blueprint::verdict::Coverage) -> Coverage {
        Coverage { measures: c.measures, decided: c.decided, share: c.share() }
    }
}

/// Share of targets with data whose data are not overdue.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Freshness {
    /// Targets with data.
    pub with_data: usize,
    /// Those whose data are not overdue.
    pub fresh: usize,
    /// Fresh ÷ with data; `null` without data.
    #[schema(required = true)]
    pub share: Option<f64>,
}

impl From<lantu_blueprint::verdict::Freshness> for Freshness {
    fn from(f: lantu_blueprint::verdict::Freshness) -> Freshness {
        Freshness { with_data: f.with_data, fresh: f.fresh, share: f.share() }
    }
}

/// A number, or both bounds of `between`.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Threshold {
    /// One number.
    One(f64),
    /// Low and high.
    Range(BoundsItem),
}

/// The observation a verdict rests on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Observed {
    /// Figure as printed.
    pub value: f64,
    /// Smallest value it can stand for; `null` is unbounded.
    #[schema(required = true)]
    pub low: Option<f64>,
    /// Largest value it can stand for; `null` is unbounded.
    #[schema(required = true)]
    pub high: Option<f64>,
    /// Period.
    pub period: String,
    /// Area.
    pub area: String,
    /// `final`, `forecast`, `partial`.
    #[schema(value_type = StageWord)]
    pub stage: &'static str,
    /// `primary`, `secondary`.
    #[schema(value_type = TrustWord)]
    pub trust: &'static str,
    /// Publication.
    pub source: String,
    /// Address of the publication.
    pub source_url: String,
    /// First source row: file.
    #[schema(required = true)]
    pub file: Option<String>,
    /// First source row: line.
    #[schema(required = true)]
    pub row: Option<u32>,
}

/// Where the target should be on its path.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PathItem {
    /// Value expected at the period of the observation.
    pub expected: f64,
    /// Percentage points of the path behind it, for the printed figure; negative is ahead.
    #[schema(required = true)]
    pub lag_pp: Option<f64>,
    /// Smallest lag the figure allows; `null` is unbounded.
    #[schema(required = true)]
    pub lag_low: Option<f64>,
    /// Largest lag the figure allows; `null` is unbounded.
    #[schema(required = true)]
    pub lag_high: Option<f64>,
    /// Period of the starting value.
    pub start: String,
    /// Starting value.
    pub base: f64,
    /// The starting value is an observation, not a statement of the plan.
    pub base_observed: bool,
}

impl From<&PathPoint> for PathItem {
    fn from(path: &PathPoint) -> PathItem {
        PathItem {
            expected: path.expected,
            lag_pp: finite(path.lag_pp),
            lag_low: finite(path.lag.low),
            lag_high: finite(path.lag.high),
            start: path.start.to_string(),
            base: path.base,
            base_observed: path.base_observed,
        }
    }
}

/// A target and its verdict.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TargetItem {
    /// Verdict id: the target's, with `@area` when each area of a level is judged.
    pub id: String,
    /// Target id.
    pub target_id: String,
    /// Title in Chinese.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Measure.
    #[schema(required = true)]
    pub measure: Option<String>,
    /// Programme.
    #[schema(required = true)]
    pub programme: Option<String>,
    /// Goals served.
    pub goals: Vec<String>,
    /// Area judged.
    pub area: String,
    /// Indicator.
    #[schema(required = true)]
    pub indicator: Option<String>,
    /// Form.
    #[schema(value_type = Option<FormWord>, required = true)]
    pub form: Option<&'static str>,
    /// Value to reach.
    #[schema(required = true)]
    pub threshold: Option<Threshold>,
    /// Unit.
    #[schema(required = true)]
    pub unit: Option<String>,
    /// Deadline.
    #[schema(required = true)]
    pub deadline: Option<String>,
    /// `by` the deadline, or `in` that very period.
    #[schema(value_type = Option<DeadlineMode>, required = true)]
    pub deadline_mode: Option<&'static str>,
    /// `binding`, `expected`.
    #[schema(value_type = TargetKindWord)]
    pub kind: &'static str,
    /// From a text that was not adopted.
    pub draft: bool,
    /// Source id.
    #[schema(required = true)]
    pub source: Option<String>,
    /// A target of the plan itself.
    pub own: bool,
    /// Verdict.
    #[schema(value_type = VerdictWord)]
    pub verdict: &'static str,
    /// Light.
    #[schema(value_type = LightWord)]
    pub light: &'static str,
    /// What the last data said, when they are stale.
    #[schema(value_type = Option<VerdictWord>, required = true)]
    pub was: Option<&'static str>,
    /// Observation used.
    #[schema(required = true)]
    pub observed: Option<Observed>,
    /// Sum so far, for a cumulative target.
    #[schema(required = true)]
    pub sum: Option<IntervalItem>,
    /// Place on the path.
    #[schema(required = true)]
    pub path: Option<PathItem>,
    /// Reasons in Chinese.
    pub because: Vec<String>,
    /// Reasons in English.
    pub because_en: Vec<String>,
    /// The reason that says most.
    pub headline: TextItem,
    /// The number written in the form: a multiple for `times_baseline`, percent for `growth_per_year`.
    #[schema(required = true)]
    pub stated: Option<f64>,
    /// What could not be read of its definition.
    #[schema(required = true)]
    pub unreadable: Option<TextItem>,
}

fn split(texts: &[Text]) -> (Vec<String>, Vec<String>) {
    (texts.iter().map(|t| t.zh.clone()).collect(), texts.iter().map(|t| t.en.clone()).collect())
}

impl TargetItem {
    /// One verdict of an assessment.
    pub fn new(plan: &Plan, links: &Links, assessment: &Assessment, verdict: &TargetVerdict) -> Option<TargetItem> {
        let target = plan.targets.get(verdict.target)?;
        let belongs = links.targets.get(verdict.target)?;
        let (because, because_en) = split(&assessment.because(plan, verdict));
        let indicator = target.indicator.as_deref().and_then(|id| plan.indicator(id));
        let own = target.source.as_deref().is_none_or(|id| plan.sources.iter().any(|s| s.id == id && s.own));
        Some(TargetItem {
            id: verdict.id.clone(),
            target_id: target.id.clone(),
            title: target.title.zh.clone(),
            title_en: target.title.en.clone(),
            measure: target.measure.clone(),
            programme: target.programme.clone(),
            goals: belongs.goals.iter().filter_map(|at| plan.goals.get(*at)).map(|goal| goal.id.clone()).collect(),
            area: verdict.area.to_string(),
            indicator: target.indicator.clone(),
            form: target.form.map(Form::word),
            threshold: threshold(target, verdict),
            unit: target.unit.clone().or(indicator.map(|i| i.unit.clone())),
            deadline: target.deadline.map(|d| d.period().to_string()),
            deadline_mode: target.deadline.map(|d| match d {
                Deadline::By(_) => "by",
                Deadline::In(_) => "in",
            }),
            kind: match target.kind {
                TargetKind::Binding => "binding",
                TargetKind::Expected => "expected",
            },
            draft: target.draft,
            source: target.source.clone(),
            own,
            verdict: verdict.verdict.code(),
            light: verdict.light().code(),
            was: verdict.was.map(|was| was.code()),
            observed: verdict.observed.as_ref().map(|o| Observed {
                value: o.value,
                low: finite(o.low),
                high: finite(o.high),
                period: o.period.to_string(),
                area: o.area.to_string(),
                stage: o.stage.word(),
                trust: o.trust.word(),
                source: o.source.to_string(),
                source_url: o.source_url.to_string(),
                file: o.rows.first().map(|row| row.file.to_string()),
                row: o.rows.first().map(|row| row.row),
            }),
            sum: verdict.sum.map(IntervalItem::from),
            path: verdict.path.as_ref().map(PathItem::from),
            because,
            because_en,
            headline: (&assessment.headline(plan, verdict)).into(),
            stated: target.form.and_then(Form::stated),
            unreadable: target.flaw.as_ref().map(TextItem::from),
        })
    }
}

fn threshold(target: &Target, verdict: &TargetVerdict) -> Option<Threshold> {
    match target.form {
        Some(Form::Between(low, high)) => Some(Threshold::Range(BoundsItem(low, high))),
        _ => verdict.threshold.map(Threshold::One),
    }
}

/// A milestone and its verdict.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MilestoneItem {
    /// Id.
    pub id: String,
    /// Title in Chinese.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Measure.
    #[schema(required = true)]
    pub measure: Option<String>,
    /// Programme.
    #[schema(required = true)]
    pub programme: Option<String>,
    /// Deadline.
    #[schema(required = true)]
    pub by: Option<String>,
    /// Source id.
    #[schema(required = true)]
    pub source: Option<String>,
    /// `met`, `missed` (done late), `unmeasured` (not known).
    #[schema(value_type = MilestoneWord)]
    pub verdict: &'static str,
    /// Day it was done.
    #[schema(required = true)]
    pub done: Option<String>,
    /// Publication of the evidence.
    #[schema(required = true)]
    pub evidence: Option<String>,
    /// Address of the evidence.
    #[schema(required = true)]
    pub evidence_url: Option<String>,
    /// Reasons in Chinese.
    pub because: Vec<String>,
    /// Reasons in English.
    pub because_en: Vec<String>,
}

impl MilestoneItem {
    fn new(plan: &Plan, assessment: &Assessment, verdict: &MilestoneVerdict) -> Option<MilestoneItem> {
        let milestone = plan.milestones.get(verdict.milestone)?;
        let evidence = milestone.evidence.as_ref().filter(|e| e.done <= assessment.as_of);
        let (because, because_en) = split(&assessment.milestone_because(plan, verdict));
        Some(MilestoneItem {
            id: milestone.id.clone(),
            title: milestone.title.zh.clone(),
            title_en: milestone.title.en.clone(),
            measure: milestone.measure.clone(),
            programme: milestone.programme.clone(),
            by: milestone.by.map(|by| by.to_string()),
            source: milestone.source.clone(),
            verdict: verdict.verdict.code(),
            done: evidence.map(|e| e.done.to_string()),
            evidence: evidence.map(|e| e.source.clone()),
            evidence_url: evidence.and_then(|e| e.source_url.clone()),
            because,
            because_en,
        })
    }
}

/// Counts of one group.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RollupItem {
    /// `measure`, `programme`, `goal`, `transformation`, `area`, `owner`.
    #[schema(value_type = GroupWord)]
    pub by: &'static str,
    /// Id, or name of the owner.
    pub id: String,
    /// Targets by verdict.
    #[schema(value_type = SummaryItem)]
    pub summary: BTreeMap<&'static str, usize>,
    /// Coverage.
    pub coverage: Coverage,
    /// Freshness.
    pub freshness: Freshness,
}

impl From<&Rollup> for RollupItem {
    fn from(rollup: &Rollup) -> RollupItem {
        RollupItem {
            by: rollup.by.word(),
            id: rollup.id.clone(),
            summary: summary(rollup.summary),
            coverage: rollup.coverage.into(),
            freshness: rollup.freshness.into(),
        }
    }
}

fn summary(summary: Summary) -> BTreeMap<&'static str, usize> {
    summary.iter().map(|(verdict, count)| (verdict.code(), count)).collect()
}

/// Where every commitment stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Status {
    /// City.
    pub city: String,
    /// Date assessed.
    pub as_of: String,
    /// Targets by verdict.
    #[schema(value_type = SummaryItem)]
    pub summary: BTreeMap<&'static str, usize>,
    /// Coverage.
    pub coverage: Coverage,
    /// Freshness.
    pub freshness: Freshness,
    /// Targets, in plan order.
    pub targets: Vec<TargetItem>,
    /// Milestones, in plan order.
    pub milestones: Vec<MilestoneItem>,
    /// Roll-ups of the targets listed.
    pub rollups: Vec<RollupItem>,
}

impl Status {
    /// An assessment, filtered.
    pub fn new(city: &City, assessment: &Assessment, filter: &Filter) -> Status {
        let plan = city.plan();
        let links = Links::of(plan);
        let kept: Vec<&TargetVerdict> = assessment.targets.iter().filter(|v| filter.keeps(plan, &links, v)).collect();
        let totals = totals(plan, &links, filter, assessment.targets.iter());
        let groups = rollups(plan, &links, filter, assessment.targets.iter());
        // Milestones belong to a measure; they have no area of their own and are those of the whole city.
        let measures = |id: &Option<String>| id.as_ref().and_then(|id| plan.measures.iter().position(|m| m.id == *id));
        let wanted = |v: &&MilestoneVerdict| {
            let measure = plan.milestones.get(v.milestone).and_then(|m| measures(&m.measure));
            let belongs = measure.and_then(|at| links.measures.get(at));
            *filter == Filter::default()
                || belongs.is_some_and(|b| filter.area.is_none() && filter.fits(plan, &links, b))
        };
        Status {
            city: plan.city.id.clone(),
            as_of: assessment.as_of.to_string(),
            summary: summary(totals.summary),
            coverage: totals.coverage.into(),
            freshness: totals.freshness.into(),
            targets: kept.iter().filter_map(|v| TargetItem::new(plan, &links, assessment, v)).collect(),
            milestones: assessment
                .milestones
                .iter()
                .filter(wanted)
                .filter_map(|v| MilestoneItem::new(plan, assessment, v))
                .collect(),
            rollups: groups.iter().map(RollupItem::from).collect(),
        }
    }
}

/// A verdict that moved.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChangeItem {
    /// Verdict id.
    pub id: String,
    /// Title in Chinese.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Before.
    #[schema(value_type = VerdictWord)]
    pub from: &'static str,
    /// After.
    #[schema(value_type = VerdictWord)]
    pub to: &'static str,
    /// Reasons in Chinese.
    pub because: Vec<String>,
    /// Reasons in English.
    pub because_en: Vec<String>,
    /// The reason that says most.
    pub headline: TextItem,
}

impl From<&Change> for ChangeItem {
    fn from(change: &Change) -> ChangeItem {
        let (because, because_en) = split(&change.because);
        ChangeItem {
            id: change.id.clone(),
            title: change.title.zh.clone(),
            title_en: change.title.en.clone(),
            from: change.from.code(),
            to: change.to.code(),
            because,
            because_en,
            headline: (&change.headline).into(),
        }
    }
}

/// What changed between two dates.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Changes {
    /// Earlier date.
    pub since: String,
    /// Later date.
    pub as_of: String,
    /// Verdicts that moved, in plan order.
    pub changes: Vec<ChangeItem>,
}
