//! Who can walk where: from origins to stops and destinations, from stops to stops and destinations.
//!
//! Along streets, or straight where there are none to go by. A walk is as long as the way to the nearest street, along the
//! streets, and from the street again; both ends join the nearest point of the nearest street, also between crossings.
//! Seconds are rounded up, walk by walk.
#![expect(clippy::indexing_slicing, reason = "places are numbered below the lengths of their lists")]

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::changes::changes;
use super::metres;
use super::near::{Near, Search};
use super::streets::Streets;
use super::timetable::Timetable;
use crate::diagnostic::{Code, Diagnostic};

/// Walks of all places together; each takes 8 bytes.
const MOST_WALKS: usize = 100_000_000;
/// The longest walk there is, in millimetres.
const LONGEST: f64 = 1e9;
/// The longest time of a walk, so that times stay far from their limit.
const LONGEST_SECONDS: f64 = 1e8;

/// How people walk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Walking {
    /// Kilometres an hour, above 0. r5r's default is 3.6.
    pub speed: f64,
    /// Longest walk from an origin, to a destination, and all the way; seconds.
    pub most: u32,
    /// Longest walk between two rides; seconds. R5 has 1,000 metres.
    pub most_between: u32,
}

impl Default for Walking {
    fn default() -> Self {
        Self { speed: 3.6, most: 1_800, most_between: 900 }
    }
}

impl Walking {
    fn millimetres_a_second(&self) -> f64 {
        self.speed / 3.6 * 1_000.0
    }

    fn millimetres(&self, seconds: u32) -> u32 {
        (f64::from(seconds) * self.millimetres_a_second()).min(LONGEST) as u32
    }

    fn seconds(&self, millimetres: u32) -> u32 {
        (f64::from(millimetres) / self.millimetres_a_second()).ceil().min(LONGEST_SECONDS) as u32
    }

    /// Seconds of a straight walk.
    pub(super) fn straight(&self, a: (f64, f64), b: (f64, f64)) -> u32 {
        self.seconds((1_000.0 * metres(a, b)).min(LONGEST) as u32)
    }
}

/// For each place where one can walk from it, with the seconds, in the order of the places walked to.
pub type Lists = Vec<Vec<(u32, u32)>>;

/// Walks, all in seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walks {
    /// From each origin to stops.
    pub access: Lists,
    /// From each origin to destinations, without any ride.
    pub direct: Lists,
    /// From each stop to destinations.
    pub egress: Lists,
    /// From each stop to stops, itself among them: how long a change takes.
    pub between: Lists,
    /// Number of destinations.
    pub destinations: usize,
}

/// Places of one kind, and which of the places that differ each of them is.
struct Kind {
    of_each: Vec<u32>,
    /// By the number of a place that differs: those of the kind that are there.
    there: Vec<Vec<u32>>,
}

