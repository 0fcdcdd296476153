//! Changes to a network: a table with a row for each link that a scenario adds, changes or closes.
//!
//! Columns `scenario,action,from,to` and any of `capacity,length,free_flow_time,b,power,toll`; an empty field keeps what is
//! there, or is 0 for a link that is added. Actions: `add`, `change`, `close`.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::names::Names;
use crate::network::{Link, Network};
use crate::read::table::Table;
use crate::scenario::Scenarios;

const NEEDED: [&str; 4] = ["scenario", "action", "from", "to"];
const NUMBERS: [&str; 6] = ["capacity", "length", "free_flow_time", "b", "power", "toll"];

/// One row.
struct Edit {
    line: usize,
    scenario: String,
    action: Action,
    from: u32,
    to: u32,
    /// As [`NUMBERS`]; none where the field is empty.
    numbers: [Option<f64>; 6],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    Add,
    Change,
    Close,
}

impl Edit {
    fn apply(&self, link: &mut Link) {
        let [capacity, length, time, b, power, toll] = self.numbers;
        let fields = [
            (&mut link.capacity, capacity),
            (&mut link.length, length),
            (&mut link.free_flow_time, time),
            (&mut link.b, b),
            (&mut link.power, power),
            (&mut link.toll, toll),
        ];
        for (field, value) in fields {
            *field = value.unwrap_or(*field);
        }
    }
}

/// Reads changes to a network whose files have these names for nodes. Rows that cannot be read are left out and said.
#[must_use]
pub fn edits(text: &str, network: &Network, names: &Names) -> (Option<Scenarios>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let rows = rows(text, names, &mut problems);
    if rows.is_empty() {
        // What is wrong with rows and columns has been said.
        if problems.is_empty() {
            problems.push(Diagnostic::error(Code::NotANetwork, 1, "一行改动也没有", "there are no changes in it"));
        }
        return (None, problems);
    }
    // Links as the file of the network has them, then all additions, closed.
    let mut links: Vec<Link> = vec![CLOSED; network.links().len()];
    for (link, place) in network.links().iter().zip(network.places()) {
        if let Some(slot) = links.get_mut(*place) {
            *slot = *link;
        }
    }
    let known = links.len();
    let mut nodes = network.nodes();
    for row in rows.iter().filter(|row| row.action == Action::Add) {
        nodes = nodes.max(row.from.max(row.to) as usize + 1);
        links.push(Link { from: row.from, to: row.to, ..CLOSED });
    }
    let base = Network::new(network.zones, nodes, network.first_through, &links).with_types(network.types.clone());
    let mut changed: BTreeMap<&str, Vec<Link>> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    let mut addition = known;
    for row in &rows {
        let ends = (row.from, row.to);
        let there = network.links().iter().any(|link| (link.from, link.to) == ends);
        if row.action != Action::Add && !there {
            problems.push(Diagnostic::error(
                Code::UnknownNode,
                row.line,
                format!("路网里没有从 {} 到 {} 的路段；该行没有用", names.of(row.from), names.of(row.to)),
                format!(
                    "the network has no link from {} to {}; the row is left out",
                    names.of(row.from),
                    names.of(row.to)
                ),
            ));
            continue;
        }
        let scenario = changed.entry(&row.scenario).or_insert_with(|| {
            order.push(&row.scenario);
            links.clone()
        });
        if row.action == Action::Add {
            if let Some(link) = scenario.get_mut(addition) {
                link.free_flow_time = 0.0;
                row.apply(link);
            }
            addition += 1;
            continue;
        }
        for link in scenario.iter_mut().take(known).filter(|link| (link.from, link.to) == ends) {
            match row.action {
                Action::Close => link.free_flow_time = f64::INFINITY,
                _ => row.apply(link),
            }
        }
    }
    dead_ends(&rows, network.nodes(), names, &mut problems);
    let placed = |links: &Vec<Link>| base.places().iter().filter_map(|place| links.get(*place).copied()).collect();
    let changed = order.iter().filter_map(|name| Some(((*name).to_owned(), placed(changed.get(name)?)))).collect();
    (Some(Scenarios { base, changed }), problems)
}

