//! `rules/<id>.toml`: dated rule sets of lights. Rules of appraisal lie in the same folder; they say `kind = "appraisal"` and
//! are read and checked by the kernel of that name.

use std::sync::Arc;

use toml::de::DeTable;

use super::fields::{Fields, TomlText};
use super::{Report, decode, files_in, stem};
use crate::model::{LightRule, RuleSet};
use crate::{Code, Lang, Location, Sources, Text};

/// Reads every rule set of the folder, sorted by id.
pub(super) fn read(sources: &Sources, report: &Report) -> Vec<RuleSet> {
    files_in(sources, "rules/", ".toml").filter_map(|(path, bytes)| read_one(path, bytes, report)).collect()
}

fn read_one(path: &str, bytes: &[u8], report: &Report) -> Option<RuleSet> {
    let text = decode(path, bytes, report)?;
    if is_of_another_kind(text.text) {
        return None;
    }
    let source = TomlText::file(&text);
    let table = source.parse(report);
    let fields = Fields::new(source, table.get_ref(), 0..0, report);
    let lights = fields.table("lights").or_else(|| {
        fields.missing("lights");
        None
    })?;
    let bound = |key: &'static str| {
        let value = lights.number(key);
        if value.is_none() && !lights.has(key) {
            lights.missing(key);
        }
        value
    };
    let rule =
        LightRule { slipping_from_pp: bound("slipping_from_pp")?, off_track_above_pp: bound("off_track_above_pp")? };
    if rule.slipping_from_pp > rule.off_track_above_pp {
        report.say(
            Code::BadValue,
            lights.place("slipping_from_pp"),
            Text::new("黄灯界线高于红灯界线", "the yellow bound lies above the red one"),
            Text::new("请使 slipping_from_pp ≤ off_track_above_pp", "make slipping_from_pp ≤ off_track_above_pp"),
        );
        return None;
    }
    lights.finish();
    let set = RuleSet {
        id: stem(path, ".toml").to_owned(),
        name: fields.text("name", Lang::Zh),
        jurisdiction: fields.text("jurisdiction", Lang::Zh),
        in_force: fields.date("in_force"),
        source: fields.required("source").unwrap_or_default(),
        source_url: fields.string("source_url"),
        note: fields.text("note", Lang::Zh),
        lights: rule,
        location: Location::start(Arc::clone(&text.file)),
    };
    fields.finish();
    Some(set)
}

/// Whether a file says that it holds rules of appraisal, as far as it can be read.
fn is_of_another_kind(text: &str) -> bool {
    let (table, _) = DeTable::parse_recoverable(text);
    table.get_ref().get("kind").is_some_and(|kind| kind.get_ref().as_str() == Some("appraisal"))
}
