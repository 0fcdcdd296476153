//! Pages of the docs whose figures come from runs: `LANTU_BLESS=1 cargo test -p lantu-appraisal` writes them anew.

mod asem;
mod hdi;

use super::support::{file, root};

/// Holds a page of `docs/` against what a run gives.
fn kept(name: &str, now: &str) {
    let path = format!("docs/{name}");
    if std::env::var_os("LANTU_BLESS").is_some() {
        std::fs::write(root().join(&path), now).unwrap();
    }
    assert!(file(&path) == now, "{path} is not what a run gives: make bless");
}

/// A table of a page; columns of figures stand to the right.
fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let rows: Vec<Vec<String>> = rows.into_iter().collect();
    let is_figure = |cell: &str| cell.is_empty() || cell.parse::<f64>().is_ok();
    let right = |at: usize| rows.iter().all(|row| is_figure(&row[at]));
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(head.iter().map(|cell| (*cell).to_owned()).collect());
    let marks: Vec<&str> = (0..head.len()).map(|at| if right(at) { "---:" } else { "---" }).collect();
    text += &format!("|{}|\n", marks.join("|"));
    for row in rows {
        assert_eq!(row.len(), head.len(), "{row:?}");
        text += &line(row);
    }
    text
}

/// A number to so many decimals.
fn fixed(value: f64, decimals: usize) -> String {
    format!("{value:.decimals$}")
}

/// A number to five digits that count.
fn short(value: f64) -> String {
    if value.is_nan() {
        return "–".to_owned();
    }
    let before = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    let text = fixed(value, usize::try_from((4 - before).clamp(0, 9)).unwrap());
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
