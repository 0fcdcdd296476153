//! Timetables small enough to be worked out by hand.

use lantu_network::transit::gtfs::{Date, Texts, feed};
use lantu_network::transit::matrix::{Options, UNREACHED, each_origin, percentiles};
use lantu_network::transit::timetable::Timetable;
use lantu_network::transit::walks::{Walking, Walks};

use super::{THREE_STOPS, WEEK, daily};

const TRIPS: &str = "trip_id,service_id\n1,daily\n2,daily\n";

fn day() -> Date {
    Date::parse("20190513").unwrap()
}

/// A bus at 7:10 and one at 7:20, five minutes on the way. From a to b at 7:00, 7:05, …: waiting until the bus that is caught
/// one minute before it leaves.
#[test]
fn waiting_counts_from_every_departure() {
    let times = "trip_id,stop_id,stop_sequence,arrival_time,departure_time\n\
        1,a,1,7:10:00,7:10:00\n1,b,2,7:15:00,7:15:00\n2,a,1,7:20:00,7:20:00\n2,b,2,7:25:00,7:25:00\n";
    let (feed, problems) = daily(THREE_STOPS, TRIPS, times);
    assert!(problems.is_empty(), "{problems:?}");
    let options = Options { depart: 7 * 3_600, departures: 21, ..Options::default() };
    let (timetable, counts, _) = Timetable::new(&[feed], day(), options.period());
    assert_eq!((counts.services, counts.trips), (1, 2));
    let ends = [(0.0, 0.0), (0.01, 0.0), (0.02, 0.0)];
    let walking = Walking { most: 600, ..Walking::default() };
    let (walks, _) = Walks::new(None, &timetable, &ends, &ends, &walking);
    let found = each_origin(&timetable, &walks, &options, |_, seconds| seconds.to_vec());
    // The second bus leaves at 7:20, so that 7:19 is the last departure of use.
    let minutes = |at: usize| if at <= 9 { 15 - at } else { 25 - at };
    for at in 0..=19 {
        assert_eq!(found[0][21 + at], 60 * minutes(at) as u32, "{at}");
    }
    assert_eq!(found[0][21 + 20], UNREACHED);
    assert_eq!(found[0][..21], [0; 21]);
    assert_eq!(found[0][2 * 21..], [UNREACHED; 21]);
    // Half of 21 departures are at least eleven; one of them gets nowhere.
    let shares = percentiles(&timetable, &walks, &options, &[50.0, 95.0, 100.0]);
    let mut all: Vec<usize> = (0..20).map(minutes).collect();
    all.sort_unstable();
    let wanted = [Some(60 * all[10] as u32), Some(60 * all[19] as u32), None];
    assert_eq!([0, 1, 2].map(|share| shares[0][share][1]), wanted);
}

/// Times between those given are in equal steps; a night bus is there after midnight on the day after.
#[test]
fn times_that_are_not_given_are_in_between() {
    let times = "trip_id,stop_id,stop_sequence,arrival_time,departure_time\n\
        1,a,1,23:50:00,23:50:00\n1,b,2,,\n1,c,9,24:20:00,24:20:00\n2,c,1,12:00:00,12:00:00\n2,a,3,12:30:00,12:40:00\n";
    let (feed, problems) = daily(THREE_STOPS, TRIPS, times);
    assert!(problems.is_empty(), "{problems:?}");
    let calls: Vec<i32> = feed.calls.iter().map(|call| call.arrival).collect();
    assert_eq!(calls, [85_800, 86_700, 87_600, 43_200, 45_000]);
    // Three quarters of the way take three quarters of the time; stops at one place have equal steps.
    let stops = "stop_id,stop_lon,stop_lat\na,0,0\nb,0.03,0\nc,0.04,0\nd,0.04,0\ne,0.04,0\n";
    let times = "trip_id,stop_id,stop_sequence,arrival_time,departure_time\n\
        1,a,1,7:00:00,7:00:00\n1,b,2,,\n1,c,3,7:20:01,7:20:01\n1,d,4,,\n1,e,5,7:21:01,\n";
    let (uneven, problems) = daily(stops, TRIPS, times);
    assert!(problems.is_empty(), "{problems:?}");
    let calls: Vec<i32> = uneven.calls.iter().map(|call| call.arrival - 7 * 3_600).collect();
    assert_eq!(calls, [0, 900, 1_201, 1_231, 1_261]);
    // At 0:00 of the same date the bus of the day before comes by at b at 0:05.
    let options = Options { depart: 0, departures: 1, ..Options::default() };
    let (timetable, ..) = Timetable::new(&[feed], day(), options.period());
    let walking = Walking { most: 60, ..Walking::default() };
    let (walks, _) = Walks::new(None, &timetable, &[(0.01, 0.0)], &[(0.02, 0.0)], &walking);
    assert_eq!(percentiles(&timetable, &walks, &options, &[50.0])[0][0][0], Some(20 * 60));
}

