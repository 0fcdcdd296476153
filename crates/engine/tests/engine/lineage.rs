//! From a value down to the rows it is made of, through every kind of query.

use lantu_blueprint::model::Stage;

use super::town::{Town, assert_complete, of, rows};

/// Rows of the sources of each value of a formula, as `area period: lines of figures.csv`.
fn lines(sql: &str) -> Vec<String> {
    let mut town = Town::new();
    town.formula("f", sql);
    let computed = town.computed();
    assert_complete(&computed.diagnostics);
    assert_eq!(computed.diagnostics, []);
    of(&computed, "f")
        .iter()
        .map(|o| {
            let lines: Vec<String> = rows(o).iter().map(|row| row.replace("data/figures.csv:", "")).collect();
            format!("{} {}: {}", o.area, o.period, lines.join(" "))
        })
        .collect()
}

#[test]
fn filter_and_projection() {
    assert_eq!(
        lines("SELECT area, period, value * 2 AS value FROM people WHERE year = 2020 AND area <> 'town'"),
        ["east 2020: 5", "west 2020: 6"]
    );
}

#[test]
fn join_on_keys() {
    assert_eq!(
        lines(
            "SELECT p.area, p.period, p.value / h.value AS value FROM people p JOIN homes h ON h.area = p.area AND h.period = p.period"
        ),
        ["east 2020: 5 11", "town 2020: 2 9", "town 2021: 3 10"]
    );
}

#[test]
fn left_join_keeps_values_without_a_partner() {
    assert_eq!(
        lines(
            "SELECT p.area, p.period, COALESCE(h.value, p.value) AS value FROM people p LEFT JOIN homes h ON h.area = p.area AND h.period = p.period WHERE p.year = 2020"
        ),
        ["east 2020: 5 11", "town 2020: 2 9", "west 2020: 6"]
    );
}

#[test]
fn growth_by_self_join_and_by_window() {
    let wanted = ["east 2021: 5 7", "town 2021: 2 3", "town 2022: 3 4", "west 2021: 6 8"];
    assert_eq!(
        lines(
            "SELECT c.area, c.period, c.value / p.value AS value FROM people c JOIN people p ON p.area = c.area AND p.year + 1 = c.year"
        ),
        wanted
    );
    assert_eq!(
        lines(
            "SELECT area, period, value / before AS value FROM (SELECT area, period, value, LAG(value) OVER (PARTITION BY area ORDER BY year) AS before FROM people) AS t WHERE before IS NOT NULL"
        ),
        wanted
    );
}

#[test]
fn aggregates_cite_their_group() {
    assert_eq!(
        lines("SELECT 'town' AS area, period, SUM(value) AS value FROM people WHERE area <> 'town' GROUP BY period"),
        ["town 2020: 5 6", "town 2021: 7 8"]
    );
    assert_eq!(lines("SELECT 'town' AS area, 2020 AS period, MAX(value) AS value FROM homes"), ["town 2020: 9 10 11"]);
    assert_eq!(
        lines("SELECT 'town' AS area, period, COUNT(DISTINCT area) AS value FROM people GROUP BY period"),
        ["town 2020: 2 5 6", "town 2021: 3 7 8", "town 2022: 4"]
    );
}

#[test]
fn an_aggregate_of_aggregates_and_having() {
    assert_eq!(
        lines(
            "SELECT 'town' AS area, MAX(y) AS period, SUM(s) AS value FROM (SELECT year AS y, SUM(value) AS s FROM people WHERE area <> 'town' GROUP BY year HAVING COUNT(*) = 2) AS t"
        ),
        ["town 2021: 5 6 7 8"]
    );
}

#[test]
fn windows_cite_their_partition() {
    assert_eq!(
        lines(
            "SELECT area, period, value / SUM(value) OVER (PARTITION BY period) AS value FROM people WHERE area <> 'town'"
        ),
        ["east 2020: 5 6", "east 2021: 7 8", "west 2020: 5 6", "west 2021: 7 8"]
    );
    assert_eq!(
        lines(
            "SELECT area, period, RANK() OVER (PARTITION BY period ORDER BY value DESC) AS value FROM people WHERE year = 2020 AND area <> 'town'"
        ),
        ["east 2020: 5 6", "west 2020: 5 6"]
    );
    assert_eq!(
        lines(
            "SELECT area, period, AVG(value) OVER (PARTITION BY area ORDER BY year ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS value FROM people WHERE area = 'town'"
        ),
        ["town 2020: 2", "town 2021: 2 3", "town 2022: 3 4"]
    );
}

