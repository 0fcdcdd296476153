//! Data that a model takes from other files. The kernel opens none: whoever calls it hands the content over.

mod address;
mod read;

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Span;

pub use address::Area;
pub(crate) use read::{constants, names, series};

/// Content of the files that a model names. Answers are kept by the caller if they are dear to make.
pub trait External {
    /// One sheet of a workbook; of a text file the whole, parted by the sign that stands in place of the sheet's name.
    ///
    /// # Errors
    /// What keeps it from being read.
    fn sheet(&self, file: &str, sheet: &str) -> Result<Arc<Sheet>, Missing>;

    /// The cells behind a name that the workbook gives them, with the sheet they are on. A name of that sheet goes
    /// before one of the whole workbook.
    fn area(&self, file: &str, sheet: &str, name: &str) -> Option<(String, Area)>;

    /// Moments and values of a variable that the model leaves to data, with the elements it is asked for.
    fn series(&self, variable: &str, elements: &[&str]) -> Option<Vec<(f64, f64)>>;
}

/// Nothing from outside.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

impl External for Nothing {
    fn sheet(&self, file: &str, _sheet: &str) -> Result<Arc<Sheet>, Missing> {
        Err(Missing::File(file.to_owned()))
    }

    fn area(&self, _file: &str, _sheet: &str, _name: &str) -> Option<(String, Area)> {
        None
    }

    fn series(&self, _variable: &str, _elements: &[&str]) -> Option<Vec<(f64, f64)>> {
        None
    }
}

/// Cells of a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Row by row from the first of the sheet, each from the first column; rows may be of different lengths.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing in it.
    #[default]
    Empty,
    /// A number.
    Number(f64),
    /// Anything else.
    Text(String),
}

impl Sheet {
    fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(&Cell::Empty)
    }

    fn number(&self, row: usize, column: usize) -> Option<f64> {
        match self.cell(row, column) {
            Cell::Number(value) => Some(*value),
            _ => None,
        }
    }

    fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// Why data from outside are not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No such file, or it cannot be read.
    File(String),
    /// No such sheet in a file.
    Sheet(String, String),
    /// A cell that is neither written as one nor a name of the workbook.
    Address(String),
    /// Too few arguments.
    Arguments,
    /// No series of this name in any data file.
    Series(String),
    /// Cells that hold no pair of numbers: file, and where they begin.
    Points(String, String),
}

impl Missing {
    pub(crate) fn diagnostic(&self, span: Span, variable: &str) -> Diagnostic {
        let (zh, en) = match self {
            Self::File(file) => (format!("读不到文件「{file}」"), format!("file `{file}` cannot be read")),
            Self::Sheet(file, sheet) => {
                (format!("文件「{file}」没有工作表「{sheet}」"), format!("file `{file}` has no sheet `{sheet}`"))
            }
            Self::Address(address) => (
                format!("「{address}」不是单元格，也不是区域名"),
                format!("`{address}` is neither a cell nor a named range"),
            ),
            Self::Arguments => ("读取外部数据的参数不足".to_owned(), "too few arguments for external data".to_owned()),
            Self::Series(name) => (format!("没有「{name}」的数据"), format!("there are no data for `{name}`")),
            Self::Points(file, cell) => (
                format!("文件「{file}」从「{cell}」起没有成对的数字"),
                format!("file `{file}` has no pairs of numbers from `{cell}` on"),
            ),
        };
        let found =
            Diagnostic::error(Code::ExternalData, span, format!("{variable}：{zh}"), format!("{variable}: {en}"));
        match self {
            Self::Series(_) => found.hint("请给出含该变量的数据文件", "give a data file that holds the variable"),
            _ => found,
        }
    }
}
