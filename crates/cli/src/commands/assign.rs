//! `lantu assign`: traffic on a road network in equilibrium.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, bail};
use lantu_blueprint::Lang;
use lantu_network::assignment::{Class, Goal, Options, Solution, solve};
use lantu_network::diagnostic::{Diagnostic, Severity};
use lantu_network::network::Network;
use lantu_network::read::edits::edits;
use lantu_network::read::tntp;
use serde_json::json;

use super::say;
use crate::Outcome;
use crate::arguments::Format;
use crate::arguments_network::Assign;
use crate::models::output;
use crate::text::table::{Cell, render};
use crate::text::{csv, print, print_json, style};

/// Problems of one file that are told; one broken file can have a million.
const MOST_TOLD: usize = 20;

pub(crate) fn run(command: &Assign, lang: Lang) -> anyhow::Result<Outcome> {
    if command.format == Format::Csv {
        bail!(say(
            lang,
            "结果没有 csv 格式；路段表用 --flows 写成 CSV",
            "no csv here; --flows writes the links as CSV"
        ));
    }
    let read = |path: &Path| std::fs::read_to_string(path).with_context(|| path.display().to_string());
    let (network, mut problems) = tntp::network(&read(&command.net)?);
    tell(&problems, &command.net, lang);
    let Some(network) = network else { return Ok(Outcome::Findings) };
    let (demand, more) = tntp::trips(&read(&command.trips)?, network.zones);
    tell(&more, &command.trips, lang);
    problems.extend(more);
    let class = Class { demand, toll_weight: command.toll_weight, distance_weight: command.distance_weight };
    let goal = if command.so { Goal::SystemOptimum } else { Goal::UserEquilibrium };
    if let Some(path) = &command.edits {
        let (scenarios, more) = edits(&read(path)?, &network);
        tell(&more, path, lang);
        problems.extend(more);
        let Some(scenarios) = scenarios else { return Ok(Outcome::Findings) };
        let whole = super::assign_edits::run(command, &scenarios, class, goal, lang)?;
        let left_out = problems.iter().any(|problem| problem.severity == Severity::Error);
        return Ok(if left_out || !whole { Outcome::Findings } else { Outcome::Fine });
    }
    let begun = Instant::now();
    let found = solve(&network, &[class], goal, &Options { gap: command.gap, ..Options::default() }, None);
    let seconds = begun.elapsed().as_secs_f64();
    tell_unreached(&found, lang);
    if let Some(path) = &command.flows {
        let inputs = [&command.net, &command.trips];
        let same = |input: &&std::path::PathBuf| matches!((input.canonicalize(), path.canonicalize()), (Ok(a), Ok(b)) if a == b);
        if inputs.iter().any(same) {
            bail!(say(lang, "--flows 会盖掉读入的文件", "--flows would overwrite a file that is read"));
        }
        output::write(links(&network, &found, command).as_bytes(), Some(path))?;
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
            "unreached_trips": super::assign_edits::lost(&found),
            "seconds": seconds,
            "threads": found.threads,
        }))?,
        _ => print(&as_text(&network, &found, seconds, lang))?,
    }
    let left_out = problems.iter().any(|problem| problem.severity == Severity::Error) || !found.unreached.is_empty();
    let reached = certificate.relative_gap <= command.gap;
    if !reached {
        anstream::eprintln!("{}", style::bad(say(lang, "没有达到所要的间隙", "the gap asked for was not reached")));
    }
    Ok(if left_out || !reached { Outcome::Findings } else { Outcome::Fine })
}

/// Problems on standard error, so that they are not mixed into output.
pub(super) fn tell(problems: &[Diagnostic], path: &Path, lang: Lang) {
    for problem in problems.iter().take(MOST_TOLD) {
        let (severity, word) = match problem.severity {
            Severity::Error => (lantu_blueprint::Severity::Error, say(lang, "错误", "error")),
            Severity::Warning => (lantu_blueprint::Severity::Warning, say(lang, "警告", "warning")),
            Severity::Note => (lantu_blueprint::Severity::Note, say(lang, "提示", "note")),
        };
        let said = match lang {
            Lang::Zh => &problem.message.zh,
            Lang::En => &problem.message.en,
        };
        let head = style::severity(severity, &format!("{word}[{}]", problem.code.word()));
        let file = if problem.file.is_empty() { path.to_owned() } else { path.join(problem.file) };
        anstream::eprintln!("{head} {said}\n  {} {}:{}", style::dim("→"), file.display(), problem.line.max(1));
    }
    if let Some(more) = problems.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
        match lang {
            Lang::Zh => anstream::eprintln!("……还有 {more} 条 · {}", path.display()),
            Lang::En => anstream::eprintln!("… and {more} more · {}", path.display()),
        }
    }
}

fn tell_unreached(found: &Solution, lang: Lang) {
    let Some((_, from, to, _)) = found.unreached.first() else { return };
    let (count, volume) = (found.unreached.len(), super::assign_edits::lost(found));
    let (from, to) = (from + 1, to + 1);
    match lang {
        Lang::Zh => anstream::eprintln!("{count} 对小区之间没有路，{volume} 的出行没有计入，如从 {from} 到 {to}"),
        Lang::En => anstream::eprintln!(
            "no road between {count} pairs of zones; {volume} trips are left out, such as from {from} to {to}"
        ),
    }
}

/// Links in the order of the file.
fn links(network: &Network, found: &Solution, command: &Assign) -> String {
    let mut rows: Vec<(usize, String)> = network
        .links()
        .iter()
        .enumerate()
        .map(|(at, link)| {
            let flow: f64 = found.flows.iter().filter_map(|flows| flows.get(at)).sum();
            let time = found.times.get(at).copied().unwrap_or(f64::NAN);
            let cost = time + command.toll_weight * link.toll + command.distance_weight * link.length;
            let cells =
                [(link.from + 1).to_string(), (link.to + 1).to_string(), output::number(flow), output::number(cost)];
            (network.places().get(at).copied().unwrap_or(at), csv::line(cells.iter().map(String::as_str)))
        })
        .collect();
    rows.sort_by_key(|(place, _)| *place);
    let mut out = csv::line(["from", "to", "flow", "cost"]);
    rows.iter().for_each(|(_, row)| out.push_str(row));
    out
}

fn as_text(network: &Network, found: &Solution, seconds: f64, lang: Lang) -> String {
    let certificate = found.certificate;
    let rows = [
        (say(lang, "小区", "zones"), network.zones.to_string()),
        (say(lang, "节点", "nodes"), network.nodes().to_string()),
        (say(lang, "路段", "links"), network.links().len().to_string()),
        (say(lang, "目标函数", "objective"), format!("{:.6}", certificate.objective)),
        (say(lang, "目标函数下界", "dual bound"), format!("{:.6}", certificate.dual_bound)),
        (say(lang, "相对间隙", "relative gap"), format!("{:.3e}", certificate.relative_gap)),
        (say(lang, "总时间", "total travel time"), format!("{:.6}", certificate.total_travel_time)),
        (say(lang, "轮数", "rounds"), found.rounds.to_string()),
        (say(lang, "秒", "seconds"), format!("{seconds:.3}")),
    ];
    render(&rows.map(|(name, value)| vec![Cell::text(name).painted(style::dim), Cell::text(value)]), &[40, 40], 0)
}
