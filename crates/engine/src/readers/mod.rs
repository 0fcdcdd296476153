//! Data files → tables. Every reader takes bytes and never stops at the first problem: what can be read is read,
//! what cannot is a located diagnostic.
//!
//! A text format becomes a [`RawTable`] first (text cells with their places), because published figures must be
//! seen as they were written; [`infer`] then gives its columns types.

pub(crate) mod csv;
pub(crate) mod geojson;
mod header;
pub(crate) mod infer;
pub(crate) mod jsonl;
pub(crate) mod parquet;
mod place;
pub(crate) mod xlsx;

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::array::{Array, StringArray, StringBuilder};
use datafusion::arrow::record_batch::RecordBatch;
use lantu_blueprint::model::DataFile;
use lantu_blueprint::{Code, Diagnostic, Location, Text};

pub(crate) use self::place::Places;
use crate::problems::Problems;

/// Longest line of a text file. Longer ones are a broken export, and would make every message unreadable.
pub(crate) const MAX_LINE: usize = 4 << 20;
/// Most columns of a table: every row is as wide, so a key per line, or a line of commas, would take the square of it.
pub(crate) const MAX_COLUMNS: usize = 2_000;
/// Largest file that is read into memory.
const MAX_FILE: u64 = 1 << 30;

/// A table of text cells, each with a place in its file. Empty cells are `None`.
pub(crate) struct RawTable {
    pub(crate) file: Arc<str>,
    pub(crate) names: Vec<String>,
    pub(crate) columns: Vec<StringArray>,
    /// Line, sheet row or feature number of each record.
    pub(crate) rows: Vec<u32>,
    pub(crate) places: Places,
}

impl RawTable {
    /// The text of a cell, trimmed; `None` when empty.
    pub(crate) fn cell(&self, record: usize, column: usize) -> Option<&str> {
        let column = self.columns.get(column)?;
        if record >= column.len() || column.is_null(record) {
            return None;
        }
        Some(column.value(record).trim()).filter(|text| !text.is_empty())
    }

    /// Place of a cell.
    pub(crate) fn place(&self, record: usize, column: usize) -> Location {
        let row = self.rows.get(record).copied().unwrap_or(1);
        self.places.cell(&self.file, row, record, column)
    }

    /// Place of a column's name.
    pub(crate) fn header_place(&self, column: usize) -> Location {
        self.places.header(&self.file, column)
    }
}

/// A table with typed columns and, beside them, the row of the file each record stands on.
pub(crate) struct DataTable {
    pub(crate) batch: RecordBatch,
    pub(crate) rows: Vec<u32>,
}

/// Text cells being gathered, column by column.
pub(crate) struct Cells {
    builders: Vec<StringBuilder>,
    rows: Vec<u32>,
}

impl Cells {
    fn new(columns: usize) -> Cells {
        Cells { builders: (0..columns).map(|_| StringBuilder::new()).collect(), rows: Vec::new() }
    }

    /// Appends a record; missing and empty cells are NULL.
    fn push<'a>(&mut self, row: u32, mut cell: impl FnMut(usize) -> Option<&'a str>) {
        for (at, builder) in self.builders.iter_mut().enumerate() {
            builder.append_option(cell(at).filter(|text| !text.is_empty()));
        }
        self.rows.push(row);
    }

    fn finish(mut self, file: &Arc<str>, names: Vec<String>, places: Places) -> RawTable {
        let columns = self.builders.iter_mut().map(StringBuilder::finish).collect();
        RawTable { file: Arc::clone(file), names, columns, rows: self.rows, places }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    JsonLines,
    GeoJson,
    Xlsx,
    Parquet,
}

impl Format {
    fn of(path: &str) -> Option<Format> {
        let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
        let (_, extension) = name.rsplit_once('.')?;
        match extension {
            "csv" => Some(Format::Csv),
            "jsonl" | "ndjson" => Some(Format::JsonLines),
            "geojson" | "json" => Some(Format::GeoJson),
            "xlsx" | "xlsm" => Some(Format::Xlsx),
            "parquet" => Some(Format::Parquet),
            _ => None,
        }
    }
}

/// Reads a file of the manifest as text cells: for observations and outlines.
pub(crate) fn raw(root: &Path, data: &DataFile, problems: &mut Problems) -> Option<RawTable> {
    let file: Arc<str> = Arc::from(data.path.as_str());
    let format = format(&file, data, problems)?;
    let path = open_path(root, &file, problems)?;
    if format == Format::Parquet {
        return parquet::raw(&file, &path, problems);
    }
    raw_bytes(&file, format, &bytes(&path, &file, problems)?, data.sheet.as_deref(), problems)
}

