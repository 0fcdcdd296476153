//! `[total]` and `[[dimension]]`: the tree above the items.

use super::fields::{Fields, plain};
use super::origins::{Origins, duplicate};
use crate::diagnostic::Code;
use crate::rules::{Aggregate, Confidence, Dimension, Group, Item, Method, Part, PerGroup, Sourced, Weighing};

pub(super) const AGGREGATES: &[(&str, Aggregate)] = &[
    ("sum", Aggregate::Sum),
    ("arithmetic", Aggregate::Arithmetic),
    ("geometric", Aggregate::Geometric),
    ("harmonic", Aggregate::Harmonic),
    ("minimum", Aggregate::Minimum),
    ("maximum", Aggregate::Maximum),
    ("topsis", Aggregate::Topsis),
];

/// Where weights come from, by the word that stands in a file.
pub(super) const WEIGHINGS: &[(&str, Way)] = &[
    ("given", Way::Given),
    ("equal", Way::Equal),
    ("entropy", Way::Entropy),
    ("critic", Way::Critic),
    ("principal", Way::Principal),
    ("pairwise", Way::Pairwise),
];

#[derive(Clone, Copy)]
pub(super) enum Way {
    Given,
    Equal,
    Entropy,
    Critic,
    Principal,
    Pairwise,
}

/// Reads the total and all dimensions; the total is the first.
pub(super) fn read(
    top: &Fields<'_>,
    total: &Fields<'_>,
    origins: &Origins,
    groups: &[Group],
    above: Option<usize>,
) -> Option<Vec<Dimension>> {
    let mut all = vec![one(total, origins, groups, above, true)?];
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
    tables.iter().for_each(Fields::finish);
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
    let origin = origins.of(fields, above);
    let id = if is_total { Some("total".to_owned()) } else { fields.needed("id", fields.string("id")) };
    let name = fields.text("name").or_else(|| is_total.then(|| plain("总分", "total")));
    let name = fields.needed("name", name);
    let aggregate = fields.needed("aggregate", fields.choice("aggregate", AGGREGATES));
    let weight = weight(fields, origins, groups, origin);
    // Everything is read before anything is missed, so that no key is told as unknown.
    let weighing = weighing(fields);
    let scale = origins.number(fields, "scale", origin);
    let line = fields.line("id");
    Some(Dimension {
        id: id?,
        name: name?,
        weight: weight?,
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
        Way::Given => Weighing::Given,
        Way::Equal => Weighing::Equal,
        Way::Entropy => Weighing::Entropy,
        Way::Critic => Weighing::Critic,
        Way::Principal => Weighing::Principal,
        Way::Pairwise => Weighing::Pairwise(fields.needed("pairs", fields.rows("pairs"))?),
    })
}

/// The weight of an item or a dimension. One that nobody wrote is 1, and ours.
pub(super) fn weight(
    fields: &Fields<'_>,
    origins: &Origins,
    groups: &[Group],
    origin: Option<usize>,
) -> Option<PerGroup> {
    if !fields.has("weight") {
        let origin = origins.nowhere(fields.line("id"), Confidence::Own);
        return Some(PerGroup::Same(Sourced { value: 1.0, origin }));
    }
    let weight = origins.per_group(fields, "weight", groups, origin)?;
    if let Some(number) = weight.each().find(|number| number.value < 0.0) {
        fields.page.error(
            Code::BadValue,
            fields.line("weight"),
            format!("权重不能是负数：{}", number.value),
            format!("a weight cannot be negative: {}", number.value),
        );
    }
    Some(weight)
}

/// The dimension that a part names; the total where it names none.
pub(super) fn parent(fields: &Fields<'_>, dimensions: &[Dimension]) -> Option<usize> {
    let Some(name) = fields.string("parent") else { return Some(0) };
    fields.place("parent", &name, ("维度", "dimension"), dimensions.iter().map(|dimension| dimension.id.as_str()))
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
///
/// `declared` items are in the file; where one could not be read it is not known what is empty.
pub(super) fn hang(top: &Fields<'_>, dimensions: &mut [Dimension], items: &[Item], declared: usize) {
    let mut parts: Vec<Vec<Part>> = vec![Vec::new(); dimensions.len()];
    let placed =
        dimensions.iter().enumerate().filter_map(|(at, dimension)| Some((dimension.parent?, Part::Dimension(at))));
    let placed = placed.chain(items.iter().enumerate().map(|(at, item)| (item.parent, Part::Item(at))));
    for (parent, part) in placed {
        parts.get_mut(parent).into_iter().for_each(|parts| parts.push(part));
    }
    for (dimension, parts) in dimensions.iter_mut().zip(parts) {
        if parts.is_empty() && items.len() == declared {
            top.page.error(
                Code::BadValue,
                dimension.line,
                format!("「{}」没有任何指标项", dimension.id),
                format!("`{}` has no item", dimension.id),
            );
        }
        mixed_scales(top, dimension, &parts, items);
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

/// Distances to an ideal mean nothing between plain values and scores that were made comparable.
fn mixed_scales(top: &Fields<'_>, dimension: &Dimension, parts: &[Part], items: &[Item]) {
    let plain = |part: &&Part| match part {
        Part::Item(at) => items.get(*at).is_some_and(|item| item.normalise.method == Method::AsIs),
        Part::Dimension(_) => false,
    };
    let count = parts.iter().filter(plain).count();
    if dimension.aggregate == Aggregate::Topsis && count > 0 && count < parts.len() {
        top.page.error(
            Code::BadValue,
            dimension.line,
            format!("「{}」用 topsis，各部分要么都用原值，要么都先化为可比的得分", dimension.id),
            format!("`{}` is by topsis: its parts are either all plain values or all made comparable", dimension.id),
        );
    }
}
