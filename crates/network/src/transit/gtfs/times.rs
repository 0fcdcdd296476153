//! When trips call where: `stop_times.txt`.
//!
//! Times that are not given are spread between the calls before and after by the straight distance from stop to stop, as R5
//! does (`GTFSFeed.getInterpolatedStopTimesForTrip`): many feeds give times at both ends only.

use std::collections::HashMap;

use super::stops::{self, Stop};
use super::told::Told;
use super::trips::{Call, Numbers, Trip};
use crate::diagnostic::{Code, Diagnostic};
use crate::read::table::Row;
use crate::transit::metres;

const FILE: &str = "stop_times.txt";
/// No day of service is longer; it also keeps sums of times far from their limit.
const LONGEST: i32 = 10 * 86_400;

/// Seconds after midnight from `HH:MM:SS` or `HH:MM`; hours may be above 24.
#[must_use]
pub fn clock(text: &str) -> Option<i32> {
    let mut parts = text.split(':').map(|part| {
        let digits = !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<i32>().ok()).flatten()
    });
    let (hours, minutes) = (parts.next()??, parts.next()??);
    let seconds = parts.next().unwrap_or(Some(0))?;
    let whole = parts.next().is_none() && minutes < 60 && seconds < 60;
    Some(hours * 3_600 + minutes * 60 + seconds).filter(|time| whole && *time <= LONGEST)
}

/// A row, before the times that are not given are worked out.
struct Given {
    trip: u32,
    sequence: u32,
    line: usize,
    stop: u32,
    arrival: Option<i32>,
    departure: Option<i32>,
    boards: bool,
    alights: bool,
}

/// Reads the calls of all trips, and notes in each trip where its own are.
pub(super) fn calls(
    text: &str,
    trips: &mut [Trip],
    numbers: &Numbers,
    (stops, stop_numbers): (&[Stop], &stops::Numbers),
    told: &mut Told,
) -> Vec<Call> {
    let mut rows = given(text, numbers, stop_numbers, told);
    // Rows may come in any order; those of one trip with the same number stay as they are and are told below.
    rows.sort_by_key(|row| (row.trip, row.sequence));
    let mut calls: Vec<Call> = Vec::with_capacity(rows.len());
    for own in rows.chunk_by(|a, b| a.trip == b.trip) {
        let Some((first, trip)) = own.first().and_then(|row| Some((row, trips.get_mut(row.trip as usize)?))) else {
            continue;
        };
        let begin = calls.len();
        if let Err((code, line, zh, en)) = complete(own, stops, &mut calls) {
            calls.truncate(begin);
            let zh = format!("班次「{}」{zh}；该班次没有用", trip.id);
            let en = format!("trip `{}` {en}; the trip is left out", trip.id);
            told.push(FILE, Diagnostic::error(code, if line == 0 { first.line } else { line }, zh, en));
            continue;
        }
        trip.calls = begin..calls.len();
    }
    calls
}

fn given(text: &str, trips: &Numbers, stops: &stops::Numbers, told: &mut Told) -> Vec<Given> {
    let mut rows = Vec::new();
    let columns = ["trip_id", "stop_id", "stop_sequence", "arrival_time", "departure_time"];
    let Some((table, [trip, stop, sequence, arrival, departure])) = told.table(FILE, text, columns) else {
        return rows;
    };
    let (pickup, drop_off) = (table.column("pickup_type"), table.column("drop_off_type"));
    // Rows of a trip mostly follow each other, and names of trips are long.
    let mut last = (String::new(), None);
    table.each(|row| {
        let name = row.get(trip);
        if last.0 != name || last.1.is_none() {
            last = (name.to_owned(), trips.get(name).copied());
        }
        let number = |names: &HashMap<String, u32>, at| names.get(row.get(at)).copied();
        // A trip that is left out has been told where it was.
        let Some(trip) = last.1 else { return };
        let Some(stop) = number(stops, stop) else {
            let unknown = row.get(stop);
            let zh = format!("没有站点「{unknown}」；该行没有用");
            let en = format!("there is no stop `{unknown}`; the row is left out");
            return told.push(FILE, Diagnostic::error(Code::UnknownName, row.line, zh, en));
        };
        let Ok(sequence) = row.get(sequence).parse() else {
            let found = row.get(sequence);
            let zh = format!("stop_sequence 应为不小于 0 的整数，而不是「{found}」；该行没有用");
            let en = format!("stop_sequence must be a whole number not below 0, not `{found}`; the row is left out");
            return told.push(FILE, Diagnostic::error(Code::BadNumber, row.line, zh, en));
        };
        let mut time = |at| read_time(row, at, told);
        let (arrival, departure) = (time(arrival), time(departure));
        // 1 is "not possible"; a stop that must be asked for by telephone or from the driver counts as one.
        let (boards, alights) = (row.get(pickup) != "1", row.get(drop_off) != "1");
        rows.push(Given {
            trip,
            sequence,
            line: row.line,
            stop,
            arrival: arrival.or(departure),
            departure: departure.or(arrival),
            boards,
            alights,
        });
    });
    rows
}

