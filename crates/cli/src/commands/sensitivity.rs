//! `lantu sensitivity`: which parameter moves a result, or decides whether a threshold is met.

use anyhow::{Context, bail};
use lantu_blueprint::Lang;
use lantu_simulation::Simulation;
use lantu_simulation::matrix::Matrix;
use lantu_simulation::run::Batch;
use lantu_simulation::sampling::{latin_hypercube, monte_carlo};
use lantu_simulation::sensitivity::{Bootstrap, morris, pawn, prim, regional, sobol};

use super::say;
use crate::Outcome;
use crate::arguments::Format;
use crate::arguments_models::{Method, Sensitivity};
use crate::models::output::{self, Column, Table};
use crate::models::progress::Progress;
use crate::models::vary::{Line, Uncertainty};
use crate::models::{Opened, names};
use crate::text::table::{Cell, render};
use crate::text::{print, style};

/// What is asked, and what the runs gave.
struct Study {
    parameters: Vec<String>,
    outputs: Vec<String>,
    /// How many of the outputs are variables; the rest are thresholds.
    variables: usize,
    /// Points of the unit cube.
    design: Matrix,
    /// Values of the parameters.
    rows: Matrix,
    results: Matrix,
    bootstrap: Bootstrap,
}

/// Rows of a result table: names and numbers, in the order of the columns.
struct Findings {
    head: Vec<&'static str>,
    rows: Vec<(Vec<String>, Vec<f64>)>,
    /// What to say beside the table.
    notes: Vec<String>,
}

pub(crate) fn run(command: &Sensitivity, lang: Lang) -> anyhow::Result<Outcome> {
    let opened = Opened::new(&command.file)?;
    let uncertainty = Uncertainty::read(Some(&command.vary))?;
    let mut save = command.save.as_deref().map(names).unwrap_or_default();
    save.extend(uncertainty.lines.iter().map(|line| line.name.clone()));
    if save.is_empty() {
        bail!(say(
            lang,
            "请用 --save 指明看哪些变量，或在文件中写 [[threshold]]",
            "name what to look at with --save, or write a [[threshold]] in the file"
        ));
    }
    let Some(simulation) = opened.compile(&uncertainty.names(), &save, lang) else { return Ok(Outcome::Findings) };
    let study = Study::of(command, &simulation, &uncertainty, lang)?;
    if uncertainty.is_correlated() && matches!(command.method, Method::Sobol | Method::Morris) {
        anstream::eprintln!(
            "{}",
            say(
                lang,
                "文件中有相关的参数：sobol 和 morris 假定参数彼此独立，占比只供参考；pawn 不作此假定",
                "some parameters are correlated: sobol and morris assume they are not, take the shares as a hint; pawn does not assume it"
            )
        );
    }
    let findings = match command.method {
        Method::Morris => study.morris()?,
        Method::Sobol => study.sobol()?,
        Method::Pawn => study.pawn(command.seed, lang)?,
        Method::Regional => study.regional(lang)?,
        Method::Prim => study.prim(lang)?,
    };
    match command.format {
        Format::Text => print(&findings.as_text())?,
        Format::Csv => {
            output::write(&output::table(findings.table(), crate::arguments_models::ModelFormat::Csv)?, None)?
        }
        Format::Json => {
            output::write(&output::table(findings.table(), crate::arguments_models::ModelFormat::Json)?, None)?
        }
    }
    Ok(Outcome::Fine)
}

fn described(line: &Line) -> String {
    let by = line.by.map(|by| format!(" @{}", output::number(by))).unwrap_or_default();
    format!("{}{by}", line.written())
}