/// New nodes at which links only begin or only end: most likely slips.
fn dead_ends(rows: &[Edit], nodes: usize, names: &Names, problems: &mut Vec<Diagnostic>) {
    let added = || rows.iter().filter(|row| row.action == Action::Add);
    for row in added() {
        for node in [row.from, row.to].into_iter().filter(|node| *node as usize >= nodes) {
            if !added().any(|other| other.from == node) || !added().any(|other| other.to == node) {
                problems.push(Diagnostic::warning(
                    Code::UnknownNode,
                    row.line,
                    format!("新节点 {} 只进不出，或只出不进", names.of(node)),
                    format!("links only lead to the new node {}, or only from it", names.of(node)),
                ));
            }
        }
    }
}

const CLOSED: Link =
    Link { from: 0, to: 0, capacity: 0.0, length: 0.0, free_flow_time: f64::INFINITY, b: 0.0, power: 0.0, toll: 0.0 };

fn rows(text: &str, names: &Names, problems: &mut Vec<Diagnostic>) -> Vec<Edit> {
    let table = Table::new(text, Some(b'#'));
    for name in table.names().filter(|name| !NEEDED.contains(name) && !NUMBERS.contains(name)) {
        problems.push(Diagnostic::error(
            Code::BadNumber,
            1,
            format!("没有列「{name}」，有 {}、{}", NEEDED.join("、"), NUMBERS.join("、")),
            format!("no column `{name}`; there are {}, {}", NEEDED.join(", "), NUMBERS.join(", ")),
        ));
    }
    let Some([scenario, action, from, to]) = table.needed(NEEDED, problems) else { return Vec::new() };
    let numbers = NUMBERS.map(|name| table.column(name));
    let mut found = Vec::new();
    table.each(|row| {
        let ends = [row.get(from), row.get(to)];
        match edit(row.line, row.get(scenario), row.get(action), (ends, names), numbers.map(|at| row.get(at))) {
            Ok(edit) => found.push(edit),
            Err(problem) => problems.push(problem),
        }
    });
    found
}

fn edit(
    line: usize,
    scenario: &str,
    action: &str,
    (ends, names): ([&str; 2], &Names),
    numbers: [&str; 6],
) -> Result<Edit, Diagnostic> {
    let bad = |zh: String, en: String| Diagnostic::error(Code::BadNumber, line, zh, en);
    let action = match action {
        "add" => Action::Add,
        "change" => Action::Change,
        "close" => Action::Close,
        other => {
            return Err(bad(
                format!("没有动作「{other}」，有 add、change、close；该行没有用"),
                format!("no action `{other}`; there are add, change, close; the row is left out"),
            ));
        }
    };
    let node = |text: &str| {
        names.node(text).ok_or_else(|| {
            bad(format!("「{text}」不是节点；该行没有用"), format!("`{text}` is no node; the row is left out"))
        })
    };
    let mut parsed = [None; 6];
    for ((slot, text), name) in parsed.iter_mut().zip(numbers).zip(NUMBERS) {
        if text.is_empty() {
            continue;
        }
        let value = text.parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0);
        *slot = Some(value.ok_or_else(|| {
            bad(
                format!("{name} 应为不小于 0 的数，而不是「{text}」；该行没有用"),
                format!("{name} must be a number not below 0, not `{text}`; the row is left out"),
            )
        })?);
    }
    if action == Action::Add && parsed.get(2).is_none_or(Option::is_none) {
        return Err(bad(
            "新路段应写明 free_flow_time；该行没有用".to_owned(),
            "a link that is added needs its free_flow_time; the row is left out".to_owned(),
        ));
    }
    Ok(Edit { line, scenario: scenario.to_owned(), action, from: node(ends[0])?, to: node(ends[1])?, numbers: parsed })
}
