//! Air quality: the index of HJ 633-2012 against another program's results, and the limits of GB 3095-2012.
//!
//! The records are those of tests/appraisal/air (its README says which program and version).

use super::support::{class, classes, file, graded, rules_of, units_for};
use lantu_appraisal::evaluate::{Reason, prepare};

/// Records whose index of CO the other program puts one too high: it rounds up what its arithmetic leaves over. At 2.2 mg/m³ the
/// index is 50 + 50 × 0.2 / 2 = 55 and needs no rounding; likewise 446 at 133.8, 238 at 71.4 and 496 at 148.8 in an hour.
const ONE_TOO_HIGH: &[(&str, &str)] = &[
    ("aqi-hj633-2012-24h", "r187"),
    ("aqi-hj633-2012-24h", "r209"),
    ("aqi-hj633-2012-24h", "r257"),
    ("aqi-hj633-2012-1h", "r245"),
    ("aqi-hj633-2012-1h", "r261"),
    ("aqi-hj633-2012-1h", "r287"),
    ("aqi-hj633-2026-24h", "r187"),
    ("aqi-hj633-2026-24h", "r209"),
    ("aqi-hj633-2026-24h", "r257"),
    ("aqi-hj633-2026-1h", "r245"),
    ("aqi-hj633-2026-1h", "r261"),
    ("aqi-hj633-2026-1h", "r287"),
];

/// Every index, total, level and primary pollutant of every record.
fn every_record(name: &str, path: &str) -> usize {
    let table = file(path);
    let rules = rules_of(name);
    let units = units_for(&rules, &table);
    let (prepared, problems) = prepare(&rules, &units, &Default::default());
    assert!(problems.is_empty(), "{problems:?}");
    let found = graded(&rules, &units);
    let head: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    let at = |column: &str| head.iter().position(|name| *name == column).unwrap();
    for (row, line) in table.lines().skip(1).enumerate() {
        let cells: Vec<&str> = line.split(',').collect();
        let off = if ONE_TOO_HIGH.contains(&(name, cells[0])) { 1.0 } else { 0.0 };
        let same = |ours: f64, theirs: &str, off: f64| {
            theirs.parse().map_or(ours.is_nan(), |theirs: f64| ours == theirs - off)
        };
        for (item, scores) in rules.items.iter().zip(&prepared.scores) {
            let off = if item.id == "co" { off } else { 0.0 };
            let theirs = cells[at(&format!("i_{}", item.id))];
            assert!(same(scores[row], theirs, off), "{line}: {} is {}", item.id, scores[row]);
        }
        let off = if cells[at("primary")] == "co" { off } else { 0.0 };
        assert!(same(found.totals[row], cells[at("aqi")], off), "{line}: {}", found.totals[row]);
        assert_eq!(class(&rules, &found, row), cells[at("level")], "{line}");
        // The deciding items, where the rules say that they are named.
        let named = found.outcomes_of(row).any(|outcome| rules.consequences[outcome.consequence].id == "primary");
        let deciding = found.reasons_of(row).filter_map(|reason| match reason {
            Reason::Decides { item } => Some(rules.items[*item].id.as_str()),
            _ => None,
        });
        let primary: Vec<&str> = deciding.filter(|_| named).collect();
        assert_eq!(primary.join(" "), cells[at("primary")], "{line}");
    }
    units.len()
}

#[test]
fn index_of_days() {
    assert_eq!(every_record("aqi-hj633-2012-24h", "tests/appraisal/air/aqi_hub_0_2_1_daily.csv"), 345);
}

#[test]
fn index_of_hours() {
    assert_eq!(every_record("aqi-hj633-2012-1h", "tests/appraisal/air/aqi_hub_0_2_1_hourly.csv"), 344);
}

#[test]
fn indices_of_2026() {
    assert_eq!(every_record("aqi-hj633-2026-24h", "tests/appraisal/air/aqi_hub_0_3_3_daily.csv"), 355);
    assert_eq!(every_record("aqi-hj633-2026-1h", "tests/appraisal/air/aqi_hub_0_3_3_hourly.csv"), 354);
    let day = rules_of("aqi-hj633-2012-24h").valid_to.unwrap().next();
    assert_eq!(rules_of("aqi-hj633-2026-24h").valid_from, day, "no day is without an index");
}

