//! From a value to a score, once everything that depends on other units is known.

use std::sync::Arc;

use super::statistics::{deviation, mean, median, range};
use crate::expression::steady;
use crate::rules::{Benchmark, Beyond, Item, Limits, Method, Normalise, PerGroup, RatioKind, Round};

/// What a value on a limit may miss it by for being computed: 62.000000000001 is not rounded up to 63.
const SLIP: f64 = 1e-9;

/// A score for every value, alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    shape: Shape,
    cap: f64,
    floor: f64,
    scale: f64,
    round: Round,
    straight: Option<Straight>,
}

/// What most curves come to: `base ± (value − low) ÷ span`, kept between two bounds, times the scale. A whole column is scored
/// by it without asking row by row which method it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Straight {
    base: f64,
    sign: f64,
    low: f64,
    span: f64,
    least: f64,
    most: f64,
    scale: f64,
}

impl Straight {
    /// Scores nothing.
    pub(super) const NONE: Self =
        Self { base: f64::NAN, sign: 1.0, low: 0.0, span: 1.0, least: f64::NAN, most: f64::NAN, scale: 1.0 };

    pub(super) fn score(&self, value: f64) -> f64 {
        // A sign of one and a base of zero change no digit.
        let raw = self.base + self.sign * ((value - self.low) / self.span);
        let raw = if raw > self.most { self.most } else { raw };
        (if raw < self.least { self.least } else { raw }) * self.scale
    }
}

/// What a method comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// The value is the score.
    AsIs,
    /// Compared with a benchmark.
    Ratio(RatioKind, f64),
    /// 0 at the first, 1 at the second; the ends kept or not; logarithms compared or not.
    Line {
        /// Scores 0.
        low: f64,
        /// Scores 1.
        high: f64,
        /// Nothing below 0 and above 1.
        within: bool,
        /// Logarithms are compared.
        log: bool,
        /// The other way.
        falling: bool,
    },
    /// Deviations from a mean, up or down.
    Deviations {
        /// The mean.
        mean: f64,
        /// Standard deviation; less than 0 where less is better.
        deviation: f64,
    },
    /// Share of others behind.
    Rank {
        /// Values of all, ascending.
        sorted: Arc<[f64]>,
        /// Less is better.
        falling: bool,
    },
    /// Straight lines between points.
    Points(Vec<(f64, f64)>, Beyond),
    /// Ranges.
    Steps(Vec<(Limits, f64)>),
    /// What is left of full points.
    Deduction(f64),
    /// All values are the same, so that none is ahead: half of what can be had.
    Flat(f64),
    /// There is nothing to compare with.
    Nothing,
}

impl Curve {
    /// The score of a value; NaN where it has none.
    #[must_use]
    pub fn score(&self, value: f64) -> f64 {
        if let Some(straight) = self.straight {
            return straight.score(value);
        }
        if value.is_nan() {
            return f64::NAN;
        }
        self.finished(self.shape.score(value))
    }

    fn finished(&self, raw: f64) -> f64 {
        // `min` and `max` of the standard would turn a missing score into the bound.
        let bounded = if raw > self.cap {
            self.cap
        } else if raw < self.floor {
            self.floor
        } else {
            raw
        };
        let scaled = bounded * self.scale;
        match self.round {
            Round::No => scaled,
            // Not −0.
            Round::Up => (scaled - SLIP).ceil() + 0.0,
            Round::Nearest => (scaled + 0.5 + SLIP).floor() + 0.0,
        }
    }

    /// The score that a value would have in place of one that is among those compared.
    #[must_use]
    pub fn score_instead(&self, value: f64, own: f64) -> f64 {
        match &self.shape {
            Shape::Rank { sorted, falling } if !own.is_nan() && !value.is_nan() => {
                let among = |value: f64| {
                    let below = sorted.partition_point(|other| *other < value);
                    (below, sorted.partition_point(|other| *other <= value) - below)
                };
                let (below, same) = among(value);
                let (below, same) = (below - usize::from(own < value), same - usize::from(own == value));
                let share = (below as f64 + same as f64 / 2.0) / (sorted.len() as f64 - 1.0);
                self.finished(if *falling { 1.0 - share } else { share })
            }
            _ => self.score(value),
        }
    }

    /// What the value is compared with: the benchmark, where there is one number that says it.
    #[must_use]
    pub fn benchmark(&self) -> Option<f64> {
        match self.shape {
            Shape::Ratio(_, benchmark) => Some(benchmark),
            Shape::Deviations { mean, .. } => Some(mean),
            Shape::Line { low, high, falling, .. } => Some(if falling { low } else { high }),
            Shape::Deduction(full) => Some(full),
            _ => None,
        }
    }

