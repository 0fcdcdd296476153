//! Times of reading, grading, explaining and drawing on one table: what `benches/appraisal/run` sets beside its peers.
//!
//! `cargo run --release -p lantu-appraisal --example grade -- RULES.toml TABLE.csv [DRAWS]` prints JSON.

use std::time::Instant;

use lantu_appraisal::evaluate::{Context, prepare};
use lantu_appraisal::explain::{Doubt, certainty, lift, why};
use lantu_appraisal::read::{rules, units};

/// Times the same is done; the best is told, and the others beside it.
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [rules_path, table_path, rest @ ..] = arguments.as_slice() else {
        return Err("RULES.toml TABLE.csv [DRAWS]".into());
    };
    let draws: usize = rest.first().map_or(Ok(0), |draws| draws.parse())?;
    let (rules, problems) = rules::read(&std::fs::read_to_string(rules_path)?);
    let rules = rules.ok_or_else(|| format!("{problems:?}"))?;
    let text = std::fs::read_to_string(table_path)?;
    let begun = Instant::now();
    let (units, problems) = units::read(&text, &units::Wanted::by(&rules));
    let read = begun.elapsed().as_secs_f64();
    let units = units.ok_or_else(|| format!("{problems:?}"))?;
    let context = Context::default();
    let mut grade = Vec::new();
    let mut checks = (0.0, Vec::new());
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let (prepared, _) = prepare(&rules, &units, &context);
        let found = prepared.appraise(&prepared.weights, &[]);
        grade.push(begun.elapsed().as_secs_f64());
        let mut counts = vec![0_u64; rules.classes.as_ref().map_or(0, |classes| classes.list.len())];
        for class in &found.classes {
            if let Some(count) = counts.get_mut(usize::from(*class)) {
                *count += 1;
            }
        }
        checks = (found.totals.iter().filter(|total| !total.is_nan()).sum(), counts);
    }
    let (prepared, _) = prepare(&rules, &units, &context);
    let found = prepared.appraise(&prepared.weights, &[]);
    let mut weights = prepared.weights.clone();
    weights.set(0, 0, 0, 1.5 * weights.get(0, 0, 0).unwrap_or(1.0));
    let begun = Instant::now();
    let moved = prepared.appraise(&weights, &[]);
    let slider = begun.elapsed().as_secs_f64();
    let row = units.len() / 2;
    let begun = Instant::now();
    let explained = (why(&prepared, &weights, &moved, row), lift(&prepared, &prepared.weights, &found, row));
    let explain = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let doubt = Doubt { draws, seed: 1, weights: 0.25, scales: true, values: true };
    let sure = if draws > 0 { Some(certainty(&prepared, &prepared.weights, &doubt)?) } else { None };
    let drawn = begun.elapsed().as_secs_f64();
    println!(
        "{{\"units\":{},\"read_s\":{read},\"grade_s\":{grade:?},\"slider_s\":{slider},\"explain_s\":{explain},\"draws\":{draws},\"draws_s\":{drawn},\"sum\":{},\"classes\":{:?},\"explained\":{},\"drawn\":{}}}",
        units.len(),
        checks.0,
        checks.1,
        explained.0.is_some(),
        sure.is_some()
    );
    Ok(())
}
