//! Plain random sampling and Latin hypercubes.

use rayon::iter::{IndexedParallelIterator, ParallelIterator};

use super::error::SamplingError;
use crate::matrix::Matrix;
use crate::random::Stream;

/// `n` independent points in the open unit cube of `d` dimensions. Row `i` depends on `seed` and `i` alone, so that
/// more rows can be added later.
///
/// # Errors
/// [`SamplingError::Matrix`] when `n` or `d` is 0 or the matrix too large.
pub fn monte_carlo(seed: u64, n: usize, d: usize) -> Result<Matrix, SamplingError> {
    let mut design = Matrix::zeros(n, d)?;
    design.blocks_mut(1).enumerate().for_each(|(number, row)| {
        let mut stream = Stream::new(seed, number as u64);
        row.iter_mut().for_each(|cell| *cell = stream.uniform());
    });
    Ok(design)
}

/// `n` points in the open unit cube of `d` dimensions such that each dimension has exactly one point in each of `n`
/// equal slices (McKay, Beckman & Conover 1979). Column `j` depends on `seed`, `n` and `j` alone.
///
/// # Errors
/// [`SamplingError::Matrix`] when `n` or `d` is 0 or the matrix too large.
pub fn latin_hypercube(seed: u64, n: usize, d: usize) -> Result<Matrix, SamplingError> {
    let mut design = Matrix::zeros(n, d)?;
    for column in 0..d {
        let mut stream = Stream::new(seed, column as u64);
        let slices = permutation(&mut stream, n);
        for (slice, row) in slices.into_iter().zip(design.rows_mut()) {
            if let Some(cell) = row.get_mut(column) {
                // Rounding must not carry the last slice's point to 1.
                *cell = ((slice as f64 + stream.uniform()) / n as f64).min(1.0 - f64::EPSILON / 2.0);
            }
        }
    }
    Ok(design)
}

/// The numbers below `n` in random order (Fisher–Yates).
pub(crate) fn permutation(stream: &mut Stream, n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        order.swap(last, stream.below(last + 1));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::MatrixError;

    #[test]
    fn a_row_does_not_depend_on_how_many_follow() {
        let few = monte_carlo(7, 3, 4).unwrap();
        let many = monte_carlo(7, 300, 4).unwrap();
        assert!(few.rows().zip(many.rows()).all(|(a, b)| a == b));
        assert_ne!(few, monte_carlo(8, 3, 4).unwrap());
        assert!(many.values().iter().all(|u| *u > 0.0 && *u < 1.0));
    }

    #[test]
    fn one_point_in_each_slice() {
        let design = latin_hypercube(3, 50, 4).unwrap();
        for column in 0..4 {
            let mut slices: Vec<_> = design.column(column).map(|u| (u * 50.0) as usize).collect();
            slices.sort_unstable();
            assert!(slices.into_iter().eq(0..50));
        }
        assert_eq!(design, latin_hypercube(3, 50, 4).unwrap());
    }

    #[test]
    fn nothing_to_sample() {
        assert_eq!(monte_carlo(1, 0, 3), Err(SamplingError::Matrix(MatrixError::Empty)));
        assert_eq!(latin_hypercube(1, 3, 0), Err(SamplingError::Matrix(MatrixError::Empty)));
        assert!(latin_hypercube(1, usize::MAX, 2).is_err());
    }
}
