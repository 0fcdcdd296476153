//! Functions whose sensitivities are known from papers; for tests only.

use std::f64::consts::PI;

use crate::matrix::Matrix;

/// A function's values for every row, as the one column of an outputs matrix.
pub(super) fn evaluate(design: &Matrix, function: impl Fn(&[f64]) -> f64) -> Matrix {
    Matrix::new(design.row_count(), 1, design.rows().map(function).collect()).unwrap()
}

/// Ishigami & Homma (1990) with a = 7, b = 0.1, on the unit cube.
pub(super) fn ishigami(u: &[f64]) -> f64 {
    let x = |i: usize| PI * (2.0 * u[i] - 1.0);
    x(0).sin() + 7.0 * x(1).sin().powi(2) + 0.1 * x(2).powi(4) * x(0).sin()
}

/// First-order and total indices of [`ishigami`] from its variance decomposition.
pub(super) fn ishigami_indices() -> [(f64, f64); 3] {
    let (a, b) = (7.0_f64, 0.1);
    let one = 0.5 * (1.0 + b * PI.powi(4) / 5.0).powi(2);
    let two = a * a / 8.0;
    let one_three = b * b * PI.powi(8) * (1.0 / 18.0 - 1.0 / 50.0);
    let all = one + two + one_three;
    [(one / all, (one + one_three) / all), (two / all, two / all), (0.0, one_three / all)]
}

/// The G function of Sobol' (Saltelli & Sobol' 1995).
pub(super) fn sobol_g(u: &[f64], a: &[f64]) -> f64 {
    u.iter().zip(a).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product()
}

/// First-order and total indices of [`sobol_g`]: Vᵢ = 1 / (3·(1 + aᵢ)²), V = Π(1 + Vᵢ) − 1.
pub(super) fn sobol_g_indices(a: &[f64]) -> Vec<(f64, f64)> {
    let parts: Vec<f64> = a.iter().map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a))).collect();
    let product: f64 = parts.iter().map(|part| 1.0 + part).product();
    let variance = product - 1.0;
    parts.iter().map(|part| (part / variance, part * product / (1.0 + part) / variance)).collect()
}

/// The function of 20 inputs in Morris (1991), the coefficients drawn there at random being ±1 in turn here.
pub(super) fn morris_1991(x: &[f64]) -> f64 {
    let w = |i: usize| 2.0 * (if [2, 4, 6].contains(&i) { 1.1 * x[i] / (x[i] + 0.1) } else { x[i] } - 0.5);
    let alternating = |k: usize| if k.is_multiple_of(2) { 1.0 } else { -1.0 };
    let mut y = 0.0;
    for i in 0..20 {
        y += w(i) * if i < 10 { 20.0 } else { alternating(i) };
        for j in i + 1..20 {
            y += w(i) * w(j) * if j < 6 { -15.0 } else { alternating(i + j) };
            for k in j + 1..5 {
                y -= 10.0 * w(i) * w(j) * w(k);
                for l in k + 1..4 {
                    y += 5.0 * w(i) * w(j) * w(k) * w(l);
                }
            }
        }
    }
    y
}
