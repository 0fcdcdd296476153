//! Checks: what a plan that parses can still get wrong. One file per subject, one visible list.

mod contradictions;
mod coverage;
mod cycles;
mod manifest;
mod references;
mod targets;
mod translations;

use crate::model::Plan;
use crate::{Date, Diagnostic, Sources, file};

/// What a check may look at. There is no clock: "overdue" is judged on `as_of`.
pub(crate) struct Context<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) sources: &'a Sources,
    pub(crate) as_of: Date,
}

type Check = fn(&Context<'_>, &mut Vec<Diagnostic>);

/// Every check, in the order of docs/diagnostics/README.md.
const CHECKS: [Check; 8] = [
    references::check,
    cycles::check,
    targets::check,
    contradictions::check,
    coverage::check,
    translations::check,
    manifest::check,
    references::check_queries,
];

/// Text → plan and every problem: parse, run all checks. Never fails.
pub fn read(sources: &Sources, as_of: Date) -> (Plan, Vec<Diagnostic>) {
    let (plan, mut diagnostics) = file::parse(sources);
    let context = Context { plan: &plan, sources, as_of };
    for check in CHECKS {
        check(&context, &mut diagnostics);
    }
    diagnostics.sort();
    diagnostics.dedup();
    (plan, diagnostics)
}
