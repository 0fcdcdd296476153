//! Two gradings compared, for spreadsheets and programs.

use lantu_appraisal::explain::Changed;
use serde_json::{Map, Value, json};

use super::compared::{Compared, Side, part, totals};
use super::differences;
use crate::commands::told::text;
use crate::models::output::{Column, Table, value};

/// A row for each unit of both tables, then those of one alone.
pub(super) fn of(compared: &Compared<'_>) -> Table {
    let (found, old, new) = (&compared.found, &compared.old, &compared.new);
    let units = &found.units;
    let (joined, left) = (found.joined.len(), found.left.len());
    let ids = units.iter().map(|unit| new.name(unit.rows.1));
    let ids = ids.chain(found.joined.iter().map(|row| new.name(*row)));
    let ids = ids.chain(found.left.iter().map(|row| old.name(*row)));
    let kinds = std::iter::repeat_n("kept", units.len());
    let kinds = kinds.chain(std::iter::repeat_n("joined", joined)).chain(std::iter::repeat_n("left", left));
    let others = joined + left;
    let number = |of: &dyn Fn(&Changed) -> f64| {
        Column::Known(units.iter().map(of).chain(std::iter::repeat_n(f64::NAN, others)).collect())
    };
    let rank = |of: &dyn Fn(&Changed) -> u32| {
        let ranks = units.iter().map(|unit| Some(of(unit)).filter(|rank| *rank > 0));
        Column::Count(ranks.chain(std::iter::repeat_n(None, others)).collect())
    };
    let class = |of: &dyn Fn(&Changed) -> Option<String>| {
        let classes = units.iter().map(|unit| of(unit).unwrap_or_default());
        Column::Text(classes.chain(std::iter::repeat_n(String::new(), others)).collect())
    };
    let mut table = vec![
        (new.inputs.id.clone(), Column::Text(ids.map(str::to_owned).collect())),
        ("units".into(), Column::Text(kinds.map(str::to_owned).collect())),
        ("total_before".into(), number(&|unit| totals(unit).0)),
        ("total_after".into(), number(&|unit| totals(unit).1)),
        ("rank_before".into(), rank(&|unit| unit.ranks.0)),
        ("rank_after".into(), rank(&|unit| unit.ranks.1)),
        ("class_before".into(), class(&|unit| unit.classes.0.clone())),
        ("class_after".into(), class(&|unit| unit.classes.1.clone())),
    ];
    for (at, name) in PARTS.into_iter().enumerate() {
        table.push((name.to_owned(), number(&|unit| part(unit, at))));
    }
    for item in compared.items() {
        table.push((format!("points_before_{item}"), number(&|unit| points(compared, unit, item).0)));
        table.push((format!("points_after_{item}"), number(&|unit| points(compared, unit, item).1)));
    }
    table
}

const PARTS: [&str; 4] = ["by_data", "by_benchmarks", "by_weights", "by_rules"];

/// Points of an item before and after, of units that were ranked.
pub(super) fn points(compared: &Compared<'_>, unit: &Changed, item: &str) -> (f64, f64) {
    let of = |side: &Side<'_>, row: usize, rank: u32| if rank > 0 { side.points(item, row) } else { f64::NAN };
    (of(&compared.old, unit.rows.0, unit.ranks.0), of(&compared.new, unit.rows.1, unit.ranks.1))
}

/// Both rule sets, where they differ, and every unit.
pub(super) fn as_json(compared: &Compared<'_>) -> Value {
    let (found, old, new) = (&compared.found, &compared.old, &compared.new);
    json!({
        "before": side(compared, old),
        "after": side(compared, new),
        "differences": differences::as_json(&compared.differences),
        "units": found.units.iter().map(|one| unit(compared, one)).collect::<Vec<_>>(),
        "joined": found.joined.iter().map(|row| new.name(*row)).collect::<Vec<_>>(),
        "left": found.left.iter().map(|row| old.name(*row)).collect::<Vec<_>>(),
    })
}

/// One unit, with the rules.
pub(super) fn unit_as_json(compared: &Compared<'_>, one: &Changed) -> Value {
    json!({
        "before": side(compared, &compared.old),
        "after": side(compared, &compared.new),
        "differences": differences::as_json(&compared.differences),
        "unit": unit(compared, one),
    })
}

fn side(compared: &Compared<'_>, side: &Side<'_>) -> Value {
    json!({
        "rules": side.path.display().to_string(),
        "name": text(&side.rules.name, compared.lang),
        "valid_from": side.rules.valid_from.to_string(),
        "valid_to": side.rules.valid_to.map(|day| day.to_string()),
        "data": side.data.display().to_string(),
        "units": side.inputs.units.len(),
    })
}

fn unit(compared: &Compared<'_>, unit: &Changed) -> Value {
    let items = compared.items().into_iter().map(|item| {
        let (before, after) = points(compared, unit, item);
        (item.to_owned(), json!({ "before": value(before), "after": value(after) }))
    });
    let parts = PARTS.into_iter().enumerate().map(|(at, name)| (name.to_owned(), value(part(unit, at))));
    let (before, after) = totals(unit);
    let rank = |rank: u32| Some(rank).filter(|rank| *rank > 0);
    json!({
        "id": compared.new.name(unit.rows.1),
        "total": { "before": value(before), "after": value(after) },
        "rank": { "before": rank(unit.ranks.0), "after": rank(unit.ranks.1) },
        "class": { "before": unit.classes.0, "after": unit.classes.1 },
        "parts": parts.collect::<Map<_, _>>(),
        "points": items.collect::<Map<_, _>>(),
    })
}
