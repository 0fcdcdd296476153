//! Inputs and outputs that can be compared, and what the shares of peers may come to.

use crate::dea::lp::Row;

/// Inputs or outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What a unit uses.
    Input,
    /// What it makes.
    Output,
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Input => "input",
            Self::Output => "output",
        })
    }
}

/// Why units cannot be compared. Columns and units are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// A side without columns.
    #[error("there is no {0}")]
    NoColumn(Side),
    /// Columns without rows.
    #[error("there is no unit")]
    NoUnit,
    /// A column that is shorter or longer than the first input.
    #[error("{side} {column} has {found} values where there are {wanted} units")]
    Length {
        /// Of which side.
        side: Side,
        /// Which column.
        column: usize,
        /// Values that it has.
        found: usize,
        /// Units that there are.
        wanted: usize,
    },
    /// A value below zero, or none at all.
    #[error("{side} {column} of unit {unit} is {value}, and has to be a number not below 0")]
    Value {
        /// Of which side.
        side: Side,
        /// Which column.
        column: usize,
        /// Of which unit.
        unit: usize,
        /// What it is.
        value: f64,
    },
    /// A unit that uses nothing or makes nothing.
    #[error("unit {unit} has no {side} above 0")]
    Nothing {
        /// Which side.
        side: Side,
        /// Which unit.
        unit: usize,
    },
}

/// What the sum of the shares of peers may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Returns {
    /// Anything: a peer of any size can be taken larger or smaller (the model of Charnes, Cooper and Rhodes).
    #[default]
    Constant,
    /// One: mixtures of peers (the model of Banker, Charnes and Cooper).
    Variable,
    /// At most one: peers can be taken smaller.
    NonIncreasing,
    /// At least one: peers can be taken larger.
    NonDecreasing,
}

/// Columns that passed.
#[derive(Clone, Debug)]
pub(crate) struct Data<'a> {
    pub(crate) inputs: Vec<Column<'a>>,
    pub(crate) outputs: Vec<Column<'a>>,
    pub(crate) ones: Vec<f64>,
    pub(crate) zeros: Vec<f64>,
}

/// A column with its mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column<'a> {
    pub(crate) values: &'a [f64],
    mean: f64,
}

impl Column<'_> {
    /// The value of a unit.
    pub(crate) fn of(&self, unit: usize) -> f64 {
        self.values.get(unit).copied().unwrap_or(0.0)
    }

    /// What values are measured in when a unit is looked at: its own value, or the mean where it has none.
    pub(crate) fn measure(&self, unit: usize) -> f64 {
        let own = self.of(unit);
        if own > 0.0 { own } else { self.mean }
    }
}

impl<'a> Data<'a> {
    pub(crate) fn new(inputs: &'a [Vec<f64>], outputs: &'a [Vec<f64>]) -> Result<Self, Refusal> {
        let wanted = inputs.first().ok_or(Refusal::NoColumn(Side::Input))?.len();
        if wanted == 0 {
            return Err(Refusal::NoUnit);
        }
        let inputs = columns(inputs, Side::Input, wanted)?;
        let outputs = columns(outputs, Side::Output, wanted)?;
        Ok(Self { inputs, outputs, ones: vec![1.0; wanted], zeros: vec![0.0; wanted] })
    }

    pub(crate) fn units(&self) -> usize {
        self.ones.len()
    }

    /// Units that use something which this one does not have: nothing of them can be taken, and no price is high enough to say
    /// so in a program.
    pub(crate) fn out_of_reach(&self, unit: usize) -> Vec<usize> {
        let without = || self.inputs.iter().filter(|column| column.of(unit) == 0.0);
        (0..self.units()).filter(|other| without().any(|column| column.of(*other) > 0.0)).collect()
    }

    /// The row that says what the shares come to, with the entry of its slack.
    pub(crate) fn shares(&self, returns: Returns) -> Option<(Row<'_>, f64)> {
        let slack = match returns {
            Returns::Constant => return None,
            Returns::Variable => 0.0,
            Returns::NonIncreasing => 1.0,
            Returns::NonDecreasing => -1.0,
        };
        Some((Row { values: &self.ones, scale: 1.0, bound: 1.0 }, slack))
    }
}

fn columns(given: &[Vec<f64>], side: Side, wanted: usize) -> Result<Vec<Column<'_>>, Refusal> {
    if given.is_empty() {
        return Err(Refusal::NoColumn(side));
    }
    for (column, values) in given.iter().enumerate() {
        if values.len() != wanted {
            return Err(Refusal::Length { side, column, found: values.len(), wanted });
        }
        let bad = |value: &f64| !value.is_finite() || *value < 0.0;
        if let Some((unit, value)) = values.iter().copied().enumerate().find(|(_, value)| bad(value)) {
            return Err(Refusal::Value { side, column, unit, value });
        }
    }
    let nothing = |unit: &usize| given.iter().all(|values| values.get(*unit).is_none_or(|value| *value == 0.0));
    if let Some(unit) = (0..wanted).find(nothing) {
        return Err(Refusal::Nothing { side, unit });
    }
    let column = |values: &'_ Vec<f64>| values.iter().map(|value| value / wanted as f64).sum::<f64>();
    Ok(given
        .iter()
        .map(|values| Column { values, mean: Some(column(values)).filter(|m| *m > 0.0).unwrap_or(1.0) })
        .collect())
}