impl Study {
    fn of(
        command: &Sensitivity,
        simulation: &Simulation,
        uncertainty: &Uncertainty,
        lang: Lang,
    ) -> anyhow::Result<Self> {
        let Some(population) = uncertainty.population() else {
            bail!(say(lang, "文件中没有 [[vary]]", "there is no [[vary]] in the file"));
        };
        let columns = population.parameters().len();
        let samples = command.samples.map(|n| n as usize);
        let design = match command.method {
            Method::Morris => morris::trajectories(command.seed, 4, samples.unwrap_or(50), columns)?,
            Method::Sobol => sobol::saltelli(Some(command.seed), samples.unwrap_or(1_024), columns)?,
            Method::Pawn => monte_carlo(command.seed, samples.unwrap_or(4_000), columns)?,
            Method::Regional | Method::Prim => latin_hypercube(command.seed, samples.unwrap_or(4_000), columns)?,
        };
        let rows = match command.method {
            // Its levels are the very ends, where a distribution without bounds has none: the outer half per cent at
            // either end is left out.
            Method::Morris => {
                let inner = design.rows().flatten().map(|level| 0.005 + 0.99 * level).collect();
                population.draw(&Matrix::new(design.row_count(), columns, inner)?)?
            }
            _ => population.draw(&design)?,
        };
        let times = simulation.times();
        let moment = match command.at {
            None => times.len().saturating_sub(1),
            Some(at) => {
                let near = times.iter().position(|time| (time - at).abs() < 1e-6 * (1.0 + at.abs()));
                near.with_context(|| say(lang, "--at 不是输出的时刻", "--at is no moment of the output"))?
            }
        };
        let thresholds = uncertainty.thresholds(simulation)?;
        let progress = Progress::new(say(lang, "运行", "running"));
        let outcomes = progress.watch(|control| {
            Batch { simulation, rows: &rows, seed: command.seed, common_random_numbers: false, control }
                .outcomes(moment, &thresholds)
        })?;
        let width = simulation.outputs().len() + thresholds.len();
        let results = Matrix::new(outcomes.len(), width, outcomes.into_iter().flatten().collect())?;
        let broken = |place: &usize| results.rows().any(|row| row.get(*place).is_some_and(|v| !v.is_finite()));
        if let Some(place) = (0..simulation.outputs().len()).find(broken) {
            let count = results.rows().filter(|row| row.get(place).is_some_and(|v| !v.is_finite())).count();
            let name = simulation.outputs().get(place).map_or("", String::as_str);
            bail!(
                "{count} 次运行在「{name}」没有有限的数（除以零、溢出），无从比较；请收窄范围或改正方程 / {count} runs have no finite number in `{name}` (division by zero, overflow) and cannot be compared; narrow the ranges or correct the equation"
            );
        }
        let outputs = simulation.outputs().iter().cloned().chain(uncertainty.lines.iter().map(described)).collect();
        Ok(Self {
            parameters: uncertainty.names(),
            outputs,
            variables: simulation.outputs().len(),
            design,
            rows,
            results,
            bootstrap: Bootstrap { resamples: 100, level: 0.95, seed: command.seed },
        })
    }

    fn pair(&self, output: usize, parameter: usize) -> Vec<String> {
        let name = |list: &[String], place: usize| list.get(place).cloned().unwrap_or_default();
        vec![name(&self.outputs, output), name(&self.parameters, parameter)]
    }

    fn morris(&self) -> anyhow::Result<Findings> {
        let effects = morris::analyse(&self.design, &self.results, Some(self.bootstrap))?;
        let mut rows = Vec::new();
        for (output, effects) in effects.iter().enumerate() {
            for (parameter, effect) in effects.iter().enumerate() {
                let (low, high) = effect.mu_star_interval.map_or((f64::NAN, f64::NAN), |i| (i.low, i.high));
                let sigma = effect.sigma.unwrap_or(f64::NAN);
                rows.push((self.pair(output, parameter), vec![effect.mu_star, low, high, effect.mu, sigma]));
            }
        }
        Ok(Findings {
            head: vec!["output", "parameter", "mu_star", "low", "high", "mu", "sigma"],
            rows,
            notes: Vec::new(),
        }
        .ranked(0))
    }

    fn sobol(&self) -> anyhow::Result<Findings> {
        let indices = sobol::analyse(&self.results, self.parameters.len(), Some(self.bootstrap))?;
        let mut rows = Vec::new();
        for (output, indices) in indices.iter().enumerate() {
            for parameter in 0..self.parameters.len() {
                // An output that never changes has no variance to share: unknown, not 0.
                let found = indices.as_ref().and_then(|list| list.get(parameter));
                let numbers = found.map_or(vec![f64::NAN; 6], |found| {
                    let part = |index: sobol::Index| {
                        let (low, high) = index.interval.map_or((f64::NAN, f64::NAN), |i| (i.low, i.high));
                        [index.value, low, high]
                    };
                    part(found.total).into_iter().chain(part(found.first)).collect()
                });
                rows.push((self.pair(output, parameter), numbers));
            }
        }
        let head = vec!["output", "parameter", "total", "total_low", "total_high", "first", "first_low", "first_high"];
        Ok(Findings { head, rows, notes: Vec::new() }.ranked(0))
    }

