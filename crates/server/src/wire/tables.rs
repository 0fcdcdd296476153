//! Data tables.

use lantu_blueprint::Date;
use lantu_blueprint::model::{DataFile, DataRole};
use lantu_city::{Cell, City, Column, TablePage};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::TextItem;
use super::words::RoleWord;

/// A data file with its papers.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TableItem {
    /// Name in SQL.
    pub table: String,
    /// Path inside the blueprint.
    pub path: String,
    /// `observations`, `table`, `outlines`.
    #[schema(value_type = RoleWord)]
    pub role: &'static str,
    /// Title.
    pub title: TextItem,
    /// Origin.
    pub source: String,
    /// Address of the origin.
    #[schema(required = true)]
    pub source_url: Option<String>,
    /// Licence.
    pub licence: String,
    /// Who answers for it.
    #[schema(required = true)]
    pub owner: Option<String>,
    /// Day it was taken from its origin.
    #[schema(required = true)]
    pub retrieved: Option<String>,
    /// Period covered.
    pub period: String,
    /// Day the next edition is expected.
    #[schema(required = true)]
    pub next_due: Option<String>,
    /// The next edition is overdue today.
    pub overdue: bool,
    /// Checksum of the file as it is.
    pub sha256: String,
    /// Size.
    pub bytes: u64,
    /// The content is invented.
    pub invented: bool,
    /// Remark.
    pub note: TextItem,
}

impl TableItem {
    /// One entry of the manifest.
    pub fn new(city: &City, file: &DataFile, today: Date) -> TableItem {
        let fact = city.sources().data.get(&file.path);
        TableItem {
            table: file.table.clone(),
            path: file.path.clone(),
            role: match file.role {
                DataRole::Observations => "observations",
                DataRole::Table => "table",
                DataRole::Outlines => "outlines",
            },
            title: (&file.title).into(),
            source: file.source.clone(),
            source_url: file.source_url.clone(),
            licence: file.licence.clone(),
            owner: file.owner.clone(),
            retrieved: file.retrieved.map(|day| day.to_string()),
            period: file.period.clone(),
            next_due: file.next_due.map(|day| day.to_string()),
            overdue: file.next_due.is_some_and(|day| day < today),
            sha256: fact.map(|fact| fact.sha256.clone()).unwrap_or_default(),
            bytes: fact.map_or(0, |fact| fact.size),
            invented: file.invented,
            note: (&file.note).into(),
        }
    }
}

/// A column.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ColumnItem {
    /// Name.
    pub name: String,
    /// Type.
    #[serde(rename = "type")]
    pub kind: &'static str,
}

/// A page of a table.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TableRows {
    /// Columns.
    pub columns: Vec<ColumnItem>,
    /// Rows of texts, numbers, booleans and `null`.
    #[schema(value_type = Vec<Vec<Option<CellValue>>>)]
    pub rows: Vec<Vec<Value>>,
    /// Where each row stands in its file: line, worksheet row or feature number.
    pub row_numbers: Vec<u32>,
    /// Rows in the whole table.
    pub total: usize,
    /// Number of the first row of this page, from 0.
    pub first_row: usize,
}

/// What a cell may hold.
#[derive(ToSchema)]
#[schema(as = CellValue)]
#[serde(untagged)]
#[derive(Serialize)]
pub enum CellValue {
    /// Text.
    Text(String),
    /// Number.
    Number(f64),
    /// True or false.
    Bool(bool),
}

/// A cell as JSON. Numbers that JSON has no word for are texts.
pub fn cell(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Bool(value) => Value::Bool(*value),
        Cell::Int(value) => Value::from(*value),
        Cell::Float(value) => {
            serde_json::Number::from_f64(*value).map_or_else(|| Value::from(value.to_string()), Value::Number)
        }
        Cell::Text(value) => Value::from(value.as_str()),
    }
}

impl TableRows {
    /// A page.
    pub fn new(page: &TablePage, first_row: usize) -> TableRows {
        let column = |column: &Column| ColumnItem { name: column.name.clone(), kind: column.kind.word() };
        TableRows {
            columns: page.columns.iter().map(column).collect(),
            rows: page.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
            row_numbers: page.source_rows.clone(),
            total: page.total,
            first_row,
        }
    }
}
