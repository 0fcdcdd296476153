//! Tables of earlier results, and of single events that take points off.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{Table, number};
use super::units::{Wanted, read};
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluate::{Event, History};
use crate::rules::{Day, RuleSet};
use crate::units::Units;

/// Reads results of an earlier year, as the table of results has them: the first column and `class`.
#[must_use]
pub fn history(text: &str) -> (Option<History>, Vec<Diagnostic>) {
    let wanted = Wanted { words: BTreeSet::from(["class".to_owned()]), ..Wanted::default() };
    let (units, problems) = read(text, &wanted);
    let history = units.map(|units| {
        let class = |(row, id): (usize, &String)| {
            let class = units.columns.get("class")?.word(row).filter(|class| !class.is_empty())?;
            (units.doubtful.get(row) == Some(&false)).then(|| (id.clone(), class.to_owned()))
        };
        History { classes: units.ids.iter().enumerate().filter_map(class).collect() }
    });
    (history, problems)
}

/// Reads single events: `unit`, `item`, `date`, `points`. Those of units or items that are not known are told and left out.
#[must_use]
pub fn events(text: &str, rules: &RuleSet, units: &Units) -> (Vec<Event>, Vec<Diagnostic>) {
    let rows: BTreeMap<&str, u32> = units.ids.iter().enumerate().map(|(row, id)| (id.as_str(), row as u32)).collect();
    let (mut problems, mut events) = (Vec::new(), Vec::new());
    let Some(table) = Table::new(text, &mut problems) else { return (events, problems) };
    let Some(places) = table.needed(&["unit", "item", "date", "points"], &mut problems) else {
        return (events, problems);
    };
    table.each(|row| {
        let field = |at: usize| places.get(at).map(|place| row.get(*place)).unwrap_or_default();
        let [unit, item, date, points] = [0, 1, 2, 3].map(field);
        let found = (|| {
            let unit = rows.get(unit).ok_or(("unit", unit))?;
            let item = rules.item(item).ok_or(("item", item))?;
            let day: Day = date.parse().map_err(|()| ("date", date))?;
            let points = number(points).filter(|points| *points >= 0.0).ok_or(("points", points))?;
            Ok(Event { row: *unit, item: item as u32, day, points })
        })();
        match found {
            Ok(event) => events.push(event),
            Err((column, field)) => problems.push(Diagnostic::error(
                Code::BadValue,
                row.line,
                format!("列「{column}」的「{field}」不认识，这一行没有用"),
                format!("`{field}` in column `{column}` is not known; the row is not used"),
            )),
        }
    });
    (events, problems)
}
