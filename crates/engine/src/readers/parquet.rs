//! Parquet files: columns keep their types.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::AsArray;
use datafusion::arrow::compute::{cast, concat_batches};
use datafusion::arrow::datatypes::DataType;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use lantu_blueprint::{Code, Diagnostic, Location, Text};

use super::{DataTable, Places, RawTable, count};
use crate::problems::Problems;

/// Most bytes in memory: a megabyte of repeated values can claim hundreds of millions of rows.
const MAX_UNPACKED: usize = 1 << 30;
const TOO_LARGE: &str = "larger than 1 GiB in memory";

/// Reads a Parquet file whole.
pub(crate) fn typed(file: &Arc<str>, path: &Path, problems: &mut Problems) -> Option<DataTable> {
    // As with workbooks: what a broken file does to the reader must not end the program.
    match catch_unwind(AssertUnwindSafe(|| batch(path))) {
        Ok(Ok(batch)) => {
            let rows = (1..=count(batch.num_rows())).collect();
            Some(DataTable { batch, rows })
        }
        Ok(Err(why)) if why == TOO_LARGE => {
            problems.say("too-large", file, || too_large(file));
            None
        }
        Ok(Err(why)) => broken(file, &why, problems),
        Err(_) => broken(file, "unexpected structure", problems),
    }
}

/// The same with every column as text: for observations.
pub(crate) fn raw(file: &Arc<str>, path: &Path, problems: &mut Problems) -> Option<RawTable> {
    let DataTable { batch, rows } = typed(file, path, problems)?;
    let names = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
    let mut columns = Vec::with_capacity(batch.num_columns());
    for column in batch.columns() {
        match cast(column, &DataType::Utf8) {
            Ok(text) => columns.push(text.as_string::<i32>().clone()),
            Err(error) => return broken(file, &error.to_string(), problems),
        }
    }
    Some(RawTable { file: Arc::clone(file), names, columns, rows, places: Places::Rows })
}

fn batch(path: &Path) -> Result<RecordBatch, String> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let file = File::open(path).map_err(|e| words(&e))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| words(&e))?;
    let schema = Arc::clone(builder.schema());
    let reader = builder.with_batch_size(65_536).build().map_err(|e| words(&e))?;
    let (mut batches, mut bytes) = (Vec::new(), 0);
    for batch in reader {
        let batch = batch.map_err(|e| words(&e))?;
        bytes += batch.get_array_memory_size();
        if bytes > MAX_UNPACKED {
            return Err(TOO_LARGE.to_owned());
        }
        batches.push(batch);
    }
    concat_batches(&schema, &batches).map_err(|e| words(&e))
}

fn too_large(file: &Arc<str>) -> Diagnostic {
    Diagnostic::new(
        Code::BadTable,
        Location::start(Arc::clone(file)),
        Text::new(
            "这个 Parquet 文件读入后超过 1 GiB，没有读入",
            "this Parquet file takes more than 1 GiB in memory and is not read",
        ),
    )
    .hint(Text::new("请拆成几个文件", "split it into several files"))
}

fn broken<T>(file: &Arc<str>, why: &str, problems: &mut Problems) -> Option<T> {
    problems.say("parquet", file, || {
        Diagnostic::new(
            Code::BadTable,
            Location::start(Arc::clone(file)),
            Text::new(format!("这个 Parquet 文件读不出来：{why}"), format!("this Parquet file cannot be read: {why}")),
        )
        .hint(Text::new("请重新导出", "export it again"))
    });
    None
}
