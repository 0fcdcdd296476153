//! Areas, milestones, counts, coverage, freshness.

use std::sync::Arc;

use lantu_blueprint::Text;
use lantu_blueprint::model::{AreaLevel, Form, Goal, Milestone, MilestoneEvidence, Observation, Plan, TargetArea};
use lantu_blueprint::verdict::{
    Assessment, Coverage, Filter, Freshness, GroupBy, Links, Observations, Rollup, Verdict, assess, rollups, totals,
};

use super::build::{RULES, baseline, figure, here, indicator, measure, period, plan, programme, target};

/// Two programmes, three measures, four targets, one of them for each of two districts.
fn small() -> (Plan, Vec<Observation>) {
    let mut plan = plan();
    plan.goals =
        ["g1", "g2"].map(|id| Goal { id: id.into(), title: Text::same(id), location: here() }).into_iter().collect();
    plan.programmes = vec![programme("p1", &["g1"]), programme("p2", &["g2"])];
    plan.measures = vec![
        measure("m1", "p1", Some("bureau"), &[]),
        measure("m2", "p1", None, &["g2"]),
        measure("m3", "p2", Some("bureau"), &[]),
    ];
    plan.indicators = vec![indicator("x"), indicator("y")];
    let mut met = target("met", Form::AtLeast(10.0));
    met.measure = Some("m1".into());
    let mut wish = target("wish", Form::Hold);
    (wish.measure, wish.form) = (Some("m2".into()), None);
    let mut each = target("each", Form::AtLeast(10.0));
    (each.measure, each.area) = (Some("m3".into()), TargetArea::Each(AreaLevel::District));
    let mut old = target("old", Form::AtLeast(10.0));
    (old.measure, old.indicator) = (Some("m1".into()), Some("y".into()));
    old.serves = vec!["g2".into(), "g2".into()];
    old.baseline = Some(baseline("2020", Some(1.0)));
    plan.targets = vec![met, wish, each, old];
    let mut figures = vec![figure("2024", 12.0, 12.0), figure("2024", 11.0, 11.0), figure("2021", 2.0, 2.0)];
    figures[1].area = Arc::from("east");
    figures[2].indicator = Arc::from("y");
    (plan, figures)
}

fn assessed() -> (Plan, Assessment) {
    let (plan, figures) = small();
    let day = "2025-08-01".parse().expect("a day");
    let assessment = assess(&plan, &Observations::new(figures), day, RULES);
    (plan, assessment)
}

#[test]
fn each_area_is_judged_alone() {
    let (_, assessment) = assessed();
    let told: Vec<(&str, &str, &str)> =
        assessment.targets.iter().map(|t| (t.id.as_str(), t.area.as_ref(), t.verdict.code())).collect();
    assert_eq!(
        told,
        [
            ("met", "city", "met_early"),
            ("wish", "city", "unmeasured"),
            ("each@east", "east", "met_early"),
            ("each@west", "west", "unmeasured"),
            ("old", "city", "stale"),
        ]
    );
}

#[test]
fn a_level_without_areas_loses_no_target() {
    let (mut plan, figures) = small();
    plan.targets[2].area = TargetArea::Each(AreaLevel::Grid);
    let day = "2025-08-01".parse().expect("a day");
    let assessment = assess(&plan, &Observations::new(figures), day, RULES);
    assert_eq!(assessment.targets.len(), 4);
    assert_eq!((assessment.targets[2].id.as_str(), assessment.targets[2].verdict), ("each", Verdict::Unmeasured));
}

fn find<'a>(all: &'a [Rollup], by: GroupBy, id: &str) -> &'a Rollup {
    all.iter().find(|r| r.by == by && r.id == id).expect("the group")
}

#[test]
fn groups_count_cover_and_date() {
    let (plan, assessment) = assessed();
    let links = Links::of(&plan);
    let all = rollups(&plan, &links, &Filter::default(), &assessment.targets);
    let names: Vec<(&str, &str)> = all.iter().map(|r| (r.by.word(), r.id.as_str())).collect();
    assert_eq!(
        names,
        [
            ("measure", "m1"),
            ("measure", "m2"),
            ("measure", "m3"),
            ("programme", "p1"),
            ("programme", "p2"),
            ("goal", "g1"),
            ("goal", "g2"),
            ("area", "city"),
            ("area", "east"),
            ("area", "west"),
            ("owner", "bureau"),
            ("owner", ""),
        ]
    );
    let p1 = find(&all, GroupBy::Programme, "p1");
    assert_eq!(p1.summary.total(), 3);
    assert_eq!(p1.summary.count(Verdict::Stale), 1);
    // m1 has a decided target, m2 a wish only.
    assert_eq!(p1.coverage, Coverage { measures: 2, decided: 1 });
    assert_eq!(p1.freshness, Freshness { with_data: 2, fresh: 1 });
    // The target `old` serves g2 (once, though it says so twice) and not the goal of its programme.
    assert_eq!(find(&all, GroupBy::Goal, "g1").summary.total(), 1);
    let g2 = find(&all, GroupBy::Goal, "g2");
    assert_eq!(g2.summary.total(), 4);
    assert_eq!(g2.coverage, Coverage { measures: 2, decided: 1 });
    // In the west m3 has a target and no figure.
    assert_eq!(find(&all, GroupBy::Area, "west").coverage, Coverage { measures: 1, decided: 0 });
    assert_eq!(find(&all, GroupBy::Owner, "bureau").summary.total(), 4);
    assert_eq!(find(&all, GroupBy::Owner, "").summary.total(), 1, "what nobody owns is counted too");
}

