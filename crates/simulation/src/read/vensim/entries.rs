//! Cuts a `.mdl` file into its entries: equation, unit, comment, each with its place.

use crate::model::Span;
use crate::read::expression::comment_length;

/// One entry of the file, up to its `|`.
#[derive(Clone, Debug)]
pub(super) enum Entry<'a> {
    /// What stands before the first `~`, its place, and the parts after it.
    Equation { text: &'a str, base: usize, units: &'a str, comment: &'a str },
    /// `:MACRO: name(…)`, the text after the keyword.
    MacroBegins { head: &'a str, base: usize },
    /// `:END OF MACRO:`
    MacroEnds,
}

const MACRO: &str = ":MACRO:";
/// A head is one line or a few; the search for its end is bounded.
const LONGEST_HEAD: usize = 4_096;
const END_OF_MACRO: &str = ":END OF MACRO:";

/// The part with equations, and the part with settings below the sketches.
pub(super) fn parts(text: &str) -> (&str, &str) {
    let equations_end =
        text.find("\\---///").map_or(text.len(), |at| text.get(..at).map_or(at, |t| t.trim_end_matches('\\').len()));
    let settings = text.rfind("///---\\\\\\").unwrap_or(text.len());
    (text.get(..equations_end).unwrap_or(text), text.get(settings..).unwrap_or_default())
}

/// All entries in order. A last entry without its `|` is taken as it is.
pub(super) fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '|');
        let base = at + rest.len() - trimmed.len();
        if trimmed.is_empty() {
            break;
        }
        if starts_with(trimmed, "{UTF-8}") {
            at = base + "{UTF-8}".len();
        } else if starts_with(trimmed, MACRO) {
            let head = base + MACRO.len();
            let near = text.as_bytes().get(head..text.len().min(head + LONGEST_HEAD)).unwrap_or_default();
            let length = near.iter().position(|byte| *byte == b')').map_or(0, |end| end + 1);
            found.push(Entry::MacroBegins { head: text.get(head..head + length).unwrap_or_default(), base: head });
            at = head + length.max(1);
        } else if starts_with(trimmed, END_OF_MACRO) {
            found.push(Entry::MacroEnds);
            at = base + END_OF_MACRO.len();
        } else {
            let cuts = Cuts::of(trimmed);
            let part = |from: usize, to: usize| trimmed.get(from..to).unwrap_or_default();
            found.push(Entry::Equation {
                text: part(0, cuts.equation),
                base,
                units: part((cuts.equation + 1).min(cuts.units), cuts.units),
                comment: part((cuts.units + 1).min(cuts.end), cuts.end),
            });
            at = base + cuts.end + 1;
        }
    }
    found
}

fn starts_with(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

/// Where the three parts of an entry end.
struct Cuts {
    equation: usize,
    units: usize,
    end: usize,
}

impl Cuts {
    fn of(text: &str) -> Self {
        let equation = end_of_equation(text);
        let after = |from: usize, signs: &[char]| {
            text.get(from..).and_then(|t| t.find(signs)).map_or(text.len(), |length| from + length)
        };
        if text.get(equation..).is_none_or(|t| !t.starts_with('~')) {
            return Self { equation, units: equation, end: equation };
        }
        let units = after(equation + 1, &['~', '|']);
        let end = after(units, &['|']);
        Self { equation, units, end }
    }
}

/// The first `~` or `|` outside quotes and comments. A quote that never closes does not count.
fn end_of_equation(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    // The row of stars over a group's name and the name itself are no equation: quotes in it mean nothing.
    let plain = text.starts_with("***");
    while let Some(byte) = bytes.get(at) {
        let closing = match byte {
            b'~' | b'|' => return at,
            b'"' if !plain => Some(b'"'),
            b'{' => {
                // One that is never closed takes all that is left; the parser says so.
                let Some(length) = text.get(at..).and_then(comment_length) else { return text.len() };
                at += length;
                continue;
            }
            b'\'' if !plain && opens_text(text, at) => Some(b'\''),
            _ => None,
        };
        at += 1;
        if let Some(closing) = closing
            && let Some(length) = closed(bytes.get(at..).unwrap_or_default(), closing)
        {
            at += length + 1;
        }
    }
    text.len()
}

/// Text in single quotes stands after `(` or `,`; elsewhere an apostrophe is part of a name.
fn opens_text(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.trim_end().ends_with(['(', ',']))
}

fn closed(rest: &[u8], closing: u8) -> Option<usize> {
    let mut escaped = false;
    rest.iter().position(|byte| {
        let found = *byte == closing && !escaped;
        escaped = *byte == b'\\' && !escaped;
        found
    })
}

impl Entry<'_> {
    /// The place of the part before the first `~`.
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Equation { text, base, .. } => Span { start: *base, end: base + text.trim_end().len() },
            Self::MacroBegins { head, base } => Span { start: *base, end: base + head.len() },
            Self::MacroEnds => Span::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_count_in_equations_and_not_in_comments() {
        let text = "{UTF-8}\na \"b|c\" = 1 ~ m ~ it's 5\" long |\nd = 2 ~~|\n";
        let found = entries(text);
        assert_eq!(found.len(), 2, "{found:?}");
        let Entry::Equation { text: equation, units, comment, .. } = found[0].clone() else { panic!() };
        assert_eq!((equation.trim(), units.trim(), comment.trim()), ("a \"b|c\" = 1", "m", "it's 5\" long"));
    }

    #[test]
    fn a_macro_has_a_beginning_and_an_end() {
        let found = entries(":MACRO: DOUBLE(x)\nDOUBLE = 2*x ~~|\n:END OF MACRO:\ny = DOUBLE(3) ~~|");
        assert!(matches!(found[0], Entry::MacroBegins { head: " DOUBLE(x)", .. }));
        assert!(matches!(found[2], Entry::MacroEnds));
        assert_eq!(found.len(), 4);
    }
}
