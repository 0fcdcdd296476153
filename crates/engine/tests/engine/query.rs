//! Queries from people, tables by page, outlines.

use lantu_engine::{Cell, Column, ColumnType, EngineError, PlainTable};

use super::town::{Town, places};

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[test]
fn queries_read_everything() {
    let mut town = Town::new();
    town.data("land.csv", "table = \"land\"", b"area,km2\neast,4\nwest,10\n");
    town.formula(
        "density",
        "SELECT p.area, p.period, p.value / l.km2 AS value FROM people p JOIN land l ON l.area = p.area",
    );
    let (engine, _) = town.open();
    let targets = PlainTable {
        name: "targets".to_owned(),
        columns: vec![
            Column { name: "id".to_owned(), kind: ColumnType::Text },
            Column { name: "n".to_owned(), kind: ColumnType::Float },
        ],
        rows: vec![vec![text("t1"), Cell::Int(20)], vec![text("t2"), Cell::Null]],
    };
    let sql = "SELECT t.id, a.name_zh, d.value > t.n AS met, count(*) OVER () AS n FROM density d JOIN areas a ON a.id = d.area JOIN targets t ON true WHERE d.year = 2020 ORDER BY 1, 2";
    let result = engine.query(sql, &[targets]).unwrap();
    let columns: Vec<String> = result.columns.iter().map(|c| format!("{}:{}", c.name, c.kind.word())).collect();
    assert_eq!(columns, ["id:text", "name_zh:text", "met:bool", "n:int"]);
    assert_eq!(result.rows[0], [text("t1"), text("东"), Cell::Bool(true), Cell::Int(4)]);
    assert_eq!(result.rows[3], [text("t2"), text("西"), Cell::Null, Cell::Int(4)]);
    let result = engine.query("SELECT count(*) AS n FROM observations WHERE indicator = 'people'", &[]).unwrap();
    assert_eq!(result.rows, [[Cell::Int(7)]]);
    assert!(engine.query("SELECT * FROM targets", &[]).is_err(), "tables handed in belong to their query");
}

#[test]
fn queries_only_read() {
    let town = Town::new();
    let (engine, _) = town.open();
    for sql in [
        "CREATE TABLE x AS SELECT 1",
        "DROP TABLE people",
        "INSERT INTO people VALUES (1)",
        "COPY people TO '/tmp/x.csv'",
        "CREATE EXTERNAL TABLE x STORED AS CSV LOCATION '/etc/passwd'",
        "SET datafusion.execution.batch_size = 1",
        "SELECT 1; SELECT 2",
        "SELECT * FROM '/etc/passwd'",
        "",
        "SELEC 1",
    ] {
        let error = engine.query(sql, &[]).unwrap_err();
        assert!(!error.message().zh.is_empty(), "{sql}");
        assert!(matches!(error, EngineError::Query(_)), "{sql}");
    }
    assert_eq!(engine.query("SELECT count(*) AS n FROM people", &[]).unwrap().rows, [[Cell::Int(7)]]);
}

#[test]
fn errors_have_a_place() {
    let town = Town::new();
    let (engine, _) = town.open();
    let EngineError::Query(problem) = engine.query("SELECT\n  valu FROM people", &[]).unwrap_err() else { panic!() };
    assert_eq!((problem.line, problem.column, problem.hint.zh.as_str()), (2, 3, "是不是「value」？"));
    let EngineError::Query(problem) = engine.query("SELECT *\nFORM people", &[]).unwrap_err() else { panic!() };
    assert_eq!(problem.line, 2);
    assert!(problem.message.zh.starts_with("SQL 语法有误"));
}

#[test]
fn deeply_nested_queries_end_in_a_message() {
    let town = Town::new();
    let (engine, _) = town.open();
    let nested = format!("SELECT {}1{}", "(".repeat(5000), ")".repeat(5000));
    assert!(engine.query(&nested, &[]).is_err());
    let sum = |terms: usize| format!("SELECT {} AS n", vec!["1"; terms].join(" + "));
    assert_eq!(engine.query(&sum(300), &[]).unwrap().rows, [[Cell::Int(300)]]);
    for terms in [5_000, 15_000] {
        let error = engine.query(&sum(terms), &[]).unwrap_err();
        assert!(error.message().en.contains("more than 1000 operators"), "{error}");
    }
    let quoted = format!("SELECT '{}' AS t -- {}", "+".repeat(2_000), "+".repeat(2_000));
    assert!(engine.query(&quoted, &[]).is_ok());
    assert!(engine.query(&format!("SELECT '{}'", "x".repeat(70 << 10)), &[]).is_err());
}

#[tokio::test]
async fn queries_may_come_from_inside_a_runtime() {
    let town = Town::new();
    let (engine, _) = town.open();
    assert_eq!(engine.query("SELECT 1 AS n", &[]).unwrap().rows, [[Cell::Int(1)]]);
}

#[test]
fn tables_are_handed_out_by_page() {
    let town = Town::new();
    let (engine, _) = town.open();
    let page = engine.table("figures", 8, 5).unwrap();
    assert_eq!((page.total, page.rows.len(), page.source_rows.as_slice()), (10, 2, [10, 11].as_slice()));
    assert_eq!(engine.table("areas", 1, 1).unwrap().rows[0][0], text("east"));
    assert_eq!(engine.table("people", 99, 5).unwrap().rows.len(), 0);
    let Err(EngineError::UnknownTable { name, hint }) = engine.table("figurs", 0, 1) else { panic!() };
    assert_eq!((name.as_str(), hint.en.as_str()), ("figurs", "did you mean `figures`?"));
}

#[test]
fn outlines_are_matched_by_id_or_code() {
    let square = |at: u32| format!(r#"{{"type":"Polygon","coordinates":[[[{at},2],[9,2],[9,3],[{at},2]]]}}"#);
    let feature = |code: &str, shape: &str| format!(r#"{{"properties":{{"code":{code}}},"geometry":{shape}}}"#);
    let features = [
        feature("101", &square(1)),
        feature("\"west\"", &square(3)),
        feature("999", &square(5)),
        feature("101", r#"{"type":"Point","coordinates":[1,2]}"#),
        feature("101", &square(181)),
    ];
    let json = format!("{{\"features\":[\n{}]}}", features.join(",\n"));
    let mut town = Town::new();
    town.data("shapes.geojson", "role = \"outlines\"\narea_property = \"code\"", json.as_bytes());
    town.data("other.geojson", "role = \"outlines\"\narea_property = \"cod\"", json.as_bytes());
    let (engine, _) = town.open();
    let outlines = engine.outlines();
    let found: Vec<(&str, &str, u32)> =
        outlines.features.iter().map(|o| (o.area.as_str(), o.geometry.as_str(), o.feature)).collect();
    assert_eq!(found, [("east", square(1).as_str(), 1), ("west", square(3).as_str(), 2)]);
    assert_eq!(
        places(&outlines.diagnostics),
        [
            "unknown-reference data/MANIFEST.toml:16:1",
            "unknown-reference data/shapes.geojson:4:1",
            "bad-value data/shapes.geojson:5:1",
            "bad-value data/shapes.geojson:6:1",
        ]
    );
    assert_eq!(outlines.diagnostics[0].hint.en, "did you mean `code`?");
    assert_eq!(engine.check_tables(), outlines.diagnostics);
}
