//! Roads as a user has them assigned.

use std::path::Path;

use crate::{city, code, json, lantu, text};

fn network(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/networks/tntp").join(name).to_str().unwrap().to_owned()
}

/// Objective and total time as the collection of networks gives them; flows in the order of the file.
#[test]
fn an_equilibrium_certifies_itself_and_its_flows_are_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let flows = folder.path().join("flows.csv");
    let (net, trips) = (network("SiouxFalls_net.tntp"), network("SiouxFalls_trips.tntp"));
    let output = lantu(&[
        "assign",
        "--net",
        &net,
        "--trips",
        &trips,
        "--gap",
        "1e-12",
        "--format",
        "json",
        "--flows",
        flows.to_str().unwrap(),
    ]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let found = json(&output);
    assert!((found["objective"].as_f64().unwrap() / 4_231_335.287_107_44 - 1.0).abs() < 1e-12);
    assert!((found["total_travel_time"].as_f64().unwrap() / 7_480_225.344_92 - 1.0).abs() < 1e-9);
    assert!(found["relative_gap"].as_f64().unwrap() <= 1e-12);
    let table = std::fs::read_to_string(&flows).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!((lines.len(), lines[0]), (77, "from,to,flow,cost"));
    let first: Vec<f64> = lines[1].split(',').map(|cell| cell.parse().unwrap()).collect();
    assert!((first[2] - 4_494.657_646_46).abs() < 1e-2 && (first[3] - 6.000_816_24).abs() < 1e-6, "{first:?}");
}

#[test]
fn a_system_optimum_takes_less_time_and_words_are_in_both_languages() {
    let (net, trips) = (network("Braess_net.tntp"), network("Braess_trips.tntp"));
    let run = |more: &[&str]| lantu(&[&["--lang", "en", "assign", "--net", &net, "--trips", &trips], more].concat());
    assert!(text(&run(&[])).contains("552.0"), "{}", text(&run(&[])));
    assert!(text(&run(&["--so"])).contains("498.0"), "{}", text(&run(&["--so"])));
    assert!(text(&lantu(&["--lang", "zh", "assign", "--net", &net, "--trips", &trips])).contains("相对间隙"));
}

#[test]
fn what_cannot_be_assigned_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let net = folder.path().join("a_net.tntp");
    std::fs::write(&net, "<NUMBER OF NODES> 3\n<END OF METADATA>\n1 2 100 1 5 0.15 4 ;\n2 1 nan 1 5 0.15 4 ;\n")
        .unwrap();
    let trips = folder.path().join("a_trips.tntp");
    std::fs::write(&trips, "Origin 1\n2 : 10; 3 : 4;\n").unwrap();
    let (net, trips) = (net.to_str().unwrap(), trips.to_str().unwrap());
    let output = lantu(&["--lang", "en", "assign", "--net", net, "--trips", trips, "--flows", net]);
    assert_eq!(code(&output), 2, "{}", text(&output));
    let output = lantu(&["--lang", "en", "assign", "--net", net, "--trips", trips]);
    assert_eq!(code(&output), 1);
    for wanted in ["network-bad-number", "a_net.tntp:4", "no road between 1 pairs", "from 1 to 3"] {
        assert!(text(&output).contains(wanted), "{wanted}: {}", text(&output));
    }
    let missing = lantu(&["assign", "--net", "nowhere", "--trips", trips]);
    assert_eq!(code(&missing), 2);
}

