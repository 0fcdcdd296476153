//! `lantu assign --routes`: who goes which way.

use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use lantu_blueprint::Lang;
use lantu_network::assignment::{Class, RouteOptions, Routes, Solution};

use crate::models::output;
use crate::networks::Loaded;
use crate::text::csv;

/// Routes add up to the links when they are this share of the largest flow off.
const NEAR: f64 = 1e-3;

/// Writes the likeliest route flows, a row for each route, and tells how nearly they add up to the links; whether they do.
pub(crate) fn write(
    loaded: &Loaded,
    classes: &[Class],
    found: &Solution,
    path: &Path,
    lang: Lang,
) -> anyhow::Result<bool> {
    let network = &loaded.network;
    loaded.apart(path, lang)?;
    let routes = Routes::of(network, classes, found, &RouteOptions::default());
    let costs: Vec<Vec<f64>> = classes.iter().map(|class| class.costs(network, &found.times)).collect();
    let place = || path.display().to_string();
    let mut out = BufWriter::new(std::fs::File::create(path).with_context(place)?);
    out.write_all(csv::line(["from", "to", "flow", "cost", "nodes"]).as_bytes()).with_context(place)?;
    let mut written = Ok(());
    let mut flows = vec![vec![0.0; network.links().len()]; classes.len()];
    routes.each(|route| {
        for link in &route.links {
            let flow = flows.get_mut(route.class).and_then(|flows| flows.get_mut(*link as usize));
            flow.into_iter().for_each(|flow| *flow += route.flow);
        }
        if written.is_err() {
            return;
        }
        let cost: f64 = route
            .links
            .iter()
            .filter_map(|link| costs.get(route.class).and_then(|costs| costs.get(*link as usize)))
            .sum();
        let ends = route.links.iter().filter_map(|link| network.links().get(*link as usize)).map(|link| link.to);
        let nodes: Vec<String> =
            std::iter::once(route.from).chain(ends).map(|node| loaded.names.of(node).into_owned()).collect();
        let cells = [
            loaded.names.of(route.from).into_owned(),
            loaded.names.of(route.to).into_owned(),
            output::number(route.flow),
            output::number(cost),
            nodes.join(" "),
        ];
        written = out.write_all(csv::line(cells.iter().map(String::as_str)).as_bytes());
    });
    written.and_then(|()| out.flush()).with_context(place)?;
    let pairs = flows.iter().flatten().zip(found.flows.iter().flatten());
    let error = pairs.fold(0.0, |most, (routed, solved)| f64::max(most, (routed - solved).abs()));
    match lang {
        Lang::Zh => anstream::eprintln!("路径加起来与路段流量相差至多 {error:.1e} · {}", path.display()),
        Lang::En => anstream::eprintln!("routes add up to the links within {error:.1e} · {}", path.display()),
    }
    // Routes that are left out take their flow with them; more than that is no split of the links.
    let largest = found.flows.iter().flatten().copied().fold(0.0, f64::max);
    Ok(error <= NEAR * largest)
}
