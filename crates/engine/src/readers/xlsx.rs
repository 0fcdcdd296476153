//! Sheets of XLSX workbooks, because offices live in them. Cells are read one by one: a sheet may claim a million
//! rows and hold three.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, Xlsx, XlsxError};
use lantu_blueprint::diagnostic::suggestion;
use lantu_blueprint::{Code, Diagnostic, Location, Text};
use zip::ZipArchive;

use super::{Cells, MAX_COLUMNS, Places, RawTable, header, too_wide};
use crate::problems::Problems;

pub(crate) const MAX_CELLS: usize = 20_000_000;
/// Most bytes a workbook may hold once unpacked. A few kilobytes can claim terabytes, and the workbook reader would
/// take them all.
pub(crate) const MAX_UNPACKED: u64 = 512 << 20;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads one sheet; without a name, the first. The first row with a value is the header.
pub(crate) fn read(file: &Arc<str>, bytes: &[u8], sheet: Option<&str>, problems: &mut Problems) -> Option<RawTable> {
    if unpacks_beyond(bytes, MAX_UNPACKED) {
        problems.say("too-large", file, || unpacks_too_large(file));
        return None;
    }
    // The workbook reader is made for good files; whatever it does to a broken one must not end the program. On a
    // thread of its own, a panic is an answer like any other.
    let result = std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().name("lantu-workbook".to_owned());
        reader.spawn_scoped(scope, || open(file, bytes, sheet, problems)).map(|thread| thread.join())
    });
    let grid = match result {
        Ok(Ok(Ok(grid))) => grid?,
        Ok(Ok(Err(error))) => return broken(file, &error.to_string(), problems),
        Ok(Err(_)) => return broken(file, "unexpected structure", problems),
        Err(error) => return broken(file, &error.to_string(), problems),
    };
    table(file, grid, problems)
}

/// True when unpacking the archive gives more than `limit` bytes. What the archive says about itself is not trusted;
/// one that cannot be unpacked is for the workbook reader to refuse.
pub(crate) fn unpacks_beyond(bytes: &[u8], limit: u64) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    let (mut total, mut buffer) = (0_u64, vec![0; 64 << 10]);
    for at in 0..archive.len() {
        let Ok(mut entry) = archive.by_index(at) else { continue };
        while let Ok(read @ 1..) = entry.read(&mut buffer) {
            total += read as u64;
            if total > limit {
                return true;
            }
        }
    }
    false
}

fn unpacks_too_large(file: &Arc<str>) -> Diagnostic {
    let mb = MAX_UNPACKED >> 20;
    Diagnostic::new(
        Code::BadTable,
        Location::start(Arc::clone(file)),
        Text::new(
            format!("这个 XLSX 文件解压后超过 {mb} MB，没有读入"),
            format!("this XLSX file unpacks to more than {mb} MB and is not read"),
        ),
    )
    .hint(Text::new("请改存为 CSV 或 Parquet", "store it as CSV or Parquet"))
}

fn broken(file: &Arc<str>, why: &str, problems: &mut Problems) -> Option<RawTable> {
    problems.say("xlsx", file, || {
        Diagnostic::new(
            Code::BadTable,
            Location::start(Arc::clone(file)),
            Text::new(format!("这个 XLSX 文件打不开：{why}"), format!("this XLSX file cannot be opened: {why}")),
        )
        .hint(Text::new(
            "请用表格软件打开后另存为 .xlsx（不加密码）",
            "open it in a spreadsheet program and save it again as .xlsx, without a password",
        ))
    });
    None
}

/// The cells with a value, by row and column (from 0).
type Grid = BTreeMap<u32, BTreeMap<u32, String>>;

fn open(
    file: &Arc<str>,
    bytes: &[u8],
    sheet: Option<&str>,
    problems: &mut Problems,
) -> Result<Option<Grid>, XlsxError> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes))?;
    let names = book.sheet_names();
    let wanted = match sheet {
        Some(name) => names.iter().find(|n| n.as_str() == name).cloned(),
        None => names.first().cloned(),
    };
    let Some(name) = wanted else {
        let asked = sheet.unwrap_or_default();
        problems.say("sheet", file, || no_sheet(file, asked, &names));
        return Ok(None);
    };
    for merged in book.merge_cells_by_sheet_name(&name).unwrap_or_default() {
        report_merged(file, merged, problems);
    }
    let mut cells = book.worksheet_cells_reader(&name)?;
    let mut grid = Grid::new();
    let (mut count, mut bytes) = (0_usize, 0_u64);
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        let Some(text) = text_of(cell.get_value()) else { continue };
        count += 1;
        // A text that all cells share is one in the file and many here.
        bytes += text.len() as u64;
        if count > MAX_CELLS || bytes > MAX_UNPACKED {
            problems.say("too-large", file, || too_large(file, row));
            break;
        }
        grid.entry(row).or_default().insert(column, text);
    }
    Ok(Some(grid))
}

