//! The search: a variable enters that makes the goal smaller, the one that is first to reach zero leaves.

use crate::dea::lp::basis::{Basis, Variable};
use crate::dea::lp::column::{Program, dot};
use crate::dea::lp::{NOTHING, Row, largest};

/// Pivots after which the inverse is worked out afresh.
const OLD: usize = 40;
/// Pivots without a gain after which Bland's rule is used: it cannot go round in circles (Bland 1977).
const STALLED: usize = 60;
/// Pivots after which the search is given up; programs of this kind need about three for each row.
const MOST_PIVOTS: usize = 20_000;

/// Times that what looks like the end is looked at with a fresh inverse.
const MOST_LOOKS: usize = 4;

/// Reduced costs, in the largest price, that are rounding when a variable is to enter.
const ROUNDING: f64 = 1e-12;
/// Reduced costs, in the largest price, up to which a variable may still move once a goal is reached: the first of these that does
/// not make the goal worse. Too large a one lets a variable move that costs something, too small a one keeps out some that cost
/// nothing but by rounding.
const FREE: [f64; 5] = [1e-9, 1e-10, 1e-11, 1e-12, 1e-13];
/// What a goal may lose by that, as a share.
const LOSS: f64 = 1e-10;

/// A solution.
#[derive(Clone, Debug)]
pub(crate) struct Solved {
    /// λ of units, those that are not zero, in their order.
    pub(crate) units: Vec<(usize, f64)>,
    /// Value of each extra column.
    pub(crate) extras: Vec<f64>,
    /// The prices of rows, first those which show that units are out of the question, then for each goal those which prove
    /// that nothing is better.
    pub(crate) proofs: Vec<Proof>,
}

/// Prices of rows, and up to which reduced cost a variable may move in later goals.
#[derive(Clone, Debug)]
pub(crate) struct Proof {
    pub(crate) prices: Vec<f64>,
    pub(crate) free: f64,
}

/// How a search ended.
#[derive(Clone, Debug)]
pub(crate) enum Ended {
    /// With a solution.
    Solved(Solved),
    /// There is none; the prices of rows prove it.
    Infeasible(Vec<f64>),
    /// Given up: without an end, or in numbers that cannot be worked with.
    GivenUp,
}

/// Solves a program; entries of a direction below `no_pivot`, as a share of the largest, are rounding.
pub(crate) fn search(program: &Program<'_>, no_pivot: f64) -> Ended {
    let mut search = Search::new(program, no_pivot);
    search.run().unwrap_or(Ended::GivenUp)
}

struct Search<'a> {
    program: &'a Program<'a>,
    bounds: Vec<f64>,
    /// One over the size of each unit's column.
    sizes: Vec<f64>,
    /// The same, and 0 for units that an earlier goal keeps out.
    open: Vec<f64>,
    open_extras: Vec<bool>,
    basis: Basis,
    pivots: usize,
}

