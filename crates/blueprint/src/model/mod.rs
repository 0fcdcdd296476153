//! The typed plan: plain data, no behaviour beyond look-ups. Everything carries the place it was written at.

mod area;
mod indicator;
mod manifest;
mod observation;
mod plan;
mod rules;
mod target;

pub use area::{Area, AreaLevel};
pub use indicator::{Direction, Indicator, IndicatorCase, IndicatorKind, Nature};
pub use manifest::{DataFile, DataRole};
pub use observation::{Observation, Qualifier, RowRef, Stage, Trust};
pub use plan::{
    Block, Calendar, City, Document, Goal, Measure, Milestone, MilestoneEvidence, Plan, Programme, Source,
    Transformation,
};
pub use rules::{LightRule, RuleSet};
pub use target::{Baseline, Deadline, FieldPlaces, Form, Target, TargetArea, TargetKind};
