//! Expected outputs, and the rule by which a run agrees with them. `benches/simulation/expected.py` judges the peers by
//! the same rule.

use std::collections::BTreeMap;
use std::path::Path;

/// Vensim prints "not available" as a number no model has otherwise.
const NOT_AVAILABLE: f64 = -1e32;
/// What Vensim keeps as variables and XMILE outside of its equations.
const CONTROL: [&str; 6] = ["initial time", "final time", "time step", "saveper", "dt", "time"];

/// For each variable its moments and values, with how they are printed.
pub(crate) struct Expected {
    pub(crate) series: BTreeMap<String, Vec<(f64, f64)>>,
    digits: i32,
    /// How far a printed moment may lie from the one that was kept.
    slack: f64,
}

/// UTF-8 with or without a byte order mark, else Latin-1; any line ends.
pub(crate) fn text(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let text = match String::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(error) => error.as_bytes().iter().map(|byte| char::from(*byte)).collect(),
    };
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// One spelling of a variable's name: lower case, no quotes, underscores and white space as one space.
pub(crate) fn name(written: &str) -> String {
    let plain = written.replace("\\n", " ").replace(['"', '\\'], "").replace('·', ".").replace('_', " ").to_lowercase();
    let mut plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    for sign in ["[", "]", ",", "."] {
        plain = plain.replace(&format!(" {sign}"), sign).replace(&format!("{sign} "), sign);
    }
    plain
}

fn number(token: &str) -> Option<f64> {
    let token = token.trim().trim_matches('"').replace(',', "");
    match token.strip_suffix('%') {
        Some(share) => share.parse::<f64>().ok().map(|value| value / 100.0),
        None if ["?", "1.#ind", "1.#qnan"].contains(&token.to_lowercase().trim_matches(['-', '+'])) => Some(f64::NAN),
        None => token.parse().ok(),
    }
}

/// Significant digits as printed; zeros at the end of a whole number are not sure.
fn digits(token: &str) -> i32 {
    let token = token.trim().trim_matches('"').trim_start_matches(['+', '-']).trim_end_matches('%');
    let mantissa = token.split(['e', 'E']).next().unwrap_or_default().replace(',', "");
    if !mantissa.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return 0;
    }
    let plain = mantissa.replace('.', "");
    let plain = plain.trim_start_matches('0');
    let plain = if mantissa.contains('.') { plain } else { plain.trim_end_matches('0') };
    i32::try_from(plain.len()).unwrap_or(0)
}

fn places(token: &str) -> i32 {
    let token = token.trim().trim_matches('"');
    if token.to_lowercase().contains('e') { 0 } else { token.split_once('.').map_or(0, |(_, d)| d.len() as i32) }
}

/// Cells of a line; quotes and brackets hold separators.
fn cells(line: &str, separator: char) -> Vec<String> {
    let mut found = vec![String::new()];
    let (mut quoted, mut depth) = (false, 0);
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth -= 1,
            _ => {}
        }
        if character == separator && !quoted && depth <= 0 {
            found.push(String::new());
        } else {
            found.last_mut().unwrap().push(character);
        }
    }
    found
}

