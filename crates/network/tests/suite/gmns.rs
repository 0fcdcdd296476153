//! Networks of the General Modeling Network Specification: the same as their TNTP twins, and as Path4GMNS solves them.

use std::collections::HashMap;

use lantu_network::assignment::{Class, Goal, Options, Solution};
use lantu_network::criticality::criticality;
use lantu_network::diagnostic::{Code, Diagnostic, Severity};
use lantu_network::read::gmns::{Files, Gmns, read};

use crate::{equilibrium, load, text};

fn folder(name: &str) -> String {
    format!("{}/../../tests/networks/gmns/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn open(name: &str) -> (Gmns, Vec<Diagnostic>) {
    let [node, link, demand] = ["node.csv", "link.csv", "demand.csv"].map(|file| text(&folder(name), file));
    let (found, problems) = read(&Files { node: &node, link: &link, demand: &demand, config: None });
    assert!(problems.iter().all(|problem| problem.severity == Severity::Note), "{problems:?}");
    (found.unwrap(), problems)
}

fn solved(found: &Gmns, gap: f64) -> Solution {
    equilibrium(&found.network, &found.demand, (0.0, 0.0), Goal::UserEquilibrium, gap)
}

/// The volumes that Path4GMNS has: how much above ours their objective is, in shares of the time of all trips, and the largest
/// difference of a link, in shares of the largest volume.
fn beside_path4gmns(found: &Gmns, solution: &Solution, name: &str) -> (f64, f64) {
    let known: HashMap<(String, String), f64> = text(&folder(name), "path4gmns.csv")
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<_>>())
        .map(|cells| ((cells[0].to_owned(), cells[1].to_owned()), cells[2].parse().unwrap()))
        .collect();
    let largest = known.values().fold(0.0_f64, |a, b| a.max(*b));
    let links = found.network.links().iter().zip(found.network.places()).zip(&solution.flows[0]);
    let (mut above, mut worst, mut count) = (0.0, 0.0_f64, 0);
    for ((link, _), flow) in links.filter(|((_, place), _)| **place < found.roads) {
        let theirs = known[&(found.names.of(link.from).into_owned(), found.names.of(link.to).into_owned())];
        above += link.delay().area(theirs) - link.delay().area(*flow);
        worst = worst.max((flow - theirs).abs() / largest);
        count += 1;
    }
    assert_eq!(count, known.len());
    (above / solution.certificate.total_travel_time, worst)
}

/// The files of Path4GMNS hold the numbers of the TNTP collection.
#[test]
fn sioux_falls_is_the_same_in_both_formats() {
    let (found, _) = open("Sioux_Falls");
    let (network, demand) = load("", "SiouxFalls");
    assert_eq!((found.network.zones, found.network.nodes(), found.roads), (24, 48, 76));
    assert_eq!(found.demand, demand);
    let solution = solved(&found, 1e-12);
    let twin = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-12);
    let (own, other) = (solution.certificate.objective, twin.certificate.objective);
    assert!((own / other - 1.0).abs() < 1e-12, "{own} {other}");
    assert!((own / 42.313_352_871_074_4e5 - 1.0).abs() < 1e-12, "{own}");
    // Path4GMNS was run to a gap of 5.0e-5.
    let (above, worst) = beside_path4gmns(&found, &solution, "Sioux_Falls");
    assert!((0.0..5.0e-5).contains(&above) && worst < 5e-4, "{above} {worst}");
}

/// Two routes of 45 and 1 + v/100 minutes for 4,000: 66 minutes each, and 86 with one of them closed. Connectors are not closed.
#[test]
fn two_equal_routes_share_the_trips() {
    let (found, _) = open("Braess_Paradox");
    let solution = solved(&found, 1e-12);
    let class = [Class { demand: found.demand.clone(), ..Class::default() }];
    let options = Options { gap: 1e-12, ..Options::default() };
    let closed = criticality(&found.network, found.roads, &class, Goal::UserEquilibrium, &options).1;
    assert_eq!(closed.len(), 4);
    for one in closed {
        assert!((one.change.unwrap().value / (4_000.0 * 20.0) - 1.0).abs() < 1e-9, "{one:?}");
    }
    assert!((solution.certificate.total_travel_time / (4_000.0 * 66.0) - 1.0).abs() < 1e-9, "{solution:?}");
}

/// Most values are missing and zones have many nodes each: it only comes out the same where all of that is taken as
/// Path4GMNS takes it. It was run to a gap of 6.4e-5.
#[test]
fn a_campus_with_most_values_missing() {
    let (found, problems) = open("ASU");
    assert_eq!((found.network.zones, found.network.nodes(), found.roads), (45, 1043, 1836));
    let at = |code: Code| problems.iter().filter(|problem| problem.code == code).map(|p| p.line).collect::<Vec<_>>();
    assert_eq!((at(Code::Default).len(), at(Code::NotForCars).len()), (5, 0), "{problems:?}");
    let solution = solved(&found, 1e-10);
    assert!(solution.certificate.relative_gap <= 1e-10, "{:?}", solution.certificate);
    // Counted by a search of its own, outside this crate: several zones lie beside the road network.
    assert_eq!(solution.unreached.len(), 380);
    let (above, worst) = beside_path4gmns(&found, &solution, "ASU");
    assert!((0.0..6.4e-5).contains(&above) && worst < 1e-2, "{above} {worst}");
}

const NODES: &str = "node_id,zone_id,x_coord,y_coord\n1,a,0,0\n2,a,2,0\n3,,1,x\n4,b.0,5,5\n";

