//! What the readers of networks and of tables have to say, told to the user.

use std::collections::BTreeMap;
use std::path::Path;

use lantu_blueprint::Lang;
use lantu_network::diagnostic::{Diagnostic, Severity};

use super::say;
use crate::text::style;

/// Problems of one kind in one file that are told; one broken file can have a million. What is about the whole file is always told.
const MOST_TOLD: usize = 20;

/// A diagnostic of any kernel.
struct Said<'a> {
    severity: lantu_blueprint::Severity,
    code: &'static str,
    /// Of a folder that is read as one; empty where there is but one.
    file: &'static str,
    line: usize,
    zh: &'a str,
    en: &'a str,
}

/// Problems of networks on standard error, so that they are not mixed into output; whether something was left out.
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
        zh: &problem.message.zh,
        en: &problem.message.en,
    });
    tell_all(said, path, lang)
}

/// The same of tables that are appraised or measured.
pub(crate) fn tell_of_units(problems: &[lantu_appraisal::diagnostic::Diagnostic], path: &Path, lang: Lang) -> bool {
    use lantu_appraisal::diagnostic::Severity;
    let said = problems.iter().map(|problem| Said {
        severity: match problem.severity {
            Severity::Error => lantu_blueprint::Severity::Error,
            Severity::Warning => lantu_blueprint::Severity::Warning,
            Severity::Note => lantu_blueprint::Severity::Note,
        },
        code: problem.code.word(),
        file: "",
        line: problem.line,
        zh: &problem.message.zh,
        en: &problem.message.en,
    });
    tell_all(said, path, lang)
}

fn tell_all<'a>(problems: impl Iterator<Item = Said<'a>>, path: &Path, lang: Lang) -> bool {
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
        let said = match lang {
            Lang::Zh => problem.zh,
            Lang::En => problem.en,
        };
        let head = style::severity(problem.severity, &format!("{word}[{}]", problem.code));
        let file = if problem.file.is_empty() { path.to_owned() } else { path.join(problem.file) };
        anstream::eprintln!("{head} {said}\n  {} {}:{}", style::dim("→"), file.display(), problem.line.max(1));
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
