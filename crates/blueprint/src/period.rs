//! Calendar periods: the "when" of an observation, a baseline or a deadline.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
pub use jiff::civil::Date;

/// How often an indicator is published, and the length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
    /// One day.
    Day,
    /// One month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    Half,
    /// One year.
    Year,
    /// Five years: plan periods, economic censuses.
    FiveYears,
    /// Ten years: population censuses.
    TenYears,
    /// Published once; never outdated.
    Once,
}

impl Frequency {
    /// Every frequency with its word in files.
    pub const ALL: [(Frequency, &'static str); 8] = [
        (Frequency::Day, "day"),
        (Frequency::Month, "month"),
        (Frequency::Quarter, "quarter"),
        (Frequency::Half, "half"),
        (Frequency::Year, "year"),
        (Frequency::FiveYears, "5years"),
        (Frequency::TenYears, "10years"),
        (Frequency::Once, "once"),
    ];

    /// The word used in files.
    pub fn word(self) -> &'static str {
        Frequency::ALL.iter().find(|(f, _)| *f == self).map_or("year", |(_, word)| word)
    }

    /// The frequency of a word, if it is one.
    pub fn from_word(word: &str) -> Option<Frequency> {
        Frequency::ALL.iter().find(|(_, w)| *w == word).map(|(f, _)| *f)
    }

    /// Length in months; `None` for days and for what is published once.
    pub fn months(self) -> Option<i32> {
        match self {
            Frequency::Day | Frequency::Once => None,
            Frequency::Month => Some(1),
            Frequency::Quarter => Some(3),
            Frequency::Half => Some(6),
            Frequency::Year => Some(12),
            Frequency::FiveYears => Some(60),
            Frequency::TenYears => Some(120),
        }
    }
}

/// A span of days with a name: `2025`, `2025-H1`, `2025-Q3`, `2025-06`, `2025-06-30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    start: Date,
    end: Date,
    length: Frequency,
}

impl Period {
    /// The calendar year, `None` outside the years -9999 to 9999.
    pub fn year(year: i16) -> Option<Period> {
        Period::months(year, 1, Frequency::Year)
    }

    fn months(year: i16, month: i8, length: Frequency) -> Option<Period> {
        let start = Date::new(year, month, 1).ok()?;
        let end = start.checked_add(length.months()?.months()).ok()?.yesterday().ok()?;
        Some(Period { start, end, length })
    }

    /// First day.
    pub fn start(self) -> Date {
        self.start
    }

    /// Last day.
    pub fn end(self) -> Date {
        self.end
    }

    /// Day, month, quarter, half or year.
    pub fn length(self) -> Frequency {
        self.length
    }

    /// The period of the same length that follows, `None` at the end of the calendar.
    pub fn next(self) -> Option<Period> {
        let start = self.end.tomorrow().ok()?;
        match self.length {
            Frequency::Day => Some(Period { start, end: start, length: Frequency::Day }),
            length => Period::months(start.year(), start.month(), length),
        }
    }

    /// The year the period ends in.
    pub fn year_number(self) -> i16 {
        self.end.year()
    }

    /// Years from the end of `earlier` to the end of this period, by calendar months (days count as 1/365.25 year).
    pub fn years_since(self, earlier: Period) -> f64 {
        years_between(earlier.end, self.end)
    }
}

/// Years between two dates. Month ends count as whole months, so 2020-12-31 → 2023-12-31 is exactly 3.
pub(crate) fn years_between(from: Date, to: Date) -> f64 {
    let month_end = |d: Date| d.day() == d.days_in_month();
    if month_end(from) && month_end(to) {
        let months =
            (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month()) - i32::from(from.month());
        return f64::from(months) / 12.0;
    }
    let days = from.until(to).map_or(0, |span| span.get_days());
    f64::from(days) / 365.25
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Period) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// By end, then by start: a year comes after its own quarters.
impl Ord for Period {
    fn cmp(&self, other: &Period) -> std::cmp::Ordering {
        (self.end, other.start).cmp(&(other.end, self.start))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.start.year(), self.start.month());
        match self.length {
            Frequency::Half => write!(f, "{year}-H{}", (month + 5) / 6),
            Frequency::Quarter => write!(f, "{year}-Q{}", (month + 2) / 3),
            Frequency::Month => write!(f, "{year}-{month:02}"),
            Frequency::Day => write!(f, "{}", self.start),
            _ => write!(f, "{year}"),
        }
    }
}

/// The text is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a period: write 2025, 2025-H1, 2025-Q3, 2025-06 or 2025-06-30")]
pub struct NotAPeriod;

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Period, NotAPeriod> {
        let text = text.trim();
        if let Ok(day) = text.parse::<Date>()
            && text.len() == 10
        {
            return Ok(Period { start: day, end: day, length: Frequency::Day });
        }
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, rest),
            None => (text, ""),
        };
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAPeriod);
        }
        let year: i16 = year.parse().map_err(|_| NotAPeriod)?;
        let number = |digits: &str, max: i8| {
            let digits = Some(digits).filter(|d| d.bytes().all(|b| b.is_ascii_digit())).ok_or(NotAPeriod)?;
            digits.parse::<i8>().ok().filter(|n| (1..=max).contains(n)).ok_or(NotAPeriod)
        };
        let (month, length) = match rest.split_at_checked(1) {
            None if rest.is_empty() && text.len() == 4 => (1, Frequency::Year),
            Some(("H", half)) => (number(half, 2)? * 6 - 5, Frequency::Half),
            Some(("Q", quarter)) => (number(quarter, 4)? * 3 - 2, Frequency::Quarter),
            _ if rest.len() == 2 => (number(rest, 12)?, Frequency::Month),
            _ => return Err(NotAPeriod),
        };
        Period::months(year, month, length).ok_or(NotAPeriod)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_and_writes_back() {
        for text in ["2025", "2025-H2", "2025-Q3", "2025-06", "2025-06-30"] {
            assert_eq!(text.parse::<Period>().map(|p| p.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in ["", "25", "2025-", "2025-H3", "2025-Q0", "2025-13", "2025-02-30", "２０２５", "+025", "2025-+1"]
        {
            assert_eq!(text.parse::<Period>(), Err(NotAPeriod), "{text:?}");
        }
    }

    #[test]
    fn a_year_sorts_after_its_quarters() {
        let p = |t: &str| t.parse::<Period>().expect("a period");
        let mut all = [p("2025"), p("2025-Q4"), p("2025-12"), p("2024")];
        all.sort();
        assert_eq!(all.map(|p| p.to_string()), ["2024", "2025-12", "2025-Q4", "2025"]);
        assert_eq!(p("2026").years_since(p("2020")), 6.0);
        assert_eq!(p("2025-H1").years_since(p("2024")), 0.5);
    }
}
