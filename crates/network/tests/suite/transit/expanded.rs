//! Another way to the same times, slow and simple: every event of the timetable is a node, and what can be reached is reached.

use lantu_network::transit::gtfs::{Date, Feed};
use lantu_network::transit::matrix::Options;
use lantu_network::transit::walks::Walks;

/// A call: stop, arrival, departure, whether one may board and get off.
type Event = (usize, i32, i32, bool, bool);

pub(crate) struct Expanded {
    trips: Vec<Vec<Event>>,
    /// By stop: departures in order, with trip and call.
    departures: Vec<Vec<(i32, usize, usize)>>,
}

#[derive(Clone, Copy)]
enum Node {
    /// Waiting at a stop for its nth departure, after so many rides.
    Waits(usize, usize, usize),
    /// On a trip as it leaves a call.
    Rides(usize, usize, usize),
}

impl Expanded {
    pub(crate) fn new(feeds: &[Feed], date: Date) -> Self {
        let (mut trips, mut base) = (Vec::new(), 0);
        for feed in feeds {
            for (number, trip) in feed.trips.iter().enumerate() {
                let calls = &feed.calls[trip.calls.clone()];
                let Some(own) = calls.first().map(|call| call.departure) else { continue };
                let rows: Vec<_> = feed.frequencies.iter().filter(|row| row.trip as usize == number).collect();
                let mut starts = Vec::new();
                for row in &rows {
                    let mut start = row.start;
                    while start < row.end {
                        starts.push(start);
                        start += row.headway;
                    }
                }
                if rows.is_empty() {
                    starts.push(own);
                }
                for day in (-2..=4).filter(|day| feed.runs(trip, date.plus(*day))) {
                    for start in &starts {
                        let shift = start - own + day * 86_400;
                        let event = |call: &lantu_network::transit::gtfs::Call| {
                            (
                                base + call.stop as usize,
                                call.arrival + shift,
                                call.departure + shift,
                                call.boards,
                                call.alights,
                            )
                        };
                        trips.push(calls.iter().map(event).collect::<Vec<Event>>());
                    }
                }
            }
            base += feed.stops.len();
        }
        let mut departures = vec![Vec::new(); base];
        for (trip, events) in trips.iter().enumerate() {
            for (call, (stop, _, departure, boards, _)) in events.iter().enumerate() {
                if *boards {
                    departures[*stop].push((*departure, trip, call));
                }
            }
        }
        departures.iter_mut().for_each(|list| list.sort_unstable());
        Self { trips, departures }
    }

    /// Seconds to each destination for one departure; none where it takes longer than allowed.
    pub(crate) fn seconds(&self, walks: &Walks, origin: usize, departure: i32, options: &Options) -> Vec<Option<u32>> {
        let mut best = vec![i32::MAX; walks.destinations];
        for (destination, walk) in &walks.direct[origin] {
            best[*destination as usize] = departure + *walk as i32;
        }
        let rides = options.most_rides;
        let mut waited: Vec<Vec<Vec<bool>>> =
            (0..=rides).map(|_| self.departures.iter().map(|list| vec![false; list.len()]).collect()).collect();
        let mut ridden: Vec<Vec<Vec<bool>>> =
            (0..=rides).map(|_| self.trips.iter().map(|events| vec![false; events.len()]).collect()).collect();
        let first = |stop: usize, time: i32| {
            self.departures[stop].partition_point(|(departure, ..)| *departure < time + options.slack)
        };
        let mut open: Vec<Node> = Vec::new();
        for (stop, walk) in &walks.access[origin] {
            open.push(Node::Waits(0, *stop as usize, first(*stop as usize, departure + *walk as i32)));
        }
        while let Some(node) = open.pop() {
            match node {
                Node::Waits(done, stop, at) => {
                    if done == rides
                        || at >= waited[done][stop].len()
                        || std::mem::replace(&mut waited[done][stop][at], true)
                    {
                        continue;
                    }
                    let (_, trip, call) = self.departures[stop][at];
                    open.extend([Node::Waits(done, stop, at + 1), Node::Rides(done + 1, trip, call)]);
                }
                Node::Rides(done, trip, call) => {
                    if std::mem::replace(&mut ridden[done][trip][call], true) {
                        continue;
                    }
                    let Some((stop, arrival, _, _, alights)) = self.trips[trip].get(call + 1) else { continue };
                    open.push(Node::Rides(done, trip, call + 1));
                    // Beyond what is allowed nothing is of use; without this the search would go on for the whole day.
                    if !alights || *arrival > departure + options.most {
                        continue;
                    }
                    for (destination, walk) in &walks.egress[*stop] {
                        let slot = &mut best[*destination as usize];
                        *slot = (*slot).min(arrival + *walk as i32);
                    }
                    for (to, walk) in &walks.between[*stop] {
                        open.push(Node::Waits(done, *to as usize, first(*to as usize, arrival + *walk as i32)));
                    }
                }
            }
        }
        let taken = |arrival: i32| Some(arrival).filter(|time| *time < i32::MAX).map(|time| time - departure);
        best.into_iter()
            .map(|arrival| taken(arrival).filter(|time| *time <= options.most).map(|time| time as u32))
            .collect()
    }
}