/// A week, an exception, and a trip that runs every five minutes from 7:00 until 7:20.
#[test]
fn exceptions_and_frequencies_say_what_runs() {
    let read = |date: &str| {
        let (feed, problems) = feed(&Texts {
            stops: Some(THREE_STOPS),
            routes: Some("route_id\nr\n"),
            trips: Some("trip_id,service_id,route_id\n1,daily,r\n2,extra,r\n"),
            stop_times: Some(
                "trip_id,stop_id,stop_sequence,arrival_time,departure_time\n1,a,1,5:00:00,5:00:00\n1,b,2,5:03:00,5:03:00\n\
                 2,a,1,9:00:00,9:00:00\n2,b,2,9:03:00,9:03:00\n",
            ),
            calendar: Some(WEEK),
            calendar_dates: Some("service_id,date,exception_type\nextra,20190513,1\ndaily,20190514,2\n"),
            frequencies: Some("trip_id,start_time,end_time,headway_secs\n1,7:00:00,7:20:00,300\n"),
            transfers: None,
        });
        assert!(problems.is_empty(), "{problems:?}");
        let (_, counts, problems) = Timetable::new(&[feed], Date::parse(date).unwrap(), (0, 86_400));
        (counts.services, counts.trips, problems.len())
    };
    assert_eq!(read("2019-05-13"), (2, 5, 0));
    assert_eq!(read("2019-05-15"), (1, 4, 0));
    assert_eq!(read("2019-05-14"), (0, 0, 1));
    assert_eq!(read("2020-05-13"), (0, 0, 1));
}

/// Two buses that meet at b: without more said the change is at once; the feed makes it three minutes, or says it cannot be.
#[test]
fn a_feed_can_say_how_long_a_change_takes() {
    let times = "trip_id,stop_id,stop_sequence,arrival_time,departure_time\n\
        1,a,1,7:00:00,7:00:00\n1,b,2,7:05:00,7:05:00\n2,b,1,7:07:00,7:07:00\n2,c,2,7:12:00,7:12:00\n";
    let run = |transfers: &str, most_rides: usize| {
        let (feed, problems) = feed(&Texts {
            stops: Some(THREE_STOPS),
            trips: Some(TRIPS),
            stop_times: Some(times),
            calendar: Some(WEEK),
            transfers: Some(transfers),
            ..Texts::default()
        });
        assert!(problems.is_empty(), "{problems:?}");
        let options = Options { depart: 6 * 3_600 + 59 * 60, departures: 1, most_rides, ..Options::default() };
        let (timetable, ..) = Timetable::new(&[feed], day(), options.period());
        let (walks, _) =
            Walks::new(None, &timetable, &[(0.0, 0.0)], &[(0.02, 0.0)], &Walking { most: 60, ..Walking::default() });
        percentiles(&timetable, &walks, &options, &[50.0])[0][0][0]
    };
    let head = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\n";
    assert_eq!(run("", 2), Some(13 * 60));
    assert_eq!(run("", 1), None);
    assert_eq!(run(&format!("{head}b,b,2,60\n"), 2), Some(13 * 60));
    assert_eq!(run(&format!("{head}b,b,2,180\n"), 2), None);
    assert_eq!(run(&format!("{head}b,b,3,\n"), 2), None);
}

