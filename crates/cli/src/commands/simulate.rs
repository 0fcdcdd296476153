//! `lantu simulate`: one run of a model, or many with bands and probabilities.

use lantu_blueprint::Lang;
use lantu_simulation::Simulation;
use lantu_simulation::run::{Batch, Summary};
use serde_json::{Value, json};

use super::say;
use crate::Outcome;
use crate::arguments_models::{ModelFormat, Simulate, SimulateOther};
use crate::models::output::{self, Column, Table, value};
use crate::models::progress::Progress;
use crate::models::vary::{Draws, Line, Uncertainty};
use crate::models::{Opened, names};
use crate::text::style;

/// Shares of runs that lie below the lines of a band.
const SHARES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

pub(crate) fn run(command: &Simulate, lang: Lang) -> anyhow::Result<Outcome> {
    if let Some(SimulateOther::Check(check)) = &command.other {
        return super::model_check::run(check, lang);
    }
    output::apart(command.output.as_deref(), &command.file, &[command.vary.as_deref(), command.draws.as_deref()])?;
    let opened = Opened::new(&command.file)?;
    let uncertainty = Uncertainty::read(command.vary.as_deref())?;
    let mut save = command.save.as_deref().map(names).unwrap_or_default();
    if !save.is_empty() {
        // What a threshold looks at is kept as well.
        save.extend(uncertainty.lines.iter().map(|line| line.name.clone()));
    }
    let draws = command.draws.as_deref().map(Draws::read).transpose()?;
    let varied = draws.as_ref().map_or_else(|| uncertainty.names(), |draws| draws.names.clone());
    let Some(simulation) = opened.compile(&varied, &save, lang) else { return Ok(Outcome::Findings) };
    let many = command.runs.is_some() || command.vary.is_some() || draws.is_some();
    let bytes = if many {
        let runs = command.runs.unwrap_or(1_000) as usize;
        let rows = match draws {
            Some(draws) => draws.rows,
            None => uncertainty.rows(command.sampling, runs, command.seed)?,
        };
        let thresholds = uncertainty.thresholds(&simulation)?;
        let progress = Progress::new(say(lang, "运行", "running"));
        let summary = progress.watch(|control| {
            let batch = Batch {
                simulation: &simulation,
                rows: &rows,
                seed: command.seed,
                common_random_numbers: false,
                control,
            };
            batch.summary(&SHARES, &thresholds)
        })?;
        tell(&simulation, &summary, &uncertainty.lines, lang);
        match command.format() {
            ModelFormat::Json => {
                let all = ensemble_json(&simulation, &summary, &uncertainty.lines, command.seed);
                format!("{}\n", serde_json::to_string(&all)?).into_bytes()
            }
            format => output::table(bands(&simulation, &summary, format), format)?,
        }
    } else {
        output::table(single(&simulation, command.seed, lang), command.format())?
    };
    output::write(&bytes, command.output.as_deref())?;
    Ok(Outcome::Fine)
}

fn single(simulation: &Simulation, seed: u64, lang: Lang) -> Table {
    let run = simulation.run(&[], seed);
    if let Some((time, name)) = simulation.first_break(&run) {
        let line = match lang {
            Lang::Zh => format!("「{name}」在时刻 {time} 起不是有限的数（除以零、溢出或无数据）"),
            Lang::En => format!("`{name}` is no finite number from {time} on (division by zero, overflow, or no data)"),
        };
        anstream::eprintln!("{}", style::bad(&line));
    }
    let mut table = vec![("time".to_owned(), Column::Number(simulation.times()))];
    for (place, name) in simulation.outputs().iter().enumerate() {
        table.push((name.clone(), Column::Number(run.column(place).collect())));
    }
    table
}

fn share_name(share: f64) -> String {
    format!("q{:02}", (share * 100.0).round())
}

