//! Readers of expected outputs: tables with a column for each variable, and Vensim's `.dat`.

use std::collections::BTreeMap;
use std::path::Path;

use lantu_simulation::model::Name;

/// A value as printed: with how far the true one may lie from it.
#[derive(Clone, Copy, Debug)]
pub struct Printed {
    pub value: f64,
    /// One of the last digit that is sure: programs print six, and leave out zeros at the end.
    pub digit: f64,
}

/// For each variable its moments and values.
pub type Expected = BTreeMap<String, Vec<(f64, Printed)>>;

pub fn text(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    match String::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(error) => error.as_bytes().iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// The most digits that any number of the file has, six at most: programs print so many and leave out zeros.
fn digits(text: &str) -> i32 {
    let count = |number: &str| {
        let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
        mantissa.chars().filter(char::is_ascii_digit).collect::<String>().trim_start_matches('0').len() as i32
    };
    text.split([',', '\t', '\n', '\r'])
        .filter(|cell| cell.trim().parse::<f64>().is_ok())
        .map(count)
        .max()
        .unwrap_or(6)
        .min(6)
}

pub fn read(path: &Path) -> Expected {
    let text = text(path);
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("dat")) { dat(&text) } else { table(&text) }
}

fn printed(text: &str, digits: i32) -> Option<Printed> {
    let text = text.trim().trim_matches('"');
    let value: f64 = text.parse().ok()?;
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().unwrap_or(0)),
        None => (text, 0),
    };
    let decimals = mantissa.split_once('.').map_or(0, |(_, digits)| digits.len() as i32);
    let sixth = if value == 0.0 { 1e-9 } else { 10_f64.powi(value.abs().log10().floor() as i32 - digits + 1) };
    Some(Printed { value, digit: sixth.min(10_f64.powi(exponent - decimals)) })
}

/// `name[a, b]` and `name[a,b]` are one.
pub fn key(name: &str) -> String {
    let name = name.trim();
    let name =
        name.strip_prefix('"').and_then(|n| n.strip_suffix('"')).map_or(name.to_owned(), |n| n.replace("\"\"", "\""));
    match name.strip_suffix(']').and_then(|open| open.rsplit_once('[')) {
        Some((name, elements)) => {
            let elements: Vec<String> = elements.split(',').map(|e| Name::new(e).to_string()).collect();
            format!("{}[{}]", Name::new(name), elements.join(","))
        }
        None => Name::new(&name).to_string(),
    }
}

fn dat(text: &str) -> Expected {
    let digits = digits(text);
    let mut found = Expected::new();
    let mut name = None;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match line.split_once('\t') {
            Some((time, value)) => {
                if let (Some(name), Ok(time), Some(value)) = (&name, time.trim().parse(), printed(value, digits)) {
                    found.entry(String::clone(name)).or_default().push((time, value));
                }
            }
            None => name = Some(key(line)),
        }
    }
    found
}

/// Cells of a line, quotes honoured.
fn cells(line: &str, separator: char) -> Vec<String> {
    let mut found = vec![String::new()];
    let (mut quoted, mut depth) = (false, 0);
    for character in line.trim_end_matches(['\r', '\n']).chars() {
        match character {
            '"' => {
                quoted = !quoted;
                found.last_mut().unwrap().push(character);
            }
            '[' if !quoted => {
                depth += 1;
                found.last_mut().unwrap().push(character);
            }
            ']' if !quoted => {
                depth -= 1;
                found.last_mut().unwrap().push(character);
            }
            c if c == separator && !quoted && depth <= 0 => found.push(String::new()),
            c => found.last_mut().unwrap().push(c),
        }
    }
    found
}

fn table(text: &str) -> Expected {
    let separator = if text.lines().next().is_some_and(|line| line.contains('\t')) { '\t' } else { ',' };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let header = cells(lines.next().unwrap_or_default(), separator);
    let digits = digits(text);
    let mut found = Expected::new();
    for line in lines {
        let row = cells(line, separator);
        let Some(time) = row.first().and_then(|cell| cell.trim().trim_matches('"').parse::<f64>().ok()) else {
            continue;
        };
        for (name, cell) in header.iter().zip(&row).skip(1) {
            if let Some(value) = printed(cell, digits) {
                found.entry(key(name)).or_default().push((time, value));
            }
        }
    }
    found
}
