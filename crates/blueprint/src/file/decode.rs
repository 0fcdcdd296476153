//! Bytes → text. Blueprints are UTF-8; a byte order mark is accepted and blanked.

use std::borrow::Cow;
use std::sync::Arc;

use super::Report;
use crate::{Code, Location, Text};

/// The text of a file, or a diagnostic at the first byte that is not UTF-8.
pub(crate) fn decode<'a>(file: &Arc<str>, bytes: &'a [u8], report: &Report) -> Option<Cow<'a, str>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        // TOML and Markdown count lines by `\n`; a lone `\r` line end is not written by any tool in use.
        Ok(text) => Some(Cow::Borrowed(text)),
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let good = std::str::from_utf8(good).unwrap_or_default();
            report.say(
                Code::NotUtf8,
                Location::at(file, good, good.len()),
                Text::new("这里不是 UTF-8 编码的文字", "not UTF-8 text from here on"),
                Text::new(
                    format!("若是 GBK 编码，请转换：iconv -f GBK -t UTF-8 {file}"),
                    format!("if it is GBK, convert it: iconv -f GBK -t UTF-8 {file}"),
                ),
            );
            None
        }
    }
}
