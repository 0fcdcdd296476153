//! What runs around one period of one day, laid out for riding along.
//!
//! Trips of the days before whose times go beyond midnight are there, and those of the day after. Trips with the same stops
//! are one pattern; a trip that overtakes another, or is overtaken, goes into a further pattern of the same stops, so that
//! within a pattern the next trip is never the worse one.

use std::collections::{BTreeMap, BTreeSet};

use super::gtfs::{Call, Change, Date, Feed, Stop};
use crate::diagnostic::{Code, Diagnostic};

const DAY: i32 = 86_400;
/// Trips of so many days before can reach into a day: times go up to ten days, but nobody runs a bus that long.
const DAYS_BEFORE: i32 = 2;
/// Calls of all trips together; a headway of a second must not use up the memory.
const MOST_CALLS: usize = 10_000_000;
/// Patterns of the same stops among which one is looked for that a trip fits into.
const MOST_LANES: usize = 64;

/// A stop of a pattern, whether one can board there, and whether one can get off.
pub(crate) type Halt = (u32, bool, bool);
/// Arrival and departure at each stop of a trip.
type Times = Vec<(i32, i32)>;

/// Trips with the same stops in the order of their times.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    /// Where its stops begin.
    pub(crate) stops: usize,
    /// How many stops it has.
    pub(crate) length: usize,
    /// How many trips.
    pub(crate) trips: usize,
    /// How many trips the patterns before it have.
    pub(crate) first_trip: usize,
    /// Where its times begin.
    pub(crate) times: usize,
}

/// Timetables of some feeds around one period.
#[derive(Clone, Debug, Default)]
pub struct Timetable {
    /// Stops of all feeds; those of a feed after each other in its order. `station` counts within all of them.
    pub stops: Vec<Stop>,
    /// Changes that differ from walks: from, to, and what is said.
    pub changes: Vec<(u32, u32, Change)>,
    pub(crate) patterns: Vec<Pattern>,
    /// Trips of all patterns.
    pub(crate) trips: usize,
    /// Stops of patterns, with whether one can board and get off.
    pub(crate) pattern_stops: Vec<Halt>,
    /// Arrivals, trip by trip: `times + trip · length + position`.
    pub(crate) arrivals: Vec<i32>,
    /// Departures, position by position: `times + position · trips + trip`.
    pub(crate) departures: Vec<i32>,
    /// For each stop the patterns that can be boarded there, with the positions.
    pub(crate) at_stop: Vec<Vec<(u32, u32)>>,
    /// For each stop when something departs from it, in order.
    pub(crate) events: Vec<Vec<i32>>,
    /// The last of them; before all times where nothing ever departs.
    pub(crate) last_events: Vec<i32>,
}

/// What is in a timetable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Services of the day itself.
    pub services: usize,
    /// Routes of the day itself.
    pub routes: usize,
    /// Trips of the day itself, those of frequencies as often as they run.
    pub trips: usize,
}

impl Timetable {
    /// What runs on `date` between two times, seconds after its midnight.
    #[must_use]
    pub fn new(feeds: &[Feed], date: Date, period: (i32, i32)) -> (Self, Counts, Vec<Diagnostic>) {
        let (mut found, mut counts, mut problems) = (Self::default(), Counts::default(), Vec::new());
        let mut running = Running { date, period, left: MOST_CALLS, full: false, trips: BTreeMap::new() };
        for feed in feeds {
            let base = found.stops.len() as u32;
            let station = |stop: &Stop| stop.station.map(|station| station + base);
            found.stops.extend(feed.stops.iter().map(|stop| Stop { station: station(stop), ..stop.clone() }));
            found.changes.extend(feed.transfers.iter().map(|row| (row.from + base, row.to + base, row.change)));
            running.add(feed, base, &mut counts);
        }
        if counts.trips == 0 {
            let (zh, en) = ("这一天没有班次", "nothing runs on this day");
            problems.push(Diagnostic::error(Code::NoService, 0, zh, en).of("calendar.txt"));
        }
        if running.full {
            let zh = format!("停靠超过 {MOST_CALLS} 次；其余的班次没有用");
            let en = format!("there are more than {MOST_CALLS} calls; the trips beyond are left out");
            problems.push(Diagnostic::error(Code::TooMany, 0, zh, en).of("frequencies.txt"));
        }
        for (stops, trips) in running.trips {
            in_lanes(trips).iter().for_each(|trips| found.add(&stops, trips));
        }
        found.index();
        (found, counts, problems)
    }

    /// For each stop whether anything calls there.
    pub(crate) fn called(&self) -> Vec<bool> {
        let mut called = vec![false; self.stops.len()];
        for (stop, ..) in &self.pattern_stops {
            if let Some(slot) = called.get_mut(*stop as usize) {
                *slot = true;
            }
        }
        called
    }

