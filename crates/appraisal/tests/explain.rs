//! Explanations: what is said must follow from grading the whole table anew.

use lantu_appraisal::evaluate::{Context, Reason, Weights, appraise, prepare};
use lantu_appraisal::explain::{Doubt, Factor, Input, NoLift, certainty, change, lift, why};
use lantu_appraisal::rules::RuleSet;
use lantu_appraisal::units::{Column, Units};

use super::support::{graded, made_up, read_rules, rules_of, units_for};

/// Firms made up so that they differ; by a plain recipe, no randomness.
fn firms(count: usize) -> String {
    let mut table =
        String::from("id,group,tax_wan,va_wan,land_mu,energy_tce,pollutant_t,staff,rd_wan,revenue_wan,power_mwh\n");
    for at in 1..=count {
        let n = at as f64;
        let wave = |by: f64| 1.0 + 0.9 * (n * by).sin();
        let group = if at % 3 == 0 { "below" } else { "above" };
        table += &format!(
            "f{at},{group},{},{},{},{},{},{},{},{},{}\n",
            24.0 * wave(1.3),
            136.0 * wave(0.7),
            1.0 + wave(2.1),
            50.0 * wave(0.4),
            0.03 * wave(1.9),
            7.5 * wave(0.9),
            3.0 * wave(1.1),
            100.0 * wave(0.5),
            900.0 * wave(1.7),
        );
    }
    table
}

fn altered(units: &Units, input: &Input, rules: &RuleSet, row: usize, value: f64) -> Option<Units> {
    let Input::Column(name) = input else { return None };
    let mut units = units.clone();
    let Some(Column::Numbers(numbers)) = units.columns.get_mut(name) else { panic!("{name} of {}", rules.series) };
    numbers[row] = value;
    Some(units)
}

#[test]
fn a_lever_lifts_and_a_little_less_does_not() {
    let rules = rules_of("huangyan-per-mu-2022");
    let units = units_for(&rules, &firms(300));
    let (prepared, _) = prepare(&rules, &units, &Context::default());
    let before = prepared.appraise(&prepared.weights, &[]);
    let mut tried = 0;
    for row in 0..units.len() {
        let found = match lift(&prepared, &prepared.weights, &before, row) {
            Ok(found) => found,
            Err(why) => {
                assert_eq!((before.by_total[row], why), (0, NoLift::Best), "only the best class has none above it");
                continue;
            }
        };
        assert_eq!(found.to + 1, found.from);
        assert!(!found.levers.is_empty());
        for lever in &found.levers {
            // A short number goes at most a hundredth of the change too far.
            let short = lever.to - (lever.to - lever.now) * 0.02;
            let Some(enough) = altered(&units, &lever.input, &rules, row, lever.to) else { continue };
            let too_little = altered(&units, &lever.input, &rules, row, short).unwrap();
            assert!(usize::from(graded(&rules, &enough).by_total[row]) <= found.to, "{lever:?}");
            assert_eq!(usize::from(graded(&rules, &too_little).by_total[row]), found.from, "{lever:?}");
            tried += 1;
        }
    }
    assert!(tried > 500, "{tried}");
}

/// A divisor has to shrink far, and no zero is on the way; and what is promised holds for the number as it is printed.
#[test]
fn a_divisor_lifts_too() {
    let rules = rules_of("huangyan-per-mu-2022");
    let units = units_for(&rules, &firms(300));
    let (prepared, _) = prepare(&rules, &units, &Context::default());
    let before = prepared.appraise(&prepared.weights, &[]);
    let mut far = 0;
    for row in 0..units.len() {
        let Ok(found) = lift(&prepared, &prepared.weights, &before, row) else { continue };
        // Tax per mu has no cap: less land always does it.
        let land = found.levers.iter().find(|lever| lever.input == Input::Column("land_mu".into())).unwrap();
        far += usize::from(land.to < land.now / 2.0);
        let printed: f64 = land.to.to_string().parse().unwrap();
        assert!(land.to.to_string().len() <= 12, "{}", land.to);
        let enough = altered(&units, &land.input, &rules, row, printed).unwrap();
        assert!(usize::from(graded(&rules, &enough).by_total[row]) <= found.to);
    }
    assert!(far > 10, "{far}");
}

