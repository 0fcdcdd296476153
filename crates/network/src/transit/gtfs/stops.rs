//! Stops and how to change between them: `stops.txt` and `transfers.txt`.

use std::collections::HashMap;

use super::told::Told;
use crate::diagnostic::{Code, Diagnostic};

/// A stop or station.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// As the feed names it.
    pub id: String,
    /// Degrees east and north.
    pub at: (f64, f64),
    /// The station it belongs to, by its place in the list of stops.
    pub station: Option<u32>,
}

/// How a change from one stop to another differs from the walk between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It can be made, walking straight where no street is known.
    Possible,
    /// It takes so many seconds.
    Takes(u32),
    /// It cannot be made.
    Never,
}

/// A row of `transfers.txt`: from one stop to another, both by their places in the list of stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Left here; a station stands for all its stops.
    pub from: u32,
    /// Boarded here; a station stands for all its stops.
    pub to: u32,
    /// What the row says.
    pub change: Change,
}

/// Numbers of stops by name.
pub(super) type Numbers = HashMap<String, u32>;

pub(super) fn stops(text: &str, told: &mut Told) -> (Vec<Stop>, Numbers) {
    const FILE: &str = "stops.txt";
    let (mut found, mut numbers, mut parents) = (Vec::new(), Numbers::new(), Vec::new());
    let Some((table, [id, lon, lat])) = told.table(FILE, text, ["stop_id", "stop_lon", "stop_lat"]) else {
        return (found, numbers);
    };
    let (parent, kind) = (table.column("parent_station"), table.column("location_type"));
    table.each(|row| {
        // Entrances and points within stations are no place where a vehicle stops, and may have no coordinates.
        if matches!(row.get(kind), "2" | "3" | "4") {
            return;
        }
        let degrees = |text: &str, most: f64| text.parse::<f64>().ok().filter(|value| value.abs() <= most);
        let (Some(east), Some(north)) = (degrees(row.get(lon), 180.0), degrees(row.get(lat), 90.0)) else {
            let (found_lon, found_lat) = (row.get(lon), row.get(lat));
            let zh = format!("站点的经纬度应为度，而不是「{found_lon}」「{found_lat}」；该站没有用");
            let en =
                format!("a stop's place must be in degrees, not `{found_lon}`, `{found_lat}`; the stop is left out");
            return told.push(FILE, Diagnostic::error(Code::BadNumber, row.line, zh, en));
        };
        let name = row.get(id).to_owned();
        if numbers.contains_key(&name) {
            let zh = format!("站点「{name}」出现两次；后一行没有用");
            let en = format!("stop `{name}` is there twice; the later row is left out");
            return told.push(FILE, Diagnostic::error(Code::DuplicateName, row.line, zh, en));
        }
        numbers.insert(name.clone(), found.len() as u32);
        parents.push((row.line, row.get(parent).to_owned()));
        found.push(Stop { id: name, at: (east, north), station: None });
    });
    for (stop, (line, parent)) in found.iter_mut().zip(parents).filter(|(_, (_, parent))| !parent.is_empty()) {
        stop.station = numbers.get(&parent).copied();
        if stop.station.is_none() {
            let zh = format!("没有车站「{parent}」；站点「{}」不归任何车站", stop.id);
            let en = format!("there is no station `{parent}`; stop `{}` belongs to none", stop.id);
            told.push(FILE, Diagnostic::warning(Code::UnknownName, line, zh, en));
        }
    }
    (found, numbers)
}

pub(super) fn transfers(text: &str, numbers: &Numbers, told: &mut Told) -> Vec<Transfer> {
    const FILE: &str = "transfers.txt";
    let mut found = Vec::new();
    if text.is_empty() {
        return found;
    }
    let Some((table, [from, to])) = told.table(FILE, text, ["from_stop_id", "to_stop_id"]) else { return found };
    let (kind, least) = (table.column("transfer_type"), table.column("min_transfer_time"));
    let conditions = ["from_route_id", "to_route_id", "from_trip_id", "to_trip_id"].map(|name| table.column(name));
    table.each(|row| {
        if conditions.iter().any(|at| !row.get(*at).is_empty()) || matches!(row.get(kind), "4" | "5") {
            let zh = "只对某些线路或班次的换乘、留在车上的换乘，没有算进去";
            let en = "changes between certain routes or trips only, or without leaving the vehicle, are not taken into account";
            return told.push(FILE, Diagnostic::warning(Code::NotUsed, row.line, zh, en));
        }
        let ends = [row.get(from), row.get(to)];
        let [Some(from), Some(to)] = ends.map(|name| numbers.get(name).copied()) else {
            let [from, to] = ends;
            let zh = format!("没有站点「{from}」或「{to}」；该行没有用");
            let en = format!("there is no stop `{from}` or `{to}`; the row is left out");
            return told.push(FILE, Diagnostic::error(Code::UnknownName, row.line, zh, en));
        };
        let change = match (row.get(kind), row.get(least).parse().ok()) {
            ("" | "0" | "1", _) => Change::Possible,
            ("2", Some(seconds)) if seconds <= 86_400 => Change::Takes(seconds),
            ("3", _) => Change::Never,
            _ => {
                let zh = "transfer_type 应为 0 至 3，为 2 时要有 min_transfer_time（秒）；该行没有用";
                let en = "transfer_type must be 0 to 3, and 2 needs a min_transfer_time in seconds; the row is left out";
                return told.push(FILE, Diagnostic::error(Code::BadNumber, row.line, zh, en));
            }
        };
        found.push(Transfer { from, to, change });
    });
    found
}
