//! Every route, in one list.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware;
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::live::Live;
use crate::{answer, assets, guard, routes};

/// No answer about a plan takes longer than this.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(OpenApi)]
#[openapi(info(
    title = "Lantu 蓝图",
    description = "Where every commitment of a city's plan stands, why, and from which source row. Read-only.",
    license(name = "Apache-2.0", identifier = "Apache-2.0")
))]
struct Description;

/// Answers about one edition: kept and tagged.
fn answers() -> OpenApiRouter<Live> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(routes::city::city))
        .routes(routes!(routes::plan::plan))
        .routes(routes!(routes::status::status))
        .routes(routes!(routes::status::changes))
        .routes(routes!(routes::targets::target))
        .routes(routes!(routes::indicators::indicators))
        .routes(routes!(routes::indicators::indicator))
        .routes(routes!(routes::map::map))
        .routes(routes!(routes::map::outlines))
        .routes(routes!(routes::tables::tables))
        .routes(routes!(routes::tables::table))
        .routes(routes!(routes::problems::problems))
        .routes(routes!(routes::problems::source))
}

/// Streams and downloads: made anew each time.
fn streams() -> OpenApiRouter<Live> {
    OpenApiRouter::new().routes(routes!(routes::files::file)).routes(routes!(routes::events::events))
}

/// The OpenAPI description, as JSON with two spaces.
pub fn openapi() -> String {
    let mut api = answers().merge(streams()).into_openapi();
    // OpenAPI has no sign for a parameter of several segments; clients write its slashes as %2F.
    let paths = std::mem::take(&mut api.paths.paths);
    api.paths.paths = paths.into_iter().map(|(path, item)| (path.replace("{*", "{"), item)).collect();
    api.to_pretty_json().unwrap_or_default()
}

/// The whole application.
pub(crate) fn app(live: Live, local: SocketAddr) -> Router {
    let kept = answers().layer(middleware::from_fn_with_state(live.clone(), answer::answer));
    let (api, _) = kept.merge(streams()).split_for_parts();
    api.route("/api/openapi.json", get(|| async { ([(CONTENT_TYPE, "application/json")], openapi()) }))
        .method_not_allowed_fallback(assets::not_allowed)
        .fallback(assets::page)
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, PATIENCE))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(local, guard::guard))
        .with_state(live)
}
