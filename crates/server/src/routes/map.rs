//! `GET /api/map`, `GET /api/outlines`

use axum::Json;
use axum::extract::State;

use super::{as_of, blocking};
use crate::asked::Asked;
use crate::live::Live;
use crate::problem::Problem;
use crate::wire::{MapPage, OutlinesPage};

/// What to show.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct MapQuery {
    /// Indicator id.
    indicator: String,
    /// Period; the newest one with the most districts when absent.
    period: Option<String>,
    /// Date to look from; today when absent.
    as_of: Option<String>,
}

/// One indicator over the districts.
#[utoipa::path(get, path = "/api/map", tag = "data", params(MapQuery),
    responses((status = 200, body = MapPage), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn map(State(live): State<Live>, Asked(query): Asked<MapQuery>) -> Result<Json<MapPage>, Problem> {
    let day = as_of(&live, query.as_of.as_deref())?;
    let period = match query.period.as_deref().filter(|text| !text.is_empty()) {
        None => None,
        Some(text) => Some(text.parse().map_err(|_| {
            Problem::bad_request(format!(
                "「{text}」不是期间，应如 2025 或 2025-Q3 / `{text}` is not a period such as 2025 or 2025-Q3"
            ))
        })?),
    };
    let edition = live.now();
    let indicator = edition.city.plan().indicator(&query.indicator);
    let indicator = indicator.ok_or_else(|| Problem::not_found("指标", "indicator", &query.indicator))?;
    Ok(Json(MapPage::new(&edition.city, indicator, period, day)))
}

/// Outlines of areas as GeoJSON, with their origin.
#[utoipa::path(get, path = "/api/outlines", tag = "data", responses((status = 200, body = OutlinesPage)))]
pub(crate) async fn outlines(State(live): State<Live>) -> Json<OutlinesPage> {
    let edition = live.now();
    Json(blocking(move || OutlinesPage::new(&edition.city)).await)
}
