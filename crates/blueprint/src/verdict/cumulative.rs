//! Sums over periods. A flow that is never negative only adds up: a missing period or one covered in part makes
//! the sum a lower bound, and a total once reached stays reached, however old the data are.
//!
//! `in` reads as `by` here: a sum is asked for at the end of its last period.

use std::sync::Arc;

use super::case::{Case, decided};
use super::cause::Cause;
use super::interval::{Aim, Answer, Interval, Side};
use super::path::{self, Position, Reach, Start};
use super::{TargetVerdict, Verdict};
use crate::model::{Form, Observation, Stage};
use crate::{Date, Period};

/// Longest run of periods that is counted through: two hundred years of months.
const MOST_PERIODS: usize = 2_400;

/// The sum up to the last full figure, and all that is known of the rest.
struct Sum {
    /// Sum through the last full figure, what is missing before it included.
    through: Interval,
    /// As printed.
    printed: f64,
    /// Last full figure.
    newest: Option<Arc<Observation>>,
    /// Periods without a full figure before it.
    missing: Vec<Period>,
    /// Least the sum can be by everything known, parts of periods included.
    least: f64,
    /// True when the last full figure ends with the deadline.
    complete: bool,
}

pub(super) fn judge(case: &Case<'_>, total: f64, since: Period, out: &mut TargetVerdict) {
    let deadline = case.order.deadline.period().end();
    let aim = Aim { side: Side::Least, value: Interval::exact(total) };
    out.threshold = Some(total);
    out.reach = Some(aim.value);
    let Some(sum) = add_up(case, since, deadline) else {
        return case.unmeasured(Cause::BadSpan, out);
    };
    let rest = Interval { low: sum.least, high: f64::INFINITY };
    let reached = aim.answer(rest) == Answer::Yes;
    out.missing = sum.missing;
    out.observed = sum
        .newest
        .clone()
        .or_else(|| case.series.and_then(|s| s.whole(case.as_of).last().map(|e| Arc::clone(e.observation))));
    out.sum = sum.newest.as_ref().map(|_| sum.through).or((sum.least > 0.0).then_some(rest));

    let start = Start {
        period: since,
        at: since.start().yesterday().unwrap_or(since.start()),
        printed: 0.0,
        value: Interval::exact(0.0),
        observation: None,
    };
    if let Some(newest) = &sum.newest {
        let on = newest.period.end();
        let position = Position { on, deadline, printed: sum.printed, value: sum.through };
        out.path = path::locate(case.order.form, Side::Least, Reach::Fixed(total), &start, position);
    }
    if let Some(last) = sum.newest.as_ref().filter(|last| sum.complete && !case.is_foretold(last)) {
        out.cause = Cause::AtDeadline;
        out.verdict = decided(aim.answer(sum.through));
        return case.awaits_result(last, out);
    }
    if reached {
        out.cause = Cause::Reached;
        out.verdict = Verdict::MetEarly;
        out.sum = Some(rest);
        return;
    }
    let Some(newest) = sum.newest else {
        out.cause = if out.observed.is_some() { Cause::NotOut } else { case.nothing() };
        out.due = Some(case.cadence.publication(since.end()));
        if out.observed.is_some() {
            case.overdue(out);
        }
        return;
    };
    out.cause = Cause::OnPath;
    out.verdict = out.path.as_ref().map_or(Verdict::Undecidable, |point| path::light(point.lag, case.lights));
    out.due = case.cadence.after(newest.period);
    case.overdue(out);
}

/// `None` when the periods cannot be counted through.
fn add_up(case: &Case<'_>, since: Period, deadline: Date) -> Option<Sum> {
    let known: Vec<&Arc<Observation>> = case.series.into_iter().flat_map(|s| s.known(case.as_of)).collect();
    // Nothing declares a flow to be free of negatives; a series without one is taken at its word.
    let grows = known.iter().all(|o| Interval::of(o).low >= 0.0);
    let zero = Interval::exact(0.0);
    let mut sum = Sum { through: zero, printed: 0.0, newest: None, missing: Vec::new(), least: 0.0, complete: false };
    let (mut running, mut printed, mut gaps) = (zero, 0.0, Vec::new());
    let mut at = Some(since);
    let mut count = 0;
    while let Some(period) = at.filter(|p| p.end() <= deadline) {
        count += 1;
        if count > MOST_PERIODS {
            return None;
        }
        match known.iter().find(|o| o.period == period && o.stage != Stage::Partial) {
            Some(figure) => {
                running = running + Interval::of(figure);
                printed += figure.value;
                sum.newest = Some(Arc::clone(figure));
                sum.through = running;
                sum.printed = printed;
                sum.missing.append(&mut gaps);
                sum.complete = period.end() == deadline;
            }
            None => {
                gaps.push(period);
                let low = if grows { least_within(&known, period) } else { f64::NEG_INFINITY };
                running = running + Interval { low, high: f64::INFINITY };
            }
        }
        at = period.next();
    }
    sum.least = running.low;
    Some(sum)
}

/// The most that any figure inside a period proves of it: the sum of a quarter is at least that of its best month.
fn least_within(known: &[&Arc<Observation>], period: Period) -> f64 {
    let inside = |o: &&&Arc<Observation>| o.period.start() >= period.start() && o.period.end() <= period.end();
    known.iter().filter(inside).map(|o| Interval::of(o).low).fold(0.0, f64::max)
}

/// Used by the sentences: the periods a sum runs over, in words of the plan.
pub(super) fn since(form: Form) -> Option<Period> {
    match form {
        Form::Cumulative { since, .. } => Some(since),
        _ => None,
    }
}
