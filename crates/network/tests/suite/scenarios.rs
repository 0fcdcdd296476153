//! Networks that are changed: the change is what two solutions from nothing differ by, and is known by hand for Braess.

use lantu_network::assignment::{Class, Goal, Options, solve};
use lantu_network::diagnostic::Code;
use lantu_network::names::Names;
use lantu_network::network::{Link, Network};
use lantu_network::read::edits::edits;
use lantu_network::scenario::{Estimate, sweep};

use crate::load;

fn class(demand: &lantu_network::demand::Demand) -> [Class; 1] {
    [Class { demand: demand.clone(), ..Class::default() }]
}

/// The fifth road of Braess makes six people nine minutes slower each.
#[test]
fn the_change_of_a_new_road_is_known_by_hand() {
    let (network, demand) = load("", "Braess");
    let four: Vec<Link> = network.links().iter().copied().filter(|link| (link.from, link.to) != (2, 3)).collect();
    let fifth = network.links().iter().find(|link| (link.from, link.to) == (2, 3)).unwrap();
    let four = Network::new(2, 4, 0, &four);
    let text = format!(
        "scenario,action,from,to,capacity,free_flow_time,b,power\nnew road,add,3,4,{},{},{},{}\nnothing,change,1,3\n",
        fifth.capacity, fifth.free_flow_time, fifth.b, fifth.power
    );
    let (scenarios, problems) = edits(&text, &four, &Names::default());
    assert!(problems.is_empty(), "{problems:?}");
    let options = Options { gap: 1e-13, ..Options::default() };
    let (_, outcomes) = sweep(&scenarios.unwrap(), &class(&demand), Goal::UserEquilibrium, &options, None);
    let Estimate { value: change, error } = outcomes[0].cost_change.unwrap();
    assert!((change - 54.0).abs() <= error && error < 1e-3, "{change} ± {error}");
    let zone = outcomes[0].zone_change[0].unwrap();
    assert!((zone.value - 9.0).abs() <= zone.error && zone.error < 1e-3, "{zone:?}");
    assert!(outcomes[0].zone_change[1].is_none());
    let Estimate { value: change, error } = outcomes[1].cost_change.unwrap();
    assert!(change.abs() <= error.max(1e-9), "{change} ± {error}");
}

/// From the solution without the change or from nothing: the same equilibrium. A closed link, a wider one, one that is new
/// and goes through a node that was not there.
#[test]
fn a_warm_start_ends_where_a_cold_one_does() {
    let (network, demand) = load("", "SiouxFalls");
    let text = "scenario,action,from,to,capacity,free_flow_time,b,power\n\
                # a bridge over a new node\n\
                bridge,add,1,25,20000,1,0.15,4\nbridge,add,25,20,20000,1,0.15,4\n\
                closed,close,6,8\nclosed,close,8,6\nwide,change,10,15,50000\n";
    let (scenarios, problems) = edits(text, &network, &Names::default());
    assert!(problems.is_empty(), "{problems:?}");
    let (scenarios, options) = (scenarios.unwrap(), Options { gap: 1e-12, ..Options::default() });
    let (base, outcomes) = sweep(&scenarios, &class(&demand), Goal::UserEquilibrium, &options, None);
    assert!((base.certificate.total_travel_time / 7_480_225.344_92 - 1.0).abs() < 1e-9);
    assert_eq!(outcomes.iter().map(|o| o.name.as_str()).collect::<Vec<_>>(), ["bridge", "closed", "wide"]);
    for (outcome, (_, links)) in outcomes.iter().zip(&scenarios.changed) {
        let cold =
            solve(&scenarios.base.with(links.clone()).unwrap(), &class(&demand), Goal::UserEquilibrium, &options, None);
        let (warm, cold) = (outcome.solution.certificate, cold.certificate);
        assert!((warm.objective / cold.objective - 1.0).abs() < 1e-11, "{}: {warm:?} {cold:?}", outcome.name);
        assert!(warm.relative_gap <= 1e-12, "{warm:?}");
        let Estimate { value: change, error } = outcome.cost_change.unwrap();
        assert!(change.abs() > 1e2 * error, "{}: {change} ± {error}", outcome.name);
    }
    let slower = |place: usize| outcomes[place].cost_change.unwrap().value > 0.0;
    assert!(!slower(0) && slower(1) && !slower(2));
}

/// A closed link that cuts a zone off: its trips are named, and the rest is solved.
#[test]
fn a_zone_cut_off_is_named() {
    let (network, demand) = load("", "Braess");
    let (scenarios, _) = edits("scenario,action,from,to\ncut,close,1,3\ncut,close,1,4\n", &network, &Names::default());
    let (_, outcomes) = sweep(
        &scenarios.unwrap(),
        &class(&demand),
        Goal::UserEquilibrium,
        &Options { gap: 1e-9, ..Options::default() },
        None,
    );
    assert_eq!(outcomes[0].solution.unreached, [(0, 0, 1, 6.0)]);
    assert_eq!(outcomes[0].zone_change, [None, None]);
}

#[test]
fn edits_that_cannot_be_read_are_said() {
    let (network, _) = load("", "Braess");
    let text = "scenario,action,from,to,capacity,colour\na,widen,1,3,5\na,change,9,9,5\na,add,1,2,5\na,change,1,3,-1\na,close,x,3\n";
    let (_, problems) = edits(text, &network, &Names::default());
    let at: Vec<(Code, usize)> = problems.iter().map(|problem| (problem.code, problem.line)).collect();
    for wanted in [
        (Code::BadNumber, 1),
        (Code::BadNumber, 2),
        (Code::UnknownNode, 3),
        (Code::BadNumber, 4),
        (Code::BadNumber, 5),
        (Code::BadNumber, 6),
    ] {
        assert!(at.contains(&wanted), "{wanted:?}: {problems:?}");
    }
    for text in ["", "x", "scenario,action,from,to"] {
        assert!(edits(text, &network, &Names::default()).0.is_none());
    }
}
