//! What the readers of kernels have to say about files, told to the user.

use std::collections::BTreeMap;
use std::path::Path;

use lantu_blueprint::Lang;
use lantu_network::diagnostic::{Diagnostic, Severity};

use super::say;
use crate::text::style;

/// Problems of one kind in one file that are told; one broken file can have a million. What is about the whole file is always told.
const MOST_TOLD: usize = 20;

/// One thing to tell, whichever kernel found it.
struct Said<'a> {
    severity: lantu_blueprint::Severity,
    code: &'static str,
    /// Below the path that was given; empty for that path itself.
    file: &'a str,
    line: usize,
    message: &'a str,
}

/// Problems on standard error, so that they are not mixed into output; whether something was left out.
pub(crate) fn tell(problems: &[Diagnostic], path: &Path, lang: Lang) -> bool {
    let said = problems.iter().map(|problem| Said {
        severity: match problem.severity {
            Severity::Error => lantu_blueprint::Severity::Error,
            Severity::Warning => lantu_blueprint::Severity::Warning,
            Severity::Note => lantu_blueprint::Severity::Note,
        },
        code: problem.code.word(),
        file: problem.file,
        line: problem.line,
        message: match lang {
            Lang::Zh => &problem.message.zh,
            Lang::En => &problem.message.en,
        },
    });
    tell_each(said, path, lang)
}

/// The same of rules of appraisal and the tables that they are applied to.
pub(crate) fn tell_appraisal(problems: &[lantu_appraisal::diagnostic::Diagnostic], path: &Path, lang: Lang) -> bool {
    let said = problems.iter().map(|problem| Said {
        severity: appraisal_severity(problem.severity),
        code: problem.code.word(),
        file: "",
        line: problem.line,
        message: text(&problem.message, lang),
    });
    tell_each(said, path, lang)
}

/// A severity of the appraisal kernel in the words of the plan.
pub(crate) fn appraisal_severity(severity: lantu_appraisal::diagnostic::Severity) -> lantu_blueprint::Severity {
    use lantu_appraisal::diagnostic::Severity;
    match severity {
        Severity::Error => lantu_blueprint::Severity::Error,
        Severity::Warning => lantu_blueprint::Severity::Warning,
        Severity::Note => lantu_blueprint::Severity::Note,
    }
}

/// A text of the appraisal kernel in one language.
pub(crate) fn text(text: &lantu_appraisal::diagnostic::Text, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &text.zh,
        Lang::En => &text.en,
    }
}

fn tell_each<'a>(problems: impl Iterator<Item = Said<'a>>, path: &Path, lang: Lang) -> bool {
    let mut told: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut left_out = false;
    for problem in problems {
        left_out |= problem.severity == lantu_blueprint::Severity::Error;
        let count = told.entry((problem.file, problem.code)).or_default();
        *count += usize::from(problem.line > 0);
        if problem.line > 0 && *count > MOST_TOLD {
            continue;
        }
        let word = match problem.severity {
            lantu_blueprint::Severity::Error => say(lang, "错误", "error"),
            lantu_blueprint::Severity::Warning => say(lang, "警告", "warning"),
            lantu_blueprint::Severity::Note => say(lang, "提示", "note"),
        };
        let head = style::severity(problem.severity, &format!("{word}[{}]", problem.code));
        let file = if problem.file.is_empty() { path.to_owned() } else { path.join(problem.file) };
        let (said, line) = (problem.message, problem.line.max(1));
        anstream::eprintln!("{head} {said}\n  {} {}:{line}", style::dim("→"), file.display());
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
