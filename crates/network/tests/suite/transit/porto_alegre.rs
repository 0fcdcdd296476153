//! Porto Alegre, 13 May 2019 from 14:00: the sample that r5r comes with (MIT; streets © OpenStreetMap contributors, ODbL).

use std::path::Path;

use lantu_network::transit::gtfs::{Date, Feed, Texts, feed};
use lantu_network::transit::matrix::{Options, UNREACHED, each_origin, percentiles};
use lantu_network::transit::osm;
use lantu_network::transit::points::{Points, points};
use lantu_network::transit::streets::Streets;
use lantu_network::transit::timetable::Timetable;
use lantu_network::transit::walks::{Walking, Walks};

use super::expanded::Expanded;

/// Feeds in folders `poa_eptc` and `poa_trensurb`, unpacked, beside the other files.
fn read(table: &str) -> (Vec<Feed>, Streets, Points) {
    let folder = std::env::var("LANTU_POA").expect("LANTU_POA names the folder");
    let folder = Path::new(&folder);
    let feeds = ["poa_eptc", "poa_trensurb"].map(|name| {
        let texts = Texts::FILES.map(|file| std::fs::read_to_string(folder.join(name).join(file)).ok());
        let (feed, problems) = feed(&Texts::new(texts.each_ref().map(Option::as_deref)));
        assert!(problems.is_empty(), "{problems:?}");
        feed
    });
    let streets = osm::streets(&std::fs::read(folder.join("poa_osm.pbf")).unwrap()).0.expect("streets");
    let (points, problems) = points(&std::fs::read_to_string(folder.join(table)).unwrap());
    assert!(problems.is_empty(), "{problems:?}");
    (feeds.to_vec(), streets, points)
}

fn date() -> Date {
    Date::parse("2019-05-13").unwrap()
}

/// Some origins, all 1,227 destinations, all 60 departures, to the second.
#[test]
#[ignore = "needs the sample: LANTU_POA=…/porto_alegre, with both feeds unpacked; minutes in a release build"]
fn the_slow_search_finds_the_same_seconds() {
    let (feeds, streets, points) = read("poa_hexgrid.csv");
    let options = Options { depart: 14 * 3_600, ..Options::default() };
    let (timetable, ..) = Timetable::new(&feeds, date(), options.period());
    let some: Vec<(f64, f64)> = points.at.iter().copied().step_by(307).collect();
    let (walks, _) = Walks::new(Some(&streets), &timetable, &some, &points.at, &Walking::default());
    let found = each_origin(&timetable, &walks, &options, |_, seconds| seconds.to_vec());
    let slow = Expanded::new(&feeds, date());
    let mut reached = 0;
    for (origin, found) in found.iter().enumerate() {
        for at in 0..options.departures {
            let wanted = slow.seconds(&walks, origin, options.depart + 60 * at as i32, &options);
            for (destination, wanted) in wanted.iter().enumerate() {
                let found = found[destination * options.departures + at];
                assert_eq!(Some(found).filter(|found| *found != UNREACHED), *wanted, "{origin} to {destination}, {at}");
                reached += usize::from(wanted.is_some());
            }
        }
    }
    assert!(reached > 100_000, "{reached}");
}

/// From the public market at 14:00 to 14:09, half of the departures, in minutes: as the vignette *Travel time matrices* of r5r
/// (<https://ipeagit.github.io/r5r/articles/travel_time_matrix.html>, read in 2026) prints them.
#[test]
#[ignore = "needs the sample: LANTU_POA=…/porto_alegre, with both feeds unpacked"]
fn times_are_near_those_that_r5r_prints() {
    const PRINTED: [u32; 10] = [0, 13, 12, 13, 3, 14, 15, 18, 20, 20];
    let (feeds, streets, points) = read("poa_points_of_interest.csv");
    let options = Options { depart: 14 * 3_600, departures: 10, most_rides: 3, most: 3_600, ..Options::default() };
    let (timetable, ..) = Timetable::new(&feeds, date(), options.period());
    let walking = Walking { most: 3_600, most_between: 1_000, ..Walking::default() };
    let (walks, _) = Walks::new(Some(&streets), &timetable, &points.at, &points.at, &walking);
    let found = percentiles(&timetable, &walks, &options, &[50.0]);
    for (destination, printed) in PRINTED.into_iter().enumerate() {
        let seconds = found[0][0][destination].unwrap();
        println!("{} {printed} {:.2}", points.ids[destination], f64::from(seconds) / 60.0);
    }
    let all = each_origin(&timetable, &walks, &options, |_, seconds| seconds.to_vec());
    for d in [1,2] { println!("{:?}", all[0][d*10..d*10+10].iter().map(|x| (*x as f64/6.0).round()/10.0).collect::<Vec<_>>()); }
}
