//! What all pages have in common: one file each without scripts or links to other files, and everything from data escaped.

use std::fmt::{self, Display, Write};

use lantu_appraisal::rules::{Confidence, Source};
use lantu_blueprint::Lang;

use super::graded::{Graded, shown};
use super::origins::{is_stand_in, meaning, unofficial};
use crate::arguments_appraise::Pages;
use crate::commands::rule_files::period;
use crate::commands::say;
use crate::commands::told::text;

const STYLE: &str = include_str!("page.css");

/// Text in HTML: names come from tables that anybody may have written.
pub(super) struct Safe<'a>(pub(super) &'a str);

impl Display for Safe<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => out.write_str("&amp;")?,
                '<' => out.write_str("&lt;")?,
                '>' => out.write_str("&gt;")?,
                '"' => out.write_str("&quot;")?,
                '\'' => out.write_str("&#39;")?,
                // Marks that turn the direction of writing can make a name read as another one.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                other if other.is_control() && other != '\n' && other != '\t' => {}
                other => out.write_char(other)?,
            }
        }
        Ok(())
    }
}

/// A whole page. `body` is HTML already.
pub(super) fn whole(title: &str, banner: Option<&str>, body: &str, lang: Lang) -> String {
    let language = say(lang, "zh-CN", "en");
    let banner =
        banner.map_or(String::new(), |banner| format!("<p class=\"banner\" role=\"note\">{}</p>\n", Safe(banner)));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{banner}{body}</body>\n</html>\n",
        Safe(title)
    )
}

/// The banner asked for, or the one that the rules' own note calls for.
pub(super) fn banner(graded: &Graded<'_>, pages: &Pages) -> Option<String> {
    if pages.banner.is_some() {
        return pages.banner.clone();
    }
    let note = graded.rules.note.as_ref()?;
    let invented = note.zh.contains("虚构") || note.en.to_lowercase().contains("invented");
    invented.then(|| say(graded.lang, "虚构数据", "Invented data").to_owned())
}

/// Whose rules they are and when they hold.
pub(super) fn head(graded: &Graded<'_>, title: &str) -> String {
    let (rules, lang) = (graded.rules, graded.lang);
    let mut out = format!("<h1>{}</h1>\n", Safe(title));
    let _ = writeln!(
        out,
        "<p class=\"lead\">{}{} · {}{}</p>",
        say(lang, "适用范围：", "Jurisdiction: "),
        Safe(text(&rules.jurisdiction, lang)),
        say(lang, "规则有效期：", "rules in force: "),
        period(rules, lang)
    );
    out
}

/// The mark of a source: letters, never colour alone.
pub(super) fn mark(confidence: Confidence, lang: Lang) -> String {
    let doubtful = if is_stand_in(confidence) { " doubtful" } else { "" };
    format!("<span class=\"mark{doubtful}\" title=\"{}\">{}</span>", meaning(confidence, lang), confidence.word())
}

/// How to object.
pub(super) fn objections(pages: &Pages, lang: Lang) -> String {
    let until = pages.objections_until.map(|day| day.to_string());
    let contact = pages.contact.as_deref();
    let said = match (until, contact, lang) {
        (Some(day), Some(contact), Lang::Zh) => format!("对结果有异议的，请在 {day} 以前提出。联系方式：{contact}"),
        (Some(day), None, Lang::Zh) => format!("对结果有异议的，请在 {day} 以前向公示单位提出。"),
        (None, Some(contact), Lang::Zh) => format!("对结果有异议的，可以提出。联系方式：{contact}"),
        (None, None, Lang::Zh) => "对结果有异议的，可以向公示单位提出。".to_owned(),
        (Some(day), Some(contact), Lang::En) => format!("Objections are taken until {day}. Contact: {contact}"),
        (Some(day), None, Lang::En) => {
            format!("Objections are taken until {day} by the office that gives this notice.")
        }
        (None, Some(contact), Lang::En) => format!("Objections are taken. Contact: {contact}"),
        (None, None, Lang::En) => "Objections are taken by the office that gives this notice.".to_owned(),
    };
    format!("<p class=\"note\">{}</p>\n", Safe(&said))
}

/// A link where the address is one of the web; anything else is shown as text.
fn link(source: &Source, lang: Lang) -> String {
    let title = Safe(text(&source.title, lang));
    match source.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://")) {
        Some(url) => format!("{title} <a class=\"small\" rel=\"noreferrer\" href=\"{0}\">{0}</a>", Safe(url)),
        None => title.to_string(),
    }
}

/// Sources with their marks, what the marks mean, the note of the rules, and every number that is not official.
pub(super) fn sources(graded: &Graded<'_>) -> String {
    let (rules, lang) = (graded.rules, graded.lang);
    let mut out = format!("<h2>{}</h2>\n<ul>\n", say(lang, "规则出处", "Where the rules come from"));
    for source in &rules.sources {
        let clause = source.clause.as_ref().map_or(String::new(), |clause| format!(" {}", Safe(clause)));
        let _ = writeln!(
            out,
            "<li>{} {}{clause} <span class=\"small\">{}</span></li>",
            mark(source.confidence, lang),
            link(source, lang),
            meaning(source.confidence, lang)
        );
    }
    out.push_str("</ul>\n");
    if let Some(note) = &rules.note {
        let _ = writeln!(out, "<p class=\"small\">{}</p>", Safe(text(note, lang)));
    }
    let numbers = unofficial(rules);
    if numbers.is_empty() {
        return out;
    }
    let _ = writeln!(
        out,
        "<div class=\"doubt\"><h3>{}</h3>\n<table><thead><tr><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>",
        say(lang, "以下数字没有官方原文依据", "These numbers were not read in an official text"),
        say(lang, "数字", "number"),
        say(lang, "取值", "value"),
        say(lang, "依据", "taken from"),
    );
    for number in numbers {
        let values: Vec<String> = number.values.iter().map(|value| shown(*value)).collect();
        let source = rules.sources.get(number.source).map_or("", |source| text(&source.title, lang));
        let said = number.said(lang);
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{} {}</td></tr>",
            Safe(&said),
            values.join(say(lang, "、", ", ")),
            mark(number.mark, lang),
            Safe(source)
        );
    }
    out.push_str("</tbody></table></div>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::Safe;

    #[test]
    fn nothing_of_a_name_becomes_markup() {
        let name = "<script>\"x\" & 'y'\u{202e}\u{7}";
        assert_eq!(Safe(name).to_string(), "&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;");
    }
}
