//! What is within reach at the costs from places to places.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use lantu_blueprint::Lang;
use lantu_network::access::{covered, reach, share_within, three_step, two_step};
use lantu_network::read::held::held;
use serde_json::{Map, Value, json};

use super::{Costs, create, write_matrix};
use crate::Outcome;
use crate::arguments::Format;
use crate::arguments_reach::{Column, Measure, Measures};
use crate::commands::say;
use crate::commands::told::tell;
use crate::models::output;
use crate::text::table::{Cell, render};
use crate::text::{csv, file, print, print_json, style};

/// A number for each place, under a name.
struct Found {
    name: String,
    values: Vec<Option<f64>>,
}

/// Refuses what does not go together, before anything is worked out.
pub(super) fn check(command: &Measures, lang: Lang) -> anyhow::Result<()> {
    if command.format == Format::Csv {
        bail!(say(
            lang,
            "结果没有 csv 格式；--matrix、--access、--share 写成 CSV",
            "no csv here; --matrix, --access and --share write CSV"
        ));
    }
    if !command.measure.is_empty() && command.within.is_empty() {
        bail!(say(lang, "--measure 需要 --within", "--measure needs --within"));
    }
    if command.within.is_empty() && command.people.is_some() && command.held.is_some() {
        bail!(say(lang, "--people 和 --held 需要 --within", "--people and --held need --within"));
    }
    if command.people.is_none() && command.measure.iter().any(|measure| *measure != Measure::Opportunities) {
        bail!(say(lang, "2sfca 和 3sfca 需要 --people", "2sfca and 3sfca need --people"));
    }
    Ok(())
}

pub(super) fn run(command: &Measures, mut costs: Costs, lang: Lang) -> anyhow::Result<Outcome> {
    let from = costs.from.clone();
    let people = command.people.as_ref().map(|column| numbers(column, &from, &mut costs, lang)).transpose()?;
    let to = costs.to.clone();
    let kept = command.held.as_ref().map(|column| numbers(column, &to, &mut costs, lang)).transpose()?;
    let mut access: Vec<Found> = Vec::new();
    for measure in &command.measure {
        for within in &command.within {
            let (rows, kept) = (&costs.rows, kept.as_deref().unwrap_or_default());
            let (people, decay) = (people.as_deref().unwrap_or_default(), command.decay.decay(*within));
            let (name, values) = match measure {
                Measure::Opportunities => ("opportunities", reach(rows, kept, &decay)),
                Measure::TwoStep => ("2sfca", two_step(rows, people, kept, &decay)),
                Measure::ThreeStep => ("3sfca", three_step(rows, people, kept, &decay)),
            };
            access.push(Found { name: format!("{name}_{}", output::number(*within)), values });
        }
    }
    let shares = people.as_ref().map(|people| shares(&costs, people, &command.within)).unwrap_or_default();
    if let Some(path) = &command.matrix {
        write_matrix(&costs, path, lang)?;
    }
    for (path, ids, columns) in [(&command.access, &costs.from, &access), (&command.share, &costs.to, &shares)] {
        if let Some(path) = path {
            write(path, ids, columns, &costs.inputs, lang)?;
        }
    }
    let coverage: Vec<(f64, Option<f64>)> = match (&people, &kept) {
        (Some(people), Some(kept)) => {
            command.within.iter().map(|within| (*within, covered(&costs.rows, people, kept, *within))).collect()
        }
        _ => Vec::new(),
    };
    match command.format {
        Format::Json => print_json(&as_json(&costs, &access, &coverage))?,
        _ => print(&as_text(&costs, &access, &coverage, people.as_deref(), lang))?,
    }
    Ok(if costs.left_out { Outcome::Findings } else { Outcome::Fine })
}

/// The numbers of a column for some places; tells how many places have none.
fn numbers(column: &Column, ids: &[String], costs: &mut Costs, lang: Lang) -> anyhow::Result<Vec<f64>> {
    let (found, problems) = held(&file::read(&column.file, lang)?, &column.name);
    costs.left_out |= tell(&problems, &column.file, lang);
    let (values, lacking) = found.of(ids);
    let there: HashSet<&str> = ids.iter().map(String::as_str).collect();
    let strangers = found.ids.iter().zip(&found.values).filter(|(id, _)| !there.contains(id.as_str()));
    let (count, lost) = strangers.fold((0, 0.0), |(count, lost), (_, value)| (count + 1, lost + value));
    if count > 0 {
        let (file, name, lost) = (column.file.display(), &column.name, output::number(lost));
        let line = match lang {
            Lang::Zh => format!("{file} 有 {count} 处不在费用里，共 {lost} {name}，没有计入"),
            Lang::En => format!("{count} places of {file} have no costs; their {name}, {lost} in all, do not count"),
        };
        anstream::eprintln!("{}", style::bad(&line));
        costs.left_out = true;
    }
    if lacking > 0 {
        let (file, name) = (column.file.display(), &column.name);
        let line = match lang {
            Lang::Zh => format!("{lacking} 处地点在 {file} 里没有 {name}，按 0 计"),
            Lang::En => format!("{lacking} places have no {name} in {file}; they count as 0"),
        };
        anstream::eprintln!("{}", style::dim(&line));
    }
    Ok(values)
}