#[track_caller]
fn said(problems: &[Diagnostic], file: &str, code: Code, line: usize) {
    let found = problems.iter().any(|problem| {
        let message = &problem.message;
        (problem.file, problem.code, problem.line) == (file, code, line)
            && !message.zh.is_empty()
            && !message.en.is_empty()
    });
    assert!(found, "{file} {code:?} at {line}: {problems:?}");
}

/// Units of the file; a link both ways; capacity by lanes; ids as decimals; a bicycle lane left out.
#[test]
fn what_the_specification_says_is_taken() {
    let files = Files {
        node: NODES,
        link: "link_id,from_node_id,to_node_id,directed,length,lanes,capacity,free_speed,toll,allowed_uses,vdf_alpha,vdf_beta\n\
               a,1.0,3,false,500,2,900,50,3,\"bike, auto\",0.5,2\n\
               b,3,4,TRUE,1000,1.5,1000,60,,,,\n\
               c,3,4,1,1000,1,1000,15,,bike,,\n",
        demand: "o_zone_id,d_zone_id,volume\na,b.0,10\nb.0,a,\na,a,7\n",
        config: Some("dataset_name,long_length,speed\nTown,meter,kph\n"),
    };
    let (found, problems) = read(&files);
    let found = found.unwrap();
    assert_eq!((found.network.zones, found.network.nodes(), found.roads, found.demand.total()), (2, 6, 3, 10.0));
    assert_eq!(found.coordinates[..3], [Some([1.0, 0.0]), Some([5.0, 5.0]), Some([0.0, 0.0])]);
    assert_eq!(found.coordinates[4], None);
    let link = |from: &str, to: &str| {
        let ends = (found.names.node(from).unwrap(), found.names.node(to).unwrap());
        *found.network.links().iter().find(|link| (link.from, link.to) == ends).unwrap()
    };
    let (there, back) = (link("1", "3"), link("3", "1"));
    assert_eq!((there.capacity, there.b, there.power, there.toll), (1_800.0, 0.5, 2.0, 3.0));
    assert!((there.free_flow_time - 0.6).abs() < 1e-12 && there.free_flow_time == back.free_flow_time);
    let other = link("3", "4");
    assert_eq!((other.capacity, other.free_flow_time, other.b, other.power), (1_500.0, 1.0, 0.15, 4.0));
    said(&problems, "link.csv", Code::Default, 3);
    said(&problems, "link.csv", Code::NotForCars, 4);
    assert_eq!(problems.len(), 2, "{problems:?}");
    // Nothing passes through a zone: from its other node there is no way on.
    assert!(solved(&found, 1e-9).unreached.is_empty());
    assert_eq!(solved(&found, 1e-9).flows[0].iter().sum::<f64>(), 40.0);
}

#[test]
fn rows_that_cannot_be_read_are_left_out_and_said() {
    let files = Files {
        node: &format!("{NODES}4,b,0,0\n,b,0,0\n"),
        link: "link_id,from_node_id,to_node_id,directed,length,lanes,capacity,free_speed\n\
               1,1,3,1,1,1,1000,60\n1,3,4,1,1,1,1000,60\n2,3,9,1,1,1,1000,60\n3,3,4,1,NaN,1,1000,60\n\
               4,3,4,1,-1,1,1000,60\n5,3,4,1,1e308,1,1000,60\n6,3,4,maybe,1,1,1000,60\n7,3,4,1,1,1,1000,0\n\
               8,3,4,1,1,1e200,1e200,60\n9,3\n10,3,4,1,1,1,1000,60\n",
        demand: "o_zone_id,d_zone_id,volume\na,b.0,10\na,c,10\na,b.0,-1\na,b.0,1e308\na,b.0",
        config: Some("long_length,speed\nleague,mph\n"),
    };
    let (found, problems) = read(&files);
    let found = found.unwrap();
    assert_eq!((found.roads, found.demand.total()), (2, 10.0));
    said(&problems, "config.csv", Code::UnknownUnit, 2);
    said(&problems, "node.csv", Code::DuplicateNode, 6);
    said(&problems, "node.csv", Code::ShortRow, 7);
    said(&problems, "link.csv", Code::DuplicateLink, 3);
    said(&problems, "link.csv", Code::UnknownNode, 4);
    for line in [5, 6, 7, 8, 9, 10] {
        said(&problems, "link.csv", Code::BadNumber, line);
    }
    said(&problems, "link.csv", Code::ShortRow, 11);
    said(&problems, "demand.csv", Code::UnknownNode, 3);
    said(&problems, "demand.csv", Code::BadNumber, 4);
    said(&problems, "demand.csv", Code::BadNumber, 5);
    said(&problems, "demand.csv", Code::ShortRow, 6);
    assert!(solved(&found, 1e-9).unreached.is_empty());
}

#[test]
fn no_more_is_told_of_a_broken_file_than_can_be_read() {
    let broken = format!("link_id,from_node_id,to_node_id,length\n{}", "x,y,z,1\n".repeat(1_000));
    for link in ["", "link_id", "from_node_id,to_node_id\n", &broken, "from_node_id,to_node_id,length\n\"1,3,"] {
        let (found, problems) = read(&Files { node: NODES, link, demand: "o_zone_id", config: None });
        assert!(found.is_none() && problems.len() < 110, "{link}: {}", problems.len());
        assert!(problems.iter().any(|problem| problem.code == Code::NotANetwork));
    }
}
