//! Why: each item of a unit with value, benchmark, origin, points and share of the total.

use crate::evaluate::{Appraisal, NO_RANK, Prepared, Weights};
use crate::rules::{Aggregate, Benchmark, Item, Method, Missing, Part, Sourced};

/// A unit explained.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// Row of the unit.
    pub row: usize,
    /// Group it is in.
    pub group: Option<usize>,
    /// How many it is ranked with.
    pub ranked: usize,
    /// Its items, in the order of the rules, those that are not for its group left out.
    pub lines: Vec<Line>,
}

/// One item of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Place of the item.
    pub item: usize,
    /// What the formula gives; NaN where it gives nothing.
    pub value: f64,
    /// What is scored, after filling in and drawing in.
    pub scored: f64,
    /// What it is compared with, where that is one number.
    pub benchmark: Option<f64>,
    /// The number of the rules that this is; none where it comes from the data.
    pub given: Option<Sourced>,
    /// Whether the score is one that was filled in.
    pub filled: bool,
    /// Whether a cap or a floor stands in place of what the value would score.
    pub bounded: bool,
    /// The score, before it is weighed.
    pub score: f64,
    /// Weight within its dimension.
    pub weight: f64,
    /// What it adds to the total, where all is added on the way there.
    pub points: Option<f64>,
    /// The same as a share of the total.
    pub share: Option<f64>,
}

/// Explains a unit; none where there is no such row.
#[must_use]
pub fn why(prepared: &Prepared<'_>, weights: &Weights, appraisal: &Appraisal, row: usize) -> Option<Why> {
    prepared.units.ids.get(row)?;
    let group = prepared.groups.get(row);
    let rules = prepared.rules;
    let total = appraisal.dimensions.first().and_then(|totals| totals.get(row)).copied().unwrap_or(f64::NAN);
    let lines = rules.items.iter().enumerate().filter(|(_, item)| group.is_some_and(|group| rules.counts(item, group)));
    let lines = lines
        .map(|(at, item)| {
            let of =
                |columns: &[Vec<f64>]| columns.get(at).and_then(|column| column.get(row)).copied().unwrap_or(f64::NAN);
            let (value, score) = (of(&prepared.values), of(&prepared.scores));
            let curve = prepared.items.get(at).and_then(|columns| columns.cells.of(row));
            let points = factor(prepared, weights, appraisal, at, row)
                .map(|factor| factor * score)
                .filter(|points| !points.is_nan());
            Line {
                item: at,
                value,
                scored: prepared.scored(at, row),
                benchmark: curve.and_then(|curve| curve.benchmark()),
                given: group.and_then(|group| given(item, group)),
                filled: value.is_nan() && !score.is_nan() && item.missing != Missing::Drop,
                bounded: curve.is_some_and(|curve| curve.is_bounded(prepared.scored(at, row))),
                score,
                weight: group
                    .and_then(|group| weight(prepared, weights, Part::Item(at), item.parent, group))
                    .unwrap_or(f64::NAN),
                points,
                share: points.map(|points| points / total).filter(|share| share.is_finite()),
            }
        })
        .collect();
    let rank = appraisal.ranks.get(row).copied().unwrap_or(NO_RANK);
    let band = appraisal.ranking.bands.get(if rules.rank_within_groups { group.unwrap_or(usize::MAX) } else { 0 });
    let ranked = if rank == NO_RANK { 0 } else { band.map_or(0, |band| band.rows.len()) };
    Some(Why { row, group, ranked, lines })
}

/// The benchmark that the rules give: the same number that [`crate::evaluate::Curve::benchmark`] shows.
fn given(item: &Item, group: usize) -> Option<Sourced> {
    match &item.normalise.method {
        Method::Ratio { benchmark: Benchmark::Given(numbers), .. } => numbers.of(group),
        Method::Goalposts { low, high, .. } => if item.better_high { high } else { low }.of(group),
        Method::BaseTarget { target, .. } => target.of(group),
        Method::Deduction { full, .. } => Some(*full),
        _ => None,
    }
}

fn weight(prepared: &Prepared<'_>, weights: &Weights, part: Part, parent: usize, group: usize) -> Option<f64> {
    let place = prepared.rules.dimensions.get(parent)?.parts.iter().position(|known| *known == part)?;
    weights.get(parent, place, group)
}

/// What a score of an item is multiplied by on its way to the total; none where it is not only added and multiplied there.
fn factor(prepared: &Prepared<'_>, weights: &Weights, appraisal: &Appraisal, item: usize, row: usize) -> Option<f64> {
    let rules = prepared.rules;
    let group = prepared.groups.get(row)?;
    let (mut part, mut above) = (Part::Item(item), Some(rules.items.get(item)?.parent));
    let mut product = 1.0;
    // As many steps as there are dimensions: a tree has no circle.
    for _ in 0..rules.dimensions.len() {
        let Some(at) = above else { break };
        let dimension = rules.dimensions.get(at)?;
        let own = weight(prepared, weights, part, at, group)?;
        let (mut there, mut all) = (0.0, 0.0);
        for (place, part) in dimension.parts.iter().enumerate() {
            let Some(weight) = weights.get(at, place, group) else { continue };
            let columns = match part {
                Part::Item(item) => prepared.scores.get(*item),
                Part::Dimension(at) => appraisal.dimensions.get(*at),
            };
            all += weight;
            if columns.and_then(|column| column.get(row)).is_some_and(|score| !score.is_nan()) {
                there += weight;
            }
        }
        // Nothing is spread over the rest where what is missing leaves no total at all.
        let whole =
            appraisal.dimensions.get(at).and_then(|column| column.get(row)).is_some_and(|total| !total.is_nan());
        let there = if whole { there } else { all };
        product *= dimension.factor()
            * match dimension.aggregate {
                Aggregate::Sum => own * all / there,
                Aggregate::Arithmetic => own / there,
                _ => return None,
            };
        (part, above) = (Part::Dimension(at), dimension.parent);
    }
    Some(product)
}
