//! Costs along roads.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use lantu_blueprint::Lang;
use lantu_network::assignment::{Class, Goal, Options, solve};
use lantu_network::read::edits::edits;
use lantu_network::skim::{skim, to_nodes};

use super::{Costs, as_cell, create, fit};
use crate::arguments_network::NetworkFiles;
use crate::arguments_reach::ReachRoads;
use crate::commands::assign::tell_unreached;
use crate::commands::say;
use crate::models::output;
use crate::networks::Loaded;
use crate::text::{csv, style};

pub(super) fn costs(command: &ReachRoads, lang: Lang) -> anyhow::Result<Option<Costs>> {
    if command.loaded && command.gmns.is_none() && command.trips.is_none() {
        bail!(say(lang, "--loaded 需要 --trips", "--loaded needs --trips"));
    }
    let files = NetworkFiles { net: command.net.clone(), trips: command.trips.clone(), gmns: command.gmns.clone() };
    let Some(mut loaded) = Loaded::open(&files, lang)? else { return Ok(None) };
    let class = Class {
        demand: std::mem::take(&mut loaded.demand),
        toll_weight: command.toll_weight,
        distance_weight: command.distance_weight,
        response: None,
    };
    let mut inputs: Vec<PathBuf> = command.measures.files().collect();
    let mut network = loaded.network.clone();
    if let Some((path, name)) = command.edits.as_ref().zip(command.scenario.as_ref()) {
        let (scenarios, problems) = edits(&loaded.text(path, lang)?, &loaded.network, &loaded.names);
        loaded.tell(&problems, path, lang);
        let Some(scenarios) = scenarios else { return Ok(None) };
        let found = scenarios.changed.into_iter().find(|(found, _)| found == name);
        let Some(changed) = found.and_then(|(_, links)| scenarios.base.with(links)) else {
            bail!("{}「{name}」", say(lang, "没有这个方案：", "there is no such scenario: "));
        };
        network = changed;
    }
    inputs.extend_from_slice(loaded.inputs());
    let (network, classes) = (&network, [class]);
    let mut left_out = loaded.left_out;
    let times: Vec<f64> = if command.loaded {
        let options = Options { gap: command.gap, ..Options::default() };
        let found = solve(network, &classes, Goal::UserEquilibrium, &options, None);
        if found.certificate.relative_gap > command.gap {
            left_out = true;
            anstream::eprintln!("{}", style::bad(say(lang, "没有达到所要的间隙", "the gap asked for was not reached")));
        }
        tell_unreached(&found, &loaded.names, lang);
        left_out |= !found.unreached.is_empty();
        found.times
    } else {
        network.delays().iter().map(|delay| delay.at(0.0).0).collect()
    };
    let [class] = &classes;
    let link_costs = class.costs(network, &times);
    if let Some((zone, path)) = command.from.as_ref().zip(command.nodes.as_ref()) {
        let origin = (0..network.zones as u32).find(|node| *loaded.names.of(*node) == **zone);
        let Some(origin) = origin else {
            bail!("{}「{zone}」", say(lang, "没有这个小区：", "there is no such zone: "));
        };
        let costs = to_nodes(network, &link_costs, origin as usize);
        let mut within = command.measures.within.clone();
        within.sort_by(f64::total_cmp);
        let named = || path.display().to_string();
        let mut file = create(path, &inputs, lang)?;
        file.write_all(csv::line(["node", "cost", "within", "x", "y"]).as_bytes()).with_context(named)?;
        // Zones of GMNS are no nodes of its files, and may have the names of some.
        let first = if command.gmns.is_some() { network.zones as u32 } else { 0 };
        for (node, cost) in (0..).zip(&costs).filter(|(node, cost)| *node >= first && cost.is_finite()) {
            let band = within.iter().find(|most| cost <= *most).map(|most| output::number(*most)).unwrap_or_default();
            let place = loaded.coordinates.get(node as usize).copied().flatten();
            let [x, y] = place.map_or_else(Default::default, |place| place.map(output::number));
            let line = csv::line([&*loaded.names.of(node), &as_cell(*cost), &band, &x, &y]);
            file.write_all(line.as_bytes()).with_context(named)?;
        }
        file.flush().with_context(named)?;
    }
    fit(network.zones, network.zones, lang)?;
    let zones: Vec<usize> = (0..network.zones).collect();
    let rows = skim(network, &link_costs, &zones);
    let names: Vec<String> = (0..network.zones as u32).map(|zone| loaded.names.of(zone).into_owned()).collect();
    Ok(Some(Costs {
        from: names.clone(),
        to: names,
        rows,
        further: Vec::new(),
        counts: Vec::new(),
        inputs: loaded.inputs().to_vec(),
        left_out,
    }))
}
