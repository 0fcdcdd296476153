//! Things that depend on each other in a circle: measures, areas, computed indicators.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use crate::model::IndicatorKind;
use crate::{Code, Diagnostic, Location, Text};

type Graph<'a> = BTreeMap<&'a str, (&'a Location, Vec<&'a str>)>;

/// One diagnostic per circle, at the member whose id sorts first.
pub(super) fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let plan = context.plan;
    let measures: Graph<'_> = plan
        .measures
        .iter()
        .map(|m| (m.id.as_str(), (&m.location, m.needs.iter().map(String::as_str).collect())))
        .collect();
    let areas: Graph<'_> = plan
        .areas
        .iter()
        .map(|a| (a.id.as_str(), (&a.location, a.parent.iter().map(String::as_str).collect())))
        .collect();
    let indicators: Graph<'_> = plan
        .indicators
        .iter()
        .filter_map(|i| match &i.kind {
            IndicatorKind::Computed { reads, .. } => {
                Some((i.id.as_str(), (&i.location, reads.iter().map(String::as_str).collect())))
            }
            IndicatorKind::Published => None,
        })
        .collect();
    for graph in [measures, areas, indicators] {
        for circle in circles(&graph) {
            let Some((location, _)) = circle.first().and_then(|id| graph.get(id)) else { continue };
            let shown = circle.iter().chain(circle.first()).copied().collect::<Vec<_>>().join(" → ");
            out.push(
                Diagnostic::new(
                    Code::Cycle,
                    (*location).clone(),
                    Text::new(format!("循环依赖：{shown}"), format!("a circle: {shown}")),
                )
                .hint(Text::new("请去掉其中一个引用", "remove one of these references")),
            );
        }
    }
}

/// Circles found by walking from every node, each once, starting at its smallest member.
fn circles<'a>(graph: &Graph<'a>) -> BTreeSet<Vec<&'a str>> {
    let mut found = BTreeSet::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for &start in graph.keys() {
        // An explicit stack: chains of references may be as long as the file.
        let mut path: Vec<&'a str> = Vec::new();
        let mut on_path: BTreeMap<&'a str, usize> = BTreeMap::new();
        let mut stack: Vec<(&'a str, bool)> = vec![(start, false)];
        while let Some((node, leaving)) = stack.pop() {
            if leaving {
                path.pop();
                on_path.remove(node);
                done.insert(node);
                continue;
            }
            if let Some(&from) = on_path.get(node) {
                let mut circle: Vec<&str> = path.get(from..).unwrap_or_default().to_vec();
                let smallest = circle.iter().enumerate().min_by_key(|(_, id)| **id).map_or(0, |(at, _)| at);
                circle.rotate_left(smallest);
                found.insert(circle);
                continue;
            }
            let Some((_, next)) = graph.get(node) else { continue };
            if done.contains(node) {
                continue;
            }
            on_path.insert(node, path.len());
            path.push(node);
            stack.push((node, true));
            stack.extend(next.iter().map(|id| (*id, false)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_circle_once() {
        let place = Location::start("x");
        let edges = [("a", vec!["b"]), ("b", vec!["c", "d"]), ("c", vec!["a"]), ("d", vec!["d"]), ("e", vec!["a"])];
        let graph: Graph<'_> = edges.into_iter().map(|(id, next)| (id, (&place, next))).collect();
        let found: Vec<Vec<&str>> = circles(&graph).into_iter().collect();
        assert_eq!(found, [vec!["a", "b", "c"], vec!["d"]]);
    }
}
