//! `data/MANIFEST.toml`: what every data file is and where it comes from.

use super::fields::{Fields, TomlText};
use super::{Report, decode, stem};
use crate::model::{DataFile, DataRole};
use crate::{Code, Lang, Sources, Text};

const PATH: &str = "data/MANIFEST.toml";
const ROLES: [(&str, DataRole); 3] =
    [("observations", DataRole::Observations), ("table", DataRole::Table), ("outlines", DataRole::Outlines)];

/// Reads the manifest; entries without a usable path are reported and left out.
pub(super) fn read(sources: &Sources, report: &Report) -> Vec<DataFile> {
    let Some(text) = sources.texts.get(PATH).and_then(|bytes| decode(PATH, bytes, report)) else {
        return Vec::new();
    };
    let source = TomlText::file(&text);
    let table = source.parse(report);
    let fields = Fields::new(source, table.get_ref(), 0..0, report);
    let entries = fields.tables("file");
    fields.finish();
    entries.into_iter().filter_map(|entry| read_entry(entry, report)).collect()
}

fn read_entry(entry: Fields<'_>, report: &Report) -> Option<DataFile> {
    let path = entry.required("path")?;
    if path.starts_with('/') || path.contains('\\') || path.split('/').any(|part| part == ".." || part.is_empty()) {
        report.say(
            Code::BadValue,
            entry.place("path"),
            Text::new(format!("路径「{path}」离开了 data 文件夹"), format!("the path `{path}` leaves the data folder")),
            Text::new("请写 data/ 之下的相对路径，用 /", "write a path below data/, with /"),
        );
        return None;
    }
    let words: Vec<&'static str> = ROLES.iter().map(|(word, _)| *word).collect();
    let role = entry.word("role", &words, |w| ROLES.iter().find(|(word, _)| *word == w).map(|(_, role)| *role));
    let name = stem(&path, "");
    let default_table = name.split('.').next().unwrap_or(name).to_owned();
    let read = DataFile {
        location: entry.location(),
        table: entry.string("table").unwrap_or(default_table),
        sheet: entry.string("sheet"),
        area_property: entry.string("area_property"),
        role: role.unwrap_or(DataRole::Table),
        title: entry.text("title", Lang::Zh),
        source: entry.required("source").unwrap_or_default(),
        source_url: entry.string("source_url"),
        licence: entry.required("licence").unwrap_or_default(),
        owner: entry.string("owner"),
        retrieved: entry.date("retrieved"),
        period: entry.string("period").unwrap_or_default(),
        next_due: entry.date("next_due"),
        sha256: entry.required("sha256").map(|sum| sum.to_ascii_lowercase()),
        invented: entry.flag("invented"),
        note: entry.text("note", Lang::Zh),
        path: format!("data/{path}"),
    };
    entry.finish();
    Some(read)
}
