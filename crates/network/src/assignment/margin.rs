//! How far a solution can be from the exact one, from what its objective can still fall by.
//!
//! The objective f is convex, and at the exact flows x no direction lets it fall, so that for flows v
//! `f(v) − f(x) ≥ Σ ∫ₓᵛ (t(w) − t(x)) dw` over the links (a Bregman distance). The left side is at most the certificate's
//! `excess`; every link alone therefore holds x, and so t(x), within bounds. Nothing is assumed of the delays but that they do not
//! fall.

use crate::delay::Delay;

/// Sums are exact to their last digits ([`super::sum`]); what is added up is the cost of paths, which is off by as many roundings as a
/// path has links, and flows and times with a few more.
const ROUNDING: f64 = 256.0 * f64::EPSILON;
/// A bound is found to this power of one half of its distance.
const HALVINGS: usize = 10;

/// What the objective can still fall by, with the rounding of sums as large as `paid`.
pub(super) fn budget(excess: f64, paid: f64) -> f64 {
    excess + ROUNDING * paid
}

/// The flows between which the exact one of a link lies: below and above `flow`, and not above `most`.
pub(super) fn bounds(delay: &Delay, flow: f64, budget: f64, most: f64) -> (f64, f64) {
    let (below, slope) = (delay.area(flow), delay.at(flow).1);
    let distance = |exact: f64| below - delay.area(exact) - delay.at(exact).0 * (flow - exact);
    // As far as a straight delay would let it be, and on until it is too far.
    let straight = libm::sqrt(2.0 * budget / slope);
    let first = if straight.is_finite() && straight > 0.0 { straight } else { 1e-6 * most };
    let farthest = |end: f64| {
        let (mut near, mut step) = (flow, first);
        let mut far = loop {
            let at = if end < flow { (flow - step).max(end) } else { (flow + step).min(end) };
            if distance(at) > budget {
                break at;
            }
            if at == end || step == 0.0 {
                return end;
            }
            (near, step) = (at, 2.0 * step);
        };
        for _ in 0..HALVINGS {
            let middle = 0.5 * (near + far);
            if distance(middle) <= budget { near = middle } else { far = middle }
        }
        far
    };
    (farthest(0.0), farthest(most.max(flow)))
}

/// How far the cost of all trips in user equilibrium can be from `Σ flow · cost`: links with the bounds of their exact flows.
///
/// The cost of all trips is at least what they pay on their cheapest paths and at most what any other flows would pay, so it
/// moves by no more than `Σ x · |t(v) − t(x)|`; and a link's own distance is at least `(t(v) − t(x))² / 2s` for its steepest
/// slope s. By Cauchy's inequality all links together, with one budget, bring no more than `√(2 · budget · Σ x² s)`.
pub(super) fn total_cost<'a>(links: impl Iterator<Item = (&'a Delay<'a>, (f64, f64))>, budget: f64) -> f64 {
    let (mut squares, mut upright) = (0.0, 0.0);
    for (delay, (low, high)) in links {
        let slope = delay.steepest(low, high);
        if slope.is_finite() {
            squares += high * high * slope;
        } else {
            upright += high * (delay.at(high).0 - delay.at(low).0);
        }
    }
    budget + libm::sqrt(2.0 * budget * squares) + upright
}

#[cfg(test)]
mod tests {
    use super::{bounds, total_cost};
    use crate::delay::Delay;

    /// A straight delay `1 + v` has the distance `(v − x)² / 2`: by hand.
    #[test]
    fn a_straight_delay_is_known_by_hand() {
        let delay = Delay::bpr(1.0, 1.0, 1.0, 1.0);
        let (low, high) = bounds(&delay, 5.0, 0.02, 100.0);
        assert!((low - 4.8).abs() < 1e-3 && (high - 5.2).abs() < 1e-3 && low <= 4.8 && high >= 5.2, "{low} {high}");
        let off = total_cost([(&delay, (low, high))].into_iter(), 0.02);
        assert!((off - (0.02 + 0.2 * 5.2)).abs() < 1e-3, "{off}");
        assert_eq!(bounds(&Delay::constant(3.0), 5.0, 0.02, 7.0), (0.0, 7.0));
    }
}
