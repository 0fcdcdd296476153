//! Feeds and points that are broken: a located message in both languages, and the rest is taken.

use lantu_network::diagnostic::{Code, Diagnostic, Severity};
use lantu_network::transit::gtfs::{Date, Texts, feed};
use lantu_network::transit::points::points;
use lantu_network::transit::timetable::Timetable;
use lantu_network::transit::walks::{Walking, Walks};

use super::{THREE_STOPS, WEEK, daily};

#[track_caller]
fn said(problems: &[Diagnostic], code: Code, file: &str, line: usize) {
    let found = problems.iter().any(|problem| {
        (problem.code, problem.file, problem.line) == (code, file, line)
            && !problem.message.zh.is_empty()
            && !problem.message.en.is_empty()
    });
    assert!(found, "{code:?} in {file} at {line}: {problems:#?}");
}

const TIMES: &str =
    "trip_id,stop_id,stop_sequence,arrival_time,departure_time\n1,a,1,7:00:00,7:00:00\n1,b,2,7:05:00,7:05:00\n";

#[test]
fn rows_of_a_feed_that_cannot_be_used_are_left_out() {
    let stops = format!("{THREE_STOPS}a,5,5\nd,x,0\ne,0,91\n,0.03,0\n");
    let trips = "trip_id,service_id\n1,daily\n1,daily\n2,nightly\n3,daily\n4,daily\n5,daily\n6,daily\n";
    let times = format!(
        "{TIMES}9,a,1,7:00:00,7:00:00\n1,z,3,7:09:00,7:09:00\n1,c,x,7:09:00,7:09:00\n1,c,4,soon,7:09:00\n3,a,1,8:00:00,8:00:00\n\
         4,a,1,8:00:00,8:00:00\n4,b,2,7:00:00,7:00:00\n5,a,1,,\n5,b,2,7:00:00,7:00:00\n6,a,1,8:00:00,8:00:00\n6,b,1,8:01:00,8:01:00\n"
    );
    let (feed, problems) = daily(&stops, trips, &times);
    said(&problems, Code::DuplicateName, "stops.txt", 5);
    said(&problems, Code::BadNumber, "stops.txt", 6);
    said(&problems, Code::BadNumber, "stops.txt", 7);
    said(&problems, Code::DuplicateName, "trips.txt", 3);
    said(&problems, Code::UnknownName, "trips.txt", 4);
    said(&problems, Code::UnknownName, "stop_times.txt", 5);
    said(&problems, Code::BadNumber, "stop_times.txt", 6);
    said(&problems, Code::BadTime, "stop_times.txt", 7);
    said(&problems, Code::ShortTrip, "stop_times.txt", 8);
    said(&problems, Code::BadTime, "stop_times.txt", 10);
    said(&problems, Code::BadTime, "stop_times.txt", 11);
    said(&problems, Code::DuplicateName, "stop_times.txt", 13);
    // Trip 1 is left, with a third call whose departure is its arrival too.
    assert_eq!(feed.calls.len(), 3);
    assert_eq!(feed.calls[2].arrival, 7 * 3_600 + 540);
    let (timetable, counts, problems) = Timetable::new(&[feed], Date::parse("20190513").unwrap(), (0, 86_400));
    assert!(problems.is_empty() && counts.trips == 1 && timetable.stops.len() == 4, "{problems:?} {counts:?}");
}

#[test]
fn calendars_frequencies_and_changes_that_cannot_be_used_are_said() {
    let (feed, problems) = feed(&Texts {
        stops: Some(THREE_STOPS),
        routes: Some("route_id\nr\n"),
        trips: Some("trip_id,service_id,route_id\n1,daily,r\n2,extra,s\n"),
        stop_times: Some(TIMES),
        calendar: Some(&format!("{WEEK}broken,1,1,1,1,1,1,1,20190231,20191231\n")),
        calendar_dates: Some("service_id,date,exception_type\nextra,20190513,3\nextra,soon,1\n"),
        frequencies: Some("trip_id,start_time,end_time,headway_secs\n9,7:00:00,8:00:00,60\n1,7:00:00,8:00:00,0\n"),
        transfers: Some(
            "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id\na,z,0,,\na,b,2,,\na,b,9,,\na,b,4,,1\n",
        ),
    });
    said(&problems, Code::UnknownName, "trips.txt", 3);
    said(&problems, Code::BadTime, "calendar.txt", 3);
    said(&problems, Code::BadNumber, "calendar_dates.txt", 2);
    said(&problems, Code::BadTime, "calendar_dates.txt", 3);
    said(&problems, Code::UnknownName, "frequencies.txt", 2);
    said(&problems, Code::BadTime, "frequencies.txt", 3);
    said(&problems, Code::UnknownName, "transfers.txt", 2);
    said(&problems, Code::BadNumber, "transfers.txt", 3);
    said(&problems, Code::BadNumber, "transfers.txt", 4);
    said(&problems, Code::NotUsed, "transfers.txt", 5);
    assert_eq!((feed.trips.len(), feed.frequencies.len(), feed.transfers.len()), (2, 0, 0));
}

