//! What is true of any units.

use lantu_appraisal::dea::{Options, Orientation, Returns, Solution, Standing, radial, slacks_based};
use proptest::prelude::*;

use super::{near, solved};

const RETURNS: [Returns; 4] = [Returns::Constant, Returns::Variable, Returns::NonIncreasing, Returns::NonDecreasing];

type Columns = Vec<Vec<f64>>;

/// Small whole numbers make many ties, which is what a simplex goes round in circles on; others make none.
fn values(lowest: f64) -> impl Strategy<Value = f64> {
    prop_oneof![(1_u8..=6).prop_map(f64::from), lowest..1e3, Just(0.0), Just(1.0)]
}

/// The first column of each side is above 0, so that all units can be compared.
fn columns() -> impl Strategy<Value = (Columns, Columns)> {
    (1_usize..30, 1_usize..4, 1_usize..4).prop_flat_map(|(units, inputs, outputs)| {
        let side = move |columns: usize| {
            let first = prop::collection::vec(values(1e-2).prop_map(|value| value.max(0.5)), units);
            let rest = prop::collection::vec(prop::collection::vec(values(0.0), units), columns - 1);
            (first, rest).prop_map(|(first, mut rest)| {
                rest.insert(0, first);
                rest
            })
        };
        (side(inputs), side(outputs))
    })
}

fn options() -> impl Strategy<Value = Options> {
    let orientation = prop_oneof![Just(Orientation::Input), Just(Orientation::Output)];
    (prop::sample::select(&RETURNS[..]), orientation).prop_map(|(returns, orientation)| Options {
        returns,
        orientation,
        ..Options::default()
    })
}

fn scores(inputs: &Columns, outputs: &Columns, options: &Options) -> Vec<Solution> {
    radial(inputs, outputs, options).unwrap().iter().map(|answer| solved(answer).clone()).collect()
}

