//! Markdown → pieces: headings with attributes, prose as safe HTML, fenced blocks of the plan.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, html};

/// A piece of a document, in reading order. Places are bytes of the file.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    /// A heading, attribute block included in the text.
    Heading { level: u8, text: &'a str, at: usize },
    /// Everything between two headings or blocks.
    Prose { html: String, at: usize },
    /// A fenced block whose info string is one of ours.
    Block { info: &'a str, toml: &'a str, toml_at: usize, at: usize },
}

/// Info strings that declare commitments.
pub(super) const BLOCKS: [&str; 2] = ["target", "milestone"];

/// Cuts a document into pieces.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut cutter = Cutter { text, pieces: Vec::new(), prose: Vec::new(), prose_at: 0 };
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut events = parser.into_offset_iter();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let mut inner: Option<Range<usize>> = None;
                for (event, part) in events.by_ref() {
                    if matches!(event, Event::End(TagEnd::Heading(_))) {
                        break;
                    }
                    inner = Some(inner.map_or(part.clone(), |seen| seen.start.min(part.start)..seen.end.max(part.end)));
                }
                cutter.end_prose();
                let text = inner.and_then(|r| text.get(r)).unwrap_or_default();
                cutter.pieces.push(Piece::Heading { level: level as u8, text, at: range.start });
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(ref info))) if BLOCKS.contains(&info.trim()) => {
                let info = BLOCKS.into_iter().find(|word| *word == info.trim()).unwrap_or_default();
                let mut inner: Option<Range<usize>> = None;
                for (event, part) in events.by_ref() {
                    if matches!(event, Event::End(TagEnd::CodeBlock)) {
                        break;
                    }
                    inner = Some(inner.map_or(part.clone(), |seen| seen.start..part.end));
                }
                cutter.end_prose();
                let inner = inner.unwrap_or(range.start..range.start);
                let toml = text.get(inner.clone()).unwrap_or_default();
                cutter.pieces.push(Piece::Block { info, toml, toml_at: inner.start, at: range.start });
            }
            other => cutter.prose(other, range.start),
        }
    }
    cutter.end_prose();
    cutter.pieces
}

struct Cutter<'a> {
    text: &'a str,
    pieces: Vec<Piece<'a>>,
    prose: Vec<Event<'a>>,
    prose_at: usize,
}

impl<'a> Cutter<'a> {
    fn prose(&mut self, event: Event<'a>, at: usize) {
        if self.prose.is_empty() {
            self.prose_at = at;
        }
        self.prose.push(safe(event));
    }

    fn end_prose(&mut self) {
        if self.prose.is_empty() {
            return;
        }
        let mut out = String::new();
        html::push_html(&mut out, self.prose.drain(..));
        debug_assert!(self.prose_at <= self.text.len());
        self.pieces.push(Piece::Prose { html: out, at: self.prose_at });
    }
}

/// Raw HTML becomes text; links keep only harmless addresses. The pages may then show prose as it is.
fn safe(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) if !harmless(&dest_url) => {
            Event::Start(Tag::Link { link_type, dest_url: "#".into(), title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) if !harmless(&dest_url) => {
            Event::Start(Tag::Image { link_type, dest_url: "#".into(), title, id })
        }
        other => other,
    }
}

fn harmless(url: &str) -> bool {
    let scheme_end = url.find([':', '/', '?', '#']).filter(|at| url[*at..].starts_with(':'));
    match scheme_end {
        None => true,
        Some(end) => {
            matches!(url.get(..end).unwrap_or_default().to_ascii_lowercase().as_str(), "http" | "https" | "mailto")
        }
    }
}
