//! `GET /api/problems`, `GET /api/source`

use axum::Json;
use axum::extract::State;

use super::blocking;
use crate::asked::Asked;
use crate::live::Live;
use crate::problem::Problem;
use crate::wire::{ProblemItem, SourceText};

/// Every diagnostic.
#[utoipa::path(get, path = "/api/problems", tag = "plan", responses((status = 200, body = Vec<ProblemItem>)))]
pub(crate) async fn problems(State(live): State<Live>) -> Json<Vec<ProblemItem>> {
    let edition = live.now();
    let list = blocking(move || {
        let city = &edition.city;
        city.all_diagnostics().iter().map(|diagnostic| ProblemItem::new(city, diagnostic)).collect()
    });
    Json(list.await)
}

/// Which file.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SourceQuery {
    /// Path inside the blueprint.
    file: String,
}

/// A definition file. Only files that were read when the blueprint was opened: no path reaches the disk.
#[utoipa::path(get, path = "/api/source", tag = "plan", params(SourceQuery),
    responses((status = 200, body = SourceText), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn source(
    State(live): State<Live>,
    Asked(query): Asked<SourceQuery>,
) -> Result<Json<SourceText>, Problem> {
    let edition = live.now();
    let text = edition.city.text(&query.file).ok_or_else(|| Problem::not_found("文件", "file", &query.file))?;
    Ok(Json(SourceText { file: query.file, text: text.to_owned() }))
}
