//! `lantu why`

use std::fmt::Write;

use lantu_blueprint::Lang;
use lantu_blueprint::diagnostic::did_you_mean;
use lantu_city::{ChainNode, City, indicator_chain, target_chain};
use lantu_server::wire::ChainLink;

use super::open;
use crate::Outcome;
use crate::arguments::{Format, Why};
use crate::text::{csv, print, print_json, style};

pub(crate) fn run(command: &Why, lang: Lang) -> anyhow::Result<Outcome> {
    let city = open(&command.at, lang)?;
    let chains = chains(&city, command)?;
    match command.format {
        Format::Json => print_json(&chains.iter().map(ChainLink::from).collect::<Vec<_>>())?,
        Format::Csv => print(&as_csv(&chains, lang))?,
        Format::Text => {
            let mut out = String::new();
            for chain in &chains {
                node(&mut out, chain, "", "", lang);
            }
            print(&out)?;
        }
    }
    Ok(Outcome::Fine)
}

/// Every verdict of a target id, or the chain of an indicator.
fn chains(city: &City, command: &Why) -> anyhow::Result<Vec<ChainNode>> {
    let (plan, as_of) = (city.plan(), command.at.as_of());
    let assessment = city.assess(as_of);
    let is_it = |v: &&lantu_blueprint::verdict::TargetVerdict| {
        v.id == command.id || plan.targets.get(v.target).is_some_and(|t| t.id == command.id)
    };
    let found: Vec<ChainNode> = assessment
        .targets
        .iter()
        .filter(is_it)
        .map(|v| target_chain(city, v, as_of, &assessment.because(plan, v)))
        .collect();
    if !found.is_empty() {
        return Ok(found);
    }
    if let Some(indicator) = plan.indicator(&command.id) {
        return Ok(vec![indicator_chain(city, indicator, &plan.city.area, as_of)]);
    }
    let names = plan.targets.iter().map(|t| t.id.as_str()).chain(plan.indicators.iter().map(|i| i.id.as_str()));
    let close = did_you_mean(&command.id, names)
        .map(|name| format!("；是不是 {name}？ / did you mean {name}?"))
        .unwrap_or_default();
    anyhow::bail!("{}: 没有这个目标或指标 / no such target or indicator{close}", command.id)
}

/// One line per link, with its depth below the verdict.
fn as_csv(chains: &[ChainNode], lang: Lang) -> String {
    fn add(out: &mut String, chain: &ChainNode, depth: usize, lang: Lang) {
        let (file, line) = match &chain.location {
            Some(place) => (place.file.to_string(), place.line.to_string()),
            None => Default::default(),
        };
        let (depth_text, word) = (depth.to_string(), chain.kind.word().0);
        let (value, url) = (chain.value.clone().unwrap_or_default(), chain.url.clone().unwrap_or_default());
        out.push_str(&csv::line([depth_text.as_str(), word, chain.label.get(lang), &value, &file, &line, &url]));
        chain.children.iter().for_each(|child| add(out, child, depth + 1, lang));
    }
    let mut out = csv::line(["depth", "kind", "label", "value", "file", "line", "url"]);
    chains.iter().for_each(|chain| add(&mut out, chain, 0, lang));
    out
}

fn node(out: &mut String, chain: &ChainNode, first: &str, rest: &str, lang: Lang) {
    let (word, name) = chain.kind.word();
    let kind = match lang {
        Lang::Zh => name.zh.as_str(),
        Lang::En => word,
    };
    let mut line = format!("{}{} {}", style::dim(first), style::strong(kind), chain.label.get(lang));
    if let Some(value) = &chain.value {
        let _ = write!(line, "  {value}");
    }
    if let Some(place) = &chain.location {
        let _ = write!(line, "  {}", style::dim(&format!("{}:{}", place.file, place.line)));
    }
    if let Some(url) = &chain.url {
        let _ = write!(line, "  {}", style::dim(url));
    }
    let _ = writeln!(out, "{line}");
    let more = chain.omitted;
    for (at, child) in chain.children.iter().enumerate() {
        let last = at + 1 == chain.children.len() && more == 0;
        let (branch, below) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        node(out, child, &format!("{rest}{branch}"), &format!("{rest}{below}"), lang);
    }
    if more > 0 {
        let words = match lang {
            Lang::Zh => format!("另有 {more} 项"),
            Lang::En => format!("and {more} more"),
        };
        let _ = writeln!(out, "{}", style::dim(&format!("{rest}└─ {words}")));
    }
}
