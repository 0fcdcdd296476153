//! `[total]` and `[[dimension]]`: the tree above the items.

use super::fields::Fields;
use super::item::{parent, plain};
use super::origins::{Origins, duplicate};
use crate::diagnostic::Code;
use crate::rules::{Aggregate, Dimension, Group, Item, Part, PerGroup, Weighing};

const AGGREGATES: &[(&str, Aggregate)] = &[
    ("sum", Aggregate::Sum),
    ("arithmetic", Aggregate::Arithmetic),
    ("geometric", Aggregate::Geometric),
    ("harmonic", Aggregate::Harmonic),
    ("minimum", Aggregate::Minimum),
    ("maximum", Aggregate::Maximum),
    ("topsis", Aggregate::Topsis),
];

const WEIGHINGS: &[(&str, usize)] =
    &[("given", 0), ("equal", 1), ("entropy", 2), ("critic", 3), ("principal", 4), ("pairwise", 5)];

/// Reads the total and all dimensions; the total is the first.
pub(super) fn read(
    top: &Fields<'_>,
    origins: &Origins,
    groups: &[Group],
    above: Option<usize>,
) -> Option<Vec<Dimension>> {
    let total = top.needed("total", top.table("total"))?;
    let mut all = vec![one(&total, origins, groups, above, true)?];
    let tables = top.tables("dimension");
    for fields in &tables {
        let Some(dimension) = one(fields, origins, groups, above, false) else { continue };
        if all.iter().any(|known| known.id == dimension.id) {
            duplicate(fields, &dimension.id);
            continue;
        }
        all.push(dimension);
    }
    let mut parents = Vec::new();
    for fields in &tables {
        parents.push(parent(fields, &all));
    }
    for (dimension, parent) in all.iter_mut().skip(1).zip(parents) {
        dimension.parent = Some(parent.unwrap_or(0));
    }
    tables.into_iter().for_each(Fields::finish);
    circles(top, &mut all);
    Some(all)
}

/// The keys of `[total]` that are the set's own are read elsewhere, and it is finished there.
fn one(
    fields: &Fields<'_>,
    origins: &Origins,
    groups: &[Group],
    above: Option<usize>,
    is_total: bool,
) -> Option<Dimension> {
    let origin = fields.origin(origins, above);
    let id = if is_total { Some("total".to_owned()) } else { fields.needed("id", fields.string("id")) };
    let name = fields.text("name").or_else(|| is_total.then(|| plain("总分", "total")));
    let name = fields.needed("name", name);
    let aggregate = fields.needed("aggregate", fields.choice("aggregate", AGGREGATES));
    let weight = match origins.per_group(fields, "weight", groups, origin) {
        // What nothing is above has no weight to be sourced.
        None => PerGroup::Same(crate::rules::Sourced { value: 1.0, origin: origin.unwrap_or(usize::MAX) }),
        Some(weight) => weight,
    };
    let weighing = weighing(fields);
    let scale = fields.number("scale").unwrap_or(1.0);
    let line = fields.line("id");
    Some(Dimension {
        id: id?,
        name: name?,
        weight,
        parent: None,
        aggregate: aggregate?,
        weighing: weighing?,
        scale,
        parts: Vec::new(),
        line,
    })
}

fn weighing(fields: &Fields<'_>) -> Option<Weighing> {
    if !fields.has("weights") {
        return Some(Weighing::Given);
    }
    Some(match fields.choice("weights", WEIGHINGS)? {
        0 => Weighing::Given,
        1 => Weighing::Equal,
        2 => Weighing::Entropy,
        3 => Weighing::Critic,
        4 => Weighing::Principal,
        _ => Weighing::Pairwise(fields.needed("pairs", fields.rows("pairs"))?),
    })
}

/// A dimension that is, through others, part of itself becomes part of the total, and is told.
fn circles(top: &Fields<'_>, all: &mut [Dimension]) {
    let parents: Vec<Option<usize>> = all.iter().map(|dimension| dimension.parent).collect();
    for (at, dimension) in all.iter_mut().enumerate().skip(1) {
        let above = std::iter::successors(dimension.parent, |up| parents.get(*up).copied().flatten());
        if above.take(parents.len() + 1).any(|up| up == at) {
            top.page.error(
                Code::BadValue,
                dimension.line,
                format!("维度「{}」成了自己的一部分", dimension.id),
                format!("dimension `{}` is part of itself", dimension.id),
            );
            dimension.parent = Some(0);
        }
    }
}

/// Hangs dimensions and items into the tree, and tells dimensions without parts.
pub(super) fn hang(top: &Fields<'_>, dimensions: &mut [Dimension], items: &[Item]) {
    let mut parts: Vec<Vec<Part>> = vec![Vec::new(); dimensions.len()];
    let placed =
        dimensions.iter().enumerate().filter_map(|(at, dimension)| Some((dimension.parent?, Part::Dimension(at))));
    let placed = placed.chain(items.iter().enumerate().map(|(at, item)| (item.parent, Part::Item(at))));
    for (parent, part) in placed {
        parts.get_mut(parent).into_iter().for_each(|parts| parts.push(part));
    }
    for (dimension, parts) in dimensions.iter_mut().zip(parts) {
        if parts.is_empty() {
            top.page.error(
                Code::BadValue,
                dimension.line,
                format!("「{}」没有任何指标项", dimension.id),
                format!("`{}` has no item", dimension.id),
            );
        }
        if let Weighing::Pairwise(pairs) = &dimension.weighing
            && (pairs.len() != parts.len() || pairs.iter().any(|row| row.len() != parts.len()))
        {
            top.page.error(
                Code::BadValue,
                dimension.line,
                format!("「{}」有 {} 个部分，两两比较表应为同样大小的方阵", dimension.id, parts.len()),
                format!(
                    "`{}` has {} parts: the comparisons in pairs should be a square of that size",
                    dimension.id,
                    parts.len()
                ),
            );
        }
        dimension.parts = parts;
    }
}
