//! The readers on bytes alone, without a blueprint: for fuzzing and for whoever has a table in hand.

use std::sync::Arc;

use lantu_blueprint::Diagnostic;

use crate::problems::Problems;
use crate::readers::{RawTable, csv, geojson, infer, jsonl, xlsx};
use crate::value::{TablePage, cells, columns_of};

/// Reads CSV bytes; `None` when there is no table in them.
pub fn read_csv_bytes(bytes: &[u8]) -> (Option<TablePage>, Vec<Diagnostic>) {
    page("data.csv", |file, problems| csv::read(file, bytes, problems))
}

/// Reads JSON lines.
pub fn read_jsonl_bytes(bytes: &[u8]) -> (Option<TablePage>, Vec<Diagnostic>) {
    page("data.jsonl", |file, problems| jsonl::read(file, bytes, problems))
}

/// Reads a GeoJSON feature collection.
pub fn read_geojson_bytes(bytes: &[u8]) -> (Option<TablePage>, Vec<Diagnostic>) {
    page("data.geojson", |file, problems| geojson::read(file, bytes, problems))
}

/// Reads a sheet of an XLSX workbook; without a name, the first.
pub fn read_xlsx_bytes(bytes: &[u8], sheet: Option<&str>) -> (Option<TablePage>, Vec<Diagnostic>) {
    page("data.xlsx", |file, problems| xlsx::read(file, bytes, sheet, problems))
}

fn page(
    name: &str,
    read: impl FnOnce(&Arc<str>, &mut Problems) -> Option<RawTable>,
) -> (Option<TablePage>, Vec<Diagnostic>) {
    let mut problems = Problems::default();
    let file: Arc<str> = Arc::from(name);
    let table = read(&file, &mut problems).and_then(|raw| infer::typed(raw, &mut problems));
    let page = table.and_then(|table| {
        let rows = cells(&table.batch).ok()?;
        Some(TablePage { columns: columns_of(&table.batch.schema()), total: rows.len(), rows, source_rows: table.rows })
    });
    (page, problems.finish())
}
