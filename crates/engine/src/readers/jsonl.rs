//! JSON lines: one object per line. Columns are the keys in the order of their first appearance; nested values stay
//! JSON text.

use std::collections::HashMap;
use std::sync::Arc;

use lantu_blueprint::{Code, Diagnostic, Location, Text};
use serde_json::{Map, Value};

use super::csv::{long_line, not_utf8};
use super::{Cells, MAX_LINE, Places, RawTable, count};
use crate::problems::Problems;

/// Reads JSON lines.
pub(crate) fn read(file: &Arc<str>, bytes: &[u8], problems: &mut Problems) -> Option<RawTable> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut objects = Objects::default();
    let mut bad_bytes: Option<(u32, usize)> = None;
    for (at, line) in bytes.split(|b| *b == b'\n').enumerate() {
        let row = count(at + 1);
        if line.len() > MAX_LINE {
            problems.say("long-line", file, || long_line(file, row, line.len()));
            continue;
        }
        let Ok(text) = std::str::from_utf8(line) else {
            bad_bytes = Some(bad_bytes.map_or((row, 1), |(first, n)| (first, n + 1)));
            continue;
        };
        if text.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Value>(text) {
            Ok(Value::Object(object)) => objects.push(row, object),
            Ok(_) => problems.say("json", file, || bad_json(file, row, 1, "not an object", "不是对象")),
            Err(error) => problems.say("json", file, || {
                let words = error.to_string();
                bad_json(file, row, count(error.column()), &words, &words)
            }),
        }
    }
    if let Some((line, lines)) = bad_bytes {
        problems.say("not-utf8", file, || not_utf8(file, line, lines, "GB18030"));
    }
    Some(objects.finish(file, Places::Rows))
}

fn bad_json(file: &Arc<str>, line: u32, column: u32, en: &str, zh: &str) -> Diagnostic {
    Diagnostic::new(
        Code::BadTable,
        Location::new(Arc::clone(file), line, column.max(1)),
        Text::new(
            format!("这一行不是 JSON 对象，已略过：{zh}"),
            format!("this line is not a JSON object and is left out: {en}"),
        ),
    )
    .hint(Text::new("每行写一个 {…}", "write one {…} per line"))
}

/// Objects with different keys, on their way to one table.
#[derive(Default)]
pub(super) struct Objects {
    names: Vec<String>,
    index: HashMap<String, usize>,
    records: Vec<(u32, Vec<Option<String>>)>,
}

impl Objects {
    /// Appends the members of an object as one record.
    pub(super) fn push(&mut self, row: u32, object: Map<String, Value>) {
        let mut record = vec![None; self.names.len()];
        for (key, value) in object {
            let at = *self.index.entry(key).or_insert_with_key(|key| {
                self.names.push(key.clone());
                self.names.len() - 1
            });
            if at >= record.len() {
                record.resize(at + 1, None);
            }
            if let Some(slot) = record.get_mut(at) {
                *slot = text_of(value);
            }
        }
        self.records.push((row, record));
    }

    pub(super) fn finish(self, file: &Arc<str>, places: Places) -> RawTable {
        let mut cells = Cells::new(self.names.len());
        for (row, record) in &self.records {
            cells.push(*row, |at| record.get(at).and_then(Option::as_deref));
        }
        cells.finish(file, self.names, places)
    }
}

fn text_of(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}