/// One row for each variable and moment. Parquet holds numbers only: there a variable is its place in the list.
fn bands(simulation: &Simulation, summary: &Summary, format: ModelFormat) -> Table {
    let times = simulation.times();
    let rows = times.len();
    let repeated = |name: &String| std::iter::repeat_n(name.clone(), rows);
    let variable = match format {
        ModelFormat::Parquet => {
            let places = (0..simulation.outputs().len()).flat_map(|place| std::iter::repeat_n(place as f64, rows));
            Column::Number(places.collect())
        }
        _ => Column::Text(simulation.outputs().iter().flat_map(repeated).collect()),
    };
    let mut table = vec![
        ("variable".to_owned(), variable),
        ("time".to_owned(), Column::Number(times.repeat(simulation.outputs().len()))),
    ];
    let counts = summary.bands.iter().flat_map(|bands| bands.count.iter().map(|count| *count as f64));
    table.push(("runs".to_owned(), Column::Number(counts.collect())));
    table
        .push(("mean".to_owned(), Column::Number(summary.bands.iter().flat_map(|b| b.mean.iter().copied()).collect())));
    for (place, share) in SHARES.iter().enumerate() {
        let quantiles = summary.bands.iter().flat_map(|b| &b.quantiles);
        let column = quantiles.map(|row| row.get(place).copied().unwrap_or(f64::NAN)).collect();
        table.push((share_name(*share), Column::Number(column)));
    }
    table
}

fn ensemble_json(simulation: &Simulation, summary: &Summary, lines: &[Line], seed: u64) -> Value {
    let list = |values: &[f64]| values.iter().map(|v| value(*v)).collect::<Vec<_>>();
    let bands = simulation.outputs().iter().zip(&summary.bands).map(|(name, bands)| {
        let mut one = json!({ "variable": name, "mean": list(&bands.mean), "runs": bands.count });
        if let Some(object) = one.as_object_mut() {
            for (place, share) in SHARES.iter().enumerate() {
                let column: Vec<f64> =
                    bands.quantiles.iter().map(|row| row.get(place).copied().unwrap_or(f64::NAN)).collect();
                object.insert(share_name(*share), Value::Array(list(&column)));
            }
        }
        one
    });
    let thresholds = lines.iter().zip(&summary.crossings).map(|(line, crossing)| {
        json!({
            "name": line.name, "at_least": line.at_least, "at_most": line.at_most, "by": line.by,
            "probability": crossing.probability, "holding": crossing.holding,
            "first_reached_median": value(median(&crossing.first)),
        })
    });
    let broken = summary.broken.iter().map(|broken| {
        let name = simulation.outputs().get(broken.output).map_or("", String::as_str);
        json!({ "run": broken.run, "time": broken.time, "variable": name })
    });
    json!({
        "runs": summary.runs, "seed": seed, "time": list(&simulation.times()),
        "bands": bands.collect::<Vec<_>>(), "thresholds": thresholds.collect::<Vec<_>>(), "broken": broken.collect::<Vec<_>>(),
    })
}

/// The middle of those moments that there are.
fn median(moments: &[f64]) -> f64 {
    let mut found: Vec<f64> = moments.iter().copied().filter(|moment| !moment.is_nan()).collect();
    found.sort_by(f64::total_cmp);
    found.get(found.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Probabilities and broken runs, told beside the output.
fn tell(simulation: &Simulation, summary: &Summary, lines: &[Line], lang: Lang) {
    for (line, crossing) in lines.iter().zip(&summary.crossings) {
        let text = match (lang, line.by.map(output::number)) {
            (Lang::Zh, Some(by)) => format!("{}，{by} 前", line.written()),
            (Lang::En, Some(by)) => format!("{} by {by}", line.written()),
            (_, None) => line.written(),
        };
        let (reached, holding) = (crossing.probability * 100.0, crossing.holding * 100.0);
        match lang {
            Lang::Zh => anstream::eprintln!(
                "{text}：{reached:.1}% 的运行达到，{holding:.1}% 到期时仍满足（{} 次）",
                summary.runs
            ),
            Lang::En => anstream::eprintln!(
                "{text}: reached in {reached:.1}% of {} runs, still holds then in {holding:.1}%",
                summary.runs
            ),
        }
    }
    if let Some(first) = summary.broken.first() {
        let name = simulation.outputs().get(first.output).map_or("", String::as_str);
        let count = summary.broken.len();
        let line = match lang {
            Lang::Zh => format!(
                "{count} 次运行中断：最先第 {} 次，「{name}」在时刻 {} 起不是有限的数",
                first.run + 1,
                first.time
            ),
            Lang::En => format!(
                "{count} runs broke off; the first is run {}, `{name}` is no finite number from {} on",
                first.run + 1,
                first.time
            ),
        };
        anstream::eprintln!("{}", style::bad(&line));
    }
}
