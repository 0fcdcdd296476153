//! The path a target is expected to follow, and how far behind it an observation lies.

use std::sync::Arc;

use super::interval::{Aim, Interval, Side, below};
use super::{PathPoint, Verdict};
use crate::model::{Form, LightRule, Observation};
use crate::period::years_between;
use crate::{Date, Period};

/// Where the path starts.
#[derive(Debug, Clone)]
pub(super) struct Start {
    /// Period of the starting value.
    pub(super) period: Period,
    /// Day the path starts on.
    pub(super) at: Date,
    /// Starting value as printed.
    pub(super) printed: f64,
    /// Everything the printed value can stand for.
    pub(super) value: Interval,
    /// The observation it comes from; `None` when the plan states it.
    pub(super) observation: Option<Arc<Observation>>,
}

/// A value judged against the path on a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Position {
    /// Day the value describes.
    pub(super) on: Date,
    /// Day the target is due.
    pub(super) deadline: Date,
    /// Value as printed.
    pub(super) printed: f64,
    /// Everything it can stand for.
    pub(super) value: Interval,
}

/// The number to reach as a function of the starting value: fixed, or a multiple of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reach {
    Fixed(f64),
    Multiple(f64),
}

impl Reach {
    pub(super) fn from(self, base: f64) -> f64 {
        match self {
            Reach::Fixed(value) => value,
            Reach::Multiple(factor) => factor * base,
        }
    }
}

/// Share of the way from start to target that should be behind on a day: linear in time, for growth per year
/// along the curve of constant growth.
pub(super) fn expected_share(form: Form, start: Date, on: Date, deadline: Date) -> f64 {
    let (elapsed, total) = (years_between(start, on), years_between(start, deadline));
    let share = match form {
        Form::GrowthPerYear(percent) => {
            let rate = (percent / 100.0).ln_1p();
            (rate * elapsed).exp_m1() / (rate * total).exp_m1()
        }
        _ => elapsed / total,
    };
    share.clamp(0.0, 1.0)
}

/// The place on the path, or `None` when the starting value already lies at or beyond the target, so that there
/// is no way to go and no share of it.
pub(super) fn locate(form: Form, side: Side, reach: Reach, start: &Start, position: Position) -> Option<PathPoint> {
    let share = expected_share(form, start.at, position.on, position.deadline);
    let target = reach.from(start.printed);
    let lag = |value: f64, base: f64| lag(side, value, base, reach.from(base), share);
    let lag_pp = lag(position.printed, start.printed);
    if !lag_pp.is_finite() || !share.is_finite() {
        return None;
    }
    Some(PathPoint {
        start: start.period,
        base: start.printed,
        base_observed: start.observation.is_some(),
        expected: start.printed + (target - start.printed) * share,
        lag_pp,
        lag: corners(position.value, start.value, lag),
    })
}

/// The lag is monotone in the value for a fixed start and monotone in the start for a fixed value, so its
/// extremes over all they can stand for lie at the corners. A corner that is not a number (a start without
/// bound) leaves everything open.
fn corners(value: Interval, base: Interval, lag: impl Fn(f64, f64) -> f64) -> Interval {
    let all =
        [lag(value.low, base.low), lag(value.low, base.high), lag(value.high, base.low), lag(value.high, base.high)];
    if all.iter().any(|x| x.is_nan()) {
        return Interval::UNKNOWN;
    }
    Interval {
        low: all.iter().copied().fold(f64::INFINITY, f64::min),
        high: all.iter().copied().fold(f64::NEG_INFINITY, f64::max),
    }
}

/// Percentage points of the path by which `value` lags; infinite when the start is at or beyond the target.
fn lag(side: Side, value: f64, base: f64, target: f64, share: f64) -> f64 {
    let sign = if side == Side::Most { -1.0 } else { 1.0 };
    let (value, base, target) = (sign * value, sign * base, sign * target);
    if !below(base, target) {
        return if below(value, target) { f64::INFINITY } else { f64::NEG_INFINITY };
    }
    100.0 * (share - (value - base) / (target - base))
}

/// True when no starting value that is possible leaves a way to go.
pub(super) fn is_flat(aim: Aim, reach: Reach, start: &Start) -> bool {
    let beyond = |base: f64| match aim.side {
        Side::Most => !below(reach.from(base), base),
        _ => !below(base, reach.from(base)),
    };
    beyond(start.value.low) && beyond(start.value.high)
}

/// The verdict of a lag by the light rule. A lag is a difference of quotients of published figures: its rounding
/// error is far below a billionth of a point, any lag that somebody could mean is far above. So a lag that close
/// to a border is on it (60 % expected, 50 % reached is a lag of 10, though the computer says 9.999999999999998).
pub(super) fn light(lag: Interval, rule: LightRule) -> Verdict {
    let snap = |x: f64, border: f64| if (x - border).abs() <= 1e-9 * border.abs().max(1.0) { border } else { x };
    if snap(lag.high, rule.slipping_from_pp) < rule.slipping_from_pp {
        Verdict::OnTrack
    } else if snap(lag.low, rule.off_track_above_pp) > rule.off_track_above_pp {
        Verdict::OffTrack
    } else if snap(lag.low, rule.slipping_from_pp) >= rule.slipping_from_pp
        && snap(lag.high, rule.off_track_above_pp) <= rule.off_track_above_pp
    {
        Verdict::Slipping
    } else {
        Verdict::Undecidable
    }
}
