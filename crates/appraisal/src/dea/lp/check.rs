//! A solution held against its program: nothing of the search is used, only the columns, the solution and the prices.

use crate::dea::lp::column::{Program, dot};
use crate::dea::lp::{NOTHING, Solved, largest};

/// How far a solution is from being one, and from being the best. Each is the worst of all goals, and 0 where all is exact.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Certificate {
    /// By how much an equation is missed, in the values of the unit itself.
    pub primal: f64,
    /// By how much a unit or a slack is too good at the prices, per size of its column and of the largest price (or of 1).
    pub dual: f64,
    /// How far the goal is from the bound that the prices prove, as a share of it where it is above 1.
    pub gap: f64,
}

impl Certificate {
    /// Nothing is known.
    pub(crate) const NONE: Self = Self { primal: f64::INFINITY, dual: f64::INFINITY, gap: f64::INFINITY };

    /// The largest of the three.
    #[must_use]
    pub fn worst(&self) -> f64 {
        self.primal.max(self.dual).max(self.gap)
    }
}

/// Holds a solution against its program.
pub(crate) fn check(program: &Program<'_>, solved: &Solved) -> Certificate {
    let allowed = solved.units.iter().all(|(unit, _)| !program.barred.contains(unit));
    let primal = if allowed { missed(program, solved) } else { f64::INFINITY };
    let mut certificate = Certificate { primal, ..Certificate::default() };
    let mut open = program.sizes();
    let mut open_extras = vec![true; program.extras.len()];
    // That every equation can be met comes before all goals, and costs no extra column anything.
    let nothing = vec![0.0; program.extras.len()];
    let goals = std::iter::once(&nothing).chain(&program.goals);
    for (goal, proof) in goals.zip(&solved.proofs) {
        let (prices, free) = (&proof.prices, proof.free);
        let largest = largest(prices).max(1.0);
        let mut kept = Vec::with_capacity(open.len());
        program.price(prices, &open, |_, costs| {
            certificate.dual = costs.iter().fold(certificate.dual, |worst, cost| worst.max(-cost / largest));
            kept.extend(costs.iter().map(|cost| *cost <= free));
        });
        open.iter_mut().zip(kept).filter(|(_, kept)| !kept).for_each(|(open, _)| *open = 0.0);
        for ((column, cost), open) in program.extras.iter().zip(goal).zip(&mut open_extras).filter(|(_, open)| **open) {
            let reduced = cost - dot(prices, column.iter().copied());
            certificate.dual = certificate.dual.max(-reduced / largest);
            *open = reduced <= free;
        }
        let reached = dot(goal, solved.extras.iter().copied());
        let bound = dot(prices, program.rows.iter().map(|row| row.bound));
        certificate.gap = certificate.gap.max((reached - bound).abs() / reached.abs().max(1.0));
    }
    certificate
}

/// How far prices are from proving that a program has no solution: whatever is done, these prices of the rows come to nothing
/// or less, and the right sides come to more.
pub(crate) fn check_infeasible(program: &Program<'_>, prices: &[f64]) -> Certificate {
    let mut dual = 0.0_f64;
    program.price(prices, &program.sizes(), |_, costs| {
        dual = costs.iter().fold(dual, |worst, cost| worst.max(-cost));
    });
    dual = program.extras.iter().map(|column| dot(prices, column.iter().copied())).fold(dual, f64::max);
    let bound = dot(prices, program.rows.iter().map(|row| row.bound));
    Certificate { primal: 0.0, dual, gap: if bound > NOTHING { 0.0 } else { f64::INFINITY } }
}

/// By how much the equations are missed, at the most, beside what is added up in them.
fn missed(program: &Program<'_>, solved: &Solved) -> f64 {
    let below = solved.units.iter().map(|(_, value)| value).chain(&solved.extras);
    let below = below.fold(0.0_f64, |worst, value| worst.max(-value));
    let rows = program.rows.iter().enumerate().map(|(at, row)| {
        let units = solved
            .units
            .iter()
            .map(|(unit, lambda)| row.scale * row.values.get(*unit).copied().unwrap_or(0.0) * lambda);
        let extras = program.extras.iter().zip(&solved.extras);
        let extras = extras.map(|(column, value)| column.get(at).copied().unwrap_or(0.0) * value);
        let (mut sum, mut size) = (-row.bound, 1.0_f64);
        for term in units.chain(extras) {
            sum += term;
            size = size.max(term.abs());
        }
        sum.abs() / size
    });
    rows.fold(below, f64::max)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::dea::lp::{Ended, Program, Row, solve};

    /// The least θ with λ₁ + λ₂ = 1 (say), 2 λ₁ + 4 λ₂ + s = 4 θ: 0.5, by the first alone.
    #[test]
    fn what_is_wrong_is_seen() {
        let (ones, inputs) = ([1.0, 1.0], [2.0, 4.0]);
        let rows =
            vec![Row { values: &inputs, scale: 0.25, bound: 0.0 }, Row { values: &ones, scale: 1.0, bound: 1.0 }];
        let extras = vec![vec![-1.0, 0.0], vec![1.0, 0.0]];
        let program = Program { rows, extras, goals: vec![vec![1.0, 0.0]], barred: Vec::new() };
        let (Ended::Solved(solved), certificate) = solve(&program) else { panic!("no solution") };
        assert!(certificate.worst() < 1e-15);
        assert_eq!((solved.units.as_slice(), solved.extras[0]), (&[(0, 1.0)][..], 0.5));

        let mut short = solved.clone();
        short.extras[0] = 0.4;
        assert!((check(&program, &short).primal - 0.1).abs() < 1e-12);
        let mut other = solved.clone();
        (other.units, other.extras) = (vec![(1, 1.0)], vec![1.0, 0.0]);
        let found = check(&program, &other);
        assert!(found.primal < 1e-15 && (found.gap - 0.5).abs() < 1e-12, "{found:?}");
        let mut dear = solved.clone();
        dear.proofs[1].prices[1] = 0.9;
        assert!(check(&program, &dear).dual > 0.1);
        let barred = Program { barred: vec![0], ..program.clone() };
        assert!(check(&barred, &solved).primal.is_infinite());
    }
}