impl<'a> Search<'a> {
    fn new(program: &'a Program<'a>, no_pivot: f64) -> Self {
        let sizes = program.sizes();
        let bounds: Vec<f64> = program.rows.iter().map(|row: &Row<'_>| row.bound).collect();
        let alone = |place: usize| {
            let one = |column: &Vec<f64>| {
                column.iter().enumerate().all(|(row, entry)| *entry == f64::from(u8::from(row == place)))
            };
            program.extras.iter().position(one).map_or(Variable::Missing(place), Variable::Extra)
        };
        let basis = Basis::new((0..program.rows.len()).map(alone).collect(), bounds.clone(), no_pivot);
        let open_extras = vec![true; program.extras.len()];
        Self { program, bounds, open: sizes.clone(), sizes, open_extras, basis, pivots: 0 }
    }

    /// One goal after the other; that every row can be met is the goal before the first.
    fn run(&mut self) -> Option<Ended> {
        let missing = |variable: Variable| f64::from(u8::from(matches!(variable, Variable::Missing(_))));
        let mut proofs = Vec::new();
        let mut last = self.minimise(&missing)?;
        if self.value(&missing) > NOTHING {
            return Some(Ended::Infeasible(last));
        }
        let mut before: Vec<f64> = Vec::new();
        for goal in &self.program.goals {
            // No costs at all stand for the goal before the first.
            let cost = |goal: &[f64], variable: Variable| match variable {
                Variable::Extra(extra) => goal.get(extra).copied().unwrap_or(0.0),
                variable if goal.is_empty() => missing(variable),
                _ => 0.0,
            };
            let reached = self.value(&|variable| cost(&before, variable));
            let (basis, open, open_extras) = (self.basis.clone(), self.open.clone(), self.open_extras.clone());
            let mut next = None;
            for share in FREE {
                (self.basis, self.open, self.open_extras) = (basis.clone(), open.clone(), open_extras.clone());
                let free = share * largest(&last);
                self.keep(&last, &|variable| cost(&before, variable), free);
                next = self.minimise(&|variable| cost(goal, variable)).map(|prices| (prices, free));
                let loss = self.value(&|variable| cost(&before, variable)) - reached;
                if next.is_some() && loss <= LOSS * reached.abs().max(NOTHING) {
                    break;
                }
            }
            let (prices, free) = next?;
            proofs.push(Proof { prices: std::mem::replace(&mut last, prices), free });
            before.clone_from(goal);
        }
        proofs.push(Proof { prices: last, free: 0.0 });
        Some(Ended::Solved(self.solved(proofs)))
    }

    fn value(&self, cost: &impl Fn(Variable) -> f64) -> f64 {
        self.basis.variables.iter().zip(&self.basis.values).map(|(variable, value)| cost(*variable) * value).sum()
    }

    /// Makes one goal as small as it can be.
    fn minimise(&mut self, cost: &impl Fn(Variable) -> f64) -> Option<Vec<f64>> {
        let (mut stalled, mut looks, mut candidates) = (0, 0, Vec::new());
        loop {
            self.pivots += 1;
            if self.pivots > MOST_PIVOTS || (self.basis.age >= OLD && !self.refresh()) {
                return None;
            }
            let prices = self.basis.prices(cost);
            let bland = stalled > STALLED;
            let Some((entering, reduced)) = self.entering(&prices, cost, bland, &mut candidates) else {
                // Rounding can hide a column that a fresh inverse shows again, over and over.
                if self.basis.age == 0 || looks == MOST_LOOKS {
                    return Some(prices);
                }
                if !self.refresh() {
                    return None;
                }
                looks += 1;
                continue;
            };
            let direction = self.basis.direction(&self.column(entering));
            let (place, step) = self.basis.leaving(&direction, bland)?;
            self.basis.pivot(entering, place, step, &direction);
            stalled = if -reduced * step > 1e-13 { 0 } else { stalled + 1 };
        }
    }

    /// What enters: of few candidates the most favourable, all units being looked at where none of them is left.
    fn entering(
        &self,
        prices: &[f64],
        cost: &impl Fn(Variable) -> f64,
        bland: bool,
        candidates: &mut Vec<usize>,
    ) -> Option<(Variable, f64)> {
        let program = self.program;
        let reduced = |unit: usize| {
            let size = self.open.get(unit).copied().unwrap_or(0.0);
            (Variable::Unit(unit), -size * dot(prices, program.unit(unit)))
        };
        let extras = program.extras.iter().zip(&self.open_extras).enumerate().filter(|(_, (_, open))| **open);
        let extras: Vec<(Variable, f64)> = extras
            .map(|(extra, (column, _))| (Variable::Extra(extra), column))
            .map(|(variable, column)| (variable, cost(variable) - dot(prices, column.iter().copied())))
            .collect();
        let nothing = -ROUNDING * largest(prices);
        let good =
            |(variable, reduced): &(Variable, f64)| *reduced < nothing && !self.basis.variables.contains(variable);
        let best = |units: &[usize]| {
            let all = units.iter().map(|unit| reduced(*unit)).chain(extras.iter().copied()).filter(good);
            all.min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)))
        };
        if bland {
            return (0..self.open.len()).map(reduced).chain(extras.iter().copied()).find(good);
        }
        best(candidates).or_else(|| {
            *candidates = program.favourable(prices, &self.open, nothing);
            best(candidates)
        })
    }

    /// Keeps out whatever would make a goal worse that has been reached: what costs more than `free`.
    fn keep(&mut self, prices: &[f64], cost: &impl Fn(Variable) -> f64, free: f64) {
        let mut worse = Vec::new();
        self.program.price(prices, &self.open, |begin, costs| {
            worse.extend(costs.iter().enumerate().filter(|(_, cost)| **cost > free).map(|(at, _)| begin + at));
        });
        for unit in worse {
            if let Some(open) = self.open.get_mut(unit) {
                *open = 0.0;
            }
        }
        for (extra, (open, column)) in self.open_extras.iter_mut().zip(&self.program.extras).enumerate() {
            *open &= cost(Variable::Extra(extra)) - dot(prices, column.iter().copied()) <= free;
        }
    }

    fn column(&self, variable: Variable) -> Vec<f64> {
        match variable {
            Variable::Unit(unit) => {
                let size = self.sizes.get(unit).copied().unwrap_or(0.0);
                self.program.unit(unit).map(|entry| entry * size).collect()
            }
            Variable::Extra(extra) => self.program.extras.get(extra).cloned().unwrap_or_default(),
            Variable::Missing(row) => (0..self.bounds.len()).map(|at| f64::from(u8::from(at == row))).collect(),
        }
    }

    fn refresh(&mut self) -> bool {
        let mut basis = self.basis.clone();
        let fine = basis.refresh(|variable| self.column(variable), &self.bounds);
        self.basis = basis;
        fine
    }

    fn solved(&self, proofs: Vec<Proof>) -> Solved {
        let mut units = Vec::new();
        let mut extras = vec![0.0; self.program.extras.len()];
        for (variable, value) in self.basis.variables.iter().zip(&self.basis.values) {
            // What rounding leaves of a zero is none.
            let value = if *value > 1e-12 { *value } else { 0.0 };
            match variable {
                Variable::Unit(unit) if value > 0.0 => {
                    units.push((*unit, value * self.sizes.get(*unit).copied().unwrap_or(0.0)));
                }
                Variable::Extra(extra) => {
                    if let Some(of) = extras.get_mut(*extra) {
                        *of = value;
                    }
                }
                _ => {}
            }
        }
        units.sort_by_key(|(unit, _)| *unit);
        Solved { units, extras, proofs }
    }
}
