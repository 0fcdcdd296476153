//! What `GET XLS …` and `GET DIRECT …` mean: constants, series and names out of cells.

use super::address::{Area, cell, column, name, row};
use super::{Cell, External, Missing, Sheet};

/// Which way the points of a series run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Right,
    Down,
}

/// `GET XLS CONSTANTS(file, tab, cell)` for an array of `rows` by `columns`; a star after the cell turns it. A cell
/// without a number gives its address.
pub(crate) fn constants(
    external: &dyn External,
    arguments: &[String],
    rows: usize,
    columns: usize,
) -> Result<Vec<Result<f64, String>>, Missing> {
    let [file, tab, address, ..] = arguments else { return Err(Missing::Arguments) };
    let (plain, turned) = match address.trim().strip_suffix('*') {
        Some(plain) => (plain, true),
        None => (address.trim(), false),
    };
    let (sheet_name, top, left) = corner(external, file, tab, plain)?;
    let sheet = external.sheet(file, &sheet_name)?;
    let mut found = Vec::new();
    for line in 0..rows {
        for place in 0..columns {
            let (r, c) = if turned { (top + place, left + line) } else { (top + line, left + place) };
            found.push(sheet.number(r, c).ok_or_else(|| name(r, c)));
        }
    }
    Ok(found)
}

fn corner(external: &dyn External, file: &str, tab: &str, address: &str) -> Result<(String, usize, usize), Missing> {
    if let Some((row, column)) = cell(address) {
        return Ok((tab.to_owned(), row, column));
    }
    match external.area(file, tab, address) {
        Some((sheet, area)) => Ok((sheet, area.top, area.left)),
        None => Err(Missing::Address(address.to_owned())),
    }
}

/// `GET XLS DATA(file, tab, row or column of x, first cell)`: the points of as many series as asked for, one after the
/// other across the direction in which x runs. Pairs with an empty cell are left out.
pub(crate) fn series(
    external: &dyn External,
    arguments: &[String],
    count: usize,
) -> Result<Vec<Vec<(f64, f64)>>, Missing> {
    let [file, tab, axis, first, ..] = arguments else { return Err(Missing::Arguments) };
    let first = first.trim();
    let (value_sheet, top, left) = corner(external, file, tab, first.strip_suffix('*').unwrap_or(first))?;
    let values = external.sheet(file, &value_sheet)?;
    let (axis_sheet, run, line, start, end) = match (row(axis), column(axis)) {
        (Some(line), _) => (tab.clone(), Run::Right, line, left, usize::MAX),
        (_, Some(line)) if external.area(file, tab, axis).is_none() => (tab.clone(), Run::Down, line, top, usize::MAX),
        _ => {
            let Some((sheet, area)) = external.area(file, tab, axis) else {
                return Err(Missing::Address(axis.clone()));
            };
            let Area { top, left, bottom, right } = area;
            if right > left { (sheet, Run::Right, top, left, right) } else { (sheet, Run::Down, left, top, bottom) }
        }
    };
    let axis = external.sheet(file, &axis_sheet)?;
    let length = end.min(length(&axis, run, line)).saturating_sub(start.min(end)) + usize::from(end != usize::MAX);
    let x = |place: usize| match run {
        Run::Right => axis.number(line, start + place),
        Run::Down => axis.number(start + place, line),
    };
    let y = |series: usize, place: usize| match run {
        Run::Right => values.number(top + series, left + place),
        Run::Down => values.number(top + place, left + series),
    };
    let points = |series: usize| {
        let mut points: Vec<_> = (0..length).filter_map(|at| Some((x(at)?, y(series, at)?))).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        points
    };
    let found: Vec<Vec<(f64, f64)>> = (0..count).map(points).collect();
    if found.iter().all(Vec::is_empty) {
        return Err(Missing::Points(file.clone(), first.to_owned()));
    }
    Ok(found)
}

fn length(sheet: &Sheet, run: Run, line: usize) -> usize {
    match run {
        Run::Right => sheet.rows.get(line).map_or(0, Vec::len),
        Run::Down => sheet.rows.len(),
    }
}

/// `GET XLS SUBSCRIPT(file, tab, first, last, prefix)`: a row or a column of names.
pub(crate) fn names(external: &dyn External, arguments: &[String]) -> Result<Vec<String>, Missing> {
    let [file, tab, first, last, prefix @ ..] = arguments else { return Err(Missing::Arguments) };
    let prefix = prefix.first().map_or("", String::as_str);
    let (tab, top, left, bottom, right) = match (cell(first), external.area(file, tab, first)) {
        (Some((top, left)), _) => {
            // A last cell, or just its column or row: then as far as there is something.
            let (bottom, right) = match (cell(last), column(last), row(last)) {
                (Some(cell), ..) => cell,
                (_, Some(column), _) => (if column == left { usize::MAX } else { top }, column),
                (.., Some(row)) => (row, if row == top { usize::MAX } else { left }),
                _ => return Err(Missing::Address(last.clone())),
            };
            (tab.clone(), top, left, bottom, right)
        }
        (None, Some((tab, area))) => (tab, area.top, area.left, area.bottom, area.right),
        (None, None) => return Err(Missing::Address(first.clone())),
    };
    let sheet = external.sheet(file, &tab)?;
    let mut found = Vec::new();
    for row in top..=bottom.min(sheet.rows.len().saturating_sub(1)) {
        for column in left..=right.min(sheet.width().saturating_sub(1)) {
            match sheet.cell(row, column) {
                Cell::Text(text) => found.push(format!("{prefix}{}", text.trim())),
                Cell::Number(value) => found.push(format!("{prefix}{value}")),
                Cell::Empty => {}
            }
        }
    }
    Ok(found)
}
