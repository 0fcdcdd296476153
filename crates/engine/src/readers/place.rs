//! Where the cells of a table stand in their file. Places are worked out only when a diagnostic needs one.

use std::sync::Arc;

use lantu_blueprint::Location;

use super::count;

/// How a reader finds the place of a cell again.
pub(crate) enum Places {
    /// CSV: the bytes and where each record starts in them.
    Csv { bytes: Vec<u8>, records: Vec<usize>, header: usize, header_line: u32 },
    /// A sheet: row as counted, column numbers of the sheet (from 0).
    Sheet { columns: Vec<u32>, header_row: u32 },
    /// GeoJSON: text and where each feature starts in it.
    Features { text: String, starts: Vec<usize> },
    /// JSON lines and Parquet: the row is all there is.
    Rows,
}

impl Places {
    pub(super) fn cell(&self, file: &Arc<str>, row: u32, record: usize, column: usize) -> Location {
        match self {
            Places::Csv { bytes, records, .. } => match records.get(record) {
                Some(start) => csv_field(file, bytes, *start, row, column),
                None => Location::new(Arc::clone(file), row, 1),
            },
            Places::Sheet { columns, .. } => Location::new(Arc::clone(file), row, sheet_column(columns, column)),
            Places::Features { text, starts } => match starts.get(record) {
                Some(start) => Location::at(file, text, *start),
                None => Location::start(Arc::clone(file)),
            },
            Places::Rows => Location::new(Arc::clone(file), row, 1),
        }
    }

    pub(super) fn header(&self, file: &Arc<str>, column: usize) -> Location {
        match self {
            Places::Csv { bytes, header, header_line, .. } => csv_field(file, bytes, *header, *header_line, column),
            Places::Sheet { columns, header_row } => {
                Location::new(Arc::clone(file), *header_row, sheet_column(columns, column))
            }
            Places::Features { .. } | Places::Rows => Location::start(Arc::clone(file)),
        }
    }
}

fn sheet_column(columns: &[u32], column: usize) -> u32 {
    columns.get(column).map_or(1, |at| at.saturating_add(1))
}

/// The place of field `column` of the record that starts at byte `start`, on line `line`.
pub(super) fn csv_field(file: &Arc<str>, bytes: &[u8], start: usize, line: u32, column: usize) -> Location {
    let rest = bytes.get(start..).unwrap_or_default();
    let (mut field, mut quoted, mut fresh) = (0, false, true);
    let (mut lines, mut characters) = (0_usize, 0_usize);
    for byte in rest {
        if field == column && fresh {
            break;
        }
        fresh = false;
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                field += 1;
                fresh = true;
            }
            b'\n' if !quoted => break,
            b'\n' => {
                lines += 1;
                characters = 0;
                continue;
            }
            _ => {}
        }
        // Continuation bytes of UTF-8 are not characters.
        if byte & 0xC0 != 0x80 {
            characters += 1;
        }
    }
    Location::new(Arc::clone(file), line.saturating_add(count(lines)), count(characters + 1))
}
