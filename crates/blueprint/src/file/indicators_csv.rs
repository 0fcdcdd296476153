//! `indicators/indicators.csv`: the catalogue of published indicators.

use super::Report;
use super::rows::{Row, Rows};
use crate::model::{Direction, Indicator, IndicatorKind, Nature};
use crate::{Code, Frequency, Sources, Text};

const PATH: &str = "indicators/indicators.csv";
const COLUMNS: [&str; 10] = [
    "id",
    "name_zh",
    "unit",
    "name_en",
    "direction",
    "nature",
    "frequency",
    "lag_months",
    "definition_zh",
    "definition_en",
];

/// Words of a direction, as in CSV and front matter.
pub(super) fn direction(word: &str) -> Option<Direction> {
    match word {
        "up" => Some(Direction::Up),
        "down" => Some(Direction::Down),
        _ => None,
    }
}

/// Words of a nature, as in CSV and front matter.
pub(super) fn nature(word: &str) -> Option<Nature> {
    match word {
        "stock" => Some(Nature::Stock),
        "flow" => Some(Nature::Flow),
        "rate" => Some(Nature::Rate),
        _ => None,
    }
}

/// Reads the catalogue; a blueprint may have none.
pub(super) fn read(sources: &Sources, report: &Report) -> Vec<Indicator> {
    let Some(bytes) = sources.texts.get(PATH) else { return Vec::new() };
    let Some(rows) = Rows::read(PATH, bytes, &COLUMNS, 3, report) else { return Vec::new() };
    rows.iter().filter_map(|row| read_row(&row, report)).collect()
}

fn read_row(row: &Row<'_>, report: &Report) -> Option<Indicator> {
    let frequencies: Vec<&str> = Frequency::ALL.iter().map(|(_, word)| *word).collect();
    let lag = row.get("lag_months");
    let lag_months = lag.parse::<u16>().ok();
    if lag_months.is_none() && !lag.is_empty() {
        report.say(
            Code::BadValue,
            row.place("lag_months"),
            Text::new(format!("「{lag}」不是月数"), format!("`{lag}` is not a number of months")),
            Text::new("请写非负整数", "write a whole number, not negative"),
        );
    }
    Some(Indicator {
        id: row.required("id", report)?,
        name: Text::new(row.get("name_zh"), row.get("name_en")),
        unit: row.required("unit", report)?,
        direction: row.word("direction", &["up", "down"], direction, report).unwrap_or(Direction::Neutral),
        nature: row.word("nature", &["stock", "flow", "rate"], nature, report).unwrap_or(Nature::Rate),
        frequency: row.word("frequency", &frequencies, Frequency::from_word, report),
        lag_months,
        definition: Text::new(row.get("definition_zh"), row.get("definition_en")),
        kind: IndicatorKind::Published,
        cases: Vec::new(),
        location: row.place("id"),
    })
}
