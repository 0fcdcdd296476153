//! What calibration takes: `fit.toml` and a table of observations.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, anyhow, bail, ensure};
use lantu_simulation::calibration::{Loss, Observation, Parameter, Scale, Spacing};
use serde::Deserialize;

use super::vary::spelled;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fit: Vec<Fit>,
    #[serde(default)]
    series: Vec<Series>,
    #[serde(default)]
    options: Options,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fit {
    name: String,
    low: f64,
    high: f64,
    #[serde(default)]
    log: bool,
}

/// A variable of the model that was observed, and how sure its observations are.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Series {
    name: String,
    sd: Option<f64>,
    relative_sd: Option<f64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    loss: Option<String>,
    starts: Option<usize>,
    steps: Option<usize>,
}

/// What is fitted to what.
pub(crate) struct Task {
    pub(crate) parameters: Vec<Parameter>,
    /// Names of the series, by their numbers.
    pub(crate) series: Vec<String>,
    pub(crate) observations: Vec<Observation>,
    /// Variables of the table that are no series, with how many rows each.
    pub(crate) left_out: BTreeMap<String, usize>,
    pub(crate) loss: Loss,
    pub(crate) starts: usize,
    /// Steps of each walker through the plausible parameters.
    pub(crate) steps: usize,
}

/// Observations that do not say how sure they are count as good to a twentieth.
const USUAL_RELATIVE_SD: f64 = 0.05;

impl Task {
    pub(crate) fn read(fit: &Path, observed: &Path) -> anyhow::Result<Self> {
        let place = || fit.display().to_string();
        let text = std::fs::read_to_string(fit).with_context(place)?;
        let file: File = toml::from_str(&text).with_context(place)?;
        let parameter = |fit: &Fit| {
            let spacing = if fit.log { Spacing::Log } else { Spacing::Linear };
            Parameter::new(&fit.name, fit.low, fit.high, spacing)
        };
        let parameters = file.fit.iter().map(parameter).collect::<Result<Vec<_>, _>>().with_context(place)?;
        for (at, one) in file.fit.iter().enumerate() {
            let twice = file.fit.iter().take(at).any(|earlier| spelled(&earlier.name) == spelled(&one.name));
            ensure!(!twice, "{0}：「{1}」写了两次 / {0}: `{1}` is there twice", fit.display(), one.name);
        }
        let loss = match file.options.loss.as_deref() {
            None | Some("huber") => Loss::Huber { threshold: 1.5 },
            Some("squared") => Loss::Squared,
            Some("absolute") => Loss::Absolute,
            Some("log-cosh") => Loss::LogCosh,
            Some("student") => Loss::Student { freedom: 4.0 },
            Some(other) => bail!(
                "{}：没有损失「{other}」，有 huber、squared、absolute、log-cosh、student / no loss `{other}`; there are huber, squared, absolute, log-cosh, student",
                fit.display()
            ),
        };
        let mut left_out = BTreeMap::new();
        let observations = observations(observed, &file.series, &mut left_out)?;
        Ok(Self {
            left_out,
            parameters,
            series: file.series.iter().map(|series| series.name.clone()).collect(),
            observations,
            loss,
            starts: file.options.starts.unwrap_or(8),
            steps: file.options.steps.unwrap_or(1_000).clamp(10, 100_000),
        })
    }
}

/// Rows `variable,time,low,high`; an empty `high` is a lower bound, an empty `low` an upper one.
fn observations(
    path: &Path,
    series: &[Series],
    left_out: &mut BTreeMap<String, usize>,
) -> anyhow::Result<Vec<Observation>> {
    let place = |line: u64| format!("{}:{line}", path.display());
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).with_context(|| path.display().to_string())?;
    let header = reader.headers().with_context(|| place(1))?.clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|found| found == name)
            .ok_or_else(|| anyhow!("{}：缺少列 {name} / column {name} is missing", place(1)))
    };
    let (variable, time, low, high) = (column("variable")?, column("time")?, column("low")?, column("high")?);
    let mut found = Vec::new();
    for row in reader.records() {
        let row = row.with_context(|| path.display().to_string())?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let number = |at: usize, empty: f64| -> anyhow::Result<f64> {
            match cell(at) {
                "" => Ok(empty),
                text => {
                    text.parse().map_err(|_| anyhow!("{}：「{text}」不是数字 / `{text}` is no number", place(line)))
                }
            }
        };
        let wanted = spelled(cell(variable));
        let Some((number_of, known)) = series.iter().enumerate().find(|(_, s)| spelled(&s.name) == wanted) else {
            *left_out.entry(cell(variable).to_owned()).or_default() += 1;
            continue;
        };
        let scale = match (known.sd, known.relative_sd) {
            (Some(sd), _) => Scale::Absolute(sd),
            (None, share) => Scale::Relative(share.unwrap_or(USUAL_RELATIVE_SD)),
        };
        let (low, high) = (number(low, f64::NEG_INFINITY)?, number(high, f64::INFINITY)?);
        ensure!(
            low <= high && (low.is_finite() || high.is_finite()),
            "{0}：「{1}」的观测应有 low 或 high，且 low 不大于 high / {0}: an observation of `{1}` needs low or high, and low not above high",
            place(line),
            known.name
        );
        found
            .push(Observation::new(number_of, number(time, f64::NAN)?, low, high, scale).with_context(|| place(line))?);
    }
    Ok(found)
}
