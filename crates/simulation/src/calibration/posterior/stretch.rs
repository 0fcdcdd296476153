//! One ensemble of walkers and its stretch move (Goodman & Weare 2010; in two halves as in Foreman-Mackey et al. 2013).

use crate::random::Stream;

use super::super::starts::latin_hypercube;

/// The move's only constant `a`; its authors' value.
const STRETCH: f64 = 2.0;
/// Half the width of the cloud round a given start, in the unit cube.
const CLOUD: f64 = 0.05;

/// A point of the unit cube with its log density.
type Walker = (Vec<f64>, f64);

/// Walkers in two halves.
pub(super) struct Ensemble {
    /// The half that moves next, and the one that stands.
    halves: (Vec<Walker>, Vec<Walker>),
    /// Proposed points, with the log of their stretch to the power dimensions − 1.
    proposed: Vec<(Vec<f64>, f64)>,
    stream: Stream,
}

impl Ensemble {
    /// Walkers in a cloud round `near`, or over the whole cube. Ensembles differ by `number`.
    pub(super) fn new(dimensions: usize, walkers: usize, near: Option<&Vec<f64>>, seed: u64, number: u64) -> Self {
        let mut stream = Stream::new(seed, number);
        let mut points = latin_hypercube(dimensions, walkers, &mut stream);
        if let Some(centre) = near {
            for (place, centre) in points.iter_mut().flat_map(|point| point.iter_mut().zip(centre)) {
                // Moved whole into the cube, not cut: walkers cut to a face share a coordinate and never leave it.
                let middle = centre.clamp(CLOUD, 1.0 - CLOUD);
                *place = middle + CLOUD * (2.0 * *place - 1.0);
            }
        }
        let mut first: Vec<Walker> = points.into_iter().map(|point| (point, f64::NEG_INFINITY)).collect();
        let second = first.split_off(walkers / 2);
        Self { halves: (first, second), proposed: Vec::new(), stream }
    }

    pub(super) fn walkers(&self) -> impl Iterator<Item = &Walker> {
        self.halves.0.iter().chain(&self.halves.1)
    }

    pub(super) fn points(&self) -> Vec<Vec<f64>> {
        self.walkers().map(|(point, _)| point.clone()).collect()
    }

    /// Sets the log densities of all walkers, in their order.
    pub(super) fn set(&mut self, densities: &[f64]) {
        let walkers = self.halves.0.iter_mut().chain(&mut self.halves.1);
        walkers.zip(densities).for_each(|(walker, density)| walker.1 = *density);
    }

    /// A point for each walker of the moving half, on the line to a walker of the standing one, stretched by a factor `z`
    /// whose density is proportional to `1/√z` on `[1/a, a]`.
    pub(super) fn propose(&mut self) -> Vec<Vec<f64>> {
        let (moving, standing) = (&self.halves.0, &self.halves.1);
        self.proposed.clear();
        for (point, _) in moving {
            let anchor = standing.get(self.stream.below(standing.len())).map_or(point, |(anchor, _)| anchor);
            let root = (STRETCH - 1.0) * self.stream.uniform() + 1.0;
            let z = root * root / STRETCH;
            let stretched = anchor.iter().zip(point).map(|(anchor, own)| anchor + z * (own - anchor)).collect();
            self.proposed.push((stretched, (point.len() as f64 - 1.0) * libm::log(z)));
        }
        self.proposed.iter().map(|(point, _)| point.clone()).collect()
    }

    /// Accepts or rejects the proposals given their log densities, then lets the halves change places. Answers how many
    /// were accepted.
    pub(super) fn accept(&mut self, densities: &[f64]) -> usize {
        let mut accepted = 0;
        for ((walker, (point, stretch)), density) in self.halves.0.iter_mut().zip(&self.proposed).zip(densities) {
            // From −∞ to −∞ this is NaN, and no move.
            let ratio = stretch + density - walker.1;
            if libm::log(self.stream.uniform()) < ratio {
                *walker = (point.clone(), *density);
                accepted += 1;
            }
        }
        std::mem::swap(&mut self.halves.0, &mut self.halves.1);
        accepted
    }
}
