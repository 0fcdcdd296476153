//! What is counted once and asked for often: units by group and class, and the total at which each class ends.

use lantu_appraisal::evaluate::{Appraisal, NO_CLASS, NO_RANK, Prepared};
use lantu_appraisal::rules::Share;

use super::numbers::decimals;

/// Units of a group, or of all.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    pub(super) units: usize,
    /// With a rank or a class.
    pub(super) graded: usize,
    /// In each class.
    pub(super) classes: Vec<usize>,
}

/// Counts and borders.
pub(super) struct Tally {
    pub(super) all: Counts,
    /// By the place of the group.
    pub(super) groups: Vec<Counts>,
    /// Rows of each group, those that are graded, best first; who has a class without a rank last.
    pub(super) rows: Vec<Vec<usize>>,
    /// For each list of ranks and each class that goes by share: the total of the last unit in it or in a better one.
    pub(super) lasts: Vec<Vec<Option<f64>>>,
    /// Digits behind the point of totals.
    pub(super) decimals: usize,
}

impl Tally {
    pub(super) fn of(prepared: &Prepared<'_>, found: &Appraisal) -> Self {
        let classes = prepared.rules.classes.as_ref().map_or([].as_slice(), |classes| classes.list.as_slice());
        let empty = || Counts { classes: vec![0; classes.len()], ..Counts::default() };
        let mut all = empty();
        let mut groups: Vec<Counts> = prepared.groups.names.iter().map(|_| empty()).collect();
        let mut rows: Vec<Vec<(u32, usize)>> = groups.iter().map(|_| Vec::new()).collect();
        for (row, (rank, class)) in found.ranks.iter().zip(&found.classes).enumerate() {
            let class = (*class != NO_CLASS).then_some(usize::from(*class));
            let graded = *rank != NO_RANK || class.is_some();
            let group = prepared.groups.get(row);
            let own = group.and_then(|group| groups.get_mut(group));
            for counts in [Some(&mut all), own].into_iter().flatten() {
                counts.units += 1;
                counts.graded += usize::from(graded);
                if let Some(count) = class.and_then(|class| counts.classes.get_mut(class)) {
                    *count += 1;
                }
            }
            if let Some(rows) = group.and_then(|group| rows.get_mut(group)).filter(|_| graded) {
                rows.push((if *rank == NO_RANK { u32::MAX } else { *rank }, row));
            }
        }
        let rows = rows.into_iter().map(|mut rows| {
            rows.sort_unstable();
            rows.into_iter().map(|(_, row)| row).collect()
        });
        let lasts = found.ranking.bands.iter().map(|band| {
            let mut lasts = vec![None; classes.len()];
            for row in band.rows.iter().map(|row| *row as usize) {
                let class = found.by_total.get(row).map_or(usize::MAX, |class| usize::from(*class));
                let total = found.totals.get(row).copied();
                lasts.iter_mut().skip(class).for_each(|last| *last = total);
            }
            lasts
        });
        let by_share = classes.iter().any(|class| matches!(class.share, Share::Until(_)));
        let ranked = found.totals.iter().zip(&found.ranks).filter(|(_, rank)| **rank != NO_RANK);
        let longest = ranked.map(|(total, _)| decimals(*total)).max().unwrap_or(0);
        Self {
            all,
            groups,
            rows: rows.collect(),
            lasts: if by_share { lasts.collect() } else { Vec::new() },
            decimals: prepared.rules.decimals.map_or(longest, usize::from),
        }
    }
}
