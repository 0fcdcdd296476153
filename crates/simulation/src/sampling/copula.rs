//! Parameters that move together: a Gaussian copula.

use thiserror::Error;

use crate::special::{normal_cdf, normal_quantile};

/// What the given coefficients measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Spearman's rank correlation of the parameters themselves, whatever their distributions; becomes
    /// 2·sin(π·ρ/6) between the normals underneath (Pearson 1907).
    Rank,
    /// Pearson's correlation of the normal variables underneath.
    Normal,
}

/// Why there is no such copula. Positions count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum CopulaError {
    /// A position past the end.
    #[error("没有第 {position} 个变量 / there is no variable number {position}")]
    NoSuchVariable {
        /// The position.
        position: usize,
    },
    /// A variable correlated with itself.
    #[error("一个变量与自身相关 / a variable correlated with itself")]
    Itself {
        /// The position.
        position: usize,
    },
    /// The same pair twice.
    #[error("相关写了两次 / the correlation is given twice")]
    Twice {
        /// One of the pair.
        first: usize,
        /// The other.
        second: usize,
    },
    /// A coefficient that is not between −1 and 1, or is one of them.
    #[error("相关应在 -1 与 1 之间，而不是 {value} / a correlation lies between -1 and 1, not at {value}")]
    OutOfRange {
        /// One of the pair.
        first: usize,
        /// The other.
        second: usize,
        /// The coefficient.
        value: f64,
    },
    /// The coefficients contradict each other: no variables could have them all. The pair named is the strongest of
    /// those of the first variable that cannot be reconciled with the ones before it.
    #[error("相关 {value} 与其他相关矛盾 / the correlation {value} contradicts the others")]
    Contradiction {
        /// One of the pair.
        first: usize,
        /// The other.
        second: usize,
        /// The coefficient given.
        value: f64,
    },
}

/// Turns independent uniform numbers into correlated uniform numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Copula {
    /// The Cholesky factor row by row, zeros left out: position and coefficient.
    factor: Vec<Vec<(usize, f64)>>,
}

impl Copula {
    /// A copula of `size` variables with the given (position, position, coefficient); pairs not named have 0.
    ///
    /// # Errors
    /// [`CopulaError`] naming the position or pair that is wrong.
    pub fn new(size: usize, correlations: &[(usize, usize, f64)], measure: Measure) -> Result<Self, CopulaError> {
        let mut pairs = Vec::with_capacity(correlations.len());
        for &(first, second, value) in correlations {
            if let Some(position) = [first, second].into_iter().find(|position| *position >= size) {
                return Err(CopulaError::NoSuchVariable { position });
            }
            if first == second {
                return Err(CopulaError::Itself { position: first });
            }
            if !(value > -1.0 && value < 1.0) {
                return Err(CopulaError::OutOfRange { first, second, value });
            }
            pairs.push((first.max(second), first.min(second), value));
        }
        pairs.sort_by_key(|(late, early, _)| (*late, *early));
        for (a, b) in pairs.iter().zip(pairs.iter().skip(1)) {
            if (a.0, a.1) == (b.0, b.1) {
                return Err(CopulaError::Twice { first: a.1, second: a.0 });
            }
        }
        let mut copula = Self { factor: Vec::with_capacity(size) };
        for late in 0..size {
            let mut given = vec![0.0; late];
            for (_, early, value) in pairs.iter().filter(|pair| pair.0 == late) {
                if let Some(cell) = given.get_mut(*early) {
                    *cell = *value;
                }
            }
            copula.add(&given, measure)?;
        }
        Ok(copula)
    }

