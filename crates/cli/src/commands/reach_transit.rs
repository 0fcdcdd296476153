//! `lantu reach --gtfs`: how long it takes from points to points by public transport and on foot.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, bail};
use lantu_blueprint::Lang;
use lantu_network::diagnostic::{Diagnostic, Severity};
use lantu_network::transit::gtfs::Feed;
use lantu_network::transit::matrix::{Options, percentiles};
use lantu_network::transit::osm;
use lantu_network::transit::points::{Points, points};
use lantu_network::transit::timetable::{Counts, Timetable};
use lantu_network::transit::walks::{Walking, Walks};
use serde_json::json;

use super::assign::tell;
use super::{reach_feeds, say};
use crate::Outcome;
use crate::arguments::Format;
use crate::arguments_transit::Transit;
use crate::models::output;
use crate::text::table::{Cell, render};
use crate::text::{csv, print, print_json, style};

/// Times from points to points.
pub(crate) struct Times {
    pub(crate) from: Points,
    pub(crate) to: Points,
    /// Minutes by percentile, origin and destination; infinite where a destination is not reached.
    pub(crate) minutes: Vec<Vec<Vec<f64>>>,
    /// Whether everything that was read could be used.
    pub(crate) whole: bool,
    counts: Counts,
    stops: usize,
    seconds: f64,
}

impl Times {
    /// Pairs of points with a time, at the first percentile.
    fn reached(&self) -> usize {
        self.minutes.first().into_iter().flatten().flatten().filter(|minutes| minutes.is_finite()).count()
    }
}

pub(crate) fn run(command: &Transit, lang: Lang) -> anyhow::Result<Outcome> {
    if command.format == Format::Csv {
        bail!(say(
            lang,
            "结果没有 csv 格式；时间表用 --matrix 写成 CSV",
            "no csv here; --matrix writes the times as CSV"
        ));
    }
    let inputs = command.gtfs.iter().chain(&command.osm).chain([&command.points]).chain(&command.to);
    if let Some(path) = &command.matrix {
        let same = |input: &std::path::PathBuf| matches!((input.canonicalize(), path.canonicalize()), (Ok(a), Ok(b)) if a == b);
        if inputs.into_iter().any(same) {
            bail!(say(lang, "--matrix 会盖掉读入的文件", "--matrix would overwrite a file that is read"));
        }
    }
    let Some(found) = times(command, lang)? else { return Ok(Outcome::Findings) };
    if let Some(path) = &command.matrix {
        write_matrix(&found, &command.percentiles, path)?;
    }
    let pairs = found.from.ids.len() * found.to.ids.len();
    match command.format {
        Format::Json => print_json(&json!({
            "feeds": command.gtfs.len(),
            "services": found.counts.services,
            "routes": found.counts.routes,
            "trips": found.counts.trips,
            "stops": found.stops,
            "origins": found.from.ids.len(),
            "destinations": found.to.ids.len(),
            "pairs": pairs,
            "reached": found.reached(),
            "seconds": found.seconds,
        }))?,
        _ => {
            let rows = [
                (say(lang, "时刻表", "feeds"), command.gtfs.len().to_string()),
                (say(lang, "当天的运营日历", "services that day"), found.counts.services.to_string()),
                (say(lang, "当天的线路", "routes that day"), found.counts.routes.to_string()),
                (say(lang, "当天的班次", "trips that day"), found.counts.trips.to_string()),
                (say(lang, "站点", "stops"), found.stops.to_string()),
                (say(lang, "出发地", "origins"), found.from.ids.len().to_string()),
                (say(lang, "目的地", "destinations"), found.to.ids.len().to_string()),
                (say(lang, "到得了的地点对", "pairs reached"), format!("{} / {pairs}", found.reached())),
                (say(lang, "秒", "seconds"), format!("{:.3}", found.seconds)),
            ];
            let row = |(name, value)| vec![Cell::text(name).painted(style::dim), Cell::text(value)];
            print(&render(&rows.map(row), &[40, 40], 0))?;
        }
    }
    Ok(if found.whole { Outcome::Fine } else { Outcome::Findings })
}

