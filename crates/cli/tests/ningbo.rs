//! Ningbo's plan as of 2026-11-23. What is wanted here was read in the published figures, not in our output.

use super::{city, code, json, lantu, text};

fn status() -> serde_json::Value {
    let root = city("ningbo");
    let output = lantu(&["status", root.to_str().unwrap(), "--as-of", "2026-11-23", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    json(&output)
}

fn own<'a>(status: &'a serde_json::Value, indicator: &str) -> &'a serde_json::Value {
    let of = |t: &&serde_json::Value| t["indicator"] == indicator && t["own"] == true;
    status["targets"].as_array().unwrap().iter().find(of).unwrap_or_else(|| panic!("{indicator}"))
}

#[test]
fn every_target_has_a_verdict_with_reasons() {
    let status = status();
    let targets = status["targets"].as_array().unwrap();
    assert_eq!(targets.len(), 134);
    assert_eq!(targets.iter().filter(|t| t["own"] == true).count(), 24);
    for target in targets {
        let (zh, en) = (target["because"].as_array().unwrap(), target["because_en"].as_array().unwrap());
        assert!(!zh.is_empty() && zh.len() == en.len(), "{target}");
    }
}

/// The work report of January 2026 expects "more than 10,000" for 2025: a bound and a forecast.
#[test]
fn high_tech_firms_are_reached_by_forecast() {
    let status = status();
    let target = own(&status, "high_tech_enterprises");
    assert_eq!(
        (target["verdict"].as_str(), target["observed"]["stage"].as_str()),
        (Some("met_early"), Some("forecast"))
    );
    assert_eq!((target["observed"]["low"].as_f64(), target["observed"]["high"].as_f64()), (Some(10_000.0), None));
}

/// The newest count, 120, is of 2023; the path from 107 (2021) to 214 (2026) wants 149.8 there.
#[test]
fn listed_companies_are_stale_and_were_behind() {
    let status = status();
    let target = own(&status, "listed_companies_a");
    assert_eq!(target["verdict"], "stale");
    assert_eq!(target["observed"]["value"], 120.0);
    assert!((target["path"]["expected"].as_f64().unwrap() - 149.8).abs() < 1e-9, "{target}");
}

/// 3.08 % of 2023 is the newest published intensity.
#[test]
fn research_intensity_is_stale() {
    let status = status();
    let target = status["targets"]
        .as_array()
        .unwrap()
        .iter()
        .find(|t| t["indicator"] == "rd_intensity" && t["deadline"] == "2025")
        .unwrap();
    assert_eq!(target["verdict"], "stale");
    assert_eq!(
        (target["observed"]["value"].as_f64(), target["observed"]["period"].as_str()),
        (Some(3.08), Some("2023"))
    );
}

#[test]
fn market_value_is_unmeasured() {
    assert_eq!(own(&status(), "listed_market_cap")["verdict"], "unmeasured");
}

#[test]
fn the_tests_of_all_indicators_pass() {
    let root = city("ningbo");
    let output = lantu(&["test", root.to_str().unwrap(), "--as-of", "2026-11-23"]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let check = lantu(&["check", root.to_str().unwrap(), "--as-of", "2026-11-23"]);
    assert_eq!(code(&check), 0, "{}", text(&check));
}
