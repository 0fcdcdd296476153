//! `lantu assign --edits`: what changes when roads do.

use lantu_blueprint::Lang;
use lantu_network::assignment::{Class, Goal, Options, Solution};
use lantu_network::demand::Demand;
use lantu_network::names::Names;
use lantu_network::scenario::{Estimate, Outcome as Changed, Scenarios, sweep};
use serde_json::{Map, Value, json};

use super::say;
use crate::arguments::Format;
use crate::arguments_network::Assign;
use crate::models::output;
use crate::networks::Loaded;
use crate::text::table::{Cell, render};
use crate::text::{csv, print, print_json, style};

/// Zones and scenarios that are shown; the tables have all.
const MOST_ZONES: usize = 12;
const MOST_SCENARIOS: usize = 6;

/// Solves all scenarios and tells them; whether every one reached its gap and lost no trips.
pub(crate) fn run(
    command: &Assign,
    loaded: &Loaded,
    scenarios: &Scenarios,
    class: Class,
    goal: Goal,
    lang: Lang,
) -> anyhow::Result<bool> {
    let options = Options { gap: command.gap, ..Options::default() };
    let (base, outcomes) = sweep(scenarios, &[class], goal, &options, command.elasticity);
    if let Some(path) = &command.zones {
        loaded.write(&zones(&outcomes, &loaded.names), path, lang)?;
    }
    match command.format {
        Format::Json => print_json(&json!({
            "base": {
                "total_travel_time": base.certificate.total_travel_time,
                "total_cost": base.certificate.total_cost,
                "trips": trips(&base),
                "relative_gap": base.certificate.relative_gap,
            },
            "scenarios": outcomes.iter().map(|outcome| as_json(outcome, &loaded.names)).collect::<Vec<_>>(),
        }))?,
        _ => {
            print(&as_text(&base, &outcomes, command.elasticity.is_some(), lang))?;
            print(&zones_as_text(&outcomes, &loaded.names, lang))?;
        }
    }
    let solutions = || outcomes.iter().map(|outcome| &outcome.solution).chain([&base]);
    let reached = solutions().all(|solution| solution.certificate.relative_gap <= command.gap);
    if !reached {
        anstream::eprintln!("{}", style::bad(say(lang, "没有达到所要的间隙", "the gap asked for was not reached")));
    }
    super::assign::tell_unreached(&base, &loaded.names, lang);
    Ok(reached && solutions().all(|solution| solution.unreached.is_empty()))
}

/// Trips that no road carries.
pub(super) fn lost(solution: &Solution) -> f64 {
    solution.unreached.iter().fold(0.0, |sum, (.., volume)| sum + volume)
}

/// Trips that are made.
fn trips(solution: &Solution) -> f64 {
    solution.demands.iter().map(Demand::total).sum::<f64>() - lost(solution)
}

fn as_text(base: &Solution, outcomes: &[Changed], elastic: bool, lang: Lang) -> String {
    let mut head = vec![say(lang, "方案", "scenario"), say(lang, "总费用", "total cost")];
    // Where the number of trips answers, the cost of all of them says little: more may travel, and gain by it.
    head.push(if elastic { say(lang, "出行者得益", "benefit") } else { say(lang, "变化", "change") });
    head.push(say(lang, "误差至多", "off by at most"));
    head.extend(elastic.then(|| say(lang, "出行", "trips")));
    head.push(say(lang, "没有路的出行", "trips without a road"));
    let line = |name: &str, solution: &Solution, change: Option<Estimate>| {
        let mut cells = vec![name.to_owned(), format!("{:.3}", solution.certificate.total_cost)];
        cells.push(change.map(|change| format!("{:+.3}", change.value)).unwrap_or_default());
        cells.push(change.map(|change| format!("{:.1e}", change.error)).unwrap_or_default());
        cells.extend(elastic.then(|| format!("{:.3}", trips(solution))));
        cells.push(output::number(lost(solution)));
        cells.into_iter().map(Cell::text).collect::<Vec<Cell>>()
    };
    let mut rows = vec![head.into_iter().map(|name| Cell::text(name).painted(style::dim)).collect()];
    rows.push(line(say(lang, "现状", "as it is"), base, None));
    let changed = |outcome: &Changed| line(&outcome.name, &outcome.solution, outcome.benefit.or(outcome.cost_change));
    rows.extend(outcomes.iter().map(changed));
    let widths = [40].into_iter().chain([20; 5]).take(rows.first().map_or(0, Vec::len)).collect::<Vec<_>>();
    render(&rows, &widths, 0)
}

