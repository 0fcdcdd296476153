//! Any texts as the files of a feed, parted by lines of equals signs: read, and travelled where it is small. Nothing may panic
//! or hang.
#![no_main]

use lantu_network::transit::gtfs::{Date, Texts, feed};
use lantu_network::transit::matrix::{Options, percentiles};
use lantu_network::transit::timetable::Timetable;
use lantu_network::transit::walks::{Walking, Walks};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split("====\n");
    let (feed, _) = feed(&Texts::new(std::array::from_fn(|_| parts.next())));
    let Some(date) = Date::parse("2026-03-02") else { return };
    let options = Options { departures: 5, ..Options::default() };
    let points: Vec<(f64, f64)> = feed.stops.iter().take(3).map(|stop| stop.at).collect();
    let (timetable, ..) = Timetable::new(&[feed], date, options.period());
    if timetable.stops.len() < 200 {
        let (walks, _) = Walks::new(None, &timetable, &points, &points, &Walking::default());
        let _ = percentiles(&timetable, &walks, &options, &[50.0]);
    }
});
