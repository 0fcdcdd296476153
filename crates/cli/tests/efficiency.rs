//! Efficiencies as a user asks for them.

use std::path::Path;

use crate::{city, code, json, lantu, text};

const CLINICS: [&str; 6] = ["--id", "clinic", "--inputs", "doctors,nurses,rooms", "--outputs", "visits,home_visits"];

fn clinics(more: &[&str]) -> std::process::Output {
    let data = city("template").join("efficiency/clinics.csv");
    lantu(&[&["--lang", "en", "efficiency", "--data", data.to_str().unwrap()], &CLINICS[..], more].concat())
}

/// Scores of the R package Benchmarking, two of them without a solution.
#[test]
fn schools_come_out_as_others_have_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/dea");
    let data = folder.join("pft.csv");
    let known = std::fs::read_to_string(folder.join("benchmarking.csv")).unwrap();
    let inputs = "education,occupation,parental,counselling,teachers";
    let all = ["efficiency", "--data", data.to_str().unwrap(), "--id", "site", "--inputs", inputs];
    let all = [&all[..], &["--outputs", "reading,mathematics,coopersmith", "--returns", "variable"]].concat();
    let mut infeasible = 0;
    for (more, column) in [(&["--format", "csv"][..], 3), (&["--format", "csv", "--super"][..], 4)] {
        let output = lantu(&[&all[..], more].concat());
        assert_eq!(code(&output), 0, "{}", text(&output));
        let table = String::from_utf8(output.stdout).unwrap();
        let known = known.lines().filter(|row| row.starts_with("input,variable,"));
        assert_eq!(table.lines().count(), 71);
        for (row, known) in table.lines().skip(1).zip(known) {
            let (row, known): (Vec<&str>, Vec<&str>) = (row.split(',').collect(), known.split(',').collect());
            assert_eq!(row[0], known[2]);
            if known[column].is_empty() {
                assert_eq!((row[1], row[2]), ("", "infeasible"));
                infeasible += 1;
            } else {
                let number = |field: &str| field.parse::<f64>().unwrap();
                assert!((number(row[1]) - number(known[column])).abs() < 1e-6, "{row:?} {known:?}");
            }
        }
    }
    let missing = known.lines().filter(|row| row.starts_with("input,variable,") && row.split(',').nth(4) == Some(""));
    assert_eq!(infeasible, missing.count());
    assert!(infeasible > 0);
}

#[test]
fn clinics_in_every_shape() {
    let output = clinics(&["--returns", "variable", "--scale"]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    for wanted in ["efficient", "scale efficiency", "increasing", "slack of home_visits", "tannery"] {
        assert!(text(&output).contains(wanted), "{wanted}: {}", text(&output));
    }
    let found = json(&clinics(&["--format", "json", "--scale"]));
    let units = found["units"].as_array().unwrap();
    assert_eq!(units.len(), 16);
    let data = std::fs::read_to_string(city("template").join("efficiency/clinics.csv")).unwrap();
    for (unit, row) in units.iter().zip(data.lines().skip(2)) {
        let row: Vec<&str> = row.split(',').collect();
        assert_eq!(unit["id"], row[0]);
        let (score, scale) = (unit["score"].as_f64().unwrap(), &unit["scale"]);
        assert!((scale["constant"].as_f64().unwrap() - score).abs() < 1e-9, "{unit}");
        // What the peers use is what a unit would need: its share, less the slack.
        let (target, slack) = (&unit["targets"]["nurses"], &unit["slacks"]["nurses"]);
        let needed = score * row[2].parse::<f64>().unwrap() - slack.as_f64().unwrap();
        assert!((target.as_f64().unwrap() - needed).abs() < 1e-9, "{unit}");
        assert!(unit["certificate"]["gap"].as_f64().unwrap() < 1e-9, "{unit}");
    }
    let table = clinics(&["--format", "csv", "--sbm"]);
    assert!(text(&table).starts_with("clinic,score,standing,slack_doctors,"), "{}", text(&table));
    let chinese = lantu(
        &[&["efficiency", "--data", city("template").join("efficiency/clinics.csv").to_str().unwrap()], &CLINICS[..]]
            .concat(),
    );
    assert!(text(&chinese).contains("平均得分"), "{}", text(&chinese));
    assert_eq!(code(&clinics(&["--sbm", "--super"])), 2);
    assert_eq!(code(&clinics(&["--returns", "some"])), 2);
}

#[test]
fn what_cannot_be_compared_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let run = |content: &str, id: &str, inputs: &str, outputs: &str| {
        let path = folder.path().join("units.csv");
        std::fs::write(&path, content).unwrap();
        let path = path.to_str().unwrap();
        lantu(&["--lang", "en", "efficiency", "--data", path, "--id", id, "--inputs", inputs, "--outputs", outputs])
    };
    let output = run("n,a,y\nu,1,1\nu,2,2\nv,-1,1\nw,0,1\n,1,1\nx,2,1\n", "n", "a", "y");
    assert_eq!(code(&output), 1, "{}", text(&output));
    for wanted in ["units.csv:3", "units.csv:4", "units.csv:5", "units.csv:6", "units-bad-id", "units-no-value", "x"] {
        assert!(text(&output).contains(wanted), "{wanted}: {}", text(&output));
    }
    assert!(text(&output).contains("few for 1 inputs"), "{}", text(&output));
    assert_eq!(code(&run("n,a,y\nu,1,1\n", "n", "a", "z")), 1);
    assert_eq!(code(&run("", "n", "a", "y")), 1);
    let twice = run("n,a,y\nu,1,1\n", "n", "a", "a");
    assert_eq!(code(&twice), 2);
    assert!(text(&twice).contains("named twice: a"), "{}", text(&twice));
    // One unit, and nobody to compare it with: no mean, and no error.
    let path = folder.path().join("one.csv");
    std::fs::write(&path, "n,a,y\nu,1,1\n").unwrap();
    let all =
        ["efficiency", "--data", path.to_str().unwrap(), "--id", "n", "--inputs", "a", "--outputs", "y", "--super"];
    let alone = lantu(&[&["--lang", "en"], &all[..]].concat());
    assert!(text(&alone).contains("mean score     –") && !text(&alone).contains("-0"), "{}", text(&alone));
    let missing = lantu(&["efficiency", "--data", "no-such.csv", "--id", "n", "--inputs", "a", "--outputs", "y"]);
    assert_eq!(code(&missing), 2);
}
