//! What changed against another year or other rules, unit by unit, and how much of it is the data, the benchmarks, the weights
//! and the rest of the rules.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use lantu_appraisal::evaluate::{Prepared, prepare};
use lantu_appraisal::explain::{change, why};
use lantu_appraisal::rules::{Aggregate, Day, RuleSet};
use lantu_blueprint::Lang;
use rayon::prelude::*;

use super::compared::{Compared, Side};
use super::inputs::{self, Inputs};
use super::{compare_table, compare_text, differences, renamed};
use crate::arguments_appraise::Appraise;
use crate::arguments_output::Shape;
use crate::commands::put;
use crate::commands::rule_files;
use crate::commands::told::tell_appraisal;

/// Compares, and puts out what was asked for; whether anything is wrong.
pub(super) fn run(command: &Appraise, new: (&Path, &RuleSet), day: Option<Day>, lang: Lang) -> anyhow::Result<bool> {
    let (mut old, mut told, mut old_path) = (new.1.clone(), false, new.0.to_owned());
    if let Some(path) = &command.compare.compare_rules {
        let files = rule_files::open(std::slice::from_ref(path), lang)?;
        for file in &files {
            told |= tell_appraisal(&file.problems, &file.path, lang);
        }
        if files.iter().any(|file| file.set.is_none()) {
            return Ok(true);
        }
        let (path, set) = rule_files::in_force(&files, day, lang)?;
        (old, old_path) = (renamed(set, command), path.to_owned());
    }
    // Mixtures of old and new rules are applied to both tables: each has to have the columns of both.
    let wanted = inputs::wanted(&[new.1, &old], command);
    let old_data: &PathBuf = command.compare.compare_data.as_ref().unwrap_or(&command.data);
    let (before, problems) = Inputs::read(command, old_data, &old, &wanted, day, lang)?;
    told |= problems;
    let (after, problems) = Inputs::read(command, &command.data, new.1, &wanted, day, lang)?;
    told |= problems;
    let Some((before, after)) = before.zip(after) else { return Ok(true) };
    let found = change((&old, &before.units, &before.context()), (new.1, &after.units, &after.context()));
    // Points of all units are worked out only where they are put out.
    let by_item = command.output.shape() != Shape::Text || command.explain.is_some();
    let compared = Compared {
        old: side(&old_path, old_data, &old, &before, by_item),
        new: side(new.0, &command.data, new.1, &after, by_item),
        found,
        differences: differences::of(&old, new.1, lang),
        title: new.1.name_column.as_deref(),
        lang,
    };
    if let Some(asked) = &command.explain {
        let unit = compared.unit(asked).ok_or_else(|| match lang {
            Lang::Zh => anyhow!("两份表里没有都有的「{asked}」"),
            Lang::En => anyhow!("no `{asked}` stands in both tables"),
        })?;
        match command.output.shape() {
            Shape::Json => put::json(&command.output, &compare_table::unit_as_json(&compared, unit))?,
            _ => put::text(&command.output, &compare_text::of_unit(&compared, unit))?,
        }
        return Ok(told);
    }
    match command.output.shape() {
        Shape::Text => put::text(&command.output, &compare_text::of_all(&compared))?,
        Shape::Json => put::json(&command.output, &compare_table::as_json(&compared))?,
        Shape::Csv | Shape::Parquet => put::table(&command.output, compare_table::of(&compared))?,
    }
    Ok(told)
}

fn side<'a>(path: &'a Path, data: &'a Path, rules: &'a RuleSet, inputs: &'a Inputs, by_item: bool) -> Side<'a> {
    let sums = rules.dimensions.first().is_some_and(|total| total.aggregate == Aggregate::Sum);
    let points = (by_item && sums).then(|| {
        let context = inputs.context();
        let (prepared, _) = prepare(rules, &inputs.units, &context);
        points(&prepared, inputs)
    });
    Side { path, data, rules, inputs, points }
}

fn points(prepared: &Prepared<'_>, inputs: &Inputs) -> Vec<Vec<f64>> {
    let found = prepared.appraise(&prepared.weights, inputs.context().previous);
    let row = |row: usize| {
        let mut points = vec![f64::NAN; prepared.rules.items.len()];
        let lines = why(prepared, &prepared.weights, &found, row).map_or_else(Vec::new, |why| why.lines);
        for line in lines {
            if let Some(place) = points.get_mut(line.item) {
                *place = line.points.unwrap_or(f64::NAN);
            }
        }
        points
    };
    (0..prepared.units.len()).into_par_iter().map(row).collect()
}
