//! Feedback loops: where they can be, which there are, and what each does.

use super::component::components;
use super::cycle::{Bounds, cycles};
use super::link::Link;
use super::sign::{Polarity, Sign};

/// Loops that are listed at most.
pub const MOST_LOOPS: usize = 1_000;
/// Links in a loop that is listed, at most.
pub const MOST_LINKS: usize = 200;
/// Links looked at in search of loops, at most: a second or so. What is found depends on this number and not on a clock.
const MOST_LOOKS: usize = 20_000_000;

/// One feedback loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loop {
    /// Each moves the next, the last the first. Begins at the stock that stands first in the file, or at the variable
    /// that does where there is no stock.
    pub variables: Vec<usize>,
    /// How many of them are stocks; a loop without one has a smooth or a delay in it.
    pub stocks: usize,
    /// What it does to a change that goes round it.
    pub polarity: Polarity,
}

/// What is found.
pub(super) struct Feedback {
    pub(super) components: Vec<Vec<usize>>,
    pub(super) loops: Vec<Loop>,
    pub(super) complete: bool,
}

impl Feedback {
    /// `links` by `from`, then by `to`; `is_stock` for each variable.
    pub(super) fn new(links: &[Link], is_stock: &[bool]) -> Self {
        let causes = || links.iter().filter(|link| !link.initial);
        let next = lists(causes(), is_stock.len());
        let component = components(&next);
        let of = |at: usize| component.get(at).copied();
        // A link within a component is part of a loop; others are part of none.
        let inner = || causes().filter(|link| of(link.from) == of(link.to));
        let mut holds = vec![false; is_stock.len()];
        for link in inner().filter(|link| link.held) {
            of(link.from).and_then(|id| holds.get_mut(id)).into_iter().for_each(|held| *held = true);
        }
        let counted = |at: usize| of(at).and_then(|id| holds.get(id)) == Some(&true);
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); is_stock.len()];
        for at in (0..is_stock.len()).filter(|at| counted(*at)) {
            of(at).and_then(|id| groups.get_mut(id)).into_iter().for_each(|group| group.push(at));
        }
        groups.retain(|group| !group.is_empty());
        groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.first().copied()));

        let next = lists(inner().filter(|link| counted(link.from)), is_stock.len());
        let bounds = Bounds { cycles: MOST_LOOPS, length: MOST_LINKS, work: MOST_LOOKS };
        let wanted = |cycle: &[usize]| around(links, cycle).any(|link| link.held);
        let found = cycles(&next, groups.first().map_or(0, Vec::len), bounds, &wanted);
        let mut loops: Vec<Loop> = found.list.into_iter().map(|cycle| described(cycle, links, is_stock)).collect();
        loops.sort_by(|a, b| (a.variables.len(), &a.variables).cmp(&(b.variables.len(), &b.variables)));
        Self { components: groups, loops, complete: found.complete }
    }
}

fn lists<'a>(links: impl Iterator<Item = &'a Link>, size: usize) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new(); size];
    for link in links {
        found.get_mut(link.from).into_iter().for_each(|list: &mut Vec<usize>| list.push(link.to));
    }
    found
}

/// The links of a cycle, the last back to its beginning.
fn around<'a>(links: &'a [Link], cycle: &'a [usize]) -> impl Iterator<Item = &'a Link> {
    let pairs = cycle.iter().zip(cycle.iter().cycle().skip(1));
    pairs.filter_map(|(from, to)| {
        let place = links.binary_search_by_key(&(*from, *to), |link| (link.from, link.to)).ok()?;
        links.get(place)
    })
}

fn described(mut variables: Vec<usize>, links: &[Link], is_stock: &[bool]) -> Loop {
    let stock = |at: &usize| is_stock.get(*at) == Some(&true);
    let first = variables.iter().enumerate().min_by_key(|(_, at)| (!stock(at), **at)).map_or(0, |(place, _)| place);
    variables.rotate_left(first);
    let sign = around(links, &variables).fold(Sign::Plus, |sign, link| sign.times(link.sign));
    Loop { stocks: variables.iter().filter(|at| stock(at)).count(), polarity: sign.polarity(), variables }
}
