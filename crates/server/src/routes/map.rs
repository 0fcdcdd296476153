//! `GET /api/map`, `GET /api/outlines`

use axum::Json;
use axum::extract::{Query, State};
use lantu_blueprint::model::DataRole;
use serde_json::{Value, json, value::RawValue};

use super::{as_of, blocking};
use crate::live::Live;
use crate::problem::Problem;
use crate::wire::MapPage;

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
    responses((status = 200, body = MapPage), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn map(State(live): State<Live>, Query(query): Query<MapQuery>) -> Result<Json<MapPage>, Problem> {
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
#[utoipa::path(get, path = "/api/outlines", tag = "data", responses((status = 200, description = "a GeoJSON FeatureCollection", body = Value)))]
pub(crate) async fn outlines(State(live): State<Live>) -> Json<Value> {
    let edition = live.now();
    let collection = blocking(move || {
        let city = &edition.city;
        let feature = |outline: &lantu_city::Outline| {
            let area = city.plan().areas.iter().find(|area| area.id == outline.area)?;
            let geometry: &RawValue = serde_json::from_str(&outline.geometry).ok()?;
            Some(json!({
                "type": "Feature",
                "properties": { "area": area.id, "name_zh": area.name.zh, "name_en": area.name.en },
                "geometry": geometry,
            }))
        };
        let features: Vec<Value> = city.outlines().features.iter().filter_map(feature).collect();
        let origins = city.plan().data.iter().filter(|file| file.role == DataRole::Outlines);
        let (zh, en): (Vec<String>, Vec<String>) = origins
            .map(|file| {
                let (source, licence) = (&file.source, &file.licence);
                (
                    format!("{}：{source}（许可：{licence}）", file.title.zh),
                    format!("{}: {source} (licence: {licence})", file.title.en),
                )
            })
            .unzip();
        json!({ "type": "FeatureCollection", "features": features, "attribution": { "zh": zh.join("；"), "en": en.join("; ") } })
    });
    Json(collection.await)
}
