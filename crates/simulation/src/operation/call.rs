//! Operations on lists of numbers: order, allocation, inversion, choice by number, random draws.

use super::random::{RandomKind, key};
use super::table::NOT_AVAILABLE;

/// An operation on a list. What the list holds is said with each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Call {
    /// direction, values → places (from 0) of the values in order
    SortOrder,
    /// direction, values → rank (from 1) of each value
    Rank,
    /// place (from 0), values → the value there, nothing beyond the ends
    Element,
    /// n·n numbers, row by row → the inverse
    Invert,
    /// available, requests, then type, priority, width and extra of each → what each gets
    AllocateAvailable,
    /// supply, width, requests, then the priority of each → what each gets
    AllocateByPriority,
    /// number of those who ask, their demands and profiles, then supplies and profiles → the price where both meet
    MarketPrice,
    /// price, quantity, type, priority, width, extra → what is asked for at that price
    Demand,
    /// The same → what is offered at that price.
    Supply,
    /// what is on the belt, share of each leak → what leaves at the end, then by each leak, per unit of time. Which
    /// belt is meant by its state; the machine answers it, since no list of numbers holds a belt.
    Leaving { belt: u32 },
    /// A draw: which kind, and the number of its place in the model.
    Random(RandomKind, u32),
}

impl Call {
    pub(crate) fn is_random(self) -> bool {
        matches!(self, Self::Random(..))
    }

    /// How many results a list of this length has.
    pub(crate) fn results(self, operands: usize) -> usize {
        match self {
            Self::SortOrder | Self::Rank => operands.saturating_sub(1),
            Self::Element | Self::MarketPrice | Self::Demand | Self::Supply | Self::Random(..) => 1,
            Self::Invert | Self::Leaving { .. } => operands,
            Self::AllocateAvailable => operands.saturating_sub(1) / 5,
            Self::AllocateByPriority => operands.saturating_sub(2) / 2,
        }
    }
}

/// Carries out a call. `results` has the length that [`Call::results`] says; `seed` and `step` name random draws.
pub(crate) fn call(call: Call, operands: &[f64], seed: u64, step: u64, results: &mut [f64]) {
    match (call, operands) {
        (Call::SortOrder, [direction, values @ ..]) => {
            for (result, place) in results.iter_mut().zip(order(values, *direction)) {
                *result = place as f64;
            }
        }
        (Call::Rank, [direction, values @ ..]) => {
            for (rank, place) in order(values, *direction).into_iter().enumerate() {
                if let Some(result) = results.get_mut(place) {
                    *result = rank as f64 + 1.0;
                }
            }
        }
        (Call::Element, [place, values @ ..]) => {
            // Half a step of rounding, so that 1.9999999 is the third.
            let rounded = place.round();
            let inside = rounded >= 0.0 && rounded < values.len() as f64;
            let found = if inside { values.get(rounded as usize).copied() } else { None };
            results.fill(found.unwrap_or(NOT_AVAILABLE));
        }
        (Call::Invert, matrix) => invert(matrix, results),
        (Call::AllocateAvailable, [available, rest @ ..]) => {
            let (requests, profiles) = rest.split_at(results.len().min(rest.len()));
            allocate_available(*available, requests, profiles, results);
        }
        (Call::AllocateByPriority, [supply, width, rest @ ..]) => {
            let (requests, priorities) = rest.split_at(results.len().min(rest.len()));
            allocate_by_priority(*supply, *width, requests, priorities, results);
        }
        (Call::MarketPrice, [count, rest @ ..]) => {
            let (demand, supply) = rest.split_at((*count as usize * 5).min(rest.len()));
            results.fill(market_price(demand, supply));
        }
        (Call::Demand, [price, quantity, profile @ ..]) => results.fill(quantity * asked(profile, *price)),
        (Call::Supply, [price, quantity, profile @ ..]) => results.fill(quantity * offered(profile, *price)),
        (Call::Random(kind, place), arguments) => results.fill(kind.draw(key(seed, place, step), arguments)),
        _ => results.fill(f64::NAN),
    }
}

