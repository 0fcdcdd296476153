//! What changed between two dates: the same blueprint, what was public on each day.

use lantu_blueprint::verdict::{TargetVerdict, Verdict};
use lantu_blueprint::{Date, Text};

use crate::City;

/// A verdict that moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Verdict id (`target` or `target@area`).
    pub id: String,
    /// Title of the target.
    pub title: Text,
    /// Before.
    pub from: Verdict,
    /// After.
    pub to: Verdict,
    /// Reasons of the later verdict.
    pub because: Vec<Text>,
    /// The reason that says most.
    pub headline: Text,
}

/// Verdicts that differ between two dates, in plan order.
pub fn changes(city: &City, since: Date, as_of: Date) -> Vec<Change> {
    let (before, after) = (city.assess(since), city.assess(as_of));
    // One plan, so both lists hold the same ids in the same order.
    let pairs = before.targets.iter().zip(&after.targets).filter(|(old, new)| old.verdict != new.verdict);
    let change = |(old, new): (&TargetVerdict, &TargetVerdict)| Change {
        id: new.id.clone(),
        title: city.plan().targets.get(new.target).map(|t| t.title.clone()).unwrap_or_default(),
        from: old.verdict,
        to: new.verdict,
        because: after.because(city.plan(), new),
        headline: after.headline(city.plan(), new),
    };
    pairs.map(change).collect()
}
