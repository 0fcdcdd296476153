//! Errors on the wire: RFC 9457 problem documents.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// A problem document.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// `about:blank`: the status says what kind it is.
    #[serde(rename = "type")]
    kind: &'static str,
    /// Name of the status.
    title: String,
    /// HTTP status.
    status: u16,
    /// What happened, `中文 / English`.
    detail: String,
}

impl Problem {
    /// A problem with a status and words.
    pub(crate) fn new(status: StatusCode, detail: String) -> Problem {
        let title = status.canonical_reason().unwrap_or("error").to_owned();
        Problem { kind: "about:blank", title, status: status.as_u16(), detail }
    }

    /// 404 for a thing that the blueprint does not have.
    pub(crate) fn not_found(what_zh: &str, what_en: &str, name: &str) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, format!("没有这个{what_zh}：{name} / no such {what_en}: {name}"))
    }

    /// 400 for a question that cannot be understood.
    pub(crate) fn bad_request(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, detail.into())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        (status, [(CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}
