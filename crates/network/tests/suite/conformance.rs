//! Every network of the TNTP collection, from `tests/networks/conformance.csv`: read whole, solved to 1e-12, and as good as the best
//! that is known. A deviation has its reason there, and the list fails when one starts to pass.

use std::fmt::Write as _;

use lantu_network::assignment::{Class, Goal, Options, solve};
use lantu_network::diagnostic::Severity;
use lantu_network::read::named::numbered;
use lantu_network::read::tntp;

use crate::known::flows;

const GAP: f64 = 1e-12;
const ROUNDS: usize = 100;
const LIST: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/networks/conformance.csv"));

struct Network<'a> {
    folder: &'a str,
    files: &'a str,
    kept: bool,
    counts: [usize; 3],
    trips: f64,
    weights: (f64, f64),
    objective: Option<f64>,
    deviation: &'a str,
}

fn list() -> Vec<Network<'static>> {
    let rows = LIST.lines().filter(|line| !line.starts_with('#')).skip(1);
    let network = |line: &'static str| {
        let cells: Vec<&str> = line.splitn(11, ',').collect();
        let number = |place: usize| cells[place].parse::<f64>().unwrap();
        Network {
            folder: cells[0],
            files: cells[1],
            kept: cells[2] == "yes",
            counts: [3, 4, 5].map(|place| number(place) as usize),
            trips: number(6),
            weights: (number(7), number(8)),
            objective: cells[9].parse().ok(),
            deviation: cells[10],
        }
    };
    rows.map(network).collect()
}

/// What is not as it should be; nothing where all is well.
fn wrong(listed: &Network<'_>, folder: &str) -> String {
    let text = |kind: &str| crate::text(folder, &format!("{}_{kind}.tntp", listed.files));
    let (mut net, mut trips) = (text("net"), text("trips"));
    let named = numbered(&net, &trips);
    let zones = named.as_ref().and_then(|named| named.names.zones());
    if let Some(named) = named {
        (net, trips) = (named.net, named.trips);
    }
    let (network, mut problems) = tntp::network(&net);
    let Some(mut network) = network else { return "no network".to_owned() };
    network.zones = zones.unwrap_or(network.zones);
    let (demand, more) = tntp::trips(&trips, network.zones);
    problems.extend(more);
    let mut wrong = String::new();
    let left_out = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    if left_out > 0 {
        return format!("{left_out} rows are left out");
    }
    let counts = [network.zones, network.nodes(), network.links().len()];
    if counts != listed.counts {
        let _ = write!(wrong, "counts {counts:?} ");
    }
    // Heads are written with few digits, and trips within a zone use no road.
    if demand.total() > listed.trips * (1.0 + 1e-5) || demand.total() < 0.8 * listed.trips {
        let _ = write!(wrong, "trips {} ", demand.total());
    }
    let class = Class { demand, toll_weight: listed.weights.0, distance_weight: listed.weights.1, response: None };
    let options = Options { gap: GAP, rounds: ROUNDS };
    let found = solve(&network, &[class], Goal::UserEquilibrium, &options, None);
    let (certificate, rounds) = (found.certificate, found.rounds);
    println!(
        "{}: {} rounds, gap {:.1e}, objective {}",
        listed.folder, rounds, certificate.relative_gap, certificate.objective
    );
    if certificate.relative_gap > GAP || certificate.dual_bound > certificate.objective * (1.0 + 1e-14) {
        let _ = write!(wrong, "{certificate:?} ");
    }
    if listed.objective.is_some_and(|best| (certificate.objective / best - 1.0).abs() > 1e-12) {
        let _ = write!(wrong, "objective {} ", certificate.objective);
    }
    let path = format!("{}_flow.tntp", listed.files);
    if std::path::Path::new(folder).join(&path).exists() {
        let best = flows(folder, &path);
        let area = |(link, delay): (&lantu_network::network::Link, &lantu_network::delay::Delay<'_>)| {
            let flow = best[&(link.from + 1, link.to + 1)];
            delay.area(flow) + flow * (listed.weights.0 * link.toll + listed.weights.1 * link.length)
        };
        let best: f64 = network.links().iter().zip(&network.delays()).map(area).sum();
        if certificate.objective > best * (1.0 + 1e-9) || certificate.objective < best * (1.0 - 1e-7) {
            let _ = write!(wrong, "objective {}, of the known flows {best} ", certificate.objective);
        }
    }
    wrong
}

fn run(kept: bool, folder: impl Fn(&Network<'_>) -> String) {
    let listed: Vec<_> = list().into_iter().filter(|network| network.kept == kept).collect();
    assert!(listed.len() > 4);
    let mut failures = Vec::new();
    for network in &listed {
        let wrong = wrong(network, &folder(network));
        if wrong.is_empty() != network.deviation.is_empty() {
            failures.push(format!("{}: found `{wrong}`, listed `{}`", network.folder, network.deviation));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn networks_that_are_kept_here() {
    run(true, |_| format!("{}/../../tests/networks/tntp", env!("CARGO_MANIFEST_DIR")));
}

#[test]
#[ignore = "needs the collection: LANTU_TNTP=…/tntp"]
fn all_other_networks_of_the_collection() {
    let root = std::env::var("LANTU_TNTP").expect("LANTU_TNTP names the folder");
    run(false, |network| format!("{root}/{}", network.folder));
}
