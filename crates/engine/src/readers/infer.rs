//! Column types from text cells: int, float, bool or text. Nothing is guessed silently: a cell that does not fit
//! its column becomes NULL with a diagnostic.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, BooleanArray, Float64Builder, Int64Builder, StringArray};
use datafusion::arrow::datatypes::{Field, Schema};
use datafusion::arrow::record_batch::{RecordBatch, RecordBatchOptions};
use lantu_blueprint::{Code, Diagnostic, Location, Text};

use super::{DataTable, RawTable};
use crate::number::{NotANumber, Number, has_leading_zero, number};
use crate::problems::Problems;

/// Gives every column a type.
pub(crate) fn typed(raw: RawTable, problems: &mut Problems) -> Option<DataTable> {
    let mut arrays: Vec<ArrayRef> = Vec::with_capacity(raw.columns.len());
    for (at, column) in raw.columns.iter().enumerate() {
        arrays.push(match column_type(column) {
            Kind::Text => Arc::new(column.clone()),
            Kind::Bool => Arc::new(column.iter().map(|cell| cell.and_then(truth)).collect::<BooleanArray>()),
            Kind::Int => ints(&raw, at, problems),
            Kind::Float => floats(&raw, at, problems),
        });
    }
    let field = |(name, array): (&String, &ArrayRef)| Field::new(name.as_str(), array.data_type().clone(), true);
    let schema = Schema::new(raw.names.iter().zip(&arrays).map(field).collect::<Vec<_>>());
    let options = RecordBatchOptions::new().with_row_count(Some(raw.rows.len()));
    match RecordBatch::try_new_with_options(Arc::new(schema), arrays, &options) {
        Ok(batch) => Some(DataTable { batch, rows: raw.rows }),
        Err(error) => {
            problems.say("table", &raw.file, || {
                let text = Text::new(format!("拼不成一张表：{error}"), format!("this does not make a table: {error}"));
                Diagnostic::new(Code::BadTable, Location::start(Arc::clone(&raw.file)), text)
            });
            None
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bool,
    Int,
    Float,
    Text,
}

/// A column is numeric when fewer than one value in ten is other text. Figures in another spelling (`NaN`, `3,14`)
/// count as figures, so that they are reported instead of turning the whole column into text.
fn column_type(column: &StringArray) -> Kind {
    let (mut ints, mut floats, mut odd, mut texts, mut truths) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    for cell in column.iter().flatten() {
        if has_leading_zero(cell) {
            return Kind::Text;
        }
        match number(cell) {
            Ok(Number::Int(_)) => ints += 1,
            Ok(Number::Float(_)) if is_long_code(cell) => return Kind::Text,
            Ok(Number::Float(_)) => floats += 1,
            Err(NotANumber::Text) => {
                texts += 1;
                truths += usize::from(truth(cell).is_some());
            }
            Err(_) => odd += 1,
        }
    }
    let all = ints + floats + odd + texts;
    if all == 0 {
        Kind::Text
    } else if truths == all {
        Kind::Bool
    } else if texts * 10 >= all.max(1) && texts > 0 {
        Kind::Text
    } else if floats == 0 && odd == 0 {
        Kind::Int
    } else if floats == 0 && ints > 0 {
        // What is left out does not make the rest fractions.
        Kind::Int
    } else {
        Kind::Float
    }
}

/// All digits and too long for a whole number: an identity code, not a quantity.
fn is_long_code(cell: &str) -> bool {
    cell.trim().bytes().all(|b| b.is_ascii_digit())
}

fn truth(cell: &str) -> Option<bool> {
    match cell.trim() {
        "true" | "TRUE" | "True" => Some(true),
        "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

fn ints(raw: &RawTable, column: usize, problems: &mut Problems) -> ArrayRef {
    let mut builder = Int64Builder::with_capacity(raw.rows.len());
    for record in 0..raw.rows.len() {
        builder.append_option(match cell(raw, record, column, problems) {
            Some(Number::Int(value)) => Some(value),
            _ => None,
        });
    }
    Arc::new(builder.finish())
}

fn floats(raw: &RawTable, column: usize, problems: &mut Problems) -> ArrayRef {
    let mut builder = Float64Builder::with_capacity(raw.rows.len());
    for record in 0..raw.rows.len() {
        builder.append_option(cell(raw, record, column, problems).map(Number::value));
    }
    Arc::new(builder.finish())
}

fn cell(raw: &RawTable, record: usize, column: usize, problems: &mut Problems) -> Option<Number> {
    let text = raw.cell(record, column)?;
    match number(text) {
        Ok(number) => Some(number),
        Err(why) => {
            problems.say(why.kind(), &raw.file, || {
                let name = raw.names.get(column).map_or("", String::as_str);
                let (message, hint) = why.explain(text, name);
                Diagnostic::new(Code::BadValue, raw.place(record, column), message).hint(hint)
            });
            None
        }
    }
}
