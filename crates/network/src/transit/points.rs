//! Points where travel begins and ends: a table with the columns `id,lon,lat`. What points hold is read by [`crate::read::held`].

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::read::table::Table;

/// Points in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Points {
    /// Names, all different.
    pub ids: Vec<String>,
    /// Degrees east and north.
    pub at: Vec<(f64, f64)>,
}

/// Reads points. Rows that cannot be read are left out and said; further columns are left alone.
#[must_use]
pub fn points(text: &str) -> (Points, Vec<Diagnostic>) {
    const NEEDED: [&str; 3] = ["id", "lon", "lat"];
    let (mut found, mut problems, mut names) = (Points::default(), Vec::new(), HashSet::new());
    let table = Table::new(text, Some(b'#'));
    let Some([id, lon, lat]) = table.needed(NEEDED, &mut problems) else { return (found, problems) };
    table.each(|row| {
        let degrees = |text: &str, most: f64| text.parse::<f64>().ok().filter(|value| value.abs() <= most);
        let name = row.get(id);
        let (Some(east), Some(north), false) =
            (degrees(row.get(lon), 180.0), degrees(row.get(lat), 90.0), name.is_empty())
        else {
            let zh = "应有 id，以及以度为单位的 lon、lat；该行没有用";
            let en = "expected an id, and lon and lat in degrees; the row is left out";
            return problems.push(Diagnostic::error(Code::BadNumber, row.line, zh, en));
        };
        if !names.insert(name.to_owned()) {
            let zh = format!("地点「{name}」出现两次；后一行没有用");
            let en = format!("point `{name}` is there twice; the later row is left out");
            return problems.push(Diagnostic::error(Code::DuplicateName, row.line, zh, en));
        }
        found.ids.push(name.to_owned());
        found.at.push((east, north));
    });
    if found.ids.is_empty() {
        problems.push(Diagnostic::error(Code::NoPoints, 0, "没有读到地点", "no points were read"));
    }
    (found, problems)
}
