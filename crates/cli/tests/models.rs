//! Models as a user runs them.

use std::path::PathBuf;

use crate::{city, code, json, lantu, text};

fn model(name: &str) -> String {
    city("template").join("models").join(name).to_str().unwrap().to_owned()
}

fn rows(output: &std::process::Output) -> Vec<Vec<String>> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn one_run_is_a_table_with_time() {
    let output = lantu(&["simulate", &model("town.xmile"), "--save", "population,emissions"]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let table = rows(&output);
    assert_eq!(table[0], ["time", "population", "emissions"]);
    assert_eq!((table[1][0].as_str(), table[1][1].as_str()), ("2020", "8870"), "the model's own first values");
    let set = lantu(&["simulate", &model("town.xmile"), "--save", "population", "--set", "population=5000"]);
    assert_eq!(rows(&set)[1][1], "5000", "a stock is set by its first value");
    let rows_of_json = json(&lantu(&["simulate", &model("town.xmile"), "--save", "population", "--format", "json"]));
    assert_eq!(rows_of_json[0]["population"], 8870.0);
}

#[test]
fn a_file_in_parquet_holds_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.parquet");
    let output = lantu(&["simulate", &model("town.xmile"), "--format", "parquet", "-o", path.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    assert_eq!(std::fs::read(&path).unwrap()[..4], *b"PAR1");
}

#[test]
fn an_ensemble_gives_bands_and_probabilities_twice_the_same() {
    let (town, vary) = (model("town.xmile"), model("vary.toml"));
    let run = || lantu(&["simulate", &town, "--vary", &vary, "--runs", "300", "--seed", "5", "--format", "json"]);
    let output = run();
    assert_eq!(code(&output), 0, "{}", text(&output));
    assert_eq!(output.stdout, run().stdout, "the same seed");
    let found = json(&output);
    assert_eq!(found["runs"], 300);
    for threshold in found["thresholds"].as_array().unwrap() {
        let probability = threshold["probability"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&probability));
    }
    let last = |name: &str| found["bands"][0][name].as_array().unwrap().last().unwrap().as_f64().unwrap();
    assert!(last("q05") <= last("q25") && last("q25") <= last("q50") && last("q50") <= last("q95"));
    let csv = lantu(&["--lang", "en", "simulate", &town, "--vary", &vary, "--runs", "50", "--save", "population"]);
    assert_eq!(rows(&csv)[0][..4], ["variable", "time", "runs", "mean"]);
    assert!(text(&csv).contains("reached in"), "{}", text(&csv));
}

#[test]
fn a_check_tells_problems_with_their_place() {
    let good = lantu(&["simulate", "check", &model("town.xmile")]);
    assert_eq!(code(&good), 0, "{}", text(&good));
    let shape = json(&lantu(&["simulate", "check", &model("town.xmile"), "--format", "json"]))["structure"].clone();
    let population = shape["stocks"].as_array().unwrap().iter().find(|stock| stock["name"] == "population").unwrap();
    assert_eq!(population["inflows"], serde_json::json!(["births", "arrivals"]));
    let loops = shape["loops"].as_array().unwrap();
    let polarity = |names: [&str; 2]| {
        let found = loops.iter().find(|one| one["variables"] == serde_json::json!(names));
        found.map(|one| one["polarity"].as_str().unwrap().to_owned())
    };
    assert_eq!(polarity(["population", "births"]).as_deref(), Some("reinforcing"));
    assert_eq!(polarity(["population", "deaths"]).as_deref(), Some("balancing"));
    assert_eq!(shape["loops_complete"], true);
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("bad.mdl");
    std::fs::write(&path, "rate = 2 ~~|\nx = 3 * rte ~~|\nINITIAL TIME=0~~|FINAL TIME=1~~|TIME STEP=1~~|").unwrap();
    let bad = lantu(&["simulate", "check", path.to_str().unwrap(), "--format", "json"]);
    assert_eq!(code(&bad), 1);
    let problem = json(&bad)["problems"][0].clone();
    assert_eq!(
        (problem["code"].as_str(), problem["line"].as_u64()),
        (Some("model-unknown-name"), Some(2)),
        "{problem}"
    );
    assert!(problem["hint"].as_str().unwrap().contains("rate"));
    std::fs::write(&path, "p = 3 ~person~|\nq = p * 2 ~km~|\nINITIAL TIME=0~~|FINAL TIME=1~~|TIME STEP=1~~|").unwrap();
    let clash = lantu(&["--lang", "en", "simulate", "check", path.to_str().unwrap()]);
    assert_eq!(code(&clash), 0, "a clash is a warning");
    assert!(text(&clash).contains("model-unit-clash") && text(&clash).contains("bad.mdl:2:1"), "{}", text(&clash));
    std::fs::write(&path, "rate = 2 ~~|\nx = 3 * rte ~~|\nINITIAL TIME=0~~|FINAL TIME=1~~|TIME STEP=1~~|").unwrap();
    let run = lantu(&["simulate", path.to_str().unwrap()]);
    assert_eq!((code(&run), run.stdout.len()), (1, 0), "nothing is run");
}

#[test]
fn what_cannot_be_done_is_said() {
    let cases: [&[&str]; 5] = [
        &["simulate", "no-such-file.mdl"],
        &["simulate", "Cargo.toml"],
        &["simulate", "x.mdl", "--set", "novalue"],
        &["simulate", "x.mdl", "--runs", "0"],
        &["sensitivity", "x.mdl"],
    ];
    for arguments in cases {
        let output = lantu(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", text(&output));
        assert!(!output.stderr.is_empty());
    }
    let unknown = lantu(&["--lang", "en", "simulate", &model("town.xmile"), "--set", "popluation=1"]);
    assert_eq!(code(&unknown), 1);
    assert!(text(&unknown).contains("did you mean `population`?"), "{}", text(&unknown));
}

#[test]
fn every_method_names_the_parameters() {
    for method in ["sobol", "morris", "pawn", "regional", "prim"] {
        let samples = if method == "morris" { "10" } else { "256" };
        let arguments = ["--vary", &model("vary.toml"), "--method", method, "--samples", samples, "--format", "json"];
        let output = lantu(&[&["sensitivity", &model("town.xmile")][..], &arguments[..]].concat());
        assert_eq!(code(&output), 0, "{method}: {}", text(&output));
        let found = json(&output);
        let names: Vec<&str> = found.as_array().unwrap().iter().filter_map(|row| row["parameter"].as_str()).collect();
        assert!(!names.is_empty(), "{method}");
    }
}

#[test]
fn calibration_finds_parameters_and_its_draws_can_be_run() {
    let folder = tempfile::tempdir().unwrap();
    let (fit, draws) = (folder.path().join("fit.toml"), folder.path().join("draws.csv"));
    let template = std::fs::read_to_string(model("fit.toml")).unwrap();
    let fewer = template.lines().map(|line| if line.starts_with("steps") { "steps = 60" } else { line });
    std::fs::write(&fit, fewer.collect::<Vec<_>>().join("\n")).unwrap();
    let (fit, draws) = (fit.to_str().unwrap(), draws.to_str().unwrap());
    let (town, observed) = (model("town.xmile"), model("observed.csv"));
    let arguments = ["calibrate", &town, "--fit", fit, "--observed", &observed, "--format", "json", "-o", draws];
    let output = lantu(&arguments);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let found = json(&output);
    assert_eq!(found["parameters"].as_array().unwrap().len(), 4);
    assert!(found["loss"].as_f64().unwrap().is_finite());
    let run = lantu(&["simulate", &town, "--draws", draws, "--save", "population", "--format", "json"]);
    assert_eq!(code(&run), 0, "{}", text(&run));
    assert!(json(&run)["runs"].as_u64().unwrap() > 50);
}