/// Reads everything, tells what is wrong with it, and works out the times; none where nothing can be worked out.
pub(crate) fn times(command: &Transit, lang: Lang) -> anyhow::Result<Option<Times>> {
    let mut whole = true;
    let mut say_of = |problems: &[Diagnostic], path: &Path| {
        whole &= !problems.iter().any(|problem| problem.severity == Severity::Error);
        tell(problems, path, lang);
    };
    let mut feeds: Vec<Feed> = Vec::new();
    for path in &command.gtfs {
        let (feed, problems) = reach_feeds::read(path)?;
        say_of(&problems, path);
        feeds.push(feed);
    }
    let streets = match &command.osm {
        Some(path) => {
            let (streets, problems) = osm::streets(&std::fs::read(path).with_context(|| path.display().to_string())?);
            say_of(&problems, path);
            let Some(streets) = streets else { return Ok(None) };
            Some(streets)
        }
        None => {
            anstream::eprintln!(
                "{}",
                style::dim(say(
                    lang,
                    "没有 --osm：步行按直线算，比实际短",
                    "no --osm: walks are straight lines, shorter than they are"
                ))
            );
            None
        }
    };
    let mut points_of = |path: &Path| -> anyhow::Result<Points> {
        let (points, problems) = points(&std::fs::read_to_string(path).with_context(|| path.display().to_string())?);
        say_of(&problems, path);
        Ok(points)
    };
    let from = points_of(&command.points)?;
    let to = command.to.as_ref().map_or_else(|| Ok(from.clone()), |path| points_of(path))?;
    let seconds = |minutes: f64| (60.0 * minutes).round() as u32;
    let options = Options {
        depart: command.depart,
        departures: command.window,
        most_rides: command.max_rides.into(),
        slack: command.board_slack.into(),
        most: seconds(command.max_time) as i32,
    };
    let walking = Walking {
        speed: command.walk_speed,
        most: seconds(command.max_walk),
        most_between: seconds(command.max_transfer),
    };
    let begun = Instant::now();
    let (timetable, counts, problems) = Timetable::new(&feeds, command.date, options.period());
    // What is wrong with all feeds together is told of the first.
    command.gtfs.iter().take(1).for_each(|path| say_of(&problems, path));
    let (walks, problems) = Walks::new(streets.as_ref(), &timetable, &from.at, &to.at, &walking);
    let (of_feeds, of_places): (Vec<_>, Vec<_>) = problems.into_iter().partition(|problem| !problem.file.is_empty());
    command.gtfs.iter().take(1).for_each(|path| say_of(&of_feeds, path));
    say_of(&of_places, command.osm.as_ref().unwrap_or(&command.points));
    if walks.between.len() != timetable.stops.len() {
        return Ok(None);
    }
    let found = percentiles(&timetable, &walks, &options, &command.percentiles);
    let seconds = begun.elapsed().as_secs_f64();
    let minutes = |seconds: &Option<u32>| seconds.map_or(f64::INFINITY, |seconds| f64::from(seconds) / 60.0);
    let of_share = |share: usize| {
        let row = |shares: &Vec<Vec<Option<u32>>>| shares.get(share).into_iter().flatten().map(minutes).collect();
        found.iter().map(row).collect()
    };
    let minutes = (0..command.percentiles.len()).map(of_share).collect();
    Ok(Some(Times { from, to, minutes, whole, counts, stops: timetable.stops.len(), seconds }))
}

/// A row for each pair of points; written bit by bit, since there can be a hundred million.
fn write_matrix(found: &Times, percentiles: &[f64], path: &Path) -> anyhow::Result<()> {
    let named = || path.display().to_string();
    let mut file = BufWriter::new(File::create(path).with_context(named)?);
    let names: Vec<String> = percentiles.iter().map(|share| format!("time_p{}_min", output::number(*share))).collect();
    let head = csv::line(["from_id", "to_id"].into_iter().chain(names.iter().map(String::as_str)));
    file.write_all(head.as_bytes()).with_context(named)?;
    for (origin, from) in found.from.ids.iter().enumerate() {
        let rows: Vec<&Vec<f64>> = found.minutes.iter().filter_map(|rows| rows.get(origin)).collect();
        for (destination, to) in found.to.ids.iter().enumerate() {
            // Hundredths of a minute are less than a second.
            let cell = |row: &&Vec<f64>| match row.get(destination) {
                Some(minutes) if minutes.is_finite() => format!("{minutes:.2}"),
                _ => String::new(),
            };
            let cells: Vec<String> = rows.iter().map(cell).collect();
            let line = csv::line([from.as_str(), to.as_str()].into_iter().chain(cells.iter().map(String::as_str)));
            file.write_all(line.as_bytes()).with_context(named)?;
        }
    }
    file.flush().with_context(named)
}
