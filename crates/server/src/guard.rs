//! Safe headers, and the check that a request is meant for this server.

use std::net::SocketAddr;

use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HOST, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;

/// Everything comes from this server. Charts and the map set styles on elements; the map's worker is a blob.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:; \
                      child-src blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Adds the headers; on the loopback refuses names that do not mean this machine (DNS rebinding).
pub(crate) async fn guard(State(local): State<SocketAddr>, request: Request, next: Next) -> Response {
    let mut response = if local.ip().is_loopback() && !names_this_machine(&request) {
        let detail = "这个服务只接受本机地址 / this server only answers to names of this machine".to_owned();
        Problem::new(StatusCode::MISDIRECTED_REQUEST, detail).into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    let safe: [(HeaderName, &'static str); 5] = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in safe {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn names_this_machine(request: &Request) -> bool {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).or(request.uri().host());
    let Some(host) = host else { return true };
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
