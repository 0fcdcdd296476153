//! `GET /api/targets/{id}`

use axum::Json;
use axum::extract::State;
use lantu_blueprint::verdict::Links;

use super::{AsOf, as_of, blocking};
use crate::asked::{Asked, Named};
use crate::live::Live;
use crate::problem::Problem;
use crate::wire::{TargetItem, TargetPage};

/// A target in full: verdict, figures, path, chain of custody.
#[utoipa::path(get, path = "/api/targets/{id}", tag = "plan", params(("id" = String, Path, description = "target, or target@area"), AsOf),
    responses((status = 200, body = TargetPage), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn target(
    State(live): State<Live>,
    Named(id): Named,
    Asked(query): Asked<AsOf>,
) -> Result<Json<TargetPage>, Problem> {
    let day = as_of(&live, query.as_of.as_deref())?;
    let edition = live.now();
    let name = id.clone();
    let page = blocking(move || {
        let city = &edition.city;
        let assessment = city.assess(day);
        let verdict = assessment.targets.iter().find(|v| v.id == id)?;
        let status = TargetItem::new(city.plan(), &Links::of(city.plan()), &assessment, verdict)?;
        let because = assessment.because(city.plan(), verdict);
        TargetPage::new(city, status, verdict, day, &because)
    });
    page.await.map(Json).ok_or_else(|| Problem::not_found("目标", "target", &name))
}
