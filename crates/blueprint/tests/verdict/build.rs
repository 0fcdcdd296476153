//! Small plans and figures for tests.

use std::sync::Arc;

use lantu_blueprint::model::{
    Area, AreaLevel, Baseline, Calendar, City, Deadline, Direction, FieldPlaces, Form, Indicator, IndicatorKind,
    LightRule, Measure, Nature, Observation, Plan, Programme, RowRef, Stage, Target, TargetArea, TargetKind, Trust,
};
use lantu_blueprint::verdict::AssessmentRules;
use lantu_blueprint::{Frequency, Lang, Location, Period, Text};

pub(crate) const RULES: AssessmentRules =
    AssessmentRules { lights: LightRule { slipping_from_pp: 10.0, off_track_above_pp: 30.0 } };

pub(crate) fn period(text: &str) -> Period {
    text.parse().expect("a period")
}

pub(crate) fn here() -> Location {
    Location::start("plan/test.zh.md")
}

pub(crate) fn plan() -> Plan {
    let city = City {
        id: "test".into(),
        name: Text::same("test"),
        title: Text::same("test"),
        notice: Text::default(),
        from: Some(period("2022")),
        to: Some(period("2026")),
        languages: vec![Lang::Zh, Lang::En],
        area: "city".into(),
        calendar: Calendar { frequency: Frequency::Year, lag_months: 6, grace_months: 3 },
        light_rules: None,
    };
    Plan {
        city,
        goals: Vec::new(),
        transformations: Vec::new(),
        programmes: Vec::new(),
        measures: Vec::new(),
        targets: Vec::new(),
        milestones: Vec::new(),
        sources: Vec::new(),
        indicators: vec![indicator("x")],
        areas: vec![
            area("city", AreaLevel::City),
            area("east", AreaLevel::District),
            area("west", AreaLevel::District),
        ],
        rule_sets: Vec::new(),
        data: Vec::new(),
        documents: Vec::new(),
    }
}

pub(crate) fn area(id: &str, level: AreaLevel) -> Area {
    Area { id: id.into(), name: Text::same(id), level, parent: None, code: None, location: here() }
}

pub(crate) fn indicator(id: &str) -> Indicator {
    Indicator {
        id: id.into(),
        name: Text::same(id),
        unit: "count".into(),
        direction: Direction::Up,
        nature: Nature::Stock,
        frequency: None,
        lag_months: None,
        definition: Text::default(),
        kind: IndicatorKind::Published,
        cases: Vec::new(),
        location: here(),
    }
}

pub(crate) fn target(id: &str, form: Form) -> Target {
    Target {
        id: id.into(),
        title: Text::same(id),
        note: Text::default(),
        measure: None,
        programme: None,
        serves: Vec::new(),
        indicator: Some("x".into()),
        area: TargetArea::One("city".into()),
        form: Some(form),
        unit: None,
        deadline: Some(Deadline::By(period("2030"))),
        baseline: None,
        kind: TargetKind::Expected,
        draft: false,
        source: None,
        flaw: None,
        location: here(),
        fields: FieldPlaces::default(),
    }
}

pub(crate) fn baseline(year: &str, value: Option<f64>) -> Baseline {
    Baseline { period: period(year), value, note: Text::default() }
}

pub(crate) fn programme(id: &str, serves: &[&str]) -> Programme {
    Programme {
        id: id.into(),
        title: Text::same(id),
        serves: serves.iter().map(|s| (*s).to_owned()).collect(),
        via: Vec::new(),
        location: here(),
    }
}

pub(crate) fn measure(id: &str, programme: &str, owner: Option<&str>, serves: &[&str]) -> Measure {
    Measure {
        id: id.into(),
        title: Text::same(id),
        programme: Some(programme.into()),
        owner: owner.map(Into::into),
        serves: serves.iter().map(|s| (*s).to_owned()).collect(),
        via: Vec::new(),
        needs: Vec::new(),
        location: here(),
    }
}

pub(crate) fn figure(when: &str, low: f64, high: f64) -> Observation {
    let value = match (low.is_finite(), high.is_finite()) {
        (true, false) => low,
        (false, true) => high,
        _ => (low + high) / 2.0,
    };
    Observation {
        indicator: Arc::from("x"),
        area: Arc::from("city"),
        period: period(when),
        value,
        low,
        high,
        stage: Stage::Final,
        trust: Trust::Primary,
        published: None,
        breaks: false,
        source: Arc::from("test"),
        source_url: Arc::from(""),
        note: Arc::from(""),
        rows: Arc::from([RowRef { file: Arc::from("data/test.csv"), row: 2 }]),
    }
}

/// Reads `period value marks…`; the value may be `>=v`, `<=v` or `a~b`.
pub(crate) fn read_figure(text: &str) -> Observation {
    let mut words = text.split_whitespace();
    let (when, value) = (words.next().expect("a period"), words.next().expect("a value"));
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let (low, high) = if let Some(v) = value.strip_prefix(">=") {
        (number(v), f64::INFINITY)
    } else if let Some(v) = value.strip_prefix("<=") {
        (f64::NEG_INFINITY, number(v))
    } else if let Some((a, b)) = value.split_once('~') {
        (number(a), number(b))
    } else {
        (number(value), number(value))
    };
    let mut figure = figure(when, low, high);
    for mark in words {
        match mark {
            "forecast" => figure.stage = Stage::Forecast,
            "partial" => figure.stage = Stage::Partial,
            "secondary" => figure.trust = Trust::Secondary,
            "breaks" => figure.breaks = true,
            _ => {
                let day = mark.strip_prefix("published=").expect("a known mark");
                figure.published = Some(day.parse().expect("a day"));
            }
        }
    }
    figure
}
