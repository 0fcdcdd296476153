//! Computed indicators: values against numbers worked out by hand, and what computed values inherit.

use lantu_blueprint::model::{Stage, Trust};

use super::town::{Town, brief, of, places};

#[test]
fn ratio_growth_share_and_sum() {
    let mut town = Town::new();
    town.formula("size", "SELECT p.area, p.period, p.value / h.value AS value FROM people p JOIN homes h ON h.area = p.area AND h.period = p.period");
    town.formula(
        "growth",
        "SELECT cur.area, cur.period, 100.0 * (cur.value / prev.value - 1) AS value\nFROM people cur JOIN people prev ON prev.area = cur.area AND prev.year + 1 = cur.year",
    );
    town.formula("share", "SELECT d.area, d.period, 100.0 * d.value / t.value AS value FROM people d JOIN people t ON t.area = 'town' AND t.period = d.period WHERE d.area <> 'town'");
    town.formula("total", "SELECT 'town' AS area, p.year AS period, SUM(p.value) AS value FROM people p JOIN areas a ON a.id = p.area WHERE a.level = 'district' GROUP BY p.year");
    let computed = town.computed();
    assert_eq!(computed.diagnostics, []);
    // 100/50, 300/100, 330/150.
    assert_eq!(brief(&of(&computed, "size")), ["east 2020 2", "town 2020 3", "town 2021 2.2"]);
    // 110/100, 330/300, 363/330, 220/200: ten percent each.
    let growth = of(&computed, "growth");
    assert_eq!(growth.len(), 4);
    assert!(growth.iter().all(|o| (o.value - 10.0).abs() < 1e-9), "{:?}", brief(&growth));
    // 100/300, 110/330, 200/300, 220/330.
    let share = of(&computed, "share");
    assert_eq!(share.iter().map(|o| o.value.round()).collect::<Vec<_>>(), [33.0, 33.0, 67.0, 67.0]);
    assert_eq!(brief(&of(&computed, "total")), ["town 2020 300", "town 2021 330"]);
}

#[test]
fn stage_trust_breaks_and_publication_come_from_the_sources() {
    let mut town = Town::new();
    town.formula("copy", "SELECT area, period, value FROM people");
    town.formula("firm", "SELECT area, period, value, 'final' AS stage, 'primary' AS trust FROM people");
    town.formula("later", "SELECT cur.area, prev.period, cur.value FROM people cur JOIN people prev ON prev.area = cur.area AND prev.year + 1 = cur.year");
    let computed = town.computed();
    assert_eq!(computed.diagnostics, []);
    let find = |id: &str, area: &str, period: &str| {
        of(&computed, id).into_iter().find(|o| &*o.area == area && o.period.to_string() == period).unwrap()
    };
    assert_eq!(find("copy", "town", "2022").stage, Stage::Forecast);
    assert_eq!(find("copy", "west", "2020").trust, Trust::Secondary);
    assert!(find("copy", "west", "2021").breaks);
    assert!(!find("copy", "west", "2020").breaks);
    assert_eq!(find("firm", "town", "2022").stage, Stage::Final);
    assert_eq!(find("firm", "west", "2020").trust, Trust::Primary);
    assert_eq!(find("copy", "town", "2021").published.unwrap().to_string(), "2022-03-01");
    assert_eq!(find("copy", "east", "2020").published, None);
    // Made of a figure of 2021, so it cannot be known at the end of 2020.
    assert_eq!(find("later", "east", "2020").published.unwrap().to_string(), "2021-12-31");
    assert_eq!(&*find("copy", "east", "2020").source, "indicators/copy.sql");
}

#[test]
fn intervals_and_periods_of_every_kind() {
    let mut town = Town::new();
    town.formula(
        "range",
        "SELECT area, period, value - 1 AS low, value + 3 AS high FROM people WHERE year = 2020 AND area = 'east'",
    );
    town.formula(
        "all_three",
        "SELECT 'town' AS area, '2020-Q3' AS period, 2 AS value, 1 AS low, CAST('Infinity' AS DOUBLE) AS high",
    );
    town.formula("halves", "SELECT 'town' AS area, 2020.0 AS period, 1 AS value UNION ALL SELECT 'town', 2021, NULL");
    let computed = town.computed();
    assert_eq!(computed.diagnostics, []);
    let range = &of(&computed, "range")[0];
    assert_eq!((range.low, range.value, range.high), (99.0, 101.0, 103.0));
    let all = &of(&computed, "all_three")[0];
    assert_eq!((all.low, all.value, all.high, all.period.to_string().as_str()), (1.0, 2.0, f64::INFINITY, "2020-Q3"));
    assert_eq!(brief(&of(&computed, "halves")), ["town 2020 1"], "NULL is left out");
}

