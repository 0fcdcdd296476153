//! A target made ready to judge: everything that is the same in all of its areas is looked up once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::calendar::Cadence;
use super::cause::Cause;
use super::interval::Side;
use super::series::{Observations, Series};
use super::{TargetVerdict, Verdict};
use crate::model::{AreaLevel, Baseline, Deadline, Direction, Form, Indicator, Nature, Plan, Target, TargetArea};
use crate::{Date, Frequency, Period};

/// A target with its indicator, as far as it has one.
pub(super) struct Task<'a> {
    /// The indicator's figures by area and its rhythm.
    pub(super) figures: Option<Figures<'a>>,
    /// What to judge, or why there is nothing to judge.
    pub(super) order: Result<Order<'a>, Cause>,
}

/// Where the figures come from.
pub(super) struct Figures<'a> {
    areas: Option<&'a BTreeMap<Arc<str>, Series>>,
    pub(super) cadence: Cadence,
}

impl<'a> Figures<'a> {
    pub(super) fn series(&self, area: &str) -> Option<&'a Series> {
        self.areas?.get(area)
    }
}

/// What to judge.
pub(super) struct Order<'a> {
    pub(super) form: Form,
    pub(super) side: Side,
    pub(super) deadline: Deadline,
    pub(super) baseline: Option<&'a Baseline>,
    pub(super) nature: Nature,
    /// Length of the periods that can be compared with the target, for flows and rates.
    pub(super) length: Option<Frequency>,
    /// First period of the plan: without `baseline`, the year before it starts the path.
    pub(super) plan_from: Option<Date>,
}

