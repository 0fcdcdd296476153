//! Times the assessment of 100,000 targets, each judged in 10 districts, with roll-ups: one million verdicts.
//!
//! `cargo run --release -p lantu-blueprint --example assess_100k [targets] [areas]`

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use lantu_blueprint::model::{
    Area, AreaLevel, Baseline, Calendar, City, Deadline, Direction, FieldPlaces, Form, Goal, Indicator, IndicatorKind,
    LightRule, Measure, Nature, Observation, Plan, Programme, RowRef, Stage, Target, TargetArea, TargetKind, Trust,
};
use lantu_blueprint::verdict::{AssessmentRules, Filter, Links, Observations, TargetVerdict, assess, rollups, totals};
use lantu_blueprint::{Date, Frequency, Lang, Location, Period, Text};

type NotAPeriod = <Period as std::str::FromStr>::Err;

fn main() -> Result<(), NotAPeriod> {
    let mut arguments = std::env::args().skip(1).filter_map(|a| a.parse::<usize>().ok());
    let targets = arguments.next().unwrap_or(100_000);
    let areas = arguments.next().unwrap_or(10);
    let indicators = (targets / 10).max(1);

    let plan = plan(targets, areas, indicators)?;
    let list = figures(areas, indicators)?;
    let figures = list.len();
    let start = Instant::now();
    let observations = Observations::new(list);
    let built = start.elapsed();

    let rules = AssessmentRules { lights: LightRule { slipping_from_pp: 10.0, off_track_above_pp: 30.0 } };
    let as_of = Date::constant(2026, 11, 23);
    let mut least = Duration::MAX;
    let (mut assessed, mut last) = (Duration::MAX, None);
    for _ in 0..5 {
        drop(last.take());
        let start = Instant::now();
        let assessment = assess(&plan, &observations, as_of, rules);
        assessed = assessed.min(start.elapsed());
        let links = Links::of(&plan);
        let groups = rollups(&plan, &links, &Filter::default(), &assessment.targets);
        let whole = totals(&plan, &links, &Filter::default(), &assessment.targets);
        least = least.min(start.elapsed());
        last = Some((assessment, groups.len(), whole));
    }
    let Some((assessment, groups, whole)) = last else { return Ok(()) };
    println!("{targets} targets x {areas} areas = {} verdicts, {figures} figures", assessment.targets.len());
    println!(
        "index {} ms; assess {} ms; with {groups} roll-ups {} ms (best of 5)",
        built.as_millis(),
        assessed.as_millis(),
        least.as_millis()
    );
    println!("one verdict: {} bytes", size_of::<TargetVerdict>());
    for (verdict, count) in whole.summary.iter() {
        println!("  {:12} {count}", verdict.code());
    }
    let start = Instant::now();
    let sentences: usize = assessment.targets.iter().take(10_000).map(|v| assessment.because(&plan, v).len()).sum();
    println!("reasons of 10,000 verdicts: {sentences} sentences in {:.0?}", start.elapsed());
    Ok(())
}

fn year(year: usize) -> Result<Period, NotAPeriod> {
    year.to_string().parse()
}

