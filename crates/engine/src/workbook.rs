//! Workbooks as plain cells, for models that take their data from them. Tables of a blueprint are read by `readers`.

use std::io::Cursor;

use calamine::{Data, Reader, Sheets, open_workbook_auto_from_rs};

use crate::readers::xlsx::{MAX_CELLS, MAX_UNPACKED, unpacks_beyond};

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum WorkbookCell {
    /// Nothing in it.
    Empty,
    /// A number, a date as a number of days, or true and false as 1 and 0.
    Number(f64),
    /// Anything else.
    Text(String),
}

/// All sheets of a workbook (`.xlsx`, `.xls`, `.xlsb`, `.ods`).
#[derive(Debug, Clone, Default)]
pub struct Workbook {
    /// Name and rows of each sheet, from its first row and column on.
    pub sheets: Vec<(String, Vec<Vec<WorkbookCell>>)>,
    /// Names the workbook gives to cells, with the formula they stand for, such as `Sheet1!$A$1:$B$2`.
    pub names: Vec<(String, String)>,
}

impl Workbook {
    /// Reads a workbook from its bytes.
    ///
    /// # Errors
    /// What keeps it from being read, in the words of the reader.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        if unpacks_beyond(bytes, MAX_UNPACKED) {
            return Err(format!("unpacks to more than {} MB", MAX_UNPACKED >> 20));
        }
        // As with tables: whatever the reader does to a broken file must not end the program.
        let result = std::thread::scope(|scope| {
            let reader = std::thread::Builder::new().name("lantu-workbook".to_owned());
            reader.spawn_scoped(scope, || open(bytes)).map(|thread| thread.join())
        });
        match result {
            Ok(Ok(found)) => found,
            Ok(Err(_)) => Err("unexpected structure".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn open(bytes: &[u8]) -> Result<Workbook, String> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut found = Workbook { sheets: Vec::new(), names: book.defined_names().to_vec() };
    let mut cells = 0_usize;
    for name in book.sheet_names() {
        // A sheet is filled up to its last cell: two cells far apart would take all memory before they are counted.
        cells = cells.saturating_add(size_of(&mut book, &name));
        if cells > MAX_CELLS {
            return Err(format!("more than {MAX_CELLS} cells"));
        }
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let (Some((top, left)), Some((bottom, right))) = (range.start(), range.end()) else {
            found.sheets.push((name, Vec::new()));
            continue;
        };
        // A sheet that begins far below its first row is filled up: places are counted from there.
        let size = (bottom as usize + 1).saturating_mul(right as usize + 1);
        if size > MAX_CELLS {
            return Err(format!("more than {MAX_CELLS} cells"));
        }
        let mut rows = vec![Vec::new(); top as usize];
        for row in range.rows() {
            let blanks = std::iter::repeat_n(WorkbookCell::Empty, left as usize);
            rows.push(blanks.chain(row.iter().map(cell)).collect());
        }
        found.sheets.push((name, rows));
    }
    Ok(found)
}

/// Cells of a sheet once it is filled up, where the format allows two cells to lie far apart.
fn size_of(book: &mut Sheets<Cursor<&[u8]>>, name: &str) -> usize {
    let (mut rows, mut columns) = (0_usize, 0_usize);
    let mut reach = |(row, column): (u32, u32)| {
        (rows, columns) = (rows.max(row as usize + 1), columns.max(column as usize + 1));
    };
    match book {
        Sheets::Xlsx(book) => {
            let Ok(mut cells) = book.worksheet_cells_reader(name) else { return 0 };
            while let Ok(Some(cell)) = cells.next_cell() {
                reach(cell.get_position());
            }
        }
        Sheets::Xlsb(book) => {
            let Ok(mut cells) = book.worksheet_cells_reader(name) else { return 0 };
            while let Ok(Some(cell)) = cells.next_cell() {
                reach(cell.get_position());
            }
        }
        _ => return 0,
    }
    rows.saturating_mul(columns)
}

fn cell(data: &Data) -> WorkbookCell {
    match data {
        Data::Float(value) => WorkbookCell::Number(*value),
        Data::Int(value) => WorkbookCell::Number(*value as f64),
        Data::Bool(value) => WorkbookCell::Number(f64::from(u8::from(*value))),
        Data::DateTime(value) => WorkbookCell::Number(value.as_f64()),
        Data::String(text) if !text.trim().is_empty() => WorkbookCell::Text(text.clone()),
        _ => WorkbookCell::Empty,
    }
}
