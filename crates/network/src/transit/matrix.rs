//! How long it takes from everywhere to everywhere, over the departures of a window.

use rayon::prelude::*;

use super::raptor::{Limits, NEVER, Raptor};
use super::timetable::Timetable;
use super::walks::Walks;

/// When travel begins and what it may be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The first departure, in seconds after midnight.
    pub depart: i32,
    /// Departures, one each minute from the first on: 60 are a window of an hour, without the minute at its end, as in r5r.
    pub departures: usize,
    /// Most rides; a journey without any is a walk. r5r's default is 3.
    pub most_rides: usize,
    /// Seconds that one must be at a stop before the departure; 60 in R5.
    pub slack: i32,
    /// Longest time from departure to arrival, in seconds; r5r's default is two hours.
    pub most: i32,
}

impl Default for Options {
    fn default() -> Self {
        Self { depart: 7 * 3_600, departures: 60, most_rides: 4, slack: 60, most: 7_200 }
    }
}

impl Options {
    /// Between when and when trips can be of use.
    #[must_use]
    pub fn period(&self) -> (i32, i32) {
        let last = self.depart.saturating_add(60 * self.departures as i32);
        (self.depart, last.saturating_add(self.most))
    }
}

/// A time that is not reached.
pub const UNREACHED: u32 = u32::MAX;

/// Goes through the origins on all cores. `with` is handed the number of an origin and the seconds from it to each
/// destination at each departure, waiting included: `seconds[destination · departures + departure]`, [`UNREACHED`] where it
/// takes longer than allowed or no way leads there.
pub fn each_origin<T: Send>(
    timetable: &Timetable,
    walks: &Walks,
    options: &Options,
    with: impl Fn(usize, &mut [u32]) -> T + Sync,
) -> Vec<T> {
    let limits = Limits { rides: options.most_rides, slack: options.slack, most: options.most };
    let departures = options.departures;
    let begin = || (Raptor::new(timetable, walks, limits), vec![UNREACHED; walks.destinations * departures]);
    let from = |(raptor, seconds): &mut (Raptor<'_>, Vec<u32>), origin: usize| {
        raptor.clear();
        seconds.fill(UNREACHED);
        for at in (0..departures).rev() {
            let departure = options.depart + 60 * at as i32;
            raptor.depart(origin, departure);
            for (slots, arrival) in seconds.chunks_mut(departures).zip(&raptor.arrivals) {
                if let Some(slot) =
                    slots.get_mut(at).filter(|_| *arrival != NEVER && arrival - departure <= options.most)
                {
                    *slot = (arrival - departure) as u32;
                }
            }
        }
        for (destination, walk) in walks.direct.get(origin).into_iter().flatten() {
            let begin = *destination as usize * departures;
            for slot in seconds.iter_mut().skip(begin).take(departures).filter(|_| *walk as i32 <= options.most) {
                *slot = (*slot).min(*walk);
            }
        }
        with(origin, seconds)
    };
    (0..walks.access.len()).into_par_iter().map_init(begin, |state, origin| from(state, origin)).collect()
}

/// Seconds that are enough for a share of the departures, for each share in percent, from each origin to each destination:
/// the least that at least so many percent of the departures do not exceed. A departure that does not get there counts as one
/// that takes for ever. `found[origin][share][destination]`; none where for ever is what it comes to.
#[must_use]
pub fn percentiles(
    timetable: &Timetable,
    walks: &Walks,
    options: &Options,
    shares: &[f64],
) -> Vec<Vec<Vec<Option<u32>>>> {
    let ranks: Vec<usize> = shares
        .iter()
        .map(|share| {
            ((share / 100.0 * options.departures as f64).ceil() as usize).clamp(1, options.departures.max(1)) - 1
        })
        .collect();
    each_origin(timetable, walks, options, |_, seconds| {
        let mut found = vec![Vec::with_capacity(walks.destinations); ranks.len()];
        for own in seconds.chunks_mut(options.departures.max(1)) {
            own.sort_unstable();
            for (rank, list) in ranks.iter().zip(&mut found) {
                list.push(own.get(*rank).copied().filter(|seconds| *seconds != UNREACHED));
            }
        }
        found
    })
}
