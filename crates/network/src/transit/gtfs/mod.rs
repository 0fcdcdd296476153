//! Feeds in the General Transit Feed Specification (GTFS), read from the texts of their files.
//!
//! Rows that cannot be used are left out and said; the rest is taken. The specification is at <https://gtfs.org>.

mod calendar;
mod date;
mod stops;
mod times;
mod told;
mod trips;

use calendar::{Service, services};
pub use date::Date;
pub use stops::{Change, Stop, Transfer};
pub use times::clock;
use told::Told;
pub use trips::{Call, Frequency, Trip};

use crate::diagnostic::{Code, Diagnostic};

/// Texts of the files of a feed; none where there is no such file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Texts<'a> {
    /// `stops.txt`
    pub stops: Option<&'a str>,
    /// `routes.txt`
    pub routes: Option<&'a str>,
    /// `trips.txt`
    pub trips: Option<&'a str>,
    /// `stop_times.txt`
    pub stop_times: Option<&'a str>,
    /// `calendar.txt`
    pub calendar: Option<&'a str>,
    /// `calendar_dates.txt`
    pub calendar_dates: Option<&'a str>,
    /// `frequencies.txt`
    pub frequencies: Option<&'a str>,
    /// `transfers.txt`
    pub transfers: Option<&'a str>,
}

impl<'a> Texts<'a> {
    /// Names of the files that are read.
    pub const FILES: [&'static str; 8] = [
        "stops.txt",
        "routes.txt",
        "trips.txt",
        "stop_times.txt",
        "calendar.txt",
        "calendar_dates.txt",
        "frequencies.txt",
        "transfers.txt",
    ];

    /// Texts in the order of [`Texts::FILES`].
    #[must_use]
    pub fn new(texts: [Option<&'a str>; 8]) -> Self {
        let [stops, routes, trips, stop_times, calendar, calendar_dates, frequencies, transfers] = texts;
        Self { stops, routes, trips, stop_times, calendar, calendar_dates, frequencies, transfers }
    }
}

/// What a feed says.
#[derive(Clone, Debug, Default)]
pub struct Feed {
    /// Stops and stations.
    pub stops: Vec<Stop>,
    /// Trips whose calls could be read.
    pub trips: Vec<Trip>,
    /// Calls of all trips, those of a trip after each other.
    pub calls: Vec<Call>,
    /// Trips that run again and again.
    pub frequencies: Vec<Frequency>,
    /// Changes that differ from the walk between the stops.
    pub transfers: Vec<Transfer>,
    services: Vec<Service>,
}

impl Feed {
    /// How many services run on a day.
    #[must_use]
    pub fn services_on(&self, date: Date) -> usize {
        self.services.iter().filter(|service| service.runs(date)).count()
    }

    /// Whether a trip runs on a day.
    #[must_use]
    pub fn runs(&self, trip: &Trip, date: Date) -> bool {
        self.services.get(trip.service as usize).is_some_and(|service| service.runs(date))
    }

    /// Calls of a trip in their order.
    #[must_use]
    pub fn calls_of(&self, trip: &Trip) -> &[Call] {
        self.calls.get(trip.calls.clone()).unwrap_or_default()
    }
}

/// Reads a feed.
#[must_use]
pub fn feed(texts: &Texts<'_>) -> (Feed, Vec<Diagnostic>) {
    let mut told = Told::default();
    let needed = [("stops.txt", texts.stops), ("trips.txt", texts.trips), ("stop_times.txt", texts.stop_times)];
    for (file, _) in needed.iter().filter(|(_, text)| text.is_none()) {
        told.push(file, Diagnostic::error(Code::NotAFeed, 0, format!("没有 {file}"), format!("there is no {file}")));
    }
    let [Some(stops), Some(trips), Some(stop_times)] = needed.map(|(_, text)| text) else {
        return (Feed::default(), told.finish());
    };
    let (stops, stop_numbers) = stops::stops(stops, &mut told);
    let services = services(texts.calendar, texts.calendar_dates, &mut told);
    let (mut trips, trip_numbers) = trips::trips(trips, texts.routes, &services.numbers, &mut told);
    let calls = times::calls(stop_times, &mut trips, &trip_numbers, (&stops, &stop_numbers), &mut told);
    let frequencies = trips::frequencies(texts.frequencies.unwrap_or_default(), &trip_numbers, &mut told);
    let transfers = stops::transfers(texts.transfers.unwrap_or_default(), &stop_numbers, &mut told);
    let read = Feed { stops, trips, calls, frequencies, transfers, services: services.all };
    if read.calls.is_empty() {
        let (zh, en) = ("没有读到可用的班次", "no trip that can be used was read");
        told.push("stop_times.txt", Diagnostic::error(Code::NotAFeed, 0, zh, en));
    }
    (read, told.finish())
}
