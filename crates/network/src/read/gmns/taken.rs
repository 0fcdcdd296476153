//! What is taken where `link.csv` has nothing, as Path4GMNS takes it, and how often that was.

use super::units::Units;
use crate::diagnostic::{Code, Diagnostic};

pub(super) const LANES: f64 = 1.0;
/// An hour and lane.
pub(super) const CAPACITY: f64 = 1_999.0;
/// In the file's unit.
pub(super) const SPEED: f64 = 60.0;
/// Of the curve of the US Bureau of Public Roads, as is the power.
pub(super) const B: f64 = 0.15;
pub(super) const POWER: f64 = 4.0;

/// How often something was taken for granted, and where first.
#[derive(Clone, Copy, Default)]
pub(super) struct Tally {
    count: usize,
    line: usize,
}

impl Tally {
    pub(super) fn add(&mut self, line: usize) {
        self.line = if self.count == 0 { line } else { self.line };
        self.count += 1;
    }

    /// The value, or the usual one where there is none.
    pub(super) fn usual(&mut self, value: Option<f64>, usual: f64, line: usize) -> f64 {
        value.unwrap_or_else(|| {
            self.add(line);
            usual
        })
    }
}

/// One for each kind.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) lanes: Tally,
    pub(super) capacity: Tally,
    pub(super) speed: Tally,
    pub(super) curve: Tally,
    pub(super) units: Tally,
    pub(super) not_for_cars: Tally,
}

impl Taken {
    /// One note for each kind.
    pub(super) fn say(&self, units: &Units, problems: &mut Vec<Diagnostic>) {
        let mut note = |code, tally: Tally, zh: String, en: String| {
            if tally.count > 0 {
                let (zh, en) = (format!("{zh}（{} 条路段）", tally.count), format!("{en} (links: {})", tally.count));
                problems.push(Diagnostic::note(code, tally.line, zh, en));
            }
        };
        note(
            Code::Default,
            self.lanes,
            format!("没有 lanes：按 {LANES} 条车道"),
            format!("no lanes: {LANES} is taken"),
        );
        note(
            Code::Default,
            self.capacity,
            format!("没有 capacity：每条车道每小时按 {CAPACITY} 辆"),
            format!("no capacity: {CAPACITY} an hour and lane is taken"),
        );
        note(
            Code::Default,
            self.speed,
            format!("没有 free_speed：按 {SPEED}（文件的速度单位）"),
            format!("no free_speed: {SPEED} is taken, in the file's unit"),
        );
        note(
            Code::Default,
            self.curve,
            format!("没有 vdf_alpha 或 vdf_beta：按 {B} 和 {POWER}"),
            format!("no vdf_alpha or vdf_beta: {B} and {POWER} are taken"),
        );
        if !units.given {
            note(
                Code::Default,
                self.units,
                "时间由长度和速度算出，没有 config.csv 写明单位：按英里和英里每小时".into(),
                "times are those of length and speed, and no config.csv names the units: miles and mph are taken"
                    .into(),
            );
        }
        note(
            Code::NotForCars,
            self.not_for_cars,
            "不走汽车（allowed_uses 里没有，或车道数、通行能力为 0）：没有用".into(),
            "not for cars (by allowed_uses, or without lanes or capacity): left out".into(),
        );
    }
}