fn plan(targets: usize, areas: usize, indicators: usize) -> Result<Plan, NotAPeriod> {
    let here = || Location::start("generated");
    let forms = [
        Form::AtLeast(200.0),
        Form::AtMost(60.0),
        Form::TimesBaseline(2.0),
        Form::GrowthPerYear(6.5),
        Form::Cumulative { total: 900.0, since: year(2021)? },
        Form::Between(90.0, 140.0),
        Form::Hold,
    ];
    let measures = (targets / 100).max(1);
    let by = Deadline::By(year(2026)?);
    let baseline = Baseline { period: year(2020)?, value: None, note: Text::default() };
    let target = |at: usize| Target {
        id: format!("target-{at}"),
        title: Text::default(),
        note: Text::default(),
        measure: Some(format!("measure-{}", at % measures)),
        programme: None,
        serves: Vec::new(),
        indicator: Some(format!("indicator-{:06}", at % indicators)),
        area: TargetArea::Each(AreaLevel::District),
        form: forms.get(at % forms.len()).copied(),
        unit: None,
        deadline: Some(by),
        baseline: Some(baseline.clone()),
        kind: TargetKind::Expected,
        draft: false,
        source: None,
        flaw: None,
        location: here(),
        fields: FieldPlaces::default(),
    };
    let goals: Vec<Goal> =
        (0..6).map(|at| Goal { id: format!("goal-{at}"), title: Text::default(), location: here() }).collect();
    let programme = |at: usize| Programme {
        id: format!("programme-{at}"),
        title: Text::default(),
        serves: vec![format!("goal-{}", at % 6)],
        via: Vec::new(),
        location: here(),
    };
    let measure = |at: usize| Measure {
        id: format!("measure-{at}"),
        title: Text::default(),
        programme: Some(format!("programme-{}", at % 9)),
        owner: Some(format!("owner-{}", at % 20)),
        serves: Vec::new(),
        via: Vec::new(),
        needs: Vec::new(),
        location: here(),
    };
    let indicator = |at: usize| Indicator {
        id: format!("indicator-{at:06}"),
        name: Text::default(),
        unit: "count".to_owned(),
        direction: Direction::Up,
        nature: Nature::Flow,
        frequency: None,
        lag_months: None,
        definition: Text::default(),
        kind: IndicatorKind::Published,
        cases: Vec::new(),
        location: here(),
    };
    let area = |at: usize| Area {
        id: format!("area-{at}"),
        name: Text::default(),
        level: AreaLevel::District,
        parent: None,
        code: None,
        location: here(),
    };
    Ok(Plan {
        city: City {
            id: "generated".to_owned(),
            name: Text::default(),
            title: Text::default(),
            notice: Text::default(),
            from: Some(year(2022)?),
            to: Some(year(2026)?),
            languages: vec![Lang::Zh, Lang::En],
            area: "area-0".to_owned(),
            calendar: Calendar { frequency: Frequency::Year, lag_months: 6, grace_months: 3 },
            light_rules: None,
        },
        goals,
        transformations: Vec::new(),
        programmes: (0..9).map(programme).collect(),
        measures: (0..measures).map(measure).collect(),
        targets: (0..targets).map(target).collect(),
        milestones: Vec::new(),
        sources: Vec::new(),
        indicators: (0..indicators).map(indicator).collect(),
        areas: (0..areas).map(area).collect(),
        rule_sets: Vec::new(),
        data: Vec::new(),
        documents: Vec::new(),
    })
}

/// Six yearly figures of every indicator in every area, from a fixed rule instead of chance.
fn figures(areas: usize, indicators: usize) -> Result<Vec<Observation>, NotAPeriod> {
    let (source, empty): (Arc<str>, Arc<str>) = (Arc::from("generated"), Arc::from(""));
    let rows: Arc<[RowRef]> = Arc::from([RowRef { file: Arc::from("data/generated.csv"), row: 2 }]);
    let area_ids: Vec<Arc<str>> = (0..areas).map(|at| Arc::from(format!("area-{at}"))).collect();
    let years = (2020..=2025).map(year).collect::<Result<Vec<Period>, NotAPeriod>>()?;
    let mut all = Vec::with_capacity(areas * indicators * years.len());
    for indicator in 0..indicators {
        let id: Arc<str> = Arc::from(format!("indicator-{indicator:06}"));
        for (at, area) in area_ids.iter().enumerate() {
            let growth = ((indicator * 7 + at * 13) % 40) as f64 - 10.0;
            for (step, period) in years.iter().enumerate() {
                let value = 100.0 + growth * step as f64;
                all.push(Observation {
                    indicator: Arc::clone(&id),
                    area: Arc::clone(area),
                    period: *period,
                    value,
                    low: value,
                    high: if (indicator + step) % 5 == 0 { f64::INFINITY } else { value },
                    stage: Stage::Final,
                    trust: Trust::Primary,
                    published: None,
                    breaks: false,
                    source: Arc::clone(&source),
                    source_url: Arc::clone(&empty),
                    note: Arc::clone(&empty),
                    rows: Arc::clone(&rows),
                });
            }
        }
    }
    Ok(all)
}
