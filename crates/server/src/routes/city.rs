//! `GET /api/city`

use axum::Json;
use axum::extract::State;

use crate::live::Live;
use crate::wire::CityPage;

/// The city and the skeleton of its plan.
#[utoipa::path(get, path = "/api/city", tag = "plan", responses((status = 200, body = CityPage)))]
pub(crate) async fn city(State(live): State<Live>) -> Json<CityPage> {
    let edition = live.now();
    Json(CityPage::new(&edition.city, &edition.version, live.today()))
}
