//! Units of lengths and speeds, from `config.csv`.

use super::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::read::table::Table;

const METRES_IN_A_MILE: f64 = 1_609.344;
/// Metres in a unit of length, and metres an hour in a unit of speed.
const LENGTHS: [(&[&str], f64); 4] = [
    (&["mile", "miles", "mi"], METRES_IN_A_MILE),
    (&["kilometer", "kilometers", "kilometre", "kilometres", "km"], 1_000.0),
    (&["meter", "meters", "metre", "metres", "m"], 1.0),
    (&["foot", "feet", "ft"], 0.304_8),
];
const SPEEDS: [(&[&str], f64); 3] =
    [(&["mph", "mile/h"], METRES_IN_A_MILE), (&["kmh", "kph", "km/h", "kmph"], 1_000.0), (&["m/s", "mps"], 3_600.0)];

/// How lengths and speeds make minutes.
pub(super) struct Units {
    /// Minutes that a unit of length takes at a unit of speed.
    pub(super) minutes: f64,
    /// Whether the file says so.
    pub(super) given: bool,
}

/// Those of the file, or miles and miles an hour, as Path4GMNS has them.
pub(super) fn units(text: Option<&str>, problems: &mut Vec<Diagnostic>) -> Units {
    let (mut length, mut speed) = (METRES_IN_A_MILE, METRES_IN_A_MILE);
    let mut given = false;
    if let Some(text) = text {
        let mut problems = Problems::new("config.csv", problems);
        let table = Table::new(text, None);
        let columns = [table.column("long_length"), table.column("speed")];
        let mut first = true;
        table.each(|row| {
            let names = columns.map(|column| row.get(column));
            if !std::mem::take(&mut first) || names.contains(&"") {
                return;
            }
            given = true;
            for (name, units, value) in [(names[0], &LENGTHS[..], &mut length), (names[1], &SPEEDS[..], &mut speed)] {
                match units.iter().find(|(known, _)| known.contains(&name.to_lowercase().as_str())) {
                    Some((_, metres)) => *value = *metres,
                    None => problems.add(unknown(name, units, row.line)),
                }
            }
        });
        problems.end();
    }
    Units { minutes: 60.0 * length / speed, given }
}

fn unknown(name: &str, units: &[(&[&str], f64)], line: usize) -> Diagnostic {
    let known: Vec<&str> = units.iter().filter_map(|(names, _)| names.first().copied()).collect();
    Diagnostic::error(
        Code::UnknownUnit,
        line,
        format!("没有单位「{name}」，有 {}；按英里计", known.join("、")),
        format!("no unit `{name}`; there are {}; taken as miles", known.join(", ")),
    )
}