const EXCEPTED: &str = r#"
[[class]]
id = "A"
at_least = 9
[[class]]
id = "B"
below = 9
at_least = 5
[[class]]
id = "C"
below = 5
[[exception]]
id = "veto"
reason = "veto"
when = "veto > 0"
at_best = "C"
[[exception]]
id = "up"
reason = "up"
when = "up > 0"
lift = 1
"#;

/// An exception that decides is said; one that moves by a class is taken along.
#[test]
fn exceptions_stay_as_they_are() {
    let rules = read_rules(&(made_up(TWO) + EXCEPTED));
    let units = units_for(&rules, "id,a,veto,up\nplain,20,0,0\nvetoed,50,1,0\nlifted,20,0,1\nbest,30,0,1\n");
    let (prepared, _) = prepare(&rules, &units, &Context::default());
    let found = prepared.appraise(&prepared.weights, &[]);
    let lift = |row: usize| lift(&prepared, &prepared.weights, &found, row);
    // Scores are 2 × a ÷ 10: 4, 10, 4, 6.
    let plain = lift(0).unwrap();
    assert_eq!((plain.from, plain.to, plain.needed, plain.levers[0].to), (2, 1, 5.0, 25.0));
    assert_eq!(lift(1), Err(NoLift::Excepted(0)));
    let lifted = lift(2).unwrap();
    assert_eq!((lifted.from, lifted.by_total, lifted.to, lifted.needed), (1, 1, 0, 5.0));
    assert_eq!(lift(3), Err(NoLift::Best));
}

/// What a lever promises holds under exceptions over the changed number and over the total that comes of it.
#[test]
fn a_lever_does_not_walk_into_an_exception() {
    let with = |when: &str, effect: &str| {
        let text = format!("[[exception]]\nid = \"x\"\nreason = \"x\"\nwhen = \"{when}\"\n{effect}\n");
        let rules = read_rules(&(made_up(TWO) + EXCEPTED + &text));
        let units = units_for(&rules, "id,a,veto,up\nplain,26,0,0\n");
        let (prepared, _) = prepare(&rules, &units, &Context::default());
        let found = prepared.appraise(&prepared.weights, &[]);
        lift(&prepared, &prepared.weights, &found, 0)
    };
    let a = || Input::Column("a".to_owned());
    // The score is 2 × a ÷ 10: 5.2, class B. Class A begins at 9, and that is a = 45.
    assert_eq!(with("a > 50", "at_best = \"B\"").unwrap().levers[0].to, 45.0);
    for (when, effect) in [("a > 30", "at_best = \"B\""), ("total > 8", "set = \"B\""), ("a > 44", "exempt = true")] {
        let lift = with(when, effect).unwrap();
        assert_eq!((lift.levers, lift.powerless), (vec![], vec![a()]), "{when}");
    }
    // An exception over the total lets go of who reaches another one.
    let freed = with("total < 9", "set = \"C\"").unwrap();
    assert_eq!((freed.from, freed.to, freed.levers[0].to), (2, 0, 45.0));
    assert_eq!(with("a < 100", "set = \"C\""), Err(NoLift::Excepted(2)));
}

/// An exception that asks for a number which is missing did nothing, and says so.
#[test]
fn an_exception_without_its_number_is_not_judged() {
    let rules = read_rules(&(made_up(TWO) + EXCEPTED));
    let found = graded(&rules, &units_for(&rules, "id,a,veto,up\nx,50,,0\ny,50,1,0\nz,,,0\n"));
    assert_eq!(found.classes[..2], [0, 2]);
    let undecided = Reason::Undecided { exception: 0, column: "veto".to_owned() };
    assert_eq!(found.reasons_of(0).collect::<Vec<_>>(), [&undecided]);
    assert!(!found.reasons_of(1).any(|reason| *reason == undecided));
    // The same of an exemption: who may be exempt is graded, and who is exempt by another lacks nothing.
    let spare = |id: &str, column: &str| {
        format!("[[exception]]\nid = \"{id}\"\nreason = \"{id}\"\nwhen = \"{column} > 0\"\nexempt = true\n")
    };
    let text = made_up(TWO)
        + "[[class]]\nid = \"A\"\nat_least = 0\n[[class]]\nid = \"B\"\nbelow = 0\n"
        + &spare("one", "p")
        + &spare("two", "q");
    let rules = read_rules(&text);
    let found = graded(&rules, &units_for(&rules, "id,a,p,q\nx,50,,0\ny,50,,1\n"));
    let undecided = Reason::Undecided { exception: 0, column: "p".to_owned() };
    assert_eq!((found.totals[0], found.reasons_of(0).collect::<Vec<_>>()), (10.0, vec![&undecided]));
    let exempt = Reason::Exempted { exception: 1, treated: None };
    assert_eq!(found.reasons_of(1).collect::<Vec<_>>(), [&exempt]);
}

