//! `lantu calibrate`: parameters that fit what was observed, every plausible set of them, and how good the forecast
//! would have been.

use std::ops::ControlFlow;

use anyhow::{anyhow, bail};
use lantu_blueprint::Lang;
use lantu_simulation::Simulation;
use lantu_simulation::calibration::backtest::{self, Report};
use lantu_simulation::calibration::optimise::{self, Fit};
use lantu_simulation::calibration::posterior::{self, Posterior};
use lantu_simulation::calibration::{ErrorModel, Noise, Problem, Progress as Step};
use lantu_simulation::matrix::Matrix;
use lantu_simulation::run::{Batch, Control};
use serde_json::{Value, json};

use super::say;
use crate::Outcome;
use crate::arguments::Format;
use crate::arguments_models::Calibrate;
use crate::models::observed::Task;
use crate::models::output::{self, Column, value};
use crate::models::progress::Progress;
use crate::models::{Opened, vary};
use crate::text::table::{Cell, render};
use crate::text::{print, print_json, style};

/// Standard deviations may all be wrong by one factor between these.
const NOISE: Noise = Noise { errors: ErrorModel::Gaussian, factor: Some((0.1, 10.0)) };

/// What calibration came to.
struct Found {
    fit: Fit,
    posterior: Posterior,
    report: Option<Report>,
}

pub(crate) fn run(command: &Calibrate, lang: Lang) -> anyhow::Result<Outcome> {
    if command.format == Format::Csv {
        bail!(say(
            lang,
            "没有 csv 格式的报告；抽样用 -o 写成 CSV",
            "there is no report in csv; -o writes the draws as CSV"
        ));
    }
    output::apart(command.output.as_deref(), &command.file, &[Some(&command.fit), Some(&command.observed)])?;
    let opened = Opened::new(&command.file)?;
    let task = Task::read(&command.fit, &command.observed)?;
    for (name, rows) in &task.left_out {
        match lang {
            Lang::Zh => anstream::eprintln!("观测中的「{name}」不在 [[series]] 里，{rows} 行没有用"),
            Lang::En => anstream::eprintln!("`{name}` of the observations is in no [[series]]; {rows} rows not used"),
        }
    }
    let names: Vec<String> = task.parameters.iter().map(|parameter| parameter.name().to_owned()).collect();
    let Some(simulation) = opened.compile(&names, &task.series, lang) else { return Ok(Outcome::Findings) };
    let model = at_observations(&simulation, &task)?;
    let problem = Problem::new(&model, &task.parameters, &task.observations)?;
    let progress = Progress::new(say(lang, "拟合", "fitting"));
    let found = progress.watch(|control| calibrate(command, &task, &problem, control))?;
    if let Some(path) = &command.output {
        output::write(
            &output::table(draws(&names, &found.posterior), crate::arguments_models::ModelFormat::Csv)?,
            Some(path),
        )?;
    }
    match command.format {
        Format::Json => print_json(&as_json(&names, &task, &found))?,
        _ => print(&as_text(&names, &task, &found, lang))?,
    }
    Ok(Outcome::Fine)
}

/// The model as calibration sees it: rows of parameters in, a value for each observation out.
fn at_observations<'s>(
    simulation: &'s Simulation,
    task: &Task,
) -> anyhow::Result<impl Fn(&[Vec<f64>]) -> Vec<Vec<f64>> + use<'s>> {
    let times = simulation.times();
    let outputs = simulation.outputs().len();
    let mut places = Vec::with_capacity(task.observations.len());
    for seen in &task.observations {
        let name = task.series.get(seen.series()).map_or("", String::as_str);
        let output = simulation.outputs().iter().position(|output| vary::spelled(output) == vary::spelled(name));
        let output = output
            .ok_or_else(|| anyhow!("「{name}」有多个元素，请写明一个 / `{name}` has several elements; name one"))?;
        let after = times.iter().position(|time| *time >= seen.time() - 1e-9);
        let after = after.ok_or_else(|| {
            anyhow!(
                "「{name}」的观测 {} 在模型结束之后 / an observation of `{name}` at {} is after the model's end",
                seen.time(),
                seen.time()
            )
        })?;
        if times.first().is_some_and(|start| seen.time() < start - 1e-9) {
            bail!(
                "「{name}」的观测 {0} 在模型开始之前 / an observation of `{name}` at {0} is before the model's start",
                seen.time()
            );
        }
        let before = after.saturating_sub(1);
        let (from, to) = (times.get(before).copied().unwrap_or(0.0), times.get(after).copied().unwrap_or(0.0));
        let part = if to > from { ((seen.time() - from) / (to - from)).clamp(0.0, 1.0) } else { 1.0 };
        places.push((output, before, after, part));
    }
    Ok(move |rows: &[Vec<f64>]| {
        let columns = rows.first().map_or(0, Vec::len);
        let Ok(matrix) = Matrix::new(rows.len(), columns, rows.iter().flatten().copied().collect()) else {
            return Vec::new();
        };
        let batch = Batch { simulation, rows: &matrix, seed: 1, common_random_numbers: true, control: Control::none() };
        let Ok(runs) = batch.whole() else { return Vec::new() };
        let at = |run: &Vec<f64>, moment: usize, output: usize| {
            run.get(moment * outputs + output).copied().unwrap_or(f64::NAN)
        };
        let values = |run: &Vec<f64>| {
            let one = |(output, before, after, part): &(usize, usize, usize, f64)| {
                let (low, high) = (at(run, *before, *output), at(run, *after, *output));
                if *part >= 1.0 { high } else { low + part * (high - low) }
            };
            places.iter().map(one).collect()
        };
        runs.iter().map(values).collect()
    })
}

