//! GMNS, the General Modeling Network Specification: `node.csv`, `link.csv`, and `demand.csv` as DTALite and Path4GMNS have it.
//!
//! Where the specification leaves a value open, what Path4GMNS takes is taken, and said once with a count. Zones become
//! nodes of their own before all others, joined by connectors without time to every node that bears their id; nothing passes
//! through them.

mod links;
mod taken;
mod trips;
mod units;

use crate::demand::Demand;
use crate::diagnostic::{Code, Diagnostic};
use crate::names::Names;
use crate::network::{Link, Network};
use crate::read::table::{Row, Table};

/// Problems of one kind that are told one by one; a broken file can have a million.
const MOST_TOLD: usize = 100;
/// More than any time, capacity or volume is: what is worked out from numbers below it stays a number.
const MOST: f64 = 1e30;

/// The text of the files.
#[derive(Clone, Copy, Debug, Default)]
pub struct Files<'a> {
    /// `node.csv`.
    pub node: &'a str,
    /// `link.csv`.
    pub link: &'a str,
    /// `demand.csv`.
    pub demand: &'a str,
    /// `config.csv`, with the units; miles and miles an hour where there is none.
    pub config: Option<&'a str>,
}

/// What was read.
#[derive(Clone, Debug)]
pub struct Gmns {
    /// Links of the file in its order, both ways of one after the other, then connectors.
    pub network: Network,
    /// Trips between zones.
    pub demand: Demand,
    /// What the files call zones and nodes.
    pub names: Names,
    /// Where each node is, zones included (in the middle of their nodes); none where the file does not say.
    pub coordinates: Vec<Option<[f64; 2]>>,
    /// Links that are no connectors: places in the network below this.
    pub roads: usize,
}

/// Reads a network and its trips. Rows that cannot be read are left out and said.
#[must_use]
pub fn read(files: &Files<'_>) -> (Option<Gmns>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let units = units::units(files.config, &mut problems);
    let nodes = nodes(files.node, &mut problems);
    let (mut roads, types) = links::links(files.link, &nodes.names, &units, &mut problems);
    if roads.is_empty() || nodes.names.zones.len() == 0 {
        problems.push(Diagnostic::error(
            Code::NotANetwork,
            0,
            "没有读到路段或小区：应为 GMNS 的 node.csv（有 zone_id）和 link.csv",
            "no links or no zones were read: expected a `node.csv` with zone_id and a `link.csv` as GMNS has them",
        ));
        return (None, problems);
    }
    let demand = trips::trips(files.demand, &nodes.names, &mut problems);
    let (zones, own) = (nodes.names.zones.len(), roads.len());
    for (node, zone) in (zones as u32..).zip(&nodes.zone).filter_map(|(node, zone)| Some((node, (*zone)?))) {
        roads.push(connector(zone, node));
        roads.push(connector(node, zone));
    }
    let network = Network::new(zones, zones + nodes.names.nodes.len(), zones, &roads).with_types(types);
    let coordinates = nodes.coordinates();
    (Some(Gmns { network, demand, names: nodes.names, coordinates, roads: own }), problems)
}

fn connector(from: u32, to: u32) -> Link {
    Link { from, to, capacity: 0.0, length: 0.0, free_flow_time: 0.0, b: 0.0, power: 0.0, toll: 0.0 }
}

/// What `node.csv` holds: a zone and a place for each node.
#[derive(Default)]
struct Nodes {
    names: Names,
    zone: Vec<Option<u32>>,
    places: Vec<Option<[f64; 2]>>,
}

impl Nodes {
    fn coordinates(&self) -> Vec<Option<[f64; 2]>> {
        let mut sums = vec![([0.0, 0.0], 0.0); self.names.zones.len()];
        for (zone, place) in self.zone.iter().zip(&self.places) {
            let sum = zone.and_then(|zone| sums.get_mut(zone as usize));
            if let (Some((sum, count)), Some([x, y])) = (sum, place) {
                *sum = [sum[0] + x, sum[1] + y];
                *count += 1.0;
            }
        }
        let middle = |([x, y], count): ([f64; 2], f64)| (count > 0.0).then(|| [x / count, y / count]);
        sums.into_iter().map(middle).chain(self.places.iter().copied()).collect()
    }
}