fn read_time(row: &Row<'_>, at: Option<usize>, told: &mut Told) -> Option<i32> {
    let text = row.get(at);
    let time = clock(text);
    if time.is_none() && !text.is_empty() {
        let zh = format!("时间应为 HH:MM:SS，而不是「{text}」；当作没有写");
        let en = format!("a time must be HH:MM:SS, not `{text}`; taken as not given");
        told.push(FILE, Diagnostic::warning(Code::BadTime, row.line, zh, en));
    }
    time
}

/// Why a trip cannot be used, with the line, or 0 for its first.
type Why = (Code, usize, &'static str, &'static str);

/// Adds the calls of one trip.
fn complete(own: &[Given], stops: &[Stop], calls: &mut Vec<Call>) -> Result<(), Why> {
    if own.len() < 2 {
        return Err((Code::ShortTrip, 0, "只有一次停靠", "calls only once"));
    }
    if own.iter().zip(own.iter().skip(1)).any(|(a, b)| a.sequence == b.sequence) {
        return Err((Code::DuplicateName, 0, "有两次停靠的 stop_sequence 相同", "has a stop_sequence twice"));
    }
    let timed: Vec<(usize, i32, i32)> =
        own.iter().enumerate().filter_map(|(at, row)| Some((at, row.arrival?, row.departure?))).collect();
    let ends = (timed.first().map(|(at, ..)| *at), timed.last().map(|(at, ..)| *at));
    // Without both ends there is nothing to spread the others between.
    if ends != (Some(0), Some(own.len() - 1)) {
        return Err((Code::BadTime, 0, "的第一次或最后一次停靠没有时间", "has no time at its first or last call"));
    }
    let begin = calls.len();
    calls.extend(own.iter().map(|row| {
        // Those that are not given are filled in below.
        let (arrival, departure) = (row.arrival.unwrap_or_default(), row.departure.unwrap_or_default());
        Call { stop: row.stop, arrival, departure, boards: row.boards, alights: row.alights }
    }));
    let backwards =
        |at: usize| (Code::BadTime, own.get(at).map_or(0, |row| row.line), "的时间倒退", "goes back in time");
    if let Some((at, ..)) = timed.iter().find(|(_, arrival, departure)| departure < arrival) {
        return Err(backwards(*at));
    }
    for ((from, _, left), (to, reached, _)) in timed.iter().zip(timed.iter().skip(1)) {
        if reached < left {
            return Err(backwards(*to));
        }
        let between = calls.get_mut(begin + from..=begin + to).unwrap_or_default();
        spread(between, stops, *left, *reached);
    }
    Ok(())
}

/// Gives the calls between two that have times their own, by the distance from stop to stop; where there is none, in equal
/// steps.
fn spread(calls: &mut [Call], stops: &[Stop], left: i32, reached: i32) {
    let place = |call: &Call| stops.get(call.stop as usize).map(|stop| stop.at);
    let step = |(a, b): (&Call, &Call)| place(a).zip(place(b)).map_or(0.0, |(a, b)| metres(a, b));
    let mut steps: Vec<f64> = calls.iter().zip(calls.iter().skip(1)).map(step).collect();
    if steps.iter().all(|step| *step == 0.0) {
        steps.fill(1.0);
    }
    let whole: f64 = steps.iter().sum();
    let inner = calls.len().saturating_sub(2);
    let mut so_far = 0.0;
    for (call, step) in calls.iter_mut().skip(1).take(inner).zip(steps) {
        so_far += step;
        let time = left + (f64::from(reached - left) * (so_far / whole)) as i32;
        (call.arrival, call.departure) = (time, time);
    }
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn clocks_go_beyond_midnight() {
        assert_eq!(clock("07:05:09"), Some(25_509));
        assert_eq!(clock("7:05"), Some(25_500));
        assert_eq!(clock("25:00:00"), Some(90_000));
        for text in ["", "7", "7:60:00", "7:00:60", "-1:00:00", "7:00:00:00", "a:b:c", "999:00:00", "7::00", "+7:00"] {
            assert_eq!(clock(text), None, "{text}");
        }
    }
}