    fn pawn(&self, seed: u64, lang: Lang) -> anyhow::Result<Findings> {
        let settings = pawn::Settings { seed, ..pawn::Settings::default() };
        let found = pawn::analyse(&self.rows, &self.results, &settings)?;
        let (mut rows, mut notes) = (Vec::new(), Vec::new());
        for (output, found) in found.iter().enumerate() {
            for parameter in 0..self.parameters.len() {
                let distances = found.as_ref().and_then(|pawn| pawn.parameters.get(parameter));
                let numbers = distances.map_or(vec![f64::NAN; 2], |d| vec![d.median, d.max]);
                rows.push((self.pair(output, parameter), numbers));
            }
            if let (Some(pawn), Some(name)) = (found, self.outputs.get(output)) {
                let level = output::number((pawn.threshold.median * 1000.0).round() / 1000.0);
                notes.push(match lang {
                    Lang::Zh => format!("{name}：中位距离不超过 {level} 的参数看不出影响"),
                    Lang::En => format!("{name}: a median distance of {level} or less shows nothing"),
                });
            }
        }
        Ok(Findings { head: vec!["output", "parameter", "median", "max"], rows, notes }.ranked(0))
    }

    /// For each threshold which runs met it.
    fn successes(&self, lang: Lang) -> anyhow::Result<Vec<(String, Vec<bool>)>> {
        let met = |output: usize| {
            let name = self.outputs.get(output).cloned().unwrap_or_default();
            (name, self.results.column(output).map(|value| value > 0.5).collect())
        };
        let found: Vec<_> = (self.variables..self.outputs.len()).map(met).collect();
        if found.is_empty() {
            bail!(say(lang, "该方法需要文件中有 [[threshold]]", "this method needs a [[threshold]] in the file"));
        }
        Ok(found)
    }

    fn regional(&self, lang: Lang) -> anyhow::Result<Findings> {
        let mut rows = Vec::new();
        let mut notes = Vec::new();
        for (name, success) in self.successes(lang)? {
            notes.push(reached(&name, &success, lang));
            let Some(found) = self.decided(&success).then(|| regional::analyse(&self.rows, &success)).transpose()?
            else {
                continue;
            };
            for (parameter, found) in found.iter().enumerate() {
                let side = match found.side {
                    Some(regional::Side::Higher) => say(lang, "偏高", "higher"),
                    Some(regional::Side::Lower) => say(lang, "偏低", "lower"),
                    None => "",
                };
                let parameter = self.parameters.get(parameter).cloned().unwrap_or_default();
                rows.push((vec![name.clone(), parameter, side.to_owned()], vec![found.distance, found.p_value]));
            }
        }
        Ok(Findings { head: vec!["output", "parameter", "side", "distance", "p_value"], rows, notes }.ranked(0))
    }

    fn decided(&self, success: &[bool]) -> bool {
        success.contains(&true) && success.contains(&false)
    }

