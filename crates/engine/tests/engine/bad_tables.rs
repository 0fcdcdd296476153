//! Tables as they should not be: each problem is named with its place, and the rest is read.

use std::io::Write;

use lantu_blueprint::Code;
use lantu_engine::{Cell, read_csv_bytes, read_geojson_bytes, read_jsonl_bytes, read_xlsx_bytes};

use super::town::{Town, assert_complete, brief, places};
use super::workbook::workbook;

#[test]
fn a_row_with_another_number_of_columns_is_left_out() {
    let (page, problems) = read_csv_bytes(b"a,b\n1,2\n1,2,3\n4\n5,6\n");
    assert_eq!(places(&problems), ["bad-table data.csv:3:1", "bad-table data.csv:4:1"]);
    assert_eq!(problems[0].message.en, "this row has 3 columns and the header 2; it is left out");
    assert_eq!(problems[0].message.zh, "这一行有 3 列，表头有 2 列，已略过");
    assert_complete(&problems);
    assert_eq!(page.unwrap().source_rows, [2, 5]);
}

#[test]
fn an_unclosed_quotation_mark_is_suspected() {
    let csv = format!("a,b\n1,\"2\n{}", "3,4\n".repeat(40));
    let (_, problems) = read_csv_bytes(csv.as_bytes());
    assert_eq!(places(&problems), [] as [&str; 0], "one field with line breaks is still two columns");
    let csv = format!("a,b\n\"1,2\n{}", "3,4\n".repeat(40));
    let (_, problems) = read_csv_bytes(csv.as_bytes());
    assert_eq!(places(&problems), ["bad-table data.csv:2:1"]);
    assert!(problems[0].hint.en.contains("not closed"), "{}", problems[0].hint.en);
}

#[test]
fn figures_that_are_none_become_null() {
    let numbers = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n";
    let (page, problems) = read_csv_bytes(format!("n\n{numbers}NaN\n\"3,14\"\n\"1,234\"\nviele\n").as_bytes());
    let page = page.unwrap();
    assert_eq!(
        places(&problems),
        ["bad-value data.csv:13:1", "bad-value data.csv:14:1", "bad-value data.csv:15:1", "bad-value data.csv:16:1"]
    );
    let words: Vec<&str> = problems.iter().map(|d| d.message.en.as_str()).collect();
    assert_eq!(
        words,
        [
            "`NaN` in column `n` is not a finite number",
            "`3,14` in column `n` uses a decimal comma",
            "`1,234` in column `n` has a comma: a thousands separator or a decimal comma?",
            "`viele` in column `n` is not a number"
        ]
    );
    assert_complete(&problems);
    assert_eq!(page.columns[0].kind.word(), "int");
    assert_eq!(page.rows.last().unwrap(), &[Cell::Null]);
}

/// What is a number, and why another text is none, seen through the diagnostics of a column that is numeric.
#[test]
fn only_plain_figures_are_numbers() {
    let reason = |cell: &str| {
        let figures = "0.5\n".repeat(20);
        let (page, problems) = read_csv_bytes(format!("n\n{figures}\"{cell}\"\n").as_bytes());
        assert_eq!(page.unwrap().columns[0].kind.word(), "float", "{cell}");
        problems.first().map_or("a number", |d| {
            let words = ["finite", "decimal comma,thousands", "decimal comma", "not a number"];
            let en = if d.message.en.contains("thousands") { "decimal comma,thousands" } else { &d.message.en };
            words.into_iter().find(|word| en.contains(word)).unwrap()
        })
    };
    for cell in [" 12 ", "-0.5", "+3", "1e3", ".5", "5."] {
        assert_eq!(reason(cell), "a number", "{cell}");
    }
    for cell in ["NaN", "-inf", "Infinity", "1e999", "#DIV/0!", "#N/A"] {
        assert_eq!(reason(cell), "finite", "{cell}");
    }
    for cell in ["3,14", "1.234,56", "1,23456"] {
        assert_eq!(reason(cell), "decimal comma", "{cell}");
    }
    for cell in ["1,234", "1,234,567.8"] {
        assert_eq!(reason(cell), "decimal comma,thousands", "{cell}");
    }
    for cell in ["12%", "１２", "1-2", "0x10", "#", "1_000", "--1"] {
        assert_eq!(reason(cell), "not a number", "{cell}");
    }
}

#[test]
fn a_mixed_column_is_text_without_complaint() {
    let (page, problems) = read_csv_bytes("house\n1\n2a\n3\n".as_bytes());
    assert_eq!(problems, []);
    assert_eq!(page.unwrap().columns[0].kind.word(), "text");
}

