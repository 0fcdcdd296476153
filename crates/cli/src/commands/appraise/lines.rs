//! A unit's items and dimensions in the order of the tree: each dimension below its parts, the total last.

use lantu_appraisal::evaluate::Shape;
use lantu_appraisal::explain::{Line, Why};
use lantu_appraisal::rules::{Method, Part, Sourced};
use lantu_blueprint::Lang;

use super::graded::Graded;
use super::numbers::{decimals, shown};
use crate::commands::say;
use crate::commands::told::text;

/// A row of the table of a unit.
pub(super) struct Entry<'a> {
    /// The item; none for a dimension.
    pub(super) line: Option<&'a Line>,
    pub(super) name: &'a str,
    /// How deep it lies below the total.
    pub(super) depth: usize,
    /// Points that it adds, or its score where totals are no sums; NaN where there is nothing.
    pub(super) points: f64,
    /// The same as a share of the total.
    pub(super) share: Option<f64>,
}

/// All rows but the total.
pub(super) fn of<'a>(graded: &Graded<'a>, why: &'a Why) -> Vec<Entry<'a>> {
    let mut rows = Vec::new();
    below(graded, why, 0, 0, &mut rows);
    rows
}

/// Rows of the parts of a dimension; what they add to the total where all is added on the way.
fn below<'a>(
    graded: &Graded<'a>,
    why: &'a Why,
    at: usize,
    depth: usize,
    rows: &mut Vec<Entry<'a>>,
) -> Option<(f64, f64)> {
    let ranked = graded.rank(why.row).is_some();
    let parts = graded.rules.dimensions.get(at).map_or([].as_slice(), |dimension| dimension.parts.as_slice());
    let mut sums = Some((0.0, 0.0));
    let mut add = |own: Option<(f64, f64)>| sums = sums.zip(own).map(|(sums, own)| (sums.0 + own.0, sums.1 + own.1));
    for part in parts {
        match part {
            Part::Item(item) => {
                let Some(line) = why.lines.iter().find(|line| line.item == *item) else { continue };
                let points = line.points.unwrap_or_else(|| graded.score(*item, why.row));
                let points = if ranked { points } else { f64::NAN };
                rows.push(Entry {
                    line: Some(line),
                    name: graded.item_name(*item),
                    depth,
                    points,
                    share: line.share.filter(|_| ranked),
                });
                // An item that is left out adds nothing; one without points has no place in a sum.
                if line.points.is_some() || !line.score.is_nan() {
                    add(line.points.map(|points| (points, line.share.unwrap_or(f64::NAN))));
                }
            }
            Part::Dimension(dimension) => {
                let Some(named) = graded.rules.dimensions.get(*dimension) else { continue };
                let own = below(graded, why, *dimension, depth + 1, rows);
                let points = own.map_or_else(|| graded.dimension(*dimension, why.row), |own| own.0);
                rows.push(Entry {
                    line: None,
                    name: text(&named.name, graded.lang),
                    depth,
                    points: if ranked { points } else { f64::NAN },
                    share: own.map(|own| own.1).filter(|share| ranked && share.is_finite()),
                });
                add(own);
            }
        }
    }
    sums
}

/// Points of a table, all with the same decimals.
pub(super) fn digits(rows: &[Entry<'_>]) -> usize {
    rows.iter().filter(|row| !row.points.is_nan()).map(|row| decimals(row.points)).max().unwrap_or(0)
}

/// A number with so many decimals; nothing where there is none.
pub(super) fn fixed(value: f64, digits: usize) -> String {
    if value.is_nan() { String::new() } else { format!("{value:.digits$}") }
}

/// What the value is compared with: one number, both ends of a line, or a word.
pub(super) fn benchmark(graded: &Graded<'_>, row: usize, line: &Line) -> String {
    let curve = graded.prepared.items.get(line.item).and_then(|columns| columns.cells.of(row));
    if let Some(Shape::Line { low, high, .. }) = curve.map(|curve| curve.shape()) {
        return format!("{}–{}", shown(*low), shown(*high));
    }
    let in_words = || match graded.item(line.item).map(|item| &item.normalise.method) {
        Some(Method::Steps(_)) => say(graded.lang, "分段", "steps").to_owned(),
        Some(Method::Piecewise { .. }) => say(graded.lang, "折线", "curve").to_owned(),
        Some(Method::Rank) => say(graded.lang, "名次", "rank").to_owned(),
        _ => String::new(),
    };
    line.benchmark.map_or_else(in_words, shown)
}

/// What was done to the value of an item or to its score.
pub(super) fn notes(graded: &Graded<'_>, row: usize, line: &Line) -> Vec<String> {
    let lang = graded.lang;
    let mut notes = Vec::new();
    // Nothing is scored of who is not graded.
    if line.filled && graded.is_graded(row) {
        notes.push(say(lang, "数值缺，按规则补", "filled in by the rules").to_owned());
    }
    if let Some((name, bound)) = bound(graded, line) {
        notes.push(format!("{name} {}", shown(bound.value)));
    }
    notes
}

/// The cap or floor that stands in place of what the value would score.
pub(super) fn bound(graded: &Graded<'_>, line: &Line) -> Option<(&'static str, Sourced)> {
    if !line.bounded {
        return None;
    }
    let normalise = &graded.item(line.item)?.normalise;
    let lang = graded.lang;
    let cap = normalise.cap.map(|cap| (say(lang, "封顶", "capped at"), cap));
    let floor = normalise.floor.map(|floor| (say(lang, "保底", "floor"), floor));
    let scale = normalise.scale.map_or(1.0, |scale| scale.value);
    let away = |number: Sourced| (line.score - number.value * scale).abs();
    match (cap, floor) {
        (Some(cap), Some(floor)) => Some(if away(cap.1) <= away(floor.1) { cap } else { floor }),
        (one, other) => one.or(other),
    }
}

/// The unit of an item, in brackets.
pub(super) fn unit(graded: &Graded<'_>, item: usize) -> String {
    let lang = graded.lang;
    let unit = graded.item(item).and_then(|item| item.unit.as_ref()).map(|unit| text(unit, lang));
    match (unit, lang) {
        (None | Some(""), _) => String::new(),
        (Some(unit), Lang::Zh) => format!("（{unit}）"),
        (Some(unit), Lang::En) => format!(" ({unit})"),
    }
}
