//! Tables of earlier results, and of single events that take points off.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{Table, number};
use super::units::{Wanted, read};
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluate::{Event, History};
use crate::rules::{Day, Method, RuleSet};
use crate::units::Units;

/// Reads results of an earlier year, as the table of results has them: the first column and `class`.
#[must_use]
pub fn history(text: &str) -> (Option<History>, Vec<Diagnostic>) {
    let wanted = Wanted { words: BTreeSet::from(["class".to_owned()]), ..Wanted::default() };
    let (units, problems) = read(text, &wanted);
    let history = units.map(|units| {
        let class = |(row, id): (usize, &String)| {
            let class = units.columns.get("class")?.word(row).filter(|class| !class.is_empty())?;
            // Tables of results keep spreadsheets from running a name as a formula.
            let name = id.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(id);
            (units.doubtful.get(row) == Some(&false)).then(|| (name.to_owned(), class.to_owned()))
        };
        History { classes: units.ids.iter().enumerate().filter_map(class).collect() }
    });
    (history, problems)
}

/// Reads single events: `unit`, `item`, `date`, `points`. Those of units or items that are not known are told and left out.
#[must_use]
pub fn events(text: &str, rules: &RuleSet, units: &Units) -> (Option<Vec<Event>>, Vec<Diagnostic>) {
    let rows: BTreeMap<&str, u32> = units.ids.iter().enumerate().map(|(row, id)| (id.as_str(), row as u32)).collect();
    let (mut problems, mut events) = (Vec::new(), Vec::new());
    let Some(table) = Table::new(text, &mut problems) else { return (None, problems) };
    let Some(places) = table.needed(&["unit", "item", "date", "points"], &mut problems) else {
        return (None, problems);
    };
    let uneven = table.each(|row| {
        let field = |at: usize| places.get(at).map(|place| row.get(*place)).unwrap_or_default();
        let [unit, item, date, points] = [0, 1, 2, 3].map(field);
        let found = (|| {
            let unit = rows.get(unit).ok_or(("unit", unit))?;
            let deducts = |at: &usize| {
                let item = rules.items.get(*at);
                item.is_some_and(|item| matches!(item.normalise.method, Method::Deduction { .. }))
            };
            let item = rules.item(item).filter(deducts).ok_or(("item", item))?;
            let day: Day = date.parse().map_err(|()| ("date", date))?;
            let points = number(points).filter(|points| *points >= 0.0).ok_or(("points", points))?;
            Ok(Event { row: *unit, item: item as u32, day, points })
        })();
        match found {
            Ok(event) => events.push(event),
            Err((column, field)) => problems.push(Diagnostic::error(
                Code::BadValue,
                row.line,
                format!("列「{column}」的「{field}」不认识，或不是扣分项，这一行没有用"),
                format!("`{field}` in column `{column}` is not known, or takes no points off; the row is not used"),
            )),
        }
    });
    problems.extend(uneven);
    (Some(events), problems)
}
