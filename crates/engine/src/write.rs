//! Plain columns to Parquet.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Float64Array, StringArray, UInt32Array};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;

/// A column without any type of Arrow in it.
#[derive(Debug, Clone, PartialEq)]
pub enum PlainColumn {
    /// Numbers; NaN stays NaN.
    Numbers(Vec<f64>),
    /// Numbers that may be absent; what is absent is null.
    Known(Vec<Option<f64>>),
    /// Whole numbers that may be absent.
    Counts(Vec<Option<u32>>),
    /// Words.
    Words(Vec<String>),
}

impl PlainColumn {
    fn array(&self) -> ArrayRef {
        match self {
            PlainColumn::Numbers(values) => Arc::new(Float64Array::from(values.clone())),
            PlainColumn::Known(values) => Arc::new(Float64Array::from(values.clone())),
            PlainColumn::Counts(values) => Arc::new(UInt32Array::from(values.clone())),
            PlainColumn::Words(values) => Arc::new(StringArray::from_iter_values(values)),
        }
    }
}

/// A Parquet file of columns, in this order.
///
/// # Errors
/// Columns of different lengths, in the words of the writer.
pub fn parquet_bytes(columns: &[(String, PlainColumn)]) -> Result<Vec<u8>, String> {
    let arrays = columns.iter().map(|(name, values)| (name.as_str(), values.array()));
    let batch = RecordBatch::try_from_iter(arrays).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).map_err(|error| error.to_string())?;
    writer.write(&batch).map_err(|error| error.to_string())?;
    writer.close().map_err(|error| error.to_string())?;
    Ok(bytes)
}
