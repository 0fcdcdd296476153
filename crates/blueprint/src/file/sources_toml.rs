//! `sources.toml`: the texts that commitments come from.

use super::fields::{Fields, TomlText};
use super::{Report, decode};
use crate::Sources;
use crate::model::Source;

const PATH: &str = "sources.toml";

/// Reads the file; a blueprint may have none.
pub(super) fn read(sources: &Sources, report: &Report) -> Vec<Source> {
    let Some(text) = sources.texts.get(PATH).and_then(|bytes| decode(PATH, bytes, report)) else {
        return Vec::new();
    };
    let source = TomlText::file(&text);
    let table = source.parse(report);
    let fields = Fields::new(source, table.get_ref(), 0..0, report);
    let entries = fields.tables("source");
    fields.finish();
    entries
        .into_iter()
        .filter_map(|entry| {
            let read = Source {
                location: entry.location(),
                id: entry.required("id").unwrap_or_default(),
                title: entry.text("title", crate::Lang::Zh),
                url: entry.string("url"),
                date: entry.date("date"),
                own: entry.flag("own"),
                secondary: entry.flag("secondary"),
            };
            entry.finish();
            Some(read).filter(|source| !source.id.is_empty())
        })
        .collect()
}
