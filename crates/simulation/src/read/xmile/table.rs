//! `<gf>`: the points of a graphical function.

use roxmltree::Node;

use super::document::Look;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Table, TableKind};

/// Reads a `<gf>`; x values that are not written lie evenly over the scale.
pub(super) fn table(node: Node<'_, '_>, problems: &mut Vec<Diagnostic>) -> Table {
    let span = node.span();
    let list = |name: &str| -> Option<Vec<f64>> {
        let child = node.child(name)?;
        let text = child.words();
        let separator = child.named("sep").filter(|sep| !sep.is_empty());
        let mut parts: Vec<&str> = match separator {
            Some(separator) => text.split(separator).map(str::trim).collect(),
            None => text.split([',', ';']).flat_map(words).collect(),
        };
        // One after the last number is how some programs end a list; one between two numbers leaves a point out.
        if parts.last().is_some_and(|part| part.is_empty()) {
            parts.pop();
        }
        Some(parts.into_iter().map(|part| part.parse().unwrap_or(f64::NAN)).collect())
    };
    let y = list("ypts").unwrap_or_default();
    let x = list("xpts").unwrap_or_else(|| {
        let scale = node.child("xscale");
        let bound = |name: &str, default: f64| {
            scale.and_then(|s| s.named(name)).and_then(|text| text.trim().parse().ok()).unwrap_or(default)
        };
        let last = y.len().saturating_sub(1).max(1) as f64;
        let (low, high) = (bound("min", 0.0), bound("max", last));
        (0..y.len()).map(|at| low + (high - low) * at as f64 / last).collect()
    });
    if x.len() != y.len() {
        problems.push(Diagnostic::error(
            Code::BadTable,
            span,
            format!("图形函数有 {} 个 x、{} 个 y，应一样多", x.len(), y.len()),
            format!("the graphical function has {} x and {} y values, expected as many of both", x.len(), y.len()),
        ));
    }
    let kind = match node.named("type") {
        Some("extrapolate") => TableKind::Extrapolate,
        Some("discrete") => TableKind::Discrete,
        _ => TableKind::Continuous,
    };
    Table::new(x.into_iter().zip(y), kind, span)
}

/// The words of a part between two signs; an empty one where there is none.
fn words(part: &str) -> Vec<&str> {
    if part.trim().is_empty() { vec![""] } else { part.split_whitespace().collect() }
}
