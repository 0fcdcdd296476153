//! The cockpit, embedded in the binary when `web/dist` was built before it.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::problem::Problem;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Bundle;

const NOT_BUILT: &str = "<!doctype html><meta charset=utf-8><title>蓝图 Lantu</title><p>这个程序没有带网页。请先运行 <code>make build</code>。\
                         <p>This binary holds no pages. Run <code>make build</code> first. <p><a href=/api/status>/api/status</a>";

/// True when the pages are in the binary.
pub fn bundle_is_embedded() -> bool {
    Bundle::get("index.html").is_some()
}

/// Reading is all there is.
pub(crate) async fn not_allowed() -> Response {
    let detail = "这个服务只能读取 / this server can only be read from".to_owned();
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail).into_response()
}

/// A file of the bundle; any other address is a page of the cockpit, whose state is the address.
pub(crate) async fn page(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return not_allowed().await;
    }
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") || path == "api" {
        return Problem::not_found("接口", "route", uri.path()).into_response();
    }
    let found = Bundle::get(path).filter(|_| !path.is_empty());
    // Built files carry a hash in their name and never change; the page itself always may.
    let (file, lasting) = match found {
        Some(file) => (file, path.starts_with("assets/")),
        None if path.starts_with("assets/") => return StatusCode::NOT_FOUND.into_response(),
        None => match Bundle::get("index.html") {
            Some(file) => (file, false),
            None => return ([(CONTENT_TYPE, "text/html; charset=utf-8")], NOT_BUILT).into_response(),
        },
    };
    let tag: String = file.metadata.sha256_hash().iter().take(10).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    let kept = if lasting { "public, max-age=31536000, immutable" } else { "no-cache" };
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.trim_start_matches("W/") == tag) {
        return (StatusCode::NOT_MODIFIED, [(ETAG, tag), (CACHE_CONTROL, kept.to_owned())]).into_response();
    }
    let kind = match file.metadata.mimetype() {
        kind if kind.starts_with("text/") || kind == "application/javascript" => format!("{kind}; charset=utf-8"),
        kind => kind.to_owned(),
    };
    ([(CONTENT_TYPE, kind), (ETAG, tag), (CACHE_CONTROL, kept.to_owned())], file.data.into_owned()).into_response()
}
