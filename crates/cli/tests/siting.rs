//! Facilities as a user has them placed.

use std::path::Path;

use crate::{city, code, json, lantu, text};

fn stores(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/siting/spopt").join(name).to_str().unwrap().to_owned()
}

/// Values that spopt's guide prints for this case.
#[test]
fn stores_of_san_francisco_are_placed_as_others_do() {
    let (costs, demand) = (stores("costs.csv"), stores("demand.csv"));
    let cases: [(&[&str], f64); 4] = [
        (&["--p-median", "4"], 2_848_268_129.714_510_4),
        (&["--max-cover", "4", "--within", "5000"], 875_247.0),
        (&["--set-cover", "--within", "5000"], 8.0),
        (&["--p-center", "4"], 7_403.063_810_849_835),
    ];
    for (problem, known) in cases {
        let output =
            lantu(&[&["locate", "--costs", &costs, "--demand", &demand, "--format", "json"], problem].concat());
        assert_eq!(code(&output), 0, "{}", text(&output));
        let found = json(&output);
        assert!((found["value"].as_f64().unwrap() / known - 1.0).abs() < 1e-9, "{problem:?}: {found}");
        assert!(found["gap"].as_f64().unwrap() < 1.1e-9, "{problem:?}: {found}");
    }
}

/// On the invented town: what exists stays, the words are in both languages, everyone's site is a table.
#[test]
fn a_school_that_exists_stays() {
    let file = |name: &str| city("template").join("facilities").join(name).to_str().unwrap().to_owned();
    let (costs, pupils, sites) = (file("minutes.csv"), file("pupils.csv"), file("sites.csv"));
    let folder = tempfile::tempdir().unwrap();
    let served = folder.path().join("served.csv");
    let served = served.to_str().unwrap();
    let run = |lang: &str, more: &[&str]| {
        let all =
            ["--lang", lang, "locate", "--costs", &costs, "--demand", &pupils, "--sites", &sites, "--p-median", "3"];
        lantu(&[&all, more].concat())
    };
    let output = run("en", &["--within", "15", "--assign", served]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    for wanted in ["proven lower bound", "old school yard  yes", "demands beyond the standard"] {
        assert!(text(&output).contains(wanted), "{wanted}: {}", text(&output));
    }
    assert!(text(&run("zh", &[])).contains("已证明的下界"));
    let table = std::fs::read_to_string(served).unwrap();
    assert_eq!((table.lines().count(), table.lines().next()), (13, Some("demand,site,cost")));
    let over = run("en", &["--assign", &pupils]);
    assert_eq!(code(&over), 2, "{}", text(&over));
    assert_eq!(code(&run("en", &["--within", "nan"])), 2);
    assert_eq!(code(&run("en", &["--p-center", "2"])), 2);
}

#[test]
fn what_cannot_be_placed_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let demand = write("demand.csv", "id,weight\na,10\nb,nan\nc,5\na,1\nd,0\n,3\n");
    let costs = write("costs.csv", "from,to,cost\na,x,4\na,x,3\nc,x,-1\nc,y,\na,y,9\nz,x,1\nd,x,1\n");
    let sites = write("sites.csv", "id,cost,existing\nx,2,\ny,,\nw,1,maybe\nv,1,no\n");
    let run =
        |more: &[&str]| lantu(&[&["--lang", "en", "locate", "--costs", &costs, "--demand", &demand], more].concat());
    let output = run(&["--sites", &sites, "--p-median", "1"]);
    assert_eq!(code(&output), 1, "{}", text(&output));
    for wanted in [
        "demand.csv:3",
        "demand.csv:5",
        "demand.csv:7",
        "sites.csv:3",
        "sites.csv:4",
        "costs.csv:4",
        "network-bad-number",
        "network-duplicate-id",
        "network-unknown-id",
        "no site can serve: 1, 5 in all: c",
    ] {
        assert!(text(&output).contains(wanted), "{wanted}: {}", text(&output));
    }
    for (more, wanted) in [
        (vec!["--p-median", "3"], "3 sites are wanted and there are 2"),
        (vec!["--p-median", "0"], "0 sites are wanted"),
        (vec!["--set-cover", "--within", "1"], "no demand reaches a site"),
        (vec!["--max-cover", "1"], "--within"),
        (vec![], "--p-median"),
    ] {
        let output = run(&more);
        assert_eq!(code(&output), 2, "{more:?}: {}", text(&output));
        assert!(text(&output).contains(wanted), "{more:?}: {}", text(&output));
    }
    let empty = write("empty.csv", "");
    let output = lantu(&["locate", "--costs", &empty, "--demand", &demand, "--p-median", "1"]);
    assert_eq!(code(&output), 1, "{}", text(&output));
}