#[test]
fn unions_and_common_tables() {
    assert_eq!(
        lines(
            "WITH t AS (SELECT area, period, value FROM people WHERE area = 'east' UNION ALL SELECT area, period, value FROM homes WHERE area = 'town') SELECT area, period, value FROM t"
        ),
        ["east 2020: 5", "east 2021: 7", "town 2020: 9", "town 2021: 10"]
    );
    assert_eq!(
        lines(
            "SELECT DISTINCT area, '2020' AS period, 1 AS value FROM people WHERE area = 'east' UNION SELECT 'west', '2020', value FROM homes WHERE year = 2021"
        ),
        ["east 2020: 5 7", "west 2020: 10"]
    );
}

#[test]
fn subqueries() {
    let all = lines(
        "SELECT area, period, value FROM people WHERE year = 2020 AND area IN (SELECT area FROM homes WHERE year = 2021)",
    );
    assert_eq!(all, ["town 2020: 2 10"], "the row that admits it is a source");
    let all = lines(
        "SELECT area, period, value FROM people p WHERE year = 2020 AND NOT EXISTS (SELECT 1 FROM homes h WHERE h.area = p.area)",
    );
    assert_eq!(all, ["west 2020: 6"]);
    let all =
        lines("SELECT area, period, value / (SELECT MAX(value) FROM homes) AS value FROM people WHERE year = 2022");
    assert_eq!(all, ["town 2022: 4 9 10 11"]);
    let all = lines(
        "SELECT area, period, value / (SELECT MAX(h.value) FROM homes h WHERE h.area = p.area AND h.period = p.period) AS value FROM people p WHERE year = 2021 AND area = 'town'",
    );
    assert_eq!(all, ["town 2021: 3 10"]);
}

#[test]
fn order_and_limit() {
    assert_eq!(lines("SELECT area, period, value FROM people ORDER BY value DESC LIMIT 1"), ["town 2022: 4"]);
}

#[test]
fn rows_of_areas_and_data_files_are_sources_too() {
    let mut town = Town::new();
    town.data("land.jsonl", "table = \"land\"", b"{\"area\":\"east\",\"km2\":4}\n\n{\"area\":\"west\",\"km2\":10}\n");
    town.formula("f", "SELECT p.area, p.period, p.value / l.km2 AS value FROM people p JOIN land l ON l.area = p.area JOIN areas a ON a.id = p.area WHERE a.level = 'district' AND p.year = 2020");
    let all = of(&town.computed(), "f");
    assert_eq!(rows(&all[0]), ["areas.csv:3", "data/figures.csv:5", "data/land.jsonl:1"]);
    assert_eq!(rows(&all[1]), ["areas.csv:4", "data/figures.csv:6", "data/land.jsonl:3"]);
}

#[test]
fn columns_are_followed_to_their_tables() {
    let mut town = Town::new();
    town.formula("f", "WITH t AS (SELECT p.area, p.period AS year_text, p.value / h.value AS ratio FROM people p JOIN homes h ON h.area = p.area AND h.period = p.period) SELECT area, year_text AS period, 100 * ratio + (SELECT MIN(value) FROM people) AS value, 'final' AS stage FROM t");
    let (engine, _) = town.open();
    let lineage = engine.lineage("f").unwrap();
    let text: Vec<String> = lineage
        .columns
        .iter()
        .map(|c| {
            format!(
                "{} <- {}",
                c.output,
                c.inputs.iter().map(|i| format!("{}.{}", i.table, i.column)).collect::<Vec<_>>().join(" ")
            )
        })
        .collect();
    assert_eq!(
        text,
        ["area <- people.area", "period <- people.period", "value <- homes.value people.value", "stage <- "]
    );
    assert_eq!(engine.lineage("people"), None);
    assert_eq!(engine.lineage("nothing"), None);
}

/// Where sources are too many to list, or decide by not being there, the worst of what was read counts.
#[test]
fn what_is_not_listed_is_not_forgotten() {
    let mut figures = String::from("indicator,area,period,value,stage,published,source\n");
    for month in 0..3_120 {
        figures += &format!("people,east,{}-{:02},1,,,yearbook\n", 1750 + month / 12, month % 12 + 1);
    }
    figures += "people,east,2010-01,1,forecast,2030-01-01,bureau\nhomes,west,2010-01,1,,,yearbook\n";
    let mut town = Town::empty();
    town.figures(figures.as_bytes());
    town.formula("share", "SELECT area, period, value / SUM(value) OVER (PARTITION BY area) AS value FROM people");
    town.formula(
        "absent",
        "SELECT area, period, value FROM homes h WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.area = h.area)",
    );
    let computed = town.computed();
    assert_eq!(computed.diagnostics, []);
    let first = &of(&computed, "share")[0];
    assert_eq!((first.period.to_string().as_str(), first.stage), ("1750-01", Stage::Forecast));
    assert_eq!(first.published.map(|day| day.to_string()).as_deref(), Some("2030-01-01"));
    let absent = &of(&computed, "absent")[0];
    assert_eq!((&*absent.area, absent.stage), ("west", Stage::Forecast));
    assert_eq!(rows(absent), ["data/figures.csv:3123"], "and what is listed is right");
}
