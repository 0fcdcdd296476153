//! Travel times by public transport as a user has them worked out, on the invented town.

use std::io::Write as _;
use std::path::Path;

use crate::{city, code, json, lantu, text};

fn transit(name: &str) -> String {
    city("template").join("transit").join(name).to_str().unwrap().to_owned()
}

fn reach(more: &[&str]) -> std::process::Output {
    let (feed, points) = (transit("gtfs"), transit("points.csv"));
    let usual = [
        "--lang", "en", "reach", "transit", "--gtfs", &feed, "--points", &points, "--depart", "07:00", "--window", "30",
    ];
    lantu(&[&usual, ["--max-walk", "15"].as_slice(), more].concat())
}

/// The cells of one pair.
fn row<'a>(table: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    let begin = format!("{from},{to},");
    table.lines().find_map(|line| line.strip_prefix(&begin)).expect("the pair").split(',').collect()
}

/// Worked out by hand. From the hill: 79 s to the stop and a minute there, so that the bus of 7:15 is caught until 7:12 and
/// that of 7:30 until 7:27; 291 s to the school, which is 0.0102 of 0.0210 degrees of the ten minutes to the pier, and 56 s on foot. The 7:15 alone meets the ferry of 7:35, which is at
/// the island at 7:43, and the bus of 8:00 to the mill, six minutes and 112 s on foot.
#[test]
fn times_of_the_invented_town_are_those_worked_out_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("times.csv");
    let table = table.to_str().unwrap();
    let output = reach(&["--date", "2026-03-02", "--percentiles", "25,50", "--matrix", table, "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let found = json(&output);
    assert_eq!(found["counts"], serde_json::json!({ "feeds": 1, "services": 2, "routes": 2, "trips": 32, "stops": 8 }));
    assert_eq!((&found["origins"], &found["destinations"]), (&4.into(), &4.into()));
    let table = std::fs::read_to_string(table).unwrap();
    assert!(table.starts_with("from,to,cost,p50\n"), "{table}");
    assert_eq!(row(&table, "hill", "school"), ["11.783333", "15.783333"]);
    assert_eq!(row(&table, "hill", "island"), ["38.933333", ""]);
    assert_eq!(row(&table, "hill", "mill"), ["62.866667", ""]);
    assert!(!table.contains("mill,hill"), "{table}");
    assert_eq!(row(&table, "mill", "mill"), ["0", "0"]);
}

/// A zip as feeds are handed round, packed with its folder; on 1 May there is only the ferry.
#[test]
fn a_zip_is_read_like_a_folder_and_days_differ() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    for file in std::fs::read_dir(transit("gtfs")).unwrap() {
        let file = file.unwrap();
        zip.start_file(
            format!("town/{}", file.file_name().to_str().unwrap()),
            zip::write::SimpleFileOptions::default(),
        )
        .unwrap();
        zip.write_all(&std::fs::read(file.path()).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    let points = transit("points.csv");
    let run = |date: &str, more: &[&str]| {
        let usual = [
            "--lang",
            "en",
            "reach",
            "transit",
            "--gtfs",
            path.to_str().unwrap(),
            "--points",
            &points,
            "--depart",
            "07:00",
        ];
        lantu(&[&usual, ["--date", date, "--format", "json"].as_slice(), more].concat())
    };
    assert_eq!(json(&run("2026-03-02", &[]))["counts"]["trips"], 32);
    assert_eq!(json(&run("2026-05-01", &[]))["counts"]["trips"], 2);
    let nothing = run("2027-05-01", &[]);
    assert_eq!(code(&nothing), 1);
    assert!(
        text(&nothing).contains("transit-no-service") && text(&nothing).contains("straight lines"),
        "{}",
        text(&nothing)
    );
    let twice = run("2026-03-02", &["--gtfs", &transit("gtfs")]);
    assert_eq!(json(&twice)["counts"]["trips"], 64);
}

#[test]
fn what_cannot_be_read_is_said_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let day = ["--date", "2026-03-02"];
    let no_streets = write("a.osm.pbf", b"<osm>");
    let output = reach(&[&day, ["--osm", &no_streets].as_slice()].concat());
    assert_eq!(code(&output), 1);
    assert!(text(&output).contains("transit-not-streets"), "{}", text(&output));
    let points = write("points.csv", "id,lon,lat\na,0,x\n".as_bytes());
    let output = reach(&[&day, ["--to", &points, "--matrix", &points].as_slice()].concat());
    assert_eq!(code(&output), 2, "{}", text(&output));
    let output = reach(&[&day, ["--to", &points].as_slice()].concat());
    assert_eq!(code(&output), 1);
    assert!(
        text(&output).contains("network-bad-number") && text(&output).contains("points.csv:2"),
        "{}",
        text(&output)
    );
    for wrong in [["--date", "2026-02-30"], ["--date", "soon"]] {
        assert_eq!(code(&reach(&wrong)), 2);
    }
    let no_zip = write("a.zip", b"PK");
    let output = lantu(&[
        "reach",
        "transit",
        "--gtfs",
        &no_zip,
        "--points",
        &points,
        "--date",
        "2026-03-02",
        "--depart",
        "7:00",
    ]);
    assert_eq!(code(&output), 2, "{}", text(&output));
    assert!(Path::new(&points).exists());
    let shown = text(&lantu(&[
        "--lang",
        "zh",
        "reach",
        "transit",
        "--gtfs",
        &transit("gtfs"),
        "--points",
        &transit("points.csv"),
        "--date",
        "2026-03-02",
        "--depart",
        "07:00",
    ]));
    assert!(shown.contains("到得了的地点对") && shown.contains("步行按直线算"), "{shown}");
}
