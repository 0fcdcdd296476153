//! Whatever the input, an analysis answers or refuses: it does not panic, and what it answers is in range.

use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_oneof, proptest};

use super::{Bootstrap, morris, pawn, prim, regional, sobol};
use crate::matrix::Matrix;

/// Values that collide often, and rarely are none at all.
fn value() -> impl Strategy<Value = f64> {
    prop_oneof![20 => (0..4_i32).prop_map(f64::from), 10 => any::<f64>(), 1 => Just(f64::NAN), 1 => Just(f64::MAX)]
}

proptest! {
    #[test]
    fn hostile_input(
        values in prop::collection::vec(value(), 120),
        success in prop::collection::vec(any::<bool>(), 40),
        columns in 1..4_usize,
        tame in any::<bool>(),
    ) {
        let rows = 120 / columns;
        let values: Vec<f64> =
            values.into_iter().map(|x| if tame { x.clamp(-9.0, 9.0).max(-9.0) } else { x }).take(rows * columns).collect();
        let matrix = Matrix::new(rows, columns, values).unwrap();
        let success: Vec<bool> = success.into_iter().cycle().take(rows).collect();
        let bootstrap = Some(Bootstrap { resamples: 5, level: 0.9, seed: 1 });

        let _ = morris::analyse(&matrix, &matrix, bootstrap);
        for d in 0..5 {
            let _ = sobol::analyse(&matrix, d, bootstrap);
        }
        for slices in 0..9 {
            let settings = pawn::Settings { slices, dummies: 3, ..pawn::Settings::default() };
            for found in pawn::analyse(&matrix, &matrix, &settings).into_iter().flatten().flatten() {
                prop_assert!(found.parameters.iter().all(|d| 0.0 <= d.median && d.median <= d.max && d.max <= 1.0));
            }
        }
        for found in regional::analyse(&matrix, &success).into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&found.distance) && (0.0..=1.0).contains(&found.p_value));
        }
        let boxes = prim::boxes(&matrix, &success, &prim::Settings { least_mass: 0.0, ..prim::Settings::default() });
        for found in boxes.into_iter().flatten() {
            prop_assert!(found.runs > 0 && found.coverage <= 1.0 && found.density <= 1.0);
            prop_assert!(found.restrictions.iter().all(|r| (0.0..=1.0).contains(&r.p_value)), "{found:?}");
        }
    }
}
