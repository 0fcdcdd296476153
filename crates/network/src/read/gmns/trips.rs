//! Trips between zones: `demand.csv`.

use super::{Problems, number, plain, short};
use crate::demand::Demand;
use crate::diagnostic::{Code, Diagnostic};
use crate::names::Names;
use crate::read::table::Table;

/// Reads trips. An empty volume is none.
pub(super) fn trips(text: &str, names: &Names, problems: &mut Vec<Diagnostic>) -> Demand {
    let mut problems = Problems::new("demand.csv", problems);
    let table = Table::new(text, None);
    let mut found = Vec::new();
    let needed = table.needed(["o_zone_id", "d_zone_id", "volume"], problems.all);
    if let Some([from, to, volume]) = needed {
        table.each(|row| {
            let zone = |name: &str| names.zones.get(name).ok_or_else(|| unknown(name, row.line));
            let trip = || {
                if row.short {
                    return Err(short(row));
                }
                let (from, to) = (zone(plain(row.get(from)))?, zone(plain(row.get(to)))?);
                Ok((from, to, number(row, volume, "volume")?.unwrap_or(0.0)))
            };
            match trip() {
                Ok(trip) => found.push(trip),
                Err(problem) => problems.add(problem),
            }
        });
    }
    problems.end();
    Demand::new(names.zones.len(), found)
}

fn unknown(name: &str, line: usize) -> Diagnostic {
    Diagnostic::error(
        Code::UnknownNode,
        line,
        format!("node.csv 里没有小区「{name}」；该行没有用"),
        format!("no node of node.csv is in a zone `{name}`; the row is left out"),
    )
}
