//! `GET /api/status`, `GET /api/changes`

use axum::Json;
use axum::extract::State;
use lantu_city::changes as moved;

use super::{as_of, blocking};
use crate::asked::Asked;
use crate::live::Live;
use crate::problem::Problem;
use crate::wire::{ChangeItem, Changes, Status, StatusFilter};

/// Where every commitment stands on a date.
#[utoipa::path(get, path = "/api/status", tag = "plan", params(StatusFilter),
    responses((status = 200, body = Status), (status = 400, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn status(
    State(live): State<Live>,
    Asked(filter): Asked<StatusFilter>,
) -> Result<Json<Status>, Problem> {
    let day = as_of(&live, filter.as_of.as_deref())?;
    let edition = live.now();
    Ok(Json(blocking(move || Status::new(&edition.city, &edition.city.assess(day), &filter.into())).await))
}

/// Two dates.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Span {
    /// Earlier date.
    since: String,
    /// Later date; today when absent.
    as_of: Option<String>,
}

/// Verdicts that moved between two dates.
#[utoipa::path(get, path = "/api/changes", tag = "plan", params(Span),
    responses((status = 200, body = Changes), (status = 400, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn changes(State(live): State<Live>, Asked(span): Asked<Span>) -> Result<Json<Changes>, Problem> {
    let (since, day) = (as_of(&live, Some(&span.since))?, as_of(&live, span.as_of.as_deref())?);
    let edition = live.now();
    let list = blocking(move || moved(&edition.city, since, day)).await;
    Ok(Json(Changes {
        since: since.to_string(),
        as_of: day.to_string(),
        changes: list.iter().map(ChangeItem::from).collect(),
    }))
}
