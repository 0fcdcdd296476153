//! Whether a JSON value is what the OpenAPI description says: the part of JSON Schema that the description uses.
//! A field that the description does not know is an error too.

use serde_json::Value;

/// The answer of `GET route` against its description; where it differs, and how.
pub(super) fn differences(api: &Value, route: &str, answer: &Value) -> Vec<String> {
    let content = &api["paths"][route]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    assert!(content.is_object(), "{route} is not described");
    let mut found = Vec::new();
    compare(api, content, answer, route, &mut found);
    found
}

fn compare(api: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let named = api.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| panic!("{reference}"));
        return compare(api, named, value, at, found);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fits = |choice: &&Value| {
            let mut differences = Vec::new();
            compare(api, choice, value, at, &mut differences);
            differences.is_empty()
        };
        if choices.iter().filter(fits).count() != 1 {
            found.push(format!("{at}: {value} is not exactly one of {schema}"));
        }
        return;
    }
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        Value::String(kind) => vec![kind.as_str()],
        // Anything goes.
        _ => return,
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let whole = kinds.contains(&"integer") && (value.is_i64() || value.is_u64());
    if !kinds.contains(&kind) && !whole {
        return found.push(format!("{at}: {kind}, described as {kinds:?}"));
    }
    if let Some(words) = schema["enum"].as_array().filter(|words| !words.contains(value)) {
        found.push(format!("{at}: {value} is none of {words:?}"));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        compare(api, &schema["items"], item, &format!("{at}[{index}]"), found);
    }
    let Some(object) = value.as_object() else { return };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !object.contains_key(name) {
            found.push(format!("{at}: no {name}"));
        }
    }
    for (name, item) in object {
        match schema["properties"].get(name) {
            Some(property) => compare(api, property, item, &format!("{at}.{name}"), found),
            None => found.push(format!("{at}: {name} is not described")),
        }
    }
}
