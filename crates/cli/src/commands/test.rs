//! `lantu test`

use std::fmt::Write;

use lantu_blueprint::Lang;
use lantu_city::{CaseResult, run_cases};
use serde_json::json;

use super::{has_errors, open, say};
use crate::Outcome;
use crate::arguments::{Format, Test};
use crate::text::{csv, print, print_json, style};

pub(crate) fn run(command: &Test, lang: Lang) -> anyhow::Result<Outcome> {
    let city = open(&command.at, lang)?;
    let results = run_cases(&city);
    let failed = results.iter().filter(|r| r.failure.is_some()).count();
    match command.format {
        Format::Json => print_json(&results.iter().map(|r| as_json(r, lang)).collect::<Vec<_>>())?,
        Format::Csv => {
            let mut out = csv::line(["indicator", "case", "area", "period", "want", "got", "passed"]);
            for r in &results {
                let number = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
                let (period, want, got) = (r.case.period.to_string(), number(r.case.value), number(r.got));
                let passed = r.failure.is_none().to_string();
                out.push_str(&csv::line([
                    r.indicator.id.as_str(),
                    &r.case.name,
                    &r.case.area,
                    &period,
                    &want,
                    &got,
                    &passed,
                ]));
            }
            print(&out)?;
        }
        Format::Text => print(&as_text(&results, failed, lang))?,
    }
    // An indicator that cannot be computed is a failure even when nobody wrote a test for it.
    let broken = has_errors(city.diagnostics());
    Ok(if failed > 0 || broken { Outcome::Findings } else { Outcome::Fine })
}

fn as_json(r: &CaseResult<'_>, lang: Lang) -> serde_json::Value {
    json!({
        "indicator": r.indicator.id,
        "case": r.case.name,
        "area": r.case.area,
        "period": r.case.period.to_string(),
        "want": r.case.value,
        "got": r.got,
        "passed": r.failure.is_none(),
        "failure": r.failure.as_ref().map(|f| f.get(lang)),
    })
}

fn as_text(results: &[CaseResult<'_>], failed: usize, lang: Lang) -> String {
    let mut out = String::new();
    for r in results {
        let Some(failure) = &r.failure else { continue };
        let _ = writeln!(out, "{} {} · {}", style::bad("✘"), style::strong(&r.indicator.id), r.case.name);
        let _ = writeln!(out, "  {}", failure.get(lang));
        let _ = writeln!(out, "  {} {}", style::dim("→"), r.case.location);
    }
    let passed = results.len() - failed;
    let line = format!("{passed} {}，{failed} {}", say(lang, "项通过", "passed"), say(lang, "项未通过", "failed"));
    let line = if lang == Lang::En { line.replace('，', ", ") } else { line };
    let _ = writeln!(out, "{}", if failed == 0 { style::good(&line) } else { style::bad(&line) });
    out
}
