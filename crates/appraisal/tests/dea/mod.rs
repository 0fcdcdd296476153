//! Data envelopment analysis.

mod bad_input;
mod known;
mod properties;

use std::path::Path;

use lantu_appraisal::dea::{Answer, Solution, Units, read};

/// A file of the collection of the repository.
fn text(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/dea").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

fn units(text: &str, id: &str, inputs: &[&str], outputs: &[&str]) -> Units {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let (units, problems) = read(text, id, &owned(inputs), &owned(outputs));
    assert!(problems.is_empty(), "{problems:?}");
    units.unwrap()
}

/// The 70 schools of Program Follow Through.
fn schools() -> Units {
    let inputs = ["education", "occupation", "parental", "counselling", "teachers"];
    units(&text("pft.csv"), "site", &inputs, &["reading", "mathematics", "coopersmith"])
}

fn solved(answer: &Answer) -> &Solution {
    let solution = answer.solution().unwrap_or_else(|| panic!("{answer:?}"));
    assert!(solution.certificate.worst() < 1e-6, "{solution:?}");
    solution
}

fn near(a: f64, b: f64, error: f64) -> bool {
    (a - b).abs() <= error * b.abs().max(1.0)
}
