//! What the readers of networks have to say, told to the user.

use std::path::Path;

use lantu_blueprint::Lang;
use lantu_network::diagnostic::{Diagnostic, Severity};

use super::say;
use crate::text::style;

/// Problems of one file that are told; one broken file can have a million.
const MOST_TOLD: usize = 20;

/// Problems on standard error, so that they are not mixed into output; whether something was left out.
pub(crate) fn tell(problems: &[Diagnostic], path: &Path, lang: Lang) -> bool {
    for problem in problems.iter().take(MOST_TOLD) {
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
    if let Some(more) = problems.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
        match lang {
            Lang::Zh => anstream::eprintln!("……还有 {more} 条 · {}", path.display()),
            Lang::En => anstream::eprintln!("… and {more} more · {}", path.display()),
        }
    }
    problems.iter().any(|problem| problem.severity == Severity::Error)
}
