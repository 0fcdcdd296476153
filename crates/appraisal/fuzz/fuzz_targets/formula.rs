//! Any text as a formula; what is one is computed, row by row and as a column, which must agree.
#![no_main]

use lantu_appraisal::expression::{cause, parse};
use lantu_appraisal::units::Units;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let Ok(formula) = parse(&text) else { return };
    let units = Units::new(vec!["x".into(), "y".into(), "z".into()])
        .with_numbers("a", vec![1.0, -2.5, f64::NAN])
        .with_numbers("b", vec![0.0, 1e300, 3.0])
        .with_words("k", ["one", "", "two"]);
    for (row, value) in formula.all(&units, 3).into_iter().enumerate() {
        let alone = formula.at(&units, row);
        assert!(value == alone || (value.is_nan() && alone.is_nan()), "{text}: {value} {alone}");
        assert_eq!(cause(&formula, &units, row).is_some(), value.is_nan());
    }
});
