//! What is within reach, as a user asks for it.

use std::path::Path;

use crate::{city, code, json, lantu, text};

fn file(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The hospital case of PySAL's `access`: 67/88, 23/24 and 289/264 doctors a person, and who is within 60 of which place.
#[test]
fn doctors_within_reach() {
    let folder = tempfile::tempdir().unwrap();
    let costs = "from,to,cost\na,a,1\na,b,80\na,hub,40\nb,a,80\nb,b,1\nb,hub,40\nhub,a,40\nhub,b,40\nhub,hub,1\n";
    let costs = file(folder.path(), "costs.csv", costs);
    let places = file(folder.path(), "places.csv", "id,people,doctors\na,100,15\nb,50,20\nhub,10,100\n");
    let (people, doctors) = (format!("{places}:people"), format!("{places}:doctors"));
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (access, share) = (at("access.csv"), at("share.csv"));
    let all = ["--costs", &costs, "--people", &people, "--held", &doctors, "--within", "61", "--measure", "2sfca"];
    let output =
        lantu(&[&["reach", "costs"], &all[..], &["--access", &access, "--share", &share, "--format", "json"]].concat());
    assert_eq!(code(&output), 0, "{}", text(&output));
    let found = json(&output);
    for (id, expected) in [("a", 67.0 / 88.0), ("b", 23.0 / 24.0), ("hub", 289.0 / 264.0)] {
        assert!((found["access"]["2sfca_61"][id].as_f64().unwrap() - expected).abs() < 1e-12, "{found}");
    }
    assert_eq!(found["covered"][0]["share"], 1.0);
    assert_eq!(std::fs::read_to_string(&share).unwrap(), "id,share_61\na,0.6875\nb,0.375\nhub,1\n");
    assert_eq!(std::fs::read_to_string(&access).unwrap().lines().next(), Some("id,2sfca_61"));
    let shown = text(&lantu(&[&["--lang", "en", "reach", "costs"], &all[..]].concat()));
    assert!(shown.contains("people who reach one within 61") && shown.contains("100.0%"), "{shown}");
    // Far places count less, by the bands of Luo and Qi.
    let bands = ["--decay", "bands:10=1,30=0.68,60=0.22", "--measure", "3sfca", "--format", "json"];
    let most = ["--costs", &costs, "--people", &people, "--held", &doctors, "--within", "61"];
    let found = json(&lantu(&[&["reach", "costs"], &most[..], &bands[..]].concat()));
    assert!((found["access"]["3sfca_61"]["hub"].as_f64().unwrap() - 5.407_661_835_6).abs() < 1e-9, "{found}");
}

/// Times of the invented town along empty roads, by hand: over the river and along.
#[test]
fn times_along_roads() {
    let folder = tempfile::tempdir().unwrap();
    let roads = |name: &str| city("template").join("roads").join(name).to_str().unwrap().to_owned();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (net, matrix, nodes) = (roads("town_net.tntp"), at("matrix.csv"), at("nodes.csv"));
    let isochrone = ["--from", "1", "--nodes", &nodes, "--within", "5,3"];
    let output = lantu(&[&["reach", "roads", "--net", &net, "--matrix", &matrix], &isochrone[..]].concat());
    assert_eq!(code(&output), 0, "{}", text(&output));
    let table = std::fs::read_to_string(&matrix).unwrap();
    // 1 + 3 + 1 minutes over the bridge, 1 + 4 + 1 to the island.
    assert!(table.starts_with("from,to,cost\n1,1,0\n1,2,5\n1,3,6\n"), "{table}");
    let table = std::fs::read_to_string(&nodes).unwrap();
    assert!(table.starts_with("node,cost,within,x,y\n1,0,3,,\n2,5,5,,\n3,6,,,\n"), "{table}");
    // The second bridge, three minutes long, from the island to the market: five with both ends.
    let (edits, bridged) = (roads("edits.csv"), at("bridged.csv"));
    let bridge = |name: &str| {
        lantu(&["reach", "roads", "--net", &net, "--edits", &edits, "--scenario", name, "--matrix", &bridged])
    };
    assert_eq!(code(&bridge("second bridge")), 0);
    let table = std::fs::read_to_string(&bridged).unwrap();
    assert!(table.contains("\n3,4,5\n"), "{table}");
    assert_eq!(code(&bridge("third bridge")), 2);
    // With traffic no way is faster, and some are slower.
    let (trips, loaded) = (roads("town_trips.tntp"), at("loaded.csv"));
    let output = lantu(&["reach", "roads", "--net", &net, "--trips", &trips, "--loaded", "--matrix", &loaded]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let costs = |path: &str| -> Vec<f64> {
        let text = std::fs::read_to_string(path).unwrap();
        text.lines().skip(1).map(|line| line.rsplit(',').next().unwrap().parse().unwrap()).collect()
    };
    let (empty, loaded) = (costs(&matrix), costs(&loaded));
    assert!(empty.iter().zip(&loaded).all(|(empty, loaded)| empty <= loaded));
    assert!(empty.iter().sum::<f64>() + 1.0 < loaded.iter().sum());
}

#[test]
fn what_cannot_be_reached_or_read_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let costs = file(folder.path(), "costs.csv", "from,to,cost\na,x,5\nb,x,inf\nb,x,-3\n");
    let people = file(folder.path(), "people.csv", "id,people\na,10\n");
    let held = file(folder.path(), "held.csv", "id,beds\nx,4\n");
    let access = folder.path().join("access.csv").to_str().unwrap().to_owned();
    let (people, held) = (format!("{people}:people"), format!("{held}:beds"));
    let run = |more: &[&str]| lantu(&[&["--lang", "en", "reach", "costs", "--costs", &costs], more].concat());
    let measured = ["--people", &people, "--held", &held, "--within", "9", "--measure", "opportunities"];
    let output = run(&[&measured[..], &["--access", &access]].concat());
    assert_eq!(code(&output), 1, "{}", text(&output));
    for wanted in ["network-bad-number", "costs.csv:4", "1 places have no people", "1 / 2"] {
        assert!(text(&output).contains(wanted), "{wanted}: {}", text(&output));
    }
    // Nothing in reach is no value, not 0.
    assert_eq!(std::fs::read_to_string(&access).unwrap(), "id,opportunities_9\na,4\nb,\n");
    for wrong in [
        &["--measure", "2sfca", "--held", &held, "--within", "9"][..],
        &["--measure", "opportunities", "--held", &held],
        &["--people", "people.csv"],
        &["--decay", "bands:20=1,10=0.5"],
        &["--matrix", &costs],
        &["--people", "nowhere.csv:people"],
    ] {
        assert_eq!(code(&run(wrong)), 2, "{wrong:?}");
    }
}

#[test]
fn nobody_is_lost_and_nothing_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let costs = file(folder.path(), "costs.csv", "from,to,cost\na,x,5\n");
    let people = file(folder.path(), "people.csv", "id,people\na,10\nisland,990\n");
    let held = file(folder.path(), "held.csv", "id,n,note\nx,1,\"5 inch\n");
    let (people_of, held_of) = (format!("{people}:people"), format!("{held}:n"));
    let run = |more: &[&str]| lantu(&[&["--lang", "en", "reach", "costs", "--costs", &costs], more].concat());
    let output = run(&["--people", &people_of, "--within", "5"]);
    assert_eq!(code(&output), 1, "{}", text(&output));
    assert!(text(&output).contains("990 in all, do not count"), "{}", text(&output));
    let output = run(&["--held", &held_of]);
    assert_eq!(code(&output), 1, "{}", text(&output));
    assert!(text(&output).contains("network-open-quote"), "{}", text(&output));
    for written in [&people, &costs] {
        let output = run(&["--people", &people_of, "--within", "5", "--matrix", written]);
        assert_eq!(code(&output), 2, "{written}: {}", text(&output));
    }
    let twice = folder.path().join("twice.csv").to_str().unwrap().to_owned();
    let both = ["--people", &people_of, "--within", "5", "--matrix", &twice, "--share", &twice];
    assert_eq!(code(&run(&both)), 2);
    assert!(std::fs::read_to_string(&people).unwrap().contains("island,990"));
    // Within a feed that is a folder.
    let feed = folder.path().join("feed");
    std::fs::create_dir(&feed).unwrap();
    for name in ["stops.txt", "trips.txt", "stop_times.txt", "calendar.txt", "routes.txt"] {
        std::fs::copy(city("template").join("transit/gtfs").join(name), feed.join(name)).unwrap();
    }
    let (points, stops) = (city("template").join("transit/points.csv"), feed.join("stops.txt"));
    let [feed, points, stops] = [&feed, &points, &stops].map(|path| path.to_str().unwrap().to_owned());
    let usual = ["reach", "transit", "--gtfs", &feed, "--points", &points, "--date", "2026-03-02", "--depart", "07:00"];
    assert_eq!(code(&lantu(&[&usual, ["--matrix", stops.as_str()].as_slice()].concat())), 2);
    assert!(std::fs::read_to_string(&stops).unwrap().starts_with("stop_id"));
    // Bands that go beyond the limit count up to there.
    let held = file(folder.path(), "held2.csv", "id,n\nx,4\n");
    let held_of = format!("{held}:n");
    let bands = ["--held", &held_of, "--within", "10", "--decay", "bands:20=0.5", "--measure", "opportunities"];
    let output = run(&[&bands[..], &["--format", "json"]].concat());
    assert_eq!(json(&output)["access"]["opportunities_10"]["a"], 2.0);
}
