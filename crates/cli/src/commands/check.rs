//! `lantu check`

use std::fmt::Write;

use lantu_blueprint::{Diagnostic, Lang, Severity};
use lantu_city::City;
use serde_json::json;

use super::{check_rules, say, several};
use crate::Outcome;
use crate::arguments::{Check, Format};
use crate::text::{csv, print, print_json, style};

/// A problem of a plan or of rules, in one language.
pub(super) struct Found {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) file: String,
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) hint: String,
}

pub(crate) fn run(command: &Check, lang: Lang) -> anyhow::Result<Outcome> {
    let path = &command.at.city;
    let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    if is_toml && !path.exists() {
        anyhow::bail!("{}: {}", path.display(), say(lang, "没有这个文件", "there is no such file"));
    }
    let (found, about) = match check_rules::meant(path, lang)? {
        Some(rules) => check_rules::check(&rules, lang)?,
        None => {
            let found = City::check(path, command.at.as_of())?;
            (found.iter().map(|d| of_the_plan(d, lang)).collect(), String::new())
        }
    };
    match command.format {
        Format::Json => print_json(&found.iter().map(as_json).collect::<Vec<_>>())?,
        Format::Csv => print(&as_csv(&found))?,
        Format::Text => print(&format!("{about}{}", as_text(&found, lang)))?,
    }
    let errors = found.iter().any(|one| one.severity == Severity::Error);
    Ok(if errors { Outcome::Findings } else { Outcome::Fine })
}

fn of_the_plan(d: &Diagnostic, lang: Lang) -> Found {
    Found {
        code: d.code.word(),
        severity: d.severity(),
        message: d.message.get(lang).to_owned(),
        file: d.location.file.to_string(),
        line: d.location.line,
        column: d.location.column,
        hint: d.hint.get(lang).to_owned(),
    }
}

fn as_json(found: &Found) -> serde_json::Value {
    json!({
        "code": found.code,
        "severity": found.severity.word(),
        "message": found.message,
        "file": found.file,
        "line": found.line,
        "column": found.column,
        "hint": found.hint,
    })
}

fn as_csv(all: &[Found]) -> String {
    let mut out = csv::line(["code", "severity", "message", "file", "line", "column", "hint"]);
    for found in all {
        let (line, column) = (found.line.to_string(), found.column.to_string());
        let cells = [found.code, found.severity.word(), &found.message, &found.file, &line, &column, &found.hint];
        out.push_str(&csv::line(cells));
    }
    out
}

fn as_text(diagnostics: &[Found], lang: Lang) -> String {
    let mut out = String::new();
    for d in diagnostics {
        let word = match (d.severity, lang) {
            (Severity::Error, Lang::Zh) => "错误",
            (Severity::Warning, Lang::Zh) => "警告",
            (Severity::Note, Lang::Zh) => "提示",
            (severity, Lang::En) => severity.word(),
        };
        let head = style::severity(d.severity, &format!("{word}[{}]", d.code));
        let _ = writeln!(out, "{head} {}", d.message);
        let _ = writeln!(out, "  {} {}", style::dim("→"), format_args!("{}:{}:{}", d.file, d.line, d.column));
        if !d.hint.is_empty() {
            let _ = writeln!(out, "  {} {}", style::dim(say(lang, "怎么办：", "hint:")), d.hint);
        }
    }
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let total = match lang {
        Lang::Zh => format!("{errors} 个错误，{warnings} 个警告，{notes} 条提示"),
        Lang::En => {
            let each = [(errors, "error"), (warnings, "warning"), (notes, "note")];
            each.map(|(count, one)| several(count, one)).join(", ")
        }
    };
    let _ = writeln!(out, "{}", if errors == 0 { style::good(&total) } else { style::bad(&total) });
    out
}