impl Expected {
    pub(crate) fn read(path: &Path) -> Self {
        let text = text(path);
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let is_dat = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("dat"));
        let mut series: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
        let (mut printed, mut decimals) = (0, 0);
        let mut take = |called: &str, time: &str, value: &str| {
            if let (Some(at), Some(found)) = (number(time), number(value)) {
                series.entry(called.to_owned()).or_default().push((at, found));
                printed = printed.max(digits(value));
                decimals = decimals.max(places(time));
            }
        };
        if is_dat {
            let mut current = String::new();
            for line in lines {
                match line.split_once('\t') {
                    Some((time, value)) if number(time).is_some() => take(&current, time, value),
                    _ => current = name(line),
                }
            }
        } else {
            let separator = if lines.first().is_some_and(|line| line.contains('\t')) { '\t' } else { ',' };
            let header: Vec<String> =
                lines.first().map(|l| cells(l, separator)).unwrap_or_default().iter().map(|c| name(c)).collect();
            for line in lines.iter().skip(1) {
                let row = cells(line, separator);
                for (called, cell) in header.iter().zip(&row).skip(1).filter(|(called, _)| !called.is_empty()) {
                    take(called, &row[0], cell);
                }
            }
        }
        let slack = if decimals > 0 { 0.5005 * 10_f64.powi(-decimals) } else { 1e-6 };
        Self { series, digits: printed.clamp(6, 15), slack }
    }

    /// What keeps a run from agreeing. `columns` are its outputs by [`name`], `control` says whether the control
    /// variables are compared, `tolerance` and `skip` are a case's own.
    pub(crate) fn judge(
        &self,
        times: &[f64],
        columns: &BTreeMap<String, Vec<f64>>,
        control: bool,
        tolerance: Option<f64>,
        skip: &[String],
    ) -> Result<(), String> {
        // Six or seven digits: single precision made the numbers.
        let tolerance = tolerance.unwrap_or(if self.digits <= 7 { 1e-5 } else { 1e-6 });
        let base = |called: &str| called.split('[').next().unwrap_or_default().to_owned();
        let mut scales: BTreeMap<String, f64> = BTreeMap::new();
        for (called, points) in &self.series {
            let scale = scales.entry(base(called)).or_default();
            let sizes = points.iter().map(|(_, v)| *v).filter(|v| v.is_finite() && *v > NOT_AVAILABLE).map(f64::abs);
            *scale = sizes.fold(*scale, f64::max);
        }
        let mut faults = Vec::new();
        let mut compared = 0;
        for (called, points) in &self.series {
            let is_control = CONTROL.contains(&called.as_str());
            if called.starts_with('#') || skip.contains(called) || (is_control && !control) {
                continue;
            }
            let Some(column) = columns.get(called) else {
                if !is_control {
                    faults.push(format!("{called} is missing"));
                }
                continue;
            };
            compared += 1;
            let scale = scales.get(&base(called)).copied().filter(|scale| *scale > 0.0).unwrap_or(1.0);
            let off = points.iter().find_map(|(time, wanted)| {
                let near = times.iter().enumerate().min_by(|a, b| (a.1 - time).abs().total_cmp(&(b.1 - time).abs()))?;
                let reach = self.slack.max(1e-6 * time.abs()).max(1.001 * self.half_unit(*time));
                if (near.1 - time).abs() > reach {
                    return Some(format!("{called}: {time} is not kept"));
                }
                let got = column[near.0];
                let good = self.agrees(got, *wanted, scale, tolerance);
                (!good).then(|| format!("{called} at {time}: {got} for {wanted}"))
            });
            faults.extend(off);
        }
        if compared == 0 {
            return Err("nothing to compare".to_owned());
        }
        if faults.is_empty() {
            return Ok(());
        }
        Err(format!("{} of {} off: {}", faults.len(), self.series.len(), faults[..faults.len().min(3)].join("; ")))
    }

    fn half_unit(&self, value: f64) -> f64 {
        if value == 0.0 || !value.is_finite() {
            return 0.0;
        }
        0.5 * 10_f64.powi(value.abs().log10().floor() as i32 - self.digits + 1)
    }

    fn agrees(&self, got: f64, wanted: f64, scale: f64, tolerance: f64) -> bool {
        if wanted.is_nan() {
            return got.is_nan();
        }
        if wanted < NOT_AVAILABLE {
            return got.is_nan() || got < NOT_AVAILABLE;
        }
        if wanted.is_infinite() || !got.is_finite() {
            return got == wanted;
        }
        (got - wanted).abs() <= (tolerance * scale).max(1.001 * self.half_unit(wanted))
    }
}
