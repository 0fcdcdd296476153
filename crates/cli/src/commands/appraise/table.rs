//! The grades as a table, a row for every unit in the order of the input.

use rayon::prelude::*;

use super::graded::Graded;
use super::sentences::{between, consequences, reasons};
use crate::models::output::{Column, Table};

/// The id column, values, scores, dimensions, and what they come to.
pub(super) fn of(graded: &Graded<'_>) -> Table {
    let rows = || (0..graded.len()).into_par_iter().with_min_len(1 << 10);
    let known = |number: &(dyn Fn(usize) -> f64 + Sync)| Column::Known(rows().map(number).collect());
    let words = |word: &(dyn Fn(usize) -> String + Sync)| Column::Text(rows().map(word).collect());
    let mut table = vec![(graded.id.to_owned(), words(&|row| graded.name(row).to_owned()))];
    if let Some(title) = graded.title.filter(|title| *title != graded.id) {
        table.push((title.to_owned(), words(&|row| graded.title(row).to_owned())));
    }
    for (at, item) in graded.rules.items.iter().enumerate() {
        table.push((item.id.clone(), known(&|row| graded.value(at, row))));
    }
    for (at, item) in graded.rules.items.iter().enumerate() {
        table.push((format!("score_{}", item.id), known(&|row| graded.score(at, row))));
    }
    for (at, dimension) in graded.rules.dimensions.iter().enumerate().skip(1) {
        table.push((format!("score_{}", dimension.id), known(&|row| graded.dimension(at, row))));
    }
    let parted = between(graded.lang);
    table.extend([
        ("total".to_owned(), known(&|row| graded.total(row).unwrap_or(f64::NAN))),
        ("rank".to_owned(), Column::Count(rows().map(|row| graded.rank(row)).collect())),
        ("class".to_owned(), words(&|row| graded.class(row).map_or(String::new(), |class| class.id.clone()))),
        ("reasons".to_owned(), words(&|row| reasons(graded, row).join(parted))),
        ("consequences".to_owned(), words(&|row| consequences(graded, row).join(parted))),
    ]);
    named_apart(&mut table);
    table
}

/// An item may be called what another column is; the later one gets a number.
fn named_apart(table: &mut Table) {
    let mut taken: Vec<String> = Vec::new();
    for (name, _) in table {
        let mut number = 2;
        let plain = name.clone();
        while taken.contains(name) {
            *name = format!("{plain}_{number}");
            number += 1;
        }
        taken.push(name.clone());
    }
}
