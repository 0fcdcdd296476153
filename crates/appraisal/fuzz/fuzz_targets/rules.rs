//! Any text as a rule file; what is a rule set grades a small table and explains it. Nothing may panic or hang.
#![no_main]

use std::collections::BTreeSet;

use lantu_appraisal::evaluate::{Context, History, prepare};
use lantu_appraisal::explain::{Doubt, certainty, change, lift, why};
use lantu_appraisal::read::{rules, units};
use libfuzzer_sys::fuzz_target;

const TABLE: &str = "id,group,a,b,c\nx,above,1,2,3\ny,below,,0,-3\nz,above,1e300,2,NA\nz,other,4,5,6\nw,above,1,2,3\n";

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (Some(rules), _) = rules::read(&text) else { return };
    if rules.items.len() > 50 || rules.dimensions.len() > 50 {
        return;
    }
    let wanted = units::Wanted::by(&rules);
    // Columns that the table lacks are made of nothing, so that rules with other names are graded too.
    let head = TABLE.lines().next().unwrap_or_default();
    let known: BTreeSet<&str> = head.split(',').collect();
    let more: Vec<&String> = wanted.numbers.iter().chain(&wanted.words).chain(&wanted.id).filter(|name| !known.contains(name.as_str())).collect();
    if more.iter().any(|name| name.contains([',', '"', '\n', '\r'])) {
        return;
    }
    let table: String = TABLE
        .lines()
        .enumerate()
        .map(|(at, row)| {
            let cells = more.iter().map(|name| if at == 0 { format!(",{name}") } else { format!(",{at}") });
            format!("{row}{}\n", cells.collect::<String>())
        })
        .collect();
    let (Some(units), _) = units::read(&table, &wanted) else { return };
    let (history, _) = units::history("id,class\nx,D\ny,A\n");
    let previous: Vec<History> = history.into_iter().collect();
    let context = Context { previous: &previous, events: None };
    let (prepared, _) = prepare(&rules, &units, &context);
    let found = prepared.appraise(&prepared.weights, context.previous);
    assert_eq!(found.totals.len(), units.len());
    for row in 0..units.len() {
        let _ = why(&prepared, &prepared.weights, &found, row);
        let _ = lift(&prepared, &prepared.weights, &found, row);
    }
    let doubt = Doubt { draws: 3, seed: 1, weights: 0.5, scales: true, values: true };
    let _ = certainty(&prepared, &prepared.weights, &doubt);
    let _ = change((&rules, &units, &context), (&rules, &units, &context));
});