#[test]
fn bytes_of_gbk_are_named_with_their_line() {
    let mut csv = b"name,n\nok,1\n".to_vec();
    csv.extend(b"\xC4\xFE\xB2\xA8,2\n\xB1\xB1\xC2\xD8,3\n"); // 宁波, 北仑
    csv.extend("象山,4\n".as_bytes());
    let (page, problems) = read_csv_bytes(&csv);
    assert_eq!(places(&problems), ["not-utf8 data.csv:3:1"]);
    assert!(problems[0].hint.zh.contains("iconv -f GB18030 -t UTF-8"));
    assert!(problems[0].message.zh.contains("2 行没有读入"));
    assert_eq!(page.unwrap().source_rows, [2, 5]);

    let (page, problems) = read_csv_bytes(b"\xC4\xFE,n\n1,2\n");
    assert!(page.is_none());
    assert_eq!(places(&problems), ["not-utf8 data.csv:1:1"]);
    let (_, problems) = read_csv_bytes(b"\xFF\xFEa\0,\0");
    assert!(problems[0].hint.en.contains("UTF-16"));
}

#[test]
fn a_line_of_ten_megabytes_is_left_out() {
    let csv = format!("a,b\n1,2\n{},2\n3,4\n", "x".repeat(10 << 20));
    let (page, problems) = read_csv_bytes(csv.as_bytes());
    assert_eq!(places(&problems), ["bad-table data.csv:3:1"]);
    assert_eq!(problems[0].message.en, "this line is 10 MiB long, over the limit of 4 MiB, and is left out");
    assert_complete(&problems);
    assert_eq!(page.unwrap().source_rows, [2, 4]);
    let (_, problems) = read_jsonl_bytes(format!("{{\"a\":\"{}\"}}\n", "x".repeat(10 << 20)).as_bytes());
    assert_eq!(places(&problems), ["bad-table data.jsonl:1:1"]);
}

#[test]
fn column_names_are_unique_and_never_empty() {
    let (page, problems) = read_csv_bytes(b"a,,a,b,,\n1,2,3,4,,\n");
    assert_eq!(places(&problems), ["bad-table data.csv:1:3", "duplicate-id data.csv:1:4"]);
    assert_complete(&problems);
    let names: Vec<String> = page.unwrap().columns.into_iter().map(|c| c.name).collect();
    assert_eq!(names, ["a", "column_2", "a_2", "b", "column_5", "column_6"], "trailing empty columns are no problem");
}

#[test]
fn another_separator_is_named() {
    let (page, problems) = read_csv_bytes("a;b\n1,5;2\n".as_bytes());
    assert!(page.is_none());
    assert_eq!(places(&problems), ["bad-table data.csv:1:1"]);
    assert!(problems[0].message.en.contains("`;`"));
}

#[test]
fn an_empty_file_has_no_header() {
    for bytes in [b"".as_slice(), b"\n\n", b"\xEF\xBB\xBF"] {
        let (page, problems) = read_csv_bytes(bytes);
        assert!(page.is_none());
        assert_eq!(places(&problems), ["bad-table data.csv:1:1"]);
    }
}

#[test]
fn problems_of_one_kind_are_counted_after_twenty() {
    let csv = format!("a,b\n{}", "1\n".repeat(1000));
    let (_, problems) = read_csv_bytes(csv.as_bytes());
    assert_eq!(problems.len(), 21);
    let last = problems.last().unwrap();
    assert_eq!(last.message.en, "980 more problems of the same kind from here on");
    assert_eq!(last.location.line, 22);
}

#[test]
fn broken_json_is_located() {
    let (page, problems) = read_jsonl_bytes(b"{\"a\":1}\n{\"a\":}\n[1]\n\xC4\xFE\n{\"a\":2}\n");
    assert_eq!(places(&problems), ["bad-table data.jsonl:2:6", "bad-table data.jsonl:3:1", "not-utf8 data.jsonl:4:1"]);
    assert_complete(&problems);
    assert_eq!(page.unwrap().source_rows, [1, 5]);
    let (page, problems) = read_geojson_bytes(b"{\"features\": [\n{\"geometry\": null},\n 3,\n]}");
    assert!(page.is_none());
    assert_eq!(places(&problems), ["bad-table data.geojson:4:1"]);
    let (page, problems) =
        read_geojson_bytes(b"{\"x\":{\"features\":[{}]},\"features\":[\n{\"geometry\":null},\n {\"geometry\":5}]}");
    assert_eq!(page.unwrap().total, 1);
    assert_eq!(places(&problems), ["bad-table data.geojson:3:2"]);
    assert_complete(&problems);
}

#[test]
fn deeply_nested_json_ends_in_a_message() {
    let (_, problems) = read_jsonl_bytes("[".repeat(100_000).as_bytes());
    assert_eq!(problems.len(), 1);
    let (_, problems) = read_geojson_bytes("{\"features\":[".repeat(50_000).as_bytes());
    assert_eq!(problems.len(), 1);
}

