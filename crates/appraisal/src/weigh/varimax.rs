//! The varimax rotation of loadings: factors turned so that each item loads on few of them (Kaiser 1958, *The varimax
//! criterion for analytic rotation in factor analysis*), rows first brought to length 1 as Kaiser proposed.

/// Rounds at most. Most tables take a dozen.
const ROUNDS: usize = 1000;

/// Angles below this change no digit that anyone reads.
const STILL: f64 = 1e-14;

/// Loadings after the rotation, `loadings[item][factor]`. What each item has in common with all factors together stays.
pub(super) fn varimax(loadings: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let lengths: Vec<f64> =
        loadings.iter().map(|row| row.iter().map(|value| value * value).sum::<f64>().sqrt()).collect();
    // An item that has nothing in common with the factors turns with the others and stays nothing.
    let unit = |(row, length): (&Vec<f64>, &f64)| -> Vec<f64> {
        row.iter().map(|value| if *length > 0.0 { value / length } else { 0.0 }).collect()
    };
    let mut rows: Vec<Vec<f64>> = loadings.iter().zip(&lengths).map(unit).collect();
    let factors = loadings.first().map_or(0, Vec::len);
    for _ in 0..ROUNDS {
        let mut most = 0.0f64;
        for one in 0..factors {
            for other in one + 1..factors {
                let angle = angle(&rows, one, other);
                most = most.max(angle.abs());
                turn(&mut rows, one, other, angle);
            }
        }
        if most < STILL {
            break;
        }
    }
    rows.iter().zip(&lengths).map(|(row, length)| row.iter().map(|value| value * length).collect()).collect()
}

/// By how much two factors turn for the variance of the squared loadings to be greatest, between −π/4 and π/4.
fn angle(rows: &[Vec<f64>], one: usize, other: usize) -> f64 {
    let (mut a, mut b, mut c, mut d) = (0.0, 0.0, 0.0, 0.0);
    for row in rows {
        let (Some(x), Some(y)) = (row.get(one), row.get(other)) else { continue };
        let (u, v) = (x * x - y * y, 2.0 * x * y);
        a += u;
        b += v;
        c += u * u - v * v;
        d += 2.0 * u * v;
    }
    let items = rows.len() as f64;
    let (up, along) = (d - 2.0 * a * b / items, c - (a * a - b * b) / items);
    // Where all angles are as good, or only rounding tells them apart, the factors stay as they are.
    if up.abs() <= f64::EPSILON && along.abs() <= f64::EPSILON { 0.0 } else { libm::atan2(up, along) / 4.0 }
}

fn turn(rows: &mut [Vec<f64>], one: usize, other: usize, angle: f64) {
    let (sine, cosine) = (libm::sin(angle), libm::cos(angle));
    for row in rows {
        if let Ok([x, y]) = row.get_disjoint_mut([one, other]) {
            (*x, *y) = (cosine * *x + sine * *y, cosine * *y - sine * *x);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::near;
    use super::varimax;

    /// Items of two clean groups, turned by any angle, come back to the groups.
    #[test]
    fn clean_groups_are_found_again() {
        let clean = [[0.9, 0.0], [0.8, 0.0], [0.0, 0.7], [0.0, 0.6]];
        let (sine, cosine) = (libm::sin(0.5), libm::cos(0.5));
        let turned: Vec<Vec<f64>> =
            clean.iter().map(|[x, y]| vec![cosine * x - sine * y, sine * x + cosine * y]).collect();
        for (found, clean) in varimax(&turned).iter().zip(clean) {
            near(found, &clean, 1e-14);
        }
    }

    #[test]
    fn one_factor_and_none_stay() {
        assert_eq!(varimax(&[vec![0.5], vec![-0.25]]), [[0.5], [-0.25]]);
        assert_eq!(varimax(&[vec![0.0, 0.0]]), [[0.0, 0.0]]);
        assert!(varimax(&[]).is_empty());
    }
}
