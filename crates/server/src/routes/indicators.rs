//! `GET /api/indicators`, `GET /api/indicators/{id}`

use axum::Json;
use axum::extract::State;

use super::{AsOf, as_of, blocking};
use crate::asked::{Asked, Named};
use crate::live::Live;
use crate::problem::Problem;
use crate::wire::{IndicatorItem, IndicatorPage};

/// The catalogue.
#[utoipa::path(get, path = "/api/indicators", tag = "data", params(AsOf),
    responses((status = 200, body = Vec<IndicatorItem>), (status = 400, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn indicators(
    State(live): State<Live>,
    Asked(query): Asked<AsOf>,
) -> Result<Json<Vec<IndicatorItem>>, Problem> {
    let day = as_of(&live, query.as_of.as_deref())?;
    let edition = live.now();
    Ok(Json(blocking(move || IndicatorItem::all(&edition.city, day)).await))
}

/// An indicator in full: figures, definition, lineage, tests.
#[utoipa::path(get, path = "/api/indicators/{id}", tag = "data", params(("id" = String, Path), AsOf),
    responses((status = 200, body = IndicatorPage), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn indicator(
    State(live): State<Live>,
    Named(id): Named,
    Asked(query): Asked<AsOf>,
) -> Result<Json<IndicatorPage>, Problem> {
    let day = as_of(&live, query.as_of.as_deref())?;
    let edition = live.now();
    let name = id.clone();
    let page = blocking(move || {
        let indicator = edition.city.plan().indicator(&id)?;
        Some(IndicatorPage::new(&edition.city, indicator, day))
    });
    page.await.map(Json).ok_or_else(|| Problem::not_found("指标", "indicator", &name))
}
