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

/// What is no number where one should be: the line, from 1, and the text.
pub(crate) type BadCell = (usize, String);

/// Series of a `.dat` file or of a table whose first column is the moment; each in the order of its moments.
pub(crate) fn series(text: &str) -> Result<Series, BadCell> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    // A comma may stand in brackets, so the semicolon is looked for before it.
    let separator = ['\t', ';', ','].into_iter().find(|separator| first.contains(*separator));
    let mut found = match separator {
        None => dat(text)?,
        // `name[a,b]` alone on a line is how a `.dat` file begins.
        Some(',') if first.trim().ends_with(']') => dat(text)?,
        Some(separator) => table(text, separator)?,
    };
    found.values_mut().for_each(|points| points.sort_by(|a, b| a.0.total_cmp(&b.0)));
    Ok(found)
}

/// A number; none in an empty cell and where Vensim writes that there is none.
fn number(cell: &str, line: usize) -> Result<Option<f64>, BadCell> {
    match cell.trim().trim_matches('"').trim() {
        "" | ":NA:" => Ok(None),
        text => text.parse().map(Some).map_err(|_| (line, text.to_owned())),
    }
}

/// Lines that hold something, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.trim().is_empty())
}

fn dat(text: &str) -> Result<Series, BadCell> {
    let mut found = Series::new();
    let mut current: Option<(Name, Vec<String>)> = None;
    for (at, line) in lines(text) {
        match line.split_once('\t') {
            Some((time, value)) => {
                if let (Some(key), Some(time), Some(value)) = (&current, number(time, at)?, number(value, at)?) {
                    found.entry(key.clone()).or_default().push((time, value));
                }
            }
            None => current = Some(key(line)),
        }
    }
    Ok(found)
}

fn table(text: &str, separator: char) -> Result<Series, BadCell> {
    let mut found = Series::new();
    let mut lines = lines(text);
    let header = lines.next().map_or("", |(_, line)| line);
    let header: Vec<_> = split(header, separator).iter().map(|name| key(name)).collect();
    for (at, line) in lines {
        let row = split(line, separator);
        let Some(time) = row.first().map(|cell| number(cell, at)).transpose()?.flatten() else { continue };
        for (key, cell) in header.iter().zip(&row).skip(1) {
            if let Some(value) = number(cell, at)? {
                found.entry(key.clone()).or_default().push((time, value));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_a_series() {
        let wanted = vec![(0.0, 1.0), (1.0, 2.5)];
        let texts = [
            "a b[x, y]\n0\t1\n1\t2.5\n",
            "Time\ta_b[x,y]\n1\t2.5\n0\t1\n",
            "time,\"A B[X,Y]\"\n0,1\n\n0.5,\n1,2.5\n",
            "time;a b[x,y]\n0;1\n1;2.5\n",
        ];
        for text in texts {
            let found = series(text).expect("numbers");
            let key = (Name::new("a b"), vec!["x".to_owned(), "y".to_owned()]);
            assert_eq!(found.get(&key), Some(&wanted), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_named() {
        assert_eq!(series("time,x\n2020,1\n2021,\"1,000\"\n"), Err((3, "1,000".to_owned())));
        assert_eq!(series("time,x\n20x4,5\n"), Err((2, "20x4".to_owned())));
    }
}
