//! Days of the calendar, as far as timetables need them.

/// A day, counted from 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(i32);

impl Date {
    /// Reads `2019-05-13` or `20190513`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = match text.len() {
            10 => {
                let mut parts = text.split('-');
                let whole = [parts.next()?, parts.next()?, parts.next()?];
                whole.map(str::len).eq(&[4, 2, 2]).then(|| whole.concat())?
            }
            _ => text.to_owned(),
        };
        if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number: i32 = digits.parse().ok()?;
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + i32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        (1..=days).contains(&day).then(|| Self::new(year, month, day))
    }

    /// Years begin in March here, so that the day that leap years add is their last.
    fn new(year: i32, month: i32, day: i32) -> Self {
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        Self(365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468)
    }

    /// The day so many days later.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// 0 is Monday, 6 Sunday.
    #[must_use]
    pub fn weekday(self) -> usize {
        (self.0 + 3).rem_euclid(7) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    /// Days of the week as calendars have them.
    #[test]
    fn days_follow_each_other() {
        let known = [
            ("1970-01-01", 3),
            ("20190513", 0),
            ("2000-02-29", 1),
            ("1999-12-31", 4),
            ("2024-02-29", 3),
            ("20260101", 3),
        ];
        for (text, weekday) in known {
            assert_eq!(Date::parse(text).map(Date::weekday), Some(weekday), "{text}");
        }
        assert_eq!(Date::parse("20240228").map(|date| date.plus(2)), Date::parse("2024-03-01"));
        assert_eq!(Date::parse("20231231").map(|date| date.plus(1)), Date::parse("2024-01-01"));
        for text in ["20190229", "2019-5-13", "2019051", "", "2019-13-01", "20190500", "甲乙丙", "1900-02-29"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
