//! An item: a value from columns, what is done where it is missing or far out, and how it is made comparable.

use super::{Method, Normalise, PerGroup, Sourced, Text, Within};
use crate::expression::Expression;

/// An item of a rule set.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Name in columns and in other parts of the file.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Unit of the value.
    pub unit: Option<Text>,
    /// The value.
    pub value: Expression,
    /// The same as it stands in the file.
    pub formula: String,
    /// Whether a greater value is better.
    pub better_high: bool,
    /// Weight within the dimension above.
    pub weight: PerGroup,
    /// Groups to which it applies, by place; empty for all.
    pub groups: Vec<usize>,
    /// The dimension it is part of.
    pub parent: usize,
    /// What is done where there is no value.
    pub missing: Missing,
    /// What is done with values far from all others.
    pub outliers: Option<Outliers>,
    /// How values are made comparable.
    pub normalise: Normalise,
    /// How well the value is known.
    pub spread: Option<Spread>,
    /// Line of the file.
    pub line: usize,
}

impl Item {
    /// Columns of words that say with whom a unit is compared.
    pub(crate) fn within_columns(&self) -> impl Iterator<Item = &str> {
        let missing = match &self.missing {
            Missing::Impute(_, within) => Some(within),
            _ => None,
        };
        [missing, Some(&self.normalise.within)].into_iter().flatten().filter_map(|within| match within {
            Within::Column(column) => Some(column.as_str()),
            _ => None,
        })
    }

    /// Every number of the item that comes from somewhere.
    pub fn numbers(&self) -> Vec<Sourced> {
        let mut all: Vec<Sourced> = self.weight.each().collect();
        let normalise = &self.normalise;
        all.extend([normalise.cap, normalise.floor, normalise.scale].into_iter().flatten());
        match &normalise.method {
            Method::Ratio { benchmark, .. } => all.extend(benchmark.given().into_iter().flat_map(PerGroup::each)),
            Method::BaseTarget { base: low, target: high } | Method::Goalposts { low, high, .. } => {
                all.extend(low.each().chain(high.each()));
            }
            Method::Piecewise { points, .. } => all.extend(points.iter().flat_map(|(x, y)| [*x, *y])),
            Method::Steps(steps) => all.extend(steps.iter().flat_map(|step| {
                let limits = [step.limits.from, step.limits.to].into_iter().flatten().map(|(limit, _)| limit);
                limits.chain([step.score])
            })),
            Method::Deduction { full, ageing } => {
                all.push(*full);
                all.extend(ageing.iter().map(|age| age.share));
            }
            Method::AsIs | Method::MinMax { .. } | Method::ZScore | Method::Rank => {}
        }
        if let Missing::Value(value) = &self.missing {
            all.push(*value);
        }
        all
    }
}

/// What is done where an item has no value.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// The unit is not graded.
    Refuse,
    /// The item is left out for this unit; the weights of the others count for more.
    Drop,
    /// The score is zero.
    Zero,
    /// The score is the average of those in the group that have one.
    GroupScore,
    /// The value is the mean or the median of those with whom the unit is compared.
    Impute(Average, Within),
    /// The value is this one.
    Value(Sourced),
}

/// What stands for many values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Average {
    /// Arithmetic mean.
    Mean,
    /// The middle one.
    Median,
}

/// Values far from all others, as in COINr: while both skewness and kurtosis are beyond their limits, the outermost value of
/// the longer tail becomes the next one; where that takes too many, another transformation takes its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Outliers {
    /// Absolute skewness up to which nothing is done.
    pub skewness: f64,
    /// Excess kurtosis up to which nothing is done.
    pub kurtosis: f64,
    /// Most values that are drawn in.
    pub most: usize,
    /// What is done instead where that is not enough.
    pub otherwise: Option<Transform>,
}

/// A transformation of all values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transform {
    /// ln(x − least + 0.01 × range): COINr's `log_CT`.
    Log,
    /// Box–Cox with the exponent of greatest likelihood.
    BoxCox,
}

/// How well the value of an item is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Spread {
    /// Anywhere between the numbers of two columns.
    Columns(String, String),
    /// Within this share of the value, up and down.
    Share(f64),
}
