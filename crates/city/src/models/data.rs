//! Data series in text: Vensim's `.dat`, and tables with a column for each variable; and cells of text tables.

use std::collections::BTreeMap;

use lantu_simulation::external::{Cell, Sheet};
use lantu_simulation::model::Name;

/// For each variable and its elements moments and values.
pub(crate) type Series = BTreeMap<(Name, Vec<String>), Vec<(f64, f64)>>;

/// Cells of a line; quotes and brackets hold separators.
fn split(line: &str, separator: char) -> Vec<String> {
    let mut found = Vec::new();
    let (mut cell, mut quoted, mut depth) = (String::new(), false, 0_usize);
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if character == separator && !quoted && depth == 0 {
            found.push(std::mem::take(&mut cell));
        } else {
            cell.push(character);
        }
    }
    found.push(cell);
    found
}

/// A text table as cells. `separator` is the sign that stands between them.
pub(super) fn cells(text: &str, separator: char) -> Sheet {
    let cell = |text: String| match text.trim().trim_matches('"') {
        "" => Cell::Empty,
        text => text.parse().map_or_else(|_| Cell::Text(text.to_owned()), Cell::Number),
    };
    let text = text.trim_start_matches('\u{feff}');
    Sheet { rows: text.lines().map(|line| split(line, separator).into_iter().map(cell).collect()).collect() }
}

/// `name[a,b]` as a name and its elements.
pub(crate) fn key(written: &str) -> (Name, Vec<String>) {
    let written = written.trim();
    let written = written.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(written);
    match written.strip_suffix(']').and_then(|open| open.rsplit_once('[')) {
        Some((name, elements)) => {
            (Name::new(name), elements.split(',').map(|element| Name::new(element).to_string()).collect())
        }
        None => (Name::new(written), Vec::new()),
    }
}

/// Series of a `.dat` file or of a table whose first column is the moment.
pub(crate) fn series(text: &str) -> Series {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let is_dat = !first.contains('\t') && !first.contains(',') || first.trim().ends_with(']') && !first.contains('\t');
    if is_dat { dat(text) } else { table(text, if first.contains('\t') { '\t' } else { ',' }) }
}

fn dat(text: &str) -> Series {
    let mut found = Series::new();
    let mut current: Option<(Name, Vec<String>)> = None;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match line.split_once('\t') {
            Some((time, value)) => {
                if let (Some(key), Ok(time), Ok(value)) = (&current, time.trim().parse(), value.trim().parse()) {
                    found.entry(key.clone()).or_default().push((time, value));
                }
            }
            None => current = Some(key(line)),
        }
    }
    found
}

fn table(text: &str, separator: char) -> Series {
    let mut found = Series::new();
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let header: Vec<_> = split(lines.next().unwrap_or_default(), separator).iter().map(|name| key(name)).collect();
    for line in lines {
        let row = split(line, separator);
        let number = |cell: &String| cell.trim().trim_matches('"').parse::<f64>().ok();
        let Some(time) = row.first().and_then(number) else { continue };
        for (key, cell) in header.iter().zip(&row).skip(1) {
            if let Some(value) = number(cell) {
                found.entry(key.clone()).or_default().push((time, value));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_a_series() {
        let wanted = vec![(0.0, 1.0), (1.0, 2.5)];
        for text in ["a b[x, y]\n0\t1\n1\t2.5\n", "Time\ta_b[x,y]\n0\t1\n1\t2.5\n", "time,\"A B[X,Y]\"\n0,1\n1,2.5\n"] {
            let found = series(text);
            let key = (Name::new("a b"), vec!["x".to_owned(), "y".to_owned()]);
            assert_eq!(found.get(&key), Some(&wanted), "{text}: {found:?}");
        }
    }
}
