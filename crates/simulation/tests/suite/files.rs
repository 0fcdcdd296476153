//! Files beside a model, for the data it takes from them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use calamine::{Data, Reader, Sheets, open_workbook_auto};
use lantu_simulation::external::{Area, Cell, External, Missing, Sheet};

use crate::expected;

pub(crate) struct Folder {
    pub(crate) path: PathBuf,
    /// Files that the model names by a tag.
    pub(crate) tags: BTreeMap<String, PathBuf>,
    pub(crate) series: BTreeMap<String, Vec<(f64, f64)>>,
}

impl Folder {
    fn path(&self, file: &str) -> PathBuf {
        self.tags.get(file).cloned().unwrap_or_else(|| self.path.join(file))
    }

    fn workbook(&self, file: &str) -> Option<Sheets<std::io::BufReader<std::fs::File>>> {
        open_workbook_auto(self.path(file)).ok()
    }
}

impl External for Folder {
    fn sheet(&self, file: &str, sheet: &str) -> Result<Arc<Sheet>, Missing> {
        if self.path(file).extension().is_some_and(|e| e.eq_ignore_ascii_case("csv")) {
            let path = self.path(file);
            if !path.exists() {
                return Err(Missing::File(file.to_owned()));
            }
            let separator = sheet.chars().next().unwrap_or(',');
            let cell = |text: &str| match text.trim().trim_matches('"') {
                "" => Cell::Empty,
                text => text.parse().map_or_else(|_| Cell::Text(text.to_owned()), Cell::Number),
            };
            let text = expected::text(&path);
            let rows = text.lines().map(|line| line.split(separator).map(cell).collect()).collect();
            return Ok(Arc::new(Sheet { rows }));
        }
        let mut book = self.workbook(file).ok_or_else(|| Missing::File(file.to_owned()))?;
        let names = book.sheet_names();
        let name = names.iter().find(|name| name.eq_ignore_ascii_case(sheet));
        let name = name.ok_or_else(|| Missing::Sheet(file.to_owned(), sheet.to_owned()))?;
        let range = book.worksheet_range(name).map_err(|_| Missing::File(file.to_owned()))?;
        let (rows, columns) = range.end().unwrap_or((0, 0));
        let cell = |row, column| match range.get_value((row, column)) {
            Some(Data::Float(value)) => Cell::Number(*value),
            Some(Data::Int(value)) => Cell::Number(*value as f64),
            Some(Data::String(text)) => Cell::Text(text.clone()),
            Some(Data::Bool(value)) => Cell::Number(f64::from(u8::from(*value))),
            Some(Data::DateTime(value)) => Cell::Number(value.as_f64()),
            _ => Cell::Empty,
        };
        let rows = (0..=rows).map(|row| (0..=columns).map(|column| cell(row, column)).collect()).collect();
        Ok(Arc::new(Sheet { rows }))
    }

    fn area(&self, file: &str, sheet: &str, name: &str) -> Option<(String, Area)> {
        let book = self.workbook(file)?;
        let names = book.defined_names();
        let mut found = names
            .iter()
            .filter(|(found, _)| found.eq_ignore_ascii_case(name))
            .filter_map(|(_, at)| Area::of_formula(at));
        let all: Vec<_> = found.by_ref().collect();
        all.iter().find(|(on, _)| on.eq_ignore_ascii_case(sheet)).or(all.first()).cloned()
    }

    fn series(&self, variable: &str, elements: &[&str]) -> Option<Vec<(f64, f64)>> {
        let name =
            if elements.is_empty() { variable.to_owned() } else { format!("{variable}[{}]", elements.join(",")) };
        self.series.get(&expected::name(&name)).cloned()
    }
}
