//! Columns of a table of units, as a user has it: one row for each unit, numbers in the columns that are named.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::read::table::{Table, number};

/// Units that can be compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Units {
    /// Their names, each once.
    pub ids: Vec<String>,
    /// Columns of inputs.
    pub inputs: Vec<Vec<f64>>,
    /// Columns of outputs.
    pub outputs: Vec<Vec<f64>>,
}

/// Reads a table with a row of names. Rows that cannot be used are left out and told; no table comes out where a column is
/// missing or no row is left. Lines that begin with `#` are left out.
#[must_use]
pub fn read(text: &str, id: &str, inputs: &[String], outputs: &[String]) -> (Option<Units>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let Some(table) = Table::new(text, &mut problems) else { return (None, problems) };
    let wanted: Vec<&str> = std::iter::once(id).chain(inputs.iter().chain(outputs).map(String::as_str)).collect();
    let Some(places) = table.needed(&wanted, &mut problems) else { return (None, problems) };
    let mut units =
        Units { ids: Vec::new(), inputs: vec![Vec::new(); inputs.len()], outputs: vec![Vec::new(); outputs.len()] };
    let mut seen = BTreeMap::new();
    let uneven = table.each(|row| {
        let line = row.line;
        let fields: Vec<&str> = places.iter().map(|place| row.get(*place)).collect();
        let found = values(&wanted, &fields, inputs.len(), line, &mut problems);
        let name = fields.first().copied().unwrap_or_default();
        let first = seen.get(name).copied();
        match (name.is_empty(), first) {
            (true, _) => problems.push(Diagnostic::error(
                Code::BadId,
                line,
                format!("「{id}」是空的，该行未读入"),
                format!("`{id}` is empty, the row was left out"),
            )),
            (_, Some(first)) => problems.push(Diagnostic::error(
                Code::BadId,
                line,
                format!("「{name}」在第 {first} 行已有，该行未读入"),
                format!("`{name}` stands on line {first} already, the row was left out"),
            )),
            _ => {
                seen.insert(name.to_owned(), line);
                if let Some(found) = found {
                    units.ids.push(name.to_owned());
                    let columns = units.inputs.iter_mut().chain(&mut units.outputs);
                    columns.zip(found).for_each(|(column, value)| column.push(value));
                }
            }
        }
    });
    problems.extend(uneven);
    if units.ids.is_empty() {
        problems.push(Diagnostic::error(
            Code::NotATable,
            0,
            "没有一行可以比较，应有一行列名，往下每行一个评价对象",
            "there is no row to compare; there should be a row of names and a row for each unit below",
        ));
        return (None, problems);
    }
    (Some(units), problems)
}

/// Numbers of a row; none where one of them cannot be used, or all of a side are 0.
fn values(
    names: &[&str],
    fields: &[&str],
    inputs: usize,
    line: usize,
    problems: &mut Vec<Diagnostic>,
) -> Option<Vec<f64>> {
    let before = problems.len();
    let mut found = Vec::new();
    for (name, field) in names.iter().zip(fields).skip(1) {
        match number(field).filter(|value| *value >= 0.0) {
            Some(value) => found.push(value),
            None => problems.push(Diagnostic::error(
                Code::BadNumber,
                line,
                format!("「{name}」是「{field}」，应为不小于 0 的数，该行未读入"),
                format!("`{name}` is `{field}`, a number not below 0 was expected, the row was left out"),
            )),
        }
    }
    if problems.len() > before {
        return None;
    }
    let side = |part: Option<&[f64]>| part.is_some_and(|part| part.iter().any(|value| *value > 0.0));
    for (fine, zh, en) in
        [(side(found.get(..inputs)), "投入", "inputs"), (side(found.get(inputs..)), "产出", "outputs")]
    {
        if !fine {
            problems.push(Diagnostic::error(
                Code::NoValue,
                line,
                format!("{zh}全是 0，无法比较，该行未读入"),
                format!("all {en} are 0, which cannot be compared, the row was left out"),
            ));
        }
    }
    (problems.len() == before).then_some(found)
}
