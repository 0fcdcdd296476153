//! Range RAPTOR: earliest arrivals for every departure of a window, from the last departure to the first.
//!
//! Delling, Pajor and Werneck (2012), *Round-based public transit routing*. What a later departure has found holds for an
//! earlier one too, which only has to find what is better. Two things are kept apart that the paper has as one, because
//! walks here are limited and not closed under being put together: when a ride ends at a stop, from where one may walk, and
//! when one can board there, perhaps after a walk, from where one may not walk again.
#![expect(clippy::indexing_slicing, reason = "stops, patterns and trips are numbered below the lengths of their lists")]

use super::timetable::{Pattern, Timetable};
use super::walks::Walks;

/// Later than anything.
pub(crate) const NEVER: i32 = i32::MAX;

/// What a search may do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) rides: usize,
    /// Seconds before its departure that one must be at a stop.
    pub(crate) slack: i32,
    /// Seconds from the departure to the arrival.
    pub(crate) most: i32,
}

/// The state of one origin's search; used for one origin after the other.
pub(crate) struct Raptor<'a> {
    timetable: &'a Timetable,
    walks: &'a Walks,
    limits: Limits,
    /// By rides and stop: when at most so many rides have ended there.
    ended: Vec<i32>,
    /// By rides and stop: the last departure from there that is missed after at most so many. Only what comes before it
    /// makes a difference, and most walks to a stop do not.
    missed: Vec<i32>,
    /// Stops from which trips can now be boarded that could not before, for this round and the next.
    marked: Marks,
    next: Marks,
    /// Stops where a ride ended earlier than before: in this round, and at this departure.
    ended_this_round: Marks,
    ended_this_departure: Marks,
    /// By rides and trip: from which of its calls on it has been ridden with at most so many.
    ridden: Vec<u32>,
    /// By pattern: the first marked position.
    first: Vec<u32>,
    queue: Vec<u32>,
    /// By destination: when one can be there.
    pub(crate) arrivals: Vec<i32>,
}

/// A set of stops in the order they came in.
#[derive(Default)]
struct Marks {
    list: Vec<u32>,
    is_in: Vec<bool>,
}

impl Marks {
    fn new(stops: usize) -> Self {
        Self { list: Vec::new(), is_in: vec![false; stops] }
    }

    fn add(&mut self, stop: usize) {
        if !self.is_in[stop] {
            self.is_in[stop] = true;
            self.list.push(stop as u32);
        }
    }

    fn clear(&mut self) {
        self.list.drain(..).for_each(|stop| self.is_in[stop as usize] = false);
    }
}

impl<'a> Raptor<'a> {
    pub(crate) fn new(timetable: &'a Timetable, walks: &'a Walks, limits: Limits) -> Self {
        let stops = timetable.stops.len();
        let marks = || Marks::new(stops);
        Self {
            timetable,
            walks,
            limits,
            ended: vec![NEVER; stops * (limits.rides + 1)],
            missed: vec![NEVER; stops * limits.rides],
            marked: marks(),
            next: marks(),
            ended_this_round: marks(),
            ended_this_departure: marks(),
            ridden: vec![u32::MAX; timetable.trips * (limits.rides + 1)],
            first: vec![u32::MAX; timetable.patterns.len()],
            queue: Vec::new(),
            arrivals: vec![NEVER; walks.destinations],
        }
    }

    /// Forgets the origin before.
    pub(crate) fn clear(&mut self) {
        self.ended.fill(NEVER);
        for missed in self.missed.chunks_mut(self.timetable.stops.len().max(1)) {
            missed.copy_from_slice(&self.timetable.last_events);
        }
        self.ridden.fill(u32::MAX);
        self.arrivals.fill(NEVER);
    }

    /// One departure more, not later than those before it: brings `arrivals` up to date, direct walks left aside.
    pub(crate) fn depart(&mut self, origin: usize, departure: i32) {
        let latest = departure.saturating_add(self.limits.most);
        self.marked.clear();
        for (stop, walk) in &self.walks.access[origin] {
            self.be_there(0, *stop as usize, departure.saturating_add(*walk as i32));
        }
        std::mem::swap(&mut self.marked, &mut self.next);
        for round in 1..=self.limits.rides {
            if self.marked.list.is_empty() {
                break;
            }
            self.ride(round, latest);
            self.change(round);
            self.marked.clear();
            std::mem::swap(&mut self.marked, &mut self.next);
        }
        let last = self.limits.rides * self.timetable.stops.len();
        for stop in &self.ended_this_departure.list {
            let ended = self.ended[last + *stop as usize];
            for (destination, walk) in &self.walks.egress[*stop as usize] {
                let arrival = &mut self.arrivals[*destination as usize];
                *arrival = (*arrival).min(ended + *walk as i32);
            }
        }
        self.ended_this_departure.clear();
    }

