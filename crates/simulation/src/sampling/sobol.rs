//! The Sobol sequence, plain or scrambled.

use super::error::SamplingError;
use super::joe_kuo;
use crate::matrix::Matrix;
use crate::random::Stream;

/// Bits of a coordinate; so many points before the sequence repeats, as a power of 2.
const BITS: usize = 32;

/// Direction numbers V_1 … V_32 of one dimension, highest bit first: Vᵢ = mᵢ / 2^i.
type Directions = [u32; BITS];

/// The most dimensions [`sobol`] has.
pub const MOST_DIMENSIONS: usize = joe_kuo::DIMENSIONS;

/// The first `n` points of the `d`-dimensional Sobol sequence (Sobol' 1967) with the direction numbers of Joe & Kuo
/// (2008), in the order of the Gray code (Antonov & Saleev 1979), as scipy and SALib give them. Its balance is best
/// when `n` is a power of 2.
///
/// Without `scramble` the points are those of the sequence itself, the first being the origin, in [0, 1). With a seed
/// they are scrambled by a random linear matrix and a digital shift per dimension (Matoušek 1998): as evenly spread,
/// but random, and in (0, 1). Point `i` does not depend on `n`.
///
/// # Errors
/// [`SamplingError`] when `n` or `d` is 0, the matrix too large, or `d` above [`MOST_DIMENSIONS`].
pub fn sobol(scramble: Option<u64>, n: usize, d: usize) -> Result<Matrix, SamplingError> {
    let mut design = Matrix::zeros(n, d)?;
    if d > MOST_DIMENSIONS {
        return Err(SamplingError::Dimensions { asked: d, most: MOST_DIMENSIONS });
    }
    let cell = 1.0 / (1_u64 << BITS) as f64;
    // A scrambled point is the middle of its cell, so that no point is 0.
    let within = if scramble.is_some() { 0.5 } else { 0.0 };
    let (mut point, directions): (Vec<u32>, Vec<Directions>) = match scramble {
        None => (vec![0; d], directions().take(d).collect()),
        Some(seed) => directions().take(d).enumerate().map(|(number, plain)| scrambled(seed, number, plain)).unzip(),
    };
    for (number, row) in design.rows_mut().enumerate() {
        if number > 0 {
            let changed = number.trailing_zeros() as usize;
            for (coordinate, directions) in point.iter_mut().zip(&directions) {
                *coordinate ^= directions.get(changed).unwrap_or(&0);
            }
        }
        for (value, coordinate) in row.iter_mut().zip(&point) {
            *value = (f64::from(*coordinate) + within) * cell;
        }
    }
    Ok(design)
}

/// The direction numbers, dimension by dimension.
fn directions() -> impl Iterator<Item = Directions> {
    let mut numbers = joe_kuo::NUMBERS.iter().map(|number| u32::from(*number));
    let first = std::array::from_fn(|bit| 1 << (BITS - 1 - bit));
    let others = std::iter::from_fn(move || {
        let (degree, inner) = (numbers.next()? as usize, numbers.next()?);
        Some(recurrence(inner, &numbers.by_ref().take(degree).collect::<Vec<_>>()))
    });
    std::iter::once(first).chain(others)
}

/// The recurrence of Joe & Kuo (2008) on numbers already shifted to the top bits.
#[expect(clippy::indexing_slicing, reason = "the degree is at most 12, bit below 32, and 1 <= back <= degree <= bit")]
fn recurrence(inner: u32, first: &[u32]) -> Directions {
    let degree = first.len();
    let mut all = [0; BITS];
    for (bit, m) in first.iter().enumerate() {
        all[bit] = m << (BITS - 1 - bit);
    }
    for bit in degree..BITS {
        let mut next = all[bit - degree] ^ (all[bit - degree] >> degree);
        for back in 1..degree {
            if (inner >> (degree - 1 - back)) & 1 == 1 {
                next ^= all[bit - back];
            }
        }
        all[bit] = next;
    }
    all
}

/// Digital shift and direction numbers of a dimension after multiplication by a random lower triangular bit matrix.
fn scrambled(seed: u64, number: usize, plain: Directions) -> (u32, Directions) {
    let mut stream = Stream::new(seed, number as u64);
    let mut word = || (stream.uniform() * (1_u64 << BITS) as f64) as u32;
    // Column c keeps bit c (from the top) and spreads it at random over the lower bits.
    let columns: Directions = std::array::from_fn(|c| {
        let top = 1_u32 << (BITS - 1 - c);
        top | (word() & (top - 1))
    });
    let spread = |direction: u32| {
        let taken = columns.iter().enumerate().filter(|(c, _)| (direction >> (BITS - 1 - c)) & 1 == 1);
        taken.fold(0, |sum, (_, column)| sum ^ column)
    };
    (word(), plain.map(spread))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `scipy.stats.qmc.Sobol(d, scramble=False).random(n)` of scipy 1.17.1.
    #[test]
    fn against_scipy() {
        let expected = [
            (0, 0, 0.0),
            (1, 0, 0.5),
            (2, 0, 0.75),
            (3, 0, 0.25),
            (6, 0, 0.625),
            (100000, 0, 0.06107330322265625),
            (2, 1, 0.25),
            (7, 1, 0.625),
            (100000, 1, 0.10758209228515625),
            (3, 9, 0.25),
            (12, 9, 0.9375),
            (100000, 9, 0.7699661254882812),
            (1, 99, 0.5),
            (77, 99, 0.8671875),
            (12345, 99, 0.53887939453125),
            (100000, 99, 0.5127182006835938),
            (12345, 159, 0.10247802734375),
            (100000, 255, 0.9307022094726562),
        ];
        let design = sobol(None, 100_001, 256).unwrap();
        for (row, column, value) in expected {
            assert_eq!(design.row(row)[column], value, "point {row}, dimension {column}");
        }
    }

    /// Scrambling keeps a net: of 2^k points each of 2^k slices of each dimension holds one, and each of the 16 × 16
    /// squares of the first two dimensions one of 256.
    #[test]
    fn scrambled_points_are_even() {
        let design = sobol(Some(5), 256, 40).unwrap();
        for column in 0..40 {
            let mut slices: Vec<_> = design.column(column).map(|u| (u * 256.0) as usize).collect();
            slices.sort_unstable();
            assert!(slices.into_iter().eq(0..256), "dimension {column}");
        }
        let mut squares: Vec<_> =
            design.rows().map(|row| 16 * (row[0] * 16.0) as usize + (row[1] * 16.0) as usize).collect();
        squares.sort_unstable();
        assert!(squares.into_iter().eq(0..256));
        assert_ne!(design, sobol(Some(6), 256, 40).unwrap());
        let longer = sobol(Some(5), 300, 40).unwrap();
        assert!(design.rows().zip(longer.rows()).all(|(a, b)| a == b));
    }

    #[test]
    fn limits() {
        assert!(sobol(None, 4, MOST_DIMENSIONS).is_ok());
        let expected = SamplingError::Dimensions { asked: 257, most: 256 };
        assert_eq!(sobol(None, 4, 257), Err(expected));
        assert!(sobol(None, 0, 2).is_err());
    }
}
