//! Which services run on which days: `calendar.txt` and `calendar_dates.txt`.

use std::collections::HashMap;

use super::date::Date;
use super::told::Told;
use crate::diagnostic::{Code, Diagnostic};

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The days of some trips.
#[derive(Clone, Debug, Default)]
pub(super) struct Service {
    /// First and last day, and the days of the week from Monday on.
    weeks: Vec<(Date, Date, [bool; 7])>,
    added: Vec<Date>,
    removed: Vec<Date>,
}

impl Service {
    pub(super) fn runs(&self, date: Date) -> bool {
        let weekly = |(from, to, days): &(Date, Date, [bool; 7])| {
            (*from..=*to).contains(&date) && days.get(date.weekday()) == Some(&true)
        };
        // An exception of the day goes before the week.
        self.added.contains(&date) || (!self.removed.contains(&date) && self.weeks.iter().any(weekly))
    }
}

/// Services by number, and the number of each name.
#[derive(Default)]
pub(super) struct Services {
    pub(super) all: Vec<Service>,
    pub(super) numbers: HashMap<String, u32>,
}

impl Services {
    fn named(&mut self, name: &str) -> Option<&mut Service> {
        let next = self.all.len() as u32;
        let number = *self.numbers.entry(name.to_owned()).or_insert(next);
        if number == next {
            self.all.push(Service::default());
        }
        self.all.get_mut(number as usize)
    }
}

pub(super) fn services(calendar: Option<&str>, dates: Option<&str>, told: &mut Told) -> Services {
    let mut found = Services::default();
    if calendar.is_none() && dates.is_none() {
        let (zh, en) = (
            "没有 calendar.txt，也没有 calendar_dates.txt；不知道哪天有车，班次都没有用",
            "there is neither calendar.txt nor calendar_dates.txt; the days of the trips are not known, and none is used",
        );
        told.push("calendar.txt", Diagnostic::error(Code::NoService, 0, zh, en));
    }
    weeks(calendar.unwrap_or_default(), &mut found, told);
    exceptions(dates.unwrap_or_default(), &mut found, told);
    found
}

fn weeks(text: &str, found: &mut Services, told: &mut Told) {
    const FILE: &str = "calendar.txt";
    let [a, b, c, d, e, f, g] = DAYS;
    let columns = ["service_id", "start_date", "end_date", a, b, c, d, e, f, g];
    if text.is_empty() {
        return;
    }
    let Some((table, [name, start, end, days @ ..])) = told.table(FILE, text, columns) else { return };
    table.each(|row| {
        let (Some(from), Some(to)) = (Date::parse(row.get(start)), Date::parse(row.get(end))) else {
            return told.push(FILE, bad_date(row.line, &format!("{}–{}", row.get(start), row.get(end))));
        };
        if let Some(service) = found.named(row.get(name)) {
            service.weeks.push((from, to, days.map(|day| row.get(day) == "1")));
        }
    });
}

fn exceptions(text: &str, found: &mut Services, told: &mut Told) {
    const FILE: &str = "calendar_dates.txt";
    if text.is_empty() {
        return;
    }
    let columns = ["service_id", "date", "exception_type"];
    let Some((table, [name, date, kind])) = told.table(FILE, text, columns) else { return };
    table.each(|row| {
        let Some(day) = Date::parse(row.get(date)) else { return told.push(FILE, bad_date(row.line, row.get(date))) };
        let Some(service) = found.named(row.get(name)) else { return };
        match row.get(kind) {
            "1" => service.added.push(day),
            "2" => service.removed.push(day),
            other => told.push(
                FILE,
                Diagnostic::error(
                    Code::BadNumber,
                    row.line,
                    format!("exception_type 应为 1 或 2，而不是「{other}」；该行没有用"),
                    format!("exception_type must be 1 or 2, not `{other}`; the row is left out"),
                ),
            ),
        }
    });
}

fn bad_date(line: usize, found: &str) -> Diagnostic {
    Diagnostic::error(
        Code::BadTime,
        line,
        format!("日期应为 YYYYMMDD，而不是「{found}」；该行没有用"),
        format!("a date must be YYYYMMDD, not `{found}`; the row is left out"),
    )
}
