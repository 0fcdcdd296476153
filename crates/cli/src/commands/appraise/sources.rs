//! The end of every page: where the rules come from, and every number that is not official.

use std::fmt::Write;

use lantu_appraisal::rules::Source;
use lantu_blueprint::Lang;

use super::graded::Graded;
use super::origins::{Unofficial, unofficial};
use super::page::{Safe, mark};
use super::source_title;
use super::words::{meaning, reference, short};
use crate::commands::say;
use crate::commands::told::text;

/// The title in its own language, which is said where it is not that of the page.
fn title(source: &Source, lang: Lang) -> String {
    let title = source_title(source, lang);
    let chinese = title.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign));
    if chinese && lang == Lang::En {
        format!("<span lang=\"zh\">{}</span>", Safe(title))
    } else {
        Safe(title).to_string()
    }
}

/// A link where the address is one of the web; anything else is left out.
fn link(source: &Source) -> String {
    let web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    source
        .url
        .as_deref()
        .filter(web)
        .map_or(String::new(), |url| format!(" <a class=\"small\" rel=\"noreferrer\" href=\"{0}\">{0}</a>", Safe(url)))
}

/// Sources by number with their marks, the note of the rules, and what is not official: of a group, or of all.
pub(super) fn of(graded: &Graded<'_>, group: Option<usize>) -> String {
    let (rules, lang) = (graded.rules, graded.lang);
    let mut out = format!("<h2>{}</h2>\n<ul class=\"sources\">\n", say(lang, "规则出处", "Where the rules come from"));
    for (at, source) in rules.sources.iter().enumerate() {
        let clause = source.clause.as_ref().map_or(String::new(), |clause| format!(" {}", Safe(clause)));
        let _ = writeln!(
            out,
            "<li>[{}] {} {}{clause}{} <span class=\"small\">{}</span></li>",
            at + 1,
            mark(source.confidence, lang),
            title(source, lang),
            link(source),
            meaning(source.confidence, lang)
        );
    }
    out.push_str("</ul>\n");
    if let Some(note) = &rules.note {
        let _ = writeln!(out, "<p class=\"small\">{}</p>", Safe(text(note, lang)));
    }
    let numbers = unofficial(rules, group, lang);
    if numbers.is_empty() {
        return out;
    }
    let _ = writeln!(
        out,
        "<div class=\"doubt\" id=\"not-official\"><h3>{}</h3>",
        say(lang, "以下数字没有官方原文依据", "These numbers were not read in an official text"),
    );
    numbers.iter().for_each(|numbers| list(graded, numbers, &mut out));
    out.push_str("</div>\n");
    out
}

/// Numbers of one source.
fn list(graded: &Graded<'_>, numbers: &Unofficial, out: &mut String) {
    let lang = graded.lang;
    let count: usize = numbers.entries.iter().map(|entry| entry.count).sum();
    let count = match lang {
        Lang::Zh => format!("{count} 个数字"),
        Lang::En => super::super::several(count, "number"),
    };
    let source = graded.rules.sources.get(numbers.source).map_or(String::new(), |source| title(source, lang));
    let _ = writeln!(
        out,
        "<p>{} {} · {} {source} · {count}</p>\n<ul class=\"numbers\">",
        mark(numbers.mark, lang),
        short(numbers.mark, lang),
        reference(graded.rules, numbers.source, lang),
    );
    // All numbers of one thing on one line: a certificate is a page or two.
    for thing in numbers.entries.chunk_by(|one, other| one.of == other.of) {
        let name = thing.first().map_or("", |entry| entry.of.as_str());
        let said = thing.iter().map(|entry| format!("{} {}", entry.kind, entry.values.join(say(lang, "、", ", "))));
        let said = said.collect::<Vec<_>>().join(say(lang, "；", "; "));
        let _ = writeln!(out, "<li>{}{}{}</li>", Safe(name), say(lang, "：", ": "), Safe(&said));
    }
    out.push_str("</ul>\n");
}
