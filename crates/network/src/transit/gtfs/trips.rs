//! Trips and how often they run: `trips.txt` and `frequencies.txt`.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::times::clock;
use super::told::Told;
use crate::diagnostic::{Code, Diagnostic};
use crate::read::table::Table;

/// One run of a vehicle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trip {
    /// As the feed names it.
    pub id: String,
    /// The route, as the feed names it.
    pub route: String,
    pub(super) service: u32,
    /// Where its calls are; empty where they could not be read.
    pub calls: Range<usize>,
}

/// A trip at a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// By its place in the list of stops.
    pub stop: u32,
    /// Seconds after the midnight at which the day of service begins; more than 86,400 on the day after.
    pub arrival: i32,
    /// Likewise.
    pub departure: i32,
    /// Whether one can board.
    pub boards: bool,
    /// Whether one can get off.
    pub alights: bool,
}

/// A trip that begins again and again: at `start`, and every `headway` after it until `end` comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frequency {
    /// By its place in the list of trips.
    pub trip: u32,
    /// Seconds.
    pub start: i32,
    /// Seconds.
    pub end: i32,
    /// Seconds, above 0.
    pub headway: i32,
}

/// Numbers of trips by name.
pub(super) type Numbers = HashMap<String, u32>;

pub(super) fn trips(
    text: &str,
    routes: Option<&str>,
    services: &HashMap<String, u32>,
    told: &mut Told,
) -> (Vec<Trip>, Numbers) {
    const FILE: &str = "trips.txt";
    let (mut found, mut numbers) = (Vec::new(), Numbers::new());
    let Some((table, [id, service])) = told.table(FILE, text, ["trip_id", "service_id"]) else {
        return (found, numbers);
    };
    let route = table.column("route_id");
    let known = routes.map(names_of_routes);
    table.each(|row| {
        let name = row.get(id).to_owned();
        if numbers.contains_key(&name) {
            let zh = format!("班次「{name}」出现两次；后一行没有用");
            let en = format!("trip `{name}` is there twice; the later row is left out");
            return told.push(FILE, Diagnostic::error(Code::DuplicateName, row.line, zh, en));
        }
        let Some(service) = services.get(row.get(service)) else {
            let unknown = row.get(service);
            let zh = format!("没有运营日历「{unknown}」；班次「{name}」没有用");
            let en = format!("there is no service `{unknown}`; trip `{name}` is left out");
            return told.push(FILE, Diagnostic::error(Code::UnknownName, row.line, zh, en));
        };
        let route = row.get(route);
        if known.as_ref().is_some_and(|known| !known.contains(route)) {
            let zh = format!("没有线路「{route}」；班次照样算");
            let en = format!("there is no route `{route}`; the trip counts all the same");
            told.push(FILE, Diagnostic::warning(Code::UnknownName, row.line, zh, en));
        }
        numbers.insert(name.clone(), found.len() as u32);
        found.push(Trip { id: name, route: route.to_owned(), service: *service, calls: 0..0 });
    });
    (found, numbers)
}

fn names_of_routes(text: &str) -> HashSet<String> {
    let table = Table::new(text, None);
    let id = table.column("route_id");
    let mut names = HashSet::new();
    table.each(|row| _ = names.insert(row.get(id).to_owned()));
    names
}

pub(super) fn frequencies(text: &str, trips: &Numbers, told: &mut Told) -> Vec<Frequency> {
    const FILE: &str = "frequencies.txt";
    let mut found = Vec::new();
    if text.is_empty() {
        return found;
    }
    let columns = ["trip_id", "start_time", "end_time", "headway_secs"];
    let Some((table, [trip, start, end, headway])) = told.table(FILE, text, columns) else { return found };
    table.each(|row| {
        let Some(trip) = trips.get(row.get(trip)).copied() else {
            let unknown = row.get(trip);
            let zh = format!("没有班次「{unknown}」；该行没有用");
            let en = format!("there is no trip `{unknown}`; the row is left out");
            return told.push(FILE, Diagnostic::error(Code::UnknownName, row.line, zh, en));
        };
        let headway = row.get(headway).parse::<i32>().ok().filter(|headway| *headway > 0);
        let (Some(start), Some(end), Some(headway)) = (clock(row.get(start)), clock(row.get(end)), headway) else {
            let zh = "起止时间应为 HH:MM:SS，headway_secs 应为大于 0 的整数；该行没有用";
            let en = "both times must be HH:MM:SS, and headway_secs a whole number above 0; the row is left out";
            return told.push(FILE, Diagnostic::error(Code::BadTime, row.line, zh, en));
        };
        found.push(Frequency { trip, start, end, headway });
    });
    found
}
