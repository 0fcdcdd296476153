//! Siting against published optima, another program's results, and trying every choice.

use lantu_network::siting::{Costs, Goal, Options, Plan, Refusal, Site, locate};
use proptest::prelude::*;

use crate::orlib;

const CANDIDATE: Site = Site { opening: 1.0, existing: false };

fn text(file: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/siting");
    std::fs::read_to_string(format!("{folder}/{file}")).unwrap()
}

fn solve(costs: &Costs, weights: &[f64], sites: usize, goal: Goal) -> Plan {
    locate(costs, weights, &vec![CANDIDATE; sites], goal, &Options::default()).unwrap()
}

#[track_caller]
fn proven(plan: &Plan, known: f64) {
    assert!((plan.value / known - 1.0).abs() < 1e-9, "{} and known {known}", plan.value);
    assert!(plan.gap() <= 1e-9, "{} is proven to {}", plan.value, plan.bound);
}

/// Best values of the collection; those of the p-center from Elloumi, Labbé and Pochet (2004), *A new formulation and resolution
/// method for the p-center problem*, as others list them.
#[test]
fn orlib_small() {
    let known = orlib::known(&text("orlib/pmedopt.txt"));
    for (name, center) in [("pmed1", 127.0), ("pmed2", 98.0), ("pmed6", 84.0)] {
        let (costs, sites) = orlib::pmed(&text(&format!("orlib/{name}.txt")));
        let weights = vec![1.0; costs.demands()];
        proven(&solve(&costs, &weights, costs.demands(), Goal::Median { sites }), known[name]);
        proven(&solve(&costs, &weights, costs.demands(), Goal::Center { sites }), center);
    }
}

#[test]
#[ignore = "needs the collection: LANTU_ORLIB=<folder with pmed1.txt … and pmedopt.txt>"]
fn orlib_all() {
    let folder = std::env::var("LANTU_ORLIB").expect("LANTU_ORLIB names the folder");
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}.txt")).unwrap();
    let known = orlib::known(&read("pmedopt"));
    assert_eq!(known.len(), 40);
    for (name, known) in known {
        let (costs, sites) = orlib::pmed(&read(&name));
        proven(&solve(&costs, &vec![1.0; costs.demands()], costs.demands(), Goal::Median { sites }), known);
    }
}

/// The case of spopt's guide, with the values it prints.
#[test]
fn stores_of_san_francisco() {
    let rows = |file: &str| -> Vec<Vec<String>> {
        text(file).lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
    };
    let demand = rows("spopt/demand.csv");
    let weights: Vec<f64> = demand.iter().map(|row| row[1].parse().unwrap()).collect();
    let pairs = rows("spopt/costs.csv");
    let mut stores: Vec<&String> = pairs.iter().map(|row| &row[1]).collect();
    stores.sort();
    stores.dedup();
    let place = |row: &Vec<String>| {
        let from = demand.iter().position(|demand| demand[0] == row[0]).unwrap();
        let to = stores.iter().position(|store| **store == row[1]).unwrap();
        (from as u32, to as u32, row[2].parse().unwrap())
    };
    let costs = Costs::new(weights.len(), pairs.iter().map(place).collect());
    let (sites, within) = (4, 5_000.0);
    let known = [
        (Goal::SetCover { within }, 8.0),
        (Goal::MaxCover { sites, within }, 875_247.0),
        (Goal::Median { sites }, 2_848_268_129.714_510_4),
        (Goal::Center { sites }, 7_403.063_810_849_835),
    ];
    for (goal, known) in known {
        proven(&solve(&costs, &weights, stores.len(), goal), known);
    }
}