#[test]
fn merged_cells_are_named_with_their_range() {
    let cells =
        [("A1", "year"), ("B1", "n"), ("A2", "2020"), ("B2", "1"), ("B3", "2"), ("A4", "2021"), ("B4", "#DIV/0!")];
    let (page, problems) = read_xlsx_bytes(&workbook(&cells, &["A2:A3"]), None);
    let page = page.unwrap();
    assert_eq!(places(&problems), ["bad-table data.xlsx:2:1", "bad-value data.xlsx:4:2"]);
    assert_eq!(problems[0].message.zh, "A2:A3 是合并单元格：值只在第一格，其余为空");
    assert!(problems[1].message.en.contains("#DIV/0!"));
    assert_complete(&problems);
    assert_eq!(page.rows[1], [Cell::Null, Cell::Int(2)]);
}

#[test]
fn broken_workbooks_end_in_a_message() {
    let good = workbook(&[("A1", "a"), ("A2", "1")], &[]);
    for bytes in [b"".as_slice(), b"PK\x03\x04 and then nothing", b"a,b\n1,2\n", &good[..good.len() / 2]] {
        let (page, problems) = read_xlsx_bytes(bytes, None);
        assert!(page.is_none());
        assert_eq!(places(&problems), ["bad-table data.xlsx:1:1"]);
        assert_complete(&problems);
    }
    // Any byte may be wrong; none may end the program.
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 0x55;
        let _ = read_xlsx_bytes(&bad, None);
    }
    let (page, problems) = read_xlsx_bytes(&good, Some("Sheet2"));
    assert!(page.is_none());
    assert_eq!((problems[0].code, problems[0].hint.en.as_str()), (Code::UnknownReference, "did you mean `Sheet1`?"));
    assert_eq!(places(&read_xlsx_bytes(&workbook(&[], &[]), None).1), ["bad-table data.xlsx:1:1"]);
}

#[test]
fn a_sheet_that_claims_a_million_rows_costs_nothing() {
    let (page, problems) = read_xlsx_bytes(&workbook(&[("A1", "a"), ("XFD1048576", "1")], &[]), None);
    let page = page.unwrap();
    assert_eq!(page.source_rows, [1_048_576]);
    assert_eq!(page.columns.len(), 2);
    assert_eq!(places(&problems), ["bad-table data.xlsx:1:16384"], "the column has no name");
}

#[test]
fn files_that_cannot_be_opened_are_reported_where_they_are_used() {
    let mut town = Town::new();
    town.data("gone.csv", "", b"a\n1\n");
    std::fs::remove_file(town.root().join("data/gone.csv")).unwrap();
    town.data("noise.parquet", "", b"PAR1 is not enough");
    town.data("notes.docx", "", b"-");
    let (engine, problems) = town.open();
    assert_eq!(problems, []);
    let problems = engine.check_tables();
    assert_eq!(
        places(&problems),
        ["bad-table data/MANIFEST.toml:22:1", "unreadable-file data/gone.csv:1:1", "bad-table data/noise.parquet:1:1"]
    );
    assert_complete(&problems);
    assert_eq!(engine.observations().observations.len(), 10, "the rest is still read");
    // A file that is not there at all is the manifest's problem, and is reported with it.
    town.data.remove("data/gone.csv");
    assert_eq!(town.open().0.check_tables().len(), 2);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let outside = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(outside.path(), "a\n1\n").unwrap();
    let mut town = Town::new();
    town.data("link.csv", "", b"a\n1\n");
    let path = town.root().join("data/link.csv");
    std::fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink(outside.path(), &path).unwrap();
    let (engine, _) = town.open();
    let problems = engine.check_tables();
    assert_eq!(places(&problems), ["unreadable-file data/link.csv:1:1"]);
    assert!(problems[0].message.en.contains("outside"));
    assert!(engine.table("link", 0, 1).is_err());
    assert_eq!(brief(engine.published()).len(), 10);
}

/// Half a megabyte that unpacks to half a gigabyte.
#[test]
fn a_workbook_that_unpacks_without_end() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![0; 1 << 20];
    (0..513).for_each(|_| zip.write_all(&zeros).unwrap());
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    let (page, problems) = read_xlsx_bytes(&bytes, None);
    assert!(page.is_none());
    assert!(problems[0].message.en.contains("unpacks to more than 512 MB"), "{problems:?}");
    assert_complete(&problems);
}

/// A new key on every line would make a table of the square of its size.
#[test]
fn a_key_for_every_line() {
    let lines: String = (0..5_000).map(|n| format!("{{\"k{n}\":{n}}}\n")).collect();
    let (page, problems) = read_jsonl_bytes(lines.as_bytes());
    assert_eq!(places(&problems), ["bad-table data.jsonl:2001:1"]);
    assert_complete(&problems);
    let page = page.unwrap();
    assert_eq!((page.columns.len(), page.rows.len()), (2_000, 5_000));
}

#[test]
fn more_columns_than_a_table_may_have() {
    let names = "a,".repeat(20_000);
    let (page, problems) = read_csv_bytes(format!("{names}z\n").as_bytes());
    assert!(page.is_none());
    assert_eq!(places(&problems), ["bad-table data.csv:1:1"]);
    assert_complete(&problems);
}
