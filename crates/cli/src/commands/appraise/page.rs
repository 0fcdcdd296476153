//! What all pages have in common: one file each without scripts or links to other files, and everything from data escaped.

use std::fmt::{self, Display, Write};

use lantu_appraisal::rules::Confidence;
use lantu_blueprint::Lang;

use super::graded::Graded;
use super::origins::{lines, of_classes, unofficial};
use super::words::{meaning, short};
use crate::arguments_appraise::{Appraise, Pages};
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

/// A sentence of ours in HTML: backticks are for screens, and a sentence begins with a capital.
pub(super) fn sentence(text: &str) -> String {
    let quoted = text.replace('`', "\"");
    let mut signs = quoted.chars();
    let first = signs.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    Safe(&format!("{first}{}", signs.as_str())).to_string()
}

/// By which pages of ours are known again.
pub(super) const GENERATOR: &str = "<meta name=\"generator\" content=\"lantu appraise\">";

/// A whole page. `body` is HTML already.
pub(super) fn whole(title: &str, banner: Option<&str>, body: &str, lang: Lang) -> String {
    let language = say(lang, "zh-CN", "en");
    let above = banner.map_or_else(|| title.to_owned(), |banner| format!("{banner} · {title}"));
    let banner =
        banner.map_or(String::new(), |banner| format!("<p class=\"banner\" role=\"note\">{}</p>\n", Safe(banner)));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n{GENERATOR}\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>\n{STYLE}@page {{ @top-center {{ content: \"{}\"; }} }}\n</style>\n</head>\n<body>\n<main>\n{banner}{body}</main>\n</body>\n</html>\n",
        Safe(title),
        in_style(&above)
    )
}

/// Text as a string of a style sheet: every sign that could end it is written by its number.
fn in_style(text: &str) -> String {
    let sign = |sign: char| match sign {
        ' ' | '-' => sign.to_string(),
        sign if sign.is_alphanumeric() => sign.to_string(),
        sign if sign.is_control() => String::new(),
        sign => format!("\\{:x} ", u32::from(sign)),
    };
    text.chars().map(sign).collect()
}

/// The banner asked for, or that of rules which are invented.
pub(super) fn banner(graded: &Graded<'_>, pages: &Pages) -> Option<String> {
    let invented = graded.rules.invented.then(|| say(graded.lang, "虚构数据", "Invented data").to_owned());
    pages.banner.clone().or(invented)
}

/// Whose rules they are, when they hold, what was graded, and which of the numbers are not official: of a group, or of all.
pub(super) fn head(graded: &Graded<'_>, title: &str, command: &Appraise, group: Option<usize>) -> String {
    let (rules, lang) = (graded.rules, graded.lang);
    let mut out = format!("<h1>{}</h1>\n", Safe(title));
    let file = graded.data.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (place, period) = (text(&rules.jurisdiction, lang), period(rules, lang));
    let rows = graded.len();
    let _ = match lang {
        Lang::Zh => writeln!(
            out,
            "<p class=\"lead\">适用范围：{} · 规则有效期：<span class=\"day\">{period}</span><br>数据：{}（{rows} 行）",
            Safe(place),
            Safe(&file)
        ),
        Lang::En => writeln!(
            out,
            "<p class=\"lead\">Jurisdiction: {} · rules in force: <span class=\"day\">{period}</span><br>Data: {} ({rows} rows)",
            Safe(place),
            Safe(&file)
        ),
    };
    if let Some(day) = command.as_of {
        let _ = writeln!(out, " · {}<span class=\"day\">{day}</span>", say(lang, "评价日期：", "graded as of "));
    }
    out.push_str("</p>\n");
    if let Some(line) = graded.out_of_force {
        let _ = writeln!(out, "<p class=\"doubt\"><b>!</b> {}</p>", Safe(line));
    }
    let lines = lines(&unofficial(rules, group, lang), NAMED, lang);
    if !lines.is_empty() {
        let said: Vec<String> = lines.iter().map(|(_, line)| Safe(line).to_string()).collect();
        let _ = writeln!(
            out,
            "<p class=\"doubt\"><b>!</b> {}<a href=\"#not-official\">{}</a></p>",
            match lang {
                Lang::Zh => format!("不是官方规定的数字：{}。", said.join("；")),
                Lang::En => format!("Numbers that are not official: {}. ", said.join("; ")),
            },
            say(lang, "见文末", "See below"),
        );
    }
    out
}

/// Things with numbers that are not official and are named at the head, of each mark.
const NAMED: usize = 4;

/// The mark of a source: letters, never colour alone.
pub(super) fn mark(confidence: Confidence, lang: Lang) -> String {
    let doubtful = if confidence.is_official() { "" } else { " doubtful" };
    format!("<span class=\"mark{doubtful}\" title=\"{}\">{}</span>", meaning(confidence, lang), confidence.word())
}

/// The mark of the numbers that decide classes, with what it means; nothing where they are official.
pub(super) fn mark_of_classes(graded: &Graded<'_>, group: Option<usize>) -> String {
    let found = of_classes(graded.rules, group);
    let lang = graded.lang;
    found.map_or(String::new(), |found| {
        format!(
            " <span class=\"small\">{} {}</span>",
            mark(found, lang),
            match lang {
                Lang::Zh => format!("分档界线：{}", short(found, lang)),
                Lang::En => format!("borders: {}", short(found, lang)),
            }
        )
    })
}

/// How to object, and who issued the page and when.
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
    let issuer = pages.issuer.clone().unwrap_or_else(|| "________".to_owned());
    let issued = pages.issued.map_or_else(|| "________".to_owned(), |day| day.to_string());
    let (by, on) = (say(lang, "公示单位：", "Issued by: "), say(lang, "日期：", "Date: "));
    format!(
        "<p class=\"note\">{}</p>\n<p class=\"signed\">{by}{}<br>{on}<span class=\"day\">{issued}</span></p>\n",
        Safe(&said),
        Safe(&issuer)
    )
}

#[cfg(test)]
mod tests {
    use super::{Safe, in_style, sentence};

    #[test]
    fn nothing_of_a_name_becomes_markup() {
        let name = "<script>\"x\" & 'y'\u{202e}\u{7}";
        assert_eq!(Safe(name).to_string(), "&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;");
        assert_eq!(sentence("no `land`, <b>"), "No &quot;land&quot;, &lt;b&gt;");
        assert_eq!(sentence("缺「用地」"), "缺「用地」");
        assert_eq!(in_style("样例 \"}</style>"), "样例 \\22 \\7d \\3c \\2f style\\3e ");
    }
}
