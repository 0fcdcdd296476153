//! `GET /api/files/{path}`

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::asked::Named;
use crate::live::Live;
use crate::problem::Problem;

/// A data file as it is. Only files that the manifest names and that lie inside the blueprint.
#[utoipa::path(get, path = "/api/files/{*path}", tag = "data", params(("path" = String, Path, description = "a path of the manifest, `/` as %2F")),
    responses((status = 200, description = "the file", content_type = "application/octet-stream"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn file(State(live): State<Live>, Named(path): Named) -> Result<Response, Problem> {
    let missing = || Problem::not_found("文件", "file", &path);
    let edition = live.now();
    let named = edition.city.plan().data.iter().any(|file| file.path == path);
    // `sources().data` holds what the reader of the folder found inside it; links that leave it are not there.
    if !named || !edition.city.sources().data.contains_key(&path) {
        return Err(missing());
    }
    let bytes = tokio::fs::read(edition.city.root().join(&path)).await.map_err(|_| missing())?;
    let name = path.rsplit('/').next().unwrap_or("data");
    let encoded: String = name
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"._-".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect();
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{encoded}")),
    ];
    Ok((StatusCode::OK, headers, bytes).into_response())
}
