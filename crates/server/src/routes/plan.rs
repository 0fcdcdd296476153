//! `GET /api/plan`

use axum::Json;
use axum::extract::State;

use crate::live::Live;
use crate::wire::{DocumentItem, documents};

/// The plan as documents.
#[utoipa::path(get, path = "/api/plan", tag = "plan", responses((status = 200, body = Vec<DocumentItem>)))]
pub(crate) async fn plan(State(live): State<Live>) -> Json<Vec<DocumentItem>> {
    Json(documents(live.now().city.plan()))
}
