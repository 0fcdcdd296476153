//! `indicators/<id>.test.yaml`: values an indicator must have.

use std::sync::Arc;

use serde::Deserialize;
use serde_saphyr::{Options, Spanned};

use super::{Report, decode, files_in, stem};
use crate::diagnostic::suggestion;
use crate::model::{Indicator, IndicatorCase, Stage, Trust};
use crate::{Code, Location, Period, Sources, Text};

const ENDING: &str = ".test.yaml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseText {
    #[serde(default)]
    name: String,
    area: String,
    period: PeriodText,
    value: Option<f64>,
    tolerance: Option<f64>,
    stage: Option<String>,
    trust: Option<String>,
    #[serde(default)]
    source: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum PeriodText {
    Year(i16),
    Text(String),
}

/// Reads every test file and hangs its cases on the indicator it names.
pub(super) fn read(sources: &Sources, indicators: &mut [Indicator], report: &Report) {
    for (path, bytes) in files_in(sources, "indicators/", ENDING) {
        let Some(source) = decode(path, bytes, report) else { continue };
        let file = Arc::clone(&source.file);
        let cases = read_cases(&file, source.text, report);
        let id = stem(path, ENDING);
        match indicators.binary_search_by(|i| i.id.as_str().cmp(id)) {
            Ok(at) => {
                if let Some(indicator) = indicators.get_mut(at) {
                    indicator.cases = cases;
                }
            }
            Err(_) => report.say(
                Code::UnknownIndicator,
                Location::start(file),
                Text::new(format!("没有名为「{id}」的指标"), format!("there is no indicator `{id}`")),
                suggestion(
                    id,
                    indicators.iter().map(|i| i.id.as_str()),
                    Text::new("文件名应为 <指标 id>.test.yaml", "the file is named <indicator id>.test.yaml"),
                ),
            ),
        }
    }
}

fn read_cases(file: &Arc<str>, text: &str, report: &Report) -> Vec<IndicatorCase> {
    let options = Options::default();
    let read: Result<Vec<Spanned<CaseText>>, _> = serde_saphyr::from_str_with_options(text, options);
    match read {
        Ok(cases) => cases.into_iter().filter_map(|case| convert(file, case, report)).collect(),
        Err(error) => {
            let place = error.location().map_or_else(
                || Location::start(Arc::clone(file)),
                |at| Location::new(Arc::clone(file), clamp(at.line()), clamp(at.column())),
            );
            let message = error.to_string();
            let first = message.lines().next().unwrap_or_default();
            // The parser repeats the place in front of what it says.
            let first = first
                .rsplit_once(": ")
                .map_or(first, |(place, said)| if place.contains("line ") { said } else { first });
            report.say(
                Code::BadTestFile,
                place,
                Text::new(format!("测试文件读不出来：{first}"), format!("the test file cannot be read: {first}")),
                Text::new(
                    "每个用例要有 area、period、value，见 docs/format.md",
                    "every case has area, period and value, see docs/format.md",
                ),
            );
            Vec::new()
        }
    }
}

fn convert(file: &Arc<str>, case: Spanned<CaseText>, report: &Report) -> Option<IndicatorCase> {
    let location = Location::new(Arc::clone(file), clamp(case.referenced.line()), clamp(case.referenced.column()));
    let bad = |what: &str, value: &str| {
        report.say(
            Code::BadTestFile,
            location.clone(),
            Text::new(format!("「{what}」不能是「{value}」"), format!("`{what}` cannot be `{value}`")),
            Text::new("见 docs/format.md", "see docs/format.md"),
        );
    };
    let case = case.value;
    for (name, number) in [("value", case.value), ("tolerance", case.tolerance)] {
        if let Some(number) = number.filter(|n| !n.is_finite() || name == "tolerance" && *n < 0.0) {
            bad(name, &number.to_string());
            return None;
        }
    }
    let written = match case.period {
        PeriodText::Year(year) => year.to_string(),
        PeriodText::Text(text) => text,
    };
    let Ok(period) = written.parse::<Period>() else {
        bad("period", &written);
        return None;
    };
    let stage = case.stage.as_deref().map(|word| (word, Stage::from_word(word)));
    let trust = case.trust.as_deref().map(|word| (word, Trust::from_word(word)));
    if let Some((word, None)) = stage {
        bad("stage", word);
    }
    if let Some((word, None)) = trust {
        bad("trust", word);
    }
    Some(IndicatorCase {
        name: case.name,
        area: case.area,
        period,
        value: case.value,
        tolerance: case.tolerance.unwrap_or_else(|| 1e-9 * case.value.unwrap_or(0.0).abs()),
        stage: stage.and_then(|(_, stage)| stage),
        trust: trust.and_then(|(_, trust)| trust),
        source: case.source,
        location,
    })
}

fn clamp(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX).max(1)
}
