//! Times between all points of a table by public transport, and how long that took, a line of JSON:
//! `transit <streets.osm.pbf> <points.csv> <date> <depart HH:MM> <departures> <feed.zip> …`
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a program for those who work on this one")]

use std::fs::File;
use std::io::Read as _;
use std::time::Instant;

use lantu_network::transit::gtfs::{Date, Feed, Texts, clock, feed};
use lantu_network::transit::matrix::{Options, percentiles};
use lantu_network::transit::osm;
use lantu_network::transit::points::points;
use lantu_network::transit::timetable::Timetable;
use lantu_network::transit::walks::{Walking, Walks};
use zip::ZipArchive;

fn read(file: &str) -> Feed {
    let mut archive = ZipArchive::new(File::open(file).unwrap()).unwrap();
    let texts = Texts::FILES.map(|name| {
        let mut text = String::new();
        archive.by_name(name).ok()?.read_to_string(&mut text).ok()?;
        Some(text)
    });
    feed(&Texts::new(texts.each_ref().map(Option::as_deref))).0
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [streets, table, date, depart, departures, files @ ..] = arguments.as_slice() else { panic!("see the head") };
    let begun = Instant::now();
    let feeds: Vec<_> = files.iter().map(|file| read(file)).collect();
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