/// The value of a choice of sites, worked out from its meaning.
fn value(costs: &[Vec<Option<f64>>], weights: &[f64], sites: &[Site], open: &[bool], goal: Goal) -> f64 {
    let reach = |row: &Vec<Option<f64>>, open: &dyn Fn(usize) -> bool| {
        row.iter()
            .enumerate()
            .filter(|(site, _)| open(*site))
            .filter_map(|(_, cost)| *cost)
            .fold(f64::INFINITY, f64::min)
    };
    let asking: Vec<(f64, f64)> = costs
        .iter()
        .zip(weights)
        .filter(|(row, weight)| **weight > 0.0 && reach(row, &|_| true) <= goal.within())
        .map(|(row, weight)| (reach(row, &|site| open[site]), *weight))
        .collect();
    match goal {
        Goal::Median { .. } => asking.iter().map(|(cost, weight)| cost * weight).sum(),
        Goal::MaxCover { within, .. } => {
            -asking.iter().filter(|(cost, _)| *cost <= within).map(|(_, weight)| weight).sum::<f64>()
        }
        Goal::SetCover { within } if asking.iter().any(|(cost, _)| *cost > within) => f64::INFINITY,
        Goal::SetCover { .. } => sites.iter().zip(open).filter(|(_, open)| **open).map(|(site, _)| site.opening).sum(),
        Goal::Center { .. } => asking.iter().map(|(cost, _)| *cost).fold(0.0, f64::max),
    }
}

/// The best of all choices.
fn try_all(costs: &[Vec<Option<f64>>], weights: &[f64], sites: &[Site], goal: Goal) -> f64 {
    let choices =
        (0_u32..1 << sites.len()).map(|bits| (0..sites.len()).map(|site| bits >> site & 1 == 1).collect::<Vec<bool>>());
    let fits = |open: &Vec<bool>| {
        sites.iter().zip(open).all(|(site, open)| *open || !site.existing)
            && goal.sites().is_none_or(|count| open.iter().filter(|open| **open).count() == count)
    };
    choices.filter(fits).map(|open| value(costs, weights, sites, &open, goal)).fold(f64::INFINITY, f64::min)
}

/// Costs of few values, so that there are ties everywhere, or of any.
fn cost() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![1 => Just(None), 3 => (0..4_u32).prop_map(|cost| Some(f64::from(cost))), 3 => (0.0..9.0_f64).prop_map(Some)]
}