/// A rank counts those behind among the others: who moves leaves its own old place.
#[test]
fn a_rank_is_among_the_others() {
    let text = made_up(TWO)
        .replace("method = \"ratio\", benchmark = 10", "method = \"rank\"")
        .replace("weight = 2", "weight = 1");
    let classes = "[[class]]\nid = \"A\"\nat_least = 0.5\n[[class]]\nid = \"B\"\nbelow = 0.5\n";
    let rules = read_rules(&(text + classes));
    let units = units_for(&rules, "id,a\nu1,10\nu2,20\nu3,30\nu4,40\nu5,50\n");
    let (prepared, _) = prepare(&rules, &units, &Context::default());
    let found = prepared.appraise(&prepared.weights, &[]);
    let lever = lift(&prepared, &prepared.weights, &found, 1).unwrap().levers.remove(0);
    assert!(lever.to > 30.0 && lever.to < 30.2, "{lever:?}");
    let enough = altered(&units, &lever.input, &rules, 1, lever.to).unwrap();
    assert_eq!(graded(&rules, &enough).by_total[1], 0);
}

/// Old rules with groups and new ones without: only the benchmark differs for one of the groups.
#[test]
fn groups_are_told_apart_by_name() {
    let head = made_up(TWO).replace("unit = \"unit\"", "unit = \"unit\"\ngroup_column = \"g\"");
    let groups = "[[group]]\nid = \"g1\"\nname = \"g1\"\n[[group]]\nid = \"g2\"\nname = \"g2\"\n";
    let old = read_rules(&(head.replace("benchmark = 10", "benchmark = { g1 = 10, g2 = 100 }") + groups));
    let new = read_rules(&head.replace("benchmark = 10", "benchmark = 20"));
    let table = "id,a,g\nx,50,g2\ny,50,g1\n";
    let (before, after) = (units_for(&old, table), units_for(&new, table));
    let context = Context::default();
    for unit in change((&old, &before, &context), (&new, &after, &context)).units {
        let parts = unit.parts.unwrap();
        // Weight 2: 2 × 50 ÷ benchmark. x: 1 → 5, y: 10 → 5.
        let whole = unit.totals.1 - unit.totals.0;
        assert_eq!(whole, if unit.rows.0 == 0 { 4.0 } else { -5.0 });
        assert!((parts[1] - whole).abs() < 1e-12, "{parts:?}");
    }
}

#[test]
fn points_add_up_to_the_total() {
    let rules = rules_of("huangyan-per-mu-2022");
    let units = units_for(&rules, &firms(40));
    let (prepared, _) = prepare(&rules, &units, &Context::default());
    let found = prepared.appraise(&prepared.weights, &[]);
    for row in 0..units.len() {
        let why = why(&prepared, &prepared.weights, &found, row).unwrap();
        let points: f64 = why.lines.iter().map(|line| line.points.unwrap()).sum();
        let shares: f64 = why.lines.iter().map(|line| line.share.unwrap()).sum();
        assert!((points - found.totals[row]).abs() < 1e-9);
        assert!((shares - 1.0).abs() < 1e-9);
        assert_eq!(why.lines.len(), if (row + 1) % 3 == 0 { 2 } else { 6 });
        assert!(why.lines.iter().all(|line| rules.origin(line.given.unwrap()).is_some()));
    }
    assert!(why(&prepared, &prepared.weights, &found, units.len()).is_none());
}

/// The same firms under one county's two years: what differs is the benchmarks, and nothing else.
#[test]
fn between_two_rule_years_the_benchmarks_changed() {
    let (old, new) = (rules_of("huangyan-per-mu-2021"), rules_of("huangyan-per-mu-2022"));
    let units = units_for(&new, &firms(60));
    let context = Context::default();
    let found = change((&old, &units, &context), (&new, &units, &context));
    assert_eq!((found.units.len(), found.joined.len(), found.left.len()), (60, 0, 0));
    for unit in &found.units {
        let parts = unit.parts.unwrap();
        let whole = unit.totals.1 - unit.totals.0;
        assert!((parts.iter().sum::<f64>() - whole).abs() < 1e-9);
        for (factor, part) in Factor::ALL.iter().zip(parts) {
            let expected = if *factor == Factor::Benchmark { whole } else { 0.0 };
            assert!((part - expected).abs() < 1e-9, "{factor:?}");
        }
    }
}

