//! What must hold for any figures.

use lantu_blueprint::model::{Direction, Form, Nature, Observation, Plan, Stage, Trust};
use lantu_blueprint::verdict::{Assessment, Observations, Verdict, assess};
use lantu_blueprint::{Date, Frequency};
use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

use super::build::{RULES, baseline, figure, period, plan, target};

/// One target of any form, with a direction and a nature that it can be judged with.
fn any_plan() -> impl Strategy<Value = Plan> {
    let form = prop_oneof![
        (50.0..300.0).prop_map(Form::AtLeast),
        (10.0..150.0).prop_map(Form::AtMost),
        (40.0..100.0, 0.0..80.0).prop_map(|(low, more)| Form::Between(low, low + more)),
        (0.3..3.0).prop_map(Form::TimesBaseline),
        (-8.0..12.0).prop_map(Form::GrowthPerYear),
        (100.0..2000.0).prop_map(|total| Form::Cumulative { total, since: period("2021") }),
        (1.0..20.0).prop_map(Form::RankAtMost),
        Just(Form::Hold),
        Just(Form::CoverAll),
    ];
    let start = prop_oneof![Just(None), Just(Some(None)), (20.0..150.0).prop_map(|v| Some(Some(v)))];
    let direction = prop_oneof![Just(Direction::Up), Just(Direction::Down), Just(Direction::Neutral)];
    let nature = prop_oneof![Just(Nature::Stock), Just(Nature::Flow), Just(Nature::Rate)];
    (form, start, direction, nature).prop_map(|(form, start, direction, nature)| {
        let mut plan = plan();
        plan.indicators[0].direction = direction;
        plan.indicators[0].nature = if matches!(form, Form::Cumulative { .. }) { Nature::Flow } else { nature };
        let mut target = target("t", form);
        target.baseline = start.map(|value| baseline("2020", value));
        plan.targets.push(target);
        plan
    })
}

fn any_figure() -> impl Strategy<Value = Observation> {
    let value = 0.0..250.0;
    let stage = prop_oneof![4 => Just(Stage::Final), 1 => Just(Stage::Forecast), 1 => Just(Stage::Partial)];
    let trust = prop_oneof![Just(Trust::Primary), Just(Trust::Secondary)];
    let when = prop_oneof![8 => (2019..2033_i32).prop_map(|y| y.to_string()), 1 => (2019..2033_i32).prop_map(|y| format!("{y}-H1"))];
    (when, value, prop_oneof![3 => Just(0.0), 1 => 0.0..40.0, 1 => Just(f64::INFINITY)], stage, trust, any::<bool>())
        .prop_map(|(when, low, width, stage, trust, early)| {
            let mut figure = figure(&when, low, low + width);
            (figure.stage, figure.trust) = (stage, trust);
            figure.published = early.then(|| figure.period.end().saturating_add(jiff::Span::new().months(2)));
            figure
        })
}

fn any_day() -> impl Strategy<Value = Date> {
    (2021..2034_i16, 1..=12_i8).prop_map(|(year, month)| Date::constant(year, month, 15))
}

fn run(plan: &Plan, figures: &[Observation], as_of: Date) -> Assessment {
    assess(plan, &Observations::new(figures.to_vec()), as_of, RULES)
}

fn one(plan: &Plan, figures: &[Observation], as_of: Date) -> Verdict {
    run(plan, figures, as_of).targets[0].verdict
}

/// Better first; `None` for what is not an order.
fn worth(verdict: Verdict) -> Option<u8> {
    match verdict {
        Verdict::Met | Verdict::MetEarly => Some(3),
        Verdict::OnTrack => Some(2),
        Verdict::Slipping => Some(1),
        Verdict::OffTrack | Verdict::Missed => Some(0),
        _ => None,
    }
}

