//! TNTP, the text format of the Transportation Networks for Research collection: `_net.tntp` and `_trips.tntp`.

use crate::demand::Demand;
use crate::diagnostic::{Code, Diagnostic};
use crate::names::MOST_NODES;
use crate::network::{Link, Network};
use crate::types::Types;

/// Place of the type of a link in its row.
const TYPE: usize = 9;
const END: &str = "<END OF METADATA>";

/// The head of a file: keys in capitals with their values, and what stands below with the number of its first line.
struct Parts<'a> {
    head: Vec<(String, &'a str, usize)>,
    below: Vec<(usize, &'a str)>,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let mut found = Self { head: Vec::new(), below: Vec::new() };
        let mut in_head = text.contains(END);
        for (number, line) in text.lines().enumerate() {
            let line = line.trim_start_matches('\u{feff}').trim();
            if in_head {
                in_head = !line.to_uppercase().starts_with(END);
                if let Some((key, value)) = line.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
                    found.head.push((key.trim().to_uppercase(), value.trim(), number + 1));
                }
            } else if !line.is_empty() && !line.starts_with('~') {
                found.below.push((number + 1, line));
            }
        }
        found
    }

    /// A whole number of the head.
    fn count(&self, key: &str, problems: &mut Vec<Diagnostic>) -> Option<usize> {
        let (_, value, line) = self.head.iter().find(|(found, ..)| found == key)?;
        let number = value.split_whitespace().next().unwrap_or_default();
        let parsed = number.parse().ok();
        if parsed.is_none() {
            problems.push(Diagnostic::warning(
                Code::BadNumber,
                *line,
                format!("<{key}> 应为整数，而不是「{number}」"),
                format!("<{key}> must be a whole number, not `{number}`"),
            ));
        }
        parsed
    }
}

/// Reads a network. Rows that cannot be read are left out and said.
#[must_use]
pub fn network(text: &str) -> (Option<Network>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let parts = Parts::of(text);
    let mut links = Vec::new();
    let mut lines = Vec::new();
    let mut types = Types::default();
    for (line, row) in &parts.below {
        match link(row, *line) {
            Ok(found) => {
                links.push(found);
                lines.push(*line);
                types.add(row.split(';').next().unwrap_or_default().split_whitespace().nth(TYPE).unwrap_or_default());
            }
            Err(problem) => problems.push(problem),
        }
    }
    if links.is_empty() {
        problems.push(Diagnostic::error(
            Code::NotANetwork,
            0,
            "没有读到路段：应为 TNTP 的 _net.tntp，每行一个路段",
            "no links were read: expected a `_net.tntp` with a link on each line",
        ));
        return (None, problems);
    }
    let largest = links.iter().map(|link| link.from.max(link.to) as usize + 1).max().unwrap_or(0);
    let nodes = parts.count("NUMBER OF NODES", &mut problems);
    let said = nodes.unwrap_or(largest);
    // Some nodes without links are nodes all the same; many more than the links name are a slip.
    let believed = said >= largest && said <= 2 * largest + 1_000;
    if !believed {
        wrong_count(&mut problems, "NUMBER OF NODES", said, largest);
    }
    let nodes = if believed { said } else { largest };
    if let Some(said) = parts.count("NUMBER OF LINKS", &mut problems)
        && said != links.len()
    {
        wrong_count(&mut problems, "NUMBER OF LINKS", said, links.len());
    }
    let zones = match parts.count("NUMBER OF ZONES", &mut problems) {
        Some(zones) if zones <= nodes => zones,
        Some(zones) => {
            wrong_count(&mut problems, "NUMBER OF ZONES", zones, nodes);
            nodes
        }
        None => nodes,
    };
    let through = parts.count("FIRST THRU NODE", &mut problems).unwrap_or(1);
    remarks(&links, &lines, &mut problems);
    (Some(Network::new(zones, nodes, through.saturating_sub(1), &links).with_types(types)), problems)
}

fn wrong_count(problems: &mut Vec<Diagnostic>, key: &str, said: usize, found: usize) {
    problems.push(Diagnostic::warning(
        Code::WrongCount,
        0,
        format!("<{key}> 写着 {said}，文件里是 {found}；以文件为准"),
        format!("<{key}> says {said}, the file has {found}; the file is believed"),
    ));
}

/// What is taken as it stands and may surprise.
fn remarks(links: &[Link], lines: &[usize], problems: &mut Vec<Diagnostic>) {
    let mut seen = std::collections::HashMap::new();
    for (link, line) in links.iter().zip(lines) {
        if let Some(first) = seen.insert((link.from, link.to), *line) {
            problems.push(Diagnostic::warning(
                Code::DuplicateLink,
                *line,
                format!("第 {first} 行已有从 {} 到 {} 的路段；两条都算", link.from + 1, link.to + 1),
                format!("line {first} has a link from {} to {} already; both count", link.from + 1, link.to + 1),
            ));
        }
    }
    let constant =
        |link: &Link| link.b != 0.0 && link.power != 0.0 && (link.capacity == 0.0 || link.free_flow_time == 0.0);
    let mut without = links.iter().zip(lines).filter(|(link, _)| constant(link)).map(|(_, line)| *line);
    if let Some(first) = without.next() {
        let count = 1 + without.count();
        problems.push(Diagnostic::note(
            Code::NoDelay,
            first,
            format!("{count} 条路段的通行能力或自由流时间为 0：时间不随流量变化"),
            format!("{count} links have a capacity or free-flow time of 0: their time does not change with the flow"),
        ));
    }
}