fn weight() -> impl Strategy<Value = f64> {
    prop_oneof![1 => Just(0.0), 2 => (1..4_u32).prop_map(f64::from), 2 => 0.01..50.0_f64]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_is_better(
        rows in proptest::collection::vec((proptest::collection::vec(cost(), 7), weight()), 1..12),
        opening in proptest::collection::vec(prop_oneof![Just(1.0), Just(0.0), 0.1..5.0_f64], 7),
        existing in proptest::collection::vec(proptest::bool::weighted(0.15), 7),
        count in 1..7_usize,
        within in 0.0..5.0_f64,
    ) {
        let (costs, weights): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        let sites: Vec<Site> = opening.iter().zip(existing).map(|(opening, existing)| Site { opening: *opening, existing }).collect();
        let pairs = costs.iter().enumerate().flat_map(|(demand, row)| {
            row.iter().enumerate().filter_map(move |(site, cost)| Some((demand as u32, site as u32, (*cost)?)))
        });
        let table = Costs::new(weights.len(), pairs.collect());
        let goals = [
            Goal::Median { sites: count }, Goal::MaxCover { sites: count, within }, Goal::SetCover { within }, Goal::Center { sites: count },
        ];
        for goal in goals {
            let there = sites.iter().filter(|site| site.existing).count();
            let plan = match locate(&table, &weights, &sites, goal, &Options::default()) {
                Ok(plan) => plan,
                Err(Refusal::TooFewWanted { .. }) => { prop_assert!(count < there); continue }
                Err(Refusal::NoDemand) => continue,
                Err(other) => return Err(TestCaseError::fail(format!("{other}"))),
            };
            let best = try_all(&costs, &weights, &sites, goal).abs();
            let same = |a: f64, b: f64| a == b || (a - b).abs() <= 1e-8 * b.abs();
            prop_assert!(same(plan.value, best), "{goal:?}: {} and {best}", plan.value);
            prop_assert!(same(plan.bound, best), "{goal:?}: proven {} and {best}", plan.bound);
            prop_assert!(goal.sites().is_none_or(|count| plan.open.len() == count), "{goal:?}: {:?}", plan.open);
            let beyond = if matches!(goal, Goal::MaxCover { .. }) { plan.bound >= plan.value } else { plan.bound <= plan.value };
            prop_assert!(beyond, "{goal:?}: {} and {}", plan.bound, plan.value);
            let open: Vec<bool> = (0..sites.len()).map(|site| plan.open.contains(&site)).collect();
            prop_assert!(same(value(&costs, &weights, &sites, &open, goal).abs(), best), "{goal:?}: {:?}", plan.open);
        }
    }

    /// Where the search is cut short the bound stays on its side.
    #[test]
    fn a_bound_holds_whenever_the_search_ends(seed in 0..u32::MAX, count in 2..6_usize, gap in prop_oneof![Just(0.0), Just(0.1)]) {
        let number = |at: usize| f64::from((seed ^ (at as u32).wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b) >> 8) / 1e6;
        let pairs = (0..30 * 15).map(|at| ((at / 15) as u32, (at % 15) as u32, number(at)));
        let (costs, sites) = (Costs::new(30, pairs.collect()), vec![CANDIDATE; 15]);
        for goal in [Goal::Median { sites: count }, Goal::MaxCover { sites: count, within: 3.0 }] {
            let run = |gap, branches| locate(&costs, &[1.0; 30], &sites, goal, &Options { gap, branches });
            let best = run(0.0, 10_000).unwrap();
            for branches in [0, 1, 3, 10_000] {
                let plan = run(gap, branches).unwrap();
                let sign = if matches!(goal, Goal::MaxCover { .. }) { -1.0 } else { 1.0 };
                prop_assert!(sign * plan.bound <= sign * best.value && sign * best.value <= sign * plan.value, "{plan:?} {best:?}");
                prop_assert!(branches < 10_000 || plan.gap() <= gap + 1e-9, "{plan:?}");
            }
        }
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let costs = Costs::new(2, vec![(0, 0, 1.0), (1, 1, f64::NAN), (1, 0, -3.0), (9, 0, 1.0), (0, 7, 1.0)]);
    let goal = |sites| Goal::Median { sites };
    let run = |weights: &[f64], sites: &[Site], goal| locate(&costs, weights, sites, goal, &Options::default());
    assert_eq!(run(&[1.0, 1.0], &[CANDIDATE], goal(2)), Err(Refusal::TooFewSites { wanted: 2, there: 1 }));
    assert_eq!(run(&[1.0, 1.0], &[CANDIDATE], goal(0)), Err(Refusal::TooFewWanted { wanted: 0, existing: 0 }));
    assert_eq!(run(&[0.0, f64::NAN], &[CANDIDATE; 2], goal(1)), Err(Refusal::NoDemand));
    assert_eq!(run(&[], &[CANDIDATE; 2], goal(1)), Err(Refusal::NoDemand));
    // Demand 1 has no way to any site: it is named, the other is served.
    let plan = run(&[1.0, 1.0], &[CANDIDATE; 2], goal(1)).unwrap();
    assert_eq!((plan.value, plan.bound, plan.open, plan.out_of_reach), (1.0, 1.0, vec![0], vec![1]));
    assert_eq!(plan.served, [Some((0, 1.0)), None]);
}

/// Sums beyond all numbers: no proof, and no search without end.
#[test]
fn numbers_that_are_too_large_end_the_search() {
    let pairs = (0..60).map(|at| (at / 6, at % 6, 1e300 * f64::from(1 + at % 7)));
    let costs = Costs::new(10, pairs.collect());
    for goal in [Goal::Median { sites: 2 }, Goal::Center { sites: 2 }, Goal::SetCover { within: 3e300 }] {
        let plan = locate(&costs, &[1e200; 10], &[CANDIDATE; 6], goal, &Options::default()).unwrap();
        assert!(plan.open.len() <= 6, "{plan:?}");
    }
}

/// Two demands that no single site reaches both: proven to be so.
#[test]
fn too_few_sites_for_all_is_proven() {
    let costs = Costs::new(2, vec![(0, 0, 1.0), (1, 1, 2.0)]);
    let plan = locate(&costs, &[1.0, 1.0], &[CANDIDATE; 2], Goal::Median { sites: 1 }, &Options::default()).unwrap();
    assert_eq!((plan.value, plan.bound, plan.gap()), (f64::INFINITY, f64::INFINITY, 0.0));
    assert_eq!(plan.served.iter().flatten().count(), 1);
}