/// One real hour of eight national stations in Ningbo: the index that the origin gives, station by station.
#[test]
fn stations_of_ningbo() {
    let table = file("cities/ningbo/data/air_stations_2018-11-20T15.csv");
    let rules = rules_of("aqi-hj633-2012-1h");
    let found = graded(&rules, &units_for(&rules, &table));
    let published: Vec<f64> =
        table.lines().skip(1).map(|row| row.rsplit(',').next().unwrap().parse().unwrap()).collect();
    assert_eq!((found.totals, published.len()), (published, 8));
}

/// Values on a straight line are worked out with fractions, and only what is left over is rounded up: 4.9 / 35 × 50 is 7.
#[test]
fn a_whole_index_is_not_rounded_up() {
    let rules = rules_of("aqi-hj633-2012-24h");
    let table =
        "id,pm25,pm10,so2,no2,co,o3_8h\na,4.9,,,,,\nb,5,,,,,\nc,128.3,,,,,\nd,45,,,,,\ne,,180,,,,\nf,,,,,,200\n";
    assert_eq!(graded(&rules, &units_for(&rules, table)).totals, [7.0, 8.0, 169.0, 63.0, 115.0, 137.0]);
}

#[test]
fn both_indices_end_with_the_standard() {
    for name in ["aqi-hj633-2012-24h", "aqi-hj633-2012-1h", "air-gb3095-2012-class1", "air-gb3095-2012-class2"] {
        let rules = rules_of(name);
        assert_eq!(rules.valid_from.to_string(), "2016-01-01");
        assert_eq!(rules.valid_to.unwrap().to_string(), "2026-02-28");
    }
}

/// GB 3095-2012, table 1: item, period, limit of class 1, of class 2.
const LIMITS: &[(&str, &str, f64, f64)] = &[
    ("so2", "year", 20.0, 60.0),
    ("so2", "day", 50.0, 150.0),
    ("so2", "hour", 150.0, 500.0),
    ("no2", "year", 40.0, 40.0),
    ("no2", "day", 80.0, 80.0),
    ("no2", "hour", 200.0, 200.0),
    ("co", "day", 4.0, 4.0),
    ("co", "hour", 10.0, 10.0),
    ("o3", "day", 100.0, 160.0),
    ("o3", "hour", 160.0, 200.0),
    ("pm10", "year", 40.0, 70.0),
    ("pm10", "day", 50.0, 150.0),
    ("pm25", "year", 15.0, 35.0),
    ("pm25", "day", 35.0, 75.0),
];

#[test]
fn on_the_limit_complies_and_beyond_it_exceeds() {
    let columns = ["so2", "no2", "co", "o3", "pm10", "pm25"];
    for (number, limit) in [(1, 2), (2, 3)] {
        let limit = |row: &(&str, &str, f64, f64)| if limit == 2 { row.2 } else { row.3 };
        let mut table = format!("id,period,{}\n", columns.join(","));
        for row in LIMITS {
            for (name, share) in [("on", 1.0), ("over", 1.01)] {
                let cell = |column: &&str| match *column == row.0 {
                    true => (limit(row) * share).to_string(),
                    false => "0".to_owned(),
                };
                let cells: Vec<String> = columns.iter().map(cell).collect();
                table += &format!("{}-{}-{name},{},{}\n", row.0, row.1, row.1, cells.join(","));
            }
        }
        let found = classes(&format!("air-gb3095-2012-class{number}"), &table);
        assert_eq!(found.len(), 2 * LIMITS.len());
        for (row, class) in found.iter().enumerate() {
            let expected = if row % 2 == 0 { "complies" } else { "exceeds" };
            assert_eq!(class, expected, "class {number}: {}", table.lines().nth(row + 1).unwrap());
        }
    }
}

#[test]
fn what_was_not_measured_does_not_comply() {
    let table = "id,period,so2,no2,co,o3,pm10,pm25
whole-year,year,10,20,,,30,10
whole-hour,hour,10,20,1,50,,
no-dust,day,10,20,1,50,,20
no-dust-but-over,day,10,20,1,999,,20
no-ozone,hour,10,20,1,,5,5
nothing,day,,,,,,
negative,day,-1,20,1,50,30,20
";
    let expected = ["complies", "complies", "incomplete", "exceeds", "incomplete", "", ""];
    assert_eq!(classes("air-gb3095-2012-class2", table), expected);
}
