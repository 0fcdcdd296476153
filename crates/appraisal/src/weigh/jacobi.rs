//! Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations (Golub and Van Loan, *Matrix computations*, 8.5).
//!
//! Chosen because it is short, as exact as any for matrices of this size, and goes through the entries in a fixed order.

/// Sweeps at most; matrices of correlations take fewer than ten.
const SWEEPS: usize = 60;

/// An eigenvalue and its vector.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pair {
    pub(super) value: f64,
    pub(super) vector: Vec<f64>,
}

/// All pairs, the largest value first. Vectors have length 1, and their largest entry (of the same, the first) is positive.
pub(super) fn eigen(matrix: &[Vec<f64>]) -> Vec<Pair> {
    let size = matrix.len();
    let mut rows = matrix.to_vec();
    let mut vectors: Vec<Vec<f64>> =
        (0..size).map(|at| (0..size).map(|i| f64::from(u8::from(i == at))).collect()).collect();
    for _ in 0..SWEEPS {
        let off = rows.iter().enumerate().flat_map(|(at, row)| row.iter().skip(at + 1)).map(|v| v * v).sum::<f64>();
        if off == 0.0 {
            break;
        }
        for p in 0..size {
            for q in p + 1..size {
                rotate(&mut rows, &mut vectors, p, q);
            }
        }
    }
    let value = |at: usize| rows.get(at).and_then(|row| row.get(at)).copied().unwrap_or(0.0);
    let mut pairs: Vec<Pair> =
        vectors.into_iter().enumerate().map(|(at, vector)| Pair { value: value(at), vector: facing(vector) }).collect();
    pairs.sort_by(|a, b| b.value.total_cmp(&a.value));
    pairs
}

/// Makes entry `p, q` zero. `vectors` holds the vectors as rows.
fn rotate(rows: &mut [Vec<f64>], vectors: &mut [Vec<f64>], p: usize, q: usize) {
    let at = |one: usize, other: usize| rows.get(one).and_then(|row| row.get(other)).copied().unwrap_or(0.0);
    let (pp, qq, pq) = (at(p, p), at(q, q), at(p, q));
    // Too small to change what it stands beside: taken for zero, so that sweeps come to an end.
    if pq.abs() <= f64::EPSILON * f64::EPSILON * (pp.abs() + qq.abs()) {
        set(rows, p, q, 0.0);
        set(rows, q, p, 0.0);
        return;
    }
    let apart = (qq - pp) / (2.0 * pq);
    let tangent = 1.0f64.copysign(apart) / (apart.abs() + (1.0 + apart * apart).sqrt());
    let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
    let sine = tangent * cosine;
    for row in rows.iter_mut() {
        turn_entries(row, p, q, cosine, sine);
    }
    turn_rows(rows, p, q, cosine, sine);
    turn_rows(vectors, p, q, cosine, sine);
    set(rows, p, q, 0.0);
    set(rows, q, p, 0.0);
}

fn set(rows: &mut [Vec<f64>], one: usize, other: usize, value: f64) {
    if let Some(entry) = rows.get_mut(one).and_then(|row| row.get_mut(other)) {
        *entry = value;
    }
}

fn turn_entries(row: &mut [f64], p: usize, q: usize, cosine: f64, sine: f64) {
    if let Ok([a, b]) = row.get_disjoint_mut([p, q]) {
        (*a, *b) = (cosine * *a - sine * *b, sine * *a + cosine * *b);
    }
}

fn turn_rows(rows: &mut [Vec<f64>], p: usize, q: usize, cosine: f64, sine: f64) {
    if let Ok([one, other]) = rows.get_disjoint_mut([p, q]) {
        for (a, b) in one.iter_mut().zip(other.iter_mut()) {
            (*a, *b) = (cosine * *a - sine * *b, sine * *a + cosine * *b);
        }
    }
}

/// A vector and its opposite are the same to a matrix; one of both is chosen.
fn facing(vector: Vec<f64>) -> Vec<f64> {
    let largest = vector.iter().fold(0.0, |most: f64, value| if value.abs() > most.abs() { *value } else { most });
    if largest < 0.0 { vector.into_iter().map(|value| -value).collect() } else { vector }
}

#[cfg(test)]
mod tests {
    use super::super::tests::near;
    use super::eigen;
    use proptest::prelude::*;

    /// The second difference matrix of size n has eigenvalues `2 − 2 cos(kπ/(n+1))`, in any textbook.
    #[test]
    fn second_differences() {
        let size = 7;
        let entry = |i: usize, j: usize| match i.abs_diff(j) {
            0 => 2.0,
            1 => -1.0,
            _ => 0.0,
        };
        let matrix: Vec<Vec<f64>> = (0..size).map(|i| (0..size).map(|j| entry(i, j)).collect()).collect();
        let expected: Vec<f64> =
            (1..=size).rev().map(|k| 2.0 - 2.0 * libm::cos(k as f64 * std::f64::consts::PI / 8.0)).collect();
        let found: Vec<f64> = eigen(&matrix).iter().map(|pair| pair.value).collect();
        near(&found, &expected, 1e-14);
    }

    #[test]
    fn a_diagonal_is_its_own_answer() {
        let found = eigen(&[vec![1.0, 0.0], vec![0.0, 3.0]]);
        assert_eq!((found[0].value, found[0].vector.clone()), (3.0, vec![0.0, 1.0]));
        assert_eq!(eigen(&[]), []);
    }

    proptest! {
        /// Every pair is one: the matrix times the vector is the value times the vector.
        #[test]
        fn pairs_are_pairs(entries in proptest::collection::vec(-10.0..10.0f64, 25)) {
            let matrix: Vec<Vec<f64>> =
                (0..5).map(|i| (0..5).map(|j| entries[i * 5 + j] + entries[j * 5 + i]).collect()).collect();
            for pair in eigen(&matrix) {
                let times: Vec<f64> =
                    matrix.iter().map(|row| row.iter().zip(&pair.vector).map(|(a, b)| a * b).sum()).collect();
                let scaled: Vec<f64> = pair.vector.iter().map(|entry| entry * pair.value).collect();
                near(&times, &scaled, 1e-12);
            }
        }
    }
}
