//! Differential evolution, `rand/1/bin` (Storn & Price 1997) with a step drawn anew for each trial (Das et al. 2005).

use crate::random::Stream;

use super::super::starts::latin_hypercube;
use super::search::Searcher;

/// Share of a trial's coordinates that come from the mutant: high, since parameters of a model hang together.
const CROSSOVER: f64 = 0.9;

/// One start: a population over the whole unit cube.
pub(super) struct Population {
    members: Vec<(Vec<f64>, f64)>,
    tolerance: f64,
    stream: Stream,
    born: bool,
}

impl Population {
    /// A population spread by Latin hypercube. Starts differ by `number`.
    pub(super) fn new(dimensions: usize, size: usize, tolerance: f64, seed: u64, number: u64) -> Self {
        let mut stream = Stream::new(seed, number);
        let points = latin_hypercube(dimensions, size, &mut stream);
        let members = points.into_iter().map(|point| (point, f64::INFINITY)).collect();
        Self { members, tolerance, stream, born: false }
    }

    /// A mutant of three other members, crossed with the parent.
    fn trial(&mut self, number: usize, parent: &[f64]) -> Vec<f64> {
        let mut taken = vec![number];
        let (base, plus, minus) = (self.other(&mut taken), self.other(&mut taken), self.other(&mut taken));
        let step = 0.5 + 0.5 * self.stream.uniform();
        let certain = self.stream.below(parent.len());
        let mut trial = Vec::with_capacity(parent.len());
        for (place, (((own, base), plus), minus)) in parent.iter().zip(base).zip(plus).zip(minus).enumerate() {
            let crossed = self.stream.uniform() < CROSSOVER || place == certain;
            trial.push(if crossed { reflect(base + step * (plus - minus)) } else { *own });
        }
        trial
    }

    /// A member not taken yet: two alike would cancel and the population would lose its spread.
    fn other(&mut self, taken: &mut Vec<usize>) -> Vec<f64> {
        let mut pick = self.stream.below(self.members.len().saturating_sub(taken.len()));
        for before in taken.iter() {
            pick += usize::from(pick >= *before);
        }
        taken.push(pick);
        taken.sort_unstable();
        self.members.get(pick).map(|(point, _)| point.clone()).unwrap_or_default()
    }

    /// Whether all members lie within the tolerance of the first: nothing is left to recombine.
    fn is_a_point(&self) -> bool {
        let Some((first, _)) = self.members.first() else { return true };
        self.members.iter().all(|(point, _)| point.iter().zip(first).all(|(a, b)| (a - b).abs() <= self.tolerance))
    }
}

impl Searcher for Population {
    fn propose(&mut self) -> Vec<Vec<f64>> {
        let parents: Vec<Vec<f64>> = self.members.iter().map(|(point, _)| point.clone()).collect();
        if !self.born {
            return parents;
        }
        if self.is_a_point() {
            return Vec::new();
        }
        parents.iter().enumerate().map(|(number, parent)| self.trial(number, parent)).collect()
    }

    fn accept(&mut self, answered: Vec<(Vec<f64>, f64)>) {
        self.born = true;
        for (member, trial) in self.members.iter_mut().zip(answered) {
            // Equal is taken too, so that a population can wander over a flat.
            if trial.1 <= member.1 {
                *member = trial;
            }
        }
    }

    fn best(&self) -> (Vec<f64>, f64) {
        self.members.iter().min_by(|a, b| a.1.total_cmp(&b.1)).cloned().unwrap_or_default()
    }
}

/// Folds a coordinate that left the unit interval back into it; a step never overshoots by more than 1.
fn reflect(place: f64) -> f64 {
    let folded = if place < 0.0 { -place } else { place };
    if folded > 1.0 { (2.0 - folded).clamp(0.0, 1.0) } else { folded }
}
