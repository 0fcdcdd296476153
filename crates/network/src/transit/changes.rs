//! What feeds say about changes between rides, put into the walks between stops.
#![expect(clippy::indexing_slicing, reason = "stops are numbered below the lengths of their lists")]

use std::collections::BTreeMap;

use super::gtfs::Change;
use super::timetable::Timetable;
use super::walks::{Lists, Walking};
use crate::diagnostic::{Code, Diagnostic};

/// Stops that are joined to each other because they are in one station; a larger one is a slip of the feed.
const MOST_OF_STATION: usize = 100;
/// Pairs of stops that the rows of all feeds come to, stations standing for their stops.
const MOST_PAIRS: usize = 10_000_000;

/// Stations join their stops, straight; then what the feeds say about changes goes before what is walked. What they say of a
/// stop goes before what they say of its station. Says so where there are more changes, or larger stations, than can be kept.
pub(super) fn changes(
    between: &mut Lists,
    timetable: &Timetable,
    called: &[bool],
    walking: &Walking,
) -> Vec<Diagnostic> {
    let stops = &timetable.stops;
    let straight = |from: u32, to: u32| walking.straight(stops[from as usize].at, stops[to as usize].at);
    let mut of_station: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (number, stop) in stops.iter().enumerate().filter(|(number, _)| called[*number]) {
        if let Some(station) = stop.station {
            of_station.entry(station).or_default().push(number as u32);
        }
    }
    let all = of_station.len();
    of_station.retain(|_, within| within.len() <= MOST_OF_STATION);
    let too_large = all - of_station.len();
    for (from, to) in of_station.values().flat_map(|within| pairs(within, within)) {
        let (seconds, list) = (straight(from, to), &mut between[from as usize]);
        match list.binary_search_by_key(&to, |(stop, _)| *stop) {
            Ok(at) => list[at].1 = list[at].1.min(seconds),
            Err(at) if seconds <= walking.most_between => list.insert(at, (to, seconds)),
            Err(_) => {}
        }
    }
    let members = |stop: u32| of_station.get(&stop).cloned().unwrap_or_else(|| vec![stop]);
    let mut rows = timetable.changes.clone();
    rows.sort_by_key(|(from, to, _)| [from, to].into_iter().filter(|at| !of_station.contains_key(at)).count());
    let mut said: BTreeMap<(u32, u32), Change> = BTreeMap::new();
    let (mut left, mut full) = (MOST_PAIRS, false);
    for (from, to, change) in rows {
        let (from, to) = (members(from), members(to));
        match left.checked_sub(from.len() * to.len()) {
            Some(rest) => left = rest,
            None => {
                full = true;
                break;
            }
        }
        said.extend(pairs(&from, &to).map(|pair| (pair, change)));
    }
    for ((from, to), change) in said {
        let list = &mut between[from as usize];
        match (list.binary_search_by_key(&to, |(stop, _)| *stop), change) {
            (Ok(_), Change::Possible) | (Err(_), Change::Never) => {}
            (Ok(at), Change::Takes(seconds)) => list[at].1 = seconds,
            (Ok(at), Change::Never) => _ = list.remove(at),
            (Err(at), Change::Possible) => list.insert(at, (to, straight(from, to))),
            (Err(at), Change::Takes(seconds)) => list.insert(at, (to, seconds)),
        }
    }
    let full = full.then(|| {
        let zh = format!("换乘超过 {MOST_PAIRS} 对站点；其余没有用");
        let en = format!("changes are between more than {MOST_PAIRS} pairs of stops; those beyond are left out");
        Diagnostic::error(Code::TooMany, 0, zh, en).of("transfers.txt")
    });
    let too_large = (too_large > 0).then(|| {
        let zh = format!("{too_large} 个车站各有 {MOST_OF_STATION} 个以上的站点；不当作车站");
        let en =
            format!("{too_large} stations have more than {MOST_OF_STATION} stops each; they are not taken as stations");
        Diagnostic::warning(Code::TooMany, 0, zh, en).of("stops.txt")
    });
    full.into_iter().chain(too_large).collect()
}

fn pairs(from: &[u32], to: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    from.iter().flat_map(|from| to.iter().map(|to| (*from, *to)))
}