    /// The shape.
    #[must_use]
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Whether the cap or the floor stands in place of what the value would score.
    #[must_use]
    pub fn is_bounded(&self, value: f64) -> bool {
        let raw = self.shape.score(value);
        raw > self.cap || raw < self.floor
    }

    /// Scores compared with each other: by least and greatest, or by rank.
    pub(crate) fn of_scores(there: &[f64], by_rank: bool) -> Self {
        let method = if by_rank { Method::Rank } else { Method::MinMax { log: false } };
        let shape = compared(&method, there, false);
        Self::bounded(shape, (f64::NEG_INFINITY, f64::INFINITY), 1.0, Round::No)
    }

    /// The straight line that it is; none where it is another shape, or is rounded.
    pub(super) fn straight(&self) -> Option<Straight> {
        self.straight
    }

    fn bounded(shape: Shape, (floor, cap): (f64, f64), scale: f64, round: Round) -> Self {
        let straight = shape.straight(floor, cap, scale).filter(|_| round == Round::No);
        Self { shape, cap, floor, scale, round, straight }
    }

    fn new(shape: Shape, normalise: &Normalise) -> Self {
        let floor = normalise.floor.map_or(f64::NEG_INFINITY, |floor| floor.value);
        let cap = normalise.cap.map_or(f64::INFINITY, |cap| cap.value);
        let scale = normalise.scale.map_or(1.0, |scale| scale.value);
        Self::bounded(shape, (floor, cap), scale, normalise.round)
    }
}

impl Shape {
    fn straight(&self, floor: f64, cap: f64, scale: f64) -> Option<Straight> {
        let line = |base, sign, low, span| Straight { base, sign, low, span, least: floor, most: cap, scale };
        Some(match *self {
            Self::AsIs => line(0.0, 1.0, 0.0, 1.0),
            Self::Ratio(RatioKind::Direct, benchmark) => line(0.0, 1.0, 0.0, benchmark),
            Self::Ratio(RatioKind::Reverse, benchmark) => line(2.0, -1.0, 0.0, benchmark),
            Self::Line { low, high, within, log: false, falling } => {
                let line = if falling { line(1.0, -1.0, low, high - low) } else { line(0.0, 1.0, low, high - low) };
                let (least, most) = if within { (floor.max(0.0), cap.min(1.0)) } else { (floor, cap) };
                Straight { least, most, ..line }
            }
            Self::Deviations { mean, deviation } => line(0.0, 1.0, mean, deviation),
            Self::Deduction(full) => line(full, -1.0, 0.0, 1.0),
            Self::Nothing => Straight::NONE,
            _ => return None,
        })
    }

    fn score(&self, value: f64) -> f64 {
        match self {
            Self::AsIs => value,
            Self::Ratio(RatioKind::Direct, benchmark) => value / benchmark,
            Self::Ratio(RatioKind::Inverse, _) if value == 0.0 => f64::NAN,
            Self::Ratio(RatioKind::Inverse, benchmark) => benchmark / value,
            Self::Ratio(RatioKind::Reverse, benchmark) => 2.0 - value / benchmark,
            Self::Line { low, high, within, log, falling } => {
                let value = if *within { value.clamp(low.min(*high), low.max(*high)) } else { value };
                let along = |value: f64| if *log { libm::log(value) } else { value };
                let share = (along(value) - along(*low)) / (along(*high) - along(*low));
                let share = if share.is_finite() { share } else { f64::NAN };
                if *falling { 1.0 - share } else { share }
            }
            Self::Deviations { mean, deviation } => (value - mean) / deviation,
            Self::Rank { sorted, falling } => {
                let value = steady(value);
                let below = sorted.partition_point(|other| *other < value);
                let same = sorted.partition_point(|other| *other <= value) - below;
                // Itself is among those beside it.
                let behind = below as f64 + (same as f64 - 1.0).max(0.0) / 2.0;
                let share = (behind / (sorted.len() as f64 - 1.0)).clamp(0.0, 1.0);
                if *falling { 1.0 - share } else { share }
            }
            Self::Points(points, beyond) => between(points, *beyond, value),
            Self::Steps(steps) => {
                steps.iter().find(|(limits, _)| limits.hold(value)).map_or(f64::NAN, |(_, score)| *score)
            }
            Self::Deduction(full) => full - value,
            Self::Flat(middle) => *middle,
            Self::Nothing => f64::NAN,
        }
    }
}