/// Reads a file of the manifest as a typed table.
pub(crate) fn typed(root: &Path, data: &DataFile, problems: &mut Problems) -> Option<DataTable> {
    let file: Arc<str> = Arc::from(data.path.as_str());
    let format = format(&file, data, problems)?;
    let path = open_path(root, &file, problems)?;
    if format == Format::Parquet {
        return parquet::typed(&file, &path, problems);
    }
    let raw = raw_bytes(&file, format, &bytes(&path, &file, problems)?, data.sheet.as_deref(), problems)?;
    infer::typed(raw, problems)
}

fn raw_bytes(
    file: &Arc<str>,
    format: Format,
    bytes: &[u8],
    sheet: Option<&str>,
    problems: &mut Problems,
) -> Option<RawTable> {
    match format {
        Format::Csv => csv::read(file, bytes, problems),
        Format::JsonLines => jsonl::read(file, bytes, problems),
        Format::GeoJson => geojson::read(file, bytes, problems),
        Format::Xlsx => xlsx::read(file, bytes, sheet, problems),
        Format::Parquet => None,
    }
}

fn format(file: &Arc<str>, data: &DataFile, problems: &mut Problems) -> Option<Format> {
    let format = Format::of(file);
    if format.is_none() {
        problems.say("format", file, || {
            Diagnostic::new(
                Code::BadTable,
                data.location.clone(),
                Text::new(format!("不认识 {file} 的格式"), format!("the format of {file} is not known")),
            )
            .hint(Text::new(
                "能读的有 .csv、.jsonl、.geojson、.xlsx、.parquet",
                "these can be read: .csv, .jsonl, .geojson, .xlsx, .parquet",
            ))
        });
    }
    format
}

/// The path on disk, when it stays inside the blueprint folder even through links.
fn open_path(root: &Path, file: &Arc<str>, problems: &mut Problems) -> Option<PathBuf> {
    let inside = Path::new(file.as_ref()).components().all(|part| matches!(part, Component::Normal(_)));
    let path = root.join(file.as_ref());
    let real = fs::canonicalize(&path).and_then(|real| Ok((real, fs::canonicalize(root)?)));
    match real {
        Ok((real, root)) if inside && real.starts_with(&root) => Some(real),
        Ok(_) => {
            problems.say("unreadable", file, || {
                unreadable(
                    file,
                    Text::new(format!("{file} 指向文件夹之外"), format!("{file} points outside of the blueprint")),
                    Text::new("请把文件复制进来，不用链接", "copy the file in instead of linking it"),
                )
            });
            None
        }
        Err(error) => {
            problems.say("unreadable", file, || {
                unreadable(
                    file,
                    Text::new(format!("{file} 打不开：{error}"), format!("{file} cannot be opened: {error}")),
                    Text::new("请补上文件，或从清单里删去", "put the file there, or remove it from the manifest"),
                )
            });
            None
        }
    }
}

fn bytes(path: &Path, file: &Arc<str>, problems: &mut Problems) -> Option<Vec<u8>> {
    let too_large = fs::metadata(path).is_ok_and(|meta| meta.len() > MAX_FILE);
    if too_large {
        problems.say("unreadable", file, || {
            unreadable(
                file,
                Text::new(format!("{file} 超过 1 GiB"), format!("{file} is larger than 1 GiB")),
                Text::new("请改存为 Parquet 或拆分", "store it as Parquet, or split it"),
            )
        });
        return None;
    }
    match fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            problems.say("unreadable", file, || {
                let text = Text::new(format!("{file} 读不出来：{error}"), format!("{file} cannot be read: {error}"));
                unreadable(file, text, Text::new("请检查文件权限", "check the permissions of the file"))
            });
            None
        }
    }
}

fn unreadable(file: &Arc<str>, message: Text, hint: Text) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, Location::start(Arc::clone(file)), message).hint(hint)
}

/// Says from which row on columns are left out.
pub(crate) fn too_wide(file: &Arc<str>, row: u32) -> Diagnostic {
    Diagnostic::new(
        Code::BadTable,
        Location::new(Arc::clone(file), row, 1),
        Text::new(
            format!("从这里起超过 {MAX_COLUMNS} 列，其余的列没有读入"),
            format!("from here on there are more than {MAX_COLUMNS} columns; those beyond are not read"),
        ),
    )
    .hint(Text::new(
        "编号、年份等请写成值，每种一列",
        "write numbers, years and names as values, one column for each kind",
    ))
}

/// A number of rows or columns as the 32-bit number that locations use.
pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