const TWO: &str = r#"
[total]
aggregate = "sum"
[[item]]
id = "a"
name = "a"
weight = 2
normalise = { method = "ratio", benchmark = 10 }
"#;

/// One item, score weight × value ÷ benchmark: 2 × 20 ÷ 10 = 4 before, 3 × 30 ÷ 15 = 6 after. Shapley by hand:
/// alone 4 → 6, 8/3, 6; in pairs 4, 9, 4; all three 6. Data: ⅓·2 + ⅙·4/3 + ⅙·3 + ⅓·2 = 37/18, and so on.
#[test]
fn three_changes_at_once_are_taken_apart() {
    let old = read_rules(&made_up(TWO));
    let new = read_rules(&made_up(TWO).replace("weight = 2", "weight = 3").replace("benchmark = 10", "benchmark = 15"));
    let (before, after) = (units_for(&old, "id,a\nx,20\ngone,1\n"), units_for(&new, "id,a\nnew,1\nx,30\n"));
    let context = Context::default();
    let found = change((&old, &before, &context), (&new, &after, &context));
    assert_eq!((found.joined, found.left), (vec![0], vec![1]));
    let unit = &found.units[0];
    assert_eq!((unit.rows, unit.totals), ((0, 1), (4.0, 6.0)));
    for (found, expected) in unit.parts.unwrap().iter().zip([37.0 / 18.0, -19.0 / 9.0, 37.0 / 18.0, 0.0]) {
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }
}

#[test]
fn without_doubt_every_draw_is_the_same() {
    let rules = rules_of("huangyan-per-mu-2022");
    let units = units_for(&rules, &firms(90));
    let (prepared, _) = prepare(&rules, &units, &Context::default());
    let found = prepared.appraise(&prepared.weights, &[]);
    let none = Doubt { draws: 20, seed: 1, weights: 0.0, scales: false, values: true };
    let sure = certainty(&prepared, &prepared.weights, &none).unwrap();
    for row in 0..units.len() {
        // Points keep their sum only up to rounding, which cannot swap firms that differ by more.
        assert_eq!(sure.ranks[row], [found.ranks[row]; 3]);
        assert_eq!(sure.share(usize::from(found.by_total[row]), row), 1.0);
    }
    let doubt = Doubt { draws: 400, seed: 7, weights: 0.25, scales: true, values: true };
    let unsure = certainty(&prepared, &prepared.weights, &doubt).unwrap();
    assert_eq!(unsure, certainty(&prepared, &prepared.weights, &doubt).unwrap(), "the same seed gives the same draws");
    assert!(unsure.ranks.iter().any(|[low, _, high]| low < high));
    for row in 0..units.len() {
        let [low, middle, high] = unsure.ranks[row];
        assert!(1 <= low && low <= middle && middle <= high && high <= 60);
        let classes: f64 = (0..4).map(|class| unsure.share(class, row)).sum();
        assert!((classes - 1.0).abs() < 1e-12);
    }
    let many = Doubt { draws: usize::MAX, ..none };
    assert!(certainty(&prepared, &prepared.weights, &many).is_err());
}

/// A weight that moves, and all is graded anew without reading or scoring anything again.
#[test]
fn a_weight_can_be_moved_in_place() {
    let rules = rules_of("huangyan-per-mu-2022");
    let units = units_for(&rules, &firms(30));
    let (prepared, _) = prepare(&rules, &units, &Context::default());
    let mut weights: Weights = prepared.weights.clone();
    weights.set(0, 0, 0, 60.0);
    let moved = prepared.appraise(&weights, &[]);
    let text = super::support::file("rules/huangyan-per-mu-2022.toml")
        .replace("above = 30, below = 50", "above = 60, below = 50");
    let text = text.replace("weight_sum = 100\n", "");
    let anew = read_rules(&text);
    let (expected, _) = appraise(&anew, &units, &Context::default());
    assert_eq!(moved.totals, expected.totals);
    assert_eq!(moved.classes, expected.classes);
}