fn between(points: &[(f64, f64)], beyond: Beyond, value: f64) -> f64 {
    let after = points.partition_point(|(x, _)| *x < value);
    match (after.checked_sub(1).and_then(|at| points.get(at)), points.get(after)) {
        (_, Some((x, y))) if *x == value => *y,
        (Some((from, low)), Some((to, high))) => low + (high - low) * ((value - from) / (to - from)),
        (Some((_, end)), None) if beyond != Beyond::None => *end,
        (None, Some((_, end))) if beyond == Beyond::Last => *end,
        _ => f64::NAN,
    }
}

/// What the numbers of an item's own groups come to: given ones by group of the rules.
pub(super) fn given(item: &Item, group: usize) -> Option<Curve> {
    let of = |numbers: &PerGroup| numbers.of(group).map_or(f64::NAN, |number| number.value);
    let shape = match &item.normalise.method {
        Method::AsIs => Shape::AsIs,
        Method::Ratio { benchmark: Benchmark::Given(numbers), kind } => ratio(*kind, of(numbers)),
        Method::BaseTarget { base, target } => line(of(base), of(target), false, false, false),
        Method::Goalposts { low, high, log } => line(of(low), of(high), true, *log, !item.better_high),
        Method::Piecewise { points, beyond } => {
            Shape::Points(points.iter().map(|(x, y)| (x.value, y.value)).collect(), *beyond)
        }
        Method::Steps(steps) => Shape::Steps(steps.iter().map(|step| (step.limits, step.score.value)).collect()),
        Method::Deduction { full, .. } => Shape::Deduction(full.value),
        Method::Ratio { .. } | Method::MinMax { .. } | Method::ZScore | Method::Rank => return None,
    };
    Some(Curve::new(shape, &item.normalise))
}

/// Compared with a benchmark that the data give.
pub(super) fn against(item: &Item, kind: RatioKind, benchmark: f64) -> Curve {
    Curve::new(ratio(kind, benchmark), &item.normalise)
}

/// What the values of those with whom a unit is compared come to.
pub(super) fn fitted(item: &Item, there: &[f64]) -> Curve {
    match &item.normalise.method {
        Method::Ratio { benchmark: Benchmark::Median, kind } => against(item, *kind, median(there)),
        other => Curve::new(compared(other, there, !item.better_high), &item.normalise),
    }
}

/// Methods that look at nothing but the values of all.
fn compared(method: &Method, there: &[f64], falling: bool) -> Shape {
    let Some((least, most)) = range(there) else { return Shape::Nothing };
    // Values that differ by what computing leaves over are the same, as totals are.
    let flat = steady(least) == steady(most);
    match method {
        Method::MinMax { .. } | Method::Rank if flat => Shape::Flat(0.5),
        Method::ZScore if flat => Shape::Flat(0.0),
        Method::MinMax { log } => line(least, most, false, *log, falling),
        Method::ZScore => {
            let deviation = deviation(there);
            Shape::Deviations { mean: mean(there), deviation: if falling { -deviation } else { deviation } }
        }
        Method::Rank => {
            let mut sorted: Vec<f64> = there.iter().map(|value| steady(*value)).collect();
            sorted.sort_unstable_by(f64::total_cmp);
            Shape::Rank { sorted: sorted.into(), falling }
        }
        _ => Shape::Nothing,
    }
}

fn ratio(kind: RatioKind, benchmark: f64) -> Shape {
    // A benchmark of nothing, or below, makes no scale.
    if benchmark > 0.0 && benchmark.is_finite() { Shape::Ratio(kind, benchmark) } else { Shape::Nothing }
}

fn line(low: f64, high: f64, within: bool, log: bool, falling: bool) -> Shape {
    let sound = low.is_finite() && high.is_finite() && low != high && (!log || low.min(high) > 0.0);
    if sound { Shape::Line { low, high, within, log, falling } } else { Shape::Nothing }
}

#[cfg(test)]
mod tests {
    use super::between;
    use crate::rules::Beyond;

    #[test]
    fn beyond_the_ends_of_a_scale() {
        let points = [(0.0, 0.0), (10.0, 50.0), (20.0, 150.0)];
        for (beyond, below, above) in
            [(Beyond::Last, 0.0, 150.0), (Beyond::Above, f64::NAN, 150.0), (Beyond::None, f64::NAN, f64::NAN)]
        {
            for (value, expected) in
                [(-1.0, below), (0.0, 0.0), (10.0, 50.0), (15.0, 100.0), (20.0, 150.0), (21.0, above)]
            {
                let found = between(&points, beyond, value);
                assert!(found == expected || (found.is_nan() && expected.is_nan()), "{beyond:?} {value}: {found}");
            }
        }
    }
}