/// Places in rising order, or falling where the direction is not above 0; equal values keep their order.
fn order(values: &[f64], direction: f64) -> Vec<usize> {
    let mut places: Vec<_> = values.iter().copied().enumerate().collect();
    if direction > 0.0 {
        places.sort_by(|a, b| a.1.total_cmp(&b.1));
    } else {
        places.sort_by(|a, b| b.1.total_cmp(&a.1));
    }
    places.into_iter().map(|(place, _)| place).collect()
}

/// Gauss and Jordan with the largest pivot; nothing where the matrix has no inverse.
fn invert(matrix: &[f64], results: &mut [f64]) {
    let n = (matrix.len() as f64).sqrt().round() as usize;
    let mut left: Vec<Vec<f64>> = matrix.chunks(n.max(1)).map(<[f64]>::to_vec).collect();
    let unit = |row: usize| (0..n).map(|column| if row == column { 1.0 } else { 0.0 }).collect::<Vec<_>>();
    let mut right: Vec<Vec<f64>> = (0..n).map(unit).collect();
    for k in 0..n {
        let size = |rows: &[Vec<f64>], row: usize| rows.get(row).and_then(|r| r.get(k)).map_or(0.0, |v| v.abs());
        let pivot = (k..n).max_by(|a, b| size(&left, *a).total_cmp(&size(&left, *b))).unwrap_or(k);
        left.swap(k, pivot);
        right.swap(k, pivot);
        let divisor = left.get(k).and_then(|row| row.get(k)).copied().unwrap_or(0.0);
        if divisor == 0.0 || divisor.is_nan() {
            results.fill(NOT_AVAILABLE);
            return;
        }
        for rows in [&mut left, &mut right] {
            if let Some(row) = rows.get_mut(k) {
                row.iter_mut().for_each(|value| *value /= divisor);
            }
        }
        let factors: Vec<f64> = left.iter().map(|row| row.get(k).copied().unwrap_or(0.0)).collect();
        for rows in [&mut left, &mut right] {
            let Some(source) = rows.get(k).cloned() else { continue };
            for (row, (values, factor)) in rows.iter_mut().zip(&factors).enumerate() {
                if row != k {
                    values.iter_mut().zip(&source).for_each(|(value, from)| *value -= factor * from);
                }
            }
        }
    }
    for (result, value) in results.iter_mut().zip(right.iter().flatten()) {
        *result = *value;
    }
}

/// The share of a request that is met at a price: falls from 1 to 0 round its priority (Vensim's priority profiles).
fn share(profile: &[f64], price: f64) -> f64 {
    let [kind, priority, width, ..] = profile else { return 0.0 };
    let away = price - priority;
    if *width <= 0.0 || *kind == 0.0 {
        return if away < 0.0 { 1.0 } else { 0.0 };
    }
    let part = away / width;
    match *kind as i64 {
        1 => (0.5 - part).clamp(0.0, 1.0),
        2 if part <= -0.5 => 1.0,
        2 if part < 0.0 => 1.0 - 2.0 * (part + 0.5) * (part + 0.5),
        2 if part < 0.5 => 2.0 * (0.5 - part) * (0.5 - part),
        2 => 0.0,
        3 => 0.5 * libm::erfc(part * std::f64::consts::FRAC_1_SQRT_2),
        4 if part < 0.0 => 1.0 - 0.5 * libm::exp(part),
        4 => 0.5 * libm::exp(-part),
        _ => f64::NAN,
    }
}

/// The share of a demand that is asked for at a price; a fixed quantity whatever the price.
fn asked(profile: &[f64], price: f64) -> f64 {
    if profile.first() == Some(&0.0) { 1.0 } else { share(profile, price) }
}

/// The share of a supply that is offered at a price.
fn offered(profile: &[f64], price: f64) -> f64 {
    if profile.first() == Some(&0.0) { 1.0 } else { 1.0 - share(profile, price) }
}

