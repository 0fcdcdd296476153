//! Files that are broken: a located message in both languages, and the rest is solved.

use lantu_network::assignment::Goal;
use lantu_network::diagnostic::{Code, Diagnostic, Severity};
use lantu_network::read::tntp;

use crate::equilibrium;

const HEAD: &str =
    "<NUMBER OF ZONES> 2\n<NUMBER OF NODES> 3\n<FIRST THRU NODE> 1\n<NUMBER OF LINKS> 2\n<END OF METADATA>\n";

#[track_caller]
fn said(problems: &[Diagnostic], code: Code, line: usize) {
    let found = problems.iter().any(|problem| {
        problem.code == code && problem.line == line && !problem.message.zh.is_empty() && !problem.message.en.is_empty()
    });
    assert!(found, "{code:?} at {line}: {problems:?}");
}

#[test]
fn rows_that_cannot_be_read_are_left_out() {
    let rows = "1 3 100 1 5 0.15 4 ;\n3 2 -1 1 5 0.15 4 ;\n3 2 100 1 NaN 0.15 4 ;\n3 2 100 1\n3 2 100 1 5 0.15 4 0 0 1 ;\n0 2 1 1 1 1 1;\n";
    let (network, problems) = tntp::network(&format!("{HEAD}{rows}"));
    for line in [7, 8, 11] {
        said(&problems, Code::BadNumber, line);
    }
    said(&problems, Code::ShortRow, 9);
    let network = network.expect("a network");
    assert_eq!(network.links().len(), 2);
    let (demand, _) = tntp::trips("<END OF METADATA>\nOrigin 1\n2 : 10;\n", network.zones);
    let found = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-9);
    assert_eq!(found.flows[0], [10.0, 10.0]);
}

#[test]
fn heads_that_do_not_agree_are_said() {
    let rows = "1 3 100 1 5 0.15 4 ;\n1 3 100 1 6 0.15 4 ;\n3 2 0 1 5 0.15 4 ;\n9 2 1 1 1 0 0 ;\n";
    let (network, problems) = tntp::network(&format!("{HEAD}{rows}"));
    let counts: Vec<_> = problems.iter().filter(|problem| problem.code == Code::WrongCount).collect();
    assert_eq!(counts.len(), 2, "{problems:?}");
    said(&problems, Code::DuplicateLink, 7);
    said(&problems, Code::NoDelay, 8);
    assert_eq!(network.expect("a network").nodes(), 9);
    for text in
        ["", "<END OF METADATA>", "hello\nworld", "<NUMBER OF NODES> 99999999999\n<END OF METADATA>\n1 2 1 1 1 1 1"]
    {
        let (network, problems) = tntp::network(text);
        assert!(network.is_none_or(|network| network.nodes() == 2) && !problems.is_empty(), "{text}");
    }
}

#[test]
fn trips_to_nowhere_are_left_out() {
    let text = "<TOTAL OD FLOW> 99\n<END OF METADATA>\nOrigin 1\n2 : 10; 7 : 3; 1 : 4;\nOrigin x\n2 : 5;\nOrigin 2\n1 : -4; 1 = 3; 1 : 1e999;\n";
    let (demand, problems) = tntp::trips(text, 3);
    assert_eq!(demand.total(), 10.0);
    said(&problems, Code::UnknownNode, 4);
    said(&problems, Code::UnknownNode, 5);
    said(&problems, Code::BadNumber, 8);
    said(&problems, Code::WrongCount, 1);
    assert!(problems.iter().all(|problem| problem.severity <= Severity::Warning));
}

/// Zone 3 has no road: its trips are named, the others are solved.
#[test]
fn trips_that_no_path_carries_are_named() {
    let rows = "1 2 100 1 5 0.15 4 ;\n2 1 100 1 5 0.15 4 ;\n";
    let network = tntp::network(&format!("<NUMBER OF NODES> 3\n<END OF METADATA>\n{rows}")).0.expect("a network");
    let (demand, _) = tntp::trips("Origin 1\n2 : 10; 3 : 4;\nOrigin 3\n1 : 2;\n", network.zones);
    let found = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-9);
    assert_eq!(found.unreached, [(0, 0, 2, 4.0), (0, 2, 0, 2.0)]);
    assert_eq!(found.flows[0], [10.0, 0.0]);
}