fn nodes(text: &str, problems: &mut Vec<Diagnostic>) -> Nodes {
    let mut problems = Problems::new("node.csv", problems);
    let table = Table::new(text, None);
    let (zone, x, y) = (table.column("zone_id"), table.column("x_coord"), table.column("y_coord"));
    let mut found = Nodes::default();
    let Some([id]) = table.needed(["node_id"], problems.all) else { return found };
    table.each(|row| {
        let name = plain(row.get(id));
        if row.short || name.is_empty() {
            problems.add(short(row));
        } else if found.names.nodes.add(name).1 {
            let zone = plain(row.get(zone));
            found.zone.push((!zone.is_empty()).then(|| found.names.zones.add(zone).0));
            let number = |column| row.get(column).parse::<f64>().ok().filter(|number: &f64| number.is_finite());
            found.places.push(number(x).zip(number(y)).map(|(x, y)| [x, y]));
        } else {
            problems.add(Diagnostic::error(
                Code::DuplicateNode,
                row.line,
                format!("已有节点「{name}」；该行没有用"),
                format!("there is a node `{name}` already; the row is left out"),
            ));
        }
    });
    problems.end();
    found
}

/// A row that may have been cut off.
fn short(row: &Row<'_>) -> Diagnostic {
    Diagnostic::error(
        Code::ShortRow,
        row.line,
        "字段不够，或没有编号；该行没有用",
        "too few fields, or no id; the row is left out",
    )
}

/// An id as it is written elsewhere: programs that hold whole numbers as decimals write 7 as 7.0. What the specification
/// writes for nothing is nothing.
fn plain(text: &str) -> &str {
    if text == "NaN" {
        return "";
    }
    let whole = text.strip_suffix(".0").filter(|whole| whole.bytes().all(|byte| byte.is_ascii_digit()));
    whole.unwrap_or(text)
}

/// A number that is not negative; none where the field is empty.
fn number(row: &Row<'_>, column: Option<usize>, name: &str) -> Result<Option<f64>, Diagnostic> {
    let text = row.get(column);
    if text.is_empty() || text == "NaN" {
        return Ok(None);
    }
    let parsed = text.parse::<f64>().ok().filter(|value| (0.0..MOST).contains(value));
    parsed.map(Some).ok_or_else(|| {
        Diagnostic::error(
            Code::BadNumber,
            row.line,
            format!("{name} 应为 0 到 {MOST:e} 的数，而不是「{text}」；该行没有用"),
            format!("{name} must be a number from 0 to {MOST:e}, not `{text}`; the row is left out"),
        )
    })
}

/// Problems of one file on their way to those of all.
struct Problems<'a> {
    file: &'static str,
    all: &'a mut Vec<Diagnostic>,
    begun: usize,
    more: usize,
}

impl<'a> Problems<'a> {
    fn new(file: &'static str, all: &'a mut Vec<Diagnostic>) -> Self {
        Self { file, begun: all.len(), all, more: 0 }
    }

    fn add(&mut self, problem: Diagnostic) {
        if self.all.len() - self.begun < MOST_TOLD {
            self.all.push(problem);
        } else {
            self.more += 1;
        }
    }

    /// Names the file in all that was added, and says how much was not.
    fn end(self) {
        if self.more > 0 {
            self.all.push(Diagnostic::error(
                Code::ShortRow,
                0,
                format!("还有 {} 行没有用", self.more),
                format!("{} more rows are left out", self.more),
            ));
        }
        self.all.iter_mut().skip(self.begun).for_each(|problem| problem.file = self.file);
    }
}
