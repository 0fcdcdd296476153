//! What is said about a model, with places.

use std::fmt::Write;

use lantu_blueprint::Lang;
use lantu_simulation::diagnostic::{Diagnostic, Severity, Text, position};
use serde_json::{Value, json};

use crate::text::style;

pub(crate) fn said(text: &Text, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &text.zh,
        Lang::En => &text.en,
    }
}

fn severity(problem: &Diagnostic) -> lantu_blueprint::Severity {
    match problem.severity {
        Severity::Error => lantu_blueprint::Severity::Error,
        Severity::Warning => lantu_blueprint::Severity::Warning,
        Severity::Note => lantu_blueprint::Severity::Note,
    }
}

/// For people.
pub(crate) fn as_text(problems: &[Diagnostic], path: &str, text: &str, lang: Lang) -> String {
    let mut out = String::new();
    for problem in problems {
        let severity = severity(problem);
        let word = match (severity, lang) {
            (lantu_blueprint::Severity::Error, Lang::Zh) => "错误",
            (lantu_blueprint::Severity::Warning, Lang::Zh) => "警告",
            (lantu_blueprint::Severity::Note, Lang::Zh) => "提示",
            (severity, Lang::En) => severity.word(),
        };
        let head = style::severity(severity, &format!("{word}[{}]", problem.code.word()));
        let _ = writeln!(out, "{head} {}", said(&problem.message, lang));
        let (line, column) = position(text, problem.span.start);
        let _ = writeln!(out, "  {} {path}:{line}:{column}", style::dim("→"));
        if let Some(hint) = &problem.hint {
            let label = match lang {
                Lang::Zh => "怎么办：",
                Lang::En => "hint:",
            };
            let _ = writeln!(out, "  {} {}", style::dim(label), said(hint, lang));
        }
    }
    out
}

/// For programs.
pub(crate) fn as_json(problems: &[Diagnostic], path: &str, text: &str, lang: Lang) -> Vec<Value> {
    let one = |problem: &Diagnostic| {
        let (line, column) = position(text, problem.span.start);
        json!({
            "code": problem.code.word(),
            "severity": severity(problem).word(),
            "message": said(&problem.message, lang),
            "file": path,
            "line": line,
            "column": column,
            "hint": problem.hint.as_ref().map_or("", |hint| said(hint, lang)),
        })
    };
    problems.iter().map(one).collect()
}
