//! Places from the best to the worst, and which class a place gives.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::grouping::Grouping;
use super::prepare::Prepared;
use super::{NO_CLASS, NO_RANK};
use crate::expression::steady;
use crate::rules::{Class, Classes, Rounding, Share, Ties};

/// Sharing a count of units must not depend on how a share is held: 0.2 of 15 is 3, not 3.0000000000000004.
const SLIP: f64 = 1e-9;

/// Who is ranked with whom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    /// One for each group, or one for all.
    pub bands: Vec<Band>,
}

/// Units that are ranked together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    /// Rows, best first.
    pub rows: Vec<u32>,
    /// Rank of each of them; equals share the better one.
    pub places: Vec<u32>,
}

/// Ranks of totals that are rounded already.
pub(crate) fn rank(prepared: &Prepared<'_>, totals: &[f64]) -> (Ranking, Vec<u32>) {
    let rules = prepared.rules;
    let mut keyed: Vec<Vec<(u64, u32)>> =
        vec![Vec::new(); if rules.rank_within_groups { prepared.groups.names.len() } else { 1 }];
    let better_high = rules.better_high;
    for (row, ((total, group), counts)) in totals.iter().zip(&prepared.groups.of).zip(&prepared.counted).enumerate() {
        let band = if rules.rank_within_groups { *group as usize } else { 0 };
        if let Some(band) = keyed.get_mut(band)
            && *counts
            && !total.is_nan()
        {
            band.push((key(*total, better_high), row as u32));
        }
    }
    let bands: Vec<Band> = keyed.into_par_iter().map(|keyed| Band::sorted(prepared, keyed)).collect();
    let mut ranks = vec![NO_RANK; totals.len()];
    for (row, place) in bands.iter().flat_map(|band| band.rows.iter().zip(&band.places)) {
        if let Some(rank) = ranks.get_mut(*row as usize) {
            *rank = *place;
        }
    }
    (Ranking { bands }, ranks)
}

impl Band {
    fn sorted(prepared: &Prepared<'_>, mut keyed: Vec<(u64, u32)>) -> Self {
        keyed.par_sort_unstable();
        let ahead = |row: u32, other: u32| compare(prepared, row as usize, other as usize);
        let mut places = Vec::with_capacity(keyed.len());
        for run in keyed.chunk_by_mut(|one, other| one.0 == other.0) {
            let first = places.len() as u32 + 1;
            places.push(first);
            if run.len() == 1 {
                continue;
            }
            run.sort_by(|(_, one), (_, other)| ahead(*one, *other));
            let mut place = first;
            for (at, pair) in run.windows(2).enumerate() {
                if let [(_, one), (_, other)] = pair
                    && ahead(*one, *other).is_ne()
                {
                    place = first + at as u32 + 1;
                }
                places.push(place);
            }
        }
        Self { rows: keyed.into_iter().map(|(_, row)| row).collect(), places }
    }
}

/// A whole number that is less for a better total, the same for totals that differ only by what computing leaves over.
fn key(total: f64, better_high: bool) -> u64 {
    let bits = steady(total).to_bits();
    let ascending = if bits >> 63 == 1 { !bits } else { bits | (1 << 63) };
    if better_high { !ascending } else { ascending }
}

/// What decides between equal totals; equal where nothing does.
fn compare(prepared: &Prepared<'_>, row: usize, other: usize) -> std::cmp::Ordering {
    let value = |item: usize, row: usize| {
        prepared.values.get(item).and_then(|values| values.get(row)).copied().unwrap_or(f64::NAN)
    };
    for item in &prepared.rules.then_by {
        let better_high = prepared.rules.items.get(*item).is_none_or(|item| item.better_high);
        let (one, two) = (steady(value(*item, row)), steady(value(*item, other)));
        // What has no value stands behind what has one.
        let order = match (one.is_nan(), two.is_nan()) {
            (false, false) if better_high => two.total_cmp(&one),
            (false, false) => one.total_cmp(&two),
            (one, two) => one.cmp(&two),
        };
        if order.is_ne() {
            return order;
        }
    }
    std::cmp::Ordering::Equal
}

/// Classes by total, before exceptions.
pub(crate) fn classes(prepared: &Prepared<'_>, totals: &[f64], ranks: &[u32], ranking: &Ranking) -> Vec<u8> {
    let mut found = vec![NO_CLASS; totals.len()];
    let Some(classes) = &prepared.rules.classes else { return found };
    if classes.list.iter().any(|class| matches!(class.share, Share::Until(_))) {
        for band in &ranking.bands {
            by_share(classes, band, &prepared.groups, &mut found);
        }
        return found;
    }
    let class = |total: f64| {
        let holds = |class: &Class| matches!(&class.share, Share::Total(limits) if limits.hold(total));
        classes.list.iter().position(holds).and_then(|at| u8::try_from(at).ok()).unwrap_or(NO_CLASS)
    };
    found.par_iter_mut().zip(totals).zip(ranks).with_min_len(1 << 14).for_each(|((place, total), rank)| {
        if *rank != NO_RANK {
            *place = class(*total);
        }
    });
    found
}

/// How many units of a band are in a class or in a better one.
pub(crate) fn end(classes: &Classes, class: usize, group: usize, units: usize) -> Option<usize> {
    let Share::Until(until) = &classes.list.get(class)?.share else { return None };
    let exact = until.of(group)?.value * units as f64;
    Some(match classes.rounding {
        Rounding::Down => (exact + SLIP).floor(),
        Rounding::Nearest => (exact + 0.5 + SLIP).floor(),
        Rounding::Up => (exact - SLIP).ceil(),
    } as usize)
}

fn by_share(classes: &Classes, band: &Band, groups: &Grouping, found: &mut [u8]) {
    let units = band.rows.len();
    // Of the groups that are here: one, where ranks run within groups.
    let mut ends: BTreeMap<usize, Vec<Option<usize>>> = BTreeMap::new();
    let of = |group: usize| (0..classes.list.len()).map(|class| end(classes, class, group, units)).collect();
    let mut behind = 0;
    for run in band.places.chunk_by(|one, other| one == other) {
        // Places of a run go from its rank on.
        let place = match classes.ties {
            Ties::Better => behind + 1,
            Ties::Worse => behind + run.len(),
        };
        for row in band.rows.iter().skip(behind).take(run.len()) {
            let ends = groups.get(*row as usize).map(|group| &*ends.entry(group).or_insert_with(|| of(group)));
            let class = ends.and_then(|ends| ends.iter().position(|end| end.is_some_and(|end| place <= end)));
            if let Some((found, class)) = found.get_mut(*row as usize).zip(class) {
                *found = u8::try_from(class).unwrap_or(NO_CLASS);
            }
        }
        behind += run.len();
    }
}
