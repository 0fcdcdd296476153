//! What the readers of networks and of tables of units have to say, told to the user.

use std::collections::BTreeMap;
use std::path::Path;

use lantu_appraisal::diagnostic as units;
use lantu_blueprint::{Lang, Severity};
use lantu_network::diagnostic as network;

use super::say;
use crate::text::style;

/// Problems of one kind in one file that are told; one broken file can have a million. What is about the whole file is always told.
const MOST_TOLD: usize = 20;

/// A problem, whichever kernel tells it.
struct Problem<'a> {
    file: &'a str,
    code: &'static str,
    severity: Severity,
    line: usize,
    message: &'a str,
}

/// Problems of a network on standard error, so that they are not mixed into output; whether something was left out.
pub(crate) fn tell(problems: &[network::Diagnostic], path: &Path, lang: Lang) -> bool {
    let problems = problems.iter().map(|problem| Problem {
        file: problem.file,
        code: problem.code.word(),
        severity: match problem.severity {
            network::Severity::Error => Severity::Error,
            network::Severity::Warning => Severity::Warning,
            network::Severity::Note => Severity::Note,
        },
        line: problem.line,
        message: if lang == Lang::Zh { &problem.message.zh } else { &problem.message.en },
    });
    tell_all(problems, path, lang)
}

/// The same of a table of units.
pub(crate) fn tell_units(problems: &[units::Diagnostic], path: &Path, lang: Lang) -> bool {
    let problems = problems.iter().map(|problem| Problem {
        file: "",
        code: problem.code.word(),
        severity: match problem.severity {
            units::Severity::Error => Severity::Error,
            units::Severity::Warning => Severity::Warning,
            units::Severity::Note => Severity::Note,
        },
        line: problem.line,
        message: if lang == Lang::Zh { &problem.message.zh } else { &problem.message.en },
    });
    tell_all(problems, path, lang)
}

fn tell_all<'a>(problems: impl Iterator<Item = Problem<'a>>, path: &Path, lang: Lang) -> bool {
    let mut told: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut left_out = false;
    for problem in problems {
        left_out |= problem.severity == Severity::Error;
        let count = told.entry((problem.file, problem.code)).or_default();
        *count += usize::from(problem.line > 0);
        if problem.line > 0 && *count > MOST_TOLD {
            continue;
        }
        let word = match problem.severity {
            Severity::Error => say(lang, "错误", "error"),
            Severity::Warning => say(lang, "警告", "warning"),
            Severity::Note => say(lang, "提示", "note"),
        };
        let head = style::severity(problem.severity, &format!("{word}[{}]", problem.code));
        let file = if problem.file.is_empty() { path.to_owned() } else { path.join(problem.file) };
        let (message, line) = (problem.message, problem.line.max(1));
        anstream::eprintln!("{head} {message}\n  {} {}:{line}", style::dim("→"), file.display());
    }
    for ((file, code), count) in told.into_iter().filter(|(_, count)| *count > MOST_TOLD) {
        let (more, place) = (count - MOST_TOLD, if file.is_empty() { path.to_owned() } else { path.join(file) });
        match lang {
            Lang::Zh => anstream::eprintln!("……还有 {more} 条 {code} · {}", place.display()),
            Lang::En => anstream::eprintln!("… and {more} more {code} · {}", place.display()),
        }
    }
    left_out
}