impl<'a> Task<'a> {
    pub(super) fn of(plan: &'a Plan, target: &'a Target, observations: &'a Observations) -> Task<'a> {
        // What could not be read is not the same as what is not written.
        let absent = |cause| if target.flaw.is_some() { Cause::Flawed } else { cause };
        let Some(id) = target.indicator.as_deref() else {
            return Task { figures: None, order: Err(absent(Cause::NoIndicator)) };
        };
        let Some(indicator) = plan.indicator(id) else {
            return Task { figures: None, order: Err(Cause::UnknownIndicator) };
        };
        let cadence = Cadence::of(indicator, plan.city.calendar);
        let order = Order::of(target, indicator, plan.city.from.map(Period::start)).map_err(|cause| match cause {
            Cause::NoForm | Cause::NoDeadline | Cause::NoBaseline => absent(cause),
            cause => cause,
        });
        Task { figures: Some(Figures { areas: observations.by_area(&indicator.id), cadence }), order }
    }
}

impl<'a> Order<'a> {
    fn of(target: &'a Target, indicator: &Indicator, plan_from: Option<Date>) -> Result<Order<'a>, Cause> {
        let form = target.form.ok_or(Cause::NoForm)?;
        let deadline = target.deadline.ok_or(Cause::NoDeadline)?;
        check_numbers(form)?;
        // Relative forms are written in times or percent, whatever the indicator is measured in.
        if !form.is_relative() && target.unit.as_ref().is_some_and(|unit| *unit != indicator.unit) {
            return Err(Cause::UnitDiffers);
        }
        let side = side(form, indicator.direction)?;
        match form {
            Form::Cumulative { .. } if indicator.nature != Nature::Flow => return Err(Cause::NotAFlow),
            Form::Cumulative { since, .. }
                if since.length() == Frequency::Day || !runs_up_to(since, deadline.period().end()) =>
            {
                return Err(Cause::BadSpan);
            }
            _ => {}
        }
        if form.is_relative() && target.baseline.is_none() {
            return Err(Cause::NoBaseline);
        }
        let length = match (indicator.nature, deadline.period().length()) {
            (Nature::Stock, _) => None,
            (Nature::Rate, Frequency::Day) => None,
            // A flow has no value on a day: what is asked for is the usual period that ends there.
            (Nature::Flow, Frequency::Day) => Some(match indicator.frequency {
                Some(f @ (Frequency::Month | Frequency::Quarter | Frequency::Half)) => f,
                _ => Frequency::Year,
            }),
            (_, length) => Some(length),
        };
        let baseline = target.baseline.as_ref();
        Ok(Order { form, side, deadline, baseline, nature: indicator.nature, length, plan_from })
    }
}

/// True when periods like `since`, one after the other, come to end on that very day.
fn runs_up_to(since: Period, day: Date) -> bool {
    let mut period = Some(since);
    while let Some(at) = period.filter(|p| p.end() < day) {
        period = at.next();
    }
    period.is_some_and(|p| p.end() == day)
}

fn check_numbers(form: Form) -> Result<(), Cause> {
    let good = match form {
        Form::AtLeast(v) | Form::AtMost(v) | Form::RankAtMost(v) => v.is_finite(),
        Form::Between(a, b) => a.is_finite() && b.is_finite() && a <= b,
        Form::TimesBaseline(k) => k.is_finite() && k > 0.0,
        Form::GrowthPerYear(percent) => percent.is_finite() && percent > -100.0,
        Form::Cumulative { total, .. } => total.is_finite() && total > 0.0,
        Form::Hold | Form::CoverAll => true,
    };
    if good { Ok(()) } else { Err(Cause::BadNumber) }
}

/// Multiples and growth follow the indicator's direction: "half of it" and "3 % less per year" are upper limits
/// of what should shrink. Without a direction the number itself says which way it points.
fn side(form: Form, direction: Direction) -> Result<Side, Cause> {
    let by_direction = |up: bool| match (direction, up) {
        (Direction::Up, _) | (Direction::Neutral, true) => Side::Least,
        (Direction::Down, _) | (Direction::Neutral, false) => Side::Most,
    };
    Ok(match form {
        Form::AtLeast(_) | Form::Cumulative { .. } | Form::CoverAll => Side::Least,
        Form::AtMost(_) | Form::RankAtMost(_) => Side::Most,
        Form::Between(..) => Side::Within,
        Form::TimesBaseline(k) => by_direction(k >= 1.0),
        Form::GrowthPerYear(percent) => by_direction(percent >= 0.0),
        Form::Hold if direction == Direction::Neutral => return Err(Cause::NoDirection),
        Form::Hold => by_direction(true),
    })
}

/// Areas by level, shared names.
pub(super) struct Areas {
    levels: BTreeMap<AreaLevel, Vec<Arc<str>>>,
    city: Arc<str>,
}

impl Areas {
    pub(super) fn of(plan: &Plan) -> Areas {
        let mut levels: BTreeMap<AreaLevel, Vec<Arc<str>>> = BTreeMap::new();
        for area in &plan.areas {
            levels.entry(area.level).or_default().push(Arc::from(area.id.as_str()));
        }
        Areas { levels, city: Arc::from(plan.city.area.as_str()) }
    }

    /// False when the target speaks of every area of a level that has none.
    pub(super) fn has_level(&self, target: &Target) -> bool {
        !matches!(&target.area, TargetArea::Each(level) if !self.levels.contains_key(level))
    }

    /// The verdict ids and areas of a target. A level without areas gives one for the city, so that no target
    /// disappears.
    pub(super) fn of_target(&self, plan: &Plan, target: &Target) -> Vec<(String, Arc<str>)> {
        let one = |area: Arc<str>| vec![(target.id.clone(), area)];
        match &target.area {
            TargetArea::One(area) if area.is_empty() || *area == plan.city.area => one(Arc::clone(&self.city)),
            TargetArea::One(area) => one(Arc::from(area.as_str())),
            TargetArea::Each(level) => match self.levels.get(level) {
                Some(areas) => areas.iter().map(|a| ([&target.id, "@", a].concat(), Arc::clone(a))).collect(),
                None => one(Arc::clone(&self.city)),
            },
        }
    }
}

/// A verdict before anything is known.
pub(super) fn blank(id: String, target: usize, area: Arc<str>) -> TargetVerdict {
    TargetVerdict {
        id,
        target,
        area,
        verdict: Verdict::Unmeasured,
        was: None,
        cause: Cause::NoObservation,
        threshold: None,
        reach: None,
        observed: None,
        baseline: None,
        sum: None,
        missing: Vec::new(),
        path: None,
        due: None,
    }
}
