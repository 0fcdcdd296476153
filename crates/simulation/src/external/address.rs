//! Cells as spreadsheets write them: `B2`, `B2*`, a row `4`, a column `AA`.

/// A block of cells, counted from 0, both ends inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// First row.
    pub top: usize,
    /// First column.
    pub left: usize,
    /// Last row.
    pub bottom: usize,
    /// Last column.
    pub right: usize,
}

impl Area {
    /// The sheet and the cells that a name of a workbook stands for: `Sheet1!$B$2:$D$2`.
    #[must_use]
    pub fn of_formula(formula: &str) -> Option<(String, Self)> {
        let (sheet, cells) = formula.trim_start_matches('=').rsplit_once('!')?;
        let (from, to) = cells.split_once(':').unwrap_or((cells, cells));
        let ((top, left), (bottom, right)) = (cell(from)?, cell(to)?);
        Some((sheet.trim_matches('\'').to_owned(), Self { top, left, bottom, right }))
    }
}

/// More rows and columns than spreadsheets have.
const MOST: usize = 20_000_000;

/// `B2` → row 1, column 1.
pub(super) fn cell(text: &str) -> Option<(usize, usize)> {
    let text = text.trim().replace('$', "");
    let letters = text.len() - text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let (column, row) = text.split_at(letters);
    Some((self::row(row)?, self::column(column)?))
}

/// `AA` → 26.
pub(super) fn column(text: &str) -> Option<usize> {
    let text = text.trim();
    if text.is_empty() || text.len() > 4 || !text.chars().all(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let number = text.bytes().fold(0, |sum, b| sum * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    Some(number - 1)
}

/// `4` → 3.
pub(super) fn row(text: &str) -> Option<usize> {
    let number: usize = text.trim().parse().ok()?;
    (1..=MOST).contains(&number).then(|| number - 1)
}

/// What people call a cell.
pub(super) fn name(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0));
        rest = (rest - 1) / 26;
    }
    letters.reverse();
    format!("{}{}", String::from_utf8_lossy(&letters), row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_spreadsheets_write_them() {
        assert_eq!(cell("B2"), Some((1, 1)));
        assert_eq!(cell("$AA$10"), Some((9, 26)));
        assert_eq!(cell("time"), None);
        assert_eq!(name(9, 26), "AA10");
        assert_eq!(column("4"), None);
    }
}
