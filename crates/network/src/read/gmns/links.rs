//! Links of `link.csv`, with what is taken where a field is empty.

use super::taken::{B, CAPACITY, LANES, POWER, SPEED, Taken};
use super::units::Units;
use super::{MOST, Problems, number, plain, short};
use crate::diagnostic::{Code, Diagnostic};
use crate::names::{List, Names};
use crate::network::Link;
use crate::read::table::{Row, Table};
use crate::types::Types;

/// Names in `allowed_uses` that let cars on a link, as does an empty field.
const CARS: [&str; 3] = ["all", "auto", "car"];

/// Places of the columns that are used.
struct Columns {
    id: Option<usize>,
    ends: [Option<usize>; 2],
    directed: Option<usize>,
    kind: Option<usize>,
    uses: Option<usize>,
    length: Option<usize>,
    lanes: Option<usize>,
    capacity: Option<usize>,
    speed: Option<usize>,
    toll: Option<usize>,
    /// Of the link's curve in the first period: minutes when empty, capacity of all lanes, b and power.
    curve: [Option<usize>; 4],
}

impl Columns {
    fn of(table: &Table<'_>, problems: &mut Problems<'_>) -> Option<Self> {
        let ends = table.needed(["from_node_id", "to_node_id"], problems.all)?;
        // Programs differ in capitals, and in whether they number the period.
        let column =
            |names: &[&str]| names.iter().find_map(|name| table.names().position(|n| n.eq_ignore_ascii_case(name)));
        Some(Self {
            id: column(&["link_id"]),
            ends,
            directed: column(&["directed"]),
            kind: column(&["facility_type", "link_type"]),
            uses: column(&["allowed_uses"]),
            length: column(&["length"]),
            lanes: column(&["lanes"]),
            capacity: column(&["capacity"]),
            speed: column(&["free_speed"]),
            toll: column(&["toll", "vdf_toll"]),
            curve: [
                column(&["vdf_fftt1", "vdf_fftt"]),
                column(&["vdf_cap1", "vdf_cap"]),
                column(&["vdf_alpha1", "vdf_alpha"]),
                column(&["vdf_beta1", "vdf_beta"]),
            ],
        })
    }
}

/// Reads links; a link that leads both ways is two.
pub(super) fn links(text: &str, names: &Names, units: &Units, problems: &mut Vec<Diagnostic>) -> (Vec<Link>, Types) {
    let mut problems = Problems::new("link.csv", problems);
    let table = Table::new(text, None);
    let (mut found, mut types) = (Vec::new(), Types::default());
    let mut taken = Taken::default();
    let mut ids = List::default();
    if let Some(columns) = Columns::of(&table, &mut problems) {
        table.each(|row| {
            if row.short {
                problems.add(short(row));
                return;
            }
            let id = plain(row.get(columns.id));
            if !id.is_empty() && !ids.add(id).1 {
                problems.add(duplicate(id, row.line));
                return;
            }
            match link(row, &columns, names, units, &mut taken) {
                Ok(Some((link, both_ways))) => {
                    let kind = plain(row.get(columns.kind));
                    found.push(link);
                    types.add(kind);
                    if both_ways {
                        found.push(Link { from: link.to, to: link.from, ..link });
                        types.add(kind);
                    }
                }
                Ok(None) => {}
                Err(problem) => problems.add(problem),
            }
        });
    }
    taken.say(units, problems.all);
    problems.end();
    (found, types)
}

/// A link and whether it leads both ways; none where it is not for cars.
fn link(
    row: &Row<'_>,
    columns: &Columns,
    names: &Names,
    units: &Units,
    taken: &mut Taken,
) -> Result<Option<(Link, bool)>, Diagnostic> {
    let line = row.line;
    let [from, to] = columns.ends.map(|end| plain(row.get(end)));
    let node = |name: &str| names.node(name).ok_or_else(|| unknown(name, line));
    let (from, to) = (node(from)?, node(to)?);
    let both_ways = both_ways(row, columns.directed)?;
    let [time, of_all_lanes, b, power] = columns.curve;
    let (time, length) = (number(row, time, "vdf_fftt")?, number(row, columns.length, "length")?);
    let speed = number(row, columns.speed, "free_speed")?;
    let of_all_lanes = number(row, of_all_lanes, "vdf_cap")?;
    let (lanes, of_one) = (number(row, columns.lanes, "lanes")?, number(row, columns.capacity, "capacity")?);
    let none = |capacity: Option<f64>| capacity == Some(0.0);
    let without_room = of_all_lanes.map_or(none(lanes) || none(of_one), |all| all == 0.0);
    if without_room || !for_cars(row.get(columns.uses)) {
        taken.not_for_cars.add(line);
        return Ok(None);
    }
    let capacity = of_all_lanes
        .unwrap_or_else(|| taken.lanes.usual(lanes, LANES, line) * taken.capacity.usual(of_one, CAPACITY, line));
    let free_flow_time = match (time, length) {
        (Some(time), _) => time,
        (None, Some(length)) => {
            taken.units.add(line);
            length / taken.speed.usual(speed, SPEED, line) * units.minutes
        }
        (None, None) => return Err(timeless(line)),
    };
    if !(0.0..MOST).contains(&free_flow_time) || !(1.0 / MOST..MOST).contains(&capacity) {
        return Err(timeless(line));
    }
    let (b, power) = (number(row, b, "vdf_alpha")?, number(row, power, "vdf_beta")?);
    if b.is_none() || power.is_none() {
        taken.curve.add(line);
    }
    let link = Link {
        from,
        to,
        capacity,
        length: length.unwrap_or(0.0),
        free_flow_time,
        b: b.unwrap_or(B),
        power: power.unwrap_or(POWER),
        toll: number(row, columns.toll, "toll")?.unwrap_or(0.0),
    };
    Ok(Some((link, both_ways)))
}

fn for_cars(uses: &str) -> bool {
    let is_car = |name: &str| CARS.iter().any(|car| car.eq_ignore_ascii_case(name));
    uses.is_empty() || uses.split([',', ';', '|', ' ']).any(is_car)
}

/// Older files do not say: each way is a link of its own there.
fn both_ways(row: &Row<'_>, column: Option<usize>) -> Result<bool, Diagnostic> {
    let text = row.get(column);
    match plain(text).to_lowercase().as_str() {
        "0" | "false" | "f" => Ok(true),
        "1" | "true" | "t" | "" => Ok(false),
        _ => Err(Diagnostic::error(
            Code::BadNumber,
            row.line,
            format!("directed 应为 true 或 false，而不是「{text}」；该行没有用"),
            format!("directed must be true or false, not `{text}`; the row is left out"),
        )),
    }
}

fn duplicate(id: &str, line: usize) -> Diagnostic {
    Diagnostic::error(
        Code::DuplicateLink,
        line,
        format!("已有路段「{id}」；该行没有用"),
        format!("there is a link `{id}` already; the row is left out"),
    )
}

fn unknown(name: &str, line: usize) -> Diagnostic {
    Diagnostic::error(
        Code::UnknownNode,
        line,
        format!("node.csv 里没有节点「{name}」；该行没有用"),
        format!("node.csv has no node `{name}`; the row is left out"),
    )
}

fn timeless(line: usize) -> Diagnostic {
    Diagnostic::error(
        Code::BadNumber,
        line,
        "由 length 和 free_speed 或 vdf_fftt 得不出时间，或通行能力太大太小；该行没有用",
        "length and free_speed, or vdf_fftt, give no time, or the capacity is too large or too small; the row is left out",
    )
}
