//! `areas.csv`: the places of the city, five levels.

use super::Report;
use super::rows::Rows;
use crate::model::{Area, AreaLevel};
use crate::{Sources, Text};

const PATH: &str = "areas.csv";
const COLUMNS: [&str; 6] = ["id", "name_zh", "level", "name_en", "parent", "code"];

/// Reads the file; a blueprint without it has no areas but the city named in `blueprint.toml`.
pub(super) fn read(sources: &Sources, report: &Report) -> Vec<Area> {
    let Some(bytes) = sources.texts.get(PATH) else { return Vec::new() };
    let Some(rows) = Rows::read(PATH, bytes, &COLUMNS, 3, report) else { return Vec::new() };
    let levels: Vec<&str> = AreaLevel::ALL.iter().map(|(_, word, _)| *word).collect();
    let read_row = |row: super::rows::Row<'_>| {
        let id = row.required("id", report)?;
        row.required("level", report)?;
        Some(Area {
            id,
            name: Text::new(row.get("name_zh"), row.get("name_en")),
            level: row.word("level", &levels, AreaLevel::from_word, report)?,
            parent: row.optional("parent"),
            code: row.optional("code"),
            location: row.place("id"),
        })
    };
    rows.iter().filter_map(read_row).collect()
}
