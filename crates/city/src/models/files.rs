//! What a model takes from other files: sheets of workbooks, text tables, and data series.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use lantu_engine::{Workbook, WorkbookCell};
use lantu_simulation::external::{Area, Cell, External, Missing, Sheet};
use lantu_simulation::model::Name;

use super::data::{self, Series};
use super::{ModelError, read_text};

/// Files beside a model. Each is read once.
pub struct ModelFiles {
    folder: PathBuf,
    series: Series,
    books: Mutex<BTreeMap<String, Option<Arc<Workbook>>>>,
}

impl fmt::Debug for ModelFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ModelFiles").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl ModelFiles {
    /// The folder of a model, with the data files given by hand.
    pub(super) fn beside(model: &Path, data: &[PathBuf]) -> Result<Self, ModelError> {
        let mut series = Series::new();
        for path in data {
            let found = data::series(&read_text(path)?);
            series.extend(found.map_err(|(line, text)| ModelError::BadData(path.clone(), line, text))?);
        }
        let folder = model.parent().map(Path::to_owned).unwrap_or_default();
        Ok(Self { folder, series, books: Mutex::new(BTreeMap::new()) })
    }

    /// The file a model names, below its own folder only. `?name` stands for a file that is told to Vensim elsewhere;
    /// here it is the one of that name.
    fn path(&self, file: &str) -> Option<PathBuf> {
        let relative = PathBuf::from(file.replace('\\', "/"));
        let inside = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !inside {
            return None;
        }
        let path = match file.strip_prefix('?') {
            Some(tag) => {
                let endings = ["xlsx", "xls", "csv"];
                endings.iter().map(|ending| self.folder.join(format!("{tag}.{ending}"))).find(|path| path.is_file())?
            }
            None => self.folder.join(relative),
        };
        // Links are followed first: one that leads out of the folder is outside. Pipes and devices never end.
        let folder = if self.folder.as_os_str().is_empty() { Path::new(".") } else { &self.folder };
        let (path, folder) = (path.canonicalize().ok()?, folder.canonicalize().ok()?);
        (path.starts_with(folder) && path.is_file()).then_some(path)
    }

    fn book(&self, file: &str) -> Option<Arc<Workbook>> {
        let mut books = self.books.lock().ok()?;
        let read = || {
            let bytes = std::fs::read(self.path(file)?).ok()?;
            Workbook::read(&bytes).ok().map(Arc::new)
        };
        books.entry(file.to_owned()).or_insert_with(read).clone()
    }
}

impl External for ModelFiles {
    fn sheet(&self, file: &str, sheet: &str) -> Result<Arc<Sheet>, Missing> {
        let missing = || Missing::File(file.to_owned());
        let path = self.path(file).ok_or_else(missing)?;
        let is_text = path.extension().is_some_and(|e| ["csv", "tab", "txt"].iter().any(|t| e.eq_ignore_ascii_case(t)));
        if is_text {
            let text = read_text(&path).map_err(|_| missing())?;
            return Ok(Arc::new(data::cells(&text, sheet.chars().next().unwrap_or(','))));
        }
        let book = self.book(file).ok_or_else(missing)?;
        let found = book.sheets.iter().find(|(name, _)| name.eq_ignore_ascii_case(sheet));
        let (_, rows) = found.ok_or_else(|| Missing::Sheet(file.to_owned(), sheet.to_owned()))?;
        let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        Ok(Arc::new(Sheet { rows }))
    }

    fn area(&self, file: &str, sheet: &str, name: &str) -> Option<(String, Area)> {
        let book = self.book(file)?;
        let named = book.names.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name));
        let areas: Vec<_> = named.filter_map(|(_, formula)| Area::of_formula(formula)).collect();
        areas.iter().find(|(on, _)| on.eq_ignore_ascii_case(sheet)).or(areas.first()).cloned()
    }

    fn series(&self, variable: &str, elements: &[&str]) -> Option<Vec<(f64, f64)>> {
        let elements: Vec<String> = elements.iter().map(|element| Name::new(element).to_string()).collect();
        self.series.get(&(Name::new(variable), elements)).cloned()
    }
}

fn cell(cell: &WorkbookCell) -> Cell {
    match cell {
        WorkbookCell::Empty => Cell::Empty,
        WorkbookCell::Number(value) => Cell::Number(*value),
        WorkbookCell::Text(text) => Cell::Text(text.clone()),
    }
}