    /// One more row of the Cholesky–Banachiewicz factor, for the next variable's coefficients with those before it.
    fn add(&mut self, given: &[f64], measure: Measure) -> Result<(), CopulaError> {
        let mut row: Vec<f64> = Vec::with_capacity(given.len());
        for (value, above) in given.iter().zip(&self.factor) {
            let normal = match measure {
                Measure::Rank => 2.0 * libm::sin(value * std::f64::consts::FRAC_PI_6),
                Measure::Normal => *value,
            };
            let shared: f64 = above.iter().filter_map(|(at, l)| row.get(*at).map(|mine| mine * l)).sum();
            let own = above.last().map_or(1.0, |(_, diagonal)| *diagonal);
            row.push((normal - shared) / own);
        }
        let left = 1.0 - row.iter().map(|l| l * l).sum::<f64>();
        if left < 1e-12 {
            let strongest = given.iter().enumerate().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
            let (first, value) = strongest.map_or((0, 0.0), |(at, value)| (at, *value));
            return Err(CopulaError::Contradiction { first, second: self.factor.len(), value });
        }
        row.push(libm::sqrt(left));
        self.factor.push(row.into_iter().enumerate().filter(|(_, l)| *l != 0.0).collect());
        Ok(())
    }

    /// Replaces a point of the unit cube by its correlated counterpart; a variable without a correlation to an
    /// earlier one keeps its coordinate. `normals` is room for the work, kept between calls.
    pub fn apply(&self, point: &mut [f64], normals: &mut Vec<f64>) {
        if self.factor.iter().all(|row| row.len() == 1) {
            return;
        }
        normals.clear();
        // Off the ends, where the normal quantile is infinite and a sum could become NaN.
        let tiny = f64::EPSILON / 2.0;
        normals.extend(point.iter().map(|u| normal_quantile(u.clamp(tiny, 1.0 - tiny))));
        for (coordinate, row) in point.iter_mut().zip(&self.factor).filter(|(_, row)| row.len() > 1) {
            let z: f64 = row.iter().filter_map(|(at, l)| normals.get(*at).map(|normal| normal * l)).sum();
            *coordinate = normal_cdf(z);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampling::sobol;

    fn correlation(pairs: &[(f64, f64)]) -> f64 {
        let n = pairs.len() as f64;
        let (mx, my) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
        let sum = |f: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|p| f(p.0 - mx, p.1 - my)).sum::<f64>();
        sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
    }

    /// The correlation of uniform coordinates is the rank correlation.
    #[test]
    fn draws_have_the_correlations_asked_for() {
        let asked = [(0, 1, 0.8), (2, 0, -0.5), (1, 2, -0.3)];
        let copula = Copula::new(4, &asked, Measure::Rank).unwrap();
        let design = sobol(Some(1), 1 << 14, 4).unwrap();
        let mut room = Vec::new();
        let points: Vec<Vec<f64>> = design
            .rows()
            .map(|row| {
                let mut point = row.to_vec();
                copula.apply(&mut point, &mut room);
                assert_eq!(point[3], row[3]);
                point
            })
            .collect();
        for (a, b, value) in asked.into_iter().chain([(0, 3, 0.0)]) {
            let found = correlation(&points.iter().map(|p| (p[a], p[b])).collect::<Vec<_>>());
            assert!((found - value).abs() < 2e-3, "{a} {b}: {found} is not {value}");
        }
    }

    #[test]
    fn refusals() {
        let new = |pairs: &[(usize, usize, f64)]| Copula::new(3, pairs, Measure::Normal);
        assert_eq!(new(&[(0, 3, 0.1)]), Err(CopulaError::NoSuchVariable { position: 3 }));
        assert_eq!(new(&[(1, 1, 0.1)]), Err(CopulaError::Itself { position: 1 }));
        assert_eq!(new(&[(0, 1, 0.1), (1, 0, 0.2)]), Err(CopulaError::Twice { first: 0, second: 1 }));
        assert_eq!(new(&[(0, 1, 1.0)]), Err(CopulaError::OutOfRange { first: 0, second: 1, value: 1.0 }));
        assert!(matches!(new(&[(0, 1, f64::NAN)]), Err(CopulaError::OutOfRange { .. })));
        // x follows y and z closely, so y and z cannot be opposed.
        let contradiction = new(&[(0, 1, 0.9), (0, 2, 0.9), (1, 2, -0.95)]);
        assert_eq!(contradiction, Err(CopulaError::Contradiction { first: 1, second: 2, value: -0.95 }));
    }
}
