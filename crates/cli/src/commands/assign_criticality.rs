//! `lantu assign --criticality`: every road closed in turn.

use std::path::Path;

use anyhow::Context;
use lantu_blueprint::Lang;
use lantu_network::assignment::{Class, Goal, Options};
use lantu_network::criticality::{Closed, criticality};
use serde_json::json;

use super::assign_edits::lost;
use super::say;
use crate::arguments::Format;
use crate::arguments_network::Assign;
use crate::models::output;
use crate::networks::Loaded;
use crate::text::table::{Cell, render};
use crate::text::{csv, print, print_json, style};

/// Roads that are shown.
const MOST_SHOWN: usize = 10;

/// Closes all roads, writes the table and tells the worst; whether every solution reached its gap and the roads as they are
/// lead everywhere.
pub(crate) fn run(
    command: &Assign,
    loaded: &Loaded,
    class: Class,
    goal: Goal,
    path: &Path,
    lang: Lang,
) -> anyhow::Result<bool> {
    let options = Options { gap: command.gap, ..Options::default() };
    // What cannot be written is better known before than after; the table of the last run stays until this one ends.
    loaded.apart(path, lang)?;
    std::fs::OpenOptions::new().append(true).create(true).open(path).with_context(|| path.display().to_string())?;
    let (base, closed) = criticality(&loaded.network, loaded.roads, &[class], goal, &options);
    super::assign::tell_unreached(&base, &loaded.names, lang);
    loaded.write(&table(&closed, loaded), path, lang)?;
    // Roads that somebody cannot do without, then those whose closing costs the most time.
    let mut worst: Vec<&Closed> = closed.iter().collect();
    worst.sort_by(|a, b| b.unreached.total_cmp(&a.unreached).then(value(b).total_cmp(&value(a))));
    worst.truncate(MOST_SHOWN);
    let total = base.certificate.total_cost;
    match command.format {
        Format::Json => {
            let as_json = |closed: &&Closed| {
                let [from, to] = ends(closed, loaded);
                json!({
                    "from": from,
                    "to": to,
                    "change": value(closed),
                    "error": error(closed),
                    "unreached_trips": closed.unreached,
                })
            };
            print_json(&json!({
                "base": { "total_cost": total, "relative_gap": base.certificate.relative_gap },
                "closed": closed.len(),
                "worst": worst.iter().map(as_json).collect::<Vec<_>>(),
            }))?;
        }
        _ => print(&as_text(&worst, total, loaded, lang))?,
    }
    let reached =
        base.certificate.relative_gap <= command.gap && closed.iter().all(|one| one.relative_gap <= command.gap);
    if !reached {
        anstream::eprintln!("{}", style::bad(say(lang, "没有达到所要的间隙", "the gap asked for was not reached")));
    }
    Ok(reached && lost(&base) == 0.0)
}

fn value(closed: &Closed) -> f64 {
    closed.change.map_or(f64::NAN, |change| change.value)
}

fn error(closed: &Closed) -> f64 {
    closed.change.map_or(f64::NAN, |change| change.error)
}

fn ends(closed: &Closed, loaded: &Loaded) -> [String; 2] {
    let link = loaded.network.links().get(closed.link);
    [link.map(|link| link.from), link.map(|link| link.to)]
        .map(|node| node.map_or_else(String::new, |node| loaded.names.of(node).into_owned()))
}

/// Roads in the order of the file.
fn table(closed: &[Closed], loaded: &Loaded) -> String {
    let mut out = csv::line(["from", "to", "change", "error", "unreached_trips"]);
    for one in closed {
        let [from, to] = ends(one, loaded);
        let [change, error, lost] = [value(one), error(one), one.unreached].map(output::number);
        out.push_str(&csv::line([&*from, &to, &change, &error, &lost]));
    }
    out
}

fn as_text(worst: &[&Closed], total: f64, loaded: &Loaded, lang: Lang) -> String {
    let head = [
        ("从", "from"),
        ("到", "to"),
        ("关闭后总费用的变化", "change of total cost when closed"),
        ("误差至多", "off by at most"),
        ("没有路的出行", "trips without a road"),
    ];
    let mut rows = vec![head.map(|(zh, en)| Cell::text(say(lang, zh, en)).painted(style::dim)).to_vec()];
    for one in worst {
        let [from, to] = ends(one, loaded);
        let change = one.change.map(|change| [format!("{:+.3}", change.value), format!("{:.1e}", change.error)]);
        let [change, error] = change.unwrap_or_default();
        rows.push([from, to, change, error, output::number(one.unreached)].map(Cell::text).to_vec());
    }
    format!("{} {total:.3}\n{}", say(lang, "现状总费用", "total cost as it is"), render(&rows, &[40; 5], 0))
}
