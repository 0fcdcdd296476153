//! Weights derived from scores, where the rules want that, and from comparisons in pairs.

use super::prepare::Prepared;
use super::tree;
use super::weights::Weights;
use crate::diagnostic::{Code, Diagnostic};
use crate::direction::Direction;
use crate::rules::{Dimension, Part, Weighing};
use crate::weigh::{self, Keep, RandomIndex};

/// Weights with those derived that the rules want derived.
pub(super) fn derived(prepared: &Prepared<'_>, problems: &mut Vec<Diagnostic>) -> Weights {
    let rules = prepared.rules;
    let groups = prepared.groups.names.len();
    let mut weights = Weights::given(rules, groups);
    for place in tree::order(rules) {
        let Some(dimension) = rules.dimensions.get(place) else { continue };
        if dimension.weighing == Weighing::Given {
            continue;
        }
        // Dimensions below have their weights by now.
        let nested = dimension.parts.iter().any(|part| matches!(part, Part::Dimension(_)));
        let scores = if nested { tree::dimensions(prepared, &prepared.scores, &weights) } else { Vec::new() };
        for (group, rows) in prepared.groups.rows(&prepared.counted).into_iter().enumerate() {
            let used: Vec<usize> = (0..dimension.parts.len())
                .filter(|part| weights.get(place, *part, group).is_some_and(|weight| weight > 0.0))
                .collect();
            let parts: Vec<Part> = used.iter().filter_map(|part| dimension.parts.get(*part)).copied().collect();
            let columns: Vec<Vec<f64>> = parts.iter().map(|part| at(prepared, &scores, *part, &rows)).collect();
            let directions: Vec<Direction> = parts.iter().map(|part| tree::direction(rules, *part)).collect();
            let found = derive(dimension, &columns, &directions, &used).unwrap_or_else(|(zh, en)| {
                let told = Diagnostic::warning(
                    Code::NoSpread,
                    dimension.line,
                    format!("「{}」的权重推不出来，各部分改为等权：{zh}", dimension.id),
                    format!("no weights of `{}` can be derived; its parts count the same: {en}", dimension.id),
                );
                (vec![1.0 / columns.len().max(1) as f64; columns.len()], Some(told))
            });
            let derived: Vec<(usize, f64)> = used.into_iter().zip(found.0).collect();
            weights.put(place, group, &derived);
            problems.extend(found.1);
        }
    }
    weights
}

/// Scores of some rows.
fn at(prepared: &Prepared<'_>, dimensions: &[Vec<f64>], part: Part, rows: &[usize]) -> Vec<f64> {
    let column = match part {
        Part::Item(at) => prepared.scores.get(at),
        Part::Dimension(at) => dimensions.get(at),
    };
    rows.iter().map(|row| column.and_then(|column| column.get(*row)).copied().unwrap_or(f64::NAN)).collect()
}

type Derived = (Vec<f64>, Option<Diagnostic>);

fn derive(
    dimension: &Dimension,
    columns: &[Vec<f64>],
    directions: &[Direction],
    used: &[usize],
) -> Result<Derived, (String, String)> {
    let found = match &dimension.weighing {
        Weighing::Given => Ok(Vec::new()),
        Weighing::Equal => weigh::equal(columns.len()),
        Weighing::Entropy => weigh::entropy(columns).map(|found| found.weights),
        Weighing::Critic => weigh::critic(columns, directions).map(|found| found.weights),
        Weighing::Principal => weigh::pca(columns, Keep::AboveOne).map(|found| found.weights.weights),
        Weighing::Pairwise(pairs) => return pairwise(dimension, pairs, used),
    };
    found.map(|weights| (weights, None)).map_err(told)
}

/// Why, in both languages.
fn told(refusal: weigh::Refusal) -> (String, String) {
    let zh = match refusal {
        weigh::Refusal::Negative { .. } => "有的得分小于 0，算不出占比",
        weigh::Refusal::NoSpread => "各对象的得分没有差别",
        weigh::Refusal::NoConflict => "各部分同进同退",
        weigh::Refusal::TooFewUnits { .. } => "得分齐全的对象太少",
        weigh::Refusal::NothingInCommon => "各部分没有共同的成分",
        weigh::Refusal::TooManyItems { .. } => "部分太多",
        _ => "得分不能这样算",
    };
    let en = match refusal {
        // Its numbers are places in columns that nobody here has seen.
        weigh::Refusal::Negative { .. } => "a score is below 0, and shares of a sum are not".to_owned(),
        other => other.to_string(),
    };
    (zh.to_owned(), en)
}

/// Comparisons of those parts that are for the group.
fn pairwise(dimension: &Dimension, pairs: &[Vec<f64>], used: &[usize]) -> Result<Derived, (String, String)> {
    let cell =
        |row: &usize, column: &usize| pairs.get(*row).and_then(|row| row.get(*column)).copied().unwrap_or(f64::NAN);
    let chosen: Vec<Vec<f64>> = used.iter().map(|row| used.iter().map(|column| cell(row, column)).collect()).collect();
    let found = weigh::ahp(&chosen, RandomIndex::Saaty1980)
        .map_err(|error| ("两两比较表不成立".to_owned(), error.to_string()))?;
    let warning = (found.consistent() == Some(false)).then(|| {
        let ratio = found.ratio.unwrap_or(f64::NAN);
        Diagnostic::warning(
            Code::BadValue,
            dimension.line,
            format!("「{}」的两两比较前后不一致：一致性比率 {ratio:.3}，不应超过 0.1", dimension.id),
            format!("the comparisons in pairs of `{}` contradict each other: consistency ratio {ratio:.3}, should be 0.1 at most", dimension.id),
        )
    });
    Ok((found.weights, warning))
}
