//! Rules of appraisal in a blueprint folder: checked by their kernel, told as problems of the plan.

use lantu_appraisal::diagnostic::Severity;
use lantu_appraisal::read::rules::{is_rule_set, read};
use lantu_appraisal::read::versions::between;
use lantu_appraisal::rules::RuleSet;
use lantu_blueprint::{Code, Diagnostic, Location, Sources, Text};

/// Every problem of every rule file and between them.
pub(crate) fn check(sources: &Sources) -> Vec<Diagnostic> {
    let (mut found, mut sets): (Vec<Diagnostic>, Vec<(&str, RuleSet)>) = (Vec::new(), Vec::new());
    for (path, bytes) in &sources.texts {
        // What is not UTF-8 has been told by the reader of the plan.
        let text = std::str::from_utf8(bytes).ok().filter(|_| path.starts_with("rules/") && path.ends_with(".toml"));
        let Some(text) = text.filter(|text| is_rule_set(text)) else { continue };
        let (set, problems) = read(text);
        found.extend(problems.into_iter().map(|problem| as_of_the_plan(path, problem)));
        sets.extend(set.map(|set| (path.as_str(), set)));
    }
    let named: Vec<(&str, &RuleSet)> = sets.iter().map(|(path, set)| (*path, set)).collect();
    for (at, problem) in between(&named) {
        found.extend(named.get(at).map(|(path, _)| as_of_the_plan(path, problem)));
    }
    found
}

fn as_of_the_plan(path: &str, problem: lantu_appraisal::diagnostic::Diagnostic) -> Diagnostic {
    let code = if problem.severity == Severity::Error { Code::BadRules } else { Code::DoubtfulRules };
    let line = u32::try_from(problem.line.max(1)).unwrap_or(u32::MAX);
    let text = problem.message;
    Diagnostic::new(code, Location::new(path, line, 1), Text::new(text.zh, text.en))
}
