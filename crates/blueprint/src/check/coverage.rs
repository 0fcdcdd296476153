//! Measures that promise nothing that can be followed, or that nobody owns.

use std::collections::BTreeSet;

use super::Context;
use crate::{Code, Diagnostic, Text};

/// One diagnostic per measure and gap.
pub(super) fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let plan = context.plan;
    let targets = plan.targets.iter().filter_map(|t| t.measure.as_deref());
    let followed: BTreeSet<&str> = targets.chain(plan.milestones.iter().filter_map(|m| m.measure.as_deref())).collect();
    for measure in &plan.measures {
        let id = &measure.id;
        if !followed.contains(id.as_str()) {
            out.push(
                Diagnostic::new(
                    Code::MeasureWithoutTarget,
                    measure.location.clone(),
                    Text::new(
                        format!("举措「{id}」没有指标目标，也没有里程碑"),
                        format!("measure `{id}` has neither target nor milestone"),
                    ),
                )
                .hint(Text::new(
                    "补一个 target 或 milestone，否则无从跟踪",
                    "add a target or milestone, or it cannot be followed",
                )),
            );
        }
        if measure.owner.is_none() {
            out.push(
                Diagnostic::new(
                    Code::MeasureWithoutOwner,
                    measure.location.clone(),
                    Text::new(format!("举措「{id}」没有牵头单位"), format!("measure `{id}` has no owner")),
                )
                .hint(Text::new("有出处时写 owner=\"…\"", "write owner=\"…\" when a source names one")),
            );
        }
    }
}
