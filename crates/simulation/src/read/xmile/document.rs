//! XML to a tree, with bounds; and the few looks at it that the reader needs.

use std::borrow::Cow;

use roxmltree::{Document, Node, ParsingOptions};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Span, tidy};

/// A model of a hundred thousand variables has a tenth of this.
const MOST_NODES: u32 = 20_000_000;
/// Deeper nesting than any model has; the parser and the reader stay far from the end of the stack.
const DEEPEST: usize = 200;
/// Signs of equality between two tags; an equation of that length is none either.
const MOST_ATTRIBUTES: usize = 20_000;

/// The text with prefixes that nothing declares made part of the names: Stella's own files are cut down by hand often
/// enough. Every place stays where it is.
pub(super) fn declared(text: &str) -> Cow<'_, str> {
    let mut text = without_comments(text);
    // A file with more undeclared prefixes than this is left to the parser to refuse.
    for _ in 0..8 {
        let Some(prefix) = undeclared(&text) else { break };
        let mut patched = text.into_owned();
        for before in ["<", "</", " ", "\t", "\n"] {
            patched = patched.replace(&format!("{before}{prefix}:"), &format!("{before}{prefix}_"));
        }
        text = Cow::Owned(patched);
    }
    text
}

/// The text with blanks in the place of comments: two hyphens within one are an error in XML and no matter here.
fn without_comments(text: &str) -> Cow<'_, str> {
    let mut found = Cow::Borrowed(text);
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find("<!--")).map(|start| at + start) {
        let Some(length) = text.get(start + 4..).and_then(|rest| rest.find("-->")).map(|length| length + 7) else {
            break;
        };
        let blanks: String = text
            .get(start..start + length)
            .unwrap_or_default()
            .bytes()
            .map(|b| if b == b'\n' { '\n' } else { ' ' })
            .collect();
        found.to_mut().replace_range(start..start + length, &blanks);
        at = start + length;
    }
    found
}

/// A prefix that is used before an element's or an attribute's name and declared nowhere.
fn undeclared(text: &str) -> Option<String> {
    let used = |at: usize| {
        let before = text.get(..at)?;
        let start = before.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + 1);
        let name = before.get(start..)?;
        let opens = before.get(..start)?.ends_with(['<', '/', ' ', '\t', '\n']);
        let inside = before.rfind('<') > before.rfind('>');
        (opens && inside && !name.is_empty() && name != "xmlns" && name != "xml").then_some(name)
    };
    let mut names = text.match_indices(':').filter_map(|(at, _)| used(at));
    names.find(|name| !text.contains(&format!("xmlns:{name}"))).map(str::to_owned)
}

/// Where a tag has more attributes than the parser can compare with each other in good time.
fn too_many_attributes(text: &str) -> Option<usize> {
    let (mut start, mut signs) = (0, 0_usize);
    text.bytes().enumerate().find_map(|(at, byte)| {
        match byte {
            b'<' => (start, signs) = (at, 0),
            b'=' => signs += 1,
            b'>' => signs = 0,
            _ => {}
        }
        (signs > MOST_ATTRIBUTES).then_some(start)
    })
}

/// Parses the file. Definitions of entities are refused: a few lines of them can grow to gigabytes.
pub(super) fn parse(text: &str) -> Result<Document<'_>, Diagnostic> {
    if let Some(at) = too_deep(text) {
        let span = Span { start: at, end: at };
        return Err(Diagnostic::error(
            Code::TooDeep,
            span,
            format!("XML 嵌套超过 {DEEPEST} 层"),
            format!("XML is nested more than {DEEPEST} deep"),
        ));
    }
    if let Some(at) = too_many_attributes(text) {
        let span = Span { start: at, end: at };
        return Err(Diagnostic::error(
            Code::TooLarge,
            span,
            format!("一个标签里超过 {MOST_ATTRIBUTES} 个等号"),
            format!("more than {MOST_ATTRIBUTES} signs of equality in one tag"),
        ));
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| {
        let place = error.pos();
        let at = offset(text, place.row as usize, place.col as usize);
        Diagnostic::error(
            Code::BadXml,
            Span { start: at, end: at },
            format!("XML 无法解析：{error}"),
            format!("XML does not parse: {error}"),
        )
        .hint("请用原软件重新导出", "export the file again from the program it came from")
    })
}

/// Where elements are nested deeper than allowed, counted without building anything.
fn too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'<')) {
        let start = at + found;
        at = start + 1;
        let rest = text.get(start..).unwrap_or_default();
        if rest.starts_with("<!--") || rest.starts_with("<![CDATA[") {
            let close = if rest.starts_with("<!--") { "-->" } else { "]]>" };
            at = start + rest.find(close).unwrap_or(rest.len());
        } else if rest.starts_with("</") {
            depth = depth.saturating_sub(1);
        } else if !rest.starts_with("<?") && !rest.starts_with("<!") {
            let end = rest.find('>').unwrap_or(rest.len());
            if !rest.get(..end).is_some_and(|tag| tag.ends_with('/')) {
                depth += 1;
            }
            if depth > DEEPEST {
                return Some(start);
            }
            at = start + end;
        }
    }
    None
}

fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let within =
        text.get(start..).unwrap_or_default().chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
    (start + within).min(text.len())
}

/// Looks at an element by local names: files differ in which namespace they declare.
pub(super) trait Look<'a, 'i: 'a> {
    fn is(&self, name: &str) -> bool;
    fn child(&self, name: &str) -> Option<Node<'a, 'i>>;
    fn all(&self, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>>;
    fn words(&self) -> String;
    fn value(&self, name: &str) -> Option<String>;
    fn span(&self) -> Span;
    fn named(&self, attribute: &str) -> Option<&'a str>;
}

impl<'a, 'i: 'a> Look<'a, 'i> for Node<'a, 'i> {
    fn is(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }

    fn child(&self, name: &str) -> Option<Node<'a, 'i>> {
        self.children().find(|node| node.is(name))
    }

    fn all(&self, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
        self.children().filter(move |node| node.is(name))
    }

    /// All text directly inside.
    fn words(&self) -> String {
        self.children().filter(Node::is_text).filter_map(|node| node.text()).collect()
    }

    /// The text of a child, if it has one that is not blank.
    fn value(&self, name: &str) -> Option<String> {
        self.child(name).map(|node| node.words()).filter(|text| !text.trim().is_empty())
    }

    /// The text inside, or the tag where there is none.
    fn span(&self) -> Span {
        let range = self.first_child().filter(Node::is_text).map_or(self.range(), |text| text.range());
        Span { start: range.start, end: range.end }
    }

    /// An attribute of whatever namespace, declared or not.
    fn named(&self, attribute: &str) -> Option<&'a str> {
        let found = self.attributes().find(|found| found.name() == attribute);
        found
            .or_else(|| self.attributes().find(|a| a.name().strip_prefix("isee_") == Some(attribute)))
            .map(|a| a.value())
    }
}

/// A name as written in an attribute.
pub(super) fn spelling(text: &str) -> String {
    tidy(text)
}
