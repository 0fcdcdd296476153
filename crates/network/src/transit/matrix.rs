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
    pub departures: u16,
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
        let last = self.depart.saturating_add(60 * i32::from(self.departures));
        (self.depart, last.saturating_add(self.most))
    }
}

/// A time that is not reached.
pub const UNREACHED: u32 = u32::MAX;

/// Goes through the origins on all cores. `with` is handed the number of an origin and the seconds from it to each
/// destination at each departure, waiting included: `seconds[destination · departures + departure]`, [`UNREACHED`] where it
/// takes longer than allowed or no way leads there. Nothing where the walks are not those of the timetable.
pub fn each_origin<T: Send>(
    timetable: &Timetable,
    walks: &Walks,
    options: &Options,
    with: impl Fn(usize, &mut [u32]) -> T + Sync,
) -> Vec<T> {
    if !walks.are_of(timetable) {
        return Vec::new();
    }
    let limits = Limits { rides: options.most_rides, slack: options.slack, most: options.most };
    let departures = usize::from(options.departures);
    let begin = || (Raptor::new(timetable, walks, limits), vec![UNREACHED; walks.destinations * departures]);
    let from = |(raptor, seconds): &mut (Raptor<'_>, Vec<u32>), origin: usize| {
        raptor.clear();
        seconds.fill(UNREACHED);
        for at in (0..departures).rev() {
            let departure = options.depart.saturating_add(60 * at as i32);
            raptor.depart(origin, departure);
            for (slots, arrival) in seconds.chunks_mut(departures.max(1)).zip(&raptor.arrivals) {
                if let Some(slot) =
                    slots.get_mut(at).filter(|_| *arrival != NEVER && arrival - departure <= options.most)
                {
                    *slot = (arrival - departure) as u32;
                }
            }
        }
        // A direct walk takes as long at any departure, so it is looked at once.
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
    let departures = usize::from(options.departures.max(1));
    let ranks: Vec<usize> = shares.iter().map(|share| rank(*share, departures)).collect();
    each_origin(timetable, walks, options, |_, seconds| {
        let mut found = vec![Vec::with_capacity(walks.destinations); ranks.len()];
        for own in seconds.chunks_mut(departures) {
            own.sort_unstable();
            for (rank, list) in ranks.iter().zip(&mut found) {
                list.push(own.get(*rank).copied().filter(|seconds| *seconds != UNREACHED));
            }
        }
        found
    })
}

/// The place, in rising order, of the least time that a share in percent of the departures does not exceed.
fn rank(share: f64, departures: usize) -> usize {
    ((share * departures as f64 / 100.0).ceil() as usize).clamp(1, departures) - 1
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn whole_percents_of_a_hundred_departures_are_ranks() {
        assert!((1..=100).all(|share| rank(f64::from(share), 100) == share as usize - 1));
        assert_eq!(
            [(55.0, 180), (50.0, 60), (0.0, 60), (50.0, 5)].map(|(share, all)| rank(share, all)),
            [98, 29, 0, 2]
        );
    }
}