fn no_sheet(file: &Arc<str>, asked: &str, names: &[String]) -> Diagnostic {
    let there = names.join("、");
    Diagnostic::new(
        Code::UnknownReference,
        Location::start(Arc::clone(file)),
        Text::new(format!("没有名为「{asked}」的工作表"), format!("there is no sheet `{asked}`")),
    )
    .hint(suggestion(
        asked,
        names.iter().map(String::as_str),
        Text::new(format!("有的工作表：{there}"), format!("sheets: {}", names.join(", "))),
    ))
}

fn too_large(file: &Arc<str>, row: u32) -> Diagnostic {
    Diagnostic::new(
        Code::BadTable,
        Location::new(Arc::clone(file), row.saturating_add(1), 1),
        Text::new(
            format!("工作表超过 {MAX_CELLS} 个单元格或 512 MB 文字，其余没有读入"),
            format!("the sheet has more than {MAX_CELLS} cells or 512 MB of text; the rest is not read"),
        ),
    )
    .hint(Text::new("请改存为 CSV 或 Parquet", "store it as CSV or Parquet"))
}

fn report_merged(file: &Arc<str>, merged: Dimensions, problems: &mut Problems) {
    let (row, column) = merged.start;
    let range = format!(
        "{}{}:{}{}",
        letters(column),
        row.saturating_add(1),
        letters(merged.end.1),
        merged.end.0.saturating_add(1)
    );
    problems.say("merged", file, || {
        Diagnostic::new(
            Code::BadTable,
            Location::new(Arc::clone(file), row.saturating_add(1), column.saturating_add(1)),
            Text::new(
                format!("{range} 是合并单元格：值只在第一格，其余为空"),
                format!("{range} are merged cells: only the first holds the value, the others are empty"),
            ),
        )
        .hint(Text::new("请取消合并，并把值填进每一格", "unmerge them and fill in every cell"))
    });
}

/// Column letters of a sheet: 0 → A, 26 → AA.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().collect()
}

fn text_of(value: &DataRef<'_>) -> Option<String> {
    let text = match value {
        DataRef::Int(int) => int.to_string(),
        // Rust prints the shortest decimal fraction that is this very double, and whole numbers without a point.
        DataRef::Float(float) => float.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => date(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => return None,
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

fn date(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => day,
        _ => format!("{day} {hour:02}:{minute:02}:{second:02}"),
    }
}

fn table(file: &Arc<str>, mut grid: Grid, problems: &mut Problems) -> Option<RawTable> {
    let Some((header_row, head)) = grid.pop_first() else {
        problems.say("empty", file, || {
            let text = Text::new("工作表是空的，没有表头", "the sheet is empty: it has no header");
            Diagnostic::new(Code::BadTable, Location::start(Arc::clone(file)), text)
                .hint(Text::new("第一行写列名", "write the column names in the first row"))
        });
        return None;
    };
    let mut columns: Vec<u32> = head.keys().copied().collect();
    columns.extend(grid.values().flat_map(|row| row.keys().copied()));
    columns.sort_unstable();
    columns.dedup();
    if columns.len() > MAX_COLUMNS {
        problems.say("too-wide", file, || too_wide(file, header_row.saturating_add(1)));
        columns.truncate(MAX_COLUMNS);
    }
    let names: Vec<String> = columns.iter().map(|at| head.get(at).cloned().unwrap_or_default()).collect();
    let place = |at: usize| {
        let column = columns.get(at).map_or(1, |column| column.saturating_add(1));
        Location::new(Arc::clone(file), header_row.saturating_add(1), column)
    };
    let clean = header::clean(file, &names, place, |_| true, problems);
    let mut cells = Cells::new(columns.len());
    for (row, values) in &grid {
        cells.push(row.saturating_add(1), |at| {
            let column = columns.get(at)?;
            values.get(column).map(String::as_str)
        });
    }
    let places = Places::Sheet { columns, header_row: header_row.saturating_add(1) };
    Some(cells.finish(file, clean, places))
}
