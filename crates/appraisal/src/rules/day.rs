//! A day of the calendar.

use std::fmt;

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Year.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl Day {
    /// The day after it.
    #[must_use]
    pub fn next(self) -> Self {
        let long = [31, if self.leap() { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let length = long.get(usize::from(self.month).saturating_sub(1)).copied().unwrap_or(31);
        match (self.day < length, self.month < 12) {
            (true, _) => Self { day: self.day + 1, ..self },
            (false, true) => Self { day: 1, month: self.month + 1, ..self },
            (false, false) => Self { day: 1, month: 1, year: self.year.saturating_add(1) },
        }
    }

    fn leap(self) -> bool {
        self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400))
    }

    /// Whole months from this day to a later one; 0 where it is not later.
    #[must_use]
    pub fn months_until(self, later: Self) -> u32 {
        let months = |day: Self| i64::from(day.year) * 12 + i64::from(day.month);
        let begun = months(later) - months(self) - i64::from(later.day < self.day);
        u32::try_from(begun).unwrap_or(0)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl std::str::FromStr for Day {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.trim().splitn(3, '-').map(|part| part.parse::<u16>().map_err(|_| ()));
        let mut part = || parts.next().unwrap_or(Err(()));
        let (year, month, day) = (part()?, part()?, part()?);
        let (month, day) = (u8::try_from(month).map_err(|_| ())?, u8::try_from(day).map_err(|_| ())?);
        let first = Self { year, month, day: 1 };
        let known = (1..=12).contains(&month) && day >= 1;
        // The day before it must be followed by it.
        let there = day == 1 || Self { day: day.saturating_sub(1), ..first }.next() == Self { day, ..first };
        if known && there { Ok(Self { day, ..first }) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn days_follow_each_other() {
        for (before, after) in [
            ("2023-02-28", "2023-03-01"),
            ("2024-02-28", "2024-02-29"),
            ("1900-02-28", "1900-03-01"),
            ("2022-12-31", "2023-01-01"),
        ] {
            assert_eq!(day(before).next(), day(after));
        }
        for wrong in ["2023-02-29", "2023-13-01", "2023-00-01", "2023-01-00", "2023-1", "x", "2023-01-32"] {
            assert!(wrong.parse::<Day>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn months_are_whole_ones() {
        assert_eq!(day("2020-03-01").months_until(day("2025-03-01")), 60);
        assert_eq!(day("2020-03-02").months_until(day("2025-03-01")), 59);
        assert_eq!(day("2025-03-01").months_until(day("2020-03-01")), 0);
    }
}
