//! Plain columns to Parquet.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Float64Array};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;

/// A Parquet file of number columns, in this order; NaN stays NaN.
///
/// # Errors
/// Columns of different lengths, in the words of the writer.
pub fn parquet_bytes(columns: &[(String, Vec<f64>)]) -> Result<Vec<u8>, String> {
    let arrays = columns.iter().map(|(name, values)| {
        let array: ArrayRef = Arc::new(Float64Array::from(values.clone()));
        (name.as_str(), array)
    });
    let batch = RecordBatch::try_from_iter(arrays).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).map_err(|error| error.to_string())?;
    writer.write(&batch).map_err(|error| error.to_string())?;
    writer.close().map_err(|error| error.to_string())?;
    Ok(bytes)
}
