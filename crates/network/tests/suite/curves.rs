//! Delays that are given as points.

use lantu_network::assignment::Goal;
use lantu_network::curve::Curve;
use lantu_network::delay::Delay;
use lantu_network::diagnostic::Code;
use lantu_network::names::Names;
use lantu_network::network::Network;
use lantu_network::read::curves::curves;
use lantu_network::read::edits::edits;
use lantu_network::read::gmns::{Files, read};
use lantu_network::read::tntp;

use crate::{equilibrium, load};

/// Two links of types 1 and 2 from node 1 to node 2.
const NET: &str = "<NUMBER OF ZONES> 2\n<END OF METADATA>\n1 2 100 1 10 0.15 4 0 0 1 ;\n1 2 100 1 15 0.15 4 0 0 2 ;\n";
const POINTS: &str = "type,saturation,factor\n1,0,1\n1,1,2\n# dearer from here on\n2,0,1\n1,2,6\n2,1,1.5\n";

fn parallel() -> Network {
    tntp::network(NET).0.unwrap()
}

/// With 100·(1 + y) on the first and 100·(1 − y) on the second, 20 + 40y = 22.5 − 7.5y.
#[test]
fn two_links_with_curves_by_hand() {
    let mut network = parallel();
    assert_eq!(curves(POINTS, &mut network), []);
    let (demand, _) = tntp::trips("Origin 1\n2 : 200;\n", network.zones);
    let found = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-14);
    let y = 2.5 / 47.5;
    assert!((found.flows[0][0] - 100.0 * (1.0 + y)).abs() < 1e-9, "{found:?}");
    assert!((found.times[0] - 20.0 - 40.0 * y).abs() < 1e-9 && (found.times[1] - found.times[0]).abs() < 1e-9);
    // Below the lines: 10·(1.5·100 + 100·y·(2 + 2y)) and 15·100·(1 − y)·(1 + 0.25·(1 − y)).
    let area = 1_500.0 + 1_000.0 * y * (2.0 + 2.0 * y) + 1_500.0 * (1.0 - y) * (1.0 + 0.25 * (1.0 - y));
    assert!((found.certificate.objective / area - 1.0).abs() < 1e-12, "{area} {found:?}");
}

#[test]
fn one_more_traveller_costs_the_time_and_what_all_lose() {
    let curve = Curve::new(&[(0.0, 1.0), (1.0, 2.0)]).unwrap();
    let delay = Delay::points(10.0, &curve, 100.0);
    assert_eq!((delay.at(50.0), delay.area(50.0)), ((15.0, 0.1), 625.0));
    assert_eq!((delay.marginal().at(50.0), delay.marginal().area(50.0)), ((20.0, 0.2), 750.0));
}

/// The solution of another method, on all links of Sioux Falls.
#[test]
fn the_objective_with_curves_is_where_another_method_goes() {
    let (mut network, demand) = load("", "SiouxFalls");
    let plain = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-12).certificate.objective;
    let text = "type,saturation,factor\n1,0,1\n1,0.5,1.02\n1,0.9,1.1\n1,1,1.2\n1,1.5,2\n1,2,4\n";
    assert_eq!(curves(text, &mut network), []);
    let found = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-12).certificate;
    assert!(found.relative_gap <= 1e-12 && (found.objective / plain - 1.0).abs() > 1e-3, "{found:?} {plain}");
    let rough = crate::frank_wolfe::frank_wolfe(&network, &demand, 2_000);
    let above = rough / found.objective - 1.0;
    assert!((-1e-12..1e-4).contains(&above), "{rough} {found:?}");
}

/// Links without a curve keep their own; the types of GMNS are words.
#[test]
fn types_of_gmns_are_those_of_its_columns() {
    let links = "link_id,from_node_id,to_node_id,facility_type,length,lanes,capacity,free_speed\n1,1,2,motorway,1,1,100,60\n2,2,1,lane,1,1,100,60\n";
    let files = Files {
        node: "node_id,zone_id\n1,1\n2,2\n",
        link: links,
        demand: "o_zone_id,d_zone_id,volume\n",
        config: None,
    };
    let mut network = read(&files).0.unwrap().network;
    assert_eq!(curves("type,saturation,factor\nmotorway,0,1\nmotorway,1,3\n", &mut network), []);
    let at = |link: usize| network.delays()[link].at(100.0).0;
    let [there, back] = [0, 1].map(|place| network.places().iter().position(|found| *found == place).unwrap());
    assert!((at(there) - 3.0).abs() < 1e-12 && (at(back) - 1.15).abs() < 1e-12);
}

/// A link that is added has none; the others keep theirs, though their places in the network move.
#[test]
fn curves_stay_with_their_links_when_others_are_added() {
    let mut network = parallel();
    assert_eq!(curves(POINTS, &mut network), []);
    let text = "scenario,action,from,to,capacity,free_flow_time,b,power\nnew,add,1,2,100,30,0.15,4\n";
    let base = edits(text, &network, &Names::default()).0.unwrap().base;
    let at =
        |place: usize| base.places().iter().position(|found| *found == place).map(|link| base.delays()[link]).unwrap();
    assert_eq!([at(0), at(1)], network.delays()[..]);
    assert_eq!(at(2), base.links()[2].delay());
}

#[test]
fn what_is_no_curve_is_said_where_it_is() {
    let cases = [
        ("type,saturation\n1,0\n", Code::MissingColumn, 1),
        ("type,saturation,factor\n", Code::BadCurve, 1),
        ("type,saturation,factor\n1,0.5,1\n", Code::BadCurve, 2),
        ("type,saturation,factor\n1,0,1\n1,1,2\n1,1,3\n", Code::BadCurve, 4),
        ("type,saturation,factor\n1,0,1\n\n1,1,0.9\n", Code::BadCurve, 4),
        ("type,saturation,factor\n1,0,1\n1,x,2\n", Code::BadCurve, 3),
        ("type,saturation,factor\n1,0,1\n1,1,inf\n", Code::BadCurve, 3),
        ("type,saturation,factor\n7,0,1\n", Code::UnknownType, 2),
    ];
    for (text, code, line) in cases {
        let mut network = parallel();
        let problems = curves(text, &mut network);
        let said: Vec<_> = problems.iter().map(|problem| (problem.code, problem.line)).collect();
        assert_eq!(said, [(code, line)], "{text}");
        assert_eq!(network.delays(), parallel().delays(), "{text}");
    }
}

/// Spiess (1990): at capacity a conical link takes twice as long as when it is empty, whatever its steepness.
#[test]
fn a_conical_link_takes_twice_as_long_at_capacity() {
    let net = "<NUMBER OF ZONES> 2\n<END OF METADATA>\n1 2 100 1 10 0.15 4 0 0 arterial ;\n";
    let mut network = tntp::network(net).0.unwrap();
    let said = curves("type,alpha\narterial,6\nalley,4\narterial,1\n", &mut network);
    assert_eq!(
        said.iter().map(|problem| (problem.code, problem.line)).collect::<Vec<_>>(),
        [(Code::UnknownType, 3), (Code::BadCurve, 4)]
    );
    let (demand, _) = tntp::trips("Origin 1\n2 : 100;\n", network.zones);
    let found = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-12);
    assert!((found.times[0] - 20.0).abs() < 1e-12, "{found:?}");
}