fn calibrate(command: &Calibrate, task: &Task, problem: &Problem<'_>, control: Control<'_>) -> anyhow::Result<Found> {
    let watch = |step: Step| {
        (control.progress)(step.done as f64 / step.total.max(1) as f64);
        ControlFlow::Continue(())
    };
    let search = optimise::Options { starts: task.starts, seed: command.seed, ..optimise::Options::default() };
    let sampling = posterior::Options {
        burn_in: task.steps / 2,
        steps: task.steps,
        thin: 5,
        seed: command.seed,
        ..posterior::Options::default()
    };
    let fit = optimise::fit(problem, task.loss, &search, &watch)?;
    let starts: Vec<Vec<f64>> = fit.near_best(backtest::PLAUSIBLE).map(|end| end.point.clone()).collect();
    let posterior = posterior::sample(problem, NOISE, &starts, &sampling, &watch)?;
    let split = command.hold_back.and_then(|years| backtest::hold_back(&task.observations, years));
    let report = match split {
        Some(split) => {
            let options =
                backtest::Options { loss: task.loss, noise: NOISE, search, sampling, members: 500, seed: command.seed };
            Some(backtest::backtest(problem, &[split], &options, &watch)?)
        }
        None => None,
    };
    Ok(Found { fit, posterior, report })
}

fn draws(names: &[String], posterior: &Posterior) -> output::Table {
    let column = |place: usize| {
        Column::Number(posterior.draws.iter().map(|draw| draw.values.get(place).copied().unwrap_or(f64::NAN)).collect())
    };
    names.iter().enumerate().map(|(place, name)| (name.clone(), column(place))).collect()
}

fn as_text(names: &[String], task: &Task, found: &Found, lang: Lang) -> String {
    let head = match lang {
        Lang::Zh => ["参数", "最优", "均值", "标准差", "R-hat", "有效样本"],
        Lang::En => ["parameter", "best", "mean", "sd", "R-hat", "effective"],
    };
    let mut rows = vec![head.iter().map(|name| Cell::text(*name).painted(style::strong)).collect::<Vec<_>>()];
    for ((name, best), summary) in names.iter().zip(&found.fit.best).zip(&found.posterior.summaries) {
        let short = |value: f64| format!("{value:.5}");
        rows.push(vec![
            Cell::text(name),
            Cell::number(short(*best)),
            Cell::number(short(summary.mean)),
            Cell::number(short(summary.sd)),
            Cell::number(format!("{:.3}", summary.r_hat)),
            Cell::number(format!("{:.0}", summary.effective)),
        ]);
    }
    let mut out = render(&rows, &[48, 16, 16, 16, 8, 10], 0);
    let agree = found.fit.near_best(0.01 * found.fit.loss.abs().max(0.01)).count();
    let (all, loss) = (found.fit.ends.len(), found.fit.loss);
    out.push_str(&match lang {
        Lang::Zh => {
            format!("损失 {loss:.4}；{all} 个起点中有 {agree} 个到达同一水平；观测 {} 个\n", task.observations.len())
        }
        Lang::En => format!(
            "loss {loss:.4}; {agree} of {all} starts came to the same level; {} observations\n",
            task.observations.len()
        ),
    });
    let stuck = found.posterior.summaries.iter().any(|summary| summary.r_hat.is_nan() || summary.r_hat >= 1.1);
    if stuck {
        out.push_str(say(
            lang,
            "R-hat 超过 1.1：抽样尚未收敛，请在 [options] 中加大 steps\n",
            "R-hat above 1.1: the draws have not settled; raise steps in [options]\n",
        ));
    }
    if let Some(report) = &found.report {
        let score = &report.overall;
        let share =
            |place: usize| score.covered.get(place).map_or(0.0, |n| *n as f64 / score.points.max(1) as f64 * 100.0);
        let skill = score.skill.map_or("–".to_owned(), |skill| format!("{skill:.2}"));
        out.push_str(&match lang {
            Lang::Zh => format!(
                "回测（留出 {} 个观测）：50%/80%/95% 区间分别覆盖 {:.0}%、{:.0}%、{:.0}%；CRPS {:.3}，比随机游走加漂移好的程度 {skill}（1 为完美，0 为一样，负为更差）\n",
                score.points, share(0), share(1), share(2), score.crps
            ),
            Lang::En => format!(
                "back-test ({} observations held back): the 50/80/95% bands cover {:.0}%, {:.0}%, {:.0}%; CRPS {:.3}, skill against a random walk with drift {skill} (1 perfect, 0 the same, below 0 worse)\n",
                score.points, share(0), share(1), share(2), score.crps
            ),
        });
    }
    out
}

fn as_json(names: &[String], task: &Task, found: &Found) -> Value {
    let parameters =
        names.iter().zip(&found.fit.best).zip(&found.posterior.summaries).map(|((name, best), summary)| {
            json!({
                "name": name, "best": value(*best), "mean": value(summary.mean), "sd": value(summary.sd),
                "r_hat": value(summary.r_hat), "effective": value(summary.effective),
            })
        });
    let report = found.report.as_ref().map(|report| {
        let score = &report.overall;
        json!({
            "points": score.points, "covered_50": score.covered.first(), "covered_80": score.covered.get(1),
            "covered_95": score.covered.get(2), "crps": value(score.crps), "skill": score.skill.map(value),
        })
    });
    json!({
        "observations": task.observations.len(), "loss": value(found.fit.loss), "starts": found.fit.ends.len(),
        "parameters": parameters.collect::<Vec<_>>(), "acceptance": value(found.posterior.acceptance), "backtest": report,
    })
}
