//! Bytes → text whose places are found quickly. Blueprints are UTF-8; a byte order mark is accepted and dropped.

use std::sync::Arc;

use super::Report;
use crate::{Code, Location, Text};

/// The text of a definition file. Knows where its lines start, so that a place costs a binary search.
#[derive(Debug)]
pub(crate) struct SourceText<'a> {
    /// Path inside the blueprint.
    pub(crate) file: Arc<str>,
    /// Content.
    pub(crate) text: &'a str,
    line_starts: Vec<usize>,
}

impl<'a> SourceText<'a> {
    /// A text and its lines.
    pub(crate) fn new(file: Arc<str>, text: &'a str) -> SourceText<'a> {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        SourceText { file, text, line_starts: std::iter::once(0).chain(ends).collect() }
    }

    /// Place of a byte.
    pub(crate) fn place(&self, at: usize) -> Location {
        let line = self.line_starts.partition_point(|start| *start <= at).saturating_sub(1);
        let start = self.line_starts.get(line).copied().unwrap_or(0);
        let in_line = Location::at(&self.file, self.text.get(start..).unwrap_or_default(), at.saturating_sub(start));
        Location { line: u32::try_from(line + 1).unwrap_or(u32::MAX), ..in_line }
    }
}

/// The text of a file, or a diagnostic at the first byte that is not UTF-8.
pub(crate) fn decode<'a>(file: &str, bytes: &'a [u8], report: &Report) -> Option<SourceText<'a>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let file: Arc<str> = Arc::from(file);
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Some(SourceText::new(file, text)),
        Err(error) => error,
    };
    let good = std::str::from_utf8(bytes.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default();
    report.say(
        Code::NotUtf8,
        Location::at(&file, good, good.len()),
        Text::new("这里不是 UTF-8 编码的文字", "not UTF-8 text from here on"),
        Text::new(
            format!("若是 GBK 编码，请转换：iconv -f GBK -t UTF-8 {file}"),
            format!("if it is GBK, convert it: iconv -f GBK -t UTF-8 {file}"),
        ),
    );
    None
}