    /// Someone can be at a stop after so many rides: marks the stop for the next round where trips can now be boarded that
    /// could not before.
    fn be_there(&mut self, rides: usize, stop: usize, time: i32) {
        let stops = self.timetable.stops.len();
        let boarding = time.saturating_add(self.limits.slack);
        if self.missed.get(rides * stops + stop).is_none_or(|missed| boarding > *missed) {
            return;
        }
        let events = &self.timetable.events[stop];
        let missed = events.partition_point(|event| *event < boarding).checked_sub(1).map_or(i32::MIN, |at| events[at]);
        for later in rides..self.limits.rides {
            let slot = &mut self.missed[later * stops + stop];
            *slot = (*slot).min(missed);
        }
        self.next.add(stop);
    }

    /// Rides along all patterns of the marked stops, from the first of these on.
    fn ride(&mut self, round: usize, latest: i32) {
        let timetable = self.timetable;
        for stop in &self.marked.list {
            for (pattern, position) in &timetable.at_stop[*stop as usize] {
                let first = &mut self.first[*pattern as usize];
                if *first == u32::MAX {
                    self.queue.push(*pattern);
                }
                *first = (*first).min(*position);
            }
        }
        while let Some(number) = self.queue.pop() {
            let first = std::mem::replace(&mut self.first[number as usize], u32::MAX);
            self.ride_along(&timetable.patterns[number as usize], first as usize, round, latest);
        }
    }

    fn ride_along(&mut self, pattern: &Pattern, first: usize, round: usize, latest: i32) {
        let (stops, trips) = (self.timetable.stops.len(), pattern.trips);
        let halts = &self.timetable.pattern_stops[pattern.stops..pattern.stops + pattern.length];
        // The trip one is on, and the call from where on it has been ridden before.
        let (mut trip, mut until) = (trips, pattern.length);
        for (position, (stop, boards, alights)) in halts.iter().enumerate().skip(first) {
            let stop = *stop as usize;
            if trip < trips && *alights {
                let arrival = self.timetable.arrivals[pattern.times + trip * pattern.length + position];
                if arrival < self.ended[round * stops + stop] && arrival <= latest {
                    for more in round..=self.limits.rides {
                        let slot = &mut self.ended[more * stops + stop];
                        *slot = (*slot).min(arrival);
                    }
                    self.ended_this_round.add(stop);
                }
            }
            if position == until {
                trip = trips;
            }
            // Elsewhere nothing can be boarded that has not been ridden from there.
            if !self.marked.is_in[stop] || !boards {
                continue;
            }
            let begin = pattern.times + position * trips;
            let departures = &self.timetable.departures[begin..begin + trips];
            let missed = self.missed[(round - 1) * stops + stop];
            if trip < trips && departures[trip] <= missed {
                continue;
            }
            let boarded = departures[..trip].partition_point(|departure| *departure <= missed);
            let ridden = round * self.timetable.trips + pattern.first_trip + boarded;
            if boarded == trip || self.ridden[ridden] as usize <= position {
                continue;
            }
            (trip, until) = (boarded, (self.ridden[ridden] as usize).min(pattern.length));
            for more in 0..=self.limits.rides - round {
                let slot = &mut self.ridden[ridden + more * self.timetable.trips];
                *slot = (*slot).min(position as u32);
            }
        }
    }

    /// Walks from where rides have ended to where the next may begin.
    fn change(&mut self, round: usize) {
        let stops = self.timetable.stops.len();
        let mut ended = std::mem::take(&mut self.ended_this_round);
        for stop in &ended.list {
            let stop = *stop as usize;
            self.ended_this_departure.add(stop);
            if round < self.limits.rides {
                let time = self.ended[round * stops + stop];
                for (to, walk) in &self.walks.between[stop] {
                    self.be_there(round, *to as usize, time + *walk as i32);
                }
            }
        }
        ended.clear();
        self.ended_this_round = ended;
    }
}
