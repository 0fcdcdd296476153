//! `lantu query`

use lantu_blueprint::Lang;
use lantu_city::{Cell as Value, ColumnType, QueryResult};
use lantu_server::wire;
use serde_json::{Map, Value as Json};

use super::{open, say};
use crate::Outcome;
use crate::arguments::{Format, Query};
use crate::text::table::{Cell, render};
use crate::text::{csv, print, print_json, style};

pub(crate) fn run(command: &Query, lang: Lang) -> anyhow::Result<Outcome> {
    let city = open(&command.at, lang)?;
    let result = city.query(&command.sql, command.at.as_of()).map_err(|error| {
        let hint = error.hint();
        let hint = if hint.is_empty() { String::new() } else { format!("\n  {}", hint.get(lang)) };
        anyhow::anyhow!("{}{hint}", error.message().get(lang))
    })?;
    match command.format {
        Format::Json => print_json(&as_json(&result))?,
        Format::Csv => print(&as_csv(&result))?,
        Format::Text => print(&as_text(&result, lang))?,
    }
    Ok(Outcome::Fine)
}

fn as_json(result: &QueryResult) -> Vec<Json> {
    let names = || result.columns.iter().map(|column| column.name.clone());
    let row = |row: &Vec<Value>| Json::Object(names().zip(row.iter().map(wire::cell)).collect::<Map<_, _>>());
    result.rows.iter().map(row).collect()
}

fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Text(value) => value.clone(),
    }
}

fn as_csv(result: &QueryResult) -> String {
    let mut out = csv::line(result.columns.iter().map(|column| column.name.as_str()));
    for row in &result.rows {
        let cells: Vec<String> = row.iter().map(written).collect();
        out.push_str(&csv::line(cells.iter().map(String::as_str)));
    }
    out
}

fn as_text(result: &QueryResult, lang: Lang) -> String {
    let head = result.columns.iter().map(|column| Cell::text(&column.name).painted(style::strong)).collect();
    let mut rows: Vec<Vec<Cell>> = vec![head];
    for row in &result.rows {
        let cell = |(value, column): (&Value, &lantu_city::Column)| match column.kind {
            ColumnType::Int | ColumnType::Float => Cell::number(written(value)),
            _ => Cell::text(written(value)),
        };
        rows.push(row.iter().zip(&result.columns).map(cell).collect());
    }
    let count = result.rows.len();
    let mut line = format!("{count} {}", say(lang, "行", if count == 1 { "row" } else { "rows" }));
    if result.cut {
        line.push_str(say(lang, "（后面的行未显示）", " (more rows were cut)"));
    }
    format!("{}{}\n", render(&rows, &vec![60; result.columns.len()], 0), style::dim(&line))
}
