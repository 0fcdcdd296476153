//! `lantu assign --edits`: what changes when roads do.

use lantu_blueprint::Lang;
use lantu_network::assignment::{Class, Goal, Options, Solution};
use lantu_network::demand::Demand;
use lantu_network::names::Names;
use lantu_network::scenario::{Estimate, Outcome as Changed, Scenarios, sweep};
use serde_json::{Value, json};

use super::say;
use crate::arguments::Format;
use crate::arguments_network::Assign;
use crate::models::output;
use crate::networks::Loaded;
use crate::text::table::{Cell, render};
use crate::text::{csv, print, print_json, style};

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
            "scenarios": outcomes.iter().map(as_json).collect::<Vec<_>>(),
        }))?,
        _ => print(&as_text(&base, &outcomes, command.elasticity.is_some(), lang))?,
    }
    let whole = |outcome: &Changed| {
        outcome.solution.unreached.is_empty() && outcome.solution.certificate.relative_gap <= command.gap
    };
    Ok(outcomes.iter().all(whole))
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

fn as_json(outcome: &Changed) -> Value {
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
        "zone_change": outcome.zone_change.iter().map(estimate).collect::<Vec<_>>(),
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
