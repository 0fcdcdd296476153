//! The file format, version 1: the only place that knows how a blueprint is written down (docs/format.md).
//! One reader per file kind; each returns what it could read and reports what it could not.

mod areas;
mod attributes;
mod blueprint_toml;
mod cases;
mod decode;
mod duplicates;
mod fields;
mod forms;
mod indicators_csv;
mod indicators_sql;
mod manifest;
mod markdown;
mod plan_md;
mod report;
mod rows;
mod rules;
mod sources_toml;

use std::collections::BTreeMap;

use crate::model::Plan;
use crate::{Diagnostic, Sources};

pub(crate) use decode::{SourceText, decode};
pub(crate) use report::Report;

/// Version of the format this crate reads; `format = 1` in `blueprint.toml`.
pub const FORMAT: i64 = 1;

/// Reads everything that can be read. Never fails: what cannot be understood is left out and reported.
pub fn parse(sources: &Sources) -> (Plan, Vec<Diagnostic>) {
    let report = Report::default();
    report.extend(sources.problems.iter().cloned());

    let city = blueprint_toml::read(sources, &report);
    let documents = plan_md::read(sources, &city, &report);
    let mut indicators = indicators_csv::read(sources, &report);
    indicators.extend(indicators_sql::read(sources, &report));
    duplicates::drop_indicators(&mut indicators, &report);
    cases::read(sources, &mut indicators, &report);

    let mut plan = Plan {
        goals: documents.goals,
        transformations: documents.transformations,
        programmes: documents.programmes,
        measures: documents.measures,
        targets: documents.targets,
        milestones: documents.milestones,
        documents: documents.documents,
        sources: sources_toml::read(sources, &report),
        indicators,
        areas: areas::read(sources, &report),
        rule_sets: rules::read(sources, &report),
        data: manifest::read(sources, &report),
        city,
    };
    duplicates::drop(&mut plan, &report);
    (plan, report.finish())
}

/// Text files below a folder with an extension, in path order.
fn files_in<'a>(
    sources: &'a Sources,
    folder: &'a str,
    extension: &'a str,
) -> impl Iterator<Item = (&'a str, &'a [u8])> {
    let texts: &BTreeMap<String, Vec<u8>> = &sources.texts;
    texts
        .iter()
        .filter(move |(path, _)| path.starts_with(folder) && path.ends_with(extension))
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
}

/// File name without folder and the given ending.
fn stem<'a>(path: &'a str, ending: &str) -> &'a str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(ending).unwrap_or(name)
}
