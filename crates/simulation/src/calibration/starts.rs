//! Points spread over the unit cube.

use crate::random::Stream;
use crate::sampling::permutation;

/// `count` points of a Latin hypercube (McKay, Beckman & Conover 1979): each coordinate visits each of `count` equal
/// strata once, at a random place within it.
pub(super) fn latin_hypercube(dimensions: usize, count: usize, stream: &mut Stream) -> Vec<Vec<f64>> {
    let mut points = vec![Vec::with_capacity(dimensions); count];
    for _ in 0..dimensions {
        for (point, stratum) in points.iter_mut().zip(permutation(stream, count)) {
            point.push((stratum as f64 + stream.uniform()) / count as f64);
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::{Stream, latin_hypercube};

    #[test]
    fn every_stratum_is_visited_once() {
        let points = latin_hypercube(3, 10, &mut Stream::new(7, 0));
        for place in 0..3 {
            let mut strata: Vec<usize> = points.iter().map(|point| (point[place] * 10.0) as usize).collect();
            strata.sort_unstable();
            assert_eq!(strata, (0..10).collect::<Vec<_>>());
        }
    }
}
