//! `lantu assign`: traffic on a road network in equilibrium.

use std::time::Instant;

use anyhow::bail;
use lantu_blueprint::Lang;
use lantu_network::assignment::{Class, Goal, Options, Solution, solve};
use lantu_network::names::Names;
use lantu_network::network::Network;
use lantu_network::read::curves::curves;
use lantu_network::read::edits::edits;
use serde_json::json;

use super::say;
use crate::Outcome;
use crate::arguments::Format;
use crate::arguments_network::Assign;
use crate::models::output;
use crate::networks::Loaded;
use crate::text::table::{Cell, render};
use crate::text::{csv, file, print, print_json, style};

pub(crate) fn run(command: &Assign, lang: Lang) -> anyhow::Result<Outcome> {
    if command.format == Format::Csv {
        bail!(say(
            lang,
            "结果没有 csv 格式；路段表用 --flows 写成 CSV",
            "no csv here; --flows writes the links as CSV"
        ));
    }
    file::distinct(&[&command.flows, &command.routes, &command.zones, &command.criticality], lang)?;
    let Some(mut loaded) = Loaded::open(&command.files, lang)? else { return Ok(Outcome::Findings) };
    if let Some(path) = &command.curves {
        let text = loaded.text(path, lang)?;
        let problems = curves(&text, &mut loaded.network);
        loaded.tell(&problems, path, lang);
    }
    let demand = std::mem::take(&mut loaded.demand);
    let class =
        Class { demand, toll_weight: command.toll_weight, distance_weight: command.distance_weight, response: None };
    let goal = if command.so { Goal::SystemOptimum } else { Goal::UserEquilibrium };
    if let Some(path) = &command.edits {
        let (scenarios, problems) = edits(&loaded.text(path, lang)?, &loaded.network, &loaded.names);
        loaded.tell(&problems, path, lang);
        let Some(scenarios) = scenarios else { return Ok(Outcome::Findings) };
        let whole = super::assign_edits::run(command, &loaded, &scenarios, class, goal, lang)?;
        return Ok(if loaded.left_out || !whole { Outcome::Findings } else { Outcome::Fine });
    }
    if let Some(path) = &command.criticality {
        let whole = super::assign_criticality::run(command, &loaded, class, goal, path, lang)?;
        return Ok(if loaded.left_out || !whole { Outcome::Findings } else { Outcome::Fine });
    }
    let begun = Instant::now();
    let classes = [class];
    let found = solve(&loaded.network, &classes, goal, &Options { gap: command.gap, ..Options::default() }, None);
    let seconds = begun.elapsed().as_secs_f64();
    tell_unreached(&found, &loaded.names, lang);
    if let Some(path) = &command.flows {
        loaded.write(&links(&loaded, &found, command), path, lang)?;
    }
    let mut routed = true;
    if let Some(path) = &command.routes {
        routed = super::assign_routes::write(&loaded, &classes, &found, path, lang)?;
    }
    let certificate = found.certificate;
    match command.format {
        Format::Json => print_json(&json!({
            "objective": certificate.objective,
            "dual_bound": certificate.dual_bound,
            "relative_gap": certificate.relative_gap,
            "iterations": found.rounds,
            "total_travel_time": certificate.total_travel_time,
            "total_cost": certificate.total_cost,
            "total_cost_error": found.total_cost_error,
            "unreached_trips": super::assign_edits::lost(&found),
            "seconds": seconds,
            "threads": found.threads,
        }))?,
        _ => print(&as_text(&loaded.network, &found, seconds, lang))?,
    }
    let left_out = loaded.left_out || !found.unreached.is_empty();
    // Numbers without bounds in a file may add up to none.
    let reached = certificate.relative_gap <= command.gap && certificate.objective.is_finite();
    if !reached {
        anstream::eprintln!("{}", style::bad(say(lang, "没有达到所要的间隙", "the gap asked for was not reached")));
    }
    Ok(if left_out || !reached || !routed { Outcome::Findings } else { Outcome::Fine })
}

pub(crate) fn tell_unreached(found: &Solution, names: &Names, lang: Lang) {
    let Some((_, from, to, _)) = found.unreached.first() else { return };
    let (count, volume) = (found.unreached.len(), super::assign_edits::lost(found));
    let (from, to) = (names.of(*from), names.of(*to));
    match lang {
        Lang::Zh => anstream::eprintln!("{count} 对小区之间没有路，{volume} 的出行没有计入，如从 {from} 到 {to}"),
        Lang::En => anstream::eprintln!(
            "no road between {count} pairs of zones; {volume} trips are left out, such as from {from} to {to}"
        ),
    }
}

/// Links in the order of the file.
fn links(loaded: &Loaded, found: &Solution, command: &Assign) -> String {
    let network = &loaded.network;
    let mut rows: Vec<(usize, String)> = network
        .links()
        .iter()
        .enumerate()
        .map(|(at, link)| {
            let flow: f64 = found.flows.iter().filter_map(|flows| flows.get(at)).sum();
            let time = found.times.get(at).copied().unwrap_or(f64::NAN);
            let cost = time + command.toll_weight * link.toll + command.distance_weight * link.length;
            let (from, to) = (loaded.names.of(link.from), loaded.names.of(link.to));
            let row = csv::line([&*from, &*to, &output::number(flow), &output::number(cost)]);
            (network.places().get(at).copied().unwrap_or(at), row)
        })
        .filter(|(place, _)| *place < loaded.roads)
        .collect();
    rows.sort_by_key(|(place, _)| *place);
    let mut out = csv::line(["from", "to", "flow", "cost"]);
    rows.iter().for_each(|(_, row)| out.push_str(row));
    out
}

fn as_text(network: &Network, found: &Solution, seconds: f64, lang: Lang) -> String {
    let certificate = found.certificate;
    let error = found.total_cost_error.map(|error| format!("{error:.1e}")).unwrap_or_default();
    let rows = [
        (say(lang, "小区", "zones"), network.zones.to_string()),
        (say(lang, "节点", "nodes"), network.nodes().to_string()),
        (say(lang, "路段", "links"), network.links().len().to_string()),
        (say(lang, "目标函数", "objective"), format!("{:.6}", certificate.objective)),
        (say(lang, "目标函数下界", "dual bound"), format!("{:.6}", certificate.dual_bound)),
        (say(lang, "相对间隙", "relative gap"), format!("{:.3e}", certificate.relative_gap)),
        (say(lang, "总时间", "total travel time"), format!("{:.6}", certificate.total_travel_time)),
        (say(lang, "总费用", "total cost"), format!("{:.6}", certificate.total_cost)),
        (say(lang, "总费用误差至多", "total cost off by at most"), error),
        (say(lang, "轮数", "rounds"), found.rounds.to_string()),
        (say(lang, "秒", "seconds"), format!("{seconds:.3}")),
    ];
    render(&rows.map(|(name, value)| vec![Cell::text(name).painted(style::dim), Cell::text(value)]), &[40, 40], 0)
}
