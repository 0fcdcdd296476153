//! What each format becomes: names, types, values and rows.

use std::fs::File;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int64Array, StringArray};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;
use lantu_engine::{Cell, TablePage, read_csv_bytes, read_geojson_bytes, read_jsonl_bytes, read_xlsx_bytes};

use super::town::Town;
use super::workbook::workbook;

fn types(page: &TablePage) -> Vec<String> {
    page.columns.iter().map(|c| format!("{}:{}", c.name, c.kind.word())).collect()
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[test]
fn csv_columns_get_types_and_rows_their_lines() {
    let csv = "\u{FEFF}n,x,yes,name,code,empty\r\n1,0.5,true,\"a,\r\nb\",007,\r\n\r\n-2,,false,c,010,\r\n";
    let (page, problems) = read_csv_bytes(csv.as_bytes());
    let page = page.unwrap();
    assert_eq!(problems, []);
    assert_eq!(types(&page), ["n:int", "x:float", "yes:bool", "name:text", "code:text", "empty:text"]);
    assert_eq!(page.source_rows, [2, 5], "a quoted line break and a blank line are counted");
    assert_eq!(
        page.rows[0],
        [Cell::Int(1), Cell::Float(0.5), Cell::Bool(true), text("a,\r\nb"), text("007"), Cell::Null]
    );
    assert_eq!(page.rows[1], [Cell::Int(-2), Cell::Null, Cell::Bool(false), text("c"), text("010"), Cell::Null]);
}

#[test]
fn identity_codes_stay_text() {
    let (page, problems) = read_csv_bytes(b"credit_code,short\n913302001234567890123,330203\n");
    assert_eq!(problems, []);
    assert_eq!(types(&page.unwrap()), ["credit_code:text", "short:int"]);
}

#[test]
fn json_lines_may_differ_in_their_keys() {
    let (page, problems) = read_jsonl_bytes("{\"a\":1,\"名\":\"x\"}\n\n{\"b\":[1,2],\"a\":2.5}\n".as_bytes());
    let page = page.unwrap();
    assert_eq!(problems, []);
    assert_eq!(types(&page), ["a:float", "名:text", "b:text"]);
    assert_eq!(page.source_rows, [1, 3]);
    assert_eq!(page.rows[1], [Cell::Float(2.5), Cell::Null, text("[1,2]")]);
}

#[test]
fn features_become_rows_with_their_geometry_as_text() {
    let json = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"adcode":101,"name":"东"},"geometry":{"type":"Point","coordinates":[1,2.50]}},
        {"type":"Feature","properties":null,"geometry":null,"id":7}]}"#;
    let (page, problems) = read_geojson_bytes(json.as_bytes());
    let page = page.unwrap();
    assert_eq!(problems, []);
    assert_eq!(types(&page), ["adcode:int", "name:text", "geometry:text", "id:int"]);
    assert_eq!(page.rows[0][2], text(r#"{"type":"Point","coordinates":[1,2.5]}"#));
    assert_eq!(page.source_rows, [1, 2]);
}

#[test]
fn sheets_are_read_from_their_first_row_with_a_value() {
    let cells = [("B2", "name"), ("C2", "n"), ("B3", "x"), ("C3", "0.1"), ("B6", "y"), ("C6", "12")];
    let (page, problems) = read_xlsx_bytes(&workbook(&cells, &[]), None);
    let page = page.unwrap();
    assert_eq!(problems, []);
    assert_eq!(types(&page), ["name:text", "n:float"]);
    assert_eq!(page.source_rows, [3, 6], "rows of the sheet");
    assert_eq!(page.rows, [[text("x"), Cell::Float(0.1)], [text("y"), Cell::Float(12.0)]]);
}

#[test]
fn parquet_keeps_its_types_and_serves_as_observations_too() {
    let town = tempfile::NamedTempFile::new().unwrap();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("indicator", Arc::new(StringArray::from(vec!["people", "people"]))),
        ("area", Arc::new(StringArray::from(vec!["east", "west"]))),
        ("period", Arc::new(Int64Array::from(vec![2020, 2020]))),
        ("value", Arc::new(Int64Array::from(vec![Some(5), None]))),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer = ArrowWriter::try_new(File::create(town.path()).unwrap(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let bytes = std::fs::read(town.path()).unwrap();

    let mut town = Town::empty();
    town.data("p.parquet", "role = \"observations\"", &bytes);
    let (engine, problems) = town.open();
    assert_eq!(super::town::places(&problems), ["missing-field data/p.parquet:2:1"]);
    assert_eq!(super::town::brief(engine.published()), ["east 2020 5"]);
    let page = engine.table("p", 0, 10).unwrap();
    assert_eq!(types(&page), ["indicator:text", "area:text", "period:int", "value:int"]);
    assert_eq!(page.rows[1][3], Cell::Null);
    assert_eq!(page.source_rows, [1, 2]);
}
