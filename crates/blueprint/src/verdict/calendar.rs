//! When the next figure of an indicator is due, and when it is overdue.

use jiff::ToSpan;

use crate::model::{Calendar, Indicator};
use crate::{Date, Frequency, Period};

/// When a figure should be out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Day it is expected by.
    pub expected: Date,
    /// Last day of patience; after it the data are overdue.
    pub limit: Date,
}

/// The rhythm of one indicator: its own, or the city's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cadence {
    frequency: Frequency,
    lag: i32,
    grace: i32,
}

impl Cadence {
    pub(super) fn of(indicator: &Indicator, calendar: Calendar) -> Cadence {
        Cadence {
            frequency: indicator.frequency.unwrap_or(calendar.frequency),
            lag: i32::from(indicator.lag_months.unwrap_or(calendar.lag_months)),
            grace: i32::from(calendar.grace_months),
        }
    }

    /// Publication of the figure of a period that ends on `end`.
    pub(super) fn publication(self, end: Date) -> Due {
        Due { expected: add_months(end, self.lag), limit: add_months(end, self.lag + self.grace) }
    }

    /// Publication of the figure that follows the one of `period`; `None` for what is published once.
    ///
    /// The next figure describes the next period of the indicator's frequency, or of the figure's own length when
    /// that is shorter (months of a yearly indicator). A figure of one day tells nothing about the rhythm, so the
    /// indicator's frequency stands.
    pub(super) fn after(self, period: Period) -> Option<Due> {
        let next = match (self.frequency, self.frequency.months(), period.length().months()) {
            (Frequency::Once, ..) => return None,
            (_, None, _) => period.end().tomorrow().unwrap_or(Date::MAX),
            (_, Some(frequency), own) => add_months(period.end(), frequency.min(own.unwrap_or(frequency))),
        };
        Some(self.publication(next))
    }
}

/// `months` after the end of a period; the end of a month stays the end of a month.
fn add_months(end: Date, months: i32) -> Date {
    let day_after = || end.tomorrow().ok()?.checked_add(months.months()).ok()?.yesterday().ok();
    day_after().unwrap_or(Date::MAX)
}