/// Efficiency, larger being better, whichever way a unit is looked at.
fn efficiency(solution: &Solution, orientation: Orientation) -> f64 {
    if orientation == Orientation::Input { solution.score } else { 1.0 / solution.score }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    /// Peers, slacks and score are a solution, worked out anew from the columns.
    #[test]
    fn peers_and_slacks_add_up((inputs, outputs) in columns(), options in options()) {
        for (unit, found) in scores(&inputs, &outputs, &options).iter().enumerate() {
            let (shrink, grow) =
                if options.orientation == Orientation::Input { (found.score, 1.0) } else { (1.0, found.score) };
            for (column, (slack, target)) in inputs.iter().zip(found.input_slacks.iter().zip(&found.input_targets)) {
                let used: f64 = found.peers.iter().map(|(peer, lambda)| lambda * column[*peer]).sum();
                prop_assert!(near(*target, used, 1e-9) && near(used + slack, shrink * column[unit], 1e-7) && *slack >= 0.0);
            }
            for (column, (slack, target)) in outputs.iter().zip(found.output_slacks.iter().zip(&found.output_targets)) {
                let made: f64 = found.peers.iter().map(|(peer, lambda)| lambda * column[*peer]).sum();
                prop_assert!(near(*target, made, 1e-9) && near(made - slack, grow * column[unit], 1e-7) && *slack >= 0.0);
            }
            let shares: f64 = found.peers.iter().map(|(_, lambda)| lambda).sum();
            let shares_fit = match options.returns {
                Returns::Constant => true,
                Returns::Variable => near(shares, 1.0, 1e-9),
                Returns::NonIncreasing => shares <= 1.0 + 1e-9,
                Returns::NonDecreasing => shares >= 1.0 - 1e-9,
            };
            let gains = found.input_slacks.iter().chain(&found.output_slacks).any(|slack| *slack > 0.0);
            let at_the_front = near(found.score, 1.0, 1e-7);
            let standing_fits = match found.standing {
                Standing::Efficient => found.score == 1.0 && !gains && found.peers == [(unit, 1.0)],
                Standing::WeaklyEfficient => at_the_front && gains,
                Standing::Inefficient => !at_the_front,
            };
            prop_assert!(shares_fit && standing_fits, "{found:?}");
            // Whoever is taken for a peer is efficient.
            prop_assert!(efficiency(found, options.orientation) <= 1.0 + 1e-9);
        }
    }

    /// Under constant returns the prices are worth as much as the score, and no unit earns more than it costs.
    #[test]
    fn prices_prove_the_score((inputs, outputs) in columns(), by_inputs in any::<bool>()) {
        let orientation = if by_inputs { Orientation::Input } else { Orientation::Output };
        let worth = |prices: &[f64], columns: &Columns, unit: usize| -> f64 {
            // An input that a unit does without costs nothing where it is not used, whatever the price.
            let used = prices.iter().zip(columns).filter(|(_, column)| column[unit] > 0.0);
            used.map(|(price, column)| price * column[unit]).sum()
        };
        for (unit, found) in scores(&inputs, &outputs, &Options { orientation, ..Options::default() }).iter().enumerate() {
            let cost = worth(&found.input_prices, &inputs, unit);
            let earned = worth(&found.output_prices, &outputs, unit);
            let (given, proven) = if by_inputs { (cost, earned) } else { (earned, cost) };
            prop_assert!(near(given, 1.0, 1e-7) && near(proven, found.score, 1e-7), "{given} {proven} {found:?}");
            for other in 0..inputs[0].len() {
                let (cost, earned) = (worth(&found.input_prices, &inputs, other), worth(&found.output_prices, &outputs, other));
                prop_assert!(cost.is_infinite() || earned - cost <= 1e-7 * cost.max(earned).max(1.0), "{earned} {cost}");
            }
        }
    }

    #[test]
    fn units_of_columns_do_not_matter((inputs, outputs) in columns(), options in options(), factor in 1e-6..1e6) {
        let other = |columns: &Columns| -> Columns {
            let scaled = |(at, column): (usize, &Vec<f64>)| {
                column.iter().map(|value| if at % 2 == 0 { value * factor } else { value / factor }).collect()
            };
            columns.iter().enumerate().map(scaled).collect()
        };
        let (before, after) = (scores(&inputs, &outputs, &options), scores(&other(&inputs), &other(&outputs), &options));
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(near(before.score, after.score, 1e-7) && before.standing == after.standing, "{before:?} {after:?}");
        }
    }

    /// The wider the choice of peers, the lower the efficiency; Tone's measure is lower than the radial one.
    #[test]
    fn more_to_compare_with_is_never_better((inputs, outputs) in columns(), by_inputs in any::<bool>()) {
        let orientation = if by_inputs { Orientation::Input } else { Orientation::Output };
        let under = |returns| scores(&inputs, &outputs, &Options { returns, orientation, ..Options::default() });
        let [constant, variable, increasing, decreasing] = RETURNS.map(under);
        let other_way = if by_inputs { Orientation::Output } else { Orientation::Input };
        let mirrored = scores(&inputs, &outputs, &Options { orientation: other_way, ..Options::default() });
        let tone = slacks_based(&inputs, &outputs, Returns::Constant).unwrap();
        for unit in 0..inputs[0].len() {
            let of = |all: &Vec<Solution>| efficiency(&all[unit], orientation);
            for between in [&increasing, &decreasing] {
                prop_assert!(of(&constant) <= of(between) + 1e-9 && of(between) <= of(&variable) + 1e-9);
            }
            // Constant returns let a unit be seen the same way from both sides.
            prop_assert!(near(efficiency(&mirrored[unit], other_way), of(&constant), 1e-8));
            let tone = solved(&tone[unit]);
            prop_assert!(tone.score <= of(&constant) + 1e-8, "{tone:?}");
            prop_assert_eq!(tone.standing == Standing::Efficient, constant[unit].standing == Standing::Efficient);
        }
    }

    #[test]
    fn a_unit_twice_changes_nothing((inputs, outputs) in columns(), options in options(), which in any::<prop::sample::Index>()) {
        let twice = |columns: &Columns| -> Columns {
            let more = |column: &Vec<f64>| column.iter().copied().chain([*which.get(column)]).collect();
            columns.iter().map(more).collect()
        };
        let (before, after) = (scores(&inputs, &outputs, &options), scores(&twice(&inputs), &twice(&outputs), &options));
        prop_assert_eq!(after.len(), before.len() + 1);
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(near(before.score, after.score, 1e-7) && before.standing == after.standing);
        }
    }

    /// With one input and one output the score is a quotient of quotients.
    #[test]
    fn one_input_and_one_output(pairs in prop::collection::vec((1e-3..1e3, 1e-3..1e3), 1..40)) {
        let (inputs, outputs): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        let rates: Vec<f64> = outputs.iter().zip(&inputs).map(|(made, used)| made / used).collect();
        let best = rates.iter().copied().fold(0.0, f64::max);
        for (found, rate) in scores(&vec![inputs], &vec![outputs], &Options::default()).iter().zip(rates) {
            prop_assert!(near(found.score, rate / best, 1e-10));
        }
    }

    /// Without itself nothing changes for a unit that is behind; one that is ahead is 1 or better, or cannot be compared.
    #[test]
    fn super_efficiency_differs_for_efficient_units_only((inputs, outputs) in columns(), options in options()) {
        let plain = scores(&inputs, &outputs, &options);
        let others = radial(&inputs, &outputs, &Options { super_efficiency: true, ..options }).unwrap();
        for (unit, (plain, others)) in plain.iter().zip(&others).enumerate() {
            let Some(found) = others.solution() else {
                prop_assert_eq!(plain.standing, Standing::Efficient);
                continue;
            };
            prop_assert!(found.certificate.worst() < 1e-6, "{found:?}");
            prop_assert!(found.peers.iter().all(|(peer, _)| *peer != unit));
            if plain.standing == Standing::Inefficient {
                prop_assert!(near(found.score, plain.score, 1e-8));
            } else {
                let ahead = if options.orientation == Orientation::Input { found.score } else { 2.0 - found.score };
                prop_assert!(ahead >= 1.0 - 1e-8, "{found:?}");
            }
        }
    }
}
