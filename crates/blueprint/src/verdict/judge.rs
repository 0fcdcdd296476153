//! The rules that turn observations into a verdict. Nothing is green unless figures say so.
//!
//! Which figure counts: never one of a part of a period. A stock is comparable whatever the length of its period;
//! a flow only when its period is as long as the deadline's; a rate likewise, as soon as the series holds one such
//! figure. `in` takes the figure of that very period. `by` takes the one whose period ends with the deadline
//! (the deadline's own period before a longer one before a shorter one), else the first later one (not for a flow:
//! what happened in a later year is another year's), else the newest earlier one.

use std::sync::Arc;

use super::case::{Case, decided, kept};
use super::cause::Cause;
use super::cumulative;
use super::interval::{Aim, Answer, Interval, Side};
use super::path::{self, Position, Reach, Start};
use super::series::Entry;
use super::task::Task;
use super::{TargetVerdict, Verdict};
use crate::model::{Deadline, Form, LightRule, Nature, Observation, Stage};
use crate::{Date, Period};

pub(super) fn judge(task: &Task<'_>, as_of: Date, lights: LightRule, out: &mut TargetVerdict) {
    let Some(figures) = &task.figures else {
        out.cause = task.order.as_ref().err().copied().unwrap_or(Cause::NoIndicator);
        return;
    };
    let series = figures.series(&out.area);
    let order = match &task.order {
        Ok(order) => order,
        Err(cause) => {
            out.cause = *cause;
            out.observed = series.and_then(|s| s.whole(as_of).last().map(|e| Arc::clone(e.observation)));
            return;
        }
    };
    let case = Case { order, as_of, lights, series, cadence: figures.cadence };
    match order.form {
        Form::Cumulative { total, since } => cumulative::judge(&case, total, since, out),
        _ => case.judge(out),
    }
}

/// The figures of a series that matter for a deadline.
#[derive(Default)]
struct Picked<'a> {
    /// Newest figure of a whole period, comparable or not.
    newest: Option<Entry<'a>>,
    before: Option<Entry<'a>>,
    at: Option<Entry<'a>>,
    after: Option<Entry<'a>>,
}

