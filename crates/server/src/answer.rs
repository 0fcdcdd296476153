//! Middleware round the JSON routes: an answer of one edition is computed once, then served from memory with an
//! entity tag.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::cache::Answer;
use crate::live::Live;

/// Answers from memory where it can.
pub(crate) async fn answer(State(live): State<Live>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let edition = live.now();
    // "Today" is part of the question: an answer of yesterday must not be given after midnight.
    let key = format!("{} {}", live.today(), request.uri());
    let known_tag = request.headers().get(IF_NONE_MATCH).cloned();
    let answer = match edition.cache.get(&key) {
        Some(answer) => answer,
        None => {
            let response = next.run(request).await;
            if response.status() != StatusCode::OK {
                return response;
            }
            let (parts, body) = response.into_parts();
            let Ok(body) = to_bytes(body, usize::MAX).await else {
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            };
            let hash: String = blake3::hash(&body).to_hex().chars().take(20).collect();
            let tag = HeaderValue::from_str(&format!("\"{hash}\"")).unwrap_or(HeaderValue::from_static("\"\""));
            let kind = parts.headers.get(CONTENT_TYPE).cloned();
            let kind = kind.unwrap_or(HeaderValue::from_static("application/json"));
            let answer = Answer { body, kind, tag };
            edition.cache.put(key, answer.clone());
            answer
        }
    };
    let headers = [(ETAG, answer.tag.clone()), (CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
    // Compression adds `-gzip`-like weak marks to the tag on some proxies; compare the opaque part only.
    let same = known_tag
        .is_some_and(|tag| tag.as_bytes().strip_prefix(b"W/").unwrap_or(tag.as_bytes()) == answer.tag.as_bytes());
    if same {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, [(CONTENT_TYPE, answer.kind)], Body::from(answer.body)).into_response()
}
