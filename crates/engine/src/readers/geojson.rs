//! GeoJSON feature collections as tables: properties are columns, `geometry` is JSON text.

use std::sync::Arc;

use lantu_blueprint::{Code, Diagnostic, Location, Text};
use serde_json::{Map, Value};

use super::csv::not_utf8;
use super::jsonl::Objects;
use super::{Places, RawTable, count};
use crate::problems::Problems;

/// Reads a feature collection. `None` when it is none.
pub(crate) fn read(file: &Arc<str>, bytes: &[u8], problems: &mut Problems) -> Option<RawTable> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = count(good.iter().filter(|b| **b == b'\n').count() + 1);
            problems.say("not-utf8", file, || not_utf8(file, line, 0, "GB18030"));
            return None;
        }
    };
    let features = match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(mut root)) => match root.remove("features") {
            Some(Value::Array(features)) => features,
            _ => return refuse(file, 1, 1, "没有 features 数组", "there is no array `features`", problems),
        },
        Ok(_) => return refuse(file, 1, 1, "最外层不是对象", "the outermost value is not an object", problems),
        Err(error) => {
            let words = error.to_string();
            return refuse(file, count(error.line()), count(error.column()), &words, &words, problems);
        }
    };
    let starts = feature_starts(text);
    let mut objects = Objects::default();
    let mut kept = Vec::with_capacity(features.len());
    for (at, feature) in features.into_iter().enumerate() {
        let start = starts.get(at).copied().unwrap_or(0);
        match members(feature) {
            Some(members) => {
                objects.push(count(at + 1), members);
                kept.push(start);
            }
            None => problems.say("feature", file, || {
                Diagnostic::new(
                    Code::BadTable,
                    Location::at(file, text, start),
                    Text::new(
                        format!("第 {} 个要素不是 GeoJSON 要素，已略过", at + 1),
                        format!("feature {} is not a GeoJSON feature and is left out", at + 1),
                    ),
                )
                .hint(Text::new("要素要有 properties 和 geometry", "a feature has `properties` and `geometry`"))
            }),
        }
    }
    Some(objects.finish(file, Places::Features { text: text.to_owned(), starts: kept }, problems))
}

fn members(feature: Value) -> Option<Map<String, Value>> {
    let Value::Object(mut feature) = feature else { return None };
    let geometry = match feature.remove("geometry")? {
        Value::Null => Value::Null,
        Value::Object(geometry) => Value::String(Value::Object(geometry).to_string()),
        _ => return None,
    };
    let mut members = match feature.remove("properties") {
        Some(Value::Object(properties)) => properties,
        Some(Value::Null) | None => Map::new(),
        Some(_) => return None,
    };
    if let Some(id) = feature.remove("id") {
        members.entry("id").or_insert(id);
    }
    members.insert("geometry".to_owned(), geometry);
    Some(members)
}

fn refuse(file: &Arc<str>, line: u32, column: u32, zh: &str, en: &str, problems: &mut Problems) -> Option<RawTable> {
    problems.say("json", file, || {
        Diagnostic::new(
            Code::BadTable,
            Location::new(Arc::clone(file), line.max(1), column.max(1)),
            Text::new(format!("不是 GeoJSON 要素集合：{zh}"), format!("not a GeoJSON feature collection: {en}")),
        )
        .hint(Text::new(
            "要写成 {\"type\":\"FeatureCollection\",\"features\":[…]}",
            "write {\"type\":\"FeatureCollection\",\"features\":[…]}",
        ))
    });
    None
}

/// Where the elements of the top-level array `features` start, in a text that is known to be JSON.
fn feature_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let (mut depth, mut inside) = (0_usize, false);
    let (mut string, mut escaped) = (None, false);
    let mut last_string = "";
    for (at, byte) in text.bytes().enumerate() {
        if let Some(start) = string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    if depth == 1 {
                        last_string = text.get(start..at).unwrap_or_default();
                    }
                    string = None;
                }
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => string = Some(at + 1),
            b'{' | b'[' => {
                if inside && depth == 2 {
                    starts.push(at);
                }
                inside |= depth == 1 && byte == b'[' && last_string == "features";
                depth += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                inside &= depth >= 2;
            }
            _ => {}
        }
    }
    starts
}
