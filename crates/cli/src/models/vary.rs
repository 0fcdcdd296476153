//! `vary.toml`: what is uncertain, what goes together, and the lines that matter.

use std::path::Path;

use anyhow::{Context, anyhow, bail, ensure};
use lantu_simulation::Simulation;
use lantu_simulation::distribution::{Bounds, Distribution};
use lantu_simulation::matrix::Matrix;
use lantu_simulation::model::Name;
use lantu_simulation::run::Threshold;
use lantu_simulation::sampling::{Correlation, Population, latin_hypercube, monte_carlo, sobol};
use serde::Deserialize;

use super::output;
use crate::arguments_models::Sampling;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    vary: Vec<Vary>,
    #[serde(default)]
    correlation: Vec<Together>,
    #[serde(default)]
    threshold: Vec<Line>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vary {
    name: String,
    distribution: String,
    low: Option<f64>,
    high: Option<f64>,
    mean: Option<f64>,
    sd: Option<f64>,
    mode: Option<f64>,
    shape: Option<f64>,
    value: Option<f64>,
    values: Option<Vec<f64>>,
    weights: Option<Vec<f64>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Together {
    between: [String; 2],
    rank: f64,
}

/// A line that a variable may cross.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) at_least: Option<f64>,
    pub(crate) at_most: Option<f64>,
    pub(crate) by: Option<f64>,
}

/// Rows of parameters from a table with a column for each.
pub(crate) struct Draws {
    pub(crate) names: Vec<String>,
    pub(crate) rows: Matrix,
}

impl Draws {
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let place = || path.display().to_string();
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).with_context(place)?;
        let names: Vec<String> = reader.headers().with_context(place)?.iter().map(str::to_owned).collect();
        let mut values = Vec::new();
        let mut runs = 0;
        for row in reader.records() {
            let row = row.with_context(place)?;
            runs += 1;
            for cell in &row {
                let wrong = || {
                    anyhow!("{}：第 {runs} 行「{cell}」不是数字 / row {runs}: `{cell}` is no number", path.display())
                };
                values.push(cell.parse().map_err(|_| wrong())?);
            }
        }
        Ok(Self { rows: Matrix::new(runs, names.len(), values).with_context(place)?, names })
    }
}

/// What is uncertain, ready to be drawn.
pub(crate) struct Uncertainty {
    population: Option<Population>,
    correlated: bool,
    pub(crate) lines: Vec<Line>,
}

impl Uncertainty {
    /// Reads the file; without one nothing is uncertain but what the model draws itself.
    pub(crate) fn read(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else { return Ok(Self { population: None, correlated: false, lines: Vec::new() }) };
        let place = || path.display().to_string();
        let text = std::fs::read_to_string(path).with_context(place)?;
        let file: File = toml::from_str(&text).with_context(place)?;
        let mut parameters = Vec::new();
        for vary in &file.vary {
            let distribution = vary.distribution().with_context(|| format!("{}: {}", path.display(), vary.name))?;
            parameters.push((vary.name.clone(), distribution));
        }
        let correlations: Vec<Correlation> = file
            .correlation
            .iter()
            .map(|c| Correlation { first: c.between[0].clone(), second: c.between[1].clone(), rank: c.rank })
            .collect();
        for (at, vary) in file.vary.iter().enumerate() {
            let twice = file.vary.iter().take(at).any(|earlier| spelled(&earlier.name) == spelled(&vary.name));
            ensure!(!twice, "{0}：「{1}」写了两次 / {0}: `{1}` is there twice", path.display(), vary.name);
        }
        for line in &file.threshold {
            let numbers = [line.at_least, line.at_most, line.by];
            ensure!(
                numbers.iter().flatten().all(|number| number.is_finite()),
                "{0}：阈值「{1}」的数应为有限的数 / {0}: numbers of threshold `{1}` must be finite",
                path.display(),
                line.name
            );
            if line.at_least.is_some() == line.at_most.is_some() {
                bail!(
                    "{}：阈值「{}」应有 at_least 或 at_most 之一 / threshold `{}` needs one of at_least and at_most",
                    path.display(),
                    line.name,
                    line.name
                );
            }
        }
        let population = match parameters.is_empty() {
            true => None,
            false => Some(Population::new(parameters, &correlations).with_context(place)?),
        };
        Ok(Self { population, correlated: !correlations.is_empty(), lines: file.threshold })
    }

