//! Rounds that bring all bushes nearer to equilibrium.

use std::sync::PoisonError;

use rayon::prelude::*;

use super::bush::{Bush, Labels, Room};
use super::traffic::Traffic;
use super::work::Work;

/// A link that makes a path cheaper by less than this share of the gap is not taken in.
const UNWORTHY: f64 = 0.1;
/// Bushes that are prepared together while those before move: those that get better links, and those of a sweep.
const BATCH: usize = 8;
const SWEPT: usize = 16;
/// At most one part in so many is prepared together: few bushes that all act on the same old costs would never agree.
const FEW: usize = 8;
/// Sweeps go this share beyond Newton's step (successive over-relaxation) once the gap is below `SETTLED`.
pub(super) const BEYOND: f64 = 0.4;
const SETTLED: f64 = 1e-3;
/// A round is slow when it begins with more than this share of the excess that the last began with.
const SLOW: f64 = 0.7;
/// Sweeps over all bushes in a round, at most.
const SWEEPS: usize = 20;
/// Bushes with less than this share of the average excess are left out of a sweep.
const IDLE: f64 = 0.2;

/// What is known of the batch of bushes that move their flow, and of the next one.
pub(super) struct Ahead {
    now: Vec<Slot>,
    next: Vec<Slot>,
    /// Costs when the batch began to move.
    cost: Vec<Vec<f64>>,
}

#[derive(Clone, Default)]
struct Slot {
    labels: Labels,
    /// Whether it has something to move.
    moves: bool,
}

impl Default for Ahead {
    fn default() -> Self {
        let slots = vec![Slot::default(); BATCH.max(SWEPT)];
        Self { now: slots.clone(), next: slots, cost: Vec::new() }
    }
}

impl Work<'_> {
    /// One round: every bush gets better links and moves its flow, then all move on until they are well within what the
    /// round can bring. Gives the gap within the bushes.
    pub(super) fn round(&mut self, wanted: f64) -> f64 {
        let mut excess = vec![f64::INFINITY; self.bushes.len()];
        let (network, paid, slack) = (self.network, self.paid(), UNWORTHY * wanted);
        let nothing = slack * paid / self.bushes.len().max(1) as f64;
        self.pass(&mut excess, 0.0, BATCH, |bush, room, labels, cost| {
            bush.improve(network, room, labels, cost, slack) || labels.excess > nothing
        });
        self.answer(&mut excess);
        let begun: f64 = excess.iter().sum();
        let enough = 0.1 * f64::max(begun, wanted * paid);
        let mut left = begun;
        // Near the end what one bush mends it spoils a little for the others, mostly on the same side; where it does not, going
        // beyond does harm, and is done less.
        if begun > self.begun {
            self.beyond *= 0.5;
        }
        let slow = begun > SLOW * self.begun;
        self.begun = begun;
        self.traffic.stride = if begun < SETTLED * paid { 1.0 + self.beyond } else { 1.0 };
        for _ in 0..SWEEPS {
            // Bushes with little left to gain wait for the next round: most of them, after a change at one place.
            let little = IDLE * left / self.bushes.len() as f64;
            self.sweep(&mut excess, little);
            left = excess.iter().sum();
            if left <= enough {
                break;
            }
        }
        self.traffic.stride = 1.0;
        if slow || left > enough {
            self.leap(&mut excess);
        }
        self.settle();
        if paid > 0.0 { begun / paid } else { 0.0 }
    }

    /// All bushes with more excess than `little` move their flow.
    pub(super) fn sweep(&mut self, excess: &mut [f64], little: f64) {
        self.pass(excess, little, SWEPT, |bush, _, labels, cost| {
            bush.label(labels, cost);
            true
        });
        self.answer(excess);
    }

    /// Prepares all bushes with more excess than `little` and lets those move their flow that are to: one after the other, since a
    /// bush that sees what the one before has done needs fewer rounds than cores would save. While one batch moves, the next is
    /// prepared, with costs that are a batch old.
    fn pass(
        &mut self,
        excess: &mut [f64],
        little: f64,
        size: usize,
        prepare: impl Fn(&mut Bush, &mut Room, &mut Labels, &[f64]) -> bool + Sync,
    ) {
        let Self { traffic, bushes, ahead, rooms, trails, .. } = self;
        let chosen = bushes.iter_mut().zip(excess).filter(|(_, excess)| **excess > little);
        let mut chosen: Vec<(&mut Bush, &mut f64)> = chosen.collect();
        let prepare = |batch: &mut [(&mut Bush, &mut f64)], slots: &mut [Slot], cost: &[Vec<f64>]| {
            let one = |((bush, _), slot): (&mut (&mut Bush, &mut f64), &mut Slot)| {
                let Some(cost) = cost.get(bush.class as usize) else { return };
                let room = rooms.get(rayon::current_thread_index().unwrap_or(0) % rooms.len());
                let Some(room) = room else { return };
                let mut room = room.lock().unwrap_or_else(PoisonError::into_inner);
                slot.moves = prepare(bush, &mut room, &mut slot.labels, cost);
            };
            batch.par_iter_mut().zip(slots).for_each(one);
        };
        let mut moving = |batch: &mut [(&mut Bush, &mut f64)], slots: &[Slot], traffic: &mut Traffic<'_>| {
            for ((bush, excess), slot) in batch.iter_mut().zip(slots) {
                **excess = slot.labels.excess;
                if slot.moves {
                    bush.equilibrate(&slot.labels, trails, traffic);
                }
            }
        };
        let Ahead { now, next, cost } = ahead;
        let size = size.min(chosen.len() / FEW);
        if size < 2 {
            for one in chosen.chunks_mut(1) {
                prepare(one, now, &traffic.cost);
                moving(one, now, traffic);
            }
            return;
        }
        let mut batches = chosen.chunks_mut(size);
        let Some(mut batch) = batches.next() else { return };
        prepare(batch, now, &traffic.cost);
        for following in batches {
            cost.clone_from(&traffic.cost);
            rayon::join(|| moving(batch, now, traffic), || prepare(following, next, cost));
            std::mem::swap(now, next);
            batch = following;
        }
        moving(batch, now, traffic);
    }

    /// Lets the number of trips answer to what they cost, and adds what their number still loses to the excess of each bush.
    fn answer(&mut self, excess: &mut [f64]) {
        for ((bush, trips), excess) in self.bushes.iter_mut().zip(&mut self.trips).zip(excess) {
            let Some(class) = self.classes.get(bush.class as usize) else { continue };
            let Some(response) = &class.response else { continue };
            let first = class.demand.first(bush.origin as usize);
            let known = class.demand.volumes().get(first..).unwrap_or_default();
            let curve = |place: usize| response.curve(first + place, known.get(place).copied().unwrap_or(0.0));
            let Some(slot) = self.ahead.now.first_mut() else { continue };
            *excess += bush.answer(&mut self.room, &mut slot.labels, &mut self.trails, &mut self.traffic, trips, curve);
        }
    }
}
