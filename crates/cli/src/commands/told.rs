//! What the readers of networks have to say, told to the user.

use std::collections::BTreeMap;
use std::path::Path;

use lantu_blueprint::Lang;
use lantu_network::diagnostic::{Diagnostic, Severity};

use super::say;
use crate::text::style;

/// Problems of one kind in one file that are told; one broken file can have a million. What is about the whole file is always told.
const MOST_TOLD: usize = 20;

/// Problems on standard error, so that they are not mixed into output; whether something was left out.
pub(crate) fn tell(problems: &[Diagnostic], path: &Path, lang: Lang) -> bool {
    let mut told: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for problem in problems {
        let count = told.entry((problem.file, problem.code.word())).or_default();
        *count += usize::from(problem.line > 0);
        if problem.line > 0 && *count > MOST_TOLD {
            continue;
        }
        let (severity, word) = match problem.severity {
            Severity::Error => (lantu_blueprint::Severity::Error, say(lang, "错误", "error")),
            Severity::Warning => (lantu_blueprint::Severity::Warning, say(lang, "警告", "warning")),
            Severity::Note => (lantu_blueprint::Severity::Note, say(lang, "提示", "note")),
        };
        let said = match lang {
            Lang::Zh => &problem.message.zh,
            Lang::En => &problem.message.en,
        };
        let head = style::severity(severity, &format!("{word}[{}]", problem.code.word()));
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
    problems.iter().any(|problem| problem.severity == Severity::Error)
}
