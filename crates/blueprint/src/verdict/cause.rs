//! What decided a verdict. Compact, because a million verdicts are made and a few are read.

use crate::Period;

/// What decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The target names no indicator.
    NoIndicator,
    /// The catalogue does not hold the indicator.
    UnknownIndicator,
    /// Something of the definition is written and could not be read.
    Flawed,
    /// A wish without a number.
    NoForm,
    /// No date to reach it by.
    NoDeadline,
    /// A number to reach that cannot be one: not a number, a band upside down, a sum of nothing.
    BadNumber,
    /// The target's unit is not the indicator's.
    UnitDiffers,
    /// The level named has no areas.
    NoAreas,
    /// `hold` without a direction that says what is worse.
    NoDirection,
    /// A sum over something that is not a flow.
    NotAFlow,
    /// A sum over periods that cannot be counted through.
    BadSpan,
    /// A relative target without a baseline.
    NoBaseline,
    /// The baseline's period has no figure.
    BaselineNotObserved,
    /// A multiple of a baseline that is not above zero.
    BaselineNotPositive,
    /// A multiple of a baseline that is an interval and may not be above zero.
    BaselineOpen,
    /// The indicator's definition changed between baseline and figure.
    DefinitionChanged(Period),
    /// No figure at all.
    NoObservation,
    /// Only figures that cover a part of their period.
    OnlyPartial,
    /// Only figures of periods of another length.
    OtherLengths,
    /// The figure of the very period asked for is not out.
    NotOut,
    /// Decided by the figure of the deadline.
    AtDeadline,
    /// Decided by the first figure after the deadline.
    AfterDeadline,
    /// The level was reached before the deadline.
    Reached,
    /// The very period asked for has not passed; a forecast says how it may end.
    Foretold,
    /// Before the deadline, inside or outside of a band that has to be kept.
    Kept,
    /// The start was at or beyond the target already, the figure is not.
    FellBack,
    /// Decided by the lag behind the expected path.
    OnPath,
    /// Not reached, and nothing to draw a path from.
    NoPathStart,
    /// Not reached, and the newest figure is older than the start of the path.
    BeforeStart,
    /// Not reached, and the newest figure is of the day the path starts: no way has been measured yet.
    AtStart,
    /// Not reached, and the path would start at or after its end.
    NoPathLength,
}
