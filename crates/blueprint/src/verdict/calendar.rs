//! When the next figure of an indicator is due, and when it is overdue.

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
    /// that is shorter (months of a yearly indicator). A figure of one day, or of one year of what is counted every
    /// five or ten years, tells nothing about the rhythm; the indicator's frequency stands.
    pub(super) fn after(self, period: Period) -> Option<Due> {
        let next = match (self.frequency, self.frequency.months(), period.length().months()) {
            (Frequency::Once, ..) => return None,
            (_, None, _) => period.end().tomorrow().unwrap_or(Date::MAX),
            (_, Some(frequency @ 13..), _) => add_months(period.end(), frequency),
            (_, Some(frequency), own) => add_months(period.end(), frequency.min(own.unwrap_or(frequency))),
        };
        Some(self.publication(next))
    }
}

/// `months` after the end of a period; the end of a month stays the end of a month. By hand, because this runs
/// for every verdict and a calendar library's general spans cost more than the rest of the judgement.
fn add_months(end: Date, months: i32) -> Date {
    let later = || {
        let after = end.tomorrow().ok()?;
        let count = i32::from(after.year()) * 12 + i32::from(after.month()) - 1 + months;
        let year = i16::try_from(count.div_euclid(12)).ok()?;
        let first = Date::new(year, i8::try_from(count.rem_euclid(12)).ok()? + 1, 1).ok()?;
        let day = after.day().min(first.days_in_month());
        Date::new(year, first.month(), day).ok()?.yesterday().ok()
    };
    later().unwrap_or(Date::MAX)
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn ends_of_months_stay_ends_of_months() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        for (end, months, want) in [
            ("2024-12-31", 12, "2025-12-31"),
            ("2024-12-31", 18, "2026-06-30"),
            ("2025-06-30", 21, "2027-03-31"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2025-01-30", 1, "2025-02-27"),
            ("2025-06-15", 6, "2025-12-15"),
            ("9999-06-30", 12, "9999-12-31"),
        ] {
            assert_eq!(add_months(day(end), months), day(want), "{end} + {months}");
        }
    }
}
