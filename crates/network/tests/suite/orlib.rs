//! The p-median problems of the OR-Library (Beasley 1985): a graph and how many sites; costs are lengths of shortest paths.

use std::collections::BTreeMap;

use lantu_network::network::{Link, Network};
use lantu_network::siting::Costs;
use lantu_network::skim::skim;

/// Costs and the number of sites. Of edges given more than once the last counts, as the collection says.
pub(crate) fn pmed(text: &str) -> (Costs, usize) {
    let mut numbers = text.split_whitespace().map(|word| word.parse::<u32>().expect("a whole number"));
    let mut next = || numbers.next().expect("a number");
    let (nodes, edges, sites) = (next() as usize, next(), next() as usize);
    let mut lengths = BTreeMap::new();
    for _ in 0..edges {
        let (a, b, length) = (next() - 1, next() - 1, next());
        lengths.insert((a.min(b), a.max(b)), length);
    }
    let link = |(from, to), length: u32| Link {
        from,
        to,
        capacity: 0.0,
        length: 0.0,
        free_flow_time: f64::from(length),
        b: 0.0,
        power: 0.0,
        toll: 0.0,
    };
    let links: Vec<Link> =
        lengths.iter().flat_map(|((a, b), length)| [link((*a, *b), *length), link((*b, *a), *length)]).collect();
    let network = Network::new(nodes, nodes, 0, &links);
    let times: Vec<f64> = network.links().iter().map(|link| link.free_flow_time).collect();
    let rows = skim(&network, &times, &(0..nodes).collect::<Vec<_>>());
    let pairs = rows
        .iter()
        .zip(0_u32..)
        .flat_map(|(row, from)| row.iter().zip(0_u32..).map(move |(cost, to)| (from, to, *cost)));
    (Costs::new(nodes, pairs.collect()), sites)
}

/// Known values by the name of the problem, from a table of names and numbers.
pub(crate) fn known(text: &str) -> BTreeMap<String, f64> {
    let row = |line: &str| {
        let (name, value) = line.trim().split_once(char::is_whitespace)?;
        Some((name.to_owned(), value.trim().parse().ok()?))
    };
    text.lines().filter_map(row).collect()
}
