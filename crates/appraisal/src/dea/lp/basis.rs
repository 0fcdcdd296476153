//! The variables that are not zero, with the inverse of their columns.

use crate::dea::lp::column::dot;

/// Values may come out this far below zero while a better pivot is chosen for it (Harris 1973).
const SLIP: f64 = 1e-11;

/// A variable of a program. The order is that of Bland's rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Variable {
    /// How much a unit takes part.
    Unit(usize),
    /// An extra column.
    Extra(usize),
    /// What a row lacks; zero in every solution.
    Missing(usize),
}

/// One variable for each row.
#[derive(Clone, Debug)]
pub(crate) struct Basis {
    pub(crate) variables: Vec<Variable>,
    pub(crate) values: Vec<f64>,
    /// Row by row.
    inverse: Vec<Vec<f64>>,
    /// Pivots since the inverse was worked out afresh.
    pub(crate) age: usize,
    /// Entries of a direction below this are no pivots, as a share of the largest.
    no_pivot: f64,
}

impl Basis {
    /// Columns that are the identity.
    pub(crate) fn new(variables: Vec<Variable>, bounds: Vec<f64>, no_pivot: f64) -> Self {
        let inverse = identity(variables.len());
        Self { variables, values: bounds, inverse, age: 0, no_pivot }
    }

    /// Prices of the rows, from the costs of the variables.
    pub(crate) fn prices(&self, cost: impl Fn(Variable) -> f64) -> Vec<f64> {
        let mut prices = vec![0.0; self.variables.len()];
        for (variable, row) in self.variables.iter().zip(&self.inverse) {
            let cost = cost(*variable);
            if cost != 0.0 {
                prices.iter_mut().zip(row).for_each(|(price, entry)| *price += cost * entry);
            }
        }
        prices
    }

    /// A column in terms of the variables of the basis.
    pub(crate) fn direction(&self, column: &[f64]) -> Vec<f64> {
        self.inverse.iter().map(|row| dot(row, column.iter().copied())).collect()
    }

    /// The place that is first to reach zero when a variable enters, and how far it can go. Among places that are equal,
    /// the one with the largest pivot, or by Bland's rule the first variable.
    pub(crate) fn leaving(&self, direction: &[f64], bland: bool) -> Option<(usize, f64)> {
        let smallest = self.no_pivot * direction.iter().fold(0.0_f64, |most, entry| most.max(entry.abs()));
        let places = || {
            let all = self.values.iter().zip(direction).zip(&self.variables).enumerate();
            all.filter(|(_, ((_, pivot), _))| **pivot > smallest)
        };
        let slack = if bland { 0.0 } else { SLIP };
        let most = places().map(|(_, ((value, pivot), _))| (value.max(0.0) + slack) / pivot);
        let most = most.fold(f64::INFINITY, f64::min);
        let mut best: Option<(usize, f64, f64, Variable)> = None;
        for (place, ((value, pivot), variable)) in places() {
            let step = value.max(0.0) / pivot;
            let better = |(_, _, other, first): &(usize, f64, f64, Variable)| {
                if bland { variable < first } else { pivot > other }
            };
            if step <= most && best.as_ref().is_none_or(better) {
                best = Some((place, step, *pivot, *variable));
            }
        }
        best.map(|(place, step, ..)| (place, step))
    }

    /// Lets a variable take the place of another.
    pub(crate) fn pivot(&mut self, entering: Variable, place: usize, step: f64, direction: &[f64]) {
        let Some(pivot) = direction.get(place).copied() else { return };
        let Some(mut row) = self.inverse.get_mut(place).map(std::mem::take) else { return };
        row.iter_mut().for_each(|entry| *entry /= pivot);
        let all = self.inverse.iter_mut().zip(&mut self.values).zip(direction);
        for ((other, value), factor) in all {
            *value -= step * factor;
            // The row that was taken out is empty here.
            other.iter_mut().zip(&row).for_each(|(entry, from)| *entry -= factor * from);
        }
        if let Some(to) = self.inverse.get_mut(place) {
            *to = row;
        }
        if let (Some(variable), Some(value)) = (self.variables.get_mut(place), self.values.get_mut(place)) {
            (*variable, *value) = (entering, step);
        }
        self.age += 1;
    }

    /// Works out inverse and values from the columns themselves, so that rounding does not add up; false where that cannot be.
    pub(crate) fn refresh(&mut self, column: impl Fn(Variable) -> Vec<f64>, bounds: &[f64]) -> bool {
        let size = self.variables.len();
        let columns: Vec<Vec<f64>> = self.variables.iter().map(|variable| column(*variable)).collect();
        let entry = |row: usize, of: &Vec<f64>| of.get(row).copied().unwrap_or(0.0);
        let mut left: Vec<Vec<f64>> = (0..size).map(|row| columns.iter().map(|of| entry(row, of)).collect()).collect();
        let Some(inverse) = invert(&mut left) else { return false };
        self.inverse = inverse;
        self.values = self.inverse.iter().map(|row| dot(row, bounds.iter().copied())).collect();
        self.age = 0;
        true
    }
}

fn identity(size: usize) -> Vec<Vec<f64>> {
    (0..size).map(|row| (0..size).map(|column| f64::from(u8::from(row == column))).collect()).collect()
}

/// Gauss and Jordan, with the largest pivot of each column; `left` becomes the identity.
fn invert(left: &mut [Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let size = left.len();
    let mut right = identity(size);
    for at in 0..size {
        let entry = |row: &Vec<f64>| row.get(at).copied().unwrap_or(0.0);
        let rows = left.iter().enumerate().skip(at);
        let (largest, pivot) =
            rows.map(|(place, row)| (place, entry(row))).max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))?;
        if pivot.abs() < 1e-13 {
            return None;
        }
        for side in [&mut *left, &mut right] {
            side.swap(at, largest);
            side.get_mut(at)?.iter_mut().for_each(|entry| *entry /= pivot);
        }
        let (of_left, of_right) = (left.get(at)?.clone(), right.get(at)?.clone());
        for (_, (row, other)) in left.iter_mut().zip(&mut right).enumerate().filter(|(place, _)| *place != at) {
            let factor = row.get(at).copied().unwrap_or(0.0);
            row.iter_mut().zip(&of_left).for_each(|(entry, from)| *entry -= factor * from);
            other.iter_mut().zip(&of_right).for_each(|(entry, from)| *entry -= factor * from);
        }
    }
    Some(right)
}
