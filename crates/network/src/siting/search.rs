//! Good choices of sites: the best one after the other, then exchanges while any gains.
//!
//! Exchanges as by Teitz and Bart (1968), the gain of each worked out from what sites gain and lose alone and what both share:
//! Resende and Werneck (2007), *A fast swap-based local search procedure for location problems*.
#![expect(clippy::indexing_slicing, reason = "sites and demands are numbered below the lengths of these lists")]

use super::table::Table;

/// No site.
const NONE: usize = usize::MAX;
/// Gains below this share of the value are rounding.
const NOTHING: f64 = 1e-12;

/// Opens sites beside those open while they gain, up to the count if there is one.
pub(super) fn fill(table: &Table, open: &mut [bool]) {
    let mut paid: Vec<f64> = (0..table.other.len())
        .map(|demand| table.row(demand).find(|(site, _)| open[*site]).map_or(table.other[demand], |(_, cost)| cost))
        .collect();
    let mut left = table.count.map(|count| count.saturating_sub(open.iter().filter(|open| **open).count()));
    let mut gain = vec![0.0; open.len()];
    while left != Some(0) {
        gain.iter_mut().zip(&table.opening).for_each(|(gain, cost)| *gain = -cost);
        for (demand, paid) in paid.iter().enumerate() {
            for (site, cost) in table.row(demand).take_while(|(_, cost)| cost < paid) {
                gain[site] += paid - cost;
            }
        }
        let Some(best) = highest((0..open.len()).filter(|site| !open[*site]).map(|site| (site, gain[site]))) else {
            return;
        };
        if left.is_none() && best.1 <= 0.0 {
            return;
        }
        open[best.0] = true;
        left = left.map(|left| left - 1);
        for (demand, paid) in paid.iter_mut().enumerate() {
            if let Some((_, cost)) =
                table.row(demand).take_while(|(_, cost)| cost < paid).find(|(site, _)| *site == best.0)
            {
                *paid = cost;
            }
        }
    }
}

/// Exchanges one site for another, opens or closes one where the count is free, while that gains. Gives the value.
pub(super) fn exchange(table: &Table, open: &mut [bool]) -> f64 {
    let sites = open.len();
    let mut value = table.value(open);
    let (mut gain, mut both) = (vec![0.0; sites], Vec::new());
    loop {
        let used: Vec<usize> = (0..sites).filter(|site| open[*site]).collect();
        let mut place = vec![NONE; sites];
        used.iter().enumerate().for_each(|(at, site)| place[*site] = at);
        let mut loss: Vec<f64> = used.iter().map(|site| -table.opening[*site]).collect();
        gain.iter_mut().zip(&table.opening).for_each(|(gain, cost)| *gain = -cost);
        // What opening one and closing another gains beyond what each does alone, by the one that opens.
        both.clear();
        both.resize(sites * used.len(), 0.0);
        for demand in 0..table.other.len() {
            let other = table.other[demand];
            let mut serving = table.row(demand).filter(|(site, _)| open[*site]);
            let (first, near) = serving.next().unwrap_or((NONE, other));
            let far = serving.next().map_or(other, |(_, cost)| cost);
            let mine = if first == NONE { NONE } else { place[first] };
            if mine != NONE {
                loss[mine] += far - near;
            }
            for (site, cost) in table.row(demand).take_while(|(_, cost)| *cost < far) {
                if cost < near {
                    gain[site] += near - cost;
                }
                if mine != NONE {
                    both[site * used.len() + mine] += far - cost.max(near);
                }
            }
        }
        let free = table.count.is_none();
        let swaps = (0..sites).filter(|site| !open[*site]).flat_map(|site| {
            let row = &both[site * used.len()..(site + 1) * used.len()];
            let (gain, loss) = (gain[site], &loss);
            row.iter().enumerate().map(move |(at, both)| ((site, at), gain - loss[at] + both))
        });
        let opens = (0..sites).filter(|site| free && !open[*site]).map(|site| ((site, NONE), gain[site]));
        let closes = loss.iter().enumerate().filter(|_| free).map(|(at, loss)| ((NONE, at), -loss));
        let Some(((enter, leave), _)) = highest(swaps.chain(opens).chain(closes)) else { return value };
        let (enter, leave) = ((enter != NONE).then_some(enter), used.get(leave).copied());
        let mut turn = |enter: Option<usize>, leave: Option<usize>| {
            enter.into_iter().for_each(|site| open[site] = true);
            leave.into_iter().for_each(|site| open[site] = false);
            table.value(open)
        };
        let found = turn(enter, leave);
        // Sums are rounded: only what the value itself says is a gain, and a sum beyond all numbers is none.
        let gains = found < value - NOTHING * value.abs();
        if !gains {
            turn(leave, enter);
            return value;
        }
        value = found;
    }
}

/// The first of the highest.
fn highest<T>(found: impl Iterator<Item = (T, f64)>) -> Option<(T, f64)> {
    found.fold(None, |best, next| match best {
        Some(best) if best.1 >= next.1 => Some(best),
        _ => Some(next),
    })
}
