//! `GET /api/tables`, `GET /api/tables/{table}`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use super::blocking;
use crate::asked::{Asked, Named};
use crate::live::Live;
use crate::problem::Problem;
use crate::wire::{TableItem, TableRows};

/// Most rows of one page.
const LARGEST_PAGE: usize = 1000;

/// Every data file with its papers.
#[utoipa::path(get, path = "/api/tables", tag = "data", responses((status = 200, body = Vec<TableItem>)))]
pub(crate) async fn tables(State(live): State<Live>) -> Json<Vec<TableItem>> {
    let edition = live.now();
    let today = live.today();
    Json(edition.city.plan().data.iter().map(|file| TableItem::new(&edition.city, file, today)).collect())
}

/// Which rows.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// Rows to skip.
    #[serde(default)]
    offset: usize,
    /// Rows wanted, 1000 at most.
    #[serde(default = "usual_page")]
    limit: usize,
}

fn usual_page() -> usize {
    100
}

/// A page of a table.
#[utoipa::path(get, path = "/api/tables/{table}", tag = "data", params(("table" = String, Path), Page),
    responses((status = 200, body = TableRows), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn table(
    State(live): State<Live>,
    Named(table): Named,
    Asked(page): Asked<Page>,
) -> Result<Json<TableRows>, Problem> {
    let edition = live.now();
    if !edition.city.plan().data.iter().any(|file| file.table == table) {
        return Err(Problem::not_found("表", "table", &table));
    }
    let read = blocking(move || edition.city.table(&table, page.offset, page.limit.min(LARGEST_PAGE)));
    match read.await {
        Ok(rows) => Ok(Json(TableRows::new(&rows, page.offset))),
        Err(error) => {
            let message = error.message();
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, format!("{} / {}", message.zh, message.en)))
        }
    }
}
