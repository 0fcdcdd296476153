//! Morris screening: which of many parameters matter at all, from few runs.

use super::bootstrap::{Bootstrap, Interval, estimates, sample_sd};
use super::error::SensitivityError;
use super::{check_design, check_outputs};
use crate::matrix::Matrix;
use crate::random::Stream;
use crate::sampling::{SamplingError, permutation};

/// What the elementary effects of one parameter on one output come to, in the output's unit per whole range of the
/// parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The mean effect; effects of both signs cancel.
    pub mu: f64,
    /// The mean size of the effect (Campolongo, Cariboni & Saltelli 2007): the overall influence.
    pub mu_star: f64,
    /// Confidence interval of `mu_star`; `None` without a bootstrap or with a single trajectory.
    pub mu_star_interval: Option<Interval>,
    /// The standard deviation of the effects: curvature and interactions. `None` with a single trajectory.
    pub sigma: Option<f64>,
}

/// The design of Morris (1991): `count` trajectories of `d` + 1 rows each in the unit cube of `d` dimensions. A
/// trajectory starts on a grid of `levels` and changes each parameter once, in random order, up or down by
/// levels / (2·(levels − 1)). Trajectory `t` does not depend on `count`. 4 levels and 10 trajectories are customary.
///
/// # Errors
/// [`SamplingError`] when `levels` is odd, 0 or above 1000, there are no trajectories or parameters, or too many.
pub fn trajectories(seed: u64, levels: usize, count: usize, d: usize) -> Result<Matrix, SamplingError> {
    if !(2..=1000).contains(&levels) || levels % 2 == 1 {
        return Err(SamplingError::Levels { levels });
    }
    let block = d.saturating_add(1);
    // No parameters means no columns, which `zeros` refuses.
    let mut design = Matrix::zeros(count.saturating_mul(block), d)?;
    let step = levels / 2;
    let at = |level: usize| level as f64 / (levels - 1) as f64;
    let mut rows = design.rows_mut();
    for number in 0..count {
        let mut stream = Stream::new(seed, number as u64);
        let order = permutation(&mut stream, d);
        let mut point = Vec::with_capacity(d);
        let mut goal = Vec::with_capacity(d);
        for _ in 0..d {
            let (low, up) = (stream.below(step), stream.below(2) == 1);
            let (from, to) = if up { (low, low + step) } else { (low + step, low) };
            point.push(at(from));
            goal.push(at(to));
        }
        let changes = std::iter::once(None).chain(order.into_iter().map(Some));
        for (change, row) in changes.zip(rows.by_ref()) {
            let moved = change.and_then(|column| point.get_mut(column).zip(goal.get(column)));
            if let Some((value, goal)) = moved {
                *value = *goal;
            }
            row.copy_from_slice(&point);
        }
    }
    Ok(design)
}

/// The effects on every output: one list per column of `outputs` (runs × outputs), in it one [`Effect`] per parameter.
/// `design` (runs × parameters, in the unit cube) is from [`trajectories`] or is any other design whose trajectories
/// change each parameter once.
///
/// # Errors
/// [`SensitivityError`] when the design is no Morris design, the rows do not match, a value is not finite, or a
/// setting of the bootstrap is out of range.
pub fn analyse(
    design: &Matrix,
    outputs: &Matrix,
    bootstrap: Option<Bootstrap>,
) -> Result<Vec<Vec<Effect>>, SensitivityError> {
    check_design(design)?;
    check_outputs(outputs, design.row_count())?;
    bootstrap.map_or(Ok(()), |settings| settings.check())?;
    let steps = steps(design)?;
    let d = design.column_count();
    let trajectories = design.row_count() / (d + 1);

    let mut results = Vec::with_capacity(outputs.column_count());
    for column in 0..outputs.column_count() {
        let y: Vec<f64> = outputs.column(column).collect();
        // One list per parameter, one effect per trajectory in it.
        let mut effects = vec![Vec::with_capacity(trajectories); d];
        for (pairs, steps) in y.chunks_exact(d + 1).zip(steps.chunks_exact(d)) {
            for ((before, after), step) in pairs.iter().zip(pairs.iter().skip(1)).zip(steps) {
                if let Some(list) = effects.get_mut(step.parameter) {
                    list.push((after - before) / step.length);
                }
            }
        }
        results.push(summaries(&effects, bootstrap));
    }
    Ok(results)
}

