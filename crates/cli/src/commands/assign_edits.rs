//! `lantu assign --edits`: what changes when roads do.

use lantu_blueprint::Lang;
use lantu_network::assignment::{Certificate, Class, Goal, Options, Solution};
use lantu_network::names::Names;
use lantu_network::scenario::{Outcome as Changed, Scenarios, sweep};
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
    let (base, outcomes) = sweep(scenarios, &[class], goal, &options);
    if let Some(path) = &command.zones {
        loaded.write(&zones(&outcomes, &loaded.names), path, lang)?;
    }
    let total = base.certificate.total_travel_time;
    match command.format {
        Format::Json => print_json(&json!({
            "base": { "total_travel_time": total, "relative_gap": base.certificate.relative_gap },
            "scenarios": outcomes.iter().map(|outcome| as_json(outcome, &base.certificate)).collect::<Vec<_>>(),
        }))?,
        _ => {
            let head = [
                ("方案", "scenario"),
                ("总时间", "total time"),
                ("变化", "change"),
                ("误差至多", "off by at most"),
                ("没有路的出行", "trips without a road"),
            ];
            let mut rows = vec![head.map(|(zh, en)| Cell::text(say(lang, zh, en)).painted(style::dim)).to_vec()];
            let now = say(lang, "现状", "as it is");
            rows.push(line(now, total, None, lost(&base)));
            for outcome in &outcomes {
                let own = outcome.solution.certificate.total_travel_time;
                let change = outcome.change(&base.certificate);
                rows.push(line(&outcome.name, own, Some(change), lost(&outcome.solution)));
            }
            print(&render(&rows, &[40, 20, 20, 20, 20], 0))?;
        }
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

fn line(name: &str, total: f64, change: Option<(f64, f64)>, lost: f64) -> Vec<Cell> {
    let (change, error) =
        change.map_or((String::new(), String::new()), |(c, e)| (format!("{c:+.3}"), format!("{e:.1e}")));
    [name.to_owned(), format!("{total:.3}"), change, error, output::number(lost)].map(Cell::text).to_vec()
}

fn as_json(outcome: &Changed, base: &Certificate) -> Value {
    let (change, error) = outcome.change(base);
    json!({
        "name": outcome.name,
        "total_travel_time": outcome.solution.certificate.total_travel_time,
        "relative_gap": outcome.solution.certificate.relative_gap,
        "change": change,
        "error": error,
        "unreached_trips": lost(&outcome.solution),
        "zone_change": outcome.zone_change,
    })
}

/// A row for each scenario and zone from which trips begin.
fn zones(outcomes: &[Changed], names: &Names) -> String {
    let mut out = csv::line(["scenario", "zone", "change"]);
    for outcome in outcomes {
        for (zone, change) in (0..).zip(&outcome.zone_change) {
            let change = change.map(output::number).unwrap_or_default();
            out.push_str(&csv::line([outcome.name.as_str(), &*names.of(zone), &change]));
        }
    }
    out
}
