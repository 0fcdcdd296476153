//! `lantu reach`: how far places are, and what is within reach.

mod feeds;
mod measures;
mod roads;
mod transit;

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use lantu_blueprint::Lang;
use lantu_network::read::held::between;

use super::say;
use super::told::tell;
use crate::Outcome;
use crate::arguments_reach::{Reach, ReachCosts};
use crate::models::output;
use crate::text::{csv, file};

/// Costs from places to places, wherever they come from.
pub(super) struct Costs {
    pub(super) from: Vec<String>,
    pub(super) to: Vec<String>,
    /// By place of origin, then of destination; infinite where there is no way.
    pub(super) rows: Vec<Vec<f64>>,
    /// Further costs of the same pairs, each under its name.
    pub(super) further: Vec<(String, Vec<Vec<f64>>)>,
    /// What else there is to tell: in Chinese, in English, for programs, and how many.
    pub(super) counts: Vec<([&'static str; 3], usize)>,
    /// What was read: nothing is written over it.
    pub(super) inputs: Vec<PathBuf>,
    /// Whether something in the files is wrong and was left out.
    pub(super) left_out: bool,
}

pub(crate) fn run(command: &Reach, lang: Lang) -> anyhow::Result<Outcome> {
    let (asked, nodes) = match command {
        Reach::Roads(command) => (&command.measures, &command.nodes),
        Reach::Transit(command) => (&command.measures, &None),
        Reach::Costs(command) => (&command.measures, &None),
    };
    measures::check(asked, lang)?;
    file::distinct(&[nodes, &asked.matrix, &asked.access, &asked.share], lang)?;
    let (costs, measures) = match command {
        Reach::Roads(command) => (roads::costs(command, lang)?, &command.measures),
        Reach::Transit(command) => (transit::costs(command, lang)?, &command.measures),
        Reach::Costs(command) => (read(command, lang)?, &command.measures),
    };
    let Some(costs) = costs else { return Ok(Outcome::Findings) };
    measures::run(measures, costs, lang)
}

fn read(command: &ReachCosts, lang: Lang) -> anyhow::Result<Option<Costs>> {
    let (found, problems) = between(&file::read(&command.costs, lang)?);
    let left_out = tell(&problems, &command.costs, lang);
    let costs = found.map(|found| Costs {
        from: found.from,
        to: found.to,
        rows: found.costs,
        further: Vec::new(),
        counts: Vec::new(),
        inputs: [command.costs.clone()].into_iter().chain(command.measures.files()).collect(),
        left_out,
    });
    Ok(costs)
}

/// Costs of so many pairs fit into the memory of a usual machine.
const MOST_PAIRS: usize = 400_000_000;

/// Refuses more pairs of places than fit into memory.
fn fit(from: usize, to: usize, lang: Lang) -> anyhow::Result<()> {
    if from.saturating_mul(to) > MOST_PAIRS {
        let (zh, en) = ("地点对太多，请分批算", "too many pairs of places; take them in parts");
        bail!("{from} × {to}: {}", say(lang, zh, en));
    }
    Ok(())
}

/// Opens a table to write; refuses one of the files that were read.
fn create(path: &Path, inputs: &[PathBuf], lang: Lang) -> anyhow::Result<BufWriter<std::fs::File>> {
    file::apart(path, inputs, lang)?;
    Ok(BufWriter::new(std::fs::File::create(path).with_context(|| path.display().to_string())?))
}

/// A row for each pair with a way; written bit by bit, since there can be a hundred million.
fn write_matrix(costs: &Costs, path: &Path, lang: Lang) -> anyhow::Result<()> {
    let named = || path.display().to_string();
    let mut out = create(path, &costs.inputs, lang)?;
    let names = costs.further.iter().map(|(name, _)| name.as_str());
    out.write_all(csv::line(["from", "to", "cost"].into_iter().chain(names)).as_bytes()).with_context(named)?;
    for (place, (from, row)) in costs.from.iter().zip(&costs.rows).enumerate() {
        let further: Vec<&Vec<f64>> = costs.further.iter().filter_map(|(_, rows)| rows.get(place)).collect();
        for (at, (to, cost)) in costs.to.iter().zip(row).enumerate() {
            let cells = [Some(cost)].into_iter().chain(further.iter().map(|row| row.get(at)));
            let cells: Vec<f64> = cells.map(|cost| cost.copied().unwrap_or(f64::INFINITY)).collect();
            if cells.iter().any(|cost| cost.is_finite()) {
                let cells: Vec<String> = cells.into_iter().map(as_cell).collect();
                let line = csv::line([from.as_str(), to.as_str()].into_iter().chain(cells.iter().map(String::as_str)));
                out.write_all(line.as_bytes()).with_context(named)?;
            }
        }
    }
    out.flush().with_context(named)
}

/// Six decimals of a cost; nothing where there is no way.
fn as_cell(cost: f64) -> String {
    if !cost.is_finite() {
        return String::new();
    }
    // Beyond that there are no decimals; and no −0.
    output::number(if cost.abs() < 1e9 { (cost * 1e6).round() / 1e6 + 0.0 } else { cost })
}