/// Platforms of one station are joined, though no walk is short enough to be allowed between other stops.
#[test]
fn platforms_of_a_station_are_joined_and_rows_of_the_station_hold_for_them() {
    let stops = "stop_id,stop_lon,stop_lat,location_type,parent_station\nS,0.01,0,1,\na,0,0,,\nb1,0.0100,0,0,S\nb2,0.0102,0,0,S\nc,0.02,0,,\n";
    let times = "trip_id,stop_id,stop_sequence,arrival_time,departure_time\n\
        1,a,1,7:00:00,7:00:00\n1,b1,2,7:05:00,7:05:00\n2,b2,1,7:10:00,7:10:00\n2,c,2,7:15:00,7:15:00\n";
    for (transfers, wanted) in [
        ("", Some(16 * 60)),
        ("from_stop_id,to_stop_id,transfer_type,min_transfer_time\nS,S,3,\n", None),
        ("from_stop_id,to_stop_id,transfer_type,min_transfer_time\nb1,b2,2,200\nS,S,3,\n", Some(16 * 60)),
    ] {
        let (feed, problems) = feed(&Texts {
            stops: Some(stops),
            trips: Some(TRIPS),
            stop_times: Some(times),
            calendar: Some(WEEK),
            transfers: Some(transfers),
            ..Texts::default()
        });
        assert!(problems.is_empty(), "{problems:?}");
        let options = Options { depart: 6 * 3_600 + 59 * 60, departures: 1, ..Options::default() };
        let (timetable, ..) = Timetable::new(&[feed], day(), options.period());
        let walking = Walking { most: 10, most_between: 30, ..Walking::default() };
        let (walks, _) = Walks::new(None, &timetable, &[(0.0, 0.0)], &[(0.02, 0.0)], &walking);
        assert_eq!(percentiles(&timetable, &walks, &options, &[50.0])[0][0][0], wanted, "{transfers}");
    }
}

/// Nothing to ride on is a walk, however little of a timetable there is; walks that are of another one are not travelled.
#[test]
fn without_trips_one_walks() {
    let (empty, places) = (Timetable::default(), [(0.0, 0.0), (0.001, 0.0), (-0.0, 0.0)]);
    let (walks, _) = Walks::new(None, &empty, &places, &places, &Walking::default());
    for departures in [0, 1, 3] {
        let options = Options { departures, ..Options::default() };
        let found = percentiles(&empty, &walks, &options, &[50.0]);
        assert_eq!(found[0][0], if departures == 0 { vec![] } else { vec![Some(0), Some(112), Some(0)] });
    }
    let (feed, _) = daily(THREE_STOPS, TRIPS, "trip_id,stop_id,stop_sequence,arrival_time,departure_time\n");
    let (timetable, ..) = Timetable::new(&[feed], day(), (0, 86_400));
    assert!(percentiles(&timetable, &walks, &Options::default(), &[50.0]).is_empty());
}

/// A town of made-up trips: the same times on one thread and on many.
#[test]
fn threads_change_nothing() {
    let stops: String = (0..40)
        .map(|stop| format!("{stop},{},{}\n", 0.004 * f64::from(stop % 7), 0.003 * f64::from(stop / 7)))
        .collect();
    let (mut trips, mut times) = ("trip_id,service_id\n".to_owned(), String::new());
    for trip in 0..120 {
        trips += &format!("{trip},daily\n");
        for call in 0..8 {
            let (stop, minute) = ((trip * 11 + call * (1 + trip % 5)) % 40, 420 + trip / 2 + 3 * call);
            times += &format!("{trip},{stop},{call},{}:{:02},\n", minute / 60, minute % 60);
        }
    }
    let (feed, problems) = daily(
        &format!("stop_id,stop_lon,stop_lat\n{stops}"),
        &trips,
        &format!("trip_id,stop_id,stop_sequence,arrival_time,departure_time\n{times}"),
    );
    assert!(problems.is_empty(), "{problems:?}");
    let options = Options::default();
    let (timetable, ..) = Timetable::new(&[feed], day(), options.period());
    let places: Vec<(f64, f64)> = timetable.stops.iter().map(|stop| (stop.at.0 + 0.001, stop.at.1)).collect();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let (walks, _) =
                Walks::new(None, &timetable, &places, &places, &Walking { most: 400, ..Walking::default() });
            let found = percentiles(&timetable, &walks, &options, &[25.0, 50.0]);
            (walks, found)
        })
    };
    let one = run(1);
    assert!(one.1.iter().flatten().flatten().flatten().count() > 1_000);
    assert!(one == run(4) && one == run(7));
}
