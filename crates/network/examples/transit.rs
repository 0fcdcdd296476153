//! Times between all points of a table by public transport, and how long that took, a line of JSON:
//! `transit <streets.osm.pbf> <points.csv> <date> <depart HH:MM> <departures> <folder of a feed> …`
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a program for those who work on this one")]

use std::path::Path;
use std::time::Instant;

use lantu_network::transit::gtfs::{Date, Texts, clock, feed};
use lantu_network::transit::matrix::{Options, percentiles};
use lantu_network::transit::points::points;
use lantu_network::transit::timetable::Timetable;
use lantu_network::transit::walks::{Walking, Walks};
use lantu_network::transit::osm;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [streets, table, date, depart, departures, folders @ ..] = arguments.as_slice() else { panic!("see the head") };
    let begun = Instant::now();
    let read = |folder: &String, file: &str| std::fs::read_to_string(Path::new(folder).join(file)).ok();
    let feeds: Vec<_> = folders
        .iter()
        .map(|folder| {
            let texts = Texts::FILES.map(|file| read(folder, file));
            feed(&Texts::new(texts.each_ref().map(Option::as_deref))).0
        })
        .collect();
    let streets = osm::streets(&std::fs::read(streets).unwrap()).0.unwrap();
    let points = points(&std::fs::read_to_string(table).unwrap()).0;
    let date = Date::parse(date).unwrap();
    let options =
        Options { depart: clock(depart).unwrap(), departures: departures.parse().unwrap(), ..Options::default() };
    let reading = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let (timetable, counts, _) = Timetable::new(&feeds, date, options.period());
    let (walks, _) = Walks::new(Some(&streets), &timetable, &points.at, &points.at, &Walking::default());
    let walking = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let found = percentiles(&timetable, &walks, &options, &[50.0]);
    let riding = begun.elapsed().as_secs_f64();
    let reached: Vec<u64> = found.iter().flatten().flatten().flatten().map(|seconds| u64::from(*seconds)).collect();
    let walks_kept: usize = [&walks.access, &walks.egress, &walks.between].into_iter().flatten().map(Vec::len).sum();
    println!(
        "{{\"points\": {}, \"stops\": {}, \"trips\": {}, \"walks\": {walks_kept}, \"reading\": {reading:.3}, \"walking\": {walking:.3}, \
         \"riding\": {riding:.3}, \"seconds\": {:.3}, \"reached\": {}, \"sum\": {}, \"threads\": {}}}",
        points.ids.len(),
        timetable.stops.len(),
        counts.trips,
        walking + riding,
        reached.len(),
        reached.iter().sum::<u64>(),
        rayon::current_num_threads(),
    );
}
