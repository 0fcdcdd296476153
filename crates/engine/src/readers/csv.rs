//! CSV with a header, commas and UTF-8. A byte-order mark is accepted; everything else that spreadsheets do to
//! CSV files is named.

use std::sync::Arc;

use ::csv::{ByteRecord, ReaderBuilder};
use lantu_blueprint::{Code, Diagnostic, Location, Text};

use super::{Cells, MAX_COLUMNS, MAX_LINE, Places, RawTable, count, header, too_wide};
use crate::problems::Problems;

/// A record that runs over more lines than this has most likely an unclosed quotation mark.
const MANY_LINES: usize = 30;

/// Reads CSV bytes. `None` when there is no usable header.
pub(crate) fn read(file: &Arc<str>, bytes: &[u8], problems: &mut Problems) -> Option<RawTable> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        problems.say("not-utf8", file, || not_utf8(file, 1, 0, "UTF-16"));
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let bytes = without_long_lines(file, bytes, problems);
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes.as_slice());
    let mut lines = Lines { bytes: &bytes, at: 0, line: 1 };
    let mut record = ByteRecord::new();

    let Ok(true) = reader.read_byte_record(&mut record) else {
        problems.say("empty", file, || {
            Diagnostic::new(
                Code::BadTable,
                Location::start(Arc::clone(file)),
                Text::new("文件是空的，没有表头", "the file is empty: it has no header"),
            )
            .hint(Text::new("第一行写列名", "write the column names on the first line"))
        });
        return None;
    };
    let (header, header_line) = lines.start_of(&record);
    let Some(names) = texts(&record).map(|cells| cells.into_iter().map(str::to_owned).collect::<Vec<_>>()) else {
        problems.say("not-utf8", file, || not_utf8(file, header_line, 0, "GB18030"));
        return None;
    };
    if let [only] = names.as_slice()
        && let Some(separator) = [';', '\t', '，'].into_iter().find(|c| only.contains(*c))
    {
        problems.say("separator", file, || wrong_separator(file, header_line, separator));
        return None;
    }

    if names.len() > MAX_COLUMNS {
        problems.say("too-wide", file, || too_wide(file, header_line));
        return None;
    }
    let mut cells = Cells::new(names.len());
    let mut records = Vec::new();
    let mut bad_bytes: Option<(u32, usize)> = None;
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let (start, line) = lines.start_of(&record);
        let Some(fields) = texts(&record) else {
            bad_bytes = Some(bad_bytes.map_or((line, 1), |(first, n)| (first, n + 1)));
            continue;
        };
        if fields.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        if fields.len() != names.len() {
            let extra = fields.iter().map(|field| field.matches('\n').count()).sum::<usize>();
            problems.say("column-count", file, || wrong_count(file, line, fields.len(), names.len(), extra));
            continue;
        }
        records.push(start);
        cells.push(line, |at| fields.get(at).copied());
    }
    if let Some((line, lines)) = bad_bytes {
        problems.say("not-utf8", file, || not_utf8(file, line, lines, "GB18030"));
    }
    let place = |at| super::place::csv_field(file, &bytes, header, header_line, at);
    let used = |at: usize| cells.builders.get(at).is_some_and(|b| !b.values_slice().is_empty());
    let clean = header::clean(file, &names, place, used, problems);
    Some(cells.finish(file, clean, Places::Csv { bytes, records, header, header_line }))
}

fn texts(record: &ByteRecord) -> Option<Vec<&str>> {
    record.iter().map(|field| std::str::from_utf8(field).ok()).collect()
}

/// Counts lines up to each record. The `csv` crate gives the place before blank lines and before the rest of a line
/// end; the record itself starts after them.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn start_of(&mut self, record: &ByteRecord) -> (usize, u32) {
        let given = record.position().map_or(0, ::csv::Position::byte);
        let mut start = usize::try_from(given).unwrap_or(usize::MAX).min(self.bytes.len());
        while self.bytes.get(start).is_some_and(|b| matches!(b, b'\r' | b'\n')) {
            start += 1;
        }
        let passed = self.bytes.get(self.at..start).unwrap_or_default();
        self.line = self.line.saturating_add(count(passed.iter().filter(|b| **b == b'\n').count()));
        self.at = self.at.max(start);
        (start, self.line)
    }
}

/// The bytes with over-long lines emptied (line numbers stay true).
fn without_long_lines(file: &Arc<str>, bytes: &[u8], problems: &mut Problems) -> Vec<u8> {
    let mut kept = Vec::with_capacity(bytes.len());
    for (at, line) in bytes.split_inclusive(|b| *b == b'\n').enumerate() {
        if line.len() > MAX_LINE {
            problems.say("long-line", file, || long_line(file, count(at + 1), line.len()));
            kept.push(b'\n');
        } else {
            kept.extend_from_slice(line);
        }
    }
    kept
}

pub(super) fn long_line(file: &Arc<str>, line: u32, length: usize) -> Diagnostic {
    let (mib, limit) = (length >> 20, MAX_LINE >> 20);
    Diagnostic::new(
        Code::BadTable,
        Location::new(Arc::clone(file), line, 1),
        Text::new(
            format!("这一行有 {mib} MiB，超过 {limit} MiB 的上限，已略过"),
            format!("this line is {mib} MiB long, over the limit of {limit} MiB, and is left out"),
        ),
    )
    .hint(Text::new("请检查换行符和引号", "check the line ends and quotation marks"))
}

pub(super) fn not_utf8(file: &Arc<str>, line: u32, lines: usize, from: &str) -> Diagnostic {
    let (zh, en) = match lines {
        0 => ("，整个文件没有读入".to_owned(), "; nothing of the file is read".to_owned()),
        n => (format!("，{n} 行没有读入"), format!("; lines left out: {n}")),
    };
    Diagnostic::new(
        Code::NotUtf8,
        Location::new(Arc::clone(file), line, 1),
        Text::new(format!("这一行不是 UTF-8{zh}"), format!("this line is not UTF-8{en}")),
    )
    .hint(Text::new(
        format!("多半是 {from}；转换：iconv -f {from} -t UTF-8 旧文件 > 新文件"),
        format!("most likely {from}; convert it with: iconv -f {from} -t UTF-8 old > new"),
    ))
}

fn wrong_count(file: &Arc<str>, line: u32, found: usize, wanted: usize, lines: usize) -> Diagnostic {
    let hint = if lines > MANY_LINES {
        Text::new(
            format!("这条记录跨了 {lines} 行，多半有一个引号没有闭合"),
            format!("this record runs over {lines} lines: a quotation mark is probably not closed"),
        )
    } else {
        Text::new("含逗号的值请加英文双引号", "put values that contain commas in double quotation marks")
    };
    Diagnostic::new(
        Code::BadTable,
        Location::new(Arc::clone(file), line, 1),
        Text::new(
            format!("这一行有 {found} 列，表头有 {wanted} 列，已略过"),
            format!("this row has {found} columns and the header {wanted}; it is left out"),
        ),
    )
    .hint(hint)
}

fn wrong_separator(file: &Arc<str>, line: u32, separator: char) -> Diagnostic {
    let name = if separator == '\t' { "Tab".to_owned() } else { separator.to_string() };
    Diagnostic::new(
        Code::BadTable,
        Location::new(Arc::clone(file), line, 1),
        Text::new(
            format!("列之间用的是「{name}」，不是英文逗号"),
            format!("columns are separated by `{name}`, not by commas"),
        ),
    )
    .hint(Text::new("请另存为逗号分隔的 CSV，小数点用「.」", "save it as CSV with commas, and with decimal points"))
}
