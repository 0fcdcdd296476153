//! One target in one area on one day, and what every rule does with it.

use super::calendar::Cadence;
use super::cause::Cause;
use super::interval::Answer;
use super::series::Series;
use super::task::Order;
use super::{TargetVerdict, Verdict};
use crate::Date;
use crate::model::{LightRule, Observation, Stage};

/// One target in one area on one day.
pub(super) struct Case<'a> {
    pub(super) order: &'a Order<'a>,
    pub(super) as_of: Date,
    pub(super) lights: LightRule,
    pub(super) series: Option<&'a Series>,
    pub(super) cadence: Cadence,
}

impl Case<'_> {
    /// Old data decide nothing; what they said is kept.
    pub(super) fn overdue(&self, out: &mut TargetVerdict) {
        if out.due.is_some_and(|due| self.as_of > due.limit) {
            out.was = Some(out.verdict).filter(|v| *v != Verdict::Unmeasured);
            out.verdict = Verdict::Stale;
        }
    }

    /// True for a forecast of a period that has not passed: it says what may come, not what is.
    pub(super) fn is_foretold(&self, figure: &Observation) -> bool {
        figure.stage == Stage::Forecast && self.as_of <= figure.period.end()
    }

    /// What a forecast decided waits for the result, and is out of date when that is overdue.
    pub(super) fn awaits_result(&self, figure: &Observation, out: &mut TargetVerdict) {
        if figure.stage == Stage::Forecast {
            out.due = Some(self.cadence.publication(figure.period.end()));
            self.overdue(out);
        }
    }

    pub(super) fn unmeasured(&self, cause: Cause, out: &mut TargetVerdict) {
        out.verdict = Verdict::Unmeasured;
        out.cause = cause;
    }

    /// Why a series gives no figure at all.
    pub(super) fn nothing(&self) -> Cause {
        let partial = self.series.is_some_and(|s| s.known(self.as_of).next().is_some());
        if partial { Cause::OnlyPartial } else { Cause::NoObservation }
    }
}

/// What an answer means once the deadline has passed.
pub(super) fn decided(answer: Answer) -> Verdict {
    match answer {
        Answer::Yes => Verdict::Met,
        Answer::No => Verdict::Missed,
        Answer::Unclear => Verdict::Undecidable,
    }
}

/// What an answer means for a state to be kept until the deadline.
pub(super) fn kept(answer: Answer) -> Verdict {
    match answer {
        Answer::Yes => Verdict::OnTrack,
        Answer::No => Verdict::OffTrack,
        Answer::Unclear => Verdict::Undecidable,
    }
}