    fn prim(&self, lang: Lang) -> anyhow::Result<Findings> {
        let (mut rows, mut notes) = (Vec::new(), Vec::new());
        for (name, success) in self.successes(lang)? {
            notes.push(reached(&name, &success, lang));
            if !self.decided(&success) {
                continue;
            }
            let boxes = prim::boxes(&self.rows, &success, &prim::Settings::default())?;
            // The widest box in which four runs in five succeed, or the densest there is.
            let densest = boxes.iter().max_by(|a, b| a.density.total_cmp(&b.density).then(a.mass.total_cmp(&b.mass)));
            let Some(chosen) = prim::widest(&boxes, 0.8).or(densest) else { continue };
            let conditions: Vec<String> = chosen.restrictions.iter().map(|r| self.condition(r)).collect();
            let (density, coverage) = (chosen.density * 100.0, chosen.coverage * 100.0);
            let together = if conditions.is_empty() {
                say(lang, "不论参数如何", "whatever the parameters").to_owned()
            } else {
                conditions.join(say(lang, " 且 ", " and "))
            };
            notes.push(match lang {
                Lang::Zh => format!("「{name}」：在 {together} 的情形中，{density:.0}% 达到，占全部达到情形的 {coverage:.0}%"),
                Lang::En => format!("`{name}` is met in {density:.0}% of futures where {together}; these are {coverage:.0}% of all that meet it"),
            });
            for restriction in &chosen.restrictions {
                let parameter = self.parameters.get(restriction.parameter).cloned().unwrap_or_default();
                let (low, high) = (restriction.low.unwrap_or(f64::NAN), restriction.high.unwrap_or(f64::NAN));
                let numbers = vec![low, high, restriction.p_value, chosen.density, chosen.coverage, chosen.mass];
                rows.push((vec![name.clone(), parameter], numbers));
            }
        }
        let head = vec!["output", "parameter", "low", "high", "p_value", "density", "coverage", "mass"];
        Ok(Findings { head, rows, notes })
    }

    fn condition(&self, restriction: &prim::Restriction) -> String {
        let name = self.parameters.get(restriction.parameter).map_or("", String::as_str);
        let short = |value: f64| output::number(format!("{value:.3e}").parse().unwrap_or(value));
        match (restriction.low, restriction.high) {
            (Some(low), Some(high)) => format!("{} ≤ {name} ≤ {}", short(low), short(high)),
            (Some(low), None) => format!("{name} ≥ {}", short(low)),
            (None, high) => format!("{name} ≤ {}", short(high.unwrap_or(f64::NAN))),
        }
    }
}

fn reached(name: &str, success: &[bool], lang: Lang) -> String {
    let share = success.iter().filter(|met| **met).count() as f64 / success.len().max(1) as f64 * 100.0;
    match lang {
        Lang::Zh => format!("「{name}」：{share:.1}% 的运行达到"),
        Lang::En => format!("`{name}`: reached in {share:.1}% of runs"),
    }
}

impl Findings {
    /// For each output the largest first; unknown ones last.
    fn ranked(mut self, by: usize) -> Self {
        let key =
            |row: &(Vec<String>, Vec<f64>)| row.1.get(by).copied().filter(|v| !v.is_nan()).unwrap_or(f64::NEG_INFINITY);
        let mut order: Vec<String> = Vec::new();
        for (names, _) in &self.rows {
            let output = names.first().cloned().unwrap_or_default();
            if !order.contains(&output) {
                order.push(output);
            }
        }
        let place = |row: &(Vec<String>, Vec<f64>)| order.iter().position(|output| row.0.first() == Some(output));
        self.rows.sort_by(|a, b| place(a).cmp(&place(b)).then(key(b).total_cmp(&key(a))));
        self
    }

    fn table(&self) -> Table {
        let texts = self.rows.first().map_or(0, |(names, _)| names.len());
        let column = |place: usize| match place.checked_sub(texts) {
            None => {
                Column::Text(self.rows.iter().map(|(names, _)| names.get(place).cloned().unwrap_or_default()).collect())
            }
            Some(number) => Column::Number(
                self.rows.iter().map(|(_, values)| values.get(number).copied().unwrap_or(f64::NAN)).collect(),
            ),
        };
        self.head.iter().enumerate().map(|(place, name)| ((*name).to_owned(), column(place))).collect()
    }

    fn as_text(&self) -> String {
        let mut rows = vec![self.head.iter().map(|name| Cell::text(*name).painted(style::strong)).collect::<Vec<_>>()];
        for (names, values) in &self.rows {
            let number = |value: &f64| if value.is_nan() { "–".to_owned() } else { format!("{value:.4}") };
            let cells = names.iter().map(Cell::text).chain(values.iter().map(|value| Cell::number(number(value))));
            rows.push(cells.collect());
        }
        let table = if self.rows.is_empty() { String::new() } else { render(&rows, &vec![48; self.head.len()], 0) };
        let notes: String = self.notes.iter().map(|note| format!("{note}\n")).collect();
        format!("{table}{notes}")
    }
}