    /// Names of the parameters, in the order of the columns.
    pub(crate) fn names(&self) -> Vec<String> {
        let parameters = self.population.as_ref().map(Population::parameters).unwrap_or_default();
        parameters.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Whether some parameters go together.
    pub(crate) fn is_correlated(&self) -> bool {
        self.correlated
    }

    pub(crate) fn population(&self) -> Option<&Population> {
        self.population.as_ref()
    }

    /// A row of parameters for each run.
    pub(crate) fn rows(&self, sampling: Sampling, runs: usize, seed: u64) -> anyhow::Result<Matrix> {
        let Some(population) = &self.population else { return Ok(Matrix::zeros(runs, 1)?) };
        let columns = population.parameters().len();
        let design = match sampling {
            Sampling::Lhs => latin_hypercube(seed, runs, columns)?,
            Sampling::Mc => monte_carlo(seed, runs, columns)?,
            Sampling::Sobol => sobol(Some(seed), runs, columns)?,
        };
        Ok(population.draw(&design)?)
    }

    /// The lines as thresholds on the outputs of a simulation.
    pub(crate) fn thresholds(&self, simulation: &Simulation) -> anyhow::Result<Vec<Threshold>> {
        self.lines.iter().map(|line| line.threshold(simulation)).collect()
    }
}

impl Line {
    fn level(&self) -> f64 {
        self.at_least.or(self.at_most).unwrap_or(f64::NAN)
    }

    /// As people write it: `emissions ≤ 5`.
    pub(crate) fn written(&self) -> String {
        let sign = if self.at_least.is_some() { "≥" } else { "≤" };
        format!("{} {sign} {}", self.name, output::number(self.level()))
    }

    fn threshold(&self, simulation: &Simulation) -> anyhow::Result<Threshold> {
        let wanted = spelled(&self.name);
        let output = simulation.outputs().iter().position(|name| spelled(name) == wanted);
        let output = output.ok_or_else(|| {
            anyhow!("阈值的变量「{}」不在输出中 / `{}` of a threshold is no output", self.name, self.name)
        })?;
        if let (Some(by), [first, .., last]) = (self.by, simulation.times().as_slice()) {
            ensure!(
                (*first..=*last).contains(&by),
                "阈值「{0}」的 by = {by} 不在运行的时刻 {first} 到 {last} 之内 / `by` = {by} of threshold `{0}` is not within {first} to {last}",
                self.name
            );
        }
        Ok(Threshold { output, value: self.level(), at_least: self.at_least.is_some(), by: self.by })
    }
}

/// A label in the form in which two spellings of it are equal.
pub(crate) fn spelled(label: &str) -> String {
    match label.trim().strip_suffix(']').and_then(|open| open.rsplit_once('[')) {
        Some((name, elements)) => {
            let elements: Vec<String> = elements.split(',').map(|element| Name::new(element).to_string()).collect();
            format!("{}[{}]", Name::new(name), elements.join(","))
        }
        None => Name::new(label).to_string(),
    }
}

impl Vary {
    fn needed(&self, value: Option<f64>, field: &str) -> anyhow::Result<f64> {
        value.ok_or_else(|| anyhow!("分布 {0} 缺少 {field} / distribution {0} needs {field}", self.distribution))
    }

    fn distribution(&self) -> anyhow::Result<Distribution> {
        let bounds = Bounds { low: self.low, high: self.high };
        Ok(match self.distribution.as_str() {
            "uniform" => Distribution::uniform(self.needed(self.low, "low")?, self.needed(self.high, "high")?)?,
            "normal" => Distribution::normal(self.needed(self.mean, "mean")?, self.needed(self.sd, "sd")?, bounds)?,
            "lognormal" => {
                Distribution::lognormal(self.needed(self.mean, "mean")?, self.needed(self.sd, "sd")?, bounds)?
            }
            "triangular" | "pert" => {
                let (low, mode, high) =
                    (self.needed(self.low, "low")?, self.needed(self.mode, "mode")?, self.needed(self.high, "high")?);
                match self.distribution.as_str() {
                    "triangular" => Distribution::triangular(low, mode, high)?,
                    _ => Distribution::pert(low, mode, high, self.shape.unwrap_or(4.0))?,
                }
            }
            "discrete" => {
                let values = self.values.clone().unwrap_or_default();
                let weights = self.weights.clone().unwrap_or_else(|| vec![1.0; values.len()]);
                Distribution::discrete(&values, &weights)?
            }
            "constant" => Distribution::constant(self.needed(self.value, "value")?)?,
            other => bail!(
                "没有分布「{other}」，有 uniform、normal、lognormal、triangular、pert、discrete、constant / no distribution `{other}`; \
                 there are uniform, normal, lognormal, triangular, pert, discrete, constant"
            ),
        })
    }
}
