//! Milestones: done, done late, or not known. Absence of evidence is never "not done".

use super::{Assessment, Verdict};
use crate::model::{Milestone, MilestoneEvidence, Plan};
use crate::{Date, Text};

/// The verdict on one milestone: met, missed (done late) or unmeasured (no evidence, which is not "not done").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MilestoneVerdict {
    /// Position of the milestone in `plan.milestones`.
    pub milestone: usize,
    /// Verdict.
    pub verdict: Verdict,
}

pub(super) fn assess(plan: &Plan, as_of: Date) -> Vec<MilestoneVerdict> {
    let judge = |(milestone, m): (usize, &Milestone)| MilestoneVerdict {
        milestone,
        verdict: match known(m, as_of) {
            None => Verdict::Unmeasured,
            Some(evidence) if m.by.is_some_and(|by| evidence.done > by.end()) => Verdict::Missed,
            Some(_) => Verdict::Met,
        },
    };
    plan.milestones.iter().enumerate().map(judge).collect()
}

/// Evidence of a later day is not known yet.
fn known(milestone: &Milestone, as_of: Date) -> Option<&MilestoneEvidence> {
    milestone.evidence.as_ref().filter(|e| e.done <= as_of)
}

impl Assessment {
    /// Why a milestone stands where it stands: one sentence each, in both languages.
    pub fn milestone_because(&self, plan: &Plan, verdict: &MilestoneVerdict) -> Vec<Text> {
        let Some(milestone) = plan.milestones.get(verdict.milestone) else { return Vec::new() };
        let mut said = Vec::new();
        let by = milestone.by.map(|by| by.end());
        match by {
            Some(by) => said.push(Text::new(format!("应于 {by} 前完成。"), format!("To be done by {by}."))),
            None => said.push(Text::new("没有写明完成期限。", "No date is set for it.")),
        }
        let Some(evidence) = known(milestone, self.as_of) else {
            said.push(match by.filter(|by| *by < self.as_of) {
                Some(_) => Text::new(
                    format!("期限已过，截至 {} 没有完成的证据；没有证据不等于没有完成。", self.as_of),
                    format!(
                        "The date has passed and no evidence is on record as of {}; unknown is not \"not done\".",
                        self.as_of
                    ),
                ),
                None => Text::new(
                    format!("截至 {} 没有完成的证据；没有证据不等于没有完成。", self.as_of),
                    format!("No evidence is on record as of {}; unknown is not \"not done\".", self.as_of),
                ),
            });
            said.push(Text::new(
                "如已完成，请在该里程碑写明完成日期和出处（done）。",
                "If it is done, record the day and the source in the milestone (done).",
            ));
            return said;
        };
        let (done, source) = (evidence.done, &evidence.source);
        said.push(Text::new(format!("{done} 完成，出处：{source}。"), format!("Done on {done}, source: {source}.")));
        if let Some(by) = by.filter(|by| done > *by) {
            let days = by.until(done).map_or(0, |span| span.get_days());
            said.push(Text::new(
                format!("已完成，但晚于期限 {days} 天。"),
                format!("Done, but {days} {} late.", if days == 1 { "day" } else { "days" }),
            ));
        }
        said
    }
}