impl Walks {
    /// Works out all walks. Without streets they are straight lines. Empty, and why, where there are too many.
    #[must_use]
    pub fn new(
        streets: Option<&Streets>,
        timetable: &Timetable,
        origins: &[(f64, f64)],
        destinations: &[(f64, f64)],
        walking: &Walking,
    ) -> (Self, Vec<Diagnostic>) {
        let stops: Vec<(f64, f64)> = timetable.stops.iter().map(|stop| stop.at).collect();
        // Places that are one and the same are searched from once, and are no walk from each other, on or off the street.
        let mut places = [stops.as_slice(), origins, destinations].concat();
        places.sort_unstable_by(by_latitude);
        places.dedup_by(|a, b| by_latitude(a, b).is_eq());
        let near = Near::new(streets, &places);
        let called = timetable.called();
        let stops_at = Kind::new(&places, &stops, |stop| called[stop]);
        let origins_at = Kind::new(&places, origins, |_| true);
        let destinations_at = Kind::new(&places, destinations, |_| true);
        let mut problems = Vec::new();
        let name_of_stop = |number: usize| timetable.stops[number].id.clone();
        let number = |number: usize| (number + 1).to_string();
        problems.extend(stops_at.far(&near, "站点", "stops", name_of_stop));
        problems.extend(origins_at.far(&near, "出发地", "origins", number));
        problems.extend(destinations_at.far(&near, "目的地", "destinations", number));
        let (most, most_between) = (walking.millimetres(walking.most), walking.millimetres(walking.most_between));
        let walks = AtomicUsize::new(0);
        // Once there are too many all are dropped, whichever came first: what is left must not depend on the threads.
        let lists = |found: &[(u32, u32)], kind: &Kind, most: u32| -> Vec<(u32, u32)> {
            if walks.load(Ordering::Relaxed) > MOST_WALKS {
                return Vec::new();
            }
            let within = found.iter().filter(|(_, length)| *length <= most);
            let at = |(place, length): &(u32, u32)| {
                let seconds = walking.seconds(*length);
                kind.there[*place as usize].iter().map(move |number| (*number, seconds))
            };
            let mut list: Vec<(u32, u32)> = within.flat_map(at).collect();
            walks.fetch_add(list.len(), Ordering::Relaxed);
            list.sort_unstable();
            list
        };
        let from_origin = |search: &mut Search, place: &u32| {
            let found = near.from(*place as usize, most, search);
            (lists(&found, &stops_at, most), lists(&found, &destinations_at, most))
        };
        let from_stop = |search: &mut Search, (stop, place): (usize, &u32)| {
            if !called[stop] {
                return (Vec::new(), Vec::new());
            }
            let found = near.from(*place as usize, most.max(most_between), search);
            (lists(&found, &stops_at, most_between), lists(&found, &destinations_at, most))
        };
        let (access, direct) = origins_at.of_each.par_iter().map_init(Search::default, from_origin).unzip();
        let (mut between, egress): (Lists, Lists) =
            stops_at.of_each.par_iter().enumerate().map_init(Search::default, from_stop).unzip();
        if walks.into_inner() > MOST_WALKS {
            let zh = format!("步行超过 {MOST_WALKS} 段；请缩短最长步行时间，或减少地点");
            let en = format!("there are more than {MOST_WALKS} walks; allow shorter walks only, or fewer places");
            problems.push(Diagnostic::error(Code::TooMany, 0, zh, en));
            return (Self::default(), problems);
        }
        problems.extend(changes(&mut between, timetable, &called, walking));
        (Self { access, direct, egress, between, destinations: destinations.len() }, problems)
    }

    /// Whether all walks lead to stops and destinations that there are.
    pub(super) fn are_of(&self, timetable: &Timetable) -> bool {
        let stops = timetable.stops.len();
        let inside = |lists: &Lists, places: usize| lists.iter().flatten().all(|(place, _)| (*place as usize) < places);
        self.between.len() == stops
            && self.egress.len() == stops
            && inside(&self.access, stops)
            && inside(&self.between, stops)
            && inside(&self.egress, self.destinations)
            && inside(&self.direct, self.destinations)
    }
}

fn by_latitude(a: &(f64, f64), b: &(f64, f64)) -> std::cmp::Ordering {
    a.1.total_cmp(&b.1).then(a.0.total_cmp(&b.0))
}

impl Kind {
    fn new(places: &[(f64, f64)], of_kind: &[(f64, f64)], counts: impl Fn(usize) -> bool) -> Self {
        let number = |place: &(f64, f64)| places.partition_point(|other| by_latitude(other, place).is_lt()) as u32;
        let of_each: Vec<u32> = of_kind.iter().map(number).collect();
        let mut there = vec![Vec::new(); places.len()];
        for (number, place) in of_each.iter().enumerate().filter(|(number, _)| counts(*number)) {
            there[*place as usize].push(number as u32);
        }
        Self { of_each, there }
    }

    /// Says how many have no street near them, and which is the first.
    fn far(&self, near: &Near, zh: &str, en: &str, name: impl Fn(usize) -> String) -> Option<Diagnostic> {
        let away = self.there.iter().enumerate().filter(|(place, _)| !near.is_joined(*place));
        let far: Vec<u32> = away.flat_map(|(_, there)| there).copied().collect();
        let first = name(*far.iter().min()? as usize);
        let count = far.len();
        let zh = format!("{count} 个{zh}离街道超过 1600 米，走不到，如「{first}」");
        let en =
            format!("{count} {en} are more than 1,600 m from any street and cannot be walked to, such as `{first}`");
        Some(Diagnostic::warning(Code::FarFromStreets, 0, zh, en))
    }
}