/// `from to capacity length time b power speed toll type ;` — what comes after `power` may be missing.
fn link(row: &str, line: usize) -> Result<Link, Diagnostic> {
    const NAMES: [&str; 7] = ["init node", "term node", "capacity", "length", "free flow time", "b", "power"];
    let row = row.split(';').next().unwrap_or_default();
    let fields: Vec<&str> = row.split_whitespace().collect();
    if fields.len() < NAMES.len() {
        return Err(Diagnostic::error(
            Code::ShortRow,
            line,
            format!("应有至少 {} 个字段，这里是 {} 个；该行没有用", NAMES.len(), fields.len()),
            format!("expected at least {} fields, found {}; the row is left out", NAMES.len(), fields.len()),
        ));
    }
    let bad = |name: &str, text: &str| {
        Diagnostic::error(
            Code::BadNumber,
            line,
            format!("{name} 应为不小于 0 的数，而不是「{text}」；该行没有用"),
            format!("{name} must be a number not below 0, not `{text}`; the row is left out"),
        )
    };
    let text = |place: usize| fields.get(place).copied().unwrap_or_default();
    let node = |place: usize| {
        let parsed = text(place).parse::<u32>().ok().filter(|node| (1..=MOST_NODES).contains(node));
        parsed.map(|node| node - 1).ok_or_else(|| bad(NAMES.get(place).copied().unwrap_or_default(), text(place)))
    };
    let number = |place: usize| {
        let parsed = text(place).parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0);
        parsed.ok_or_else(|| bad(NAMES.get(place).copied().unwrap_or_default(), text(place)))
    };
    let toll = match fields.get(8) {
        None => 0.0,
        Some(text) => {
            text.parse::<f64>().ok().filter(|toll| toll.is_finite() && *toll >= 0.0).ok_or_else(|| bad("toll", text))?
        }
    };
    Ok(Link {
        from: node(0)?,
        to: node(1)?,
        capacity: number(2)?,
        length: number(3)?,
        // Where a link cannot be gone along, some files say that it takes for ever.
        free_flow_time: if text(4).eq_ignore_ascii_case("inf") { f64::INFINITY } else { number(4)? },
        b: number(5)?,
        power: number(6)?,
        toll,
    })
}

/// Reads trips for a network of so many zones. Trips that cannot be read, or lead nowhere, are left out and said.
#[must_use]
pub fn trips(text: &str, zones: usize) -> (Demand, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let parts = Parts::of(text);
    let mut found = Vec::new();
    let mut origin: Option<u32> = None;
    for (line, row) in &parts.below {
        if let Some(rest) = row.get(..6).filter(|word| word.eq_ignore_ascii_case("origin")).and_then(|_| row.get(6..)) {
            origin = zone(rest, zones);
            if origin.is_none() {
                problems.push(no_zone(rest, *line, zones));
            }
            continue;
        }
        for pair in row.split(';').map(str::trim).filter(|pair| !pair.is_empty()) {
            let Some((to, volume)) = pair.split_once(':') else {
                problems.push(bad_trip(pair, *line));
                continue;
            };
            let volume = volume.trim().parse::<f64>().ok().filter(|volume| volume.is_finite() && *volume >= 0.0);
            match (origin, zone(to, zones), volume) {
                (Some(origin), Some(to), Some(volume)) => found.push((origin, to, volume)),
                (_, _, None) => problems.push(bad_trip(pair, *line)),
                // An origin that is no zone has been said once.
                (None, ..) => {}
                (_, None, _) => problems.push(no_zone(to, *line, zones)),
            }
        }
    }
    let total: f64 = found.iter().map(|(.., volume)| volume).sum();
    let said = parts.head.iter().find(|(key, ..)| key == "TOTAL OD FLOW");
    if let Some((_, value, line)) = said
        && let Ok(said) = value.parse::<f64>()
        // Heads are written with few digits.
        && (said - total).abs() > 1e-3 * said.abs().max(1.0)
    {
        problems.push(Diagnostic::warning(
            Code::WrongCount,
            *line,
            format!("<TOTAL OD FLOW> 写着 {said}，文件里合计 {total}；以文件为准"),
            format!("<TOTAL OD FLOW> says {said}, the file adds up to {total}; the file is believed"),
        ));
    }
    (Demand::new(zones, found), problems)
}

fn zone(text: &str, zones: usize) -> Option<u32> {
    let number = text.trim().parse::<u32>().ok()?;
    (1..=zones).contains(&(number as usize)).then(|| number - 1)
}

fn no_zone(text: &str, line: usize, zones: usize) -> Diagnostic {
    Diagnostic::error(
        Code::UnknownNode,
        line,
        format!("「{}」不是小区，应为 1 到 {zones}；这些出行没有用", text.trim()),
        format!("`{}` is no zone, expected 1 to {zones}; its trips are left out", text.trim()),
    )
}

fn bad_trip(pair: &str, line: usize) -> Diagnostic {
    Diagnostic::error(
        Code::BadNumber,
        line,
        format!("应为「小区 : 出行量;」，而不是「{pair}」；没有用"),
        format!("expected `zone : volume;`, not `{pair}`; left out"),
    )
}