impl Case<'_> {
    fn judge(&self, out: &mut TargetVerdict) {
        let deadline = self.order.deadline.period();
        let picked = self.pick(deadline);
        let start = self.start(self.order.form.is_relative());
        if self.order.form.is_relative() && start.as_ref().is_ok_and(|start| start.at >= deadline.end()) {
            out.observed = picked.newest.map(|e| Arc::clone(e.observation));
            return self.unmeasured(Cause::NoPathLength, out);
        }
        let (aim, reach) = match self.aim(start.as_ref(), deadline) {
            Ok(found) => found,
            Err(_) if picked.newest.is_none() => return self.unmeasured(self.nothing(), out),
            Err(cause) => {
                out.observed = picked.newest.map(|e| Arc::clone(e.observation));
                return self.unmeasured(cause, out);
            }
        };
        if self.order.form.is_relative() {
            out.baseline = start.as_ref().ok().and_then(|s| s.observation.clone());
        }
        if aim.side != Side::Within {
            out.reach = Some(aim.value);
            out.threshold = start.as_ref().map(|s| reach.from(s.printed)).ok().or(match reach {
                Reach::Fixed(value) => Some(value),
                Reach::Multiple(_) => None,
            });
        }
        if picked.newest.is_none() {
            return self.unmeasured(self.nothing(), out);
        }
        if let Deadline::In(period) = self.order.deadline {
            return self.judge_in(period, aim, start.as_ref(), &picked, out);
        }
        // A result of a later day says more than a forecast for the day itself.
        let at =
            picked.at.filter(|at| at.stage == Stage::Final || picked.after.is_none_or(|e| e.stage != Stage::Final));
        if let Some(figure) = at.or(picked.after).map(|e| e.observation) {
            out.cause = if at.is_some() { Cause::AtDeadline } else { Cause::AfterDeadline };
            out.observed = Some(Arc::clone(figure));
            if self.is_foretold(figure) {
                out.due = Some(self.cadence.publication(deadline.end()));
                return self.before_deadline(start, aim, reach, figure, out);
            }
            if let Some(broken) = self.definition_changed(start.as_ref(), figure, false) {
                return self.unmeasured(broken, out);
            }
            out.verdict = decided(aim.answer(Interval::of(figure)));
            self.place(start.as_ref().ok(), aim, reach, figure, out);
            self.awaits_result(figure, out);
            return;
        }
        let Some(figure) = picked.before.map(|e| e.observation) else {
            out.observed = picked.newest.map(|e| Arc::clone(e.observation));
            return self.unmeasured(Cause::OtherLengths, out);
        };
        out.observed = Some(Arc::clone(figure));
        out.due = self.cadence.after(figure.period);
        self.before_deadline(start, aim, reach, figure, out);
        self.overdue(out);
    }

    /// The very period asked for, and nothing else.
    fn judge_in(
        &self,
        period: Period,
        aim: Aim,
        start: Result<&Start, &Cause>,
        picked: &Picked<'_>,
        out: &mut TargetVerdict,
    ) {
        if let Some(figure) = picked.at.filter(|e| e.period == period).map(|e| e.observation) {
            out.cause = Cause::AtDeadline;
            out.observed = Some(Arc::clone(figure));
            if let Some(broken) = self.definition_changed(start, figure, false) {
                return self.unmeasured(broken, out);
            }
            let answer = aim.answer(Interval::of(figure));
            if self.is_foretold(figure) {
                out.cause = Cause::Foretold;
                out.verdict = kept(answer);
                out.due = Some(self.cadence.publication(period.end()));
                return;
            }
            out.verdict = decided(answer);
            self.awaits_result(figure, out);
            return;
        }
        out.cause = Cause::NotOut;
        out.observed = picked.newest.map(|e| Arc::clone(e.observation));
        out.due = Some(self.cadence.publication(period.end()));
        self.overdue(out);
    }

    /// The newest figure describes a time before the deadline: reached already, or somewhere on the path.
    fn before_deadline(
        &self,
        start: Result<Start, Cause>,
        aim: Aim,
        reach: Reach,
        figure: &Arc<Observation>,
        out: &mut TargetVerdict,
    ) {
        // A starting value younger than the newest figure is the newer news; the old figure reached nothing.
        if let Some(start) = start.as_ref().ok().filter(|s| figure.period.end() < s.at) {
            let no_length = start.at >= self.order.deadline.period().end();
            return self.unmeasured(if no_length { Cause::NoPathLength } else { Cause::BeforeStart }, out);
        }
        let answer = aim.answer(Interval::of(figure));
        // An absolute level stays comparable with itself; only the way from the old start is lost.
        let needs_start = aim.side != Side::Within && answer != Answer::Yes;
        if let Some(broken) = self.definition_changed(start.as_ref(), figure, needs_start) {
            return self.unmeasured(broken, out);
        }
        if self.order.form == Form::Hold || aim.side == Side::Within {
            out.cause = Cause::Kept;
            out.verdict = kept(answer);
            return;
        }
        if answer == Answer::Yes {
            out.cause = Cause::Reached;
            out.verdict = Verdict::MetEarly;
            self.place(start.as_ref().ok(), aim, reach, figure, out);
            return;
        }
        let start = match start {
            Ok(start) => start,
            Err(cause) => return self.unmeasured(cause, out),
        };
        if path::is_flat(aim, reach, &start) {
            out.cause = Cause::FellBack;
            out.verdict = kept(answer);
            return;
        }
        if figure.period.end() <= start.at {
            return self.unmeasured(Cause::AtStart, out);
        }
        self.place(Some(&start), aim, reach, figure, out);
        out.cause = Cause::OnPath;
        out.verdict = match &out.path {
            Some(point) => path::light(point.lag, self.lights),
            None => Verdict::Undecidable,
        };
    }

    fn pick(&self, deadline: Period) -> Picked<'_> {
        let mut picked = Picked::default();
        let Some(series) = self.series else { return picked };
        let order = self.order;
        let strict = match (order.nature, order.length) {
            (Nature::Flow, Some(_)) => true,
            (Nature::Rate, Some(length)) => series.whole(self.as_of).any(|o| o.period.length() == length),
            _ => false,
        };
        for figure in series.whole(self.as_of) {
            picked.newest = Some(figure);
            if strict && order.length != Some(figure.period.length()) {
                continue;
            }
            let end = figure.period.end();
            let exact = |e: &Entry<'_>| e.period == deadline;
            if end < deadline.end() {
                picked.before = Some(figure);
            } else if end == deadline.end() {
                picked.at = picked.at.filter(exact).or(Some(figure));
            } else if order.nature != Nature::Flow && picked.after.is_none_or(|first| first.period.end() == end) {
                picked.after = Some(figure);
            }
        }
        picked
    }

    /// Where the path starts: as the plan says, or (for drawing a path only) the newest final figure of the year
    /// before the plan.
    fn start(&self, relative: bool) -> Result<Start, Cause> {
        let observed = |entry: Entry<'_>| Start {
            period: entry.period,
            at: entry.period.end(),
            printed: entry.observation.value,
            value: Interval::of(entry.observation),
            observation: Some(Arc::clone(entry.observation)),
        };
        if let Some(baseline) = self.order.baseline {
            let (period, at) = (baseline.period, baseline.period.end());
            if let Some(value) = baseline.value {
                let exact = Interval::exact(value);
                return Ok(Start { period, at, printed: value, value: exact, observation: None });
            }
            let mut same_end = None;
            for figure in self.series.into_iter().flat_map(|s| s.whole(self.as_of)) {
                if figure.period == period {
                    return Ok(observed(figure));
                }
                if self.order.nature == Nature::Stock && figure.period.end() == at {
                    same_end = Some(figure);
                }
            }
            return same_end.map(observed).ok_or(Cause::BaselineNotObserved);
        }
        let from = self.order.plan_from.filter(|_| !relative).ok_or(Cause::NoPathStart)?;
        let year_before = from.saturating_sub(jiff::Span::new().years(1));
        let fits = |o: &Entry<'_>| {
            let end = o.period.end();
            let comparable =
                self.order.nature == Nature::Stock || self.order.length.is_none_or(|l| l == o.period.length());
            o.stage == Stage::Final && end >= year_before && end < from && comparable
        };
        let found = self.series.and_then(|s| s.whole(self.as_of).filter(fits).last());
        found.map(observed).ok_or(Cause::NoPathStart)
    }

    /// The number to reach, by itself and as a function of the start.
    fn aim(&self, start: Result<&Start, &Cause>, deadline: Period) -> Result<(Aim, Reach), Cause> {
        let aim = |value| Aim { side: self.order.side, value };
        let fixed = |value: f64| Ok((aim(Interval::exact(value)), Reach::Fixed(value)));
        let factor = match self.order.form {
            Form::AtLeast(v) | Form::AtMost(v) | Form::RankAtMost(v) => return fixed(v),
            Form::Cumulative { total, .. } => return fixed(total),
            Form::CoverAll => return fixed(100.0),
            Form::Between(low, high) => return Ok((aim(Interval { low, high }), Reach::Multiple(1.0))),
            Form::Hold => 1.0,
            Form::TimesBaseline(times) => times,
            Form::GrowthPerYear(percent) => {
                let years = start.map_or(0.0, |s| crate::period::years_between(s.at, deadline.end()));
                (1.0 + percent / 100.0).powf(years)
            }
        };
        let start = start.map_err(|cause| *cause)?;
        if self.order.form != Form::Hold && start.value.low <= 0.0 {
            return Err(if start.value.high > 0.0 { Cause::BaselineOpen } else { Cause::BaselineNotPositive });
        }
        if !factor.is_finite() {
            return Err(Cause::BadNumber);
        }
        // Not `times` for `hold`: a negative starting value is one, too.
        let value = if factor == 1.0 { start.value } else { start.value.times(factor) };
        Ok((aim(value), Reach::Multiple(factor)))
    }

    /// A change of definition between start and figure, where the comparison needs both.
    fn definition_changed(
        &self,
        start: Result<&Start, &Cause>,
        figure: &Observation,
        needs_start: bool,
    ) -> Option<Cause> {
        let start = start.ok().filter(|_| needs_start || self.order.form.is_relative())?;
        self.broken_between(start, figure).map(Cause::DefinitionChanged)
    }

    fn broken_between(&self, start: &Start, figure: &Observation) -> Option<Period> {
        let series = self.series.filter(|s| s.breaks)?;
        let end = figure.period.end();
        let between = |e: &Entry<'_>| e.observation.breaks && e.period.end() > start.at && e.period.end() <= end;
        series.whole(self.as_of).find(between).map(|o| o.period)
    }

    /// Notes the place on the path, where there is one.
    fn place(&self, start: Option<&Start>, aim: Aim, reach: Reach, figure: &Observation, out: &mut TargetVerdict) {
        let deadline = self.order.deadline.period().end();
        let Some(start) = start.filter(|s| s.at < deadline && s.at <= figure.period.end()) else { return };
        if aim.side == Side::Within || self.order.form == Form::Hold || self.broken_between(start, figure).is_some() {
            return;
        }
        let value = Interval::of(figure);
        let position = Position { on: figure.period.end(), deadline, printed: figure.value, value };
        out.path = path::locate(self.order.form, aim.side, reach, start, position);
        if out.path.is_some() {
            out.baseline.clone_from(&start.observation);
        }
    }
}
