//! Tables of expected results: cells by the name of a row and of a column.

use std::collections::BTreeMap;

use super::support::file;

/// A table; rows go by their first cell.
pub(crate) struct Sheet {
    /// Names of the rows, in the order of the file.
    pub(crate) rows: Vec<String>,
    cells: BTreeMap<(String, String), String>,
}

impl Sheet {
    /// A table of the repository.
    pub(crate) fn open(path: &str) -> Self {
        let text = file(path);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let columns: Vec<String> = reader.headers().unwrap().iter().skip(1).map(str::to_owned).collect();
        let (mut rows, mut cells) = (Vec::new(), BTreeMap::new());
        for record in reader.records() {
            let record = record.unwrap();
            rows.push(record[0].to_owned());
            for (column, cell) in columns.iter().zip(record.iter().skip(1)) {
                assert!(cells.insert((record[0].to_owned(), column.clone()), cell.to_owned()).is_none(), "{record:?}");
            }
        }
        Self { rows, cells }
    }

    /// What stands there.
    pub(crate) fn text(&self, row: &str, column: &str) -> &str {
        let cell = self.cells.get(&(row.to_owned(), column.to_owned()));
        cell.unwrap_or_else(|| panic!("no cell {row}, {column}"))
    }

    /// The number there; NaN of nothing.
    pub(crate) fn number(&self, row: &str, column: &str) -> f64 {
        match self.text(row, column) {
            "" => f64::NAN,
            cell => cell.parse().unwrap_or_else(|_| panic!("{row}, {column}: {cell}")),
        }
    }
}
