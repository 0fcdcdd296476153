//! Small timetables made up at random: trips that overtake and go round in circles, run past midnight and at equal times,
//! walks that are not closed under being put together. Every second of every departure is that of the slow search.

use lantu_network::transit::gtfs::{Date, Texts, feed};
use lantu_network::transit::matrix::{Options, UNREACHED, each_origin, percentiles};
use lantu_network::transit::timetable::Timetable;
use lantu_network::transit::walks::{Lists, Walks};
use proptest::prelude::*;

use super::expanded::Expanded;

const STOPS: u32 = 7;
const POINTS: u32 = 4;

#[derive(Debug, Clone)]
struct Made {
    stop_times: String,
    trips: String,
    frequencies: String,
}

fn clock(seconds: i32) -> String {
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// A few lines, so that many trips have the same stops and overtake each other. Times are in steps of half a minute, so that
/// equal ones are common.
fn made() -> impl Strategy<Value = Made> {
    // Stop, and whether one may board and get off there.
    let lines = proptest::collection::vec(proptest::collection::vec((0..STOPS, 0..8_u8), 2..7), 1..4);
    // Half minutes to ride to each call, and to stay there.
    let calls = proptest::collection::vec((0..12_i32, 0..3_i32), 6);
    let again = proptest::option::weighted(0.3, (0..3_i32, 1..4_i32));
    let start = prop_oneof![0..120_i32, 1_400..1_560_i32];
    let trip = (0..3_usize, start, 0..2_u8, calls, again);
    (lines, proptest::collection::vec(trip, 1..14)).prop_map(|(lines, trips)| {
        let mut made = Made {
            stop_times: "trip_id,stop_sequence,stop_id,arrival_time,departure_time,pickup_type,drop_off_type\n"
                .to_owned(),
            trips: "trip_id,service_id,route_id\n".to_owned(),
            frequencies: "trip_id,start_time,end_time,headway_secs\n".to_owned(),
        };
        for (number, (line, start, service, calls, again)) in trips.into_iter().enumerate() {
            made.trips += &format!("t{number},s{service},r\n");
            let mut time = start * 60;
            let line = &lines[line % lines.len()];
            for (place, ((stop, free), (ride, stay))) in line.iter().zip(&calls).enumerate() {
                let arrival = time + if place == 0 { 0 } else { ride * 30 };
                time = arrival + stay * 30;
                let (pickup, drop_off) = (u8::from(*free == 0), u8::from(*free == 1));
                made.stop_times +=
                    &format!("t{number},{place},{stop},{},{},{pickup},{drop_off}\n", clock(arrival), clock(time));
            }
            if let Some((wait, headway)) = again {
                let (start, end) = (clock((start + wait) * 60), clock((start + wait + 25) * 60));
                made.frequencies += &format!("t{number},{start},{end},{}\n", headway * 240);
            }
        }
        made
    })
}

fn lists(from: u32, to: u32, most: u32) -> impl Strategy<Value = Lists> {
    let list = proptest::collection::btree_map(0..to, 0..most, 0..to as usize);
    proptest::collection::vec(list.prop_map(|list| list.into_iter().collect()), from as usize)
}

fn walks() -> impl Strategy<Value = Walks> {
    let parts = (lists(2, STOPS, 400), lists(2, POINTS, 3_000), lists(STOPS, POINTS, 600), lists(STOPS, STOPS, 500));
    parts.prop_map(|(access, direct, egress, mut between)| {
        // At most stops one can change without walking.
        for (stop, list) in between.iter_mut().enumerate().skip(1) {
            list.retain(|(to, _)| *to as usize != stop);
            list.insert(list.partition_point(|(to, _)| (*to as usize) < stop), (stop as u32, 0));
        }
        Walks { access, direct, egress, between, destinations: POINTS as usize }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn every_departure_arrives_when_the_slow_search_does(
        made in proptest::collection::vec(made(), 1..3),
        walks in walks(),
        depart in prop_oneof![0..3_600_i32, 84_000..88_000_i32],
        (most_rides, slack, most) in (0..5_usize, prop_oneof![Just(0), Just(60)], prop_oneof![Just(1_800), Just(7_200)]),
    ) {
        let stops: String = (0..STOPS).map(|stop| format!("{stop},0,0.{stop}\n")).collect();
        let stops = format!("stop_id,stop_lon,stop_lat\n{stops}");
        // One service on all days, one on the days before and after alone.
        let dates = "service_id,date,exception_type\ns0,20190512,1\ns0,20190513,1\ns0,20190514,1\ns1,20190512,1\ns1,20190514,1\n";
        let feeds: Vec<_> = made.iter().map(|made| feed(&Texts {
            stops: Some(&stops),
            trips: Some(&made.trips),
            stop_times: Some(&made.stop_times),
            calendar_dates: Some(dates),
            frequencies: Some(&made.frequencies),
            ..Texts::default()
        })).collect();
        prop_assert!(feeds.iter().all(|(_, problems)| problems.is_empty()), "{feeds:?}");
        let feeds: Vec<_> = feeds.into_iter().map(|(feed, _)| feed).collect();
        let mut walks = walks;
        // The stops of the second feed are the far ends of half the walks.
        let all = STOPS as usize * feeds.len();
        walks.egress.resize(all, vec![(0, 30)]);
        walks.between.resize(all, vec![(0, 45), (STOPS - 1, 90)]);
        if feeds.len() > 1 {
            walks.access[0].push((STOPS + 1, 20));
            walks.between[2].push((STOPS + 2, 20));
        }
        let date = Date::parse("2019-05-13").unwrap();
        let options = Options { depart, departures: 20, most_rides, slack, most };
        let (timetable, _, _) = Timetable::new(&feeds, date, options.period());
        let found = each_origin(&timetable, &walks, &options, |_, seconds| seconds.to_vec());
        let halves = percentiles(&timetable, &walks, &options, &[5.0, 50.0, 100.0]);
        let slow = Expanded::new(&feeds, date);
        for (origin, found) in found.iter().enumerate() {
            let mut columns = vec![Vec::new(); POINTS as usize];
            for at in 0..20 {
                let wanted = slow.seconds(&walks, origin, depart + 60 * at as i32, &options);
                for (destination, wanted) in wanted.iter().enumerate() {
                    let found = found[destination * 20 + at];
                    prop_assert_eq!(Some(found).filter(|found| *found != UNREACHED), *wanted, "{} to {}, {}", origin, destination, at);
                    columns[destination].push(wanted.unwrap_or(UNREACHED));
                }
            }
            for (destination, column) in columns.iter_mut().enumerate() {
                column.sort_unstable();
                for (share, place) in [0, 9, 19].into_iter().enumerate() {
                    let wanted = Some(column[place]).filter(|seconds| *seconds != UNREACHED);
                    prop_assert_eq!(halves[origin][share][destination], wanted);
                }
            }
        }
    }
}
