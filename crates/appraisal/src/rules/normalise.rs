//! How values are made comparable.

use super::{PerGroup, Sourced, Text};
use crate::rules::Limits;

/// From a value to a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Normalise {
    /// The method.
    pub method: Method,
    /// With whom a unit is compared, where the method looks at other units.
    pub within: Within,
    /// No score above this.
    pub cap: Option<Sourced>,
    /// No score below this.
    pub floor: Option<Sourced>,
    /// What comes out is multiplied by this; by nothing where the rules say nothing.
    pub scale: Option<Sourced>,
    /// Rounding of the score.
    pub round: Round,
}

/// With whom a unit is compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Within {
    /// Units of its group.
    Group,
    /// All units.
    All,
    /// Units with the same word in this column.
    Column(String),
}

/// Rounding to whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// None.
    No,
    /// To the next whole number above.
    Up,
    /// To the nearest one, halves up.
    Nearest,
}

/// A method.
#[derive(Clone, Debug, PartialEq)]
pub enum Method {
    /// The value is the score.
    AsIs,
    /// Compared with a benchmark.
    Ratio {
        /// What with.
        benchmark: Benchmark,
        /// Which way.
        kind: RatioKind,
    },
    /// 0 at the base, 1 at the target, straight beyond both.
    BaseTarget {
        /// Value that scores 0.
        base: PerGroup,
        /// Value that scores 1.
        target: PerGroup,
    },
    /// 0 at and below the lower post, 1 at and above the upper one.
    Goalposts {
        /// Value that scores 0.
        low: PerGroup,
        /// Value that scores 1.
        high: PerGroup,
        /// Whether logarithms are compared.
        log: bool,
    },
    /// 0 for the least, 1 for the greatest of those it is compared with (the other way where less is better).
    MinMax {
        /// Whether logarithms are compared.
        log: bool,
    },
    /// Standard deviations (of a sample) above the mean, or below where less is better.
    ZScore,
    /// Share of the others that are behind it, those beside it counted half.
    Rank,
    /// Straight lines between points.
    Piecewise {
        /// Points, by ascending value.
        points: Vec<(Sourced, Sourced)>,
        /// What is done beyond the last point.
        beyond: Beyond,
    },
    /// A score per range; the first range that holds the value counts.
    Steps(Vec<Step>),
    /// Full points less what is taken off.
    Deduction {
        /// Full points.
        full: Sourced,
        /// What is left of an event as it ages; by ascending months. Beyond the last nothing is left.
        ageing: Vec<Age>,
    },
}

impl Method {
    /// Whether a greater value scores more; none where that goes by `better`, or the shape is any.
    #[must_use]
    pub fn rises(&self) -> Option<bool> {
        Some(match self {
            Self::AsIs | Self::Ratio { kind: RatioKind::Direct, .. } => true,
            Self::Ratio { kind: RatioKind::Inverse | RatioKind::Reverse, .. } | Self::Deduction { .. } => false,
            Self::BaseTarget { base, target } => base.each().next()?.value < target.each().next()?.value,
            Self::Goalposts { .. } | Self::MinMax { .. } | Self::ZScore | Self::Rank => return None,
            Self::Piecewise { .. } | Self::Steps(_) => return None,
        })
    }

    /// Whether the better of two values always scores more, whatever `better` says.
    #[must_use]
    pub fn turns(&self) -> bool {
        matches!(self, Self::Goalposts { .. } | Self::MinMax { .. } | Self::ZScore | Self::Rank)
    }
}

/// What a value is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Benchmark {
    /// What the rules give.
    Given(PerGroup),
    /// The mean of those it is compared with.
    Mean,
    /// Their median.
    Median,
    /// The sum of all above the line of the formula by the sum of all below it.
    RatioOfSums,
}

impl Benchmark {
    /// The numbers that the rules give.
    #[must_use]
    pub fn given(&self) -> Option<&PerGroup> {
        match self {
            Self::Given(numbers) => Some(numbers),
            _ => None,
        }
    }
}

/// Which way a value is compared with a benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatioKind {
    /// value ÷ benchmark.
    Direct,
    /// benchmark ÷ value: less is better.
    Inverse,
    /// 2 − value ÷ benchmark: less is better, and twice the benchmark scores 0.
    Reverse,
}

/// What is done beyond the last point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// It scores as the last point does, and before the first one as that does.
    Last,
    /// It scores as the last point does; before the first one there is no score: a concentration below zero is none.
    Above,
    /// It has no score.
    None,
}

/// A range with its score.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The range.
    pub limits: Limits,
    /// The score.
    pub score: Sourced,
    /// Name.
    pub name: Option<Text>,
}

/// What is left of an event at an age.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Age {
    /// Younger than this many months.
    pub below_months: u32,
    /// The share that still counts.
    pub share: Sourced,
}
