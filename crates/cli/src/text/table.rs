//! Plain tables: columns line up, no frame.

use super::width;

/// A cell: what it says and how it looks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    text: String,
    paint: Option<fn(&str) -> String>,
    right: bool,
}

impl Cell {
    /// Text.
    pub(crate) fn text(text: impl Into<String>) -> Cell {
        // A line end or a tab inside a cell would break the table.
        Cell { text: text.into().replace(['\n', '\r', '\t'], " "), ..Cell::default() }
    }

    /// A number: to the right.
    pub(crate) fn number(text: impl Into<String>) -> Cell {
        Cell { right: true, ..Cell::text(text) }
    }

    /// The same in a colour.
    #[must_use]
    pub(crate) fn painted(mut self, paint: fn(&str) -> String) -> Cell {
        self.paint = Some(paint);
        self
    }
}

/// The same with what is left of the screen for the last column, but no less than `least`.
pub(crate) fn render_on_screen(rows: &[Vec<Cell>], widest: &[usize], least: usize) -> String {
    let last = rows.iter().map(Vec::len).max().unwrap_or(1).saturating_sub(1);
    let taken = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| width::of(&cell.text));
        let limit = widest.get(at).copied().filter(|limit| *limit > 0).unwrap_or(usize::MAX);
        cells.max().unwrap_or(0).min(limit) + 2
    };
    let rest = width::screen().saturating_sub((0..last).map(taken).sum()).max(least);
    let widest: Vec<usize> = (0..last).map(|at| widest.get(at).copied().unwrap_or(0)).chain([rest]).collect();
    render(rows, &widest, 0)
}

/// Rows → text. `widest` limits each column; 0 means no limit.
pub(crate) fn render(rows: &[Vec<Cell>], widest: &[usize], indent: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let limit = |at: usize| widest.get(at).copied().filter(|w| *w > 0).unwrap_or(usize::MAX);
    let widths: Vec<usize> = (0..columns)
        .map(|at| {
            rows.iter()
                .filter_map(|row| row.get(at))
                .map(|cell| width::of(&cell.text))
                .max()
                .unwrap_or(0)
                .min(limit(at))
        })
        .collect();
    let mut out = String::new();
    for row in rows {
        let mut line = " ".repeat(indent);
        for (at, (cell, columns)) in row.iter().zip(&widths).enumerate() {
            if at > 0 {
                line.push_str("  ");
            }
            let cut = width::cut(&cell.text, *columns);
            // Blanks at the end of a line would only be there to be painted.
            let last = at + 1 == row.len() && !cell.right;
            let padded = if last { cut } else { width::pad(&cut, *columns, cell.right) };
            match cell.paint {
                Some(paint) => line.push_str(&paint(&padded)),
                None => line.push_str(&padded),
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
