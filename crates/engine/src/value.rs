//! Plain values in and out of the engine: no Arrow type crosses the crate's border.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Float64Array, Int64Array, StringArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Field, Float64Type, Int64Type, Schema};
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::record_batch::{RecordBatch, RecordBatchOptions};

/// One value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Not there.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// Text; also dates and everything else, as SQL prints it.
    Text(String),
}

/// Type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// True or false.
    Bool,
    /// Whole numbers.
    Int,
    /// Numbers.
    Float,
    /// Text.
    Text,
}

impl ColumnType {
    /// The word shown to users.
    pub fn word(self) -> &'static str {
        match self {
            ColumnType::Bool => "bool",
            ColumnType::Int => "int",
            ColumnType::Float => "float",
            ColumnType::Text => "text",
        }
    }

    pub(crate) fn of(arrow: &DataType) -> ColumnType {
        match arrow {
            DataType::Boolean => ColumnType::Bool,
            DataType::Float16 | DataType::Float32 | DataType::Float64 => ColumnType::Float,
            DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal128(..) | DataType::Decimal256(..) => {
                ColumnType::Float
            }
            other if other.is_integer() => ColumnType::Int,
            _ => ColumnType::Text,
        }
    }

    pub(crate) fn arrow(self) -> DataType {
        match self {
            ColumnType::Bool => DataType::Boolean,
            ColumnType::Int => DataType::Int64,
            ColumnType::Float => DataType::Float64,
            ColumnType::Text => DataType::Utf8,
        }
    }
}

/// Name and type of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Name, as in the file or the query.
    pub name: String,
    /// Type.
    pub kind: ColumnType,
}

/// A table made outside the engine (targets, measures, verdicts …) that a query may read.
#[derive(Debug, Clone, PartialEq)]
pub struct PlainTable {
    /// Name in SQL.
    pub name: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows, each with one cell per column; a cell of another type than its column becomes NULL.
    pub rows: Vec<Vec<Cell>>,
}

/// The answer to a query.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryResult {
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
    /// True when rows were left out because there were too many.
    pub cut: bool,
}

/// A part of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TablePage {
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows from the offset asked for.
    pub rows: Vec<Vec<Cell>>,
    /// Row of the source file that each row stands on (line, sheet row, feature number); 0 when there is none.
    pub source_rows: Vec<u32>,
    /// Rows in the whole table.
    pub total: usize,
}

pub(crate) fn columns_of(schema: &Schema) -> Vec<Column> {
    let column = |field: &Arc<Field>| Column { name: field.name().clone(), kind: ColumnType::of(field.data_type()) };
    schema.fields().iter().map(column).collect()
}

/// The cells of a batch, row by row.
pub(crate) fn cells(batch: &RecordBatch) -> Result<Vec<Vec<Cell>>, ArrowError> {
    let columns: Vec<Vec<Cell>> = batch.columns().iter().map(column_cells).collect::<Result<_, _>>()?;
    let mut iterators: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
    let row = |_| iterators.iter_mut().map(|cells| cells.next().unwrap_or(Cell::Null)).collect();
    Ok((0..batch.num_rows()).map(row).collect())
}

fn column_cells(array: &ArrayRef) -> Result<Vec<Cell>, ArrowError> {
    let kind = ColumnType::of(array.data_type());
    let array = cast(array, &kind.arrow())?;
    fn all<T>(values: impl Iterator<Item = Option<T>>, cell: impl Fn(T) -> Cell) -> Vec<Cell> {
        values.map(|value| value.map_or(Cell::Null, &cell)).collect()
    }
    Ok(match kind {
        ColumnType::Bool => all(array.as_boolean().iter(), Cell::Bool),
        ColumnType::Int => all(array.as_primitive::<Int64Type>().iter(), Cell::Int),
        ColumnType::Float => all(array.as_primitive::<Float64Type>().iter(), Cell::Float),
        ColumnType::Text => all(array.as_string::<i32>().iter(), |text: &str| Cell::Text(text.to_owned())),
    })
}

/// The Arrow form of a plain table.
pub(crate) fn batch_of(table: &PlainTable) -> Result<RecordBatch, ArrowError> {
    let mut arrays: Vec<ArrayRef> = Vec::with_capacity(table.columns.len());
    for (at, column) in table.columns.iter().enumerate() {
        let cells = table.rows.iter().map(|row| row.get(at).unwrap_or(&Cell::Null));
        arrays.push(match column.kind {
            ColumnType::Bool => Arc::new(cells.map(bool_of).collect::<BooleanArray>()),
            ColumnType::Int => Arc::new(cells.map(int_of).collect::<Int64Array>()),
            ColumnType::Float => Arc::new(cells.map(float_of).collect::<Float64Array>()),
            ColumnType::Text => Arc::new(cells.map(text_of).collect::<StringArray>()),
        });
    }
    let field = |column: &Column| Field::new(column.name.as_str(), column.kind.arrow(), true);
    let schema = Schema::new(table.columns.iter().map(field).collect::<Vec<_>>());
    let options = RecordBatchOptions::new().with_row_count(Some(table.rows.len()));
    RecordBatch::try_new_with_options(Arc::new(schema), arrays, &options)
}

fn bool_of(cell: &Cell) -> Option<bool> {
    if let Cell::Bool(value) = cell { Some(*value) } else { None }
}

fn int_of(cell: &Cell) -> Option<i64> {
    if let Cell::Int(value) = cell { Some(*value) } else { None }
}

fn float_of(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Float(value) => Some(*value),
        // Whole numbers of a plan stay far below 2^53, where this is exact.
        Cell::Int(value) => Some(*value as f64),
        _ => None,
    }
}

fn text_of(cell: &Cell) -> Option<&str> {
    if let Cell::Text(text) = cell { Some(text) } else { None }
}