proptest! {
    #[test]
    fn a_better_figure_is_never_judged_worse(
        plan in any_plan(), when in 2021..2031_i32, value in 0.0..250.0, gain in 0.0..100.0, as_of in any_day(),
    ) {
        let form = plan.targets[0].form;
        // More is not better inside a band.
        if matches!(form, Some(Form::Between(..))) {
            return Ok(());
        }
        let down = match form {
            Some(Form::AtMost(_) | Form::RankAtMost(_)) => true,
            Some(Form::Hold) => plan.indicators[0].direction == Direction::Down,
            Some(Form::TimesBaseline(k)) => match plan.indicators[0].direction {
                Direction::Neutral => k < 1.0,
                direction => direction == Direction::Down,
            },
            Some(Form::GrowthPerYear(g)) => match plan.indicators[0].direction {
                Direction::Neutral => g < 0.0,
                direction => direction == Direction::Down,
            },
            _ => false,
        };
        let start = figure("2020", 60.0, 60.0);
        let figures = |value: f64| [start.clone(), figure(&when.to_string(), value, value)];
        let better = if down { value - gain } else { value + gain };
        let (worse, better) = (one(&plan, &figures(value), as_of), one(&plan, &figures(better), as_of));
        if let (Some(worse), Some(better)) = (worth(worse), worth(better)) {
            prop_assert!(better >= worse, "{form:?}: {value} is {worse}, a better one {better}");
        }
    }

    #[test]
    fn a_wider_interval_never_decides(
        plan in any_plan(), figures in prop::collection::vec(any_figure(), 1..8), at in any::<prop::sample::Index>(),
        down in 0.0..50.0, up in prop_oneof![0.0..50.0, Just(f64::INFINITY)], as_of in any_day(),
    ) {
        // One figure per period, so that the wider one cannot lose its place to another.
        let mut figures = figures;
        figures.sort_by_key(|f| f.period);
        figures.dedup_by_key(|f| f.period);
        let narrow = run(&plan, &figures, as_of);
        let wide = at.get_mut(&mut figures);
        (wide.low, wide.high) = (wide.low - down, wide.high + up);
        let wide = run(&plan, &figures, as_of);
        let (narrow, wide) = (&narrow.targets[0], &wide.targets[0]);
        if !narrow.verdict.is_decided() {
            prop_assert!(!wide.verdict.is_decided(), "{:?} became {:?}", narrow.verdict, wide.verdict);
        }
        // Old data: what they said obeys the same rule.
        if narrow.was.is_none_or(|was| !was.is_decided()) && narrow.verdict == Verdict::Stale {
            prop_assert!(wide.was.is_none_or(|was| !was.is_decided()), "was {:?}, became {:?}", narrow.was, wide.was);
        }
    }

    #[test]
    fn the_order_of_the_input_leaves_no_trace(
        plan in any_plan(), figures in prop::collection::vec(any_figure(), 0..12), as_of in any_day(), seed in any::<u64>(),
    ) {
        let mut shuffled = figures.clone();
        let mut state = seed | 1;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, (state >> 33) as usize % (at + 1));
        }
        let (a, b) = (run(&plan, &figures, as_of), run(&plan, &shuffled, as_of));
        let reasons = |x: &Assessment| x.targets.iter().map(|t| x.because(&plan, t)).collect::<Vec<_>>();
        prop_assert_eq!(reasons(&a), reasons(&b));
        prop_assert_eq!(a, b);
    }

    #[test]
    fn nothing_published_later_is_used(
        plan in any_plan(), figures in prop::collection::vec(any_figure(), 0..12), as_of in any_day(),
    ) {
        let known: Vec<Observation> = figures.iter().filter(|f| f.known_on(as_of)).cloned().collect();
        prop_assert_eq!(run(&plan, &figures, as_of), run(&plan, &known, as_of));
    }

    #[test]
    fn months_of_a_rhythm_do_not_panic(
        months in 0..u16::MAX, grace in 0..u16::MAX, figures in prop::collection::vec(any_figure(), 1..4), plan in any_plan(),
        frequency in prop::sample::select(Frequency::ALL.map(|(f, _)| f).to_vec()),
    ) {
        let mut plan = plan;
        plan.city.calendar.lag_months = months;
        plan.city.calendar.grace_months = grace;
        plan.city.calendar.frequency = frequency;
        let assessment = run(&plan, &figures, Date::MAX);
        let verdict = &assessment.targets[0];
        prop_assert!(!assessment.because(&plan, verdict).is_empty());
        for (_, value) in verdict.expected_path(&plan) {
            prop_assert!(value.is_finite());
        }
    }
}