#[test]
fn a_feed_without_its_parts_is_said() {
    let (_, problems) = feed(&Texts::default());
    for file in ["stops.txt", "trips.txt", "stop_times.txt"] {
        said(&problems, Code::NotAFeed, file, 0);
    }
    let trips = "trip_id,service_id\n1,daily\n";
    let texts = Texts { stops: Some(THREE_STOPS), trips: Some(trips), stop_times: Some(TIMES), ..Texts::default() };
    let (feed, problems) = feed(&texts);
    said(&problems, Code::NoService, "calendar.txt", 0);
    said(&problems, Code::UnknownName, "trips.txt", 2);
    assert!(feed.calls.is_empty());
    let (_, counts, problems) = Timetable::new(&[feed], Date::parse("20190513").unwrap(), (0, 86_400));
    said(&problems, Code::NoService, "calendar.txt", 0);
    assert_eq!(counts.trips, 0);
    let (_, problems) = daily("stop_id,stop_lon\na,0\n", trips, TIMES);
    said(&problems, Code::MissingColumn, "stops.txt", 1);
}

/// The first of many are told, the others counted.
#[test]
fn many_problems_of_one_kind_are_counted() {
    let rows: String = (0..5_000).map(|row| format!("1,nowhere,{row},,\n")).collect();
    let (_, problems) = daily(THREE_STOPS, "trip_id,service_id\n1,daily\n", &format!("{TIMES}{rows}"));
    assert!(problems.len() < 30, "{}", problems.len());
    let last = problems.iter().find(|problem| problem.line == 0).expect("a count");
    assert!(last.severity == Severity::Error && last.message.en.contains("4980 more"), "{last:?}");
}

/// A bus every second for ten days is cut off before it uses up the memory.
#[test]
fn frequencies_are_bounded() {
    let calls: String = (0..200)
        .map(|call| {
            format!("1,{},{call},7:{:02}:{:02},\n", if call % 2 == 0 { "a" } else { "b" }, call / 60, call % 60)
        })
        .collect();
    let again = "1,0:00:00,240:00:00,1\n".repeat(3);
    let (feed, problems) = feed(&Texts {
        stops: Some(THREE_STOPS),
        trips: Some("trip_id,service_id\n1,daily\n"),
        stop_times: Some(&format!("trip_id,stop_id,stop_sequence,arrival_time,departure_time\n{calls}")),
        calendar: Some(WEEK),
        frequencies: Some(&format!("trip_id,start_time,end_time,headway_secs\n{again}")),
        ..Texts::default()
    });
    assert!(problems.is_empty(), "{problems:?}");
    let (_, _, problems) = Timetable::new(&[feed], Date::parse("20190513").unwrap(), (0, 864_000));
    said(&problems, Code::TooMany, "frequencies.txt", 0);
}

/// Stations of a hundred stops, and half a million rows from each to the other.
#[test]
fn changes_are_bounded() {
    let mut stops = "stop_id,stop_lon,stop_lat,parent_station\nS,0,0,\nT,0.01,0,\n".to_owned();
    let mut times = "trip_id,stop_id,stop_sequence,arrival_time,departure_time\n".to_owned();
    for stop in 0..100 {
        stops += &format!("s{stop},0,0,S\nt{stop},0.01,0,T\n");
        times += &format!("1,s{stop},{},7:00:00,\n1,t{stop},{},7:00:00,\n", 2 * stop, 2 * stop + 1);
    }
    let transfers = format!("from_stop_id,to_stop_id,transfer_type\n{}", "S,T,0\n".repeat(500_000));
    let (feed, problems) = feed(&Texts {
        stops: Some(&stops),
        trips: Some("trip_id,service_id\n1,daily\n"),
        stop_times: Some(&times),
        calendar: Some(WEEK),
        transfers: Some(&transfers),
        ..Texts::default()
    });
    assert!(problems.is_empty(), "{problems:?}");
    let (timetable, ..) = Timetable::new(&[feed], Date::parse("20190513").unwrap(), (0, 86_400));
    let (walks, problems) = Walks::new(None, &timetable, &[], &[], &Walking { most_between: 60, ..Walking::default() });
    said(&problems, Code::TooMany, "transfers.txt", 0);
    assert_eq!(walks.between.iter().map(Vec::len).sum::<usize>(), 2 * 100 * 100 + 100 * 100);
}

#[test]
fn points_that_cannot_be_read_are_said() {
    let text = "id,lon,lat,people,name,beds\na,0,0,5,x,NA\nb,1,1,7,y,3\na,2,2,9,z\n,3,3,9,z\nd,200,0,9,z\n";
    let (found, problems) = points(text);
    said(&problems, Code::DuplicateName, "", 4);
    said(&problems, Code::BadNumber, "", 5);
    said(&problems, Code::BadNumber, "", 6);
    assert_eq!(found.ids, ["a", "b"]);
    let (found, problems) = points("name,x,y\n");
    assert!(found.ids.is_empty() && problems.len() == 3);
    said(&points("id,lon,lat\n").1, Code::NoPoints, "", 0);
}
