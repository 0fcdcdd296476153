//! Many sweeps at once, where each goes the same way as the one before.
//!
//! Two bushes that have to swap roads move little in a sweep, as each finds the other in its way, and the same again in the
//! next. They are then sent far along what they have moved, all alike (the pattern move of Hooke and Jeeves 1961); some sweeps put right what
//! does not fit, and if the objective is not lower then, all goes back to where it was.

use super::bush::Bush;
use super::work::Work;

/// Sweeps that show the way; two, since what wobbles does so to and fro.
const SHOWING: usize = 2;
/// Sweeps that put right what does not fit.
const SETTLING: usize = 4;
/// Bushes take part that could make the same move so many times.
const ENDURING: f64 = 8.0;

/// Beyond so many no bush could go.
const FARTHEST: f64 = 1e6;

/// How far to leap, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaps {
    /// How often the move is made at once.
    times: f64,
    /// Rounds to wait before the next.
    wait: u32,
    /// Leaps in a row that came to nothing.
    failed: u32,
}

impl Default for Leaps {
    fn default() -> Self {
        Self { times: ENDURING, wait: 0, failed: 0 }
    }
}

impl Work<'_> {
    /// Leaps, where the last leaps give reason to. Not where trips are made and left on the way: there the objective is more
    /// than what the links tell.
    pub(super) fn leap(&mut self, excess: &mut [f64]) {
        if self.leaps.wait > 0 || self.classes.iter().any(|class| class.response.is_some()) {
            self.leaps.wait = self.leaps.wait.saturating_sub(1);
            return;
        }
        let begun = self.all_flows();
        (0..SHOWING).for_each(|_| self.sweep(excess, 0.0));
        let (shown, objective) = (self.all_flows(), self.objective());
        let endures: Vec<f64> = self.bushes.iter().zip(&begun).map(|(bush, before)| bush.endures(before)).collect();
        let enduring = |endures: f64| endures >= ENDURING && endures.is_finite();
        let most = endures.iter().copied().filter(|endures| enduring(*endures)).fold(self.leaps.times, f64::min);
        for ((bush, before), endures) in self.bushes.iter_mut().zip(&begun).zip(endures) {
            if enduring(endures) {
                bush.go_on(before, most);
            }
        }
        self.settle();
        (0..SETTLING).for_each(|_| self.sweep(excess, 0.0));
        if self.objective() < objective {
            self.leaps = Leaps { times: (4.0 * self.leaps.times).min(FARTHEST), wait: 0, failed: 0 };
        } else {
            self.bushes.iter_mut().zip(&shown).for_each(|(bush, flow)| bush.set(flow));
            self.settle();
            let failed = (self.leaps.failed + 1).min(10);
            self.leaps = Leaps { times: (self.leaps.times / 4.0).max(ENDURING), wait: 1 << failed, failed };
        }
    }

    fn all_flows(&self) -> Vec<Vec<f64>> {
        self.bushes.iter().map(|bush| bush.flow().to_vec()).collect()
    }
}

impl Bush {
    /// How many times it could move again what it has moved since `before`.
    fn endures(&self, before: &[f64]) -> f64 {
        let falling = self.flow().iter().zip(before).filter(|(flow, before)| flow < before);
        falling.map(|(flow, before)| flow / (before - flow)).fold(f64::INFINITY, f64::min)
    }
}
