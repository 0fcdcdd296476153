//! Times by public transport and on foot.

use std::path::Path;

use anyhow::Context;
use lantu_blueprint::Lang;
use lantu_network::diagnostic::Diagnostic;
use lantu_network::transit::gtfs::Feed;
use lantu_network::transit::matrix::{Options, percentiles};
use lantu_network::transit::osm;
use lantu_network::transit::points::{Points, points};
use lantu_network::transit::timetable::Timetable;
use lantu_network::transit::walks::{Walking, Walks};

use super::{Costs, feeds, fit};
use crate::arguments_transit::Transit;
use crate::commands::say;
use crate::commands::told::tell;
use crate::models::output;
use crate::text::{file, style};

/// Reads everything, tells what is wrong with it, and works out the times; none where nothing can be worked out.
pub(super) fn costs(command: &Transit, lang: Lang) -> anyhow::Result<Option<Costs>> {
    let mut left_out = false;
    let mut say_of = |problems: &[Diagnostic], path: &Path| left_out |= tell(problems, path, lang);
    let mut read: Vec<Feed> = Vec::new();
    for path in &command.gtfs {
        let (feed, problems) = feeds::read(path)?;
        say_of(&problems, path);
        read.push(feed);
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
                    "没有 --osm：步行按直线算，比实际走的短",
                    "no --osm: walks are straight lines, shorter than real ones"
                ))
            );
            None
        }
    };
    let mut points_of = |path: &Path| -> anyhow::Result<Points> {
        let (points, problems) = points(&file::read(path, lang)?);
        say_of(&problems, path);
        Ok(points)
    };
    let from = points_of(&command.points)?;
    let to = command.to.as_ref().map_or_else(|| Ok(from.clone()), |path| points_of(path))?;
    fit(from.ids.len() * command.percentiles.len(), to.ids.len(), lang)?;
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
    let (timetable, counts, problems) = Timetable::new(&read, command.date, options.period());
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
    let minutes = |seconds: &Option<u32>| seconds.map_or(f64::INFINITY, |seconds| f64::from(seconds) / 60.0);
    let of_share = |share: usize| {
        let row = |shares: &Vec<Vec<Option<u32>>>| shares.get(share).into_iter().flatten().map(minutes).collect();
        found.iter().map(row).collect()
    };
    let mut shares = (0..command.percentiles.len()).map(of_share);
    let rows = shares.next().unwrap_or_default();
    let names = command.percentiles.iter().skip(1).map(|share| format!("p{}", output::number(*share)));
    let counts = vec![
        (["时刻表", "feeds", "feeds"], command.gtfs.len()),
        (["当天的运营日历", "services that day", "services"], counts.services),
        (["当天的线路", "routes that day", "routes"], counts.routes),
        (["当天的班次", "trips that day", "trips"], counts.trips),
        (["站点", "stops", "stops"], timetable.stops.len()),
    ];
    let inputs = command
        .gtfs
        .iter()
        .chain(&command.osm)
        .chain([&command.points])
        .chain(&command.to)
        .cloned()
        .chain(command.measures.files())
        .collect();
    Ok(Some(Costs { from: from.ids, to: to.ids, rows, further: names.zip(shares).collect(), counts, inputs, left_out }))
}
