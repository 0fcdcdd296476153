//! `lantu check`

use std::fmt::Write;

use lantu_blueprint::{Diagnostic, Lang, Severity};
use lantu_city::City;
use serde_json::json;

use super::{has_errors, say};
use crate::Outcome;
use crate::arguments::{Check, Format};
use crate::text::{csv, print, print_json, style};

pub(crate) fn run(command: &Check, lang: Lang) -> anyhow::Result<Outcome> {
    let diagnostics = City::check(&command.at.city, command.at.as_of())?;
    match command.format {
        Format::Json => print_json(&diagnostics.iter().map(|d| as_json(d, lang)).collect::<Vec<_>>())?,
        Format::Csv => print(&as_csv(&diagnostics, lang))?,
        Format::Text => print(&as_text(&diagnostics, lang))?,
    }
    Ok(if has_errors(&diagnostics) { Outcome::Findings } else { Outcome::Fine })
}

fn as_json(d: &Diagnostic, lang: Lang) -> serde_json::Value {
    json!({
        "code": d.code.word(),
        "severity": d.severity().word(),
        "message": d.message.get(lang),
        "file": &*d.location.file,
        "line": d.location.line,
        "column": d.location.column,
        "hint": d.hint.get(lang),
    })
}

fn as_csv(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let mut out = csv::line(["code", "severity", "message", "file", "line", "column", "hint"]);
    for d in diagnostics {
        let (line, column) = (d.location.line.to_string(), d.location.column.to_string());
        let cells = [
            d.code.word(),
            d.severity().word(),
            d.message.get(lang),
            &d.location.file,
            &line,
            &column,
            d.hint.get(lang),
        ];
        out.push_str(&csv::line(cells));
    }
    out
}

fn as_text(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let mut out = String::new();
    for d in diagnostics {
        let word = match (d.severity(), lang) {
            (Severity::Error, Lang::Zh) => "错误",
            (Severity::Warning, Lang::Zh) => "警告",
            (Severity::Note, Lang::Zh) => "提示",
            (severity, Lang::En) => severity.word(),
        };
        let head = style::severity(d.severity(), &format!("{word}[{}]", d.code));
        let _ = writeln!(out, "{head} {}", d.message.get(lang));
        let _ = writeln!(out, "  {} {}", style::dim("→"), d.location);
        if !d.hint.is_empty() {
            let _ = writeln!(out, "  {} {}", style::dim(say(lang, "怎么办：", "hint:")), d.hint.get(lang));
        }
    }
    let count = |severity| diagnostics.iter().filter(|d| d.severity() == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let total = match lang {
        Lang::Zh => format!("{errors} 个错误，{warnings} 个警告，{notes} 条提示"),
        Lang::En => format!("{errors} errors, {warnings} warnings, {notes} notes"),
    };
    let _ = writeln!(out, "{}", if errors == 0 { style::good(&total) } else { style::bad(&total) });
    out
}
