//! Content keys: the same key means the same result. A key covers the formula and everything it reads, recursively.

use std::collections::BTreeMap;

use lantu_blueprint::model::{DataFile, Indicator, IndicatorKind, Observation};

use crate::tables::{Named, Tables};

/// Hash of everything a result depends on.
pub(crate) type Key = [u8; 32];

/// Raised whenever the meaning of a formula or the content of the cache changes.
const VERSION: &str = "lantu-engine 3";

/// Computes keys, each content once.
pub(crate) struct Keys<'a> {
    tables: &'a Tables,
    areas: Key,
    contents: BTreeMap<String, Key>,
}

impl<'a> Keys<'a> {
    pub(crate) fn new(tables: &'a Tables) -> Keys<'a> {
        Keys { tables, areas: areas(tables), contents: BTreeMap::new() }
    }

    /// The key of a computed indicator. Those it reads must have been asked for before.
    pub(crate) fn indicator(&mut self, indicator: &Indicator) -> Key {
        let mut hash = Hash::new(VERSION);
        hash.bytes(&self.areas);
        hash.text(&indicator.id);
        hash.text(&indicator.location.file);
        if let IndicatorKind::Computed { sql, reads } = &indicator.kind {
            hash.text(sql);
            for name in reads {
                hash.text(name);
                let name = self.tables.canonical(name);
                hash.bytes(&self.content(&name));
            }
        }
        let key = hash.finish();
        self.contents.insert(indicator.id.clone(), key);
        key
    }

    fn content(&mut self, name: &str) -> Key {
        if let Some(key) = self.contents.get(name) {
            return *key;
        }
        let key = match self.tables.named(name) {
            Some(Named::Published) => observations(self.tables.published_of(name).iter().map(AsRef::as_ref)),
            Some(Named::Observations) => observations(self.tables.published.iter().map(AsRef::as_ref)),
            Some(Named::Areas) => self.areas,
            Some(Named::File(data)) => file(data, self.tables),
            // In a circle, or unknown: the name alone, which is in the key already.
            Some(Named::Computed) | None => Hash::new("none").finish(),
        };
        self.contents.insert(name.to_owned(), key);
        key
    }
}

fn areas(tables: &Tables) -> Key {
    let mut hash = Hash::new("areas");
    for area in &tables.plan.areas {
        let parent = area.parent.as_deref().unwrap_or_default();
        let code = area.code.as_deref().unwrap_or_default();
        let level = area.level.word();
        for text in [&*area.id, &*area.name.zh, &*area.name.en, level, parent, code, &*area.location.file] {
            hash.text(text);
        }
        hash.number(u64::from(area.location.line));
    }
    hash.finish()
}

/// The key of a data file as it is read.
pub(crate) fn file(data: &DataFile, tables: &Tables) -> Key {
    let mut hash = Hash::new(VERSION);
    hash.text(&data.path);
    hash.text(data.sheet.as_deref().unwrap_or("\0"));
    hash.text(tables.facts.get(&data.path).map_or("absent", |fact| fact.sha256.as_str()));
    hash.finish()
}

/// The key of what is said about a data file: it covers the manifest entry and the areas besides the content.
pub(crate) fn checked_file(data: &DataFile, tables: &Tables) -> Key {
    let mut hash = Hash::new("checked");
    hash.bytes(&file(data, tables));
    hash.bytes(&areas(tables));
    hash.text(&data.table);
    hash.text(data.area_property.as_deref().unwrap_or("\0"));
    hash.number(u64::from(data.location.line));
    hash.finish()
}

fn observations<'o>(all: impl Iterator<Item = &'o Observation>) -> Key {
    let mut hash = Hash::new("observations");
    for o in all {
        hash.text(&o.indicator);
        hash.text(&o.area);
        hash.text(&o.period.to_string());
        for number in [o.value, o.low, o.high] {
            hash.number(number.to_bits());
        }
        hash.text(o.stage.word());
        hash.text(o.trust.word());
        hash.number(u64::from(o.breaks));
        hash.text(&o.published.map(|day| day.to_string()).unwrap_or_default());
        for row in o.rows.iter() {
            hash.text(&row.file);
            hash.number(u64::from(row.row));
        }
    }
    hash.finish()
}

/// A hash of parts that cannot run into each other: every part has its length in front.
struct Hash(blake3::Hasher);

impl Hash {
    fn new(kind: &str) -> Hash {
        let mut hash = Hash(blake3::Hasher::new());
        hash.text(kind);
        hash
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn number(&mut self, number: u64) {
        self.0.update(&number.to_le_bytes());
    }

    fn finish(self) -> Key {
        *self.0.finalize().as_bytes()
    }
}