/// "More than 300" halved is more than 150, which nobody but the author of the formula can know.
#[test]
fn one_number_from_intervals_has_an_unknown_range() {
    let mut town = Town::empty();
    let figures = "indicator,area,period,value,qualifier,source\npeople,town,2020,300,at_least,yearbook\npeople,town,2021,330,,yearbook\n";
    town.figures(figures.as_bytes());
    town.formula("half", "SELECT area, period, value / 2 AS value FROM people");
    town.formula("careful", "SELECT area, period, value / 2 AS value, low / 2 AS low, high / 2 AS high FROM people");
    town.formula("exact", "SELECT area, period, value / 2 AS value FROM people WHERE low = high");
    town.formula("half_said", "SELECT area, period, value / 2 AS value, low / 2 AS low FROM people");
    let computed = town.computed();
    assert_eq!(
        places(&computed.diagnostics),
        ["lost-interval indicators/half.sql:5:1", "lost-interval indicators/half_said.sql:5:1"]
    );
    let ranges = |id: &str| of(&computed, id).iter().map(|o| (o.low, o.value, o.high)).collect::<Vec<_>>();
    let (open, infinity) = (f64::NEG_INFINITY, f64::INFINITY);
    assert_eq!(ranges("half"), [(open, 150.0, infinity), (165.0, 165.0, 165.0)]);
    assert_eq!(ranges("careful"), [(150.0, 150.0, infinity), (165.0, 165.0, 165.0)]);
    assert_eq!(ranges("exact"), [(165.0, 165.0, 165.0)]);
    assert_eq!(ranges("half_said"), [(150.0, 150.0, infinity), (165.0, 165.0, 165.0)], "an end not given is open");
}

#[test]
fn indicators_may_read_indicators_in_any_order_of_names() {
    let mut town = Town::new();
    town.formula("a_last", "SELECT area, period, value + 1 AS value FROM b_middle");
    town.formula("b_middle", "SELECT area, period, value * 2 AS value FROM C_First");
    town.formula("c_first", "SELECT area, period, value FROM homes WHERE area = 'east'");
    let computed = town.computed();
    assert_eq!(computed.diagnostics, []);
    assert_eq!(brief(&of(&computed, "a_last")), ["east 2020 101"]);
    assert_eq!(super::town::rows(&of(&computed, "a_last")[0]), ["data/figures.csv:11"], "followed down to the figure");
}

#[test]
fn chinese_names_and_data_tables() {
    let mut town = Town::new();
    town.data("census.csv", "table = \"普查\"", "代码,人口数_合计,户数\n101,100,40\n102,200,50\n".as_bytes());
    town.formula("户规模", "SELECT a.id AS area, 2020 AS period, CAST(c.\"人口数_合计\" AS DOUBLE) / c.\"户数\" AS value FROM 普查 c JOIN areas a ON a.code = CAST(c.\"代码\" AS VARCHAR)");
    let computed = town.computed();
    assert_eq!(computed.diagnostics, []);
    assert_eq!(brief(&of(&computed, "户规模")), ["east 2020 2.5", "west 2020 4"]);
}

#[test]
fn the_same_bytes_every_time() {
    let mut town = Town::new();
    for number in 0..24 {
        town.formula(&format!("f{number}"), "SELECT p.area, p.period, SUM(q.value / 3.0) OVER (PARTITION BY p.period ORDER BY p.area) / 7.0 AS value FROM people p JOIN people q ON q.area = p.area AND q.period = p.period");
    }
    let first = format!("{:?}", town.computed().observations);
    for _ in 0..5 {
        std::fs::remove_dir_all(town.root().join(".lantu")).unwrap();
        assert_eq!(format!("{:?}", town.computed().observations), first);
    }
}

#[test]
fn a_circle_does_not_stop_the_others() {
    let mut town = Town::new();
    town.formula("x", "SELECT area, period, value FROM y");
    town.formula("y", "SELECT area, period, value FROM x");
    town.formula("fine", "SELECT area, period, value FROM homes");
    let computed = town.computed();
    assert_eq!(places(&computed.diagnostics), [] as [&str; 0], "the blueprint's check reports circles");
    assert_eq!(of(&computed, "fine").len(), 3);
    assert!(of(&computed, "x").is_empty());
}
