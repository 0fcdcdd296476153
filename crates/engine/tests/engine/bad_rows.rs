//! Observation tables: intervals, and rows that are left out with a reason.

use lantu_blueprint::model::{Stage, Trust};

use super::town::{FIGURES, Town, assert_complete, brief, places, rows};

const HEAD: &str = "indicator,area,period,value,qualifier,low,high,unit\n";

fn problems_of(lines: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
    let mut town = Town::empty();
    town.figures(format!("{HEAD}{lines}").as_bytes());
    let (engine, problems) = town.open();
    assert_complete(&problems);
    let words = problems.iter().map(|d| format!("{} | {}", d.message.en, d.hint.en)).collect();
    (brief(engine.published()), places(&problems), words)
}

#[test]
fn fields_are_read() {
    let (engine, problems) = Town::new().open();
    assert_eq!(problems, []);
    let all = engine.published();
    let names: Vec<String> = all.iter().map(|o| format!("{} {} {}", o.indicator, o.area, o.period)).collect();
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!(names, sorted);
    let west = all.iter().find(|o| &*o.area == "west" && o.period.to_string() == "2021").unwrap();
    assert!(west.breaks);
    assert_eq!(rows(west), ["data/figures.csv:8"]);
    let forecast = all.iter().find(|o| o.stage == Stage::Forecast).unwrap();
    assert_eq!((forecast.value, &*forecast.source), (363.0, "bureau"));
    assert!(all.iter().any(|o| o.trust == Trust::Secondary));
    assert!(all.iter().any(|o| o.published.is_some_and(|day| day.to_string() == "2022-03-01")));
}

#[test]
fn qualifiers_become_intervals() {
    let mut town = Town::empty();
    let lines = "people,town,2001,1.30,about,,,\npeople,town,2002,10000,about,,,\npeople,town,2003,100,at_least,,,\n\
                 people,town,2004,100,at_most,,,\npeople,town,2005,100,about,90,,\npeople,town,2006,,,10,20,\npeople,town,2007,5,,,,persons\n";
    town.figures(format!("{HEAD}{lines}").as_bytes());
    let (engine, problems) = town.open();
    assert_eq!(problems, []);
    let intervals: Vec<(f64, f64, f64)> = engine.published().iter().map(|o| (o.value, o.low, o.high)).collect();
    assert_eq!(
        intervals,
        [
            (1.3, 1.25, 1.35),
            (10000.0, 5000.0, 15000.0),
            (100.0, 100.0, f64::INFINITY),
            (100.0, f64::NEG_INFINITY, 100.0),
            (100.0, 90.0, 150.0),
            (15.0, 10.0, 20.0),
            (5.0, 5.0, 5.0)
        ]
    );
}

#[test]
fn about_is_half_of_the_last_digit_written() {
    let figures = [
        ("1.3", 0.05),
        ("12000", 500.0),
        ("7", 0.5),
        ("0.0", 0.05),
        ("1.2e3", 50.0),
        ("-40", 5.0),
        ("100.0", 50.0),
        ("0.07", 0.005),
    ];
    let lines: String = figures
        .iter()
        .enumerate()
        .map(|(at, (figure, _))| format!("people,town,{},{figure},about,,,\n", 2000 + at))
        .collect();
    let mut town = Town::empty();
    town.figures(format!("{HEAD}{lines}").as_bytes());
    let (engine, problems) = town.open();
    assert_eq!(problems, []);
    for (o, (figure, half)) in engine.published().iter().zip(figures) {
        assert_eq!((o.low, o.high), (o.value - half, o.value + half), "{figure}");
    }
}

#[test]
fn each_bad_row_is_named_and_left_out() {
    let cases = [
        ("peeple,town,2020,1,,,,", "unknown-reference data/figures.csv:2:1", "did you mean `people`?"),
        ("people,twon,2020,1,,,,", "unknown-reference data/figures.csv:2:8", "did you mean `town`?"),
        ("people,town,20,1,,,,", "bad-value data/figures.csv:2:13", "2025-H1"),
        ("people,town,2020,NaN,,,,", "bad-value data/figures.csv:2:18", "not a finite number"),
        ("people,town,2020,inf,,,,", "bad-value data/figures.csv:2:18", "not a finite number"),
        ("people,town,2020,\"3,14\",,,,", "bad-value data/figures.csv:2:18", "decimal comma"),
        ("people,town,2020,many,,,,", "bad-value data/figures.csv:2:18", "not a number"),
        ("people,town,2020,,,,,", "missing-field data/figures.csv:2:18", "`value` is empty"),
        (",town,2020,1,,,,", "missing-field data/figures.csv:2:1", "`indicator` is empty"),
        ("people,town,2020,1,roughly,,,", "bad-value data/figures.csv:2:20", "at_least, at_most, about"),
        ("people,town,2020,1,,2,3,", "bad-value data/figures.csv:2:18", "not between 2 and 3"),
        ("people,town,2020,1,,,,count", "unit-mismatch data/figures.csv:2:23", "that of `people` is `persons`"),
        ("people,town,2020", "bad-table data/figures.csv:2:1", "3 columns"),
    ];
    for (line, place, word) in cases {
        let (kept, places, words) = problems_of(&format!("{line}\npeople,east,2020,7,,,,\n"));
        assert_eq!(places, [place], "{line}: {words:?}");
        assert!(words[0].contains(word), "{line}: {words:?}");
        assert_eq!(kept, ["east 2020 7"], "{line}");
    }
}

#[test]
fn the_second_figure_for_one_key_is_left_out() {
    let (kept, places, words) = problems_of("people,town,2020,1,,,,\npeople,east,2020,2,,,,\npeople,town,2020,3,,,,\n");
    assert_eq!(kept, ["east 2020 2", "town 2020 1"]);
    assert_eq!(places, ["duplicate-id data/figures.csv:4:1"]);
    assert!(words[0].contains("data/figures.csv, row 2"), "{words:?}");

    let mut town = Town::empty();
    town.figures(b"indicator,area,period,value,stage\npeople,town,2020,1,forecast\npeople,town,2020,2,final\n");
    town.formula("copy", "SELECT area, period, value FROM people");
    let (engine, problems) = town.open();
    assert_eq!(problems, [], "a forecast and its result are two figures");
    assert_eq!(brief(&super::town::of(&engine.observations(), "copy")), ["town 2020 2"], "formulas see the result");
}

#[test]
fn a_computed_indicator_takes_no_figures() {
    let mut town = Town::empty();
    town.formula("share", "SELECT area, period, value FROM people");
    town.figures(format!("{HEAD}share,town,2020,1,,,,\n").as_bytes());
    let (_, problems) = town.open();
    assert_eq!(places(&problems), ["bad-value data/figures.csv:2:1"]);
}

#[test]
fn columns_must_be_there_and_known() {
    let mut town = Town::empty();
    town.figures(b"indicator,area,period,figure\npeople,town,2020,1\n");
    let (engine, problems) = town.open();
    assert_eq!(places(&problems), ["missing-field data/figures.csv:1:1", "unknown-field data/figures.csv:1:23"]);
    assert_complete(&problems);
    assert!(engine.published().is_empty());
}

#[test]
fn order_of_rows_does_not_matter() {
    let (head, lines) = FIGURES.split_once('\n').unwrap();
    let mut reversed: Vec<&str> = lines.lines().collect();
    reversed.reverse();
    let mut town = Town::empty();
    town.figures(format!("{head}\n{}\n", reversed.join("\n")).as_bytes());
    assert_eq!(brief(town.open().0.published()), brief(Town::new().open().0.published()));
}