fn summaries(effects: &[Vec<f64>], bootstrap: Option<Bootstrap>) -> Vec<Effect> {
    let n = effects.first().map_or(0, Vec::len);
    let mean_sizes = |weights: &[f64]| -> Vec<f64> {
        let sum = |list: &Vec<f64>| list.iter().zip(weights).map(|(effect, w)| w * effect.abs()).sum::<f64>();
        effects.iter().map(|list| sum(list) / n as f64).collect()
    };
    let sizes = estimates(bootstrap.filter(|_| n > 1), n, mean_sizes);
    let summary = |(list, (mu_star, mu_star_interval)): (&Vec<f64>, _)| Effect {
        mu: list.iter().sum::<f64>() / n as f64,
        mu_star,
        mu_star_interval,
        sigma: sample_sd(list),
    };
    effects.iter().zip(sizes).map(summary).collect()
}

struct Step {
    parameter: usize,
    length: f64,
}

/// The steps of all trajectories, `d` for each.
fn steps(design: &Matrix) -> Result<Vec<Step>, SensitivityError> {
    let d = design.column_count();
    let block = d + 1;
    if !design.row_count().is_multiple_of(block) {
        return Err(SensitivityError::NotWhole { rows: design.row_count(), block });
    }
    let mut steps = Vec::with_capacity(design.row_count());
    let mut taken = vec![false; d];
    for (row, (before, after)) in design.rows().zip(design.rows().skip(1)).enumerate() {
        if (row + 1).is_multiple_of(block) {
            taken.fill(false);
            continue; // from the end of one trajectory to the start of the next
        }
        let mut changed =
            before.iter().zip(after).zip(&mut taken).enumerate().filter(|(_, ((from, to), _))| from != to);
        match (changed.next(), changed.next()) {
            (Some((parameter, ((from, to), taken))), None) if !*taken => {
                *taken = true;
                steps.push(Step { parameter, length: to - from });
            }
            _ => return Err(SensitivityError::NoStep { row: row + 1 }),
        }
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampling::sobol;
    use crate::sensitivity::test_functions::{evaluate, ishigami, morris_1991};

    #[test]
    fn linear_function() {
        let design = trajectories(4, 6, 8, 3).unwrap();
        let outputs = evaluate(&design, |x| 1.0 + 2.0 * x[0] - 3.0 * x[1]);
        let bootstrap = Some(Bootstrap { resamples: 50, level: 0.9, seed: 1 });
        let effects = &analyse(&design, &outputs, bootstrap).unwrap()[0];
        for (effect, slope) in effects.iter().zip([2.0, -3.0, 0.0_f64]) {
            assert!((effect.mu - slope).abs() < 1e-13 && (effect.mu_star - slope.abs()).abs() < 1e-13);
            let interval = effect.mu_star_interval.unwrap();
            assert!(effect.sigma.unwrap() < 1e-13 && interval.high - interval.low < 1e-13);
        }
    }

    #[test]
    fn design_stays_on_its_grid() {
        let design = trajectories(9, 4, 20, 5).unwrap();
        assert!(design.values().iter().all(|u| [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0].contains(u)));
        assert!(steps(&design).unwrap().iter().all(|step| (step.length.abs() - 2.0 / 3.0).abs() < 1e-15));
        let longer = trajectories(9, 4, 30, 5).unwrap();
        assert!(design.rows().zip(longer.rows()).all(|(a, b)| a == b));
    }

    /// Morris (1991): inputs 1–10 matter, 11–20 do not; 1–7 curve or interact. 8–10 have the slope 2·20, and the small
    /// second-order terms give them and 11–20 a σ of 2·√(19·5/9) = 6.5 on four levels.
    #[test]
    fn groups_of_the_morris_function() {
        let design = trajectories(2, 4, 100, 20).unwrap();
        let effects = &analyse(&design, &evaluate(&design, morris_1991), None).unwrap()[0];
        let least = effects[..10].iter().map(|e| e.mu_star).fold(f64::INFINITY, f64::min);
        let most = effects[10..].iter().map(|e| e.mu_star).fold(0.0, f64::max);
        assert!(least > 3.0 * most, "{least} {most}");
        assert!(effects[..7].iter().all(|e| e.sigma.unwrap() > 20.0), "{effects:?}");
        assert!(effects[7..].iter().all(|e| (e.sigma.unwrap() - 6.5).abs() < 2.0), "{effects:?}");
        assert!(effects[7..10].iter().all(|e| (e.mu_star - 40.0).abs() < 5.0), "{effects:?}");
    }

    /// `SALib.analyze.morris` of SALib 1.6.0 on the same runs: μ, μ*, σ, and half an interval of μ* from 2000 resamples
    /// of its own.
    #[test]
    fn against_salib() {
        let starts = sobol(None, 6, 3).unwrap();
        let mut rows = Vec::new();
        for start in starts.rows() {
            let mut point: Vec<f64> = start.iter().map(|u| u / 3.0).collect();
            rows.extend(point.clone());
            for parameter in [2, 0, 1] {
                point[parameter] += 2.0 / 3.0;
                rows.extend(point.clone());
            }
        }
        let design = Matrix::new(24, 3, rows).unwrap();
        let bootstrap = Some(Bootstrap { resamples: 2000, level: 0.95, seed: 1 });
        let found = analyse(&design, &evaluate(&design, ishigami), bootstrap).unwrap().remove(0);
        let expected = [
            [6.352072181815188, 6.352072181815188, 4.5994868218116, 3.419673445024006],
            [0.5547277716886185, 6.2108166849341515, 7.58366550681007, 2.537483716028241],
            [1.7555870250175563, 3.4686933619883304, 4.976520557277506, 2.6470865150930507],
        ];
        for (found, [mu, mu_star, sigma, half]) in found.iter().zip(expected) {
            assert!((found.mu - mu).abs() < 1e-10 && (found.mu_star - mu_star).abs() < 1e-10, "{found:?}");
            assert!((found.sigma.unwrap() - sigma).abs() < 1e-10, "{found:?}");
            let interval = found.mu_star_interval.unwrap();
            assert!((interval.high - mu_star - half).abs() <= 0.08 * half + 1e-10, "{interval:?} is not ±{half}");
        }
    }

    #[test]
    fn refusals() {
        let odd = |levels| trajectories(1, levels, 2, 2);
        assert_eq!(odd(5), Err(SamplingError::Levels { levels: 5 }));
        assert!(odd(0).is_err() && trajectories(1, 4, 0, 2).is_err() && trajectories(1, 4, 2, 0).is_err());
        assert!(trajectories(1, 4, usize::MAX, usize::MAX).is_err());
        let design = trajectories(1, 4, 2, 2).unwrap();
        let y = |n, value| Matrix::new(n, 1, vec![value; n]).unwrap();
        assert_eq!(analyse(&design, &y(5, 0.0), None), Err(SensitivityError::RowCount { expected: 6, found: 5 }));
        assert!(matches!(analyse(&design, &y(6, f64::NAN), None), Err(SensitivityError::NotFinite { .. })));
        let still = Matrix::zeros(6, 2).unwrap();
        assert_eq!(analyse(&still, &y(6, 0.0), None), Err(SensitivityError::NoStep { row: 1 }));
        let short = Matrix::zeros(4, 2).unwrap();
        assert_eq!(analyse(&short, &y(4, 0.0), None), Err(SensitivityError::NotWhole { rows: 4, block: 3 }));
        let one = trajectories(1, 4, 1, 2).unwrap();
        let bootstrap = Some(Bootstrap { resamples: 10, level: 0.9, seed: 1 });
        let effects = analyse(&one, &y(3, 7.0), bootstrap).unwrap();
        assert_eq!(effects[0][0], Effect { mu: 0.0, mu_star: 0.0, mu_star_interval: None, sigma: None });
    }
}
