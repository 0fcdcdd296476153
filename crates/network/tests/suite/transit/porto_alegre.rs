//! Porto Alegre, 13 May 2019 from 14:00: the sample that r5r comes with (MIT; streets © OpenStreetMap contributors, ODbL).

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use lantu_network::read::held::held;
use lantu_network::transit::gtfs::{Date, Feed, Texts, feed};
use lantu_network::transit::matrix::{Options, UNREACHED, each_origin, percentiles};
use lantu_network::transit::osm;
use lantu_network::transit::points::{Points, points};
use lantu_network::transit::streets::Streets;
use lantu_network::transit::timetable::Timetable;
use lantu_network::transit::walks::{Walking, Walks};
use zip::ZipArchive;

use super::expanded::Expanded;

fn text(archive: &mut ZipArchive<File>, file: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(file).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

fn read(table: &str) -> (Vec<Feed>, Streets, Points) {
    let folder = std::env::var("LANTU_POA").expect("LANTU_POA names the folder");
    let folder = Path::new(&folder);
    let feeds = ["poa_eptc.zip", "poa_trensurb.zip"].map(|name| {
        let mut archive = ZipArchive::new(File::open(folder.join(name)).unwrap()).unwrap();
        let texts = Texts::FILES.map(|file| text(&mut archive, file));
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
#[ignore = "needs the sample: LANTU_POA=…/porto_alegre; minutes in a release build"]
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
        for at in 0..60 {
            let wanted = slow.seconds(&walks, origin, options.depart + 60 * at as i32, &options);
            for (destination, wanted) in wanted.iter().enumerate() {
                let found = found[destination * 60 + at];
                assert_eq!(Some(found).filter(|found| *found != UNREACHED), *wanted, "{origin} to {destination}, {at}");
                reached += usize::from(wanted.is_some());
            }
        }
    }
    assert!(reached > 100_000, "{reached}");
}

/// Metres along the streets from the public market to the other points, by networkx on the ways that pyosmium reads.
#[test]
#[ignore = "needs the sample: LANTU_POA=…/porto_alegre"]
fn walks_are_as_long_as_another_program_finds_them() {
    const METRES: [f64; 14] = [
        1_249.87, 1_545.34, 821.58, 189.14, 893.73, 928.85, 1_856.20, 2_250.92, 4_918.04, 7_576.62, 2_637.90, 4_647.78,
        1_283.99, 6_800.55,
    ];
    let (_, streets, points) = read("poa_points_of_interest.csv");
    let walking = Walking { most: 9_000, ..Walking::default() };
    let (walks, problems) = Walks::new(Some(&streets), &Timetable::default(), &points.at, &points.at, &walking);
    assert!(problems.is_empty(), "{problems:?}");
    let found: Vec<(u32, u32)> = walks.direct[0].iter().skip(1).copied().collect();
    // A metre takes a second, and seconds are rounded up; lengths of segments are rounded to millimetres.
    for ((place, seconds), metres) in found.iter().zip(METRES) {
        assert!((metres - 0.1..=metres + 1.1).contains(&f64::from(*seconds)), "{place}: {seconds} s, {metres} m");
    }
    assert_eq!(found.len(), METRES.len());
}

/// Half of the departures get there in so many seconds.
fn seconds(table: &str, departures: u16, most_walk: u32) -> (Points, Vec<Vec<Option<u32>>>) {
    let (feeds, streets, points) = read(table);
    let options = Options { depart: 14 * 3_600, departures, most_rides: 3, ..Options::default() };
    let (timetable, ..) = Timetable::new(&feeds, date(), options.period());
    let walking = Walking { most: most_walk, most_between: 1_000, ..Walking::default() };
    let (walks, _) = Walks::new(Some(&streets), &timetable, &points.at, &points.at, &walking);
    let found = percentiles(&timetable, &walks, &options, &[50.0]);
    (points, found.into_iter().map(|mut shares| shares.remove(0)).collect())
}

/// From the public market at 14:00 to 14:09, as the vignette *Travel time matrices* of r5r prints it
/// (<https://ipeagit.github.io/r5r/articles/travel_time_matrix.html>, read in 2026). Two are a minute less here.
#[test]
#[ignore = "needs the sample: LANTU_POA=…/porto_alegre"]
fn times_from_the_market_are_near_those_that_r5r_prints() {
    const PRINTED: [u32; 10] = [0, 13, 12, 13, 3, 14, 15, 18, 20, 20];
    const DIFFER: [(&str, u32); 2] = [("gasometer_museum", 11), ("farroupilha_park", 17)];
    let (points, found) = seconds("poa_points_of_interest.csv", 10, 3_600);
    let pairs = points.ids.iter().zip(&found[0]).zip(PRINTED);
    let differ: Vec<(&str, u32)> = pairs
        .map(|((name, seconds), printed)| (name.as_str(), seconds.unwrap() / 60, printed))
        .filter(|(_, minutes, printed)| minutes != printed)
        .map(|(name, minutes, _)| (name, minutes))
        .collect();
    assert_eq!(differ, DIFFER);
}

/// From one hexagon to five others, and what nine hexagons reach within 20 minutes, from 14:00 to 14:59: as the vignette
/// *Accessibility* of r5r prints it (<https://ipeagit.github.io/r5r/articles/accessibility.html>, read in 2026). R5 itself counts
/// below 20 minutes to the second; the package `accessibility`, that prints the last six, up to 20 whole minutes.
#[test]
#[ignore = "needs the sample: LANTU_POA=…/porto_alegre"]
fn times_and_places_in_reach_of_hexagons_are_those_that_r5r_prints() {
    const MINUTES: [(&str, u32); 5] = [
        ("89a9012a3cfffff", 78),
        ("89a901295b7ffff", 45),
        ("89a901284a3ffff", 60),
        ("89a9012809bffff", 47),
        ("89a901285cfffff", 38),
    ];
    // Schools and places of health care.
    const BELOW: [(&str, f64, f64); 3] =
        [("89a901291abffff", 4.0, 6.0), ("89a9012a3cfffff", 0.0, 0.0), ("89a901295b7ffff", 8.0, 4.0)];
    const UP_TO: [(&str, f64, f64); 6] = [
        ("89a9012124fffff", 2.0, 2.0),
        ("89a9012126bffff", 4.0, 1.0),
        ("89a9012127bffff", 2.0, 1.0),
        ("89a90128003ffff", 9.0, 3.0),
        ("89a90128007ffff", 7.0, 2.0),
        ("89a9012800bffff", 9.0, 4.0),
    ];
    let (points, found) = seconds("poa_hexgrid.csv", 60, 1_800);
    let number = |name: &str| points.ids.iter().position(|id| id == name).unwrap();
    for (to, printed) in MINUTES {
        assert_eq!(found[number("89a901291abffff")][number(to)].map(|seconds| seconds / 60), Some(printed), "{to}");
    }
    let table =
        std::fs::read_to_string(Path::new(&std::env::var("LANTU_POA").unwrap()).join("poa_hexgrid.csv")).unwrap();
    let within = |origin: &str, column: &str, most: u32| -> f64 {
        let (held, _) = held(&table, column).0.of(&points.ids);
        let near = found[number(origin)].iter().zip(&held).filter(|(seconds, _)| seconds.is_some_and(|s| s < most));
        near.map(|(_, held)| held).sum()
    };
    for (list, most) in [(BELOW.as_slice(), 20 * 60), (UP_TO.as_slice(), 21 * 60)] {
        for (origin, schools, health) in list {
            let found = ["schools", "healthcare"].map(|column| within(origin, column, most));
            assert_eq!(found, [*schools, *health], "{origin}");
        }
    }
}