/// A group's coverage is over the same measures as the total's.
#[test]
fn groups_under_a_filter_cover_what_the_filter_keeps() {
    let (plan, assessment) = assessed();
    let links = Links::of(&plan);
    let filter = Filter { area: Some("east".into()), ..Filter::default() };
    let all = rollups(&plan, &links, &filter, &assessment.targets);
    let whole = totals(&plan, &links, &filter, &assessment.targets).coverage;
    let programmes = all.iter().filter(|r| r.by == GroupBy::Programme).map(|r| r.coverage);
    let sum = programmes.fold((0, 0), |(m, d), c| (m + c.measures, d + c.decided));
    assert_eq!((whole.measures, whole.decided), (1, 1));
    assert_eq!(sum, (1, 1));
}

#[test]
fn a_filter_narrows_counts_and_measures() {
    let (plan, assessment) = assessed();
    let links = Links::of(&plan);
    let count = |filter: Filter| totals(&plan, &links, &filter, &assessment.targets);
    let whole = count(Filter::default());
    assert_eq!(whole.summary.total(), 5);
    assert_eq!(whole.coverage, Coverage { measures: 3, decided: 2 });
    assert_eq!(whole.freshness.share(), Some(2.0 / 3.0));
    let owner = count(Filter { owner: Some("bureau".into()), ..Filter::default() });
    assert_eq!((owner.summary.total(), owner.coverage.measures), (4, 2));
    let area = count(Filter { area: Some("west".into()), ..Filter::default() });
    assert_eq!((area.summary.total(), area.coverage), (1, Coverage { measures: 1, decided: 0 }));
    let none = count(Filter { goal: Some("absent".into()), ..Filter::default() });
    assert_eq!((none.summary.total(), none.coverage.share()), (0, None));
}

#[test]
fn milestones_need_evidence() {
    let mut plan = plan();
    let milestone = |id: &str, done: Option<&str>| Milestone {
        id: id.into(),
        title: Text::same(id),
        note: Text::default(),
        measure: None,
        programme: None,
        by: Some(period("2024")),
        evidence: done.map(|day| MilestoneEvidence {
            done: day.parse().expect("a day"),
            source: "gazette".into(),
            source_url: None,
        }),
        source: None,
        location: here(),
    };
    plan.milestones = vec![
        milestone("done", Some("2024-12-31")),
        milestone("late", Some("2025-01-01")),
        milestone("later", Some("2025-08-02")),
        milestone("unknown", None),
    ];
    let day = "2025-08-01".parse().expect("a day");
    let assessment = assess(&plan, &Observations::default(), day, RULES);
    let codes: Vec<&str> = assessment.milestones.iter().map(|m| m.verdict.code()).collect();
    assert_eq!(codes, ["met", "missed", "unmeasured", "unmeasured"]);
    for verdict in &assessment.milestones {
        let because = assessment.milestone_because(&plan, verdict);
        assert!(because.iter().all(|t| !t.zh.is_empty() && !t.en.is_empty()) && because.len() >= 2);
    }
}

#[test]
fn the_path_can_be_drawn() {
    let (plan, assessment) = assessed();
    let old = assessment.targets.last().expect("a verdict");
    let path = old.expected_path(&plan);
    let ends = (path.first().expect("a start"), path.last().expect("an end"));
    assert_eq!(ends.0, &("2020-12-31".parse().expect("a day"), 1.0));
    assert_eq!(ends.1, &("2030-12-31".parse().expect("a day"), 10.0));
    assert_eq!(path.len(), 11);
}

/// A plan large enough to be judged in parts gives what its targets give one by one.
#[test]
fn a_large_plan_is_judged_in_order() {
    let (small, figures) = small();
    let observations = Observations::new(figures);
    let day = "2025-08-01".parse().expect("a day");
    let mut large = small.clone();
    large.targets = (0..10_001_usize)
        .map(|at| {
            let mut target = small.targets[at % small.targets.len()].clone();
            target.id = format!("{}-{at}", target.id);
            target
        })
        .collect();
    let (one, many) = (assess(&small, &observations, day, RULES), assess(&large, &observations, day, RULES));
    let mut at = 0;
    for verdict in &many.targets {
        assert!(verdict.target == at || verdict.target == at + 1, "{} after {at}", verdict.target);
        at = verdict.target;
        let same = one.targets.iter().find(|v| v.target == at % small.targets.len() && v.area == verdict.area);
        assert_eq!(same.map(|v| (v.verdict, v.cause)), Some((verdict.verdict, verdict.cause)));
        assert!(verdict.id.starts_with(&large.targets[at].id));
    }
    // Every fourth target, from the third on, is judged in both districts.
    assert_eq!(many.targets.len(), 10_001 + 2_500);
}