/// The share of all people who reach each place.
fn shares(costs: &Costs, people: &[f64], within: &[f64]) -> Vec<Found> {
    let of = |most: f64| -> Vec<Option<f64>> {
        let to_place = |place: usize| {
            let column: Vec<f64> =
                costs.rows.iter().map(|row| row.get(place).copied().unwrap_or(f64::INFINITY)).collect();
            share_within(&column, people, most)
        };
        (0..costs.to.len()).map(to_place).collect()
    };
    within.iter().map(|most| Found { name: format!("share_{}", output::number(*most)), values: of(*most) }).collect()
}

/// A row for each place.
fn write(path: &Path, ids: &[String], columns: &[Found], inputs: &[PathBuf], lang: Lang) -> anyhow::Result<()> {
    let named = || path.display().to_string();
    let mut out = create(path, inputs, lang)?;
    let head = csv::line(["id"].into_iter().chain(columns.iter().map(|column| column.name.as_str())));
    out.write_all(head.as_bytes()).with_context(named)?;
    for (row, id) in ids.iter().enumerate() {
        let cell = |column: &Found| column.values.get(row).copied().flatten().map(output::number).unwrap_or_default();
        let cells: Vec<String> = columns.iter().map(cell).collect();
        let line = csv::line([id.as_str()].into_iter().chain(cells.iter().map(String::as_str)));
        out.write_all(line.as_bytes()).with_context(named)?;
    }
    out.flush().with_context(named)
}

fn pairs(costs: &Costs) -> usize {
    costs.rows.iter().flatten().filter(|cost| cost.is_finite()).count()
}

fn as_json(costs: &Costs, access: &[Found], coverage: &[(f64, Option<f64>)]) -> Value {
    let of = |column: &Found| -> Value {
        let row = |(id, value): (&String, &Option<f64>)| (id.clone(), json!(value));
        costs.from.iter().zip(&column.values).map(row).collect::<Map<_, _>>().into()
    };
    let counts = costs.counts.iter().map(|([.., name], count)| ((*name).to_owned(), json!(count)));
    json!({
        "counts": counts.collect::<Map<_, _>>(),
        "origins": costs.from.len(),
        "destinations": costs.to.len(),
        "pairs": pairs(costs),
        "access": access.iter().map(|column| (column.name.clone(), of(column))).collect::<Map<_, _>>(),
        "covered": coverage.iter().map(|(within, share)| json!({ "within": within, "share": share })).collect::<Vec<_>>(),
    })
}

fn as_text(
    costs: &Costs,
    access: &[Found],
    coverage: &[(f64, Option<f64>)],
    people: Option<&[f64]>,
    lang: Lang,
) -> String {
    let dim = |text: &str| Cell::text(text).painted(style::dim);
    let (from, to) = (costs.from.len(), costs.to.len());
    let counts =
        costs.counts.iter().map(|([zh, en, _], count)| vec![dim(say(lang, zh, en)), Cell::text(count.to_string())]);
    let mut rows: Vec<Vec<Cell>> = counts.collect();
    rows.extend([
        vec![dim(say(lang, "出发地", "origins")), Cell::text(from.to_string())],
        vec![dim(say(lang, "目的地", "destinations")), Cell::text(to.to_string())],
        vec![
            dim(say(lang, "到得了的地点对", "pairs with a way")),
            Cell::text(format!("{} / {}", pairs(costs), from * to)),
        ],
    ]);
    for (within, share) in coverage {
        let within = output::number(*within);
        let name = match lang {
            Lang::Zh => format!("{within} 以内够得着的人"),
            Lang::En => format!("people who reach one within {within}"),
        };
        let share = share.map_or_else(
            || say(lang, "没有人", "nobody lives there").to_owned(),
            |share| format!("{:.1}%", 100.0 * share),
        );
        rows.push(vec![dim(&name), Cell::text(share)]);
    }
    let mut out = render(&rows, &[60, 40], 0);
    if access.is_empty() {
        return out;
    }
    let head = [
        ("", ""),
        ("有值的地点", "places with a value"),
        ("最少", "least"),
        ("中位", "median"),
        ("最多", "most"),
        ("按人平均", "average by people"),
    ];
    let mut rows = vec![head.map(|(zh, en)| dim(say(lang, zh, en))).to_vec()];
    for column in access {
        let mut values: Vec<f64> = column.values.iter().copied().flatten().collect();
        values.sort_by(f64::total_cmp);
        let at = |place: usize| values.get(place).map(|value| short(*value)).unwrap_or_default();
        let average = people.and_then(|people| average(&column.values, people)).map(short).unwrap_or_default();
        let count = format!("{} / {from}", values.len());
        let cells = [at(0), at(values.len() / 2), at(values.len().wrapping_sub(1)), average];
        rows.push([dim(&column.name), Cell::text(count)].into_iter().chain(cells.map(Cell::text)).collect());
    }
    out.push('\n');
    out.push_str(&render(&rows, &[40; 6], 0));
    out
}

/// Over the people of places with a value.
fn average(values: &[Option<f64>], people: &[f64]) -> Option<f64> {
    let known = values.iter().zip(people).filter_map(|(value, people)| Some(((*value)?, people)));
    let (sum, all) = known.fold((0.0, 0.0), |(sum, all), (value, people)| (sum + value * people, all + people));
    (all > 0.0).then(|| sum / all)
}

/// Six digits are enough to read.
fn short(value: f64) -> String {
    let digits = if value == 0.0 { 0 } else { (5.0 - value.abs().log10().floor()).clamp(0.0, 12.0) as usize };
    output::number(format!("{value:.digits$}").parse().unwrap_or(value))
}