/// On the invented town: a second bridge saves time, roadworks cost it, and the error is far below the change.
#[test]
fn a_bridge_in_an_edits_file_is_read_with_its_error() {
    let roads = |name: &str| city("template").join("roads").join(name).to_str().unwrap().to_owned();
    let (net, trips, edits) = (roads("town_net.tntp"), roads("town_trips.tntp"), roads("edits.csv"));
    let folder = tempfile::tempdir().unwrap();
    let gains = folder.path().join("gains.csv");
    let gains = gains.to_str().unwrap();
    let run = |more: &[&str]| {
        lantu(&[&["--lang", "en", "assign", "--net", &net, "--trips", &trips, "--edits", &edits], more].concat())
    };
    let output = run(&["--format", "json", "--zones", gains]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let found = json(&output);
    let change = |at: usize| found["scenarios"][at]["cost_change"]["value"].as_f64().unwrap();
    assert_eq!(found["scenarios"][0]["name"], "second bridge");
    assert!(change(0) < 0.0 && change(1) > 0.0 && change(2) > change(0));
    for scenario in found["scenarios"].as_array().unwrap() {
        let change = &scenario["cost_change"];
        assert!(change["error"].as_f64().unwrap() < 1e-3 * change["value"].as_f64().unwrap().abs());
    }
    let table = std::fs::read_to_string(gains).unwrap();
    assert_eq!((table.lines().count(), table.lines().next()), (13, Some("scenario,zone,change,error")));
    let shown = text(&run(&[]));
    assert!(shown.contains("second bridge") && shown.contains("off by at most"), "{shown}");
    assert!(shown.contains("average change of a trip from each zone") && shown.contains("-5.265 ± "), "{shown}");
    // With trips that answer to their cost the bridge brings some.
    let output = run(&["--elasticity", "-0.4", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let found = json(&output);
    assert!(found["scenarios"][0]["trips"].as_f64().unwrap() > found["base"]["trips"].as_f64().unwrap());
    assert!(found["scenarios"][0]["benefit"]["value"].as_f64().unwrap() > 0.0);
    assert_eq!(code(&run(&["--elasticity", "0.4"])), 2);
}

/// Two of six people on each of the three ways of Braess's network.
#[test]
fn routes_are_a_table() {
    let (net, trips) = (network("Braess_net.tntp"), network("Braess_trips.tntp"));
    let folder = tempfile::tempdir().unwrap();
    let routes = folder.path().join("routes.csv");
    let output =
        lantu(&["--lang", "en", "assign", "--net", &net, "--trips", &trips, "--routes", routes.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    assert!(text(&output).contains("add up to the links within"), "{}", text(&output));
    let table = std::fs::read_to_string(&routes).unwrap();
    let mut ways: Vec<(&str, f64)> = table
        .lines()
        .skip(1)
        .map(|line| (line.rsplit(',').next().unwrap(), line.split(',').nth(2).unwrap().parse().unwrap()))
        .collect();
    ways.sort_by(|a, b| a.0.cmp(b.0));
    assert_eq!(ways.iter().map(|way| way.0).collect::<Vec<_>>(), ["1 3 2", "1 3 4 2", "1 4 2"], "{table}");
    assert!(ways.iter().all(|way| (way.1 - 2.0).abs() < 1e-4), "{table}");
    assert_eq!(code(&lantu(&["assign", "--net", &net, "--trips", &trips, "--routes", &net])), 2);
}

/// GMNS: the objective of the TNTP twin; outputs and edits name what the files name, and connectors are no links of theirs.
#[test]
fn a_folder_of_gmns_is_assigned_by_its_own_names() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let path = |name: &str| at(name).to_str().unwrap().to_owned();
    let falls = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/networks/gmns/Sioux_Falls");
    let falls = falls.to_str().unwrap();
    let output =
        lantu(&["assign", "--gmns", falls, "--gap", "1e-12", "--format", "json", "--flows", &path("flows.csv")]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    assert!((json(&output)["objective"].as_f64().unwrap() / 4_231_335.287_107_44 - 1.0).abs() < 1e-12);
    let table = std::fs::read_to_string(at("flows.csv")).unwrap();
    assert_eq!(table.lines().count(), 77);

    std::fs::write(at("node.csv"), "node_id,zone_id\nwest,W\nbridge,\neast,E\n").unwrap();
    std::fs::write(
        at("link.csv"),
        "link_id,from_node_id,to_node_id,directed,length,lanes,capacity,free_speed\n1,west,bridge,0,1,1,10,60\n2,bridge,east,0,1,1,10,60\n",
    )
    .unwrap();
    std::fs::write(at("demand.csv"), "o_zone_id,d_zone_id,volume\nW,E,5\nW,X,1\n").unwrap();
    std::fs::write(at("edits.csv"), "scenario,action,from,to\ncut,close,bridge,east\nslip,close,bridge,nowhere\n")
        .unwrap();
    let (net, here) = (path("flows.csv"), path(""));
    let output = lantu(&["--lang", "en", "assign", "--gmns", &here, "--flows", &net]);
    assert_eq!(code(&output), 1, "{}", text(&output));
    for wanted in ["demand.csv:3", "no node of node.csv is in a zone `X`", "note[network-default]", "link.csv:2"] {
        assert!(text(&output).contains(wanted), "{wanted}: {}", text(&output));
    }
    let table = std::fs::read_to_string(at("flows.csv")).unwrap();
    let ends: Vec<String> = table.lines().map(|line| line.split(',').take(3).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(ends, ["from to flow", "west bridge 5", "bridge west 0", "bridge east 5", "east bridge 0"]);
    let zones = path("zones.csv");
    let output = lantu(&["--lang", "en", "assign", "--gmns", &here, "--edits", &path("edits.csv"), "--zones", &zones]);
    assert!(text(&output).contains("`nowhere` is no node"), "{}", text(&output));
    assert_eq!(std::fs::read_to_string(at("zones.csv")).unwrap(), "scenario,zone,change,error\ncut,W,,\ncut,E,,\n");
    for wrong in
        [&["--gmns", &here, "--flows", &path("link.csv")][..], &["--gmns", &here, "--net", &net], &[], &["--net", &net]]
    {
        assert_eq!(code(&lantu(&[&["assign"], wrong].concat())), 2, "{wrong:?}");
    }
}

/// Other flows than with the curves of the file; a curve that falls is named with its row, and the rest is solved.
#[test]
fn curves_of_ones_own_take_the_place_of_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let (net, trips) = (network("SiouxFalls_net.tntp"), network("SiouxFalls_trips.tntp"));
    let total = |table: &str, wanted: i32| {
        let path = folder.path().join("curves.csv");
        std::fs::write(&path, table).unwrap();
        let curves = ["--curves", path.to_str().unwrap(), "--format", "json"];
        let output = lantu(&[&["--lang", "en", "assign", "--net", &net, "--trips", &trips], &curves[..]].concat());
        assert_eq!(code(&output), wanted, "{}", text(&output));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (json(&output)["total_travel_time"].as_f64().unwrap(), said)
    };
    let (bent, _) = total("type,saturation,factor\n1,0,1\n1,1,1.2\n1,2,4\n", 0);
    assert!((bent / 7_480_225.344_92 - 1.0).abs() > 0.01, "{bent}");
    let (plain, said) = total("type,saturation,factor\n1,0,1\n1,1,0.5\n", 1);
    assert!((plain / 7_480_225.344_92 - 1.0).abs() < 1e-9, "{plain}");
    assert!(said.contains("network-bad-curve") && said.contains("curves.csv:3"), "{said}");
}

/// Braess: without the fifth road six people save nine minutes each; the table is in the order of the file.
#[test]
fn every_road_is_closed_in_turn() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roads.csv");
    let (net, trips, file) = (network("Braess_net.tntp"), network("Braess_trips.tntp"), path.to_str().unwrap());
    let run = |more: &[&str]| lantu(&[&["--lang", "en", "assign", "--net", &net, "--trips", &trips], more].concat());
    let output = run(&["--criticality", file]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    assert!(
        text(&output).contains("total cost as it is 552.000") && text(&output).contains("-54.000"),
        "{}",
        text(&output)
    );
    let table = std::fs::read_to_string(&path).unwrap();
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0], ["from", "to", "change", "error", "unreached_trips"]);
    let ends: Vec<String> = rows[1..].iter().map(|row| row[..2].join(" ")).collect();
    assert_eq!(ends, ["1 3", "1 4", "3 2", "3 4", "4 2"]);
    assert!((rows[4][2].parse::<f64>().unwrap() + 54.0).abs() < 1e-5, "{table}");
    let found = json(&run(&["--criticality", file, "--format", "json"]));
    assert_eq!((found["closed"].as_u64(), found["worst"].as_array().unwrap().len()), (Some(5), 5));
    assert_eq!(code(&run(&["--criticality", &net])), 2);
    assert_eq!(code(&run(&["--criticality", file, "--flows", "flows.csv"])), 2);
}

/// A table as a Chinese spreadsheet saves it: GBK, with names in Chinese.
#[test]
fn tables_of_chinese_spreadsheets_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let edits = folder.path().join("edits.csv");
    // 「新桥」 in GBK.
    let name = [0xD0, 0xC2, 0xC7, 0xC5];
    let row = b",change,5,6,3000\n";
    std::fs::write(&edits, [b"scenario,action,from,to,capacity\n".as_slice(), &name, row].concat()).unwrap();
    let roads = |name: &str| city("template").join("roads").join(name).to_str().unwrap().to_owned();
    let (net, trips) = (roads("town_net.tntp"), roads("town_trips.tntp"));
    let output = lantu(&["assign", "--net", &net, "--trips", &trips, "--edits", edits.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    assert!(text(&output).contains("新桥") && text(&output).contains("GBK"), "{}", text(&output));
    std::fs::write(&edits, [0xFF, 0xFF, 0x00, 0x81]).unwrap();
    assert_eq!(code(&lantu(&["assign", "--net", &net, "--trips", &trips, "--edits", edits.to_str().unwrap()])), 2);
}
