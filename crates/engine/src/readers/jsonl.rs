//! JSON lines: one object per line. Columns are the keys in the order of their first appearance; nested values stay
//! JSON text.

use std::collections::HashMap;
use std::sync::Arc;

use lantu_blueprint::{Code, Diagnostic, Location, Text};
use serde_json::{Map, Value};

use super::csv::{long_line, not_utf8};
use super::{Cells, MAX_COLUMNS, MAX_LINE, Places, RawTable, count, too_wide};
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
    Some(objects.finish(file, Places::Rows, problems))
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
    /// Row of the file, and the cells there are with their columns.
    records: Vec<(u32, Vec<(usize, String)>)>,
    /// First row with a key beyond the most columns a table may have.
    too_many: Option<u32>,
}

impl Objects {
    /// Appends the members of an object as one record.
    pub(super) fn push(&mut self, row: u32, object: Map<String, Value>) {
        let mut record = Vec::with_capacity(object.len());
        for (key, value) in object {
            if self.names.len() >= MAX_COLUMNS && !self.index.contains_key(&key) {
                self.too_many.get_or_insert(row);
                continue;
            }
            let at = *self.index.entry(key).or_insert_with_key(|key| {
                self.names.push(key.clone());
                self.names.len() - 1
            });
            record.extend(text_of(value).map(|text| (at, text)));
        }
        record.sort_unstable_by_key(|(at, _)| *at);
        self.records.push((row, record));
    }

    pub(super) fn finish(self, file: &Arc<str>, places: Places, problems: &mut Problems) -> RawTable {
        if let Some(row) = self.too_many {
            problems.say("too-wide", file, || too_wide(file, row));
        }
        let mut cells = Cells::new(self.names.len());
        for (row, record) in &self.records {
            let cell = |at: usize| record.binary_search_by_key(&at, |(at, _)| *at).ok();
            cells.push(*row, |at| cell(at).and_then(|found| record.get(found)).map(|(_, text)| text.as_str()));
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
