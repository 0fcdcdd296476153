//! The least value of a smooth convex function of many unknowns, from its values and slopes alone.
//!
//! Limited-memory BFGS (Nocedal 1980) with steps cut back by Armijo's rule.

use std::collections::VecDeque;

/// Steps that are remembered.
const MEMORY: usize = 20;
/// A step must bring this share of what its slope promises.
const PROMISED: f64 = 1e-4;
const CUTS: usize = 40;
/// Values nearer than this share of them are the same to their rounding.
const DIGITS: f64 = 1e-12;

/// A smooth convex function.
pub(super) trait Function {
    /// Its value at a point; fills in the slopes.
    fn at(&self, point: &[f64], slope: &mut [f64]) -> f64;
}

/// Where the search ended.
pub(super) struct Found {
    pub(super) at: Vec<f64>,
    /// The largest slope there, without its sign.
    pub(super) slope: f64,
    pub(super) steps: usize,
}

struct Step {
    moved: Vec<f64>,
    turned: Vec<f64>,
    product: f64,
}

/// Searches from a point until no slope is above `within`. `scale` is a first guess of how far a slope of 1 lets each unknown move.
pub(super) fn least(function: &impl Function, from: Vec<f64>, scale: &[f64], within: f64, steps: usize) -> Found {
    let (mut at, mut slope) = (from, vec![0.0; scale.len()]);
    let mut value = function.at(&at, &mut slope);
    let mut memory: VecDeque<Step> = VecDeque::new();
    let (mut next, mut next_slope) = (at.clone(), slope.clone());
    let mut taken = 0;
    while largest(&slope) > within && taken < steps {
        let direction = direction(&slope, scale, &memory);
        let promised = dot(&direction, &slope);
        let mut length = 1.0;
        let mut lower = None;
        for _ in 0..CUTS {
            next.iter_mut().zip(&at).zip(&direction).for_each(|((next, at), by)| *next = at + length * by);
            let reached = function.at(&next, &mut next_slope);
            let falls = reached <= value + PROMISED * length * promised;
            // Where values agree to their last digits the slopes still tell.
            let flat =
                reached <= value + DIGITS * value.abs() && dot(&direction, &next_slope).abs() <= 0.9 * promised.abs();
            if (falls || flat) && reached.is_finite() {
                lower = Some(reached);
                break;
            }
            length *= 0.5;
        }
        let Some(reached) = lower else {
            if memory.is_empty() {
                break;
            }
            // What is remembered may mislead: once more from the scale alone.
            memory.clear();
            continue;
        };
        taken += 1;
        let moved: Vec<f64> = next.iter().zip(&at).map(|(next, at)| next - at).collect();
        let turned: Vec<f64> = next_slope.iter().zip(&slope).map(|(next, slope)| next - slope).collect();
        let product = dot(&moved, &turned);
        if product > 0.0 {
            memory.push_back(Step { moved, turned, product });
            if memory.len() > MEMORY {
                memory.pop_front();
            }
        }
        std::mem::swap(&mut at, &mut next);
        std::mem::swap(&mut slope, &mut next_slope);
        value = reached;
    }
    Found { slope: largest(&slope), at, steps: taken }
}

/// Down, by what the remembered steps tell of the bends.
fn direction(slope: &[f64], scale: &[f64], memory: &VecDeque<Step>) -> Vec<f64> {
    let mut rest = slope.to_vec();
    let mut shares = Vec::with_capacity(memory.len());
    for step in memory.iter().rev() {
        let share = dot(&step.moved, &rest) / step.product;
        rest.iter_mut().zip(&step.turned).for_each(|(rest, turned)| *rest -= share * turned);
        shares.push(share);
    }
    // How the scale compares with the bend last met.
    let fit = memory.back().map_or(1.0, |step| {
        step.product / step.turned.iter().zip(scale).map(|(turned, scale)| turned * turned * scale).sum::<f64>()
    });
    rest.iter_mut().zip(scale).for_each(|(rest, scale)| *rest *= fit * scale);
    for (step, share) in memory.iter().zip(shares.iter().rev()) {
        let back = share - dot(&step.turned, &rest) / step.product;
        rest.iter_mut().zip(&step.moved).for_each(|(rest, moved)| *rest += back * moved);
    }
    rest.iter_mut().for_each(|rest| *rest = -*rest);
    rest
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |most, value| f64::max(most, value.abs()))
}

#[cfg(test)]
mod tests {
    use super::{Function, least};

    /// `Σ k (x − k)²` and a bend that ties neighbours: its least value is at x = k.
    struct Bowl;

    impl Function for Bowl {
        fn at(&self, point: &[f64], slope: &mut [f64]) -> f64 {
            slope.fill(0.0);
            let mut value = 0.0;
            for (k, x) in point.iter().enumerate() {
                let (weight, off) = (1.0 + 100.0 * k as f64, x - k as f64);
                value += weight * off * off;
                slope[k] += 2.0 * weight * off;
            }
            for k in 1..point.len() {
                let off = point[k] - point[k - 1] - 1.0;
                value += off.powi(4);
                slope[k] += 4.0 * off.powi(3);
                slope[k - 1] -= 4.0 * off.powi(3);
            }
            value
        }
    }

    #[test]
    fn the_bottom_of_a_bowl_is_found() {
        let found = least(&Bowl, vec![50.0; 12], &[1.0; 12], 1e-9, 1_000);
        assert!(found.slope <= 1e-9 && found.steps < 300, "{}", found.steps);
        for (k, x) in found.at.iter().enumerate() {
            assert!((x - k as f64).abs() < 1e-8, "{k}: {x}");
        }
    }
}
