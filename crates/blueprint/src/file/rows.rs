//! Small definition tables in CSV: named columns, located cells.

use std::sync::Arc;

use super::{Report, decode};
use crate::diagnostic::suggestion;
use crate::{Code, Location, Text};

/// A definition table with known columns.
pub(super) struct Rows<'a> {
    file: Arc<str>,
    columns: &'a [&'a str],
    rows: Vec<(u32, csv::StringRecord)>,
    positions: Vec<Option<usize>>,
}

impl<'a> Rows<'a> {
    /// Reads a table; `required` columns are the first of `columns`.
    pub(super) fn read(
        path: &str,
        bytes: &[u8],
        columns: &'a [&'a str],
        required: usize,
        report: &Report,
    ) -> Option<Rows<'a>> {
        let source = decode(path, bytes, report)?;
        let (file, text) = (Arc::clone(&source.file), source.text);
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let header = match reader.headers() {
            Ok(header) => header.clone(),
            Err(error) => {
                bad_row(&file, 1, &error.to_string(), report);
                return None;
            }
        };
        let positions: Vec<Option<usize>> = columns.iter().map(|name| header.iter().position(|h| h == *name)).collect();
        for (name, position) in columns.iter().zip(&positions).take(required) {
            if position.is_none() {
                report.say(
                    Code::MissingField,
                    Location::start(Arc::clone(&file)),
                    Text::new(format!("缺少「{name}」列"), format!("column `{name}` is missing")),
                    suggestion(
                        name,
                        header.iter(),
                        Text::new(
                            format!("表头应为：{}", columns.join(",")),
                            format!("the header is: {}", columns.join(",")),
                        ),
                    ),
                );
            }
        }
        for (index, name) in header.iter().enumerate() {
            if !columns.contains(&name) && !name.is_empty() {
                report.say(
                    Code::UnknownField,
                    Location::new(Arc::clone(&file), 1, column_of(&header, index)),
                    Text::new(format!("没有「{name}」这一列"), format!("there is no column `{name}` here")),
                    suggestion(
                        name,
                        columns.iter().copied(),
                        Text::new("请删去，或查看 docs/format.md", "remove it, or see docs/format.md"),
                    ),
                );
            }
        }
        if positions.iter().take(required).any(Option::is_none) {
            return None;
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => {
                    let line = record.position().map_or(1, |p| u32::try_from(p.line()).unwrap_or(u32::MAX));
                    if record.len() != header.len() {
                        let (found, wanted) = (record.len(), header.len());
                        report.say(
                            Code::BadTable,
                            Location::new(Arc::clone(&file), line, 1),
                            Text::new(
                                format!("这一行有 {found} 列，表头有 {wanted} 列"),
                                format!("this row has {found} columns, the header has {wanted}"),
                            ),
                            Text::new(
                                "含逗号的文字要加引号；该行未读入",
                                "put quotes round text with commas; the row was left out",
                            ),
                        );
                        continue;
                    }
                    rows.push((line, record));
                }
                Err(error) => {
                    let line = error.position().map_or(1, |p| u32::try_from(p.line()).unwrap_or(u32::MAX));
                    bad_row(&file, line, &error.to_string(), report);
                }
            }
        }
        Some(Rows { file, columns, rows, positions })
    }

    /// The rows, each with a reader of cells.
    pub(super) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(move |(line, record)| Row { rows: self, line: *line, record })
    }
}

/// One row of a definition table.
pub(super) struct Row<'a> {
    rows: &'a Rows<'a>,
    line: u32,
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    /// The cell of a column, empty when there is none.
    pub(super) fn get(&self, column: &str) -> &str {
        self.position(column).and_then(|at| self.record.get(at)).unwrap_or_default()
    }

    /// The cell as an owned text, `None` when empty.
    pub(super) fn optional(&self, column: &str) -> Option<String> {
        Some(self.get(column)).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    /// Place of a cell.
    pub(super) fn place(&self, column: &str) -> Location {
        let at = self.position(column).map_or(1, |at| column_of(self.record, at));
        Location::new(Arc::clone(&self.rows.file), self.line, at)
    }

    fn position(&self, column: &str) -> Option<usize> {
        let index = self.rows.columns.iter().position(|name| *name == column)?;
        self.rows.positions.get(index).copied().flatten()
    }

    /// One of a closed set of words; an empty cell is `None`.
    pub(super) fn word<T>(
        &self,
        column: &str,
        words: &[&str],
        of: impl Fn(&str) -> Option<T>,
        report: &Report,
    ) -> Option<T> {
        let cell = self.get(column);
        if cell.is_empty() {
            return None;
        }
        let found = of(cell);
        if found.is_none() {
            report.say(
                Code::BadValue,
                self.place(column),
                Text::new(format!("「{column}」不能是「{cell}」"), format!("`{column}` cannot be `{cell}`")),
                suggestion(
                    cell,
                    words.iter().copied(),
                    Text::new(format!("可用：{}", words.join("、")), format!("one of {}", words.join(", "))),
                ),
            );
        }
        found
    }

    /// Reports an empty cell that must be filled.
    pub(super) fn required(&self, column: &str, report: &Report) -> Option<String> {
        let cell = self.optional(column);
        if cell.is_none() {
            report.say(
                Code::MissingField,
                self.place(column),
                Text::new(format!("「{column}」是空的"), format!("`{column}` is empty")),
                Text::new("请填写；该行未读入", "fill it in; the row was left out"),
            );
        }
        cell
    }
}

/// Character column of a field, exact as long as no field before it is quoted.
fn column_of(record: &csv::StringRecord, index: usize) -> u32 {
    let before: usize = record.iter().take(index).map(|field| field.chars().count() + 1).sum();
    u32::try_from(before + 1).unwrap_or(u32::MAX)
}

fn bad_row(file: &Arc<str>, line: u32, error: &str, report: &Report) {
    report.say(
        Code::BadTable,
        Location::new(Arc::clone(file), line, 1),
        Text::new(format!("这一行读不出来：{error}"), format!("this row cannot be read: {error}")),
        Text::new("请检查引号和编码", "check quotes and encoding"),
    );
}
