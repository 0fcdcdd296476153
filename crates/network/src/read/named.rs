//! TNTP files in which the numbers of nodes are names: far beyond how many nodes there are, as a source of their own had them.

use std::collections::BTreeSet;

use crate::names::Names;

/// The same files with nodes numbered from 1, zones first, and what they are called.
#[derive(Clone, Debug)]
pub struct Numbered {
    /// The network, line by line.
    pub net: String,
    /// The trips, line by line.
    pub trips: String,
    /// Zones are the nodes with trips.
    pub names: Names,
}

/// Numbers up to so many times the nodes, and so many more, are numbers and no names.
const SPARE: (u64, u64) = (2, 1_000);

/// Numbers the nodes anew where their numbers are names; none where they are not.
#[must_use]
pub fn numbered(net: &str, trips: &str) -> Option<Numbered> {
    let nodes: BTreeSet<u64> = net.lines().filter_map(ends_of).flat_map(|(from, to, _)| [from, to]).collect();
    if *nodes.last()? <= SPARE.0 * nodes.len() as u64 + SPARE.1 {
        return None;
    }
    let zones: BTreeSet<u64> = trips.lines().flat_map(places).collect();
    let mut names = Names { zones_are_nodes: true, ..Names::default() };
    zones.iter().for_each(|zone| _ = names.zones.add(&zone.to_string()));
    nodes.difference(&zones).for_each(|node| _ = names.nodes.add(&node.to_string()));
    let number =
        |node: u64| names.node(&node.to_string()).map_or_else(|| node.to_string(), |node| (node + 1).to_string());
    let row = |line: &str| match ends_of(line) {
        Some((from, to, rest)) => format!("{}\t{}\t{rest}\n", number(from), number(to)),
        None => format!("{line}\n"),
    };
    let net = net.lines().map(row).collect();
    let trip = |pair: &str| match pair.split_once(':') {
        Some((to, volume)) => {
            to.trim().parse().map_or_else(|_| pair.to_owned(), |to| format!("{} :{volume}", number(to)))
        }
        None => pair.to_owned(),
    };
    let row = |line: &str| match origin(line) {
        Some(from) => format!("Origin {}\n", number(from)),
        None => format!("{}\n", line.split(';').map(trip).collect::<Vec<_>>().join(";")),
    };
    let trips = trips.lines().map(row).collect();
    Some(Numbered { net, trips, names })
}

/// The two nodes of a row of a network, and what follows.
fn ends_of(line: &str) -> Option<(u64, u64, &str)> {
    let mut rest = line.trim_start();
    let mut next = || {
        let end = rest.find(char::is_whitespace)?;
        let (word, after) = rest.split_at(end);
        rest = after.trim_start();
        word.parse().ok()
    };
    let (from, to) = (next()?, next()?);
    Some((from, to, rest))
}

fn origin(line: &str) -> Option<u64> {
    let line = line.trim();
    let word = line.get(..6).filter(|word| word.eq_ignore_ascii_case("origin"))?;
    line.get(word.len()..)?.trim().parse().ok()
}

/// Zones that a row of trips names.
fn places(line: &str) -> Vec<u64> {
    let ends = line.split(';').filter_map(|pair| pair.split_once(':')?.0.trim().parse().ok());
    origin(line).into_iter().chain(ends).collect()
}

#[cfg(test)]
mod tests {
    use super::numbered;
    use crate::read::tntp;

    #[test]
    fn names_of_nodes_become_numbers_and_back() {
        let net = "<NUMBER OF NODES> 3\n<END OF METADATA>\n\n~ a\n\t75674\t2146237932\t9 1 5 0.15 4 ;\n2146237932 9001 9 0 inf 0.15 4 ;\n";
        let trips = "<END OF METADATA>\nOrigin 75674\n 9001 : 2.5; 75674 : 0;\n";
        let found = numbered(net, trips).unwrap();
        let (network, problems) = tntp::network(&found.net);
        assert!(problems.iter().all(|problem| problem.severity == crate::diagnostic::Severity::Note), "{problems:?}");
        let mut network = network.unwrap();
        network.zones = 2;
        let (demand, problems) = tntp::trips(&found.trips, 2);
        assert!(problems.is_empty(), "{problems:?}");
        let ends: Vec<(&str, &str)> = vec![("75674", "2146237932"), ("2146237932", "9001")];
        let named = |node: u32| found.names.of(node).into_owned();
        let links: Vec<(String, String)> =
            network.links().iter().map(|link| (named(link.from), named(link.to))).collect();
        assert_eq!(links.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect::<Vec<_>>(), ends);
        assert_eq!(found.names.node("75674"), Some(1));
        assert_eq!(demand.from(1).collect::<Vec<_>>(), [(0, 2.5)]);
        assert!(!network.links()[1].is_open());
        assert!(numbered("1 2 3\n2 3 4\n", trips).is_none());
    }
}