    fn add(&mut self, stops: &[Halt], trips: &[Times]) {
        let (begin, times) = (self.pattern_stops.len(), self.arrivals.len());
        self.pattern_stops.extend(stops);
        let (length, first_trip) = (stops.len(), self.trips);
        self.patterns.push(Pattern { stops: begin, length, trips: trips.len(), first_trip, times });
        self.trips += trips.len();
        self.arrivals.extend(trips.iter().flatten().map(|(arrival, _)| *arrival));
        for position in 0..stops.len() {
            self.departures.extend(trips.iter().filter_map(|trip| trip.get(position)).map(|(_, departure)| *departure));
        }
    }

    /// Notes for each stop what can be boarded there.
    fn index(&mut self) {
        self.at_stop = vec![Vec::new(); self.stops.len()];
        self.events = vec![Vec::new(); self.stops.len()];
        for (number, pattern) in self.patterns.iter().enumerate() {
            let stops = self.pattern_stops.iter().skip(pattern.stops).take(pattern.length);
            for (position, (stop, boards, _)) in stops.enumerate() {
                let (at_stop, events) = (self.at_stop.get_mut(*stop as usize), self.events.get_mut(*stop as usize));
                // Nobody boards where the trip ends.
                let (Some(at_stop), Some(events), true) = (at_stop, events, *boards && position + 1 < pattern.length)
                else {
                    continue;
                };
                at_stop.push((number as u32, position as u32));
                let begin = pattern.times + position * pattern.trips;
                events.extend(self.departures.iter().skip(begin).take(pattern.trips));
            }
        }
        for events in &mut self.events {
            events.sort_unstable();
            events.dedup();
        }
        self.last_events = self.events.iter().map(|events| events.last().copied().unwrap_or(i32::MIN)).collect();
    }
}

/// Trips that run in a period, gathered by their stops.
struct Running {
    date: Date,
    period: (i32, i32),
    /// Calls that there is room for.
    left: usize,
    full: bool,
    trips: BTreeMap<Vec<Halt>, Vec<Times>>,
}

impl Running {
    /// `base` is the number of the feed's first stop.
    fn add(&mut self, feed: &Feed, base: u32, counts: &mut Counts) {
        counts.services += feed.services_on(self.date);
        let mut routes = BTreeSet::new();
        for (trip, starts) in feed.trips.iter().zip(starts(feed)) {
            let calls = feed.calls_of(trip);
            let (Some(first), Some(last)) = (calls.first(), calls.last()) else { continue };
            let length = last.arrival - first.departure;
            let days = -DAYS_BEFORE..=self.period.1.div_euclid(DAY);
            for day in days.filter(|day| feed.runs(trip, self.date.plus(*day))) {
                if day == 0 {
                    routes.insert(&trip.route);
                }
                for (begin, end, headway) in starts.iter().copied() {
                    let runs_until =
                        |time: i32, begin: i32| (time.max(begin) - begin).cast_unsigned().div_ceil(headway);
                    let runs = runs_until(end, begin);
                    counts.trips += if day == 0 { runs as usize } else { 0 };
                    // Those that have ended before the period are not gone through one by one.
                    let begin = begin + day * DAY;
                    let over = runs_until(self.period.0 - length, begin);
                    let in_period = |start: &i32| *start <= self.period.1;
                    for start in (over..runs).map(|run| begin + (run * headway) as i32).take_while(in_period) {
                        let Some(left) = self.left.checked_sub(calls.len()) else {
                            self.full = true;
                            break;
                        };
                        self.left = left;
                        let halts = calls.iter().map(|call| (call.stop + base, call.boards, call.alights)).collect();
                        self.trips.entry(halts).or_default().push(times(calls, start - first.departure));
                    }
                }
            }
        }
        counts.routes += routes.len();
    }
}

/// For each trip from when until before when it begins every so many seconds: once, or as its frequencies say.
fn starts(feed: &Feed) -> Vec<Vec<(i32, i32, u32)>> {
    let mut starts = vec![Vec::new(); feed.trips.len()];
    for row in &feed.frequencies {
        if let Some(list) = starts.get_mut(row.trip as usize) {
            list.push((row.start, row.end, row.headway.max(1) as u32));
        }
    }
    for (list, trip) in starts.iter_mut().zip(&feed.trips).filter(|(list, _)| list.is_empty()) {
        list.extend(feed.calls_of(trip).first().map(|call| (call.departure, call.departure + 1, 1)));
    }
    starts
}

fn times(calls: &[Call], shift: i32) -> Times {
    calls.iter().map(|call| (call.arrival + shift, call.departure + shift)).collect()
}

/// Parts trips of the same stops so that none overtakes another of its part.
fn in_lanes(mut trips: Vec<Times>) -> Vec<Vec<Times>> {
    trips.sort_unstable();
    let mut lanes: Vec<Vec<Times>> = Vec::new();
    let behind =
        |last: &[(i32, i32)], trip: &[(i32, i32)]| last.iter().zip(trip).all(|(a, b)| a.0 <= b.0 && a.1 <= b.1);
    for trip in trips {
        let newest = lanes.len().saturating_sub(MOST_LANES);
        let fits = |lane: &&mut Vec<Times>| lane.last().is_some_and(|last| behind(last, &trip));
        match lanes.iter_mut().skip(newest).find(fits) {
            Some(lane) => lane.push(trip),
            None => lanes.push(vec![trip]),
        }
    }
    lanes
}
