//! Columns of numbers to CSV, JSON or Parquet, on standard output or into a file.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use lantu_city::{PlainColumn, parquet_bytes};
use rayon::prelude::*;
use serde_json::{Map, Number, Value};

use crate::arguments_models::{ModelFile, ModelFormat};
use crate::text::csv;

/// A column: text or numbers.
pub(crate) enum Column {
    Text(Vec<String>),
    Number(Vec<f64>),
    /// Numbers where NaN says that there is none.
    Known(Vec<f64>),
    Count(Vec<Option<u32>>),
}

impl Column {
    fn len(&self) -> usize {
        match self {
            Column::Text(values) => values.len(),
            Column::Number(values) | Column::Known(values) => values.len(),
            Column::Count(values) => values.len(),
        }
    }

    /// Appends the cell of a row.
    fn push(&self, line: &mut String, row: usize) {
        match self {
            Column::Text(values) => csv::push(line, values.get(row).map_or("", String::as_str)),
            Column::Number(values) | Column::Known(values) => {
                values.get(row).into_iter().for_each(|value| push_number(line, *value));
            }
            Column::Count(values) => {
                values.get(row).copied().flatten().into_iter().for_each(|count| line.push_str(&count.to_string()));
            }
        }
    }

    fn json(&self, row: usize) -> Value {
        match self {
            Column::Text(values) => Value::String(values.get(row).cloned().unwrap_or_default()),
            Column::Number(values) | Column::Known(values) => {
                values.get(row).map_or(Value::Null, |found| value(*found))
            }
            Column::Count(values) => values.get(row).copied().flatten().map_or(Value::Null, Value::from),
        }
    }

    fn plain(self) -> PlainColumn {
        match self {
            Column::Text(values) => PlainColumn::Words(values),
            Column::Number(values) => PlainColumn::Numbers(values),
            Column::Known(values) => {
                PlainColumn::Known(values.into_iter().map(|value| (!value.is_nan()).then_some(value)).collect())
            }
            Column::Count(values) => PlainColumn::Counts(values),
        }
    }
}

/// Columns with their names.
pub(crate) type Table = Vec<(String, Column)>;

/// A number as short as it can be without losing a digit; nothing for one that is none.
pub(crate) fn number(value: f64) -> String {
    let mut text = String::new();
    push_number(&mut text, value);
    text
}

fn push_number(line: &mut String, value: f64) {
    if value.is_nan() {
        return;
    }
    // Writing to a text cannot fail.
    let _ = if value.is_finite() { write!(line, "{value:?}") } else { write!(line, "{value}") };
    if line.ends_with(".0") {
        line.truncate(line.len() - 2);
    }
}

/// Refuses an output that is one of the files read: they would be gone.
pub(crate) fn apart(to: Option<&Path>, model: &ModelFile, others: &[Option<&Path>]) -> anyhow::Result<()> {
    let Some(place) = to.and_then(|path| path.canonicalize().ok()) else { return Ok(()) };
    let model = model.model.iter().chain(&model.cin).chain(&model.data).map(PathBuf::as_path);
    let same = model.chain(others.iter().flatten().copied()).any(|path| path.canonicalize().is_ok_and(|p| p == place));
    anyhow::ensure!(
        !same,
        "{0}：输出会盖掉读入的文件，请换一个名字 / {0}: the output would overwrite a file that is read; choose another name",
        place.display()
    );
    Ok(())
}

/// Writes bytes to a file or to standard output.
pub(crate) fn write(bytes: &[u8], to: Option<&Path>) -> anyhow::Result<()> {
    match to {
        Some(path) => std::fs::write(path, bytes).with_context(|| path.display().to_string()),
        None => {
            let mut out = std::io::stdout().lock();
            out.write_all(bytes)?;
            Ok(out.flush()?)
        }
    }
}

/// The table in a format.
pub(crate) fn table(table: Table, format: ModelFormat) -> anyhow::Result<Vec<u8>> {
    match format {
        ModelFormat::Csv => Ok(as_csv(&table).into_bytes()),
        ModelFormat::Json => Ok(format!("{}\n", serde_json::to_string(&as_json(&table))?).into_bytes()),
        ModelFormat::Parquet => {
            let columns: Vec<_> = table.into_iter().map(|(name, column)| (name, column.plain())).collect();
            parquet_bytes(&columns).map_err(|error| anyhow::anyhow!(error))
        }
    }
}

fn rows(table: &Table) -> usize {
    table.first().map_or(0, |(_, column)| column.len())
}

/// Rows that one core writes at a time.
const CHUNK: usize = 1 << 13;

fn as_csv(table: &Table) -> String {
    let rows = rows(table);
    let chunk = |chunk: usize| {
        let mut text = String::new();
        for row in chunk * CHUNK..rows.min((chunk + 1) * CHUNK) {
            for (at, (_, column)) in table.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                column.push(&mut text, row);
            }
            text.push('\n');
        }
        text
    };
    let head = csv::line(table.iter().map(|(name, _)| name.as_str()));
    let chunks: Vec<String> = (0..rows.div_ceil(CHUNK)).into_par_iter().map(chunk).collect();
    std::iter::once(head).chain(chunks).collect()
}

/// A value, or null where there is none.
pub(crate) fn value(number: f64) -> Value {
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

fn as_json(table: &Table) -> Vec<Value> {
    let row = |row: usize| {
        let cell = |(name, column): &(String, Column)| (name.clone(), column.json(row));
        Value::Object(table.iter().map(cell).collect::<Map<_, _>>())
    };
    (0..rows(table)).map(row).collect()
}
