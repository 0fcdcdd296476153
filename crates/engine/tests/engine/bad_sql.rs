//! Formulas that do not work: the place in their file, the reason, and the others go on.

use lantu_blueprint::Code;

use super::town::{Town, assert_complete, brief, of, places};

/// Diagnostics of one formula, as `code line:column` with message and hint; `homes` is copied by another one, which
/// must not be disturbed.
fn failing(sql: &str) -> Vec<(String, String, String)> {
    let mut town = Town::new();
    town.formula("bad", sql);
    town.formula("fine", "SELECT area, period, value FROM homes");
    let computed = town.computed();
    assert_eq!(of(&computed, "fine").len(), 3);
    for d in &computed.diagnostics {
        assert_eq!(&*d.location.file, "indicators/bad.sql");
        assert!(!d.message.zh.is_empty());
    }
    let line = |d: &lantu_blueprint::Diagnostic| {
        let place = format!("{} {}:{}", d.code, d.location.line, d.location.column);
        (place, d.message.en.clone(), d.hint.en.clone())
    };
    computed.diagnostics.iter().map(line).collect()
}

fn one(sql: &str) -> (String, String, String) {
    let mut all = failing(sql);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

#[test]
fn unknown_tables_and_columns_are_named_with_a_guess() {
    let (place, message, hint) = one("SELECT area, period, value\nFROM home");
    assert_eq!((place.as_str(), message.as_str()), ("failed-query 6:6", "there is no table `home`"));
    assert_eq!(hint, "did you mean `homes`?");
    let (place, message, hint) = one("SELECT area, period,\n  valeu AS value FROM homes");
    assert_eq!((place.as_str(), message.as_str()), ("failed-query 6:3", "there is no column `valeu`"));
    assert_eq!(hint, "did you mean `value`?");
    let (place, message, hint) = one("SELECT area, period, roundd(value) AS value FROM homes");
    assert_eq!((place.as_str(), message.as_str()), ("failed-query 5:22", "there is no function `roundd`"));
    assert_eq!(hint, "did you mean `round`?");
    let (_, message, hint) = one("SELECT area, h.period, h.value FROM homes h JOIN people p ON p.period = h.period");
    assert_eq!((message.as_str(), hint.as_str()), ("the column `area` is in several tables", "write table.column"));
}

#[test]
fn results_must_have_the_wanted_shape() {
    let (place, message, _) = one("\nSELECT area, value FROM homes");
    assert_eq!((place.as_str(), message.as_str()), ("failed-query 6:1", "the result has no column `period`"));
    assert_eq!(one("SELECT area, period, value AS low FROM homes").1, "the result has no column `value`");
    assert_eq!(one("SELECT area, period, area AS value FROM homes").1, "the result column `value` is not a number");
    let (place, message, hint) = one("SELECT area, period, value, year AS trst FROM homes");
    assert_eq!((place.as_str(), message.as_str()), ("unknown-field 5:1", "nothing reads the result column `trst`"));
    assert_eq!(hint, "did you mean `trust`?");
}

#[test]
fn two_rows_for_one_key_fail_the_indicator() {
    let (place, message, _) = one("SELECT h.area, h.period, h.value FROM homes h JOIN people p ON p.area = h.area");
    assert_eq!(
        (place.as_str(), message.as_str()),
        ("failed-query 5:1", "the result has more than one row for east, 2020")
    );
}

#[test]
fn values_that_are_none_are_left_out_one_by_one() {
    let cases = [
        ("1.0 / (value - 50)", "bad-value 5:1", "the result for east, 2020 is not a finite number and is left out"),
        (
            "CAST('NaN' AS DOUBLE) * (value - 50) + value",
            "bad-value 5:1",
            "the result for town, 2020 is not a finite number and is left out",
        ),
    ];
    for (value, place, message) in cases {
        let all = failing(&format!("SELECT area, period, {value} AS value FROM homes"));
        assert!(all.iter().any(|(p, m, _)| p == place && m == message), "{all:?}");
    }
    let (place, message, hint) =
        one("SELECT CASE area WHEN 'east' THEN 'esat' ELSE area END AS area, period, value FROM homes");
    assert_eq!(place, "unknown-reference 5:1");
    assert!(message.contains("`esat`"));
    assert_eq!(hint, "did you mean `east`?");
    assert_eq!(
        one("SELECT area, CASE area WHEN 'east' THEN 'soon' ELSE period END AS period, value FROM homes").0,
        "bad-value 5:1"
    );
    assert_eq!(
        one("SELECT area, period, value, CASE area WHEN 'east' THEN 'good' END AS stage FROM homes").0,
        "bad-value 5:1"
    );
    assert_eq!(
        one("SELECT area, period, value, value + 1 AS low, value + 2 AS high FROM homes WHERE area = 'east'").0,
        "bad-value 5:1"
    );
}

#[test]
fn clock_and_chance_are_refused() {
    for call in ["random()", "date_part('year', now())", "date_part('year', current_date)"] {
        let (place, message, _) = one(&format!("SELECT area, period, value + {call} AS value FROM homes"));
        assert!(
            place.starts_with("failed-query") && message.contains("another result every time"),
            "{place} {message}"
        );
    }
}

#[test]
fn what_reads_a_failed_indicator_says_so() {
    let mut town = Town::new();
    town.formula("bad", "SELECT area, period, value FROM nowhere");
    town.formula("next", "SELECT area, period, value\nFROM bad");
    let computed = town.computed();
    assert_eq!(
        places(&computed.diagnostics),
        ["failed-query indicators/bad.sql:5:33", "failed-query indicators/next.sql:6:6"]
    );
    assert_complete(&computed.diagnostics);
    assert!(computed.diagnostics[1].message.en.contains("`bad`"));
    assert_eq!(brief(&computed.observations).len(), 10, "published figures stay");
}

#[test]
fn type_errors_and_runtime_errors_are_messages() {
    for sql in [
        "SELECT area, period, value + 'x' AS value FROM homes",
        "SELECT area, period, CAST(area AS DOUBLE) AS value FROM homes",
        "SELECT area, period, 1 / 0 AS value FROM homes",
        "SELECT area, period, (SELECT value FROM people) AS value FROM homes",
        "SELECT area, period, SUM(value) AS value FROM homes",
    ] {
        let all = failing(sql);
        assert!(all.iter().all(|(place, ..)| place.starts_with("failed-query 5:")), "{sql}: {all:?}");
        assert!(!all.is_empty(), "{sql}");
    }
}

#[test]
fn a_runaway_join_is_stopped() {
    let mut town = Town::new();
    let lines: String = (0..3000).map(|n| format!("{n}\n")).collect();
    town.data("big.csv", "", format!("n\n{lines}").as_bytes());
    town.formula("bad", "SELECT 'town' AS area, a.n AS period, 1 AS value FROM big a, big b, big c");
    let computed = town.computed();
    assert_eq!(computed.diagnostics.len(), 1);
    let d = &computed.diagnostics[0];
    assert_eq!(d.code, Code::FailedQuery);
    assert!(d.hint.en.contains("join"), "{d:?}");
}

/// Queries that no machine has the stack or the memory for: a message, and the others are computed.
#[test]
fn queries_without_measure() {
    let doubling: Vec<String> = (1..=30).map(|n| format!("t{n} AS (SELECT a.* FROM t{0} a, t{0} b)", n - 1)).collect();
    let wide = format!("WITH t0 AS (SELECT * FROM homes), {} SELECT area, period, value FROM t30", doubling.join(", "));
    for (sql, wanted) in [
        (
            "WITH RECURSIVE n AS (SELECT 1 AS y UNION ALL SELECT y FROM n) SELECT 'east' AS area, 2020 AS period, y AS value FROM n",
            "WITH RECURSIVE cannot be used",
        ),
        ("SELECT area, period, length(repeat('x', 2000000000)) AS value FROM homes", "repeat"),
        (wide.as_str(), "reads more than 1000 tables"),
    ] {
        let mut town = Town::new();
        town.formula("fine", "SELECT area, period, value FROM homes");
        let head = "/*---\nname = { zh = \"x\", en = \"x\" }\nunit = \"%\"\n---*/\n";
        town.text("indicators/wild.sql", &format!("{head}{sql}"));
        let (computed, problems) = town.computed_with_problems();
        let all: Vec<_> = computed.diagnostics.iter().chain(&problems).collect();
        assert!(all.iter().any(|d| d.message.en.contains(wanted) && d.location.file.ends_with("wild.sql")), "{all:#?}");
        assert_eq!(of(&computed, "fine").len(), 3);
    }
}
