//! Tables of covers made smaller: without sites that reach no more than another and cost no less, and without demands that are
//! reached whenever another is (Toregas and ReVelle 1973).
#![expect(clippy::indexing_slicing, reason = "sites and demands are numbered below the lengths of these lists")]

use super::table::{Settled, Table};

/// Takes out what others stand for, as long as there is any. The value of the best cover stays.
pub(super) fn reduce(table: Table) -> Table {
    let mut rows: Vec<Vec<usize>> =
        (0..table.other.len()).map(|demand| table.row(demand).map(|(site, _)| site).collect()).collect();
    let mut columns = turned(&rows, table.opening.len());
    loop {
        let mut out = vec![false; rows.len()];
        each_within(&rows, &columns, |small, large| out[large] |= !out[small]);
        let mut changed = clear(&mut rows, &out);
        columns = turned(&rows, columns.len());
        let mut out = vec![false; columns.len()];
        each_within(&columns, &rows, |small, large| {
            out[small] |= !out[large] && table.opening[large] <= table.opening[small];
        });
        changed |= clear(&mut columns, &out);
        rows = turned(&columns, rows.len());
        if !changed {
            let state = |column: &Vec<usize>| if column.is_empty() { Settled::Closed } else { Settled::Free };
            let settled: Vec<Settled> = columns.iter().map(state).collect();
            let kept: Vec<bool> = rows.iter().map(|row| !row.is_empty()).collect();
            return table.cut(&settled, Some(&kept)).unwrap_or(table);
        }
    }
}

/// Who holds each element.
fn turned(lists: &[Vec<usize>], elements: usize) -> Vec<Vec<usize>> {
    let mut holders = vec![Vec::new(); elements];
    for (at, list) in lists.iter().enumerate() {
        list.iter().for_each(|element| holders[*element].push(at));
    }
    holders
}

/// Empties lists; whether there was any.
fn clear(lists: &mut [Vec<usize>], out: &[bool]) -> bool {
    lists.iter_mut().zip(out).filter(|(_, out)| **out).for_each(|(list, _)| list.clear());
    out.contains(&true)
}

/// Shows every pair of lists of which the first is within the second, or the same. Empty lists are left out.
fn each_within(lists: &[Vec<usize>], holders: &[Vec<usize>], mut found: impl FnMut(usize, usize)) {
    let words = holders.len().div_ceil(64);
    let mut bits = vec![0_u64; lists.len() * words];
    for (at, list) in lists.iter().enumerate() {
        list.iter().for_each(|element| bits[at * words + element / 64] |= 1 << (element % 64));
    }
    for (small, list) in lists.iter().enumerate() {
        // Whoever holds all holds the one that fewest hold.
        let Some(rare) = list.iter().min_by_key(|element| holders[**element].len()) else { continue };
        for large in holders[*rare].iter().copied().filter(|large| *large != small) {
            if list.iter().all(|element| bits[large * words + element / 64] >> (element % 64) & 1 == 1) {
                found(small, large);
            }
        }
    }
}