/// The price at which demand and supply meet, by halving. Both lists hold quantity, type, priority, width and extra.
fn market_price(demand: &[f64], supply: &[f64]) -> f64 {
    let total = |list: &[f64], price: f64, part: fn(&[f64], f64) -> f64| -> f64 {
        let one = |who: &[f64]| who.split_first().map_or(0.0, |(quantity, profile)| quantity * part(profile, price));
        list.chunks(5).map(one).sum()
    };
    // As far from its priority as Vensim looks for a price by each kind of curve.
    let reach = |who: &[f64]| match who {
        [_, kind, priority, width, ..] => {
            let widths = match *kind as i64 {
                1 | 2 => 0.5,
                3 => 5.0,
                _ => 10.0,
            };
            (priority - widths * width.abs(), priority + widths * width.abs())
        }
        _ => (0.0, 0.0),
    };
    let ends = || demand.chunks(5).chain(supply.chunks(5)).map(reach);
    let mut low = ends().map(|end| end.0).fold(f64::INFINITY, f64::min);
    let mut high = ends().map(|end| end.1).fold(f64::NEG_INFINITY, f64::max);
    for _ in 0..128 {
        let middle = low + (high - low) / 2.0;
        if total(demand, middle, asked) > total(supply, middle, offered) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low + (high - low) / 2.0
}

/// One price for all, such that what is given out is what there is; found by halving.
fn allocate_available(available: f64, requests: &[f64], profiles: &[f64], results: &mut [f64]) {
    let wanted: f64 = requests.iter().sum();
    if available >= wanted || available <= 0.0 {
        let part = if available >= wanted { 1.0 } else { 0.0 };
        results.iter_mut().zip(requests).for_each(|(result, request)| *result = request * part);
        return;
    }
    let profiles: Vec<&[f64]> = profiles.chunks(4).collect();
    // Fixed quantities know no price: all give way in proportion.
    if profiles.iter().all(|profile| profile.first() == Some(&0.0)) {
        results.iter_mut().zip(requests).for_each(|(result, request)| *result = request * available / wanted);
        return;
    }
    let given = |price: f64| -> f64 {
        requests.iter().zip(&profiles).map(|(request, profile)| request * share(profile, price)).sum()
    };
    let reach = |profile: &&[f64]| match **profile {
        [_, priority, width, ..] => (priority - 40.0 * width.abs(), priority + 40.0 * width.abs()),
        _ => (0.0, 0.0),
    };
    let mut low = profiles.iter().map(|p| reach(p).0).fold(f64::INFINITY, f64::min) - 1.0;
    let mut high = profiles.iter().map(|p| reach(p).1).fold(f64::NEG_INFINITY, f64::max) + 1.0;
    // So many halvings leave nothing between two neighbouring numbers, however far apart they begin.
    for _ in 0..128 {
        let middle = low + (high - low) / 2.0;
        if given(middle) > available {
            low = middle;
        } else {
            high = middle;
        }
    }
    let price = low + (high - low) / 2.0;
    for ((result, request), profile) in results.iter_mut().zip(requests).zip(&profiles) {
        *result = request * share(profile, price);
    }
}

/// The highest priority first; another begins once the one before it has come as far as their distance over the
/// width, and those under way share in proportion to their requests (Vensim's ALLOCATE BY PRIORITY).
fn allocate_by_priority(supply: f64, width: f64, requests: &[f64], priorities: &[f64], results: &mut [f64]) {
    let wanted: f64 = requests.iter().sum();
    results
        .iter_mut()
        .zip(requests)
        .for_each(|(result, request)| *result = if supply >= wanted { *request } else { 0.0 });
    if supply >= wanted || supply <= 0.0 {
        return;
    }
    if width.is_nan() || width <= 0.0 || priorities.iter().chain(requests).any(|value| value.is_nan()) {
        results.fill(f64::NAN);
        return;
    }
    struct Claim {
        place: usize,
        request: f64,
        priority: f64,
        got: f64,
        open: bool,
    }
    let claims = requests.iter().zip(priorities).enumerate().filter(|(_, (request, _))| **request > 0.0);
    let mut claims: Vec<_> = claims
        .map(|(place, (request, priority))| Claim {
            place,
            request: *request,
            priority: *priority,
            got: 0.0,
            open: false,
        })
        .collect();
    claims.sort_by(|a, b| b.priority.total_cmp(&a.priority).then(a.place.cmp(&b.place)));
    // How far each must have come before the next begins.
    let next = claims.iter().skip(1).map(|claim| claim.priority).chain([f64::NEG_INFINITY]);
    let begins: Vec<f64> =
        claims.iter().zip(next).map(|(c, next)| ((c.priority - next) / width).min(1.0) * c.request).collect();
    let (mut left, mut latest) = (supply, 0);
    if let Some(first) = claims.first_mut() {
        first.open = true;
    }
    // Each turn opens one claim or fills one; so there are at most twice as many turns as claims.
    for _ in 0..2 * claims.len() + 1 {
        // Those whose turn has come at this very point begin together.
        while claims.get(latest).zip(begins.get(latest)).is_some_and(|(c, b)| c.got >= *b) && latest + 1 < claims.len()
        {
            latest += 1;
            if let Some(claim) = claims.get_mut(latest) {
                claim.open = true;
            }
        }
        let total: f64 = claims.iter().filter(|c| c.open).map(|c| c.request).sum();
        if left <= 0.0 || total <= 0.0 {
            break;
        }
        let fill =
            claims.iter().filter(|c| c.open).map(|c| (c.request - c.got) / c.request).fold(f64::INFINITY, f64::min);
        let open = claims.get(latest).zip(begins.get(latest)).map_or(f64::INFINITY, |(c, b)| (b - c.got) / c.request);
        let open = if latest + 1 < claims.len() { open } else { f64::INFINITY };
        let part = fill.min(open).min(left / total);
        for claim in claims.iter_mut().filter(|c| c.open) {
            claim.got += part * claim.request;
        }
        left -= part * total;
        if part == open
            && let Some((claim, begin)) = claims.get_mut(latest).zip(begins.get(latest))
        {
            claim.got = *begin;
        }
        for claim in claims.iter_mut().filter(|c| c.open && c.got >= c.request * (1.0 - 1e-15)) {
            claim.got = claim.request;
            claim.open = false;
        }
    }
    for claim in &claims {
        if let Some(result) = results.get_mut(claim.place) {
            *result = claim.got;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(kind: Call, operands: &[f64]) -> Vec<f64> {
        let mut results = vec![0.0; kind.results(operands.len())];
        call(kind, operands, 0, 0, &mut results);
        results
    }

    #[test]
    fn order_and_rank() {
        assert_eq!(run(Call::SortOrder, &[1.0, 30.0, 10.0, 20.0]), [1.0, 2.0, 0.0]);
        assert_eq!(run(Call::SortOrder, &[-1.0, 30.0, 10.0, 20.0]), [0.0, 2.0, 1.0]);
        assert_eq!(run(Call::Rank, &[1.0, 30.0, 10.0, 20.0]), [3.0, 1.0, 2.0]);
    }

    #[test]
    fn a_matrix_times_its_inverse_is_one() {
        // By hand: the inverse of [4 7; 2 6] is [0.6 -0.7; -0.2 0.4].
        let found = run(Call::Invert, &[4.0, 7.0, 2.0, 6.0]);
        for (value, wanted) in found.iter().zip([0.6, -0.7, -0.2, 0.4]) {
            assert!((value - wanted).abs() < 1e-15);
        }
        assert_eq!(run(Call::Invert, &[1.0, 2.0, 2.0, 4.0]), [NOT_AVAILABLE; 4]);
    }

    /// The example in the documentation of PySD's `allocate_by_priority`, worked by hand.
    #[test]
    fn priority_decides_who_begins() {
        // Two claims ten apart with width 3: the lower one gets nothing before the higher has all.
        assert_eq!(run(Call::AllocateByPriority, &[4.0, 3.0, 5.0, 5.0, 20.0, 10.0]), [4.0, 0.0]);
        assert_eq!(run(Call::AllocateByPriority, &[7.0, 3.0, 5.0, 5.0, 20.0, 10.0]), [5.0, 2.0]);
        // Equal priorities share in proportion to their requests.
        assert_eq!(run(Call::AllocateByPriority, &[4.0, 3.0, 2.0, 6.0, 1.0, 1.0]), [1.0, 3.0]);
    }

    #[test]
    fn what_is_there_is_given_out() {
        let operands = [5.0, 3.0, 6.0, 3.0, 1.0, 2.0, 0.0, 3.0, 2.0, 1.0, 0.0];
        let found = run(Call::AllocateAvailable, &operands);
        assert!((found.iter().sum::<f64>() - 5.0).abs() < 1e-12, "{found:?}");
        assert!(found[1] / 6.0 > found[0] / 3.0, "the higher priority gets more of what it asked for");
    }
}
