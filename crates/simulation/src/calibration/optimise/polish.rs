//! The simplex of Nelder & Mead 1965 inside the unit cube, with the steps of Gao & Han 2012 that keep it working in many
//! dimensions. All points a move may need are evaluated in one batch: runs are cheap beside waiting.

use super::search::Searcher;

/// Edge of the first simplex, in the unit cube.
const EDGE: f64 = 0.05;
/// Each fresh simplex is smaller than the one before.
const SHORTER: f64 = 0.2;
/// Fresh simplices at most: against collapse onto a face of the cube or a line (Kelley 1999).
const FRESH: usize = 4;

/// What the simplex waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Move {
    /// Its corners round the best point.
    Corners,
    /// The four candidates for the worst corner.
    Replace,
    /// All corners drawn to the best.
    Shrink,
    /// Nothing: it has converged.
    None,
}

/// One start's polish. Corners are kept best first.
pub(super) struct Simplex {
    corners: Vec<(Vec<f64>, f64)>,
    next: Move,
    tolerance: f64,
    edge: f64,
    fresh: usize,
    /// Loss when this simplex was made, to see whether it brought anything.
    before: f64,
}

impl Simplex {
    pub(super) fn new(best: (Vec<f64>, f64), tolerance: f64) -> Self {
        let before = best.1;
        Self { corners: vec![best], next: Move::Corners, tolerance, edge: EDGE, fresh: 0, before }
    }

    pub(super) fn converged(&self) -> bool {
        self.next == Move::None
    }

    /// One step along each axis, towards the middle of the cube so that no step ends on the face it starts from.
    fn round_best(&self) -> Vec<Vec<f64>> {
        let best = self.best().0;
        let step = |axis: usize| {
            let stepped = |(place, value): (usize, &f64)| match (place == axis, *value > 0.5) {
                (false, _) => *value,
                (true, true) => value - self.edge,
                (true, false) => value + self.edge,
            };
            best.iter().enumerate().map(stepped).collect()
        };
        (0..best.len()).map(step).collect()
    }

    /// Reflected, expanded, contracted outside, contracted inside.
    fn candidates(&self) -> Vec<Vec<f64>> {
        let Some(((worst, _), others)) = self.corners.split_last() else { return Vec::new() };
        let n = (others.len() as f64).max(2.0);
        let mut middle = vec![0.0; worst.len()];
        for (corner, _) in others {
            middle.iter_mut().zip(corner).for_each(|(sum, value)| *sum += value / others.len() as f64);
        }
        let steps = [1.0, 1.0 + 2.0 / n, 0.75 - 0.5 / n, 0.5 / n - 0.75];
        let along = |step: &f64| {
            middle.iter().zip(worst).map(|(middle, worst)| (middle + step * (middle - worst)).clamp(0.0, 1.0)).collect()
        };
        steps.iter().map(along).collect()
    }

    /// All corners but the best, drawn towards it.
    fn shrunk(&self) -> Vec<Vec<f64>> {
        let best = self.best().0;
        let keep = 1.0 - 1.0 / (best.len() as f64).max(2.0);
        let drawn = |corner: &[f64]| best.iter().zip(corner).map(|(best, far)| best + keep * (far - best)).collect();
        self.corners.iter().skip(1).map(|(corner, _)| drawn(corner)).collect()
    }

    /// The rule of Nelder and Mead: which candidate, if any, takes the worst corner's place.
    fn chosen(&self, candidates: Vec<(Vec<f64>, f64)>) -> Option<(Vec<f64>, f64)> {
        let mut candidates = candidates.into_iter();
        let (reflected, expanded) = (candidates.next()?, candidates.next()?);
        let (outside, inside) = (candidates.next()?, candidates.next()?);
        let mut worst_first = self.corners.iter().rev().map(|(_, loss)| *loss);
        let worst = worst_first.next()?;
        let second = worst_first.next()?;
        if reflected.1 < self.best().1 {
            Some(if expanded.1 < reflected.1 { expanded } else { reflected })
        } else if reflected.1 < second {
            Some(reflected)
        } else if reflected.1 < worst {
            Some(outside).filter(|outside| outside.1 <= reflected.1)
        } else {
            Some(inside).filter(|inside| inside.1 < worst)
        }
    }

    /// Sorts, and decides what comes after a simplex that has become a point.
    fn settle(&mut self, next: Move) {
        self.corners.sort_by(|a, b| a.1.total_cmp(&b.1));
        self.next = next;
        let (best, loss) = self.best();
        let near = |corner: &[f64]| corner.iter().zip(&best).all(|(a, b)| (a - b).abs() <= self.tolerance);
        if !self.corners.iter().all(|(corner, _)| near(corner)) {
            return;
        }
        // Two infinite losses differ by NaN, which is no gain either.
        let gained = self.before - loss > 1e-9 * loss.abs() + f64::MIN_POSITIVE;
        self.next = Move::None;
        if gained && self.fresh < FRESH {
            self.next = Move::Corners;
            self.fresh += 1;
            self.edge *= SHORTER;
            self.before = loss;
            self.corners.truncate(1);
        }
    }
}

impl Searcher for Simplex {
    fn propose(&mut self) -> Vec<Vec<f64>> {
        match self.next {
            Move::Corners => self.round_best(),
            Move::Replace => self.candidates(),
            Move::Shrink => self.shrunk(),
            Move::None => Vec::new(),
        }
    }

    fn accept(&mut self, answered: Vec<(Vec<f64>, f64)>) {
        match self.next {
            Move::Corners | Move::Shrink => {
                self.corners.truncate(1);
                self.corners.extend(answered);
                self.settle(Move::Replace);
            }
            Move::Replace => match self.chosen(answered) {
                Some(better) => {
                    self.corners.pop();
                    self.corners.push(better);
                    self.settle(Move::Replace);
                }
                None => self.next = Move::Shrink,
            },
            Move::None => {}
        }
    }

    fn best(&self) -> (Vec<f64>, f64) {
        self.corners.first().cloned().unwrap_or_default()
    }
}