/// The zones that gain or lose most, a row each.
fn zones_as_text(outcomes: &[Changed], names: &Names, lang: Lang) -> String {
    let zones = outcomes.iter().map(|outcome| outcome.zone_change.len()).max().unwrap_or(0);
    let of = |outcome: &Changed, zone: usize| outcome.zone_change.get(zone).copied().flatten();
    let most = |zone: usize| {
        outcomes
            .iter()
            .filter_map(|outcome| of(outcome, zone))
            .fold(0.0, |most, change| f64::max(most, change.value.abs()))
    };
    let mut order: Vec<usize> =
        (0..zones).filter(|zone| outcomes.iter().any(|outcome| of(outcome, *zone).is_some())).collect();
    if order.is_empty() {
        return String::new();
    }
    order.sort_by(|a, b| most(*b).total_cmp(&most(*a)).then(a.cmp(b)));
    let shown = &outcomes.get(..MOST_SCENARIOS).unwrap_or(outcomes);
    let head = [say(lang, "小区", "zone")].into_iter().chain(shown.iter().map(|outcome| outcome.name.as_str()));
    let mut rows = vec![head.map(|name| Cell::text(name).painted(style::dim)).collect::<Vec<_>>()];
    for zone in order.iter().take(MOST_ZONES) {
        let cell = |outcome: &Changed| {
            let change = of(outcome, *zone);
            Cell::text(change.map(|change| format!("{:+.3} ± {:.0e}", change.value, change.error)).unwrap_or_default())
        };
        rows.push([Cell::text(names.of(*zone as u32))].into_iter().chain(shown.iter().map(cell)).collect());
    }
    let title =
        say(lang, "每次出行平均的变化，负的是快了：", "average change of a trip from each zone; below 0 is faster:");
    format!("\n{title}\n{}", render(&rows, &[24; MOST_SCENARIOS + 1], 0))
}

fn as_json(outcome: &Changed, names: &Names) -> Value {
    let estimate =
        |change: &Option<Estimate>| change.map(|change| json!({ "value": change.value, "error": change.error }));
    json!({
        "name": outcome.name,
        "total_travel_time": outcome.solution.certificate.total_travel_time,
        "total_cost": outcome.solution.certificate.total_cost,
        "trips": trips(&outcome.solution),
        "relative_gap": outcome.solution.certificate.relative_gap,
        "cost_change": estimate(&outcome.cost_change),
        "benefit": estimate(&outcome.benefit),
        "unreached_trips": lost(&outcome.solution),
        "zone_change": (0..).zip(&outcome.zone_change).map(|(zone, change)| (names.of(zone).into_owned(), json!(estimate(change)))).collect::<Map<_, _>>(),
    })
}

/// A row for each scenario and zone from which trips begin.
fn zones(outcomes: &[Changed], names: &Names) -> String {
    let mut out = csv::line(["scenario", "zone", "change", "error"]);
    for outcome in outcomes {
        for (zone, change) in (0..).zip(&outcome.zone_change) {
            let number =
                |of: fn(&Estimate) -> f64| change.as_ref().map(|change| output::number(of(change))).unwrap_or_default();
            let [change, error] = [number(|change| change.value), number(|change| change.error)];
            out.push_str(&csv::line([outcome.name.as_str(), &*names.of(zone), &change, &error]));
        }
    }
    out
}
