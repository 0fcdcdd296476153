//! What holds for every network: flow is conserved, the gap is what was asked for, delays rise.

use lantu_network::assignment::{Class, Goal, Options, solve};
use lantu_network::delay::Delay;
use lantu_network::demand::Demand;
use lantu_network::network::{Link, Network};
use proptest::prelude::*;

use crate::equilibrium;

const NODES: u32 = 8;

fn link() -> impl Strategy<Value = Link> {
    let power = prop_oneof![Just(0.0), Just(0.5), Just(1.0), Just(2.5), Just(4.0), Just(7.0)];
    let time = prop_oneof![Just(0.0), 0.1..10.0];
    let capacity = prop_oneof![Just(0.0), 0.5..50.0];
    (0..NODES, 0..NODES, capacity, time, power).prop_map(|(from, to, capacity, free_flow_time, power)| Link {
        from,
        to,
        capacity,
        length: 1.0,
        free_flow_time,
        b: 0.15,
        power,
        toll: 0.5,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_network_is_solved(
        mut links in proptest::collection::vec(link(), 0..40),
        through in 0_usize..4,
        trips in proptest::collection::vec((0..NODES, 0..NODES, 0.0..15.0_f64), 0..20),
        toll in 0.0..2.0_f64,
    ) {
        // A ring, so that most trips have a path.
        links.extend((0..NODES).map(|node| Link {
            from: node, to: (node + 1) % NODES, capacity: 5.0, length: 1.0, free_flow_time: 3.0, b: 0.15, power: 4.0, toll: 0.0,
        }));
        let network = Network::new(NODES as usize, NODES as usize, through, &links);
        let demand = Demand::new(NODES as usize, trips);
        for goal in [Goal::UserEquilibrium, Goal::SystemOptimum] {
            let found = equilibrium(&network, &demand, (toll, 0.0), goal, 1e-9);
            prop_assert!(found.certificate.relative_gap <= 1e-9, "{goal:?} {} {:?}", found.rounds, found.certificate);
            let lost: f64 = found.unreached.iter().map(|(.., volume)| volume).sum();
            let mut balance = vec![0.0; NODES as usize];
            for (link, flow) in network.links().iter().zip(&found.flows[0]) {
                prop_assert!(flow.is_finite() && *flow >= 0.0);
                balance[link.from as usize] += flow;
                balance[link.to as usize] -= flow;
            }
            for origin in 0..NODES as usize {
                for (to, volume) in demand.from(origin) {
                    if !found.unreached.iter().any(|(_, from, dest, _)| (*from as usize, *dest) == (origin, to)) {
                        balance[origin] -= volume;
                        balance[to as usize] += volume;
                    }
                }
            }
            prop_assert!(balance.iter().all(|left| left.abs() < 1e-9 * (1.0 + demand.total())), "{balance:?} {lost}");
        }
    }

    /// The slope and the area agree with the time, worked out by differences.
    #[test]
    fn slopes_and_areas_belong_to_the_times(
        free in 0.1..10.0_f64, capacity in 1.0..100.0_f64, power in 0.3..6.0_f64, alpha in 1.5..10.0_f64, load in 0.05..2.0_f64,
    ) {
        let curves = [Delay::bpr(free, 0.15, capacity, power), Delay::bpr(free, 0.15, capacity, 4.0), Delay::conical(free, alpha, capacity)];
        for curve in curves.into_iter().flat_map(|curve| [curve, curve.marginal()]) {
            let flow = load * capacity;
            let step = 1e-5 * flow;
            let (before, after) = (curve.at(flow - step), curve.at(flow + step));
            let (time, slope) = curve.at(flow);
            prop_assert!(after.0 >= before.0);
            prop_assert!((slope - (after.0 - before.0) / (2.0 * step)).abs() < 1e-4 * (slope.abs() + 1e-3), "{curve:?}");
            let area = (curve.area(flow + step) - curve.area(flow - step)) / (2.0 * step);
            prop_assert!((area - time).abs() < 1e-4 * (time.abs() + 1e-3), "{curve:?} {area} {time}");
        }
    }
}

/// Spiess (1990): the time is the free one on an empty road and twice that at capacity, whatever the steepness.
#[test]
fn a_conical_delay_doubles_at_capacity() {
    for alpha in [2.0, 4.0, 8.0] {
        let curve = Delay::conical(3.0, alpha, 50.0);
        assert!((curve.at(0.0).0 - 3.0).abs() < 1e-12 && (curve.at(50.0).0 - 6.0).abs() < 1e-12);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// A rough solution is no further from the exact one than both say: total, and the time of every link.
    #[test]
    fn rough_solutions_know_how_rough_they_are(
        mut links in proptest::collection::vec(link(), 0..30),
        trips in proptest::collection::vec((0..NODES, 0..NODES, 0.0..15.0_f64), 1..20),
        (toll, more, rough) in (0.0..2.0_f64, 0.1..2.0_f64, 1e-6..1e-1_f64),
    ) {
        links.extend((0..NODES).map(|node| Link {
            from: node, to: (node + 1) % NODES, capacity: 5.0, length: 1.0, free_flow_time: 3.0, b: 0.15, power: 4.0, toll: 0.0,
        }));
        let network = Network::new(NODES as usize, NODES as usize, 0, &links);
        let demand = Demand::new(NODES as usize, trips);
        let classes = [(toll, 1.0), (0.0, more)].map(|(toll_weight, share)| Class {
            demand: demand.scaled(share), toll_weight, ..Class::default()
        });
        for goal in [Goal::UserEquilibrium, Goal::SystemOptimum] {
            let [rough, exact] = [rough, 1e-13].map(|gap| {
                solve(&network, &classes, goal, &Options { gap, ..Options::default() }, None)
            });
            let off = (rough.certificate.total_cost - exact.certificate.total_cost).abs();
            let error = rough.total_cost_error.unwrap() + exact.total_cost_error.unwrap();
            prop_assert!(off <= error, "{goal:?}: {off} > {error}");
            for (at, (rough_time, exact_time)) in rough.times.iter().zip(&exact.times).enumerate() {
                let error = rough.time_errors[at] + exact.time_errors[at] + 1e-12 * exact_time;
                prop_assert!((rough_time - exact_time).abs() <= error, "{goal:?} {at}: {rough_time} {exact_time} {error}");
            }
        }
    }
}

/// Two bushes that have to swap roads: without leaps it takes them thousands of rounds.
#[test]
fn bushes_that_swap_roads_do_so_in_few_rounds() {
    let constant = |from, to, time: f64| Link {
        from,
        to,
        capacity: 0.0,
        length: 1.0,
        free_flow_time: time,
        b: 0.15,
        power: 0.0,
        toll: 0.5,
    };
    let ring = |node| Link {
        from: node,
        to: (node + 1) % 8,
        capacity: 5.0,
        length: 1.0,
        free_flow_time: 3.0,
        b: 0.15,
        power: 4.0,
        toll: 0.0,
    };
    let mut links =
        vec![constant(5, 3, 0.0), constant(3, 5, 0.0), constant(3, 1, 0.0), constant(3, 0, 0.0), constant(2, 4, 0.1)];
    links.extend((0..8).map(ring));
    let network = Network::new(8, 8, 0, &links);
    let trips = vec![(1, 3, 13.26), (4, 0, 11.25), (2, 0, 4.33), (2, 5, 7.94), (0, 3, 8.49)];
    let found = equilibrium(&network, &Demand::new(8, trips), (0.283, 0.0), Goal::SystemOptimum, 1e-9);
    assert!(found.certificate.relative_gap <= 1e-9 && found.rounds < 200, "{} {:?}", found.rounds, found.certificate);
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let (network, demand) = crate::load("", "Winnipeg");
    let flows = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 1e-6).flows)
    };
    let one = flows(1);
    assert!(flows(2) == one && flows(5) == one);
}

/// No computer reaches a gap of 0; what it can reach is given.
#[test]
fn a_gap_out_of_reach_ends() {
    let (network, demand) = crate::load("", "SiouxFalls");
    let found = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, 0.0);
    assert!(found.certificate.relative_gap < 1e-13 && found.rounds < 9_000, "{} {:?}", found.rounds, found.certificate);
}
